//! Seeded stores and carts: the same seed gives the same bytes, so every engine can be held to the same answers.

#![expect(clippy::indexing_slicing, reason = "of JSON that is made here; what is not there is null")]

mod generate;
mod statistics;

pub use generate::pricing_input;
pub use statistics::Statistics;
