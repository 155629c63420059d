//! `cargo xtask keep`: before a deployment, takes over the builds of the widget that the last one serves. A deployment replaces
//! every file, while pages go on naming earlier builds: those that their browsers have kept, and those in merchants' tags.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use crate::build;
use crate::builds::{Build, Builds, LIST, MOST};
use crate::command;
use crate::files;
use crate::progress::{Outcome, step};
use crate::project::Project;
use crate::setup;

/// What the command line says about it.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The deployment: https://farthing.example
    address: String,
    /// Keep only so many, the newest; pages that name an older one lose it
    #[arg(long, value_name = "COUNT")]
    newest: Option<usize>,
}

/// A deployment, and where what it serves is put until it is checked.
struct Deployment<'a> {
    project: &'a Project,
    address: &'a str,
    incoming: &'a Path,
}

/// # Errors
///
/// When the deployment can't be reached, or does not serve what it lists.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    setup::packages(project)?;
    let _alone = build::lock(project)?;
    step("earlier builds", || keep(project, &project.dist(), options))
}

/// All or nothing: what comes is put beside what is served, and moved there once all of it is as the list says.
fn keep(project: &Project, dist: &Path, options: &Options) -> Result<Outcome> {
    let incoming = dist.join(".incoming");
    files::remove(&incoming)?;
    let deployment = Deployment { project, address: address(&options.address)?, incoming: &incoming };
    let outcome = take_over(&deployment, dist, options.newest);
    files::remove(&incoming)?;
    outcome
}

fn take_over(deployment: &Deployment<'_>, dist: &Path, newest: Option<usize>) -> Result<Outcome> {
    let Some(listed) = deployment.list()? else {
        return Ok(Outcome::done(format!(
            "none: {} has no `/{LIST}`, so this is its first deployment or the first that keeps builds",
            deployment.address
        )));
    };
    let www = dist.join("www");
    let is_here = |build: &Build| build.check(&www).is_ok();
    let mut here = Builds::kept(dist)?;
    here.builds.retain(is_here);
    let kept = newest_of(listed.then(here), newest)?;
    let missing: Vec<&Build> = kept.builds.iter().filter(|build| !is_here(build)).collect();
    missing.iter().try_for_each(|build| deployment.fetch_build(build))?;
    for build in &missing {
        let to = www.join(&build.name);
        files::remove(&to)?;
        fs::create_dir_all(&www).with_context(|| format!("making `{}`", www.display()))?;
        fs::rename(deployment.incoming.join(&build.name), &to)
            .with_context(|| format!("moving `{}`", to.display()))?;
    }
    kept.keep(dist)?;
    Ok(Outcome::done(format!("{} kept, {} of them new here", kept.builds.len(), missing.len())))
}

/// More than can be served are not left out silently: somebody's page may name them.
fn newest_of(mut kept: Builds, newest: Option<usize>) -> Result<Builds> {
    kept.builds.truncate(newest.unwrap_or(usize::MAX));
    let count = kept.builds.len();
    ensure!(
        count <= MOST,
        "{count} builds are more than the {MOST} that can be kept: say how many of the newest to keep, `--newest 50`"
    );
    Ok(kept)
}

impl Deployment<'_> {
    /// What it serves; none where it has no list.
    fn list(&self) -> Result<Option<Builds>> {
        match self.fetch(&[LIST.to_owned()])?.first() {
            None => {
                let text = files::read(&self.incoming.join(LIST))?;
                Builds::parse(&text).with_context(|| format!("reading {}/{LIST}", self.address)).map(Some)
            }
            Some(failure) if failure.starts_with("404 ") => Ok(None),
            Some(failure) => bail!("{} answered: {failure}", self.address),
        }
    }

    fn fetch_build(&self, build: &Build) -> Result<()> {
        let missing = self.fetch(&build.paths())?;
        if let Some(failure) = missing.first() {
            bail!("{} lists a file that it does not serve: {failure}", self.address);
        }
        build.check(self.incoming).with_context(|| format!("{} serves a file that was altered", self.address))
    }

    /// Fetches files. Of those that are answered by anything but 200: the status and the path.
    fn fetch(&self, paths: &[String]) -> Result<Vec<String>> {
        // By Node, which deploying needs anyway: it brings TLS.
        let mut node = command::command(self.project, "node")?;
        node.arg("crates/xtask/src/keep/fetch.mjs").arg(self.address).arg(self.incoming).args(paths);
        let finished = command::finish(&mut node)?;
        ensure!(finished.status.success(), "{}", finished.output.trim());
        Ok(finished.output.lines().map(str::to_owned).collect())
    }
}

/// An origin, and one that nobody on the way can speak for: its list says which scripts shops' pages get.
fn address(given: &str) -> Result<&str> {
    let address = given.trim_end_matches('/');
    let is_local = |host: &&str| matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"));
    let host = address.strip_prefix("https://");
    let host = host.or_else(|| address.strip_prefix("http://").filter(is_local)).unwrap_or_default();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    ensure!(
        !host.is_empty() && host.bytes().all(is_host),
        "`{given}` is no address of a deployment: say it like https://farthing.example"
    );
    Ok(address)
}

#[cfg(test)]
mod tests;
