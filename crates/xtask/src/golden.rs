//! The golden cases: one set of files, every engine.

use anyhow::{Context as _, Result};

use crate::build::{self, Part};
use crate::command;
use crate::counts::Counts;
use crate::e2e;
use crate::project::Project;

/// Runs them on the native engine, in a browser and on the Worker.
///
/// # Errors
///
/// When something can't be built or started.
pub(crate) fn run(project: &Project) -> Result<bool> {
    build::run(project, Part::All)?;
    let mut total = native(project)?;
    total += e2e::group_of(project, &["golden"], &[])?;
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.is_good())
}

/// Runs them on the native engine, by the command line that merchants' developers use.
///
/// # Errors
///
/// When it does not build, or counts nothing.
pub(crate) fn native(project: &Project) -> Result<Counts> {
    command::succeed(&mut command::cargo(project, &["build", "-p", "farthing-cli"])?)?;
    let mut farthing = command::command(project, project.at("target/debug/farthing"))?;
    let finished = command::finish(farthing.args(["test", "tests/golden"]))?;
    let counts = Counts::of_last_line(&finished.output).with_context(|| {
        format!("the golden cases were not counted:\n{}", command::tail(&finished.output))
    })?;
    if finished.status.success() {
        return Ok(counts);
    }
    println!("{}", command::tail(&finished.output));
    Ok(counts.at_least_one_failed())
}
