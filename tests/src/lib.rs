//! Seeded stores and carts: the same seed gives the same bytes, so every engine can be held to the same answers.

mod generate;

pub use generate::pricing_input;
