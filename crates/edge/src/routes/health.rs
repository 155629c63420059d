//! `GET /health`: whether the Worker is set up and its database answers.

use serde::Serialize;

use crate::{
    answer::{self, Answer},
    call::Call,
    problem::{self, Failure},
    signing, store,
};

#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    if let Err(error) = store::ping(&call.database()?).await {
        worker::console_error!("the database does not answer: {error}");
        return Err(problem::database_unavailable().into());
    }
    signing::keyring(&call.env)?;
    answer::json(&Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
