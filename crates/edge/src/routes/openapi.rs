//! `GET /openapi.json`: every route, for machines.

use worker::Response;

use crate::{answer, call::Call, openapi, problem::Failure};

pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let held = call.header("If-None-Match")?;
    answer::shared(&openapi::document(), held.as_deref())
}
