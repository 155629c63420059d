//! Reading contract v1: every fault is collected, none hides another.

mod cart;
mod discount;
mod input;
mod node;
mod snapshot;
mod store_file;

pub use input::{PricingInput, QuoteRequest, pricing_input, quote_request};
pub use node::{Fields, Node, Path, read};
pub use snapshot::{product, snapshot};
pub use store_file::{StoreFile, store_file};

/// Brings a typed code to Unicode form NFKC. Servers pass a library's tables, browsers their own.
pub type Nfkc = fn(&str) -> String;
