//! What a page shows beside its cart, for pages that have no engine of their own.

use std::cell::LazyCell;

use pricing::{
    engine::{Assessment, Engine, MessageState, Nudge, Request, Workspace},
    model::{Cart, CartLine, Discount, Id, Quantity},
    money::{Amount, Currency},
};
use serde::Serialize;

/// Products with their prices and messages, and the ways to ship.
#[derive(Debug, Serialize)]
pub(crate) struct Beside<'a> {
    products: Vec<Product<'a>>,
    services: Vec<Service<'a>>,
}

#[derive(Debug, Serialize)]
struct Product<'a> {
    /// What one of it cost before, where that was more.
    before: Option<String>,
    /// The message that matters most.
    message: Option<Message<'a>>,
    /// What one of it costs, after any discount that one alone already has.
    price: String,
    sku: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct Message<'a> {
    /// What one step more would save by its discount.
    nudge: Option<wire::Nudge>,
    state: &'static str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Service<'a> {
    id: &'a str,
    rate: String,
    title: &'a str,
}

/// What is beside a cart that was priced so, and its nudges where the quote found them already. What the store does not
/// have is left out.
pub(crate) fn beside<'a>(
    engine: &'a Engine,
    assessment: &'a Assessment<'a>,
    request: Request<'_>,
    skus: &[Id],
    nudges: Option<Vec<Nudge>>,
) -> Beside<'a> {
    let currency = engine.store().currency;
    let standings = assessment.standings();
    // Each is a pricing, so only where one may be told.
    let nudges = LazyCell::new(|| nudges.unwrap_or_else(|| standings.nudges(&mut Workspace::default())));
    let message = |sku: &Id| {
        let (discount, state) = standings.first_beside(engine.handle(sku.as_str())?)?;
        let Discount { action_message: Some(text), .. } = discount else { return None };
        let nudge = (state == MessageState::RequirementUnmet)
            .then(|| nudges.iter().find(|nudge| nudge.discount == discount.id))
            .flatten()
            .map(|nudge| wire::Nudge::new(nudge, currency));
        Some(Message { nudge, state: wire::message_state(state), text: text.as_str() })
    };
    let product = |sku: &Id| {
        let product = engine.product(sku.as_str())?;
        let price = alone(engine, request, sku).unwrap_or(product.price);
        let before = product.compare_at.unwrap_or(product.price).max(product.price);
        Some(Product {
            before: (before > price).then(|| wire::money(before, currency)),
            message: message(sku),
            price: wire::money(price, currency),
            sku: product.sku.as_str(),
            title: product.title.as_str(),
        })
    };
    Beside { products: skus.iter().filter_map(product).collect(), services: services(engine, currency) }
}

/// What one of a product costs this customer.
fn alone(engine: &Engine, request: Request<'_>, sku: &Id) -> Option<Amount> {
    let line = CartLine { id: sku.clone(), sku: sku.clone(), quantity: Quantity::new(1).ok()? };
    let cart = Cart { customer: request.cart.customer.clone(), ..Cart::of_lines(vec![line]) };
    Some(engine.assess(Request { cart: &cart, ..request }).ok()?.sale().total)
}

fn services(engine: &Engine, currency: Currency) -> Vec<Service<'_>> {
    let services = engine.shipping_services().iter();
    services
        .map(|service| Service {
            id: service.id.as_str(),
            rate: wire::money(service.rate, currency),
            title: service.title.as_str(),
        })
        .collect()
}
