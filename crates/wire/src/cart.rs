//! A cart as contract v1 writes it, to be read again by [`crate::read::cart`].

use pricing::model::{Channel, Customer, Id};
use serde::Serialize;

/// A cart with its customer. What is empty is left out and fields stand in the order of their names, so that one cart has
/// one spelling, the canonical one.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cart<'a> {
    channel: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    codes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<Buyer<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grants: Vec<Grant<'a>>,
    lines: Vec<Line<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping_service: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
    quantity: u32,
    sku: &'a str,
}

#[derive(Debug, Serialize)]
struct Grant<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    sku: &'a str,
    upgrade: &'a str,
}

#[derive(Debug, Serialize)]
struct Buyer<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clubs: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

impl<'a> From<&'a pricing::model::Cart> for Cart<'a> {
    fn from(cart: &'a pricing::model::Cart) -> Self {
        let line = |line: &'a pricing::model::CartLine| Line {
            id: line.id.as_str(),
            quantity: line.quantity.get(),
            sku: line.sku.as_str(),
        };
        let grant = |grant: &'a pricing::model::Grant| Grant {
            order: grant.order.as_ref().map(Id::as_str),
            sku: grant.sku.as_str(),
            upgrade: grant.upgrade.as_str(),
        };
        Self {
            channel: channel(cart.channel),
            codes: &cart.codes,
            customer: buyer(&cart.customer),
            grants: cart.grants.iter().map(grant).collect(),
            lines: cart.lines.iter().map(line).collect(),
            shipping_service: cart.shipping_service.as_ref().map(Id::as_str),
        }
    }
}

/// Who is buying; nothing where nothing is known of them.
fn buyer(customer: &Customer) -> Option<Buyer<'_>> {
    (*customer != Customer::default()).then(|| Buyer {
        clubs: texts(&customer.clubs),
        email: customer.email.as_deref(),
        id: customer.id.as_ref().map(Id::as_str),
        tags: texts(&customer.tags),
    })
}

fn texts(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "web",
        Channel::Pos => "pos",
        Channel::Admin => "admin",
        Channel::Club => "club",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Cart;
    use crate::{canonical, read};

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
            let written = serde_json::to_string(&Cart::from(&read)).expect("JSON");
            assert_eq!(written, canonical(&document));
        }
    }
}
