//! Reading contract v1: every fault is collected, none hides another.

mod cart;
mod discount;
mod input;
mod node;
mod number;
mod order;
mod past;
mod path;
mod snapshot;
mod store_file;

pub use cart::{cart, customer, normalised_email};
pub use discount::discount;
pub use input::{PricingInput, QuoteRequest, pricing_input, quote_request};
pub(crate) use node::clip;
pub use node::{Fields, LARGEST_WHOLE, Node, ends_line, read};
pub use order::{OrderRequest, Reference, Source, order_request};
pub use past::{PastOrder, past_order};
pub use path::Path;
pub use snapshot::{product, snapshot, upgrade};
pub use store_file::{StoreFile, snapshot_content, store_file};

/// Brings a typed code to Unicode form NFKC. Servers pass a library's tables, browsers their own.
pub type Nfkc = fn(&str) -> String;
