//! `GET /health`: whether the Worker and its database answer.

use serde::Serialize;
use worker::Response;

use crate::{
    answer,
    call::Call,
    problem::{self, Failure},
    store,
};

#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
}

pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    call.query.only(&[])?;
    if let Err(error) = store::ping(&call.database()?).await {
        worker::console_error!("the database does not answer: {error}");
        return Err(problem::database_unavailable().into());
    }
    answer::json(&Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
