//! `cargo xtask fuzz`: changed inputs for the fuzz targets, for as long as one likes. What it finds worth keeping stays in
//! the scratch folder; `--keep` brings the least of it that reaches as much into `fuzz/corpus`, which the tests replay.

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::command;
use crate::files;
use crate::progress::{begins, step};
use crate::project::Project;
use crate::setup;

/// In the order in which they run.
const TARGETS: [&str; 7] = ["cart", "drawn_cart", "snapshot", "code", "jsonl", "order", "token"];

/// An input that takes longer than so many seconds is a finding.
const SLOWEST: &str = "-timeout=10";

/// How many inputs of a target every test run replays.
const KEPT: usize = 60;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only this one: cart, drawn_cart, snapshot, code, jsonl, order or token
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(TARGETS))]
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// Afterwards bring what is worth it into `fuzz/corpus`
    #[arg(long)]
    keep: bool,
}

/// Where one target's inputs are.
#[derive(Debug)]
struct Target<'a> {
    name: &'a str,
    /// What was found so far on this machine; grows.
    found: PathBuf,
    /// What the tests replay.
    kept: PathBuf,
    /// Taken from the golden cases.
    seeds: PathBuf,
}

/// Runs the targets one after the other; true when nothing was found.
///
/// # Errors
///
/// When the targets can't be built.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    step("cargo-fuzz", || setup::cargo_fuzz(project))?;
    let scratch = project.scratch().join("fuzz");
    step("seeds", || seeds::write(project, &scratch.join("seeds")))?;
    begins("building the targets (about three minutes the first time)");
    command::succeed(&mut cargo_fuzz(project, "build", &[])?)?;
    let mut is_clean = true;
    for name in TARGETS.into_iter().filter(|name| options.target.as_deref().is_none_or(|only| only == *name))
    {
        let target = Target {
            name,
            found: scratch.join("found").join(name),
            kept: project.at("fuzz/corpus").join(name),
            seeds: scratch.join("seeds").join(name),
        };
        is_clean &= target.run(project, options.minutes)?;
        if options.keep {
            target.keep(project, &scratch.join("least"))?;
        }
    }
    Ok(is_clean)
}

/// With the compiler that everything else is built with, and without a sanitizer: there is no unsafe code to watch.
fn cargo_fuzz(project: &Project, what: &str, arguments: &[&str]) -> Result<Command> {
    let mut cargo = command::cargo(project, &["fuzz", what, "--sanitizer", "none"])?;
    cargo.arg("--target-dir").arg(project.at("target/fuzz")).args(arguments);
    Ok(cargo)
}

impl Target<'_> {
    fn run(&self, project: &Project, minutes: u64) -> Result<bool> {
        begins(format!("{}, {minutes} min", self.name));
        let mut fuzz = self.with_folders(project, &self.found, &[&self.kept, &self.seeds])?;
        fuzz.args(["--", SLOWEST, "-print_final_stats=1"]);
        fuzz.arg(format!("-max_total_time={}", minutes * 60)).arg(self.dictionary(project));
        let finished = command::finish(&mut fuzz)?;
        let statistic = |name: &str| {
            let line = finished.output.lines().find_map(|line| line.strip_prefix(&format!("stat::{name}:")));
            line.unwrap_or("?").trim().to_owned()
        };
        println!(
            "  {}: {} executions, {}",
            self.name,
            statistic("number_of_executed_units"),
            coverage(&finished.output).unwrap_or("no coverage told")
        );
        if !finished.status.success() {
            println!("✗ {} found something:\n{}", self.name, command::tail(&finished.output));
        }
        Ok(finished.status.success())
    }

    /// Makes the corpus anew of the shortest inputs that reach what the seeds don't, the seeds being replayed anyway.
    /// Files with a name that somebody gave them stay.
    fn keep(&self, project: &Project, least: &Path) -> Result<()> {
        files::remove(least)?;
        let seeds = files::below(&self.seeds)?;
        copy(&seeds, least)?;
        let mut merge = self.with_folders(project, least, &[&self.kept, &self.found])?;
        command::succeed(merge.args(["--", "-set_cover_merge=1", "-use_counters=0", SLOWEST]))?;
        for file in files::below(&self.kept)?.iter().filter(|file| is_named_by_hash(file)) {
            fs::remove_file(file).with_context(|| format!("removing `{}`", file.display()))?;
        }
        let mut chosen = files::below(least)?;
        chosen.retain(|file| is_named_by_hash(file));
        chosen.sort_by_cached_key(|file| fs::metadata(file).map_or(u64::MAX, |facts| facts.len()));
        chosen.truncate(KEPT);
        copy(&chosen, &self.kept)?;
        println!("  {}: {} inputs kept", self.name, chosen.len());
        Ok(())
    }

    /// libFuzzer reads all of the folders and writes to the first.
    fn with_folders(&self, project: &Project, first: &Path, more: &[&Path]) -> Result<Command> {
        let mut fuzz = cargo_fuzz(project, "run", &[self.name])?;
        fs::create_dir_all(first).with_context(|| format!("making `{}`", first.display()))?;
        fuzz.arg(first).args(more.iter().filter(|folder| folder.is_dir()));
        Ok(fuzz)
    }

    fn dictionary(&self, project: &Project) -> String {
        let name = if self.name == "code" { "code" } else { "contract" };
        format!("-dict={}", project.at(format!("fuzz/{name}.dict")).display())
    }
}

/// `cov: 2345 ft: 6789 …`: edges reached, and how often.
fn coverage(output: &str) -> Option<&str> {
    let line = output.lines().rev().find(|line| line.contains(" cov: "))?;
    line.split_once("cov: ").and_then(|(_, numbers)| numbers.split_once(" corp:")).map(|(numbers, _)| numbers)
}

fn copy(files: &[PathBuf], folder: &Path) -> Result<()> {
    files.iter().try_for_each(|file| {
        let name = file.file_name().context("a file without a name")?;
        files::write(&folder.join(name), files::read(file)?)
    })
}

fn is_named_by_hash(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_coverage_is_told() {
        let output =
            "#2 INITED cov: 10 ft: 11 corp: 1/1b exec/s: 0\n#9 DONE   cov: 20 ft: 31 corp: 4/9b\nDone 9 runs";
        assert_eq!(coverage(output), Some("20 ft: 31"));
        assert_eq!(coverage("error: nothing ran"), None);
    }

    #[test]
    fn a_name_that_was_given_is_no_hash() {
        assert!(is_named_by_hash(Path::new("corpus/code/da39a3ee5e6b4b0d3255bfef95601890afd80709")));
        assert!(!is_named_by_hash(Path::new("corpus/code/kelvin-sign")));
    }
}
