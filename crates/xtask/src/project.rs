//! Where things are: every path the commands use, from the root of the repository.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The repository.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The nearest folder, from here upwards, that holds `wrangler.toml`.
    ///
    /// # Errors
    ///
    /// When called outside the repository.
    pub(crate) fn find() -> Result<Self> {
        let here = env::current_dir().context("reading the current folder")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("wrangler.toml").is_file())
            .context("call this inside the repository: no `wrangler.toml` here or above")?;
        Ok(Self { root: root.to_owned() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder, by its path from the root.
    pub(crate) fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// What is deployed.
    pub(crate) fn dist(&self) -> PathBuf {
        self.at("dist")
    }

    /// What shoppers' browsers are served.
    pub(crate) fn www(&self) -> PathBuf {
        self.at("dist/www")
    }

    /// A program that npm installed.
    pub(crate) fn npm_bin(&self, name: &str) -> PathBuf {
        self.at("node_modules/.bin").join(name)
    }

    /// A program that `cargo install` put beside the build.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.at("target/tools/bin").join(name)
    }

    /// Reports and throw-away state of test runs.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.at("target/farthing")
    }
}
