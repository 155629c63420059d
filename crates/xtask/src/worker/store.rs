//! The demo shop's store, loaded by the route that a merchant would use.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value as Json, json};

use super::http::Client;
use crate::build::SITE_KEY;
use crate::files;
use crate::hash::Digest;
use crate::progress::{Outcome, step};
use crate::project::Project;

/// Imports `www/demo/store.json` unless this state has it already, and lets its key be used from this port: what a
/// developer changed in the shop survives a restart, until the file changes or the state is reset.
///
/// # Errors
///
/// When the Worker refuses the store.
pub(crate) fn load(project: &Project, state: &Path, client: &Client) -> Result<()> {
    step("demo store", || {
        let text = files::read_text(&project.at("www/demo/store.json"))?;
        let mut digest = Digest::default();
        digest.part("store", text.as_bytes());
        let (seen, now) = (state.join("store.seen"), digest.hex());
        let is_new = files::read_text(&seen).is_ok_and(|seen| seen != now) || !seen.exists();
        if is_new {
            let store: Json = serde_json::from_str(&text).context("parsing `www/demo/store.json`")?;
            client.post("/admin/api/import", &store)?;
        }
        client.put("/admin/api/mail", &mail(client))?;
        client.put(&format!("/admin/api/site-keys/{SITE_KEY}"), &json!({ "origins": client.origins() }))?;
        files::write(&seen, &now)?;
        Ok(if is_new { Outcome::done("imported") } else { Outcome::UpToDate })
    })
}

/// Whose the demo shop's mails are, and where their links lead.
fn mail(client: &Client) -> Json {
    let page = |name: &str| format!("{}/demo/{name}/", client.address());
    json!({
        "from": { "name": "Baker Street Cellars & Books", "email": "orders@bakerstreet.example" },
        "replyTo": { "name": "Mrs Hudson", "email": "hello@bakerstreet.example" },
        "footer": "Baker Street Cellars & Books, 221b Baker Street, London NW1 6XE",
        "pages": { "order": page("order"), "offers": page("offers") },
    })
}
