//! The configuration of a Worker under test: ours without `[build]`, so that what was built is what is tested,
//! whatever is edited meanwhile.

use anyhow::Result;

use crate::files;
use crate::project::Project;

/// Beside the real one, because paths in it, and `.dev.vars`, are looked up from its folder.
const FILE: &str = "wrangler.frozen.toml";

/// Writes it and gives its name.
///
/// # Errors
///
/// When `wrangler.toml` can't be read or the copy not written.
pub(crate) fn configuration(project: &Project) -> Result<&'static str> {
    let text = files::read_text(&project.at("wrangler.toml"))?;
    files::write(&project.at(FILE), without_build(&text))?;
    Ok(FILE)
}

fn without_build(text: &str) -> String {
    let mut kept = String::from("# Written by `cargo xtask` from `wrangler.toml`, for tests.\n");
    let mut in_build = false;
    for line in text.lines() {
        if line.starts_with('[') {
            in_build = line.trim() == "[build]";
        }
        if !in_build {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_build_is_left_out() {
        let text = "name = \"x\"\n[build]\ncommand = \"c\"\n\n[[d1_databases]]\nbinding = \"DB\"\n";
        let frozen = without_build(text);
        assert!(frozen.ends_with("name = \"x\"\n[[d1_databases]]\nbinding = \"DB\"\n"), "{frozen}");
    }
}
