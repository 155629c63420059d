//! Playwright's tests, each group against a Worker with data of its own: what one group changes, no other sees.

use anyhow::{Context as _, Result, bail};
use serde_json::Value as Json;

use crate::build::{self, Part};
use crate::carts;
use crate::command;
use crate::counts::Counts;
use crate::earlier;
use crate::files;
use crate::project::Project;
use crate::setup;
use crate::worker::{self, Builds, Place, Worker};

/// Projects of `tests/playwright.config.mjs` that share one Worker, because none of them changes its data.
pub(crate) const GROUPS: [&[&str]; 3] = [&["api"], &["golden", "carts"], &["browser"]];

/// What the command line says about a run of Playwright.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only this project, of api, golden, carts and browser; may be repeated
    #[arg(long = "project", value_name = "NAME")]
    projects: Vec<String>,
    /// Anything else for Playwright, after `--`: a file, `-g 'part of a title'`
    #[arg(last = true)]
    more: Vec<String>,
}

/// Sets up, builds and runs the chosen projects.
///
/// # Errors
///
/// When the set-up or a build fails, or a Worker does not start.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    build::run(project, Part::All)?;
    let mut total = Counts::NONE;
    for group in GROUPS {
        let chosen: Vec<&str> = group.iter().copied().filter(|name| options.includes(name)).collect();
        if !chosen.is_empty() {
            total += group_of(project, &chosen, &options.more)?;
        }
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.is_good())
}

impl Options {
    fn includes(&self, name: &str) -> bool {
        self.projects.is_empty() || self.projects.iter().any(|project| project == name)
    }
}

/// Runs some projects against one fresh Worker; everything must be built.
///
/// # Errors
///
/// When the browser is missing, or the Worker or Playwright does not start.
pub(crate) fn group_of(project: &Project, names: &[&str], more: &[String]) -> Result<Counts> {
    let chromium = setup::chromium(project)?;
    let carts = names.contains(&"carts").then(|| carts::generate(project)).transpose()?;
    // Named by this process: Playwright empties its folder first, and another run in this tree may be using its own.
    let run = format!("{}-{}", names.join("-"), std::process::id());
    let results = project.at("test-results").join(&run);
    let state = project.scratch().join("state").join(&run);
    files::remove(&state)?;
    let www = earlier::serve(project, &state.join("dist"))?;
    let place = Place { state, port: worker::free_port()?, builds: Builds::Frozen(www) };
    let worker = Worker::start(project, &place)?;
    let report = project.scratch().join(format!("{run}.json"));
    let mut playwright =
        command::npm_program(project, "playwright", &["test", "-c", "tests/playwright.config.mjs"])?;
    playwright.arg("--output").arg(&results);
    playwright.args(names.iter().map(|name| format!("--project={name}"))).args(more);
    playwright.env("FARTHING_URL", worker.client().address());
    playwright.env("FARTHING_MAILBOX", worker.mailbox());
    playwright.env("FARTHING_ADMIN_TOKEN", worker.client().token());
    playwright.env("FARTHING_CHROMIUM", chromium).env("FARTHING_REPORT", &report);
    if let Some(carts) = carts {
        playwright.env("FARTHING_CARTS", carts.inputs).env("FARTHING_CART_QUOTES", carts.quotes);
    }
    let succeeded = command::show(&mut playwright)?;
    let counts = read(&report)?;
    if !succeeded {
        worker.warnings().for_each(|line| println!("  the Worker said: {line}"));
        return Ok(counts.at_least_one_failed());
    }
    drop(worker);
    files::remove(&place.state)?;
    files::remove(&results)?;
    Ok(counts)
}

/// Takes the report away, so that the next run can't be mistaken for this one.
fn read(path: &std::path::Path) -> Result<Counts> {
    if !path.exists() {
        bail!("Playwright wrote no report");
    }
    let report: Json = serde_json::from_slice(&files::read(path)?).context("parsing Playwright's report")?;
    std::fs::remove_file(path).with_context(|| format!("removing `{}`", path.display()))?;
    Counts::of_playwright(&report)
}
