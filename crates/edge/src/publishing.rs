//! Changes of what a store sells by: the rows, the snapshot that follows from them and the audit's row, all of it or nothing.

use ledger::{Announcement, Command, Outcome};
use pricing::model::Instant;
use serde_json::json;
use wire::format_instant;
use worker::D1PreparedStatement;

use crate::{
    call::Call,
    clock, ledgers,
    problem::{self, Failure},
    snapshots,
    store::{
        self,
        audit::{self, Entry},
        webhooks::Webhook,
    },
};

/// The type of the event that tells of it.
pub(crate) const PUBLISHED: &str = "snapshot.published";

/// What is to be written.
pub(crate) struct Change<T> {
    pub(crate) entry: Entry,
    pub(crate) statements: Vec<D1PreparedStatement>,
    /// The name of the snapshot that follows.
    pub(crate) version: String,
    /// What the caller is told once it is written.
    pub(crate) told: T,
}

/// Writes a change, and tells webhooks of it. `make` reads what there is and says what follows from it; it is asked again
/// where somebody else's change came in between, so that none is built on what is no longer there.
///
/// # Errors
/// Those of `make`; `changedSince`, where the caller's change was built on what was read; the database fails, or others are
/// quicker every time. Then nothing was written. The ledger does not answer that has it sent: then the change is written,
/// and who makes it again has it told.
pub(crate) async fn publish<T>(
    call: &Call,
    make: impl AsyncFn(Instant) -> Result<Change<T>, Failure>,
) -> Result<T, Failure> {
    let (database, store) = (call.database()?, call.store());
    let mut webhooks = store::webhooks::list(&database, store).await?;
    webhooks.retain(|webhook| webhook.wants(PUBLISHED));
    for _ in 0..audit::ATTEMPTS {
        let last = match &call.since {
            Some(since) => since.clone(),
            None => audit::last(&database, store).await?,
        };
        let now = clock::now();
        let Change { entry, statements, version, told } = make(now).await?;
        let written = audit::write_after(&last, &database, store, &entry, now, statements).await;
        // Also when it failed: it may have been written and the answer lost.
        snapshots::doubt(store);
        if written? {
            tell(call, &webhooks, version, now).await?;
            return Ok(told);
        }
        if call.since.is_some() {
            return Err(problem::changed_since().into());
        }
    }
    Err(audit::busy().into())
}

/// Has webhooks told that a snapshot prices from now on.
async fn tell(call: &Call, webhooks: &[Webhook], version: String, now: Instant) -> Result<(), Failure> {
    if webhooks.is_empty() {
        return Ok(());
    }
    let timestamp = format_instant(now);
    let body = json!({ "type": PUBLISHED, "timestamp": timestamp, "data": { "version": version } });
    let announcement = Announcement {
        kind: PUBLISHED.to_owned(),
        subject: version,
        at: now.millis(),
        endpoints: webhooks.iter().map(|webhook| webhook.id.clone()).collect(),
        body: body.to_string(),
    };
    match ledgers::ask(&call.env, call.store(), &Command::Announce(announcement)).await? {
        Outcome::Done => Ok(()),
        other => Err(ledgers::unexpected(&other)),
    }
}
