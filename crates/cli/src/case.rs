//! Case files: an input and what is expected of its quote.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::Value;

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) description: String,
    /// The rule it comes from.
    pub(crate) source: String,
    /// A pricing input.
    pub(crate) input: Value,
    /// Any part of its quote.
    pub(crate) expect: Value,
}

impl Case {
    /// Reads a case file.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let case: Self = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let is_empty = case.expect.as_object().is_none_or(serde_json::Map::is_empty);
        if is_empty || case.description.is_empty() || case.source.is_empty() {
            return Err("a case needs a description, a source and something to expect".to_owned());
        }
        Ok(case)
    }
}

/// Every case file at or below `path`, sorted by name.
pub(crate) fn find(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "json") {
            found.extend(find(&path)?);
        }
    }
    found.sort();
    Ok(found)
}
