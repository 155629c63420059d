//! `POST /v1/quotes?key=&part=`: the authoritative quote of a shopper's cart, signed: for 15 minutes an order gets this price.

use pricing::{
    engine::{self, Request, Viewpoint},
    model::{Cart, Id},
};
use serde::Serialize;
use wire::{
    Problem, Quote, Sale,
    read::{self, QuoteRequest},
};

use crate::{
    answer::{self, Answer},
    beside::{Beside, beside},
    call::Call,
    clock, customer_token, digest,
    granted::{self, Told},
    ledgers,
    nfkc::nfkc,
    problem::{self, Failure},
    quote_token, random, signing, snapshots,
    throttle::{self, Throttled, Tried},
};

/// The parameter that asks for a part of the quote.
const PART: &str = "part";

/// What of the quote is told.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// All of it.
    Whole,
    /// What an order is sold by. Of a thousand discounts the verdicts alone are 109 KB.
    Sale,
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[PART])?;
    let part = part(&call)?;
    let document = call.json().await?;
    let QuoteRequest { cart, customer_token, grants: tokens, beside: skus } =
        read::quote_request(&document, nfkc)?;
    let customer = customer_token::customer(&call, customer_token.as_deref()).await?;
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let (grants, told) = granted::open(&call, &compiled, &tokens).await?;
    let cart = Cart { customer, grants, ..cart };
    let counted = ledgers::held(&call.env, call.store()).await?;
    let usage = ledgers::usage(&call.env, call.store(), &counted, &cart.customer).await?;
    let usage = granted::uncounted(usage, &cart.grants);
    let request = Request { cart: &cart, as_of: clock::now(), usage: &usage, viewpoint: Viewpoint::Shopper };
    let assessment = compiled.engine.assess(request).map_err(|errors| Problem::cart(&errors, ""))?;
    let mut priced = match part {
        Part::Whole => assessment.quote(),
        Part::Sale => assessment.sale(),
    };
    // Nine tenths of a quote: told straight from what pricing found, if at all.
    let verdicts = core::mem::take(&mut priced.verdicts);
    let quote = Quote::without_digest(&priced);
    let id = cart.customer.id.as_ref().map(Id::as_str);
    let standing =
        throttle::admit(&call.env, call.store(), call.request.headers(), id, &tried(&quote)).await?;
    let keyring = signing::keyring(&call.env)?;
    let token = quote_token::seal(&keyring, call.store(), &cart, &quote, &random::hex::<8>()?)?;
    let expires_at = quote_token::expires_at(&quote);
    let nudges = matches!(part, Part::Whole).then(|| priced.nudges.clone());
    let text = match part {
        Part::Whole => wire::quote_text(&engine::Quote { verdicts, ..priced }),
        Part::Sale => serde_json::to_string(&Sale::from(quote))?,
    };
    let beside = (!skus.is_empty()).then(|| beside(&compiled.engine, &assessment, request, &skus, nudges));
    let more = More {
        beside,
        digest: digest::of_text(&text).await?,
        expires_at: &expires_at,
        grants: told,
        token: &token,
    };
    let answer = answer::written(200, joined(text, &more)?);
    Ok(match standing {
        Some(standing) => throttle::tell(answer, Throttled::Codes, standing),
        None => answer,
    })
}

fn part(call: &Call) -> Result<Part, Problem> {
    match call.query.one(PART)? {
        None => Ok(Part::Whole),
        Some("sale") => Ok(Part::Sale),
        Some(_) => Err(problem::fault("/part", "wrongType", "expected `sale`, or nothing for all of it")),
    }
}

/// What is no part of what the digest is of.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct More<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<Beside<'a>>,
    digest: String,
    /// Until when the price is honoured.
    expires_at: &'a str,
    /// What became of each offer to be redeemed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grants: Vec<Told>,
    /// What `POST /v1/orders` takes.
    token: &'a str,
}

/// What is told, with its digest, its signature and what the page shows beside it: the text is written once.
fn joined(mut text: String, more: &More<'_>) -> serde_json::Result<String> {
    text.pop();
    text.push(',');
    text.push_str(serde_json::to_string(more)?.trim_start_matches('{'));
    Ok(text)
}

/// The codes of the cart: those that stand for a coupon, and those that, for this shopper, do not.
fn tried(quote: &Quote) -> Tried {
    let hashes = |is_unknown: bool| {
        let codes = quote.codes.iter().filter(|code| (code.status == "unknown") == is_unknown);
        codes.map(|code| throttle::hash(&code.code)).collect()
    };
    Tried { right: hashes(false), wrong: hashes(true) }
}
