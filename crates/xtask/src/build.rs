//! Builds what is deployed, into `dist`: the Worker, the browser's parts, the demo shop.

mod browser;
mod edge;
mod embed;
mod examples;
mod fingerprint;
mod glue;
mod headers;
mod names;
mod page;
mod shop;

use std::fs::File;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::builds;
use crate::files;
use crate::packages::Packages;
use crate::progress::{begins, step};
use crate::project::Project;
use crate::setup;

pub(crate) use headers::write as write_headers;
pub(crate) use shop::SITE_KEY;

/// The parts that can be built alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The Worker: `dist/edge`.
    Edge,
    /// The demo shop's own server: `dist/demo-shop`.
    DemoShop,
    /// The engine alone for browsers: `dist/www/engine`.
    Engine,
    /// The engine and the widget for browsers: `dist/www`.
    Browser,
    /// The demo shop, the examples and how everything is served: `dist/www/demo`, `dist/www/examples`.
    Site,
    /// All of it.
    All,
}

impl Part {
    fn includes(self, other: Self) -> bool {
        self == other || self == Self::All || (self == Self::Browser && other == Self::Engine)
    }
}

/// Sets up what is missing, then builds what changed.
///
/// # Errors
///
/// When a tool is missing or a build fails.
pub(crate) fn run(project: &Project, part: Part) -> Result<()> {
    setup::everything(project)?;
    parts(project, part)
}

/// Builds what changed, one build of this repository at a time: wrangler starts one of its own on every change.
///
/// # Errors
///
/// When a build fails.
pub(crate) fn parts(project: &Project, part: Part) -> Result<()> {
    let _alone = lock(project)?;
    let packages = Packages::read(project)?;
    if part.includes(Part::Engine) {
        step("engine", || browser::engine(project, &packages))?;
    }
    if part.includes(Part::Browser) {
        step("widget", || browser::widget(project, &packages))?;
        builds::publish(&project.dist())?;
    }
    if part.includes(Part::Edge) {
        step("worker", || edge::build(project, &packages, edge::EDGE))?;
    }
    if part.includes(Part::DemoShop) {
        step("demo shop's server", || edge::build(project, &packages, edge::DEMO_SHOP))?;
    }
    if part.includes(Part::Site) {
        step("demo shop", || shop::build(project))?;
        step("examples", || examples::build(project))?;
        headers::write(&project.www())?;
    }
    Ok(())
}

/// Held by whoever changes what is deployed.
///
/// # Errors
///
/// When it can't be had.
pub(crate) fn lock(project: &Project) -> Result<File> {
    let path = project.at("dist/.build.lock");
    files::write(&path, "")?;
    let file = File::open(&path).context("opening the build's lock")?;
    if file.try_lock().is_err() {
        begins("waiting for another build of this repository");
    }
    file.lock().context("waiting for another build of this repository")?;
    Ok(file)
}
