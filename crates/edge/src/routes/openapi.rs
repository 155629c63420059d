//! `GET /openapi.json`: every route, for machines.

use crate::{
    answer::{self, Answer},
    call::Call,
    openapi,
    problem::Failure,
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let held = call.header("If-None-Match")?;
    Ok(answer::shared(&openapi::document(), held.as_deref()))
}
