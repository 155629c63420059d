//! The builds of the widget that are served: the current one and earlier ones, which pages go on naming. `/builds.json` lists
//! them.

mod publish;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::files;
use crate::hash::integrity384;

pub(crate) use publish::{current, publish};

/// The list, as it is served.
pub(crate) const LIST: &str = "builds.json";

/// How many earlier builds are served at most. Each has a rule in `_headers`, of which Cloudflare reads a hundred; a few are
/// for everything else.
pub(crate) const MOST: usize = 90;

/// How many hexadecimal digits name a build.
pub(crate) const NAME: usize = 16;

/// How many files a build has at most, and how many letters the name of one. Ours have a dozen files.
const FILES: usize = 64;
const LETTERS: usize = 64;

/// One build: a folder that is named by what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Build {
    pub(crate) name: String,
    /// What `integrity` attributes carry, by the file's name.
    files: BTreeMap<String, String>,
}

/// Builds, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Builds {
    pub(crate) builds: Vec<Build>,
}

impl Build {
    /// The build that lies in the folder of its name.
    ///
    /// # Errors
    ///
    /// When a file can't be read.
    pub(crate) fn read(www: &Path, name: &str) -> Result<Self> {
        let folder = www.join(name);
        let mut all = BTreeMap::new();
        for path in files::below(&folder)? {
            let file = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
            all.insert(file, integrity384(&files::read(&path)?));
        }
        Ok(Self { name: name.to_owned(), files: all })
    }

    /// The paths of its files, from what is served.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.files.keys().map(|file| format!("{}/{file}", self.name)).collect()
    }

    /// Holds what lies in the folder of its name against the hashes.
    ///
    /// # Errors
    ///
    /// Names a file that is missing or another one.
    pub(crate) fn check(&self, www: &Path) -> Result<()> {
        for (file, integrity) in &self.files {
            let contents = files::read(&www.join(&self.name).join(file))?;
            ensure!(
                integrity384(&contents) == *integrity,
                "`{}/{file}` is not the file that was published under this name",
                self.name
            );
        }
        Ok(())
    }

    /// A list may come from outside: no name in it leads out of the folder that it is for.
    fn check_names(&self) -> Result<()> {
        ensure!(is_name(&self.name), "`{}` is no name of a build", self.name);
        ensure!(self.files.len() <= FILES, "`{}` has more than {FILES} files", self.name);
        let odd = self.files.keys().find(|file| !is_file(file));
        ensure!(odd.is_none(), "`{}` is no name of a file of a build", odd.map_or("", String::as_str));
        Ok(())
    }
}

impl Builds {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// When it is none, or a name in it is not one that a build could have.
    pub(crate) fn parse(text: &[u8]) -> Result<Self> {
        let list: Self = serde_json::from_slice(text).context("this is no list of builds")?;
        let mut names = HashSet::new();
        for build in &list.builds {
            build.check_names()?;
            ensure!(names.insert(&build.name), "`{}` is listed twice", build.name);
        }
        Ok(list)
    }

    /// The builds that are kept beside the current one; none before any was.
    ///
    /// # Errors
    ///
    /// When the list of them can't be read.
    pub(crate) fn kept(dist: &Path) -> Result<Self> {
        Self::at(&kept(dist))
    }

    /// Remembers them as what is kept from now on.
    ///
    /// # Errors
    ///
    /// When the list can't be written.
    pub(crate) fn keep(&self, dist: &Path) -> Result<()> {
        self.write(&kept(dist))
    }

    /// What is served; nothing before there is a widget.
    ///
    /// # Errors
    ///
    /// When the list of it can't be read.
    pub(crate) fn served(www: &Path) -> Result<Self> {
        Self::at(&www.join(LIST))
    }

    /// These, then the others that are not among them.
    pub(crate) fn then(mut self, others: Self) -> Self {
        let names: HashSet<String> = self.builds.iter().map(|build| build.name.clone()).collect();
        self.builds.extend(others.builds.into_iter().filter(|build| !names.contains(&build.name)));
        self
    }

    fn at(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        Self::parse(&files::read(path)?).with_context(|| format!("reading `{}`", path.display()))
    }

    fn write(&self, path: &Path) -> Result<()> {
        files::write(path, serde_json::to_string_pretty(self)? + "\n")
    }
}

/// Beside what is served, not in it: which builds the next one must not remove.
fn kept(dist: &Path) -> PathBuf {
    dist.join("kept.json")
}

fn is_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Lower-case letters, which no file system takes for others.
fn is_file(name: &str) -> bool {
    let is_plain = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'.' | b'_' | b'-');
    name.len() <= LETTERS
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests;
