//! `farthing test`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use farthing_cli::price_value;

use crate::{case, case::Case, compare::differences};

/// Runs every case file and prints each difference, then how many passed.
pub(crate) fn run(paths: &[PathBuf]) -> ExitCode {
    let mut files = Vec::new();
    let (mut passed, mut failed) = (0_usize, 0_usize);
    for path in paths {
        match case::find(path) {
            Ok(found) => files.extend(found),
            Err(error) => {
                println!("FAIL {}: {error}", path.display());
                failed += 1;
            }
        }
    }
    for file in &files {
        match check(file) {
            Ok(()) => passed += 1,
            Err(report) => {
                println!("FAIL {}{report}", file.display());
                failed += 1;
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(file: &Path) -> Result<(), String> {
    let case = Case::read(file).map_err(|error| format!("\n  {error}"))?;
    let found = match price_value(&case.input) {
        Ok(quote) => serde_json::to_value(quote),
        Err(problem) => serde_json::to_value(problem),
    };
    let differences = differences(&case.expect, &found.map_err(|error| format!("\n  {error}"))?);
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!("\n  {} ({})\n  {}", case.description, case.source, differences.join("\n  ")))
}
