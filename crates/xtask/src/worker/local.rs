//! The configuration of a Worker on this machine: ours, with what only a run knows, such as where its mails go. For tests it
//! is without `[build]`, so that what was built is what is tested, whatever is edited meanwhile.

use std::path::Path;

use anyhow::Result;

use super::Builds;
use crate::files;
use crate::project::Project;

/// Writes it and gives its name. It lies beside the real one, because paths in it, and `.dev.vars`, are looked up from its
/// folder.
///
/// # Errors
///
/// When `wrangler.toml` can't be read or the copy not written.
pub(crate) fn configuration(
    project: &Project,
    builds: &Builds,
    variables: &[(&str, String)],
) -> Result<&'static str> {
    let text = files::read_text(&project.at("wrangler.toml"))?;
    let (file, text) = match builds {
        Builds::Follow => ("wrangler.local.toml", text),
        Builds::Frozen(www) => ("wrangler.frozen.toml", serving(&without_build(&text), www)),
    };
    files::write(&project.at(file), with_variables(&text, variables))?;
    Ok(file)
}

fn without_build(text: &str) -> String {
    let mut kept = String::new();
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

fn serving(text: &str, www: &Path) -> String {
    text.replace("directory = \"dist/www\"", &format!("directory = {www:?}"))
}

fn with_variables(text: &str, variables: &[(&str, String)]) -> String {
    let lines = variables.iter().map(|(name, value)| format!("{name} = {value:?}\n"));
    format!("# Written by `cargo xtask` from `wrangler.toml`.\n{text}\n[vars]\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_build_is_left_out() {
        let text = "name = \"x\"\n[build]\ncommand = \"c\"\n\n[[d1_databases]]\nbinding = \"DB\"\n";
        assert_eq!(without_build(text), "name = \"x\"\n[[d1_databases]]\nbinding = \"DB\"\n");
    }

    #[test]
    fn files_are_served_from_a_folder() {
        let text = serving("[assets]\ndirectory = \"dist/www\"\n", Path::new("/elsewhere/www"));
        assert_eq!(text, "[assets]\ndirectory = \"/elsewhere/www\"\n");
    }

    #[test]
    fn variables_stand_at_the_end() {
        let text = with_variables("name = \"x\"\n", &[("A", "b \"c\"".to_owned())]);
        assert!(text.ends_with("name = \"x\"\n\n[vars]\nA = \"b \\\"c\\\"\"\n"), "{text}");
    }
}
