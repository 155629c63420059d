//! Reservations whose time is over: at exactly their end they are.

use pricing::model::Instant;

use crate::{IDEMPOTENCY_MILLIS, ledger::Ledger, order::Status, outbox::EventKind, sql::Sql, uses::Counted};

impl<S: Sql> Ledger<S> {
    /// Gives back what is held by reservations whose time is over. A clock that goes back brings none of them back.
    pub(crate) fn expire(&self, now: Instant) -> Result<(), S::Error> {
        for kept in self.due(now)? {
            self.give_back(&kept.order, Counted::Held)?;
            self.close(kept, Status::Expired, EventKind::Released, now)?;
        }
        Ok(())
    }

    /// Does what time brings: gives back what is over, and forgets calls that nobody repeats and links that nobody clicks
    /// any more.
    ///
    /// # Errors
    /// The database fails.
    pub fn sweep(&self, now: Instant) -> Result<(), S::Error> {
        self.sql.transaction(|| {
            self.expire(now)?;
            let oldest = now.millis().saturating_sub(IDEMPOTENCY_MILLIS);
            self.sql.write("DELETE FROM idempotency WHERE created_at <= ?1", &[oldest.into()])?;
            self.forget_links(now)?;
            Ok(())
        })
    }

    /// When there is something to do next without being asked: something to send, or a reservation that ends.
    ///
    /// # Errors
    /// The database fails.
    pub fn next_due(&self) -> Result<Option<Instant>, S::Error> {
        let rows = self.sql.run(
            // The oldest event speaks for all.
            "SELECT min(at) FROM (SELECT due_at AS at FROM (SELECT due_at FROM events ORDER BY id LIMIT 1) \
             UNION ALL SELECT min(due_at) FROM deliveries WHERE dead_at IS NULL \
             UNION ALL SELECT min(expires_at) FROM orders WHERE status = 'reserved')",
            &[],
        )?;
        Ok(rows.first().and_then(|row| row.optional_integer(0)).map(Instant::from_millis))
    }
}
