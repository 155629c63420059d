//! How often discounts were used, and which a merchant has stopped.

use crate::{
    ledger::Ledger,
    message::{Count, Outcome, Party},
    sql::Sql,
};

impl<S: Sql> Ledger<S> {
    /// Every discount that was ever used or stopped, by id.
    pub(crate) fn counts(&self) -> Result<Outcome, S::Error> {
        let rows =
            self.sql.run("SELECT discount, held, spent, stopped FROM counts ORDER BY discount", &[])?;
        let count = |mut row: crate::sql::Row| Count {
            discount: row.text(0),
            held: row.count(1),
            spent: row.count(2),
            stopped: row.count(3) > 0,
        };
        Ok(Outcome::Counts(rows.into_iter().map(count).collect()))
    }

    /// In how many orders of a customer each discount is used, by id: those of their id and those of their address.
    pub(crate) fn customer_counts(&self, customer: &Party) -> Result<Outcome, S::Error> {
        let rows = self.sql.run(
            "SELECT discount, count(DISTINCT reference) FROM (\
             SELECT discount, reference FROM uses WHERE customer_id = ?1 \
             UNION ALL SELECT discount, reference FROM uses WHERE email = ?2) GROUP BY discount ORDER BY discount",
            &[customer.id.as_ref().into(), customer.email.as_ref().into()],
        )?;
        Ok(Outcome::CustomerCounts(rows.into_iter().map(|mut row| (row.text(0), row.count(1))).collect()))
    }

    /// Stops a discount, or lets it be taken again. Orders that have it keep it.
    pub(crate) fn switch(&self, discount: &str, is_stopped: bool) -> Result<Outcome, S::Error> {
        self.sql.write(
            "INSERT INTO counts (discount, stopped) VALUES (?1, ?2) \
             ON CONFLICT (discount) DO UPDATE SET stopped = ?2",
            &[discount.into(), i64::from(is_stopped).into()],
        )?;
        Ok(Outcome::Done)
    }
}
