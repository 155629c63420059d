//! Node's packages: wrangler, esbuild, binaryen, Playwright, and a newer Node than the machine may have.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::progress::{Outcome, begins};
use crate::project::Project;

/// The oldest Node that can install; what runs afterwards is the one pinned in `package.json`.
const OLDEST: u32 = 20;

/// # Errors
///
/// When Node or npm is missing or too old.
pub(crate) fn check() -> Result<()> {
    let node = version("node")?;
    let major: u32 = node.trim_start_matches('v').split('.').next().unwrap_or_default().parse().unwrap_or(0);
    if major < OLDEST {
        bail!(
            "Node {node} is too old: install Node {OLDEST} or newer from https://nodejs.org, then call this again"
        );
    }
    version("npm").map(drop)
}

/// # Errors
///
/// When npm fails.
pub(crate) fn install(project: &Project) -> Result<Outcome> {
    if is_fresh(project)? {
        return Ok(Outcome::UpToDate);
    }
    begins("installing npm packages (about half a minute)");
    // With the machine's own Node: the pinned one is among the packages being replaced. The machine's may be older
    // than some packages ask for, which npm would tell at length although it never runs them.
    let mut npm = Command::new("npm");
    npm.args(["ci", "--loglevel=error"]).current_dir(project.root());
    command::succeed(&mut npm)?;
    Ok(Outcome::done("installed"))
}

/// npm writes its own lock file last, so it is newer than ours exactly when an installation was completed since.
fn is_fresh(project: &Project) -> Result<bool> {
    let wanted = modified(&project.at("package-lock.json")).context("`package-lock.json` is missing")?;
    Ok(modified(&project.at("node_modules/.package-lock.json")).is_some_and(|installed| installed >= wanted))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn version(program: &str) -> Result<String> {
    let output =
        Command::new(program).arg("--version").output().ok().filter(|output| output.status.success());
    let Some(output) = output else {
        bail!(
            "{program} is missing: install Node {OLDEST} or newer with npm from https://nodejs.org, then call this again"
        );
    };
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
