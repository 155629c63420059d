//! The project's own commands. `cargo xtask help` lists them; each sets up what it needs.

mod api_fuzz;
mod bench;
mod build;
mod builds;
mod carts;
mod command;
mod counts;
mod crash;
mod deploy;
mod dev;
mod e2e;
mod earlier;
mod files;
mod fuel;
mod fuzz;
mod golden;
mod hash;
mod keep;
mod load;
mod packages;
mod process_group;
mod progress;
mod project;
mod setup;
#[allow(unreachable_pub, reason = "written as a library's module is; nothing outside this program sees it")]
#[allow(
    clippy::indexing_slicing,
    reason = "a JSON value answers an unknown name with null, not with a panic"
)]
mod site;
mod size;
mod test;
mod tidy;
mod worker;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use project::Project;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Farthing's own commands; each sets up what it needs", version)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build everything, load the demo shop and serve it on this machine
    Dev(dev::Options),
    /// Run every test; the last line is `N passed, N failed`
    Test,
    /// Build what is deployed, into `dist`
    Build {
        /// Which part of it
        #[arg(value_enum, default_value_t = build::Part::All)]
        part: build::Part,
    },
    /// Take over the builds of the widget that a deployment serves, so that the next one goes on serving them
    Keep(keep::Options),
    /// Run the golden cases on the native engine, in a browser and on the Worker
    Golden,
    /// Run Playwright's tests against fresh Workers
    E2e(e2e::Options),
    /// Check format, lints and the rules of the house
    Tidy,
    /// Print how many bytes a shopper's browser loads, and fail above the budgets
    Size(size::Options),
    /// Measure the engine beside other engines
    Bench(bench::Options),
    /// Count the wasm instructions of a price
    Fuel,
    /// Feed changed inputs to the fuzz targets
    Fuzz(fuzz::Options),
    /// Send made-up requests to a Worker, and hold its answers against `/openapi.json`
    ApiFuzz(api_fuzz::Options),
    /// Kill the Worker while it sells, again and again, then count
    Crash(crash::Options),
    /// Measure the Worker beside doing nothing
    Load(load::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = run(arguments.command);
    process_group::leave_if_interrupted();
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True when all is well; checks that found faults have told them by now.
fn run(task: Task) -> Result<bool> {
    let project = Project::find()?;
    process_group::stop_all_on_interrupt()?;
    match task {
        Task::Dev(options) => dev::run(&project, options).map(|()| true),
        Task::Test => test::everything(&project),
        Task::Build { part } => build::run(&project, part).map(|()| true),
        Task::Keep(options) => keep::run(&project, &options).map(|()| true),
        Task::Golden => golden::run(&project),
        Task::E2e(options) => e2e::run(&project, &options),
        Task::Tidy => tidy::run(&project),
        Task::Size(options) => size::run(&project, &options),
        Task::Bench(options) => bench::run(&project, &options),
        Task::Fuel => fuel::run(&project),
        Task::Fuzz(options) => fuzz::run(&project, &options),
        Task::ApiFuzz(options) => api_fuzz::run(&project, &options),
        Task::Crash(options) => crash::run(&project, &options),
        Task::Load(options) => load::run(&project, &options),
    }
}
