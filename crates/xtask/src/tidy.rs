//! The rules of the house that a machine can check.

mod arrows;
mod numbers;
mod source;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::command;
use crate::files;
use crate::progress::seconds;
use crate::project::Project;

/// A file is one idea; one longer than this holds two.
const LONGEST: usize = 400;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    run: fn(&Project) -> Result<()>,
}

impl Check {
    /// # Errors
    ///
    /// What breaks the rule, and where.
    pub(crate) fn run(self, project: &Project) -> Result<()> {
        (self.run)(project)
    }
}

pub(crate) const CHECKS: [Check; 5] = [
    Check { name: "format", run: format },
    Check { name: "lints", run: lints },
    Check { name: "arrows", run: arrows::check },
    Check { name: "file sizes", run: sizes },
    Check { name: "exact numbers", run: numbers::check },
];

/// Checks every rule; true when all are kept.
///
/// # Errors
///
/// Never for a broken rule, which is printed.
pub(crate) fn run(project: &Project) -> Result<bool> {
    let mut kept = true;
    for check in CHECKS {
        let started = Instant::now();
        let outcome = check.run(project);
        let elapsed = seconds(started.elapsed());
        match outcome {
            Ok(()) => println!("✓ {:<18} {elapsed:>8}", check.name),
            Err(error) => {
                kept = false;
                println!("✗ {:<18} {elapsed:>8}  {error:#}", check.name);
            }
        }
    }
    Ok(kept)
}

fn format(project: &Project) -> Result<()> {
    // The fuzz targets are a workspace of their own.
    command::succeed(&mut command::cargo(project, &["fmt", "--all", "--check"])?)?;
    let fuzz = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
    command::succeed(&mut command::cargo(project, &fuzz)?).map(drop)
}

fn lints(project: &Project) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--keep-going", "--", "-D", "warnings"];
    command::succeed(&mut command::cargo(project, &arguments)?).map(drop)
}

fn sizes(project: &Project) -> Result<()> {
    let mut long = Vec::new();
    for file in source::rust_files(project)? {
        let lines = files::read_text(&file)?.lines().count();
        if lines > LONGEST {
            long.push(format!("{}: {lines} lines", source::name(project, &file)));
        }
    }
    if !long.is_empty() {
        bail!("longer than {LONGEST} lines, so more than one idea:\n  {}", long.join("\n  "));
    }
    Ok(())
}
