//! One request on its way to its handler.

use serde_json::Value;
use worker::{D1Database, D1PreparedStatement, Env, Request};

use crate::{
    body,
    caller::{Caller, Who},
    clock,
    problem::{self, Failure},
    query::Query,
    store::{
        self,
        audit::{self, Entry, Last},
    },
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
    /// The end of the audit when the caller's `If-Match` was held against what is there.
    pub(crate) since: Option<Last>,
}

impl Call {
    /// The database of every store.
    ///
    /// # Errors
    /// It is not bound.
    pub(crate) fn database(&self) -> Result<D1Database, Failure> {
        store::database(&self.env)
    }

    /// The same caller's call with another request.
    pub(crate) fn beside(&self, request: Request) -> Self {
        let Self { query, env, item, caller, .. } = self;
        let (query, env, item, caller) = (query.clone(), env.clone(), item.clone(), caller.clone());
        Self { request, query, env, item, caller, since: None }
    }

    /// Carries out changes with their row in the audit. A change that was built on what was read is only carried out if
    /// nothing was changed since.
    ///
    /// # Errors
    /// `changedSince`, or the database fails; nothing was written.
    pub(crate) async fn write(
        &self,
        action: &'static str,
        subject: &str,
        detail: Value,
        changes: Vec<D1PreparedStatement>,
    ) -> Result<(), Failure> {
        let (database, store, now) = (self.database()?, self.store(), clock::now());
        let entry =
            Entry { actor: self.caller.name().to_owned(), action, subject: subject.to_owned(), detail };
        let Some(last) = &self.since else {
            return Ok(audit::write(&database, store, &entry, now, changes).await?);
        };
        if audit::write_after(last, &database, store, &entry, now, changes).await? {
            return Ok(());
        }
        Err(problem::changed_since().into())
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

    /// Refuses a body that says anything.
    ///
    /// # Errors
    /// As [`body::nothing`].
    pub(crate) async fn nothing(&mut self) -> Result<(), Failure> {
        body::nothing(&mut self.request).await
    }

    /// A header's text.
    ///
    /// # Errors
    /// The runtime can't read it.
    pub(crate) fn header(&self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.request.headers().get(name)?)
    }
}
