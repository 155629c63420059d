//! Reading what is to be priced.

use pricing::{
    engine::{Engine, Request, Viewpoint},
    model::{Cart, CartError, Id, Instant, Snapshot, Usage},
};
use serde_json::Value;

use super::{
    Nfkc,
    cart::{at_most, cart, shopper_fields, usage},
    node::read,
    snapshot::snapshot,
};
use crate::{
    problem::{Fault, Problem},
    quote::Quote,
};

/// Everything one pricing needs: a line of `farthing quote --jsonl`, a case file's input.
#[derive(Clone, Debug)]
pub struct PricingInput {
    /// The store.
    pub snapshot: Snapshot,
    /// The moment to price at.
    pub as_of: Instant,
    /// The cart.
    pub cart: Cart,
    /// The uses so far.
    pub usage: Usage,
}

impl PricingInput {
    /// Prices it as a merchant sees it.
    ///
    /// # Errors
    /// The cart asks for what the store does not have.
    pub fn quote(self) -> Result<Quote, Problem> {
        let Self { snapshot, as_of, cart, usage } = self;
        let request = Request { cart: &cart, as_of, usage: &usage, viewpoint: Viewpoint::Merchant };
        let quote = Engine::new(snapshot).quote(request);
        quote
            .map(|quote| Quote::from(&quote))
            .map_err(|errors: Vec<CartError>| Problem::cart(&errors, "/cart"))
    }
}

/// Reads a pricing input.
///
/// # Errors
/// Every fault in it.
pub fn pricing_input(document: &Value, nfkc: Nfkc) -> Result<PricingInput, Vec<Fault>> {
    read(document, |node| {
        node.object(|fields| {
            let snapshot = fields.required("snapshot", |node| snapshot(node, nfkc));
            let as_of = fields.required("asOf", |node| node.instant());
            let cart = fields.required("cart", |node| cart(node, nfkc));
            let usage = fields.or("usage", Usage::default(), usage);
            Some(PricingInput { snapshot: snapshot?, as_of: as_of?, cart: cart?, usage: usage? })
        })
    })
}

/// What a browser asks to have priced.
#[derive(Clone, Debug)]
pub struct QuoteRequest {
    /// The cart; its customer is a guest.
    pub cart: Cart,
    /// Who is buying, as the shop has signed it.
    pub customer_token: Option<String>,
    /// Tokens of the upgrade offers to be redeemed; the edge signed them.
    pub grants: Vec<String>,
    /// The products that the page also shows.
    pub beside: Vec<Id>,
}

impl QuoteRequest {
    /// The most products a page may ask for beside its cart.
    pub const MAXIMUM_BESIDE: usize = 100;
}

/// Reads what a browser asks to have priced: lines, codes, shipping service, tokens and what the page shows
/// beside the cart, and refuses all else.
///
/// # Errors
/// Every fault in it.
pub fn quote_request(document: &Value, nfkc: Nfkc) -> Result<QuoteRequest, Vec<Fault>> {
    read(document, |node| {
        node.object(|fields| {
            let cart = shopper_fields(fields, nfkc);
            let customer_token = fields.optional("customerToken", |node| node.string().map(str::to_owned));
            let grants = fields.or("grants", Vec::new(), |node| {
                at_most(Cart::MAXIMUM_GRANTS, node, "tooManyGrants", CartError::TooManyGrants)?;
                node.list(|node| node.string().map(str::to_owned))
            });
            let beside = fields.or("beside", Vec::new(), |node| {
                if node.count_items() > QuoteRequest::MAXIMUM_BESIDE {
                    return node.refuse("tooManySkus", "a page shows at most 100 products beside its cart");
                }
                node.ids()
            });
            Some(QuoteRequest {
                cart: cart?,
                customer_token: customer_token?,
                grants: grants?,
                beside: beside?,
            })
        })
    })
}
