//! Changes of what a store sells by: the rows, the snapshot that follows from them and the audit's row, all of it or nothing.

use ledger::{Announcement, Command, Outcome};
use pricing::model::Instant;
use serde_json::json;
use wire::format_instant;
use worker::{D1Database, D1PreparedStatement};

use crate::{
    call::Call,
    clock, ledgers,
    problem::{self, Failure},
    snapshots,
    store::{
        self,
        audit::{self, Entry},
        publications::Publication,
        webhooks::Webhook,
    },
    store_id::StoreId,
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

/// Writes a change, and has webhooks told of it. `make` reads what there is and says what follows from it; it is asked again
/// where somebody else's change came in between, so that none is built on what is no longer there.
///
/// # Errors
/// Those of `make`; `changedSince`, where the caller's change was built on what was read; the database fails, or others are
/// quicker every time. Then nothing was written.
pub(crate) async fn publish<T>(
    call: &Call,
    make: impl AsyncFn(Instant) -> Result<Change<T>, Failure>,
) -> Result<T, Failure> {
    let (database, store) = (call.database()?, call.store());
    let webhooks = store::webhooks::list(&database, store).await?;
    for _ in 0..audit::ATTEMPTS {
        let last = match &call.since {
            Some(since) => since.clone(),
            None => audit::last(&database, store).await?,
        };
        let now = clock::now();
        let Change { entry, mut statements, version, told } = make(now).await?;
        if webhooks.iter().any(is_told) {
            statements.push(store::publications::put(&database, store, &version, now)?);
        }
        let written = audit::write_after(&last, &database, store, &entry, now, statements).await;
        // Also when it failed: it may have been written and the answer lost.
        snapshots::doubt(store);
        if written? {
            let ask = async |command| ledgers::ask(&call.env, store, &command).await;
            if let Err(failure) = announce(&database, store, &webhooks, ask).await {
                worker::console_warn!("{version} is told later: {failure:?}");
            }
            return Ok(told);
        }
        if call.since.is_some() {
            return Err(problem::changed_since().into());
        }
    }
    Err(audit::busy().into())
}

/// Gives the ledger what webhooks are still to be told of snapshots: by whoever publishes one, and if that fails, by the
/// next who does or by the ledger itself, with the next order that it tells of. `ask` asks the ledger. What it is given again
/// has the id of the first time.
///
/// # Errors
/// The database fails, or the ledger does not answer: what was not given waits for the next time.
pub(crate) async fn announce(
    database: &D1Database,
    store: &StoreId,
    webhooks: &[Webhook],
    ask: impl AsyncFn(Command) -> Result<Outcome, Failure>,
) -> Result<(), Failure> {
    let endpoints: Vec<_> =
        webhooks.iter().filter(|webhook| is_told(webhook)).map(|webhook| webhook.id.clone()).collect();
    if endpoints.is_empty() {
        return Ok(());
    }
    for publication in store::publications::list(database, store).await? {
        match ask(Command::Announce(announcement(&publication, endpoints.clone()))).await? {
            Outcome::Done => store::publications::told(database, store, &publication).await?,
            other => return Err(ledgers::unexpected(&other)),
        }
    }
    Ok(())
}

fn is_told(webhook: &Webhook) -> bool {
    webhook.wants(PUBLISHED)
}

fn announcement(Publication { version, at }: &Publication, endpoints: Vec<String>) -> Announcement {
    let timestamp = format_instant(Instant::from_millis(*at));
    let body = json!({ "type": PUBLISHED, "timestamp": timestamp, "data": { "version": version } });
    Announcement {
        kind: PUBLISHED.to_owned(),
        subject: version.clone(),
        at: *at,
        endpoints,
        body: body.to_string(),
    }
}
