//! What the tests of every engine share: seeded stores and carts (the same seed gives the same bytes, so every engine
//! can be held to the same answers), the laws of a quote, and what the fuzz targets do with their bytes.

#![expect(clippy::indexing_slicing, reason = "of JSON that is made here; what is not there is null")]

mod files;
pub mod fuzz;
mod generate;
pub mod laws;
mod statistics;

pub use files::files;
pub use generate::{drawn_input, pricing_input};
pub use statistics::Statistics;
