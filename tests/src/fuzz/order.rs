//! What a shop's server asks to have reserved: it is refused with its faults, or its cart comes through a quote's token as
//! it is, and a quote brings nothing that would be another price.

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use pricing::model::{Cart, Channel, Customer};
use serde_json::Value;
use wire::read::{self, OrderRequest, Source};

use super::{kept, nfkc};

/// Bytes as the JSON text of an order.
pub(super) fn asked(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice(bytes) else { return };
    match read::order_request(&document, nfkc) {
        Ok(order) => read_rightly(&document, &order),
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a fault"),
    }
}

fn read_rightly(document: &Value, order: &OrderRequest) {
    let reference = order.reference.as_str();
    assert!((1..=100).contains(&reference.len()) && reference.bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(!reference.contains(['/', '%', '?', '#', '"', '\\']), "{reference} has a meaning in an address");
    match &order.source {
        Source::Quote(token, cart) => {
            assert_eq!(document["quote"], token.as_str());
            let buyer = order.customer.clone().unwrap_or_default();
            assert!(buyer.clubs.is_empty() && buyer.tags.is_empty(), "{document}");
            if let Some(cart) = cart {
                let said = (cart.channel, &cart.customer, cart.grants.len());
                assert_eq!(said, (Channel::Web, &Customer::default(), 0), "{document}");
                comes_through(document, cart);
            }
        }
        Source::Cart(cart) => {
            assert_eq!(order.customer, None, "{document}");
            comes_through(document, cart);
        }
    }
}

fn comes_through(document: &Value, cart: &Cart) {
    assert_eq!(kept(cart).expect("what was read can be read again"), *cart, "{document}");
}
