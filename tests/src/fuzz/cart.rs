//! A pricing input, as text or drawn: it is refused with its faults, or it has a price that holds all laws and that the
//! oracle agrees with.

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use pricing::engine::{Engine, Request, Viewpoint};
use serde_json::Value;
use wire::{
    Problem, Quote,
    read::{self, PricingInput},
};

use super::nfkc;
use crate::{drawn_input, laws};

/// Bytes as the JSON text of a pricing input.
pub(super) fn written(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice(bytes) else { return };
    match read::pricing_input(&document, nfkc) {
        Ok(input) => price(&document, input),
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a fault"),
    }
}

/// Bytes as the choices that make a store and a cart which can be read: fuzzing goes straight for the engine.
pub(super) fn drawn(bytes: &[u8]) {
    let document = drawn_input(bytes);
    let input = read::pricing_input(&document, nfkc).expect("what is drawn can be read");
    price(&document, input);
}

fn price(document: &Value, input: PricingInput) {
    let expected = oracle::quote(&input.snapshot, &input.cart, input.as_of, &input.usage)
        .map(|quote| Quote::from(&quote))
        .map_err(|errors| Problem::cart(&errors, "/cart"));
    let quote = input.clone().quote();
    assert_eq!(quote, expected, "engine and oracle differ on {document}");
    let Ok(quote) = quote else { return };
    laws::parts_add_up(document, &quote);
    laws::survives_the_wire(document, &quote);

    let request =
        Request { cart: &input.cart, as_of: input.as_of, usage: &input.usage, viewpoint: Viewpoint::Shopper };
    let shown = Engine::new(input.snapshot).quote(request).expect("what has a price has one for everyone");
    let shown = Quote::from(&shown);
    laws::survives_the_wire(document, &shown);
    assert_eq!(
        (&shown.total, &shown.lines, &shown.applied),
        (&quote.total, &quote.lines, &quote.applied),
        "who reads a quote changes no price: {document}"
    );
}
