//! The demo shop's own server beside the Worker: in front of it, with a server key that was made as a merchant makes one.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use super::http::Client;
use crate::files;
use crate::project::Project;

/// Where this state's copy of the shop's configuration lies; its secrets stand beside it.
pub(super) fn configuration(state: &Path) -> PathBuf {
    state.join("demo-shop/wrangler.toml")
}

/// Makes a server key by the admin API, and a configuration of the shop's server that holds it.
///
/// # Errors
///
/// When the Worker refuses, or a file can't be written.
pub(super) fn set_up(project: &Project, state: &Path, client: &Client) -> Result<()> {
    let made = client.post("/admin/api/server-keys", &json!({ "title": "The demo shop's server" }))?;
    let key =
        made.get("secret").and_then(|secret| secret.as_str()).context("a server key without its secret")?;
    let path = configuration(state);
    files::write(&path.with_file_name(".dev.vars"), format!("FARTHING_SERVER_KEY=\"{key}\"\n"))?;
    let text = files::read_text(&project.at("crates/demo-shop/wrangler.toml"))?;
    let main = project.at("dist/demo-shop/index.js");
    files::write(&path, text.replace("../../dist/demo-shop/index.js", &main.to_string_lossy()))
}
