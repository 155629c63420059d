//! The workspace's own crates and how they depend on each other, as cargo sees them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

use crate::command;
use crate::project::Project;

/// One crate of this repository.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// Its cargo name, `farthing-pricing`.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    /// The crates of ours that it is built from, tests' dependencies left out.
    pub(crate) needs: BTreeSet<String>,
    /// The base name of the `.wasm` that a `cdylib` becomes.
    pub(crate) cdylib: Option<String>,
}

/// Every crate of this repository.
#[derive(Debug, Clone)]
pub(crate) struct Packages(pub(crate) Vec<Package>);

impl Packages {
    /// # Errors
    ///
    /// When cargo refuses the workspace.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let arguments = ["metadata", "--no-deps", "--format-version", "1", "--offline"];
        let text = command::read(&mut command::cargo(project, &arguments)?)?;
        Self::parse(&serde_json::from_str(&text).context("parsing cargo's description of the workspace")?)
    }

    fn parse(metadata: &Json) -> Result<Self> {
        let packages = metadata["packages"].as_array().context("cargo lists no packages")?;
        packages.iter().map(package).collect::<Result<Vec<_>>>().map(Self)
    }

    /// # Errors
    ///
    /// When there is no such crate.
    pub(crate) fn get(&self, name: &str) -> Result<&Package> {
        self.0.iter().find(|package| package.name == name).with_context(|| format!("no crate `{name}` here"))
    }

    /// The folders of a crate and of every crate of ours that it is built from.
    ///
    /// # Errors
    ///
    /// When there is no such crate.
    pub(crate) fn sources(&self, name: &str) -> Result<BTreeSet<PathBuf>> {
        let (mut found, mut ahead) = (BTreeSet::new(), vec![name.to_owned()]);
        while let Some(name) = ahead.pop() {
            let package = self.get(&name)?;
            if found.insert(package.folder.clone()) {
                ahead.extend(package.needs.iter().cloned());
            }
        }
        Ok(found)
    }
}

fn package(json: &Json) -> Result<Package> {
    let manifest = json["manifest_path"].as_str().context("a package without a manifest")?;
    let folder = Path::new(manifest).parent().context("a manifest without a folder")?;
    let dependencies = json["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(Package {
        name: json["name"].as_str().context("a package without a name")?.to_owned(),
        folder: folder.to_owned(),
        needs: dependencies.iter().filter_map(ours).collect(),
        cdylib: json["targets"].as_array().and_then(|targets| targets.iter().find_map(cdylib)),
    })
}

/// A dependency's name when it lives in this repository (it then has a path) and is more than a test's.
fn ours(dependency: &Json) -> Option<String> {
    let real = dependency["kind"] != "dev" && dependency["path"].is_string();
    real.then(|| dependency["name"].as_str().map(str::to_owned)).flatten()
}

fn cdylib(target: &Json) -> Option<String> {
    let kinds = target["crate_types"].as_array()?;
    let name = target["name"].as_str()?;
    kinds.iter().any(|kind| kind == "cdylib").then(|| name.replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_crate_s_sources_follow_its_dependencies_but_not_those_of_its_tests() {
        let dependency = |name: &str, kind: Json| json!({ "name": name, "kind": kind, "path": "/x" });
        let metadata = json!({ "packages": [
            { "name": "a", "manifest_path": "/w/a/Cargo.toml", "targets": [],
              "dependencies": [dependency("b", Json::Null), dependency("c", json!("dev")),
                               { "name": "serde", "kind": null }] },
            { "name": "b", "manifest_path": "/w/b/Cargo.toml", "targets": [], "dependencies": [] },
            { "name": "c", "manifest_path": "/w/c/Cargo.toml", "dependencies": [],
              "targets": [{ "name": "c-lib", "crate_types": ["cdylib", "rlib"] }] },
        ] });
        let packages = Packages::parse(&metadata).unwrap();
        let folders: Vec<PathBuf> = packages.sources("a").unwrap().into_iter().collect();
        assert_eq!(folders, [PathBuf::from("/w/a"), PathBuf::from("/w/b")]);
        assert_eq!(packages.get("c").unwrap().cdylib.as_deref(), Some("c_lib"));
    }
}
