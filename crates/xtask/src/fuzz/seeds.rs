//! What fuzzing begins with: the golden cases, cut to what each target reads.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value as Json, json};

use crate::files;
use crate::progress::Outcome;
use crate::project::Project;

/// How many pricing inputs make a stream.
const STREAM: usize = 3;

/// What a seed of a token changes in it: three bytes.
const CHANGE: &str = "000";

/// How many carts are drawn to begin with, and of how many choices: nine carts in ten take fewer.
const DRAWN: usize = 32;
const CHOICES: usize = 1_000;

/// Writes them all anew into a folder for each target.
///
/// # Errors
///
/// When a case can't be read.
pub(super) fn write(project: &Project, folder: &Path) -> Result<Outcome> {
    files::remove(folder)?;
    let store = project.at("www/demo/store.json");
    files::write(&folder.join("snapshot/store"), files::read(&store)?)?;
    let mut inputs = Vec::new();
    for (number, file) in (0..).zip(files::below(&project.at("tests/golden"))?) {
        let case: Json = serde_json::from_slice(&files::read(&file)?)
            .with_context(|| format!("parsing `{}`", file.display()))?;
        let input = case.get("input").with_context(|| format!("`{}` has no input", file.display()))?;
        let snapshot = input.get("snapshot").unwrap_or(&Json::Null);
        files::write(&folder.join(format!("cart/{number}")), input.to_string())?;
        files::write(&folder.join(format!("snapshot/{number}")), snapshot.to_string())?;
        let typed = input.pointer("/cart/codes").and_then(Json::as_array);
        for (at, code) in typed.into_iter().flatten().filter_map(Json::as_str).enumerate() {
            files::write(&folder.join(format!("code/{number}-{at}")), code)?;
        }
        let cart = input.get("cart").unwrap_or(&Json::Null);
        files::write(
            &folder.join(format!("order/{number}")),
            json!({ "reference": "1001", "cart": cart }).to_string(),
        )?;
        if let Some(customer) = cart.get("customer") {
            files::write(&folder.join(format!("token/{number}")), format!("{CHANGE}{customer}"))?;
        }
        inputs.push(input.to_string());
    }
    for (number, lines) in (0..).zip(inputs.chunks(STREAM)) {
        files::write(&folder.join(format!("jsonl/{number}")), lines.join("\n"))?;
    }
    for (number, choices) in choices().chunks(CHOICES).enumerate() {
        files::write(&folder.join(format!("drawn_cart/{number}")), choices)?;
    }
    Ok(Outcome::done(format!("from {} golden cases", inputs.len())))
}

/// Bytes that follow no pattern, the same each time (xorshift).
fn choices() -> Vec<u8> {
    let mut state: u32 = 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..DRAWN * CHOICES).map(|_| next()).collect()
}
