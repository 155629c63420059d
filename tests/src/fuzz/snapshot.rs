//! A snapshot or a store file: it is refused with its faults, or it can be priced from, and an imported store reads the
//! same again under the same version.

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use std::collections::BTreeSet;

use pricing::{
    engine::{Engine, Request, Viewpoint},
    model::{Cart, CartLine, Instant, Quantity, Snapshot, Usage},
};
use serde_json::Value;
use wire::{Fault, Quote, read};

use super::nfkc;
use crate::laws;

/// Bytes as the JSON text of a snapshot and of a store file.
pub(super) fn read(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return };
    match snapshot(&document) {
        Ok(snapshot) => price_everything(&document, snapshot),
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a fault"),
    }
    match read::store_file(&document, nfkc) {
        Ok(file) => {
            let content = serde_json::from_str(&file.content).expect("what is kept of a store is JSON");
            let again = snapshot(&content).expect("what is kept of a store can be read");
            assert_eq!(again.version, file.snapshot.version);
            assert_eq!(format!("{again:?}"), format!("{:?}", file.snapshot));
            price_everything(&document, again);
        }
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a fault"),
    }
}

fn snapshot(document: &Value) -> Result<Snapshot, Vec<Fault>> {
    read::read(document, |node| read::snapshot(node, nfkc))
}

/// One of each product, with the first shipping service, under the first coupons.
fn price_everything(document: &Value, snapshot: Snapshot) {
    assert!(snapshot.faults().is_empty(), "what was read is sound");
    let looks: Vec<_> =
        snapshot.discounts.iter().filter_map(|discount| Some(discount.code()?.look())).collect();
    assert_eq!(
        looks.iter().collect::<BTreeSet<_>>().len(),
        looks.len(),
        "no two codes look alike: {document}"
    );
    let lines = snapshot.products.iter().take(Cart::MAXIMUM_LINES).map(|product| CartLine {
        id: product.sku.clone(),
        sku: product.sku.clone(),
        quantity: Quantity::new(1).expect("one is a quantity"),
    });
    let codes = snapshot.discounts.iter().filter_map(|discount| discount.code());
    let cart = Cart {
        codes: codes.take(Cart::MAXIMUM_CODES).map(|code| code.as_str().to_owned()).collect(),
        shipping_service: snapshot.shipping_services.first().map(|service| service.id.clone()),
        ..Cart::of_lines(lines.collect())
    };
    let request = Request {
        cart: &cart,
        as_of: Instant::from_millis(0),
        usage: &Usage::default(),
        viewpoint: Viewpoint::Merchant,
    };
    let quote = Engine::new(snapshot).quote(request).expect("the store has all that is in the cart");
    let quote = Quote::from(&quote);
    laws::parts_add_up(document, &quote);
    assert!(quote.codes.iter().all(|code| code.status != "unknown"), "{:?}", quote.codes);
}
