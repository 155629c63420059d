//! The browser that tests drive: the system's, never a downloaded one.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::progress::begins;
use crate::project::Project;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps applications, which are not on the search path.
const APPLICATIONS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The path of a Chromium, installed by apt when there is none and we may; `FARTHING_CHROMIUM` names another one.
///
/// # Errors
///
/// When there is none: the sentence says which command brings it.
pub(crate) fn chromium(project: &Project) -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("FARTHING_CHROMIUM") {
        return Ok(PathBuf::from(chosen));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if !may_install(project) {
        bail!(
            "Chromium is missing: call `sudo apt-get install -y chromium`, or name one in FARTHING_CHROMIUM"
        );
    }
    begins("installing Chromium by apt (about a minute)");
    let apt = |arguments: &[&str]| {
        let mut apt = command::command(project, "apt-get")?;
        command::succeed(apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])?;
    apt(&["install", "-y", "chromium"])?;
    find().context("apt installed Chromium, but it is not on the search path")
}

fn find() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let on_path = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path.chain(APPLICATIONS.iter().map(PathBuf::from)).find(|path| path.is_file())
}

fn may_install(project: &Project) -> bool {
    let answer = |program: &str, argument: &str| {
        let mut command = command::command(project, program)?;
        command::read(command.arg(argument))
    };
    answer("id", "-u").is_ok_and(|id| id.trim() == "0") && answer("apt-get", "--version").is_ok()
}
