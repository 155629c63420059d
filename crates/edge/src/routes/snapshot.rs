//! `GET /v1/snapshot?key=`: the rules a guest may see, for the browser's engine.

use worker::Response;

use crate::{answer, call::Call, clock, problem::Failure, projection::Projection, snapshots};

pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    call.query.only(&["key"])?;
    let compiled = snapshots::current(&call.database()?).await?;
    let projection = Projection::of(&compiled, clock::now());
    let held = call.request.headers().get("If-None-Match")?;
    answer::shared(&projection.body, &projection.etag, held.as_deref())
}
