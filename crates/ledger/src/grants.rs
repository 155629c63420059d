//! Upgrade offers (pricing-rules §8): what a paid order has earned is redeemed once, and only while that order is paid.

use crate::{
    ledger::Ledger,
    message::{GrantState, Granted, Outcome},
    order::Status,
    sql::Sql,
};

impl<S: Sql> Ledger<S> {
    /// How offers stand, in the order asked for.
    pub(crate) fn grants(&self, grants: &[Granted]) -> Result<Outcome, S::Error> {
        // No order has the empty reference: whoever has redeemed it is another one.
        let states = grants.iter().map(|grant| self.grant(&grant.discount, &grant.order, ""));
        Ok(Outcome::Grants(states.collect::<Result<_, _>>()?))
    }

    /// How the offer stands that the order `earned_by` has earned, to the order called `reference`, whose own use of it
    /// does not count.
    pub(crate) fn grant(
        &self,
        discount: &str,
        earned_by: &str,
        reference: &str,
    ) -> Result<GrantState, S::Error> {
        let text = "SELECT 1 FROM uses WHERE discount = ?1 AND granted_by = ?2 AND reference <> ?3";
        if !self.sql.run(text, &[discount.into(), earned_by.into(), reference.into()])?.is_empty() {
            return Ok(GrantState::Redeemed);
        }
        let text = "SELECT 1 FROM orders WHERE reference = ?1 AND status = ?2";
        let paid = self.sql.run(text, &[earned_by.into(), Status::Committed.name().into()])?;
        Ok(if paid.is_empty() { GrantState::Withdrawn } else { GrantState::Open })
    }
}
