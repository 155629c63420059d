//! Child processes: found where this repository installs them, quiet while they succeed, complete when they fail.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::process_group;
use crate::progress::seconds;
use crate::project::Project;

/// Silence longer than this makes a reader think that the command hangs.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// How much of a running command's last line fits beside the time.
const LINE: usize = 80;

/// How much of a failed command's output is shown.
const TAIL: usize = 120;

/// What cargo says of every crate on its way; of no interest once something failed.
const CHATTER: [&str; 6] = ["Compiling ", "Checking ", "Downloaded ", "Downloading ", "Adding ", "Locking "];

/// What a finished command wrote, both streams in the order in which lines arrived.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
}

/// A command in the root of the repository, which finds npm's and cargo's local programs before the system's.
pub(crate) fn command(project: &Project, program: impl AsRef<OsStr>) -> Result<Command> {
    let mut command = Command::new(program);
    command.current_dir(project.root()).env("PATH", local_path(project)?);
    Ok(command)
}

/// `cargo`, the same one that runs this.
pub(crate) fn cargo(project: &Project, arguments: &[&str]) -> Result<Command> {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = command(project, program)?;
    command.args(arguments);
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    Ok(command)
}

/// A program that npm installed, under the Node that npm installed.
pub(crate) fn npm_program(project: &Project, name: &str, arguments: &[&str]) -> Result<Command> {
    let mut command = command(project, project.npm_bin(name))?;
    command.args(arguments);
    Ok(command)
}

/// Runs to the end, silently but for a sign of life now and then.
///
/// # Errors
///
/// When the program can't be started. How it ended is for the caller to judge.
pub(crate) fn finish(command: &mut Command) -> Result<Finished> {
    let shown = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting `{shown}`"))?;
    let output = watch(&mut child, &shown);
    let status = child.wait().with_context(|| format!("waiting for `{shown}`"))?;
    Ok(Finished { status, output })
}

/// Runs to the end and insists on success.
///
/// # Errors
///
/// When the program can't be started or fails; the message then carries the end of its output.
pub(crate) fn succeed(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let finished = finish(command)?;
    if !finished.status.success() {
        bail!("`{shown}` failed ({}):\n{}", finished.status, tail(&finished.output));
    }
    Ok(finished.output)
}

/// Runs to the end with its output on ours, for a program that reports by itself as it goes; true when it succeeded.
///
/// # Errors
///
/// When the program can't be started.
pub(crate) fn show(command: &mut Command) -> Result<bool> {
    let shown = shown(command);
    let mut child = command.stdin(Stdio::null()).spawn().with_context(|| format!("starting `{shown}`"))?;
    let _stops_with_us = process_group::watch(&child);
    Ok(child.wait().with_context(|| format!("waiting for `{shown}`"))?.success())
}

/// What a quick command prints on its standard output.
///
/// # Errors
///
/// When it can't be started or fails.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("starting `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({}):\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The last lines of some output, cargo's chatter left out.
pub(crate) fn tail(output: &str) -> String {
    let is_chatter = |line: &&str| CHATTER.iter().any(|word| line.trim_start().starts_with(word));
    let lines: Vec<&str> = output.lines().filter(|line| !is_chatter(line)).collect();
    let skipped = lines.len().saturating_sub(TAIL);
    lines.into_iter().skip(skipped).collect::<Vec<_>>().join("\n")
}

/// Every line of both streams, as they come.
pub(crate) fn lines_of(child: &mut Child) -> std::sync::mpsc::Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(stdout) = child.stdout.take() {
        send_lines(stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        send_lines(stderr, sender);
    }
    receiver
}

fn send_lines(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { return };
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    });
}

fn watch(child: &mut Child, shown: &str) -> String {
    let _stops_with_us = process_group::watch(child);
    let started = Instant::now();
    let lines = lines_of(child);
    let (mut output, mut last, mut beat) = (String::new(), shown.to_owned(), Instant::now());
    loop {
        match lines.recv_timeout(HEARTBEAT) {
            Ok(line) => {
                output.push_str(&line);
                output.push('\n');
                last = line;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return output,
        }
        if beat.elapsed() >= HEARTBEAT {
            beat = Instant::now();
            let last: String = last.trim().chars().take(LINE).collect();
            println!("  {:>8}  {last}", seconds(started.elapsed()));
        }
    }
}

fn local_path(project: &Project) -> Result<OsString> {
    let ours = [project.at("node_modules/.bin"), project.at("target/tools/bin")];
    let system = env::var_os("PATH").unwrap_or_default();
    env::join_paths(ours.into_iter().chain(env::split_paths(&system))).context("joining the search path")
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_end() {
        let long: String = (0..500).map(|line| format!("{line}\n   Compiling x v1\n")).collect();
        let tail = tail(&long);
        assert!(tail.ends_with("498\n499"));
        assert_eq!(tail.lines().count(), TAIL);
    }

    #[test]
    fn a_command_is_shown_by_its_name() {
        let mut command = Command::new("/somewhere/deep/npm");
        command.arg("ci");
        assert_eq!(shown(&command), "npm ci");
    }
}
