//! `GET /admin/api/site-keys`: every site key and the origins that may use it.

use super::site_key::SiteKeyFacts;
use crate::{
    answer::{self, Answer},
    call::Call,
    problem::Failure,
    store,
};

#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteKeys<'a> {
    /// In order of the key.
    site_keys: Vec<SiteKeyFacts<'a>>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let keys = store::site_keys::list(&call.database()?).await?;
    answer::json(&SiteKeys {
        site_keys: keys.iter().filter(|key| key.store == *call.store()).map(SiteKeyFacts::of).collect(),
    })
}
