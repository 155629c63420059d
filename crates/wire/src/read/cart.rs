//! Reading a cart.

use std::collections::BTreeSet;

use pricing::model::{Cart, CartError, CartLine, Channel, Customer, Grant, Id, Usage, Uses};

use super::{
    Nfkc,
    node::{Fields, Node, clip},
};

/// Reads a cart as a shop's own records have it, customer included.
pub fn cart(node: Node<'_, '_>, nfkc: Nfkc) -> Option<Cart> {
    node.object(|fields| {
        let cart = shopper_fields(fields, nfkc);
        let channel = fields.or("channel", Channel::Web, channel);
        let customer = fields.or("customer", Customer::default(), customer);
        let grants = fields.or("grants", Vec::new(), |node| {
            at_most(Cart::MAXIMUM_GRANTS, node, "tooManyGrants", CartError::TooManyGrants)?;
            node.list(grant)
        });
        Some(Cart { channel: channel?, customer: customer?, grants: grants?, ..cart? })
    })
}

/// What a browser may say of a cart: SKUs and quantities, codes, the shipping service. Nothing else reaches a price.
pub(super) fn shopper_fields(fields: &mut Fields<'_, '_>, nfkc: Nfkc) -> Option<Cart> {
    let lines = fields.required("lines", |node| {
        at_most(Cart::MAXIMUM_LINES, node, "tooManyLines", CartError::TooManyLines)?;
        let (mut place, mut ids): (usize, _) = (0, BTreeSet::new());
        node.list(|node| {
            place = place.saturating_add(1);
            let line = line(node, place)?;
            if ids.insert(line.id.clone()) {
                return Some(line);
            }
            // A line is found by its id again when part of it is paid back.
            node.refuse("duplicateId", format_args!("another line is called `{}`", clip(line.id.as_str())))
        })
    });
    let codes = fields.or("codes", Vec::new(), |node| {
        at_most(Cart::MAXIMUM_CODES, node, "tooManyCodes", CartError::TooManyCodes)?;
        node.list(|node| node.spelled(nfkc).map(|code: Id| code.to_string()))
    });
    let shipping_service = fields.optional("shippingService", |node| node.id());
    Some(Cart { codes: codes?, shipping_service: shipping_service?, ..Cart::of_lines(lines?) })
}

/// Refuses a list of more than `maximum`, before any of it is read.
pub(super) fn at_most(
    maximum: usize,
    node: Node<'_, '_>,
    code: &'static str,
    error: CartError,
) -> Option<()> {
    let count = node.count_items();
    if count > maximum { node.refuse(code, error) } else { Some(()) }
}

/// A line; without an id of its own it is called by its place, from 1.
fn line(node: Node<'_, '_>, place: usize) -> Option<CartLine> {
    node.object(|fields| {
        let id = fields.optional("id", |node| node.id());
        let sku = fields.required("sku", |node| node.id());
        let quantity = fields.required("quantity", |node| node.quantity());
        let id = id?.or_else(|| Id::new(place.to_string()).ok());
        Some(CartLine { id: id?, sku: sku?, quantity: quantity? })
    })
}

fn channel(node: Node<'_, '_>) -> Option<Channel> {
    match node.string()? {
        "web" => Some(Channel::Web),
        "pos" => Some(Channel::Pos),
        "admin" => Some(Channel::Admin),
        "club" => Some(Channel::Club),
        _ => node.refuse("unknownVariant", "expected `web`, `pos`, `admin` or `club`"),
    }
}

/// Reads a customer as a shop's own records have it.
pub fn customer(node: Node<'_, '_>) -> Option<Customer> {
    node.object(|fields| {
        let id = fields.optional("id", |node| node.id());
        let email = fields
            .optional("email", |node| node.spelled(normalised_email).map(|email: Id| email.to_string()));
        let clubs = fields.or("clubs", Vec::new(), |node| node.ids());
        let tags = fields.or("tags", Vec::new(), |node| node.ids());
        Some(Customer { id: id?, email: email?, clubs: clubs?, tags: tags? })
    })
}

/// The spelling in which e-mail addresses are compared: without white space around it, in lower case.
#[must_use]
pub fn normalised_email(email: &str) -> String {
    email.trim().to_lowercase()
}

fn grant(node: Node<'_, '_>) -> Option<Grant> {
    node.object(|fields| {
        let upgrade = fields.required("upgrade", |node| node.id());
        let sku = fields.required("sku", |node| node.id());
        let order = fields.optional("order", |node| node.id());
        Some(Grant { upgrade: upgrade?, sku: sku?, order: order? })
    })
}

/// Reads the uses of discounts by their ids.
pub(super) fn usage(node: Node<'_, '_>) -> Option<Usage> {
    let uses = node.entries(|id, node| {
        let uses = node.object(|fields| {
            let store = fields.or("store", 0, |node| node.integer());
            let customer = fields.or("customer", 0, |node| node.integer());
            Some(Uses { store: store?, customer: customer? })
        });
        match Id::new(id) {
            Ok(id) => Some((id, uses?)),
            Err(error) => node.refuse_text(error),
        }
    })?;
    Some(uses.into_iter().collect())
}
