//! For tests: what is built, served as by a second deployment. An earlier build of the widget is kept beside the current one.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::build;
use crate::builds::{self, Build, Builds};
use crate::files;
use crate::project::Project;

/// The earlier build's name. It is the current one in all else; only an older source would make another.
const NAME: &str = "0123456789abcdef";

/// Copies what is served, with a build that was kept, and says where it lies.
///
/// # Errors
///
/// When there is no widget yet, or a file can't be written.
pub(crate) fn serve(project: &Project, dist: &Path) -> Result<PathBuf> {
    let www = dist.join("www");
    copy(&project.www(), &www)?;
    let current = builds::current(&www)?;
    copy(&www.join(&current), &www.join(NAME))?;
    let script = www.join(NAME).join("embed.js");
    files::write(&script, files::read_text(&script)?.replace(&current, NAME))?;
    Builds { builds: vec![Build::read(&www, NAME)?] }.keep(dist)?;
    builds::publish(dist)?;
    build::write_headers(&www)?;
    Ok(www)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    files::below(from)?
        .iter()
        .try_for_each(|file| files::write(&to.join(file.strip_prefix(from)?), files::read(file)?))
}
