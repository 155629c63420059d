//! `cargo xtask test`: everything, in the order in which mistakes are cheapest to see. A stage that fails hides no
//! later one.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::build::{self, Part};
use crate::command;
use crate::counts::Counts;
use crate::crash;
use crate::deploy;
use crate::e2e;
use crate::fuel;
use crate::golden;
use crate::progress::seconds;
use crate::project::Project;
use crate::setup;
use crate::size;
use crate::tidy;

/// What became of one part of the run.
#[derive(Debug)]
struct Stage {
    name: String,
    counts: Counts,
    elapsed: Duration,
}

#[derive(Debug, Default)]
struct Report(Vec<Stage>);

/// Runs every test; true when all passed.
///
/// # Errors
///
/// Only for what is wrong before anything could run.
pub(crate) fn everything(project: &Project) -> Result<bool> {
    let mut report = Report::default();
    report.stage("setup", || setup::everything(project).map(|()| Counts::NONE));
    for check in tidy::CHECKS {
        report.stage(check.name, || check.run(project).map(|()| Counts::ONE_PASSED));
    }
    report.stage("cargo test", || cargo_test(project));
    report.stage("golden, native", || golden::native(project));
    let is_built = report.stage("build", || build::parts(project, Part::All).map(|()| Counts::NONE));
    report.stage("size", || {
        ensure!(is_built, "not run: what was built earlier is not what these sources say");
        size::check(project)
    });
    report.stage("fuel", || {
        ensure!(is_built, "not run: what was built earlier is not what these sources say");
        fuel::check(project)
    });
    for group in e2e::GROUPS {
        let name = group.join(", ");
        report.stage(&name, || {
            ensure!(is_built, "not run: what was built earlier is not what these sources say");
            e2e::group_of(project, group, &[])
        });
    }
    report.stage("crash", || {
        ensure!(is_built, "not run: what was built earlier is not what these sources say");
        crash::small(project)
    });
    report.stage("deploy --dry-run", || deploy::dry_run(project));
    Ok(report.print())
}

impl Report {
    /// Runs one stage; true when nothing in it failed.
    fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<Counts>) -> bool {
        println!("── {name}");
        let started = Instant::now();
        let counts = work().unwrap_or_else(|error| {
            println!("✗ {error:#}");
            Counts::ONE_FAILED
        });
        self.0.push(Stage { name: name.to_owned(), counts, elapsed: started.elapsed() });
        counts.is_good()
    }

    /// The table, then the one line that programs read.
    fn print(&self) -> bool {
        let mut total = Counts::NONE;
        println!("\n  {:<20} {:>7} {:>7} {:>9}", "stage", "passed", "failed", "took");
        for Stage { name, counts, elapsed } in &self.0 {
            let mark = if counts.is_good() { ' ' } else { '✗' };
            println!("{mark} {name:<20} {:>7} {:>7} {:>9}", counts.passed, counts.failed, seconds(*elapsed));
            total += *counts;
        }
        println!("\n{} passed, {} failed", total.passed, total.failed);
        total.is_good()
    }
}

fn cargo_test(project: &Project) -> Result<Counts> {
    let finished =
        command::finish(&mut command::cargo(project, &["test", "--workspace", "--no-fail-fast"])?)?;
    let counts = Counts::of_cargo(&finished.output);
    if finished.status.success() {
        return Ok(counts);
    }
    println!("{}", command::tail(&finished.output));
    Ok(counts.at_least_one_failed())
}
