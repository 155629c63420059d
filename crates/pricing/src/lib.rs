//! The one engine that prices a cart, in the shopper's browser and at the edge alike.
//!
//! A [`model::Snapshot`] holds a store's rules and products, an [`engine::Engine`] is that snapshot made ready,
//! and [`engine::Engine::quote`] turns a cart into a [`engine::Quote`]. Nothing here reads a clock, a file or a
//! network; constructors refuse what is out of bounds, so that pricing itself cannot fail.

#![no_std]
#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow and fail"))]

extern crate alloc;

#[cfg(test)]
extern crate std;

pub mod engine;
pub mod model;
pub mod money;
mod sort;
