//! Which crate may know of which: the arrows of `ARCHITECTURE.md`.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::command;
use crate::packages::{Package, Packages};
use crate::project::Project;

/// Every crate of ours and all of ours that it may be built from, tests' dependencies left out.
const ARROWS: [(&str, &[&str]); 16] = [
    ("farthing-pricing", &[]),
    ("farthing-oracle", &["farthing-pricing"]),
    ("farthing-wire", &["farthing-pricing"]),
    ("farthing-calendar", &["farthing-pricing"]),
    ("farthing-lint", &["farthing-calendar", "farthing-pricing"]),
    ("farthing-client", &["farthing-pricing", "farthing-wire"]),
    ("farthing-widget", &["farthing-client", "farthing-pricing", "farthing-wire"]),
    ("farthing-ledger", &["farthing-pricing"]),
    ("farthing-mail", &[]),
    ("farthing-seal", &[]),
    (
        "farthing-edge",
        &[
            "farthing-calendar",
            "farthing-ledger",
            "farthing-mail",
            "farthing-pricing",
            "farthing-seal",
            "farthing-wire",
        ],
    ),
    ("farthing-demo-shop", &[]),
    ("farthing-engine", &["farthing-pricing", "farthing-wire"]),
    ("farthing-cli", &["farthing-calendar", "farthing-lint", "farthing-pricing", "farthing-wire"]),
    (
        "farthing-tests",
        &["farthing-cli", "farthing-oracle", "farthing-pricing", "farthing-seal", "farthing-wire"],
    ),
    ("xtask", &[]),
];

/// Everything that the engine is compiled from: itself and exact decimals.
const PRICING: [&str; 4] = ["arrayvec", "farthing-pricing", "num-traits", "rust_decimal"];

/// # Errors
///
/// Every crate that knows of one it must not.
pub(crate) fn check(project: &Project) -> Result<()> {
    let mut faults: Vec<String> = Packages::read(project)?.0.iter().filter_map(stray).collect();
    let arguments = ["tree", "--package", "farthing-pricing", "--edges", "normal", "--prefix", "none"];
    let mut tree = command::cargo(project, &arguments)?;
    let tree = command::read(tree.args(["--target", "wasm32-unknown-unknown", "--color", "never"]))?;
    faults.extend(foreign(&tree).into_iter().map(|name| format!("farthing-pricing is built from `{name}`")));
    if !faults.is_empty() {
        bail!("crates that know too much:\n  {}", faults.join("\n  "));
    }
    Ok(())
}

fn stray(package: &Package) -> Option<String> {
    let Some((name, allowed)) = ARROWS.iter().find(|(name, _)| *name == package.name) else {
        return Some(format!(
            "{} has no arrows yet: state them in crates/xtask/src/tidy/arrows.rs",
            package.name
        ));
    };
    let strays: Vec<&str> =
        package.needs.iter().map(String::as_str).filter(|need| !allowed.contains(need)).collect();
    (!strays.is_empty()).then(|| format!("{name} must not need {}", strays.join(", ")))
}

fn foreign(tree: &str) -> BTreeSet<&str> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| !PRICING.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, needs: &[&str]) -> Package {
        let needs = needs.iter().map(|need| (*need).to_owned()).collect();
        Package { name: name.to_owned(), folder: "/".into(), needs, cdylib: None }
    }

    #[test]
    fn an_arrow_the_wrong_way_is_told() {
        assert_eq!(stray(&package("farthing-wire", &["farthing-pricing"])), None);
        assert!(stray(&package("farthing-pricing", &["farthing-wire"])).is_some());
        assert!(stray(&package("farthing-edge", &["farthing-widget"])).is_some());
        assert!(stray(&package("farthing-new", &[])).is_some());
    }

    #[test]
    fn what_pricing_is_built_from_is_listed() {
        let tree = "farthing-pricing v0.1.0 (/x)\nrust_decimal v1.43.0\nlog v0.4.0\n\n";
        assert_eq!(foreign(tree).into_iter().collect::<Vec<_>>(), ["log"]);
    }
}
