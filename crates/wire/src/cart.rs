//! A cart as contract v1 writes it, to be read again by [`crate::read::cart`].

use pricing::model::{Cart, Channel, Customer, Id};
use serde_json::{Map, Value, json};

/// A cart with its customer. What is empty is left out, so that one cart has one canonical spelling.
#[must_use]
pub fn cart(cart: &Cart) -> Value {
    let lines = cart.lines.iter().map(
        |line| json!({ "id": line.id.as_str(), "sku": line.sku.as_str(), "quantity": line.quantity.get() }),
    );
    let grants = cart.grants.iter().map(|grant| {
        present([
            ("upgrade", Some(grant.upgrade.as_str().into())),
            ("sku", Some(grant.sku.as_str().into())),
            ("order", grant.order.as_ref().map(|order| order.as_str().into())),
        ])
    });
    let fields = [
        ("lines", Some(lines.collect())),
        ("codes", filled(cart.codes.iter().map(String::as_str))),
        ("shippingService", cart.shipping_service.as_ref().map(|id| id.as_str().into())),
        ("channel", Some(channel(cart.channel).into())),
        ("customer", customer(&cart.customer)),
        ("grants", (!cart.grants.is_empty()).then(|| grants.collect())),
    ];
    present(fields)
}

fn customer(customer: &Customer) -> Option<Value> {
    let fields = [
        ("id", customer.id.as_ref().map(|id| id.as_str().into())),
        ("email", customer.email.as_deref().map(Value::from)),
        ("clubs", filled(customer.clubs.iter().map(Id::as_str))),
        ("tags", filled(customer.tags.iter().map(Id::as_str))),
    ];
    Some(present(fields)).filter(|value| *value != json!({}))
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "web",
        Channel::Pos => "pos",
        Channel::Admin => "admin",
        Channel::Club => "club",
    }
}

fn filled<'a>(items: impl Iterator<Item = &'a str>) -> Option<Value> {
    let list: Vec<Value> = items.map(Value::from).collect();
    (!list.is_empty()).then(|| list.into())
}

fn present<const COUNT: usize>(fields: [(&str, Option<Value>); COUNT]) -> Value {
    let present = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::cart;
    use crate::read;

    #[test]
    fn a_cart_is_read_as_it_was_written() {
        for document in [
            json!({ "lines": [], "channel": "web" }),
            json!({
                "lines": [{ "id": "a", "sku": "CAB19", "quantity": 12 }],
                "codes": ["save10"], "shippingService": "ground", "channel": "club",
                "customer": { "id": "c-9", "email": "a@example.com", "clubs": ["gold"], "tags": ["vip"] },
                "grants": [{ "upgrade": "u-1", "sku": "SCARLET", "order": "1001" }],
            }),
        ] {
            let read = read::read(&document, |node| read::cart(node, str::to_owned)).expect("a cart");
            assert_eq!(cart(&read), document);
        }
    }
}
