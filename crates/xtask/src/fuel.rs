//! `cargo xtask fuel`: how many wasm instructions a price takes, in the very file that browsers get.

use anyhow::Result;

use crate::build::{self, Part};
use crate::command;
use crate::project::Project;

/// Counts and prints; true when every limit is kept.
///
/// # Errors
///
/// When the engine can't be built.
pub(crate) fn run(project: &Project) -> Result<bool> {
    build::run(project, Part::Engine)?;
    command::show(&mut command::npm_program(project, "node", &["tests/fuel/fuel.mjs"])?)
}
