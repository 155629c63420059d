//! `/admin/api/server-keys`: the keys of a shop's own servers, `sk_…`.

use super::secrets;
use crate::{
    answer::{self, Answer},
    call::Call,
    credential::Holder,
    idempotency,
    problem::Failure,
};

const KIND: &str = Holder::Server.kind();

#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct ServerKeys {
    /// In the order they were made.
    server_keys: Vec<secrets::Facts>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let server_keys = secrets::list(&call, KIND).await?.iter().map(secrets::Facts::of).collect();
    answer::json(&ServerKeys { server_keys })
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let title = secrets::title(&document)?;
    let asked = idempotency::of(&call, &document)?;
    answer::created(&secrets::make(&call, Holder::Server, title, asked).await?)
}

pub(super) async fn rotate(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    answer::json(&secrets::rotate(&mut call, KIND).await?)
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    secrets::delete(&call, KIND).await?;
    Ok(answer::nothing(204))
}
