//! The secrets of a Worker on this machine, in `.dev.vars`, where wrangler looks for them.

use anyhow::{Context as _, Result, anyhow};

use crate::files;
use crate::hash::hex;
use crate::project::Project;

const ADMIN_TOKEN: &str = "ADMIN_TOKEN";
const SIGNING_KEYS: &str = "SIGNING_KEYS";

/// The administrator's token. It and the keys that the edge signs with are made up when there are none yet.
///
/// # Errors
///
/// When the file can't be read or written.
pub(crate) fn admin_token(project: &Project) -> Result<String> {
    kept(project, SIGNING_KEYS, || Ok(format!("k1:{}", random()?)))?;
    kept(project, ADMIN_TOKEN, random)
}

/// The secret of this name: a new one is written when there is none yet.
fn kept(project: &Project, name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    let path = project.at(".dev.vars");
    let text = if path.exists() { files::read_text(&path)? } else { String::new() };
    if let Some(secret) = value(&text, name) {
        return Ok(secret.to_owned());
    }
    let secret = make()?;
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    files::write(&path, format!("{text}{gap}{name}=\"{secret}\"\n"))
        .with_context(|| format!("keeping {name}"))?;
    Ok(secret)
}

fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut values = text.lines().filter_map(|line| line.split_once('='));
    let (_, value) = values.find(|(found, _)| found.trim() == name)?;
    Some(value.trim().trim_matches('"')).filter(|value| !value.is_empty())
}

fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("asking the system for random bytes: {error}"))?;
    Ok(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_with_or_without_quotes() {
        assert_eq!(value("A=1\nADMIN_TOKEN=\"x\"\n", ADMIN_TOKEN), Some("x"));
        assert_eq!(value("ADMIN_TOKEN = y", ADMIN_TOKEN), Some("y"));
        assert_eq!(value("ADMIN_TOKEN=\n", ADMIN_TOKEN), None);
        assert_eq!(value("# ADMIN_TOKEN=z", ADMIN_TOKEN), None);
    }
}
