//! What each fuzz target does with its bytes. The targets of `fuzz/` call these; so does an ordinary test, with the
//! inputs that fuzzing once found worth keeping.
//!
//! Each must come back for any bytes at all: what panics is a finding.

mod cart;
mod code;
mod jsonl;
mod order;
mod snapshot;
mod token;

use pricing::model::Cart;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Fault, read};

/// What a target does with its bytes.
pub type Body = fn(&[u8]);

/// Every target and its name, which is that of its corpus too.
pub const TARGETS: [(&str, Body); 7] = [
    ("cart", cart::written),
    ("drawn_cart", cart::drawn),
    ("snapshot", snapshot::read),
    ("code", code::typed),
    ("jsonl", jsonl::stream),
    ("order", order::asked),
    ("token", token::sealed),
];

/// Runs the target of this name.
///
/// # Panics
/// There is no such target, or it found something.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    let Some((_, body)) = target else { unreachable!("no fuzz target is called `{name}`") };
    body(bytes);
}

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// A cart as it is read from where the edge keeps it: in a quote's token its codes are in their compared form already.
fn kept(cart: &Cart) -> Result<Cart, Vec<Fault>> {
    let written = serde_json::to_value(wire::Cart::from(cart)).unwrap_or_default();
    read::read(&written, |node| read::cart(node, str::to_owned))
}
