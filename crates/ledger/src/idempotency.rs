//! Calls that were answered: under its key, a call has one outcome for a day.

use pricing::model::Instant;

use crate::{
    IDEMPOTENCY_MILLIS,
    ledger::Ledger,
    message::{Conflict, Idempotency, Outcome},
    sql::Sql,
};

impl<S: Sql> Ledger<S> {
    /// The outcome of the call that came with this key, if it did in the last day.
    pub(crate) fn recorded(&self, call: &Idempotency, now: Instant) -> Result<Option<Outcome>, S::Error> {
        let oldest = now.millis().saturating_sub(IDEMPOTENCY_MILLIS);
        let text = "SELECT request, outcome FROM idempotency WHERE key = ?1 AND created_at > ?2";
        let rows = self.sql.run(text, &[(&call.key).into(), oldest.into()])?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
        if row.text(0) != call.request {
            return Ok(Some(Outcome::Conflict(Conflict::KeyReused)));
        }
        Ok(serde_json::from_str(&row.text(1)).ok())
    }

    /// Keeps the outcome of a call.
    pub(crate) fn record(&self, call: &Idempotency, outcome: &Outcome, now: Instant) -> Result<(), S::Error> {
        let outcome = serde_json::to_string(outcome).unwrap_or_default();
        self.sql.write(
            "INSERT INTO idempotency (key, request, outcome, created_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (key) DO UPDATE SET request = ?2, outcome = ?3, created_at = ?4",
            &[(&call.key).into(), (&call.request).into(), (&outcome).into(), now.millis().into()],
        )?;
        Ok(())
    }
}
