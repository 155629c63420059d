//! Reading what a shop's server asks to have reserved.

use core::fmt;

use pricing::model::{Cart, Customer};
use serde_json::Value;

use super::{
    Nfkc,
    cart::{cart, customer, shopper_fields},
    node::{Node, read},
};
use crate::problem::Fault;

/// A shop's own name for an order: 1 to 100 letters, digits and `.`, `_`, `~`, `:`, `-`. It stands in addresses as it is,
/// so it is neither `.` nor `..`, which lead elsewhere there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference(String);

impl Reference {
    /// The most characters.
    pub const MAXIMUM_LENGTH: usize = 100;

    /// The reference written so, where it can be one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._~:-".contains(&byte);
        let has_length = (1..=Self::MAXIMUM_LENGTH).contains(&text.len());
        let is_reference = has_length && text.bytes().all(is_plain) && !matches!(text, "." | "..");
        is_reference.then(|| Self(text.to_owned()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An order to be reserved.
#[derive(Clone, Debug)]
pub struct OrderRequest {
    /// The shop's name for it.
    pub reference: Reference,
    /// What it is priced by.
    pub source: Source,
    /// Who is buying, where the quote does not say it.
    pub customer: Option<Customer>,
    /// Whether it takes the place of what is reserved under its reference.
    pub replace: bool,
}

/// What an order is priced by.
#[derive(Clone, Debug)]
pub enum Source {
    /// A signed quote, and perhaps the cart that the shop believes it to be for.
    Quote(String, Option<Cart>),
    /// A cart as the shop's own records have it.
    Cart(Cart),
}

/// Reads an order: its reference and either a `quote` or a `cart`.
///
/// # Errors
/// Every fault in it.
pub fn order_request(document: &Value, nfkc: Nfkc) -> Result<OrderRequest, Vec<Fault>> {
    read(document, |node| {
        node.object(|fields| {
            let reference = fields.required("reference", reference);
            let quote = fields.optional("quote", |node| node.string().map(str::to_owned));
            let is_quoted = quote.as_ref().is_none_or(Option::is_some);
            // Beside a quote the cart is only compared, so it holds no more than a browser may say.
            let cart = fields.optional("cart", |node| {
                if is_quoted {
                    node.object(|fields| shopper_fields(fields, nfkc))
                } else {
                    filled(node, cart(node, nfkc)?)
                }
            });
            let buyer = fields.optional("customer", |node| buyer(node, is_quoted));
            let replace = fields.or("replace", false, |node| node.boolean());
            let source = match (quote?, cart?) {
                (Some(quote), cart) => Source::Quote(quote, cart),
                (None, Some(cart)) => Source::Cart(cart),
                (None, None) => return node.refuse("missingField", "an order needs a `quote` or a `cart`"),
            };
            Some(OrderRequest { reference: reference?, source, customer: buyer?, replace: replace? })
        })
    })
}

/// A cart that something is in: a quote may be of nothing, an order is not.
fn filled(node: Node<'_, '_>, cart: Cart) -> Option<Cart> {
    if cart.lines.is_empty() {
        node.refuse_below("/lines", "emptyList", "an order has at least one line");
        return None;
    }
    Some(cart)
}

pub(super) fn reference(node: Node<'_, '_>) -> Option<Reference> {
    Reference::new(node.string()?).or_else(|| {
        node.refuse(
            "invalidReference",
            format_args!(
                "a reference has 1 to {} letters, digits and `.`, `_`, `~`, `:`, `-`, and is neither `.` nor `..`",
                Reference::MAXIMUM_LENGTH
            ),
        )
    })
}

/// Who is buying: an id and an address. Clubs and tags would be another price than the quote's.
fn buyer(node: Node<'_, '_>, is_quoted: bool) -> Option<Customer> {
    if !is_quoted {
        return node.refuse("unknownField", "without a `quote` the customer stands in the `cart`");
    }
    let customer = customer(node)?;
    if customer.clubs.is_empty() && customer.tags.is_empty() {
        return Some(customer);
    }
    node.refuse("unknownField", "clubs and tags are part of the quote: sign them into the customer's token")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Reference, Source, order_request};

    fn faults(document: &Value) -> Vec<(String, &'static str)> {
        let faults = order_request(document, str::to_owned).expect_err("faults");
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn an_order_is_priced_by_a_quote_or_a_cart() {
        let lines = json!([{ "sku": "A", "quantity": 1 }]);
        let by_quote = order_request(&json!({ "reference": "1", "quote": "q1.a.b.c" }), str::to_owned);
        assert!(matches!(by_quote.expect("an order").source, Source::Quote(_, None)));
        let with_cart = json!({ "reference": "1", "quote": "q1", "cart": { "lines": lines },
                                "customer": { "email": " A@Example.com " }, "replace": true });
        let order = order_request(&with_cart, str::to_owned).expect("an order");
        assert!(order.replace && matches!(order.source, Source::Quote(_, Some(_))));
        assert_eq!(order.customer.and_then(|customer| customer.email).as_deref(), Some("a@example.com"));
        let by_cart =
            json!({ "reference": "A.b_c~d:1-2", "cart": { "lines": lines, "customer": { "id": "c" } } });
        assert!(matches!(order_request(&by_cart, str::to_owned).expect("an order").source, Source::Cart(_)));
    }

    #[test]
    fn a_reference_can_stand_in_an_address() {
        let longest = "a".repeat(Reference::MAXIMUM_LENGTH);
        for text in ["1", ".a", "a.", "..a", "...", "A.b_c~d:1-2", &longest] {
            assert_eq!(Reference::new(text).expect(text).as_str(), text);
        }
        for text in ["", ".", "..", "a/b", "a b", "é", &format!("{longest}a")] {
            assert_eq!(Reference::new(text), None, "{text}");
        }
    }

    #[test]
    fn each_fault_has_its_place() {
        let place = |pointer: &str, code: &'static str| (pointer.to_owned(), code);
        assert_eq!(faults(&json!({ "reference": "1" })), [place("", "missingField")]);
        assert_eq!(
            faults(&json!({ "reference": "a/b", "quote": 1, "total": "1.00", "replace": "yes" })),
            [
                place("/reference", "invalidReference"),
                place("/quote", "wrongType"),
                place("/replace", "wrongType"),
                place("/total", "unknownField")
            ]
        );
        let quoted = json!({ "reference": "1", "quote": "q1", "customer": { "tags": ["vip"] },
                             "cart": { "lines": [], "customer": {} } });
        assert_eq!(
            faults(&quoted),
            [place("/cart/customer", "unknownField"), place("/customer", "unknownField")]
        );
        let twice = json!({ "reference": "", "cart": { "lines": [] }, "customer": { "id": "c" } });
        assert_eq!(
            faults(&twice),
            [
                place("/reference", "invalidReference"),
                place("/cart/lines", "emptyList"),
                place("/customer", "unknownField")
            ]
        );
    }
}
