//! `cargo xtask fuel`: how many wasm instructions a price takes, in the very file that browsers get.

use anyhow::{Result, ensure};

use crate::build::{self, Part};
use crate::command;
use crate::counts::Counts;
use crate::project::Project;

/// Counts and prints; true when every limit is kept.
///
/// # Errors
///
/// When the engine can't be built.
pub(crate) fn run(project: &Project) -> Result<bool> {
    build::run(project, Part::Engine)?;
    count(project)
}

/// The same of the engine as it is built, for `cargo xtask test`.
///
/// # Errors
///
/// When a limit is broken.
pub(crate) fn check(project: &Project) -> Result<Counts> {
    ensure!(count(project)?, "a limit on wasm instructions is broken");
    Ok(Counts::ONE_PASSED)
}

fn count(project: &Project) -> Result<bool> {
    command::show(&mut command::npm_program(project, "node", &["tests/fuel/fuel.mjs"])?)
}
