//! Taking uses, and giving them back.

use crate::{
    ledger::Ledger,
    message::{GrantState, Limit, Party, Refusal, RefusalReason, Use},
    order::Order,
    sql::Sql,
};

/// In which of a discount's two counts a use is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counted {
    /// The order is reserved.
    Held,
    /// The order is paid.
    Spent,
}

/// Whether a stop counts: not for an order that was priced before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stops {
    Bind,
    CameLater,
}

impl<S: Sql> Ledger<S> {
    /// Every use that an order can't take, in order. Its own uses never count against it.
    pub(crate) fn refusals(
        &self,
        reference: &str,
        customer: &Party,
        uses: &[Use],
        stops: Stops,
    ) -> Result<Vec<Refusal>, S::Error> {
        let mut refusals = Vec::new();
        for wanted in uses {
            if let Some(reason) = self.refusal(reference, customer, wanted, stops)? {
                refusals.push(Refusal { discount: wanted.discount.clone(), reason });
            }
        }
        Ok(refusals)
    }

    fn refusal(
        &self,
        reference: &str,
        customer: &Party,
        wanted: &Use,
        stops: Stops,
    ) -> Result<Option<RefusalReason>, S::Error> {
        let rows = self.sql.run(
            "SELECT stopped, held + spent - \
             (SELECT count(*) FROM uses WHERE uses.discount = ?1 AND uses.reference = ?2) \
             FROM counts WHERE discount = ?1",
            &[(&wanted.discount).into(), reference.into()],
        )?;
        let (is_stopped, others) = rows.first().map_or((false, 0), |row| (row.count(0) > 0, row.count(1)));
        if is_stopped && stops == Stops::Bind {
            return Ok(Some(RefusalReason::Stopped));
        }
        Ok(match &wanted.limit {
            Limit::Unlimited => None,
            Limit::PerStore(orders) => (others >= *orders).then_some(RefusalReason::LimitReached),
            Limit::PerGrant(order) => match self.grant(&wanted.discount, order, reference)? {
                GrantState::Open => None,
                GrantState::Redeemed => Some(RefusalReason::Redeemed),
                GrantState::Withdrawn => Some(RefusalReason::Withdrawn),
            },
            Limit::PerCustomer(_) if !customer.is_known() => Some(RefusalReason::CustomerRequired),
            Limit::PerCustomer(orders) => {
                let used = self.orders_of(&wanted.discount, reference, customer)?;
                (used >= *orders).then_some(RefusalReason::LimitReached)
            }
        })
    }

    /// In how many other orders of a customer a discount is used: by their id or by their address, each order once.
    fn orders_of(&self, discount: &str, reference: &str, customer: &Party) -> Result<u64, S::Error> {
        let rows = self.sql.run(
            "SELECT count(*) FROM (SELECT reference FROM uses WHERE discount = ?1 AND customer_id = ?3 \
             UNION SELECT reference FROM uses WHERE discount = ?1 AND email = ?4) WHERE reference <> ?2",
            &[discount.into(), reference.into(), customer.id.as_ref().into(), customer.email.as_ref().into()],
        )?;
        Ok(rows.first().map_or(0, |row| row.count(0)))
    }

    /// Takes an order's uses. Whether it may was asked before, in the same transaction.
    pub(crate) fn take(&self, order: &Order, counted: Counted) -> Result<(), S::Error> {
        let count = match counted {
            Counted::Held => {
                "INSERT INTO counts (discount, held) VALUES (?1, 1) \
                 ON CONFLICT (discount) DO UPDATE SET held = held + 1"
            }
            Counted::Spent => {
                "INSERT INTO counts (discount, spent) VALUES (?1, 1) \
                 ON CONFLICT (discount) DO UPDATE SET spent = spent + 1"
            }
        };
        for Use { discount, limit } in &order.uses {
            let grant = if let Limit::PerGrant(order) = limit { Some(order) } else { None };
            self.sql.write(
                "INSERT INTO uses (discount, reference, customer_id, email, granted_by) VALUES (?1, ?2, ?3, ?4, ?5)",
                &[
                    discount.into(),
                    (&order.reference).into(),
                    order.customer.id.as_ref().into(),
                    order.customer.email.as_ref().into(),
                    grant.into(),
                ],
            )?;
            self.sql.write(count, &[discount.into()])?;
        }
        Ok(())
    }

    /// Gives an order's uses back.
    pub(crate) fn give_back(&self, order: &Order, counted: Counted) -> Result<(), S::Error> {
        let count = match counted {
            Counted::Held => "UPDATE counts SET held = held - 1 WHERE discount = ?1",
            Counted::Spent => "UPDATE counts SET spent = spent - 1 WHERE discount = ?1",
        };
        for Use { discount, .. } in &order.uses {
            self.sql.write(count, &[discount.into()])?;
        }
        self.sql.write(
            "DELETE FROM uses WHERE reference = ?1 AND discount IN (SELECT value ->> 'discount' FROM json_each(?2))",
            &[(&order.reference).into(), (&serde_json::to_string(&order.uses).unwrap_or_default()).into()],
        )?;
        Ok(())
    }

    /// Makes an order's held uses spent ones.
    pub(crate) fn spend(&self, order: &Order) -> Result<(), S::Error> {
        for Use { discount, .. } in &order.uses {
            let text = "UPDATE counts SET held = held - 1, spent = spent + 1 WHERE discount = ?1";
            self.sql.write(text, &[discount.into()])?;
        }
        Ok(())
    }
}
