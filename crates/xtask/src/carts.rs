//! Random carts and what the native engine says about them, for the other engines to be compared with.

use std::env;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::command;
use crate::files;
use crate::progress::{Outcome, step};
use crate::project::Project;

/// Any failure can be had again: the carts are the same on every machine.
const SEED: &str = "1";

/// How many are drawn, unless the variable `CARTS` says otherwise.
const COUNT: usize = 2_000;

/// Two files with a line for every cart, in the same order.
#[derive(Debug)]
pub(crate) struct Carts {
    pub(crate) inputs: PathBuf,
    pub(crate) quotes: PathBuf,
}

/// Draws the carts and prices them natively.
///
/// # Errors
///
/// When a program does not build, or gives other than one line a cart.
pub(crate) fn generate(project: &Project) -> Result<Carts> {
    let count = match env::var("CARTS") {
        Ok(count) => count.parse().with_context(|| format!("`CARTS={count}` is no number of carts"))?,
        Err(_) => COUNT,
    };
    let folder = project.scratch();
    let carts = Carts { inputs: folder.join("carts.jsonl"), quotes: folder.join("carts.quotes.jsonl") };
    step("random carts", || {
        command::succeed(&mut command::cargo(
            project,
            &["build", "-p", "farthing-tests", "--bin", "carts"],
        )?)?;
        command::succeed(&mut command::cargo(project, &["build", "-p", "farthing-cli"])?)?;
        files::write(&carts.inputs, "")?;
        let mut draw = command::command(project, project.at("target/debug/carts"))?;
        pipe(draw.args(["--seed", SEED, "--count", &count.to_string()]), None, &carts.inputs)?;
        let mut price = command::command(project, project.at("target/debug/farthing"))?;
        pipe(price.args(["quote", "--jsonl"]), Some(&carts.inputs), &carts.quotes)?;
        Ok(Outcome::done(format!("{count} drawn and priced natively")))
    })?;
    for path in [&carts.inputs, &carts.quotes] {
        let lines = files::read_text(path)?.lines().count();
        ensure!(lines == count, "`{}` has {lines} lines instead of {count}", path.display());
    }
    Ok(carts)
}

fn pipe(command: &mut Command, from: Option<&PathBuf>, to: &PathBuf) -> Result<()> {
    let stdin = match from {
        Some(path) => Stdio::from(File::open(path).with_context(|| format!("opening `{}`", path.display()))?),
        None => Stdio::null(),
    };
    let stdout = File::create(to).with_context(|| format!("writing `{}`", to.display()))?;
    let status = command.stdin(stdin).stdout(stdout).status().context("starting a program of ours")?;
    ensure!(status.success(), "{command:?} failed ({status})");
    Ok(())
}
