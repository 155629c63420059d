//! The pricing engine counts exactly and in a stated order: no floating point, no hashed collections.

use anyhow::{Result, bail};

use super::source;
use crate::files;
use crate::project::Project;

/// Binary fractions can't hold a cent; hashed collections have no order to state.
const BANNED: [&str; 4] = ["f32", "f64", "HashMap", "HashSet"];

/// # Errors
///
/// Every place that breaks this.
pub(crate) fn check(project: &Project) -> Result<()> {
    let folder = project.at("crates/pricing/src");
    let mut found = Vec::new();
    for file in source::rust_files(project)?.into_iter().filter(|file| file.starts_with(&folder)) {
        for (number, line) in (1..).zip(files::read_text(&file)?.lines()) {
            if let Some(word) = banned(line) {
                found.push(format!("{}:{number}: {word}", source::name(project, &file)));
            }
        }
    }
    if !found.is_empty() {
        bail!("pricing has no floats and no hashed collections:\n  {}", found.join("\n  "));
    }
    Ok(())
}

fn banned(line: &str) -> Option<String> {
    let code = source::code(line);
    let words = code.split(|character: char| !(character.is_alphanumeric() || character == '_'));
    let named = words.into_iter().find(|word| BANNED.contains(word)).map(str::to_owned);
    named.or_else(|| float_literal(&code))
}

/// `1.5`, but neither the fields of `pair.0.1` nor the range `1..5`.
fn float_literal(code: &str) -> Option<String> {
    let mut words =
        code.split(|character: char| !(character.is_alphanumeric() || matches!(character, '_' | '.')));
    let is_float = |word: &&str| {
        let (whole, rest) = word.split_once('.').unwrap_or_default();
        let is_digits = |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        is_digits(whole) && is_digits(rest)
    };
    words.find(is_float).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_and_hashed_collections_are_found() {
        assert!(banned("let x: f64 = y;").is_some());
        assert!(banned("use std::collections::HashMap;").is_some());
        assert!(banned("let x = 1.5 * y;").is_some());
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        for line in [
            "pair.0.1",
            "1..5",
            "let half = \"0.5\"; // 0.5 of it",
            "0xf64",
            "Decimal::new(15, 1)",
            "1.max(2)",
        ] {
            assert_eq!(banned(line), None, "{line}");
        }
    }
}
