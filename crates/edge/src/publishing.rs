//! Changes of what a store sells by: the rows, the snapshot that follows from them and the audit's row, all of it or nothing.

use pricing::model::Instant;
use worker::D1PreparedStatement;

use crate::{
    call::Call,
    clock,
    problem::{self, Failure},
    snapshots,
    store::audit::{self, Entry},
};

/// What is to be written.
pub(crate) struct Change<T> {
    pub(crate) entry: Entry,
    pub(crate) statements: Vec<D1PreparedStatement>,
    /// What the caller is told once it is written.
    pub(crate) told: T,
}

/// Writes a change. `make` reads what there is and says what follows from it; it is asked again where somebody else's change
/// came in between, so that none is built on what is no longer there.
///
/// # Errors
/// Those of `make`; `changedSince`, where the caller's change was built on what was read; the database fails, or others are quicker every time. Then nothing was written.
pub(crate) async fn publish<T>(
    call: &Call,
    make: impl AsyncFn(Instant) -> Result<Change<T>, Failure>,
) -> Result<T, Failure> {
    let (database, store) = (call.database()?, call.store());
    for _ in 0..audit::ATTEMPTS {
        let last = match &call.since {
            Some(since) => since.clone(),
            None => audit::last(&database, store).await?,
        };
        let now = clock::now();
        let Change { entry, statements, told } = make(now).await?;
        let written = audit::write_after(&last, &database, store, &entry, now, statements).await;
        // Also when it failed: it may have been written and the answer lost.
        snapshots::doubt(store);
        if written? {
            return Ok(told);
        }
        if call.since.is_some() {
            return Err(problem::changed_since().into());
        }
    }
    Err(audit::busy().into())
}
