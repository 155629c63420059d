//! Reserving an order: priced, then taken from the ledger, which may know better.
//!
//! An order is priced as if every use were left, and the ledger is asked to take what applies. Where it can't, because a
//! limit was reached or a discount stopped, nothing is taken, the cart is priced again without those, and the ledger is
//! asked again. So what is charged is what the ledger has taken, and a use that has just come back is found.

use ledger::{Command, Conflict, Idempotency, Limit, Outcome, Refusal, RefusalReason, Reserve, Use};
use pricing::{
    engine::{self, Request, Viewpoint},
    model::{Cart, Grant, Id, Instant, Upgrade, Usage, UsageLimit},
};
use serde::Serialize;
use wire::{Problem, Quote, Sale, read::Reference};
use worker::Env;

use crate::{
    compiled::Compiled,
    ledgers, order_json,
    problem::{self, Failure},
    store_id::StoreId,
};

/// How often a cart is priced again. Each time there is a discount less; who has the last uses of so many discounts run
/// out in one checkout may start another.
const ATTEMPTS: usize = 20;

/// The largest total the ledger can keep exactly, in minor units: 2^53 − 1.
const MAXIMUM_TOTAL: u64 = (1 << 53) - 1;

/// An order about to be reserved.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) reference: &'a Reference,
    /// The hash of what the shop asked, its reference and key left out.
    pub(crate) fingerprint: String,
    /// The hash of the quote it is sold by.
    pub(crate) quote: Option<String>,
    pub(crate) replace: bool,
    pub(crate) idempotency: Option<Idempotency>,
    pub(crate) cart: &'a Cart,
    pub(crate) as_of: Instant,
    /// What the buyer is called, where the shop says it.
    pub(crate) name: Option<&'a str>,
    /// The total that was promised, where one was.
    pub(crate) promised: Option<&'a str>,
}

/// What the order keeps besides what the ledger counts.
#[derive(Debug, Serialize)]
struct Body<'a> {
    quote: Sale,
    changed: Option<&'a Changed>,
}

/// Why the price is not the promised one.
#[derive(Clone, Debug, Serialize)]
struct Changed {
    /// The first reason: that of the first discount lost.
    reason: &'static str,
    before: String,
    after: String,
    discounts: Vec<Lost>,
}

/// A discount that would have applied.
#[derive(Clone, Debug, Serialize)]
struct Lost {
    discount: String,
    title: String,
    reason: &'static str,
}

/// Prices an order and reserves it.
///
/// # Errors
/// What is in the cart, the order's state, or the customer's being unknown stand against it.
pub(crate) async fn reserve(
    env: &Env,
    store: &StoreId,
    compiled: &Compiled,
    draft: &Draft<'_>,
    mut usage: Usage,
) -> Result<ledger::Order, Failure> {
    let mut first = None;
    let mut lost: Vec<Lost> = Vec::new();
    for _ in 0..ATTEMPTS {
        let priced = price(compiled, draft, &usage)?;
        let quote = Quote::without_digest(&priced);
        let before = first.get_or_insert_with(|| quote.total.clone()).clone();
        let before = draft.promised.map_or(before, str::to_owned);
        let changed = changed(&before, &quote, &lost);
        let command = Command::Reserve(Box::new(asked(draft, &priced, quote, changed.as_ref())?));
        match ledgers::ask(env, store, &command).await? {
            Outcome::Order(order) => return Ok(*order),
            Outcome::Conflict(conflict) => return Err(problem(conflict).into()),
            Outcome::Refused(refusals) => {
                ledgers::doubt(store);
                customer_named(&refusals, draft)?;
                lost.extend(refusals.iter().map(|refusal| lost_of(refusal, &priced)));
                for refusal in refusals {
                    usage.close(
                        Id::new(refusal.discount).map_err(|error| Failure::Internal(error.to_string()))?,
                    );
                }
            }
            other => return Err(ledgers::unexpected(&other)),
        }
    }
    Err(problem::ledger_unavailable().into())
}

fn price(compiled: &Compiled, draft: &Draft<'_>, usage: &Usage) -> Result<engine::Quote, Problem> {
    let request = Request { cart: draft.cart, as_of: draft.as_of, usage, viewpoint: Viewpoint::Shopper };
    compiled
        .engine
        .assess(request)
        .map(|assessment| assessment.sale())
        .map_err(|errors| Problem::cart(&errors, "/cart"))
}

fn asked(
    draft: &Draft<'_>,
    priced: &engine::Quote,
    quote: Quote,
    changed: Option<&Changed>,
) -> Result<Reserve, Failure> {
    let total = priced.total.minor();
    if total > MAXIMUM_TOTAL {
        let detail = format!("an order's total is at most {MAXIMUM_TOTAL} minor units");
        return Err(problem::fault("/cart/lines", "amountTooLarge", detail).into());
    }
    let currency = quote.currency.clone();
    Ok(Reserve {
        reference: draft.reference.to_string(),
        fingerprint: draft.fingerprint.clone(),
        quote: draft.quote.clone(),
        replace: draft.replace,
        customer: ledgers::party(&draft.cart.customer),
        uses: priced.applied.iter().map(|applied| used(applied, &draft.cart.grants)).collect(),
        currency,
        total,
        body: order_json::named(
            serde_json::to_string(&Body { quote: Sale::from(quote), changed })?,
            draft.name,
        ),
        idempotency: draft.idempotency.clone(),
    })
}

fn used(applied: &engine::Applied, grants: &[Grant]) -> Use {
    let limit = match applied.usage_limit {
        _ if let Some(order) = earned_by(&applied.discount, grants) => Limit::PerGrant(order.to_string()),
        UsageLimit::Unlimited => Limit::Unlimited,
        UsageLimit::PerStore { orders } => Limit::PerStore(orders),
        UsageLimit::PerCustomer { orders } => Limit::PerCustomer(orders),
    };
    Use { discount: applied.discount.to_string(), limit }
}

/// The order that earned an offer, where the discount is one.
fn earned_by<'a>(discount: &Id, grants: &'a [Grant]) -> Option<&'a Id> {
    let is_of = |grant: &&Grant| Upgrade::offer_id(&grant.upgrade, &grant.sku).as_ref() == Ok(discount);
    grants.iter().find(is_of).and_then(|grant| grant.order.as_ref())
}

/// What became of the promised price; nothing where it was kept. A total may be kept though a discount was lost.
fn changed(before: &str, quote: &Quote, lost: &[Lost]) -> Option<Changed> {
    let reason = lost.first().map_or("mismatch", |lost| lost.reason);
    (!lost.is_empty() || before != quote.total).then(|| Changed {
        reason,
        before: before.to_owned(),
        after: quote.total.clone(),
        discounts: lost.to_vec(),
    })
}

fn lost_of(refusal: &Refusal, priced: &engine::Quote) -> Lost {
    let applied = priced.applied.iter().find(|applied| applied.discount.as_str() == refusal.discount);
    Lost {
        discount: refusal.discount.clone(),
        title: applied.map(|applied| applied.title.to_string()).unwrap_or_default(),
        reason: match refusal.reason {
            RefusalReason::Stopped => "stopped",
            RefusalReason::Redeemed => "redeemed",
            RefusalReason::Withdrawn => "withdrawn",
            RefusalReason::LimitReached | RefusalReason::CustomerRequired => "limitReached",
        },
    }
}

/// A discount that is counted by customer can't be taken by nobody: the shop says who it is, or takes its code out.
fn customer_named(refusals: &[Refusal], draft: &Draft<'_>) -> Result<(), Problem> {
    let nameless = refusals.iter().find(|refusal| refusal.reason == RefusalReason::CustomerRequired);
    let place = if draft.quote.is_some() { "/customer" } else { "/cart/customer" };
    nameless.map_or(Ok(()), |refusal| Err(problem::customer_required(place, &refusal.discount)))
}

/// What stands against an order from elsewhere. It is paid, so that nothing replaces it.
pub(crate) fn problem_of_past(conflict: Conflict) -> Problem {
    let problem = problem(conflict);
    if conflict != Conflict::OrderExists {
        return problem;
    }
    let detail = "It was sent before with other content, or reserved here: take another reference";
    Problem { detail: detail.to_owned(), ..problem }
}

/// What stands against a call to the ledger, as its caller is told.
pub(crate) fn problem(conflict: Conflict) -> Problem {
    let (status, code, title, detail) = match conflict {
        Conflict::Unknown => (404, "unknownOrder", "There is no such order", "Check the reference"),
        Conflict::OrderExists => (
            409,
            "orderExists",
            "The reference is another order's",
            "Send `replace: true` to price this order anew, or take another reference",
        ),
        Conflict::OrderCommitted => (
            409,
            "orderCommitted",
            "The order is paid",
            "Refund it, or release it with the reason `cancelled`; a new order takes another reference",
        ),
        Conflict::OrderNotCommitted => {
            (409, "orderNotCommitted", "The order is not paid", "Commit it first, or release it")
        }
        Conflict::OrderClosed => (
            409,
            "orderClosed",
            "The order came to nothing",
            "See its `status`; a new order takes another reference",
        ),
        Conflict::ReservationExpired => (
            409,
            "reservationExpired",
            "The reservation is over",
            "Its discounts were taken by others meanwhile: give the payment back, or reserve the order again at today's price",
        ),
        Conflict::QuoteUsed => {
            (409, "quoteUsed", "Another order was sold by this quote", "Quote the cart again")
        }
        Conflict::TotalMismatch => (
            409,
            "totalMismatch",
            "The order has another total",
            "Compare with the order's `total`: what was paid must be what was reserved",
        ),
        Conflict::RefundTooLarge => (
            409,
            "refundTooLarge",
            "More than is left of what was paid",
            "Compare with the order's `refunded`",
        ),
        Conflict::RefundExists => {
            (409, "refundExists", "The refund has another amount", "A new refund takes another `id`")
        }
        Conflict::LinkSpent => (410, "linkSpent", "The link was used before", "Ask for a new one"),
        Conflict::LinkExpired => (410, "linkExpired", "The link is too old", "Ask for a new one"),
        Conflict::KeyReused => (
            422,
            "keyReused",
            "The Idempotency-Key came with another request",
            "Each request has a key of its own, the same when it is repeated",
        ),
    };
    Problem::new(status, code, title, detail)
}
