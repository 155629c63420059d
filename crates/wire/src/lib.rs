//! JSON contract v1: what goes in and out of pricing.
//!
//! What comes in is read by a [`read::Node`], which collects every fault at its JSON pointer instead of stopping at
//! the first. What goes out are plain serde types, and a quote carries the digest of its canonical form.

#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow and fail"))]

mod canonical;
mod cart;
pub mod compact;
mod document;
mod instant;
mod json;
mod problem;
mod quote;
mod quote_text;
pub mod read;
mod sale;
mod sha256;

pub use canonical::{canonical, digest, digest_of_text};
pub use cart::Cart;
pub use document::document;
pub use instant::{format_instant, parse_instant};
pub use json::Json;
pub use problem::{Fault, Problem};
pub use quote::{
    Applied, Code, LineDiscount, Message, Nudge, NudgeStep, Quote, QuoteLine, Reason, Shipping, UnitDiscount,
    Verdict, message_state, money,
};
pub use quote_text::{Beside, advice_text, quote_text, quote_text_with_digest};
pub use sale::Sale;
