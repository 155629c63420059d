//! Every case file, priced by the oracle.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote};

#[test]
fn every_case_file_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let files = case_files(&folder);
    assert!(!files.is_empty(), "no case files in {}", folder.display());
    let failures: Vec<String> = files.iter().filter_map(|file| failure(file)).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), files.len(), failures.join("\n"));
}

fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(case_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn failure(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).expect("a readable file");
    let case: Value = serde_json::from_str(&text).expect("JSON");
    assert!(case["expect"].is_object(), "{}: nothing is expected", file.display());
    let found = match price(&case["input"]) {
        Ok(quote) => serde_json::to_value(quote),
        Err(problem) => serde_json::to_value(problem),
    };
    let difference = first_difference("", &case["expect"], &found.expect("JSON"))?;
    Some(format!("{}: {difference}", file.display()))
}

fn price(input: &Value) -> Result<Quote, Problem> {
    let input = wire::read::pricing_input(input, |text| text.nfkc().collect()).map_err(Problem::invalid)?;
    oracle::quote(&input.snapshot, &input.cart, input.as_of, &input.usage)
        .map(|quote| Quote::from(&quote))
        .map_err(|errors| Problem::cart(&errors, "/cart"))
}

/// Only the fields that are expected count; a list has exactly the items expected.
fn first_difference(place: &str, expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(fields), Value::Object(_)) => fields
            .iter()
            .find_map(|(key, field)| first_difference(&format!("{place}/{key}"), field, &found[key])),
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => (0..items.len())
            .find_map(|at| first_difference(&format!("{place}/{at}"), &items[at], &others[at])),
        _ => (expected != found).then(|| format!("{place}: expected {expected}, found {found}")),
    }
}
