//! Reading an order that was paid elsewhere.

use pricing::{
    model::{Cart, CartError, Customer, Id, Instant, Quantity},
    money::{Amount, Currency},
};
use serde_json::Value;

use super::{
    Reference,
    cart::{at_most, customer},
    node::{Node, read},
    order::reference,
};
use crate::problem::Fault;

/// An order that was paid elsewhere, or before the shop came here.
#[derive(Clone, Debug)]
pub struct PastOrder {
    /// The shop's name for it.
    pub reference: Reference,
    /// When it was paid.
    pub paid_at: Instant,
    /// What was paid.
    pub total: Amount,
    /// Who bought: an id, an e-mail address, or both.
    pub customer: Customer,
    /// What was bought, one or more.
    pub lines: Vec<(Id, Quantity)>,
}

/// Reads an order that was paid elsewhere, with money of `currency`.
///
/// # Errors
/// Every fault in it.
pub fn past_order(document: &Value, currency: Currency) -> Result<PastOrder, Vec<Fault>> {
    read(document, |node| {
        node.object(|fields| {
            let reference = fields.required("reference", reference);
            let paid_at = fields.required("paidAt", |node| node.instant());
            let total = fields.required("total", |node| node.order_amount(currency));
            let customer = fields.required("customer", buyer);
            let lines = fields.required("lines", |node| {
                at_most(Cart::MAXIMUM_LINES, node, "tooManyLines", CartError::TooManyLines)?;
                node.filled_list("emptyList", line)
            });
            Some(PastOrder {
                reference: reference?,
                paid_at: paid_at?,
                total: total?,
                customer: customer?,
                lines: lines?,
            })
        })
    })
}

fn buyer(node: Node<'_, '_>) -> Option<Customer> {
    let customer = customer(node)?;
    if customer.is_known() {
        return Some(customer);
    }
    node.refuse("missingField", "an offer is earned by somebody: send an `id` or an `email`")
}

fn line(node: Node<'_, '_>) -> Option<(Id, Quantity)> {
    node.object(|fields| {
        let sku = fields.required("sku", |node| node.id());
        let quantity = fields.or("quantity", Quantity::ONE, |node| node.quantity());
        Some((sku?, quantity?))
    })
}

#[cfg(test)]
mod tests {
    use pricing::money::Currency;
    use serde_json::{Value, json};

    use super::past_order;

    fn faults(document: &Value) -> Vec<(String, &'static str)> {
        let faults =
            past_order(document, Currency::from_code("USD").expect("a currency")).expect_err("faults");
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    fn whole() -> Value {
        json!({ "reference": "1001", "paidAt": "2025-03-01T10:00:00Z", "total": "12.00",
                "customer": { "email": " A@Example.com " }, "lines": [{ "sku": "HOUNDS" }] })
    }

    #[test]
    fn it_is_read_as_it_is_told() {
        let order = past_order(&whole(), Currency::from_code("USD").expect("a currency")).expect("an order");
        assert_eq!(order.customer.email.as_deref(), Some("a@example.com"));
        assert_eq!((order.total.minor(), order.lines.len()), (1_200, 1));
    }

    #[test]
    fn each_fault_has_its_place() {
        let changed = |key: &str, value: Value| {
            let mut document = whole();
            document[key] = value;
            faults(&document)
        };
        let one = |pointer: &str, code: &'static str| vec![(pointer.to_owned(), code)];
        assert_eq!(changed("customer", json!({})), one("/customer", "missingField"));
        assert_eq!(changed("lines", json!([])), one("/lines", "emptyList"));
        assert_eq!(changed("price", json!("1.00")), one("/price", "unknownField"));
        assert_eq!(changed("reference", json!("a/b")), one("/reference", "invalidReference"));
        assert_eq!(faults(&json!({})).len(), 5);
    }
}
