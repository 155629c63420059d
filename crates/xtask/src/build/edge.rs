//! The Worker: `worker-build` around cargo and wasm-bindgen, with our pinned copies of its tools.

use anyhow::Result;

use super::fingerprint::Fingerprint;
use crate::command;
use crate::packages::Packages;
use crate::progress::{Outcome, begins};
use crate::project::Project;

const CRATE: &str = "farthing-edge";

/// # Errors
///
/// When it does not compile.
pub(crate) fn build(project: &Project, packages: &Packages) -> Result<Outcome> {
    let fingerprint = Fingerprint::of_crate(project, packages, CRATE, &[])?;
    let out = project.at("dist/edge");
    if fingerprint.is_built(&[&out.join("index.js"), &out.join("index_bg.wasm")]) {
        return Ok(Outcome::UpToDate);
    }
    begins("building the Worker (about a minute the first time)");
    let mut build = command::command(project, project.tool("worker-build"))?;
    build.current_dir(&packages.get(CRATE)?.folder).args(["--release", "--out-dir"]).arg(&out);
    // wasm-opt takes half a minute to save nothing: the Worker compresses to 475 KB with it and to 476 KB without.
    build.arg("--no-opt");
    // Left to itself it would download these.
    build.env("WASM_BINDGEN_BIN", project.tool("wasm-bindgen"));
    build.env("ESBUILD_BIN", project.npm_bin("esbuild"));
    command::succeed(&mut build)?;
    fingerprint.built()?;
    Ok(Outcome::done("built"))
}
