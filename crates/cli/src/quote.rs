//! `farthing quote`.

use std::{
    io::{self, Read as _},
    path::Path,
    process::ExitCode,
};

use farthing_cli::{price, quote_lines};
use serde::Serialize;
use wire::Problem;

/// Exit code for input that can't be priced.
const REFUSED: u8 = 2;

/// Prices one input and prints its quote, or its problem on standard error.
pub(crate) fn file(path: &Path) -> ExitCode {
    match read(path).and_then(|text| price(text.as_bytes())) {
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

/// Prices one input a line, in order.
pub(crate) fn lines() -> ExitCode {
    let out = io::BufWriter::new(io::stdout().lock());
    match quote_lines(io::stdin().lock(), out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            print(&mut io::stderr(), &unreadable("standard input", &error));
            ExitCode::from(REFUSED)
        }
    }
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
