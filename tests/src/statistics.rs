//! What random carts come to: how often each thing that a quote can say is said.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote, read};

use crate::pricing_input;

/// In how many of the inputs each thing is found.
#[derive(Debug, Default)]
pub struct Statistics {
    inputs: u64,
    bytes: usize,
    largest: usize,
    found: BTreeMap<String, u64>,
}

impl Statistics {
    /// Those of so many inputs of a seed.
    #[must_use]
    pub fn of(seed: u64, count: u64) -> Self {
        let mut statistics = Self::default();
        for number in 0..count {
            statistics.add(&pricing_input(seed, number));
        }
        statistics
    }

    /// How many in a thousand inputs have `name`.
    #[must_use]
    pub fn per_mille(&self, name: &str) -> u64 {
        self.found.get(name).map_or(0, |count| count * 1_000 / self.inputs.max(1))
    }

    /// The length of an average input as text, in bytes.
    #[must_use]
    pub fn average_bytes(&self) -> usize {
        self.bytes / usize::try_from(self.inputs.max(1)).unwrap_or(usize::MAX)
    }

    /// The length of the longest input as text, in bytes.
    #[must_use]
    pub const fn largest_bytes(&self) -> usize {
        self.largest
    }

    fn add(&mut self, document: &Value) {
        let bytes = document.to_string().len();
        self.inputs += 1;
        self.bytes += bytes;
        self.largest = self.largest.max(bytes);
        let quote = read::pricing_input(document, |text| text.nfkc().collect())
            .map_err(Problem::invalid)
            .and_then(read::PricingInput::quote);
        let mut names = match quote {
            Ok(quote) => told(&quote),
            Err(problem) => problem.errors.iter().map(|fault| format!("error {}", fault.code)).collect(),
        };
        names.sort();
        names.dedup();
        for name in names {
            *self.found.entry(name).or_default() += 1;
        }
    }
}

/// Everything a quote says, by name.
fn told(quote: &Quote) -> Vec<String> {
    let facts = [
        (!quote.applied.is_empty(), "something applied"),
        (quote.applied.len() > 1, "several applied, so a set"),
        (quote.applied.len() > 2, "three or more applied"),
        (quote.applied.iter().any(|applied| applied.discount.contains('/')), "a grant applied"),
        (quote.applied.iter().any(|applied| applied.code.is_some()), "a coupon applied"),
        (quote.shipping.as_ref().is_some_and(|shipping| !shipping.discounts.is_empty()), "shipping applied"),
        (quote.lines.iter().any(|line| line.unit_discounts.len() > 1), "units differ by one minor unit"),
        (!quote.nudges.is_empty(), "a nudge"),
        (quote.nudges.len() > 1, "several nudges"),
        (quote.shipping_pending, "shipping pending"),
    ];
    let mut names: Vec<String> =
        facts.iter().filter(|(is_so, _)| *is_so).map(|(_, name)| (*name).to_owned()).collect();
    let reasons = quote.verdicts.iter().flat_map(|verdict| &verdict.reasons);
    names.extend(reasons.map(|reason| format!("reason {}", reason.kind)));
    names.extend(quote.codes.iter().map(|code| format!("code {}", code.status)));
    names.extend(quote.messages.iter().map(|message| format!("message {}", message.state)));
    names.extend(quote.nudges.iter().map(|nudge| match nudge.step {
        wire::NudgeStep::Quantity { .. } => "nudge by quantity".to_owned(),
        wire::NudgeStep::Amount { .. } => "nudge by amount".to_owned(),
    }));
    names
}

impl fmt::Display for Statistics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (average, largest) = (self.average_bytes(), self.largest);
        writeln!(f, "{} inputs, {average} bytes on average, {largest} at most", self.inputs)?;
        for (name, count) in &self.found {
            let tenths = count * 1_000 / self.inputs.max(1);
            writeln!(f, "{name:<34} {count:>8} {:>5}.{} %", tenths / 10, tenths % 10)?;
        }
        Ok(())
    }
}
