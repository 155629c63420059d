//! The Worker: `worker-build` around cargo, wasm-bindgen and wasm-opt, with our pinned copies of these.

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
    // Left to itself it would download these.
    build.env("WASM_BINDGEN_BIN", project.tool("wasm-bindgen"));
    build.env("WASM_OPT_BIN", project.npm_bin("wasm-opt"));
    build.env("ESBUILD_BIN", project.npm_bin("esbuild"));
    command::succeed(&mut build)?;
    fingerprint.built()?;
    Ok(Outcome::done("built"))
}
