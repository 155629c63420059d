//! From a Rust crate to what a browser loads: a `.wasm`, as small as it gets, and its JavaScript.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::names::Names;
use crate::command;
use crate::files;
use crate::packages::Packages;
use crate::project::Project;

const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc and wasm-bindgen emit and every browser since 2022 runs. Named one by one: `--all-features` would let
/// wasm-opt write encodings that no browser reads yet.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Inlining saves bytes in the file but costs more of them on the wire: what is repeated compresses well, what was
/// inlined no longer repeats. So only what is hardly larger than its call. Measured on the widget.
const LITTLE_INLINING: [&str; 2] =
    ["--one-caller-inline-max-function-size=20", "--always-inline-max-function-size=3"];

/// Tells a browser to compile the whole script while it comes, beside the page's own thread, and not each function when it
/// is first called: nearly all of them are, at once. Others read a comment.
const COMPILED_AT_ONCE: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// What a build is made for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    /// Few bytes: every shopper loads it.
    Size,
    /// Few instructions: it prices thousands of carts.
    Speed,
}

impl Aim {
    /// The Cargo profile, which names the folder too.
    const fn profile(self) -> &'static str {
        match self {
            Self::Size => "browser",
            Self::Speed => "engine",
        }
    }
}

/// The two files of one crate, in memory.
#[derive(Debug)]
pub(crate) struct Glue {
    pub(crate) script: Vec<u8>,
    pub(crate) wasm: Vec<u8>,
}

/// Compiles one crate for browsers; its files will be called `<name>.js` and `<name>_bg.wasm`.
///
/// # Errors
///
/// When it does not compile, or a tool fails.
pub(crate) fn build(
    project: &Project,
    packages: &Packages,
    crate_name: &str,
    name: &str,
    aim: Aim,
) -> Result<Glue> {
    let raw = compile(project, packages, crate_name, aim)?;
    let folder = project.scratch().join("glue").join(name);
    files::remove(&folder)?;
    bind(project, &raw, &folder, name)?;
    let optimized = folder.join("optimized.wasm");
    optimize(project, &folder.join(format!("{name}_bg.wasm")), &optimized, aim)?;
    let long = folder.join(format!("{name}.js"));
    let wasm = match aim {
        Aim::Size => shrink(project, &optimized, &long)?,
        // What a module for anyone's own JavaScript exports keeps its name, its memory before all.
        Aim::Speed => optimized,
    };
    let script = folder.join(format!("{name}.min.js"));
    let own = project.at(format!("crates/{name}/js/{name}.js"));
    let entry = if own.exists() { &own } else { &long };
    // A crate's own script around the one that wasm-bindgen writes knows that by the crate's name.
    let alias = format!("--alias:{crate_name}={}", long.display());
    minify(project, entry, &script, &["--bundle", "--format=esm", COMPILED_AT_ONCE, &alias])?;
    Ok(Glue { script: files::read(&script)?, wasm: files::read(&wasm)? })
}

/// One crate at a time: built together, each would carry the features that only the other one asks for.
fn compile(project: &Project, packages: &Packages, crate_name: &str, aim: Aim) -> Result<PathBuf> {
    let profile = aim.profile();
    let arguments = ["build", "--target", TARGET, "--profile", profile, "--lib", "-p", crate_name];
    command::succeed(&mut command::cargo(project, &arguments)?)?;
    let file = packages.get(crate_name)?.cdylib.as_deref();
    let file = file.with_context(|| format!("`{crate_name}` has no `cdylib` target"))?;
    Ok(project.at(format!("target/{TARGET}/{profile}/{file}.wasm")))
}

fn bind(project: &Project, wasm: &Path, folder: &Path, name: &str) -> Result<()> {
    let mut bindgen = command::command(project, project.tool("wasm-bindgen"))?;
    bindgen.args(["--target", "web", "--no-typescript", "--remove-producers-section", "--out-name", name]);
    bindgen.arg("--out-dir").args([folder, wasm]);
    command::succeed(&mut bindgen).map(drop)
}

/// Shortens one script for browsers that are a few years old.
///
/// # Errors
///
/// When esbuild refuses it.
pub(crate) fn minify(project: &Project, from: &Path, to: &Path, more: &[&str]) -> Result<()> {
    let flags = ["--minify", "--target=es2022", "--charset=utf8", "--log-level=warning"];
    let mut esbuild = command::npm_program(project, "esbuild", &flags)?;
    esbuild.args(more).arg(from).arg(format!("--outfile={}", to.display()));
    command::succeed(&mut esbuild).map(drop)
}

fn optimize(project: &Project, from: &Path, to: &Path, aim: Aim) -> Result<()> {
    let mut optimizer = match aim {
        Aim::Size => {
            let quiet = from.with_extension("quiet");
            rewrite(project, "quiet.mjs", from, &quiet)?;
            // Not `-Oz`: its module has 8 KB less, of which 400 bytes more go over the wire.
            let mut optimizer = command::npm_program(project, "wasm-opt", &["-O2", "--converge"])?;
            optimizer.args(LITTLE_INLINING).arg(quiet);
            optimizer
        }
        Aim::Speed => {
            let mut optimizer = command::npm_program(project, "wasm-opt", &["-O3"])?;
            optimizer.arg(from);
            optimizer
        }
    };
    optimizer.args(FEATURES).args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    optimizer.arg("-o").arg(to);
    command::succeed(&mut optimizer).map(drop)
}

/// Has a module's functions in an order that compresses well, and it and its script call each other by short names.
fn shrink(project: &Project, module: &Path, script: &Path) -> Result<PathBuf> {
    let [ordered, small] =
        ["ordered", "small"].map(|stage| module.with_file_name(stage).with_extension("wasm"));
    rewrite(project, "order.mjs", module, &ordered)?;
    let names = rename(project, &ordered, &small)?;
    files::write(script, names.shorten(&files::read_text(script)?).as_bytes())?;
    Ok(small)
}

/// Gives what goes in and out of a module short names.
fn rename(project: &Project, from: &Path, to: &Path) -> Result<Names> {
    let mut optimizer = command::npm_program(project, "wasm-opt", &FEATURES)?;
    optimizer.arg("--minify-imports-and-exports-and-modules").arg(from).arg("-o").arg(to);
    // Its standard output alone: a word of Node about itself is no name.
    Names::read(&command::read(&mut optimizer)?)
}

/// What binaryen's interface does better than its program: `quiet.mjs` and `order.mjs` say what they do.
fn rewrite(project: &Project, script: &str, from: &Path, to: &Path) -> Result<()> {
    let mut node = command::npm_program(project, "node", &[])?;
    command::succeed(node.arg(format!("crates/xtask/src/build/{script}")).args([from, to])).map(drop)
}
