//! A second engine for tests only: slow, obvious, and written from the pricing rules alone.
//!
//! It shares no step with the engine that ships. Of `pricing` it takes the model and the shape of a quote; scopes,
//! fractions, rounding, splitting and choosing are spelt out again, each beside the section of the pricing rules it
//! follows. It tries every candidate and keeps every number exact. Where the two engines differ, one is wrong.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "for tests only, where a panic is a finding"
)]

mod benefit;
mod candidate;
mod eligibility;
mod fraction;
mod messages;
mod nudges;
mod order;
mod report;
mod rule;
mod scope;

use pricing::{
    engine::Quote,
    model::{Cart, CartError, Instant, Snapshot, Usage},
};

/// Prices a cart as its merchant sees it, from a sound snapshot.
///
/// # Errors
/// Everything in the cart that the store does not have, or that is too many.
pub fn quote(
    snapshot: &Snapshot,
    cart: &Cart,
    as_of: Instant,
    usage: &Usage,
) -> Result<Quote, Vec<CartError>> {
    let order = order::Order::new(snapshot, cart, as_of, usage)?;
    let judged = eligibility::judge(&order);
    let deal = candidate::best(&order, &judged);
    Ok(report::quote(&order, &judged, &deal))
}
