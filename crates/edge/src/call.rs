//! One request on its way to its handler.

use serde_json::Value;
use worker::{D1Database, Env, Request};

use crate::{
    body,
    caller::{Caller, Who},
    problem::Failure,
    query::Query,
    store,
    store_id::StoreId,
};

/// A request that may be answered: its route is known and its caller let in.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) request: Request,
    pub(crate) query: Query,
    pub(crate) env: Env,
    /// The path's segment of its own, where the route has one.
    pub(crate) item: String,
    pub(crate) caller: Caller,
}

impl Call {
    /// The database of every store.
    ///
    /// # Errors
    /// It is not bound.
    pub(crate) fn database(&self) -> Result<D1Database, Failure> {
        store::database(&self.env)
    }

    /// The store that the caller reaches.
    pub(crate) const fn store(&self) -> &StoreId {
        &self.caller.store
    }

    /// Refuses query parameters other than `known`, and those that say who calls.
    ///
    /// # Errors
    /// One fault for each.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Failure> {
        let own: &[&str] = match self.caller.who {
            Who::Anyone | Who::Server(_) => &[],
            Who::Page => &["key"],
            Who::Staff(..) => &["store"],
        };
        Ok(self.query.only(&[own, known].concat())?)
    }

    /// The body, JSON of at most [`body::MAXIMUM`] bytes.
    ///
    /// # Errors
    /// As [`body::json`].
    pub(crate) async fn json(&mut self) -> Result<Value, Failure> {
        body::json(&mut self.request, body::MAXIMUM).await
    }

    /// A header's text.
    ///
    /// # Errors
    /// The runtime can't read it.
    pub(crate) fn header(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.request.headers().get(name)?)
    }
}
