//! `farthing quote`.

use std::{io, path::Path, process::ExitCode};

use farthing_cli::{price, quote_lines};

use crate::input::{REFUSED, print, read, unreadable};

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
