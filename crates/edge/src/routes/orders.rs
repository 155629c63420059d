//! `POST /v1/orders`: reserves an order, by a signed quote or by a cart of the shop's own records.

use ledger::{Command, Conflict, Idempotency, Outcome};
use pricing::model::{Cart, CouponCode, Customer, Id, Usage, UsageLimit};
use serde_json::Value;
use wire::{
    Problem,
    read::{self, OrderRequest, Source},
};

use super::order::answered;
use crate::{
    answer::Answer,
    buyer_name,
    call::Call,
    clock,
    compiled::Compiled,
    customers, granted, idempotency, ledgers,
    nfkc::nfkc,
    order_book::{self, Draft},
    problem::{self, Failure},
    quote_token::{self, SignedQuote},
    signing, snapshots,
};

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let mut document = call.json().await?;
    let idempotency = idempotency::of(&call, &document)?;
    let fingerprint = fingerprint(&document);
    let (name, request) =
        buyer_name::beside(&mut document, &buyer_name::IN_ORDER, |rest| read::order_request(rest, nfkc))?;
    let asked = Asked { fingerprint: &fingerprint, idempotency: idempotency.clone(), name: name.as_deref() };
    let order = match reserved(&call, &request, asked).await {
        Ok(order) => order,
        Err(failure) => made_before(&call, &request, fingerprint, idempotency, failure).await?,
    };
    answered(&call, 201, &order)
}

/// What of a call is not contract v1's.
struct Asked<'a> {
    /// The hash of what is asked.
    fingerprint: &'a str,
    idempotency: Option<Idempotency>,
    /// What the buyer is called.
    name: Option<&'a str>,
}

/// Prices and reserves.
async fn reserved(call: &Call, request: &OrderRequest, asked: Asked<'_>) -> Result<ledger::Order, Failure> {
    match &request.source {
        Source::Quote(token, cart) => {
            let quote = signed(call, token, cart.as_ref())?;
            let compiled = snapshots::named(&call.database()?, call.store(), &quote.version).await?;
            let draft = Draft {
                quote: Some(seal::hash(token)),
                cart: &sold_to(quote.cart.clone(), request.customer.as_ref())?,
                as_of: quote.as_of,
                promised: Some(&quote.total),
                ..draft(request, asked, &quote.cart)
            };
            let usage = granted::uncounted(promised(&compiled, &quote), &quote.cart.grants);
            order_book::reserve(&call.env, call.store(), &compiled, &draft, usage).await
        }
        Source::Cart(cart) => {
            granted::all_name_an_order(&cart.grants)?;
            let database = call.database()?;
            let customer = customers::known(&database, call.store(), cart.customer.clone()).await?;
            let cart = Cart { customer, ..cart.clone() };
            let compiled = snapshots::current(&database, call.store()).await?;
            granted::all_are_earned(call, &compiled, &cart.grants).await?;
            let draft = draft(request, asked, &cart);
            order_book::reserve(&call.env, call.store(), &compiled, &draft, Usage::default()).await
        }
    }
}

/// What the same call got when it was made before: a repeated call gets the first answer, even when it could not be made
/// now, because its quote is over or a product was taken out. Else the failure.
async fn made_before(
    call: &Call,
    request: &OrderRequest,
    fingerprint: String,
    idempotency: Option<Idempotency>,
    failure: Failure,
) -> Result<ledger::Order, Failure> {
    if !matches!(failure, Failure::Told(_)) {
        return Err(failure);
    }
    let reference = request.reference.to_string();
    let command = Command::Recall { reference, fingerprint, idempotency };
    match ledgers::ask(&call.env, call.store(), &command).await? {
        Outcome::Order(order) => Ok(*order),
        Outcome::Conflict(conflict) if conflict != Conflict::Unknown => {
            Err(order_book::problem(conflict).into())
        }
        _ => Err(failure),
    }
}

fn draft<'a>(request: &'a OrderRequest, asked: Asked<'a>, cart: &'a Cart) -> Draft<'a> {
    Draft {
        reference: &request.reference,
        fingerprint: asked.fingerprint.to_owned(),
        quote: None,
        replace: request.replace,
        idempotency: asked.idempotency,
        cart,
        as_of: clock::now(),
        name: asked.name,
        promised: None,
    }
}

/// The hash of what is asked. Whether it replaces something is how, not what.
fn fingerprint(document: &Value) -> String {
    let mut document = document.clone();
    if let Some(fields) = document.as_object_mut() {
        fields.remove("replace");
    }
    wire::digest(&document)
}

/// The quote of a token, if it is for the cart that the shop believes it to be for.
fn signed(call: &Call, token: &str, cart: Option<&Cart>) -> Result<SignedQuote, Failure> {
    let keyring = signing::keyring(&call.env)?;
    let quote = quote_token::open(&keyring, call.store(), token, clock::now())?;
    if quote.cart.lines.is_empty() {
        return Err(problem::fault("/quote", "emptyList", "an order has at least one line").into());
    }
    // A code is the same however it is typed.
    let codes = |cart: &Cart| cart.codes.iter().map(|code| CouponCode::normalise(code)).collect::<Vec<_>>();
    let is_same = |cart: &Cart| {
        cart.lines == quote.cart.lines
            && cart.shipping_service == quote.cart.shipping_service
            && codes(cart) == codes(&quote.cart)
    };
    if cart.is_none_or(is_same) {
        return Ok(quote);
    }
    Err(problem::quote_mismatch("Its lines, codes or shipping service are others: quote this cart").into())
}

/// The cart with who is buying. A quote for somebody is for nobody else.
fn sold_to(cart: Cart, buyer: Option<&Customer>) -> Result<Cart, Problem> {
    let Some(buyer) = buyer else { return Ok(cart) };
    let quoted = &cart.customer;
    let is_other =
        |quoted: Option<&str>, said: Option<&str>| quoted.is_some() && said.is_some() && quoted != said;
    let ids = (quoted.id.as_ref().map(Id::as_str), buyer.id.as_ref().map(Id::as_str));
    if is_other(ids.0, ids.1) || is_other(quoted.email.as_deref(), buyer.email.as_deref()) {
        return Err(problem::quote_mismatch("It was made for another customer: quote the cart for this one"));
    }
    let customer = Customer {
        id: quoted.id.clone().or_else(|| buyer.id.clone()),
        email: quoted.email.clone().or_else(|| buyer.email.clone()),
        ..quoted.clone()
    };
    Ok(Cart { customer, ..cart })
}

/// The uses by which the same price is found again: what is limited and did not apply then does not now. Taking a loser
/// out of a choice leaves the winner.
fn promised(compiled: &Compiled, quote: &SignedQuote) -> Usage {
    let mut usage = Usage::default();
    for rule in compiled.rules.iter().filter(|rule| rule.discount.usage_limit != UsageLimit::Unlimited) {
        if !quote.applied.iter().any(|applied| applied == rule.discount.id.as_str()) {
            usage.close(rule.discount.id.clone());
        }
    }
    usage
}
