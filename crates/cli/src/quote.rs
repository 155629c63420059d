//! `farthing quote`.

use std::{
    io::{self, BufRead as _, Read as _, Write as _},
    path::Path,
    process::ExitCode,
};

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote};

/// Exit code for input that can't be priced.
const REFUSED: u8 = 2;

/// Prices one input and prints its quote, or its problem on standard error.
pub(crate) fn file(path: &Path) -> ExitCode {
    match read(path).and_then(|text| price(&text)) {
        Ok(quote) => {
            print(&mut io::stdout(), &quote);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            print(&mut io::stderr(), &problem);
            ExitCode::from(REFUSED)
        }
    }
}

/// Prices one input a line, in order. A line that can't be priced gives its problem and stops nothing.
pub(crate) fn lines() -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                print(&mut io::stderr(), &unreadable("standard input", &error));
                return ExitCode::from(REFUSED);
            }
        };
        let text = match price(&line) {
            Ok(quote) => serde_json::to_string(&quote),
            Err(problem) => serde_json::to_string(&problem),
        };
        // A reader that went away ends the output; there is nobody left to tell.
        if writeln!(out, "{}", text.unwrap_or_default()).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// Prices the pricing input in `text`.
pub(crate) fn price(text: &str) -> Result<Quote, Problem> {
    let document: Value = serde_json::from_str(text).map_err(|error| Problem::malformed(&error))?;
    price_value(&document)
}

/// Prices a pricing input.
pub(crate) fn price_value(document: &Value) -> Result<Quote, Problem> {
    wire::read::pricing_input(document, nfkc).map_err(Problem::invalid)?.quote()
}

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

fn read(path: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    let result = if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    result.map_err(|error| unreadable(&path.display().to_string(), &error))
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::new(400, "unreadableFile", "The file can't be read", format!("{name}: {error}"))
}

fn print(out: &mut impl io::Write, value: &impl Serialize) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    // As above: nobody left to tell.
    let _ = writeln!(out, "{text}");
}
