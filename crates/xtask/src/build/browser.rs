//! What runs in a shopper's browser: the engine alone, and the widget under a name that changes with its bytes.

use std::fs;

use anyhow::{Context as _, Result};

use super::embed::Embed;
use super::fingerprint::Fingerprint;
use super::glue::{self, Aim};
use super::page;
use crate::files;
use crate::packages::Packages;
use crate::progress::{Outcome, begins};
use crate::project::Project;

const ENGINE: &str = "farthing-engine";
const WIDGET: &str = "farthing-widget";

/// How many hexadecimal digits name one build of the widget.
const NAME: usize = 16;

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
    if fingerprint.is_built(&[&evergreen]) && version(project).is_ok() {
        return Ok(Outcome::UpToDate);
    }
    begins("building the widget (about two minutes the first time)");
    let glue = glue::build(project, packages, WIDGET, "widget", Aim::Size)?;
    let embed = Embed::read(project)?;
    let page = page::files(project)?;
    let mut version = embed.version(&glue, &page);
    version.truncate(NAME);
    let script = embed.fill(project, &version, &glue)?;
    let folder = project.www().join(&version);
    files::write(&folder.join("widget.js"), &glue.script)?;
    files::write(&folder.join("widget_bg.wasm"), &glue.wasm)?;
    files::write(&folder.join("embed.js"), &script)?;
    for (name, contents) in &page {
        files::write(&folder.join(name), contents)?;
    }
    files::write(&evergreen, &script)?;
    remove_others(project, &version)?;
    fingerprint.built()?;
    Ok(Outcome::done(format!("{version}, {} KB of wasm", glue.wasm.len() / 1000)))
}

/// The name of the widget's current build.
///
/// # Errors
///
/// When there is none yet.
pub(crate) fn version(project: &Project) -> Result<String> {
    versions(project)?.pop().context("the widget is not built yet: call `cargo xtask build browser`")
}

fn remove_others(project: &Project, current: &str) -> Result<()> {
    versions(project)?
        .into_iter()
        .filter(|version| version != current)
        .try_for_each(|old| files::remove(&project.www().join(old)))
}

fn versions(project: &Project) -> Result<Vec<String>> {
    let www = project.www();
    let entries = fs::read_dir(&www).with_context(|| format!("listing `{}`", www.display()))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter(|name| is_version(name)).collect())
}

fn is_version(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
