//! Programs that cargo builds for this repository alone, below `target/tools`.

use std::fs;

use anyhow::Result;

use crate::command;
use crate::progress::{Outcome, begins};
use crate::project::Project;

/// One program, pinned.
#[derive(Debug, Clone, Copy)]
struct Tool {
    name: &'static str,
    program: &'static str,
    version: &'static str,
    /// Whether to build with the dependencies that its authors locked.
    locked: bool,
    minutes: &'static str,
}

/// `wasm-bindgen` must be the version of the crate in the root `Cargo.toml`. It is built without its own lock file,
/// which names versions that not every registry mirror has.
const TOOLS: [Tool; 2] = [
    Tool {
        name: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: "0.2.130",
        locked: false,
        minutes: "1 minute",
    },
    Tool {
        name: "worker-build",
        program: "worker-build",
        version: "0.8.7",
        locked: true,
        minutes: "2 minutes",
    },
];

const FUZZING: [Tool; 1] = [Tool {
    name: "cargo-fuzz",
    program: "cargo-fuzz",
    version: "0.13.2",
    locked: true,
    minutes: "1 minute",
}];

/// These programs run for a second or two: optimizing them takes longer than they ever save.
const IN_A_HURRY: [(&str, &str); 5] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_STRIP", "debuginfo"),
];

/// # Errors
///
/// When a program can't be built.
pub(crate) fn install(project: &Project) -> Result<Outcome> {
    install_all(project, &TOOLS)
}

/// # Errors
///
/// When the program can't be built.
pub(crate) fn install_for_fuzzing(project: &Project) -> Result<Outcome> {
    install_all(project, &FUZZING)
}

fn install_all(project: &Project, tools: &[Tool]) -> Result<Outcome> {
    let mut installed = Vec::new();
    for tool in tools {
        if !tool.is_installed(project) {
            tool.install(project)?;
            installed.push(tool.name);
        }
    }
    Ok(if installed.is_empty() {
        Outcome::UpToDate
    } else {
        Outcome::done(format!("built {}", installed.join(", ")))
    })
}

/// What built the outputs, for their fingerprint.
pub(crate) fn versions() -> String {
    TOOLS.map(|tool| format!("{}@{}", tool.name, tool.version)).join(" ")
}

impl Tool {
    /// By cargo's own record: asking the programs would cost a start of each.
    fn is_installed(self, project: &Project) -> bool {
        let record = fs::read_to_string(project.at("target/tools/.crates.toml")).unwrap_or_default();
        record.contains(&format!("\"{} {} (", self.name, self.version))
    }

    fn install(self, project: &Project) -> Result<()> {
        begins(format!("building {} {} (once; about {})", self.name, self.version, self.minutes));
        let crate_version = format!("{}@{}", self.name, self.version);
        let folders = ["--root", "target/tools", "--target-dir", "target/tools-build"];
        let mut cargo = command::cargo(project, &["install", &crate_version])?;
        cargo.args(folders).args(["--bin", self.program]).envs(IN_A_HURRY);
        if self.locked {
            cargo.arg("--locked");
        }
        command::succeed(&mut cargo).map(drop)
    }
}
