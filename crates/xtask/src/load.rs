//! `cargo xtask load`: how fast the Worker is beside doing nothing, on workerd's own port.

use anyhow::Result;

use crate::build::{self, Part};
use crate::command;
use crate::project::Project;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many times each is measured; the median counts
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How long it is measured each time
    #[arg(long, default_value_t = 1_000)]
    milliseconds: u32,
    /// How many connections send at the same time
    #[arg(long, default_value_t = 32)]
    connections: u32,
}

/// Builds the Worker, measures and prints; true unless something failed. How fast it was is for the reader to judge: a
/// busy machine must not fail anything.
///
/// # Errors
///
/// When the Worker can't be built.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    build::run(project, Part::Edge)?;
    let mut node = command::npm_program(project, "node", &["tests/load/load.mjs"])?;
    let numbers = [
        ("--rounds", options.rounds),
        ("--milliseconds", options.milliseconds),
        ("--connections", options.connections),
    ];
    for (name, number) in numbers {
        node.args([name, &number.to_string()]);
    }
    command::show(node.arg("--folder").arg(project.scratch().join("load")))
}
