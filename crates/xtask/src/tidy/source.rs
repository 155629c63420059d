//! The repository's Rust files, and what in them is code.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::files;
use crate::project::Project;

/// Every Rust file of ours.
///
/// # Errors
///
/// When a folder can't be read.
pub(crate) fn rust_files(project: &Project) -> Result<Vec<PathBuf>> {
    let mut found = files::below(&project.at("crates"))?;
    found.extend(files::below(&project.at("tests"))?);
    found.extend(files::below(&project.at("fuzz/fuzz_targets"))?);
    found.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    Ok(found)
}

/// A file's path from the root.
pub(crate) fn name(project: &Project, file: &Path) -> String {
    file.strip_prefix(project.root()).unwrap_or(file).display().to_string()
}

/// A line without its comment and with its strings emptied; good enough for code that rustfmt has laid out.
pub(crate) fn code(line: &str) -> String {
    let (mut code, mut quoted, mut escaped) = (String::new(), false, false);
    for character in line.chars() {
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = character == '\\' && !escaped;
        if !quoted {
            code.push(character);
        }
    }
    code.split("//").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        assert_eq!(code(r#"let x = "1.5 // \" f64"; // f32"#).trim(), r#"let x = ";"#);
        assert_eq!(code("/// one f64"), "");
    }
}
