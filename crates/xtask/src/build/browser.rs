//! What runs in a shopper's browser: the engine alone, and the widget under a name that changes with its bytes.

use anyhow::Result;

use super::embed::Embed;
use super::fingerprint::Fingerprint;
use super::glue::{self, Aim};
use super::page;
use crate::builds;
use crate::files;
use crate::packages::Packages;
use crate::progress::{Outcome, begins};
use crate::project::Project;

const ENGINE: &str = "farthing-engine";
const WIDGET: &str = "farthing-widget";

/// The engine by itself, for pages that only want its answer: `engine/engine.js`.
///
/// # Errors
///
/// When it does not compile.
pub(crate) fn engine(project: &Project, packages: &Packages) -> Result<Outcome> {
    let fingerprint = Fingerprint::of_crate(project, packages, ENGINE, &[])?;
    let folder = project.www().join("engine");
    let (script, wasm) = (folder.join("engine.js"), folder.join("engine_bg.wasm"));
    if fingerprint.is_built(&[&script, &wasm]) {
        return Ok(Outcome::UpToDate);
    }
    begins("building the engine for browsers");
    let glue = glue::build(project, packages, ENGINE, "engine", Aim::Speed)?;
    files::write(&script, &glue.script)?;
    files::write(&wasm, &glue.wasm)?;
    fingerprint.built()?;
    Ok(Outcome::done(format!("{} KB of wasm", glue.wasm.len() / 1000)))
}

/// The widget in a folder named by its contents, and the evergreen `v1/embed.js` that loads it.
///
/// # Errors
///
/// When it does not compile.
pub(crate) fn widget(project: &Project, packages: &Packages) -> Result<Outcome> {
    let fingerprint =
        Fingerprint::of_crate(project, packages, WIDGET, &["www/embed.js", "www/offers", "www/plain"])?;
    let evergreen = project.www().join("v1/embed.js");
    if fingerprint.is_built(&[&evergreen]) && builds::current(&project.www()).is_ok() {
        return Ok(Outcome::UpToDate);
    }
    begins("building the widget (about two minutes the first time)");
    let glue = glue::build(project, packages, WIDGET, "widget", Aim::Size)?;
    let embed = Embed::read(project)?;
    let page = page::files(project)?;
    let version = embed.version(&glue, &page);
    let script = embed.fill(&version, &glue);
    let folder = project.www().join(&version);
    files::write(&folder.join("widget.js"), &glue.script)?;
    files::write(&folder.join("widget_bg.wasm"), &glue.wasm)?;
    files::write(&folder.join("embed.js"), &script)?;
    for (name, contents) in &page {
        files::write(&folder.join(name), contents)?;
    }
    files::write(&evergreen, &script)?;
    fingerprint.built()?;
    Ok(Outcome::done(format!("{version}, {} KB of wasm", glue.wasm.len() / 1000)))
}
