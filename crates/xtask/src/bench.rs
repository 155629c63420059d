//! `cargo xtask bench`: the engine beside other engines, and the widget beside other widgets, in one process or browser and
//! taking turns, so that ratios mean something even on a busy machine.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::build::{self, Part};
use crate::command;
use crate::files;
use crate::progress::{Outcome, begins, step};
use crate::project::Project;

/// Those that the targets name. Whatever else the harness holds would only take its time.
const PEERS: &str = "farthing,medusa,hand-indexed";

/// How long a peer runs in each round, in milliseconds.
const MILLISECONDS: &str = "100";

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    /// The engine alone
    Engine,
    /// The cart in a browser; the peers' carts lie in `widgets` beside the harness
    Widget,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(value_enum, default_value = "engine")]
    subject: Subject,
    /// The folder of the peers' harness, which is no part of this repository; FARTHING_PEERS names it too
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Only these scenarios, such as L10-P100,L100-P1000
    #[arg(long, value_name = "NAMES")]
    only: Option<String>,
    /// How many times each is measured; the median counts
    #[arg(long, default_value_t = 7)]
    rounds: u32,
}

/// Measures and prints the table; true when every target is reached.
///
/// # Errors
///
/// When the harness is missing, something can't be built, or the measuring fails.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    let harness = options.harness()?;
    match options.subject {
        Subject::Engine => engine(project, options, &harness),
        Subject::Widget => widget(project, options, &harness),
    }
}

/// How fast each is says a busy machine as much as the widget, so nothing fails here.
fn widget(project: &Project, options: &Options, harness: &Path) -> Result<bool> {
    build::run(project, Part::All)?;
    let chromium = crate::setup::chromium(project)?;
    let widgets = beside(harness)?;
    step("peers", || install(&widgets))?;
    let generate = harness.join("gen.mjs");
    command::succeed(command::npm_program(project, "node", &[])?.arg(generate).arg(harness))?;
    begins("measuring (about two minutes)");
    let mut bench = command::npm_program(project, "node", &["tests/bench/widget/bench.mjs"])?;
    bench.arg("--harness").arg(&widgets).arg("--chromium").arg(chromium);
    bench.args(["--runs", &options.rounds.to_string()]);
    command::show(bench.arg("--folder").arg(project.scratch().join("bench-widget")))
}

fn engine(project: &Project, options: &Options, harness: &Path) -> Result<bool> {
    build::run(project, Part::Engine)?;
    step("peers", || install(harness))?;
    let folder = project.scratch().join("bench");
    files::remove(&folder)?;
    let results = folder.join("results.jsonl");
    files::write(&results, "")?;
    let node = |script: PathBuf| {
        let mut node = command::npm_program(project, "node", &[])?;
        node.arg(script);
        anyhow::Ok(node)
    };
    step("scenarios", || {
        command::succeed(node(harness.join("gen.mjs"))?.arg(&folder))?;
        Ok(Outcome::done("made"))
    })?;
    begins("measuring (about a minute)");
    let mut bench = node(harness.join("bench.mjs"))?;
    bench.args(["--ms", MILLISECONDS, "--peers", PEERS, "--rounds", &options.rounds.to_string()]);
    bench.arg("--dir").arg(&folder).arg("--peer-file").arg(project.at("tests/bench/ours.mjs"));
    if let Some(only) = &options.only {
        bench.args(["--only", only]);
    }
    files::write(&results, command::succeed(&mut bench)?)?;
    command::show(node(project.at("tests/bench/table.mjs"))?.arg(&results))
}

impl Options {
    fn harness(&self) -> Result<PathBuf> {
        find(self.peers.as_ref())
    }
}

/// Whether the command line or the environment says where the peers are.
pub(crate) fn is_named(peers: Option<&PathBuf>) -> bool {
    peers.is_some() || env::var_os("FARTHING_PEERS").is_some()
}

/// The folder of the peers' carts.
///
/// # Errors
///
/// When the harness is missing.
pub(crate) fn widgets(peers: Option<&PathBuf>) -> Result<PathBuf> {
    beside(&find(peers)?)
}

fn beside(harness: &Path) -> Result<PathBuf> {
    harness.join("../widgets").canonicalize().context("finding the peers' widgets")
}

fn find(peers: Option<&PathBuf>) -> Result<PathBuf> {
    let Some(folder) = peers.cloned().or_else(|| env::var_os("FARTHING_PEERS").map(PathBuf::from)) else {
        bail!("the peers are no part of this repository: name their harness's folder by `--peers DIR`");
    };
    if !folder.join("bench.mjs").is_file() {
        bail!("`{}` is not the peers' harness: it holds no `bench.mjs`", folder.display());
    }
    folder.canonicalize().with_context(|| format!("finding `{}`", folder.display()))
}

/// As the harness's own page says, but for the Node it asks for: ours is that one.
///
/// # Errors
///
/// When npm fails.
pub(crate) fn install(harness: &Path) -> Result<Outcome> {
    if harness.join("node_modules/.package-lock.json").is_file() {
        return Ok(Outcome::UpToDate);
    }
    begins("installing the peers by npm (about a minute, 500 MB)");
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]);
    command::succeed(npm.current_dir(harness))?;
    Ok(Outcome::done("installed"))
}
