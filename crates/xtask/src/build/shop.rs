//! The demo shop, rendered from `www/demo`.

use anyhow::Result;

use super::fingerprint::Fingerprint;
use crate::files;
use crate::progress::Outcome;
use crate::project::Project;
use crate::site;

/// The public key that the demo shop's pages embed.
pub(crate) const SITE_KEY: &str = "pk_demo_bakerstreet";

/// # Errors
///
/// When a page can't be rendered.
pub(crate) fn build(project: &Project) -> Result<Outcome> {
    let inputs = [project.at("www/demo"), project.at("crates/xtask/src/site.rs")];
    let fingerprint = Fingerprint::of(project, "demo", &inputs, SITE_KEY)?;
    let demo = project.www().join("demo");
    if fingerprint.is_built(&[&demo.join("index.html")]) {
        return Ok(Outcome::UpToDate);
    }
    // What a removed product leaves behind would still be served.
    files::remove(&demo)?;
    let summary = site::render(&project.at("www"), &project.www(), SITE_KEY)?;
    fingerprint.built()?;
    Ok(Outcome::done(format!("{} pages, {} pictures", summary.pages, summary.pictures)))
}
