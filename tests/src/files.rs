//! The files that tests are fed with.

#![expect(clippy::expect_used, reason = "what a test relies on may fail it")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file at or below `folder`.
///
/// # Panics
/// It can't be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
