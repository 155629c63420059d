//! The Workers: `worker-build` around cargo and wasm-bindgen, with our pinned copies of its tools.

use anyhow::Result;

use super::fingerprint::Fingerprint;
use crate::command;
use crate::files;
use crate::packages::Packages;
use crate::progress::{Outcome, begins};
use crate::project::Project;

/// A Worker of ours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Built {
    package: &'static str,
    /// Below `dist`.
    folder: &'static str,
    /// Where the runtime enters it, a file beside its Rust, if not at what `worker-build` makes.
    entrance: Option<&'static str>,
}

/// The product.
pub(super) const EDGE: Built = Built { package: "farthing-edge", folder: "edge", entrance: Some("entry.js") };
/// The demo shop's own server.
pub(super) const DEMO_SHOP: Built =
    Built { package: "farthing-demo-shop", folder: "demo-shop", entrance: None };

/// # Errors
///
/// When it does not compile.
pub(super) fn build(project: &Project, packages: &Packages, worker: Built) -> Result<Outcome> {
    let fingerprint = Fingerprint::of_crate(project, packages, worker.package, &[])?;
    let out = project.at("dist").join(worker.folder);
    if fingerprint.is_built(&[&out.join("index.js"), &out.join("index_bg.wasm")]) {
        return Ok(Outcome::UpToDate);
    }
    begins("building a Worker (about a minute the first time)");
    let folder = &packages.get(worker.package)?.folder;
    let mut build = command::command(project, project.tool("worker-build"))?;
    build.current_dir(folder).args(["--release", "--out-dir"]).arg(&out);
    // wasm-opt takes half a minute to save nothing: the Worker compresses to 475 KB with it and to 476 KB without.
    build.arg("--no-opt");
    // Left to itself it would download these.
    build.env("WASM_BINDGEN_BIN", project.tool("wasm-bindgen"));
    build.env("ESBUILD_BIN", project.npm_bin("esbuild"));
    command::succeed(&mut build)?;
    if let Some(entrance) = worker.entrance {
        files::write(&out.join(entrance), files::read(&folder.join("src").join(entrance))?)?;
    }
    fingerprint.built()?;
    Ok(Outcome::done("built"))
}
