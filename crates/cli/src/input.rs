//! What the commands read, and how they answer.

use std::{
    io::{self, Read as _},
    path::Path,
};

use serde::Serialize;
use wire::Problem;

/// Exit code for input that can't be used.
pub(crate) const REFUSED: u8 = 2;

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    let result = if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    result.map_err(|error| unreadable(&path.display().to_string(), &error))
}

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::new(400, "unreadableFile", "The file can't be read", format!("{name}: {error}"))
}

/// Prints a value as JSON for people. A reader that went away is nobody to tell.
pub(crate) fn print(out: &mut impl io::Write, value: &impl Serialize) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let _ = writeln!(out, "{text}");
}

/// Prints a text. As above.
pub(crate) fn print_text(out: &mut impl io::Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
}
