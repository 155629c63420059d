//! `POST /v1/quotes?key=`: the authoritative quote for a guest's cart.

use pricing::{
    engine::{Request, Viewpoint},
    model::Usage,
};
use wire::{Problem, Quote, read};
use worker::Response;

use crate::{answer, body, call::Call, clock, nfkc::nfkc, problem::Failure, snapshots};

pub(super) async fn post(mut call: Call) -> Result<Response, Failure> {
    call.query.only(&["key"])?;
    let document = body::json(&mut call.request, body::MAXIMUM).await?;
    let cart = read::quote_request(&document, nfkc)?.cart;
    let compiled = snapshots::current(&call.database()?).await?;
    let usage = Usage::default();
    let request = Request { cart: &cart, as_of: clock::now(), usage: &usage, viewpoint: Viewpoint::Shopper };
    let quote = compiled.engine.quote(request).map_err(|errors| Problem::cart(&errors, ""))?;
    answer::json(&Quote::from(&quote))
}
