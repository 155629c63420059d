//! The quote as a server writes it.
//!
//! Of the quote of a thousand discounts the verdicts are nine tenths, most of them alike but for the discount's id. They stand
//! last, and are written straight from what pricing found. Fields stand in the order of their names, as in [`Quote`].

use pricing::{
    engine::{Measure, Reason, Verdict},
    money::Currency,
};
use serde_json::Value;

use crate::quote::{Quote, reason_name, verdict_name};

/// How a quote without verdicts ends.
const END: &str = "]}";

/// The text of a quote with these verdicts, of amounts in `currency`; it has none of its own.
///
/// # Errors
/// The quote can't be written.
pub fn quote_text(quote: &Quote, verdicts: &[Verdict], currency: Currency) -> serde_json::Result<String> {
    let mut text = serde_json::to_string(quote)?;
    text.truncate(text.len().saturating_sub(END.len()));
    list(&mut text, verdicts, |text, verdict| self::verdict(text, verdict, currency));
    text.push_str(END);
    Ok(text)
}

fn verdict(text: &mut String, verdict: &Verdict, currency: Currency) {
    text.push_str("{\"discount\":");
    string(text, verdict.discount.as_str());
    text.push_str(",\"reasons\":[");
    list(text, &verdict.reasons, |text, reason| self::reason(text, *reason, currency));
    text.push_str("],\"type\":\"");
    text.push_str(verdict_name(verdict.kind));
    text.push_str("\"}");
}

fn reason(text: &mut String, reason: Reason, currency: Currency) {
    text.push('{');
    match reason {
        Reason::BelowMinimum { need, have } => {
            text.push_str(&format!("\"have\":{},", measure(have, currency)));
            text.push_str(&format!("\"need\":{},", measure(need, currency)));
        }
        Reason::AboveMaximum { allowed, have } => {
            text.push_str(&format!("\"allowed\":{},", measure(allowed, currency)));
            text.push_str(&format!("\"have\":{},", measure(have, currency)));
        }
        _ => {}
    }
    text.push_str("\"type\":\"");
    text.push_str(reason_name(&reason));
    text.push_str("\"}");
}

/// Items as a number, money as a string.
fn measure(measure: Measure, currency: Currency) -> String {
    match measure {
        Measure::Items(count) => count.to_string(),
        Measure::Money(amount) => format!("\"{}\"", amount.text(currency)),
    }
}

fn string(text: &mut String, string: &str) {
    if string.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(string);
        text.push('"');
    } else {
        text.push_str(&Value::from(string).to_string());
    }
}

fn list<T>(text: &mut String, all: &[T], mut write: impl FnMut(&mut String, &T)) {
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write(text, one);
    }
}
