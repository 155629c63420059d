//! Whether something was built from exactly these inputs already.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;
use crate::hash::Digest;
use crate::packages::Packages;
use crate::project::Project;
use crate::setup;

/// What every wasm build depends on besides its own sources.
const SHARED: [&str; 6] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo",
    "package-lock.json",
    "crates/xtask/src/build",
];

/// A digest of inputs, to be compared with the one of the last build.
#[derive(Debug)]
pub(crate) struct Fingerprint {
    /// Kept inside `dist`, so that removing it forgets every build.
    stamp: PathBuf,
    value: String,
}

impl Fingerprint {
    /// Of a wasm crate: its sources, those of our crates that it uses, and some more files.
    ///
    /// # Errors
    ///
    /// When an input can't be read.
    pub(crate) fn of_crate(
        project: &Project,
        packages: &Packages,
        name: &str,
        more: &[&str],
    ) -> Result<Self> {
        let mut inputs: Vec<PathBuf> = packages.sources(name)?.into_iter().collect();
        inputs.extend(SHARED.iter().chain(more).map(|path| project.at(path)));
        Self::of(project, name, &inputs, &setup::versions())
    }

    /// Of some files and folders, and of words that stand for anything else.
    ///
    /// # Errors
    ///
    /// When an input can't be read.
    pub(crate) fn of(project: &Project, name: &str, inputs: &[PathBuf], words: &str) -> Result<Self> {
        let mut digest = Digest::default();
        digest.part("words", words.as_bytes());
        for input in inputs {
            for file in files::below(input)? {
                let relative = file.strip_prefix(project.root()).unwrap_or(&file);
                digest.part(&relative.to_string_lossy(), &files::read(&file)?);
            }
        }
        Ok(Self { stamp: project.at("dist/.stamps").join(name), value: digest.hex() })
    }

    /// True when the inputs are those of the last build and its outputs are still there.
    pub(crate) fn is_built(&self, outputs: &[&Path]) -> bool {
        let last = files::read_text(&self.stamp).unwrap_or_default();
        last == self.value && outputs.iter().all(|output| output.exists())
    }

    /// Remembers that the outputs are now those of these inputs.
    ///
    /// # Errors
    ///
    /// When the stamp can't be written.
    pub(crate) fn built(&self) -> Result<()> {
        files::write(&self.stamp, &self.value)
    }
}
