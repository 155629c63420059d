//! An order as the ledger keeps it.

use pricing::model::Instant;
use serde::{Deserialize, Serialize};

use crate::{
    ledger::Ledger,
    message::{Party, Use},
    sql::{Row, Sql},
};

/// An order. Instants are milliseconds since 1970, money is minor units of its currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The shop's name for it.
    pub reference: String,
    /// How far it is.
    pub status: Status,
    /// 1 at first, one more with each change.
    pub revision: i64,
    /// Who is buying.
    pub customer: Party,
    /// ISO 4217.
    pub currency: String,
    /// What is to pay.
    pub total: u64,
    /// What was given back of it.
    pub refunded: u64,
    /// When it was reserved, the last time it was.
    pub reserved_at: i64,
    /// From when on the reservation is over.
    pub expires_at: i64,
    /// When it was paid.
    pub committed_at: Option<i64>,
    /// When it came to nothing.
    pub closed_at: Option<i64>,
    /// Its discounts, with the limits they had.
    pub uses: Vec<Use>,
    /// What the caller keeps with it.
    pub body: String,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Its discounts are held, until it expires.
    Reserved,
    /// It is paid.
    Committed,
    /// It was given up before it was paid.
    Released,
    /// Its time was over before it was paid.
    Expired,
    /// It was called off after it was paid.
    Cancelled,
    /// All that was paid was given back.
    Refunded,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Reserved, Self::Committed, Self::Released, Self::Expired, Self::Cancelled, Self::Refunded];

    /// Its name, in SQL and JSON alike.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Committed => "committed",
            Self::Released => "released",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    fn named(name: &str) -> Self {
        // The schema lets no other name in.
        Self::ALL.into_iter().find(|status| status.name() == name).unwrap_or(Self::Released)
    }

    /// Whether the order has its uses.
    pub(crate) const fn is_live(self) -> bool {
        matches!(self, Self::Reserved | Self::Committed)
    }
}

/// An order with what only the ledger compares.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) order: Order,
    pub(crate) fingerprint: String,
    pub(crate) quote: Option<String>,
}

/// The columns in the order that [`kept`] reads them in.
macro_rules! select_orders {
    ($condition:literal) => {
        concat!(
            "SELECT reference, status, revision, fingerprint, quote, customer_id, email, currency, total, refunded, ",
            "reserved_at, expires_at, committed_at, closed_at, uses, body FROM orders WHERE ",
            $condition
        )
    };
}

impl<S: Sql> Ledger<S> {
    pub(crate) fn kept(&self, reference: &str) -> Result<Option<Kept>, S::Error> {
        let rows = self.sql.run(select_orders!("reference = ?1"), &[reference.into()])?;
        Ok(rows.into_iter().next().map(kept))
    }

    /// The orders whose time is over.
    pub(crate) fn due(&self, now: Instant) -> Result<Vec<Kept>, S::Error> {
        let text = select_orders!("status = 'reserved' AND expires_at <= ?1 ORDER BY expires_at, reference");
        let rows = self.sql.run(text, &[now.millis().into()])?;
        Ok(rows.into_iter().map(kept).collect())
    }

    /// Whether another order was sold by this quote.
    pub(crate) fn is_quote_used(&self, quote: &str, reference: &str) -> Result<bool, S::Error> {
        let text = "SELECT 1 FROM orders WHERE quote = ?1 AND reference <> ?2";
        Ok(!self.sql.run(text, &[quote.into(), reference.into()])?.is_empty())
    }

    /// Writes an order in place of what was there.
    pub(crate) fn write(&self, kept: &Kept) -> Result<(), S::Error> {
        let Kept { order, fingerprint, quote } = kept;
        let uses = serde_json::to_string(&order.uses).unwrap_or_default();
        self.sql.write(
            "INSERT INTO orders (reference, status, revision, fingerprint, quote, customer_id, email, \
             currency, total, refunded, reserved_at, expires_at, committed_at, closed_at, uses, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) \
             ON CONFLICT (reference) DO UPDATE SET status = ?2, revision = ?3, fingerprint = ?4, quote = ?5, \
             customer_id = ?6, email = ?7, currency = ?8, total = ?9, refunded = ?10, reserved_at = ?11, \
             expires_at = ?12, committed_at = ?13, closed_at = ?14, uses = ?15, body = ?16",
            &[
                (&order.reference).into(),
                order.status.name().into(),
                order.revision.into(),
                fingerprint.into(),
                quote.as_ref().into(),
                order.customer.id.as_ref().into(),
                order.customer.email.as_ref().into(),
                (&order.currency).into(),
                minor(order.total).into(),
                minor(order.refunded).into(),
                order.reserved_at.into(),
                order.expires_at.into(),
                order.committed_at.into(),
                order.closed_at.into(),
                (&uses).into(),
                (&order.body).into(),
            ],
        )?;
        Ok(())
    }
}

/// Money as the database has it. The total of the largest cart fits many times over.
pub(crate) fn minor(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

fn kept(mut row: Row) -> Kept {
    let status = Status::named(&row.text(1));
    Kept {
        fingerprint: row.text(3),
        quote: row.optional_text(4),
        order: Order {
            reference: row.text(0),
            status,
            revision: row.integer(2),
            customer: Party { id: row.optional_text(5), email: row.optional_text(6) },
            currency: row.text(7),
            total: row.count(8),
            refunded: row.count(9),
            reserved_at: row.integer(10),
            expires_at: row.integer(11),
            committed_at: row.optional_integer(12),
            closed_at: row.optional_integer(13),
            uses: serde_json::from_str(&row.text(14)).unwrap_or_default(),
            body: row.text(15),
        },
    }
}
