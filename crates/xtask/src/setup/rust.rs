//! The compiler's WebAssembly target.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::progress::{Outcome, begins};
use crate::project::Project;

const TARGET: &str = "wasm32-unknown-unknown";

/// # Errors
///
/// When the target is missing and rustup can't bring it.
pub(crate) fn wasm_target(project: &Project) -> Result<Outcome> {
    if has_target(project)? {
        return Ok(Outcome::UpToDate);
    }
    if Command::new("rustup").arg("--version").output().is_err() {
        bail!("rustup is missing: install it from https://rustup.rs, then call this again");
    }
    begins(format!("adding the target {TARGET}"));
    command::succeed(command::command(project, "rustup")?.args(["target", "add", TARGET]))?;
    Ok(Outcome::done(format!("added {TARGET}")))
}

fn has_target(project: &Project) -> Result<bool> {
    let sysroot = command::read(command::command(project, "rustc")?.args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}
