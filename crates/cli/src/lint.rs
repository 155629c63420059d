//! `farthing lint`.

mod json;
mod text;

use std::{io, path::Path, process::ExitCode};

use farthing_cli::nfkc;
use pricing::model::{Instant, Snapshot};
use serde_json::Value;
use wire::{Fault, Problem};

use crate::input::{REFUSED, print, print_text, read};

/// A snapshot to look at, where it stands in its document, and the moment to look from.
struct Subject {
    snapshot: Snapshot,
    place: &'static str,
    as_of: Option<Instant>,
}

/// Prints what is wrong with a store's rules, or the problem on standard error.
pub(crate) fn file(path: &Path, as_of: Option<&str>, as_json: bool) -> ExitCode {
    let subject = match read(path).and_then(|text| subject(&text, as_of)) {
        Ok(subject) => subject,
        Err(problem) => {
            print(&mut io::stderr(), &problem);
            return ExitCode::from(REFUSED);
        }
    };
    let report = lint::lint(&subject.snapshot, subject.as_of);
    let currency = subject.snapshot.store.currency;
    if as_json {
        print(&mut io::stdout(), &json::report(&report, subject.place, currency));
    } else {
        print_text(&mut io::stdout(), &text::report(&report, subject.place, currency));
    }
    if report.is_bad() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn subject(text: &str, as_of: Option<&str>) -> Result<Subject, Problem> {
    let as_of =
        as_of.map(|text| wire::parse_instant(text).ok_or_else(|| not_an_instant(text))).transpose()?;
    let document = wire::document(text)?;
    let has = |key: &str| document.get(key).is_some();
    let subject = if has("snapshot") {
        let input = wire::read::pricing_input(&document, nfkc).map_err(Problem::invalid)?;
        Subject { snapshot: input.snapshot, place: "/snapshot", as_of: as_of.or(Some(input.as_of)) }
    } else if has("departments") || has("collections") {
        Subject { snapshot: store(&document).map_err(Problem::invalid)?, place: "", as_of }
    } else {
        let snapshot = wire::read::read(&document, |node| wire::read::snapshot(node, nfkc));
        Subject { snapshot: snapshot.map_err(Problem::invalid)?, place: "", as_of }
    };
    Ok(subject)
}

fn store(document: &Value) -> Result<Snapshot, Vec<Fault>> {
    wire::read::store_file(document, nfkc).map(|file| file.snapshot)
}

fn not_an_instant(text: &str) -> Problem {
    let detail = format!("--as-of: `{text}` is not an instant like 2026-01-15T12:00:00Z");
    Problem::new(400, "invalidInstant", "The moment can't be read", detail)
}
