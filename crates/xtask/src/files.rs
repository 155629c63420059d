//! Reading and writing files with errors that name them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Every file below a folder, or the file itself; sorted, hidden ones left out. Nothing when it does not exist.
///
/// # Errors
///
/// When a folder can't be read.
pub(crate) fn below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("listing `{}`", path.display()))? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.extend(below(&entry.path())?);
        }
    }
    found.sort();
    Ok(found)
}

/// # Errors
///
/// When it can't be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading `{}`", path.display()))
}

/// # Errors
///
/// When it can't be read or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))
}

/// Writes a file and the folders above it.
///
/// # Errors
///
/// When it can't be written.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making `{}`", folder.display()))?;
    }
    fs::write(path, contents).with_context(|| format!("writing `{}`", path.display()))
}

/// Removes a folder with all in it; one that isn't there is fine.
///
/// # Errors
///
/// When something in it can't be removed.
pub(crate) fn remove(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    fs::remove_dir_all(path).with_context(|| format!("removing `{}`", path.display()))
}
