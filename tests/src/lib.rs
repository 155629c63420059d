//! Seeded stores and carts: the same seed gives the same bytes, so every engine can be held to the same answers.

mod generate;
mod statistics;

pub use generate::pricing_input;
pub use statistics::Statistics;
