//! What a machine needs before anything builds, brought there once and checked in a moment ever after.

mod chromium;
mod node;
mod rust;
mod tools;

use anyhow::Result;

use crate::progress::{Outcome, step};
use crate::project::Project;

pub(crate) use chromium::chromium;
pub(crate) use tools::versions;

/// Everything that building needs: the wasm target, npm's packages, cargo's tools.
///
/// # Errors
///
/// One sentence that says what is missing and what to do.
pub(crate) fn everything(project: &Project) -> Result<()> {
    step("rust", || rust::wasm_target(project))?;
    packages(project)?;
    step("cargo tools", || tools::install(project))
}

/// npm's packages alone.
///
/// # Errors
///
/// One sentence that says what is missing and what to do.
pub(crate) fn packages(project: &Project) -> Result<()> {
    node::check()?;
    step("npm packages", || node::install(project))
}

/// What fuzzing needs and nothing else does.
///
/// # Errors
///
/// When it can't be built.
pub(crate) fn cargo_fuzz(project: &Project) -> Result<Outcome> {
    tools::install_for_fuzzing(project)
}
