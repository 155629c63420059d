//! Which builds of the widget are served: the current one, then those that are kept.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::{Build, Builds, LIST, is_name};
use crate::files;

/// Removes every build that is neither current nor kept, and lists the others.
///
/// # Errors
///
/// When there is no widget yet, or a kept build is not whole: a deployment would take it from the pages that name it.
pub(crate) fn publish(dist: &Path) -> Result<()> {
    let www = dist.join("www");
    let kept = Builds::kept(dist)?;
    for build in &kept.builds {
        build.check(&www).context(
            "an earlier build is kept but not whole: call `cargo xtask keep` again, with the address of the deployment",
        )?;
    }
    let current = Build::read(&www, &current(&www)?)?;
    let served = Builds { builds: vec![current] }.then(kept);
    for name in names(&www)? {
        if !served.builds.iter().any(|build| build.name == name) {
            files::remove(&www.join(name))?;
        }
    }
    served.write(&www.join(LIST))
}

/// The name of the build that a page gets which names none: its script is the evergreen one.
///
/// # Errors
///
/// When there is none yet.
pub(crate) fn current(www: &Path) -> Result<String> {
    let evergreen = fs::read(www.join("v1/embed.js")).ok();
    let is_current = |name: &String| {
        let script = fs::read(www.join(name).join("embed.js")).ok();
        script.is_some() && script == evergreen
    };
    let current = names(www)?.into_iter().find(is_current);
    current.context("the widget is not built yet: call `cargo xtask build browser`")
}

fn names(www: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(www).with_context(|| format!("listing `{}`", www.display()))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter(|name| is_name(name)).collect())
}
