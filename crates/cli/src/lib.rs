//! What `farthing` does to pricing inputs, without the command line around it: the tests feed it anything.

use std::io::{self, BufRead, Write};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote};

/// Prices one input a line, in order. A line that can't be priced, or that is not even text, gives its problem and stops
/// nothing.
///
/// # Errors
/// The input can't be read any further.
pub fn quote_lines(mut input: impl BufRead, mut out: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        // Without its end, so that a fault's place is within the line.
        let text = match price(line.strip_suffix(b"\n").unwrap_or(&line)) {
            Ok(quote) => serde_json::to_string(&quote),
            Err(problem) => serde_json::to_string(&problem),
        };
        // A reader that went away ends the output; there is nobody left to tell.
        if writeln!(out, "{}", text.unwrap_or_default()).is_err() {
            break;
        }
        line.clear();
    }
    Ok(())
}

/// Prices the pricing input in a JSON text.
///
/// # Errors
/// It is not JSON, or not a pricing input, or asks for what the store does not have.
pub fn price(text: &[u8]) -> Result<Quote, Problem> {
    let text = core::str::from_utf8(text).map_err(|_| Problem::not_utf8())?;
    price_value(&wire::document(text)?)
}

/// Prices a pricing input.
///
/// # Errors
/// It is not one, or asks for what the store does not have.
pub fn price_value(document: &Value) -> Result<Quote, Problem> {
    wire::read::pricing_input(document, nfkc).map_err(Problem::invalid)?.quote()
}

/// A typed code in Unicode form NFKC.
#[must_use]
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}
