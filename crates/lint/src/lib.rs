//! What is wrong with a store's rules.
//!
//! [`lint`] looks at a snapshot and tells what its merchant would want to know: discounts that can never win, bounds
//! that no cart meets, scopes without a product, orders that a rename would change. It reports only what it has proven,
//! by reasoning over every cart there can be or by a cart that shows it; such a [`Witness`] was priced by the engine.
//! What it does not report may still be wrong: the search for carts is bounded (decision 7).

#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow and fail"))]

mod checks;
mod dominance;
mod draft;
mod finding;
mod numbers;
mod pairs;
mod products;
mod shop;
mod trial;

use pricing::model::{Instant, Snapshot};

pub use finding::{Code, Finding, Report, Severity, Witness};
use shop::Shop;

/// Every finding about a sound snapshot (one without [`Snapshot::faults`]), errors first, then by code, then in the
/// order of the snapshot.
///
/// With a moment `as_of`, discounts that are over by then are told and otherwise left alone. Without products only the
/// few checks that need none are made.
#[must_use]
pub fn lint(snapshot: &Snapshot, as_of: Option<Instant>) -> Report {
    let shop = Shop::new(snapshot, as_of);
    let mut report = Report::default();
    for (code, check) in checks::ALL {
        shop.refresh();
        check(&shop, &mut report);
        if shop.is_spent() {
            report.cut(code);
        }
    }
    report.sort();
    report
}
