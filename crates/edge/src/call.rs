//! One request on its way to its handler.

use worker::{D1Database, Env, Request};

use crate::{problem::Failure, query::Query, store};

/// A request that may be answered: its route is known and its caller let in.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) request: Request,
    pub(crate) query: Query,
    pub(crate) env: Env,
    /// The path's last segment, where the route has one of its own.
    pub(crate) item: String,
}

impl Call {
    /// The store's database.
    ///
    /// # Errors
    /// It is not bound.
    pub(crate) fn database(&self) -> Result<D1Database, Failure> {
        store::database(&self.env)
    }
}
