//! Examples of what goes in and out, as the demo shop has it; a test holds each against its schema.

use serde_json::{Value, json};

/// A case of a dozen, with a code.
pub(super) fn quote_request() -> Value {
    json!({ "lines": [{ "sku": "CAB19", "quantity": 12 }], "codes": ["save10"], "shippingService": "ground" })
}

/// What that costs.
pub(super) fn quote() -> Value {
    parsed(include_str!("examples/quote.json"))
}

pub(super) fn products() -> Value {
    parsed(include_str!("examples/products.json"))
}

pub(super) fn order_request() -> Value {
    let cart = json!({ "lines": [{ "sku": "CAB19", "quantity": 12 }], "shippingService": "ground",
                       "customer": { "email": "ada@example.com", "name": "Ada Lovelace" } });
    json!({ "reference": "1001", "cart": cart })
}

/// What is reserved of that.
pub(super) fn order() -> Value {
    parsed(include_str!("examples/order.json"))
}

/// A whole store, though a small one.
pub(super) fn store_file() -> Value {
    parsed(include_str!("examples/store.json"))
}

pub(super) fn pricing_input() -> Value {
    parsed(include_str!("../../../../docs/examples/case-of-cabernet.json"))
}

/// What stands in a file here is JSON, which a test sees to.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
