//! The example pages, and what editors read about the widget, as they lie in `www`: only the site key is filled in, and
//! what needs a bundler is bundled.

use anyhow::Result;

use super::fingerprint::Fingerprint;
use super::glue;
use super::shop::SITE_KEY;
use crate::files;
use crate::progress::Outcome;
use crate::project::Project;

/// Where a page has a merchant's site key; the docs write it the same way.
const KEY: &str = "pk_live_…";

/// Types for editors, served from the root.
const TYPINGS: [&str; 2] = ["farthing.d.ts", "custom-elements.json"];

/// How React's page becomes one script.
const BUNDLE: [&str; 3] = ["--bundle", "--format=esm", "--jsx=automatic"];

/// # Errors
///
/// When a file can't be copied, or esbuild refuses one.
pub(crate) fn build(project: &Project) -> Result<Outcome> {
    let (source, out) = (project.at("www"), project.www());
    let inputs = [
        source.join("examples"),
        source.join(TYPINGS[0]),
        source.join(TYPINGS[1]),
        project.at("package-lock.json"),
        project.at("crates/xtask/src/build/examples.rs"),
    ];
    let fingerprint = Fingerprint::of(project, "examples", &inputs, SITE_KEY)?;
    if fingerprint.is_built(&[&out.join("examples/index.html"), &out.join(TYPINGS[0])]) {
        return Ok(Outcome::UpToDate);
    }
    files::remove(&out.join("examples"))?;
    let pages = files::below(&source.join("examples"))?;
    for file in &pages {
        let to = out.join(file.strip_prefix(&source)?);
        files::write(&to, files::read_text(file)?.replace(KEY, SITE_KEY))?;
        if file.extension().is_some_and(|extension| extension == "jsx") {
            glue::minify(project, file, &to.with_extension("js"), &BUNDLE)?;
        }
    }
    for file in TYPINGS {
        files::write(&out.join(file), files::read(&source.join(file))?)?;
    }
    fingerprint.built()?;
    Ok(Outcome::done(format!("{} files", pages.len())))
}
