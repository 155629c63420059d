//! The browser's side of `/v1`: what a shop's page asks of the edge.
//!
//! A [`Client`] sends its request the moment a method is called, and the future that comes back only waits for the
//! answer: several can be under way at once without a join. Answers are contract v1 as [`wire::Json`]; whoever
//! asked reads them with `wire`. Nothing here sends or keeps a cookie.

mod api;
mod error;
mod fetch;

pub use api::{Client, Freshness};
pub use error::ClientError;
