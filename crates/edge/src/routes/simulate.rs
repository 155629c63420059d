//! `POST /admin/api/simulate`: prices any cart, for any customer, at any time, against a snapshot of the caller's own:
//! the same input and output as the command line's `farthing quote`.

use wire::read;

use crate::{
    answer::{self, Answer},
    body,
    call::Call,
    nfkc::nfkc,
    problem::Failure,
};

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = body::json(&mut call.request, body::MAXIMUM_OF_STORE).await?;
    let input = read::pricing_input(&document, nfkc)?;
    answer::json(&input.quote()?)
}
