//! What the ledger is asked and what it answers: also the messages between the Worker and the object that holds it.

use serde::{Deserialize, Serialize};

use crate::{
    order::Order,
    outbox::{Announcement, Page, Pending},
};

/// What the ledger is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Command {
    /// Take all discounts of an order, or none.
    Reserve(Box<Reserve>),
    /// Tell what became of a call to reserve that can't be made again: its quote may be over by now.
    Recall {
        /// The shop's name for the order.
        reference: String,
        /// The hash of what the shop asked.
        fingerprint: String,
        /// Of the call.
        idempotency: Option<Idempotency>,
    },
    /// Tell an order.
    Get {
        /// The shop's name for it.
        reference: String,
    },
    /// The order is paid.
    Commit {
        /// The shop's name for it.
        reference: String,
        /// What was paid, in minor units, where the shop says it.
        total: Option<u64>,
        /// Of the call.
        idempotency: Option<Idempotency>,
    },
    /// The order comes to nothing.
    Release(Release),
    /// Money was given back.
    Refund(Refund),
    /// The shopper takes longer.
    Extend {
        /// The shop's name for it.
        reference: String,
        /// Of the call.
        idempotency: Option<Idempotency>,
    },
    /// Tell how often every discount was used, and which are stopped.
    Counts,
    /// Tell in how many orders of a customer each discount was used.
    CustomerCounts {
        /// Who.
        customer: Party,
    },
    /// Take a discount in no order from now on, or do so again.
    Switch {
        /// Which.
        discount: String,
        /// Whether it is stopped.
        stopped: bool,
    },
    /// Tell how upgrade offers of paid orders stand.
    Grants {
        /// Which.
        grants: Vec<Granted>,
    },
    /// Keep an order that was paid elsewhere.
    Record(Box<Past>),
    /// Have a confirmation link sent to an address, if it turns out to be a buyer's.
    AskLink {
        /// The link's id, in no other link.
        id: String,
        /// The address, normalised by the caller.
        email: String,
        /// Of the call.
        idempotency: Option<Idempotency>,
    },
    /// Have another link sent to where a link was sent.
    AskAgain {
        /// The old link's id.
        id: String,
        /// The new one's.
        anew: String,
    },
    /// Somebody clicks a confirmation link.
    Confirm {
        /// The link's id.
        id: String,
        /// Of the page that was clicked: a double click is one.
        idempotency: Option<Idempotency>,
    },
    /// Tell how a confirmation link stands, without clicking it.
    Look {
        /// The link's id.
        id: String,
    },
    /// Have something sent to webhooks that is about no order.
    Announce(Announcement),
    /// Tell what waits to be sent to webhooks.
    Outbox(Page),
    /// Try a dead delivery again.
    Retry {
        /// Which.
        id: i64,
    },
}

/// An order to be reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reserve {
    /// The shop's name for it.
    pub reference: String,
    /// The hash of what the shop asked: under one reference, the same again is a repeated call.
    pub fingerprint: String,
    /// The hash of the signed quote it is sold by.
    pub quote: Option<String>,
    /// Whether it takes the place of what is reserved under its reference.
    pub replace: bool,
    /// Who is buying.
    pub customer: Party,
    /// Its discounts, each once.
    pub uses: Vec<Use>,
    /// ISO 4217.
    pub currency: String,
    /// What is to pay, in minor units.
    pub total: u64,
    /// JSON that the ledger keeps and gives back as it is.
    pub body: String,
    /// Of the call.
    pub idempotency: Option<Idempotency>,
}

/// An order that comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// The shop's name for it.
    pub reference: String,
    /// Why.
    pub reason: Reason,
    /// Of the call.
    pub idempotency: Option<Idempotency>,
}

/// Why an order comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The payment failed.
    Failed,
    /// The shopper left.
    Abandoned,
    /// It is called off, paid or not.
    Cancelled,
}

/// Money given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// The order's name.
    pub reference: String,
    /// The shop's name for the refund: the same again is the same refund.
    pub id: String,
    /// In minor units; all that is left where nothing is said.
    pub amount: Option<u64>,
    /// Of the call.
    pub idempotency: Option<Idempotency>,
}

/// The key of a call, and the hash of what it asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idempotency {
    /// The caller's key.
    pub key: String,
    /// The hash of the whole request.
    pub request: String,
}

/// By what a customer's uses are counted: by either.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The shop's id.
    pub id: Option<String>,
    /// The e-mail address, normalised by the caller.
    pub email: Option<String>,
}

/// A discount that an order uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// Its id.
    pub discount: String,
    /// How often it may be used.
    pub limit: Limit,
}

/// An order that was paid elsewhere: nothing of it was priced or counted here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Past {
    /// The shop's name for it.
    pub reference: String,
    /// The hash of what the shop told: under one reference, the same again is a repeated call.
    pub fingerprint: String,
    /// Who bought.
    pub customer: Party,
    /// ISO 4217.
    pub currency: String,
    /// What was paid, in minor units.
    pub total: u64,
    /// When, in milliseconds since 1970.
    pub paid_at: i64,
    /// JSON that the ledger keeps and gives back as it is.
    pub body: String,
    /// Of the call.
    pub idempotency: Option<Idempotency>,
}

/// An upgrade offer that a paid order has earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Granted {
    /// The id under which uses of the offer are counted.
    pub discount: String,
    /// The reference of the order that earned it.
    pub order: String,
}

/// How an earned offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GrantState {
    /// It can be redeemed.
    Open,
    /// An order has redeemed it.
    Redeemed,
    /// The order that earned it is not paid, or not any longer.
    Withdrawn,
}

/// How often a discount may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Limit {
    /// As often as one likes.
    Unlimited,
    /// In so many orders of the store.
    PerStore(u64),
    /// In so many orders of one customer.
    PerCustomer(u64),
    /// In one order for each order that earned it: the reference of that one.
    PerGrant(String),
}

/// What the ledger answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The order as it stands.
    Order(Box<Order>),
    /// Some discounts can't be taken, so none was: every one that can't, in the order asked for.
    Refused(Vec<Refusal>),
    /// What is asked does not go with what is there. Nothing was changed.
    Conflict(Conflict),
    /// How often each discount was used, by id.
    Counts(Vec<Count>),
    /// In how many orders of a customer each discount was used, by id.
    CustomerCounts(Vec<(String, u64)>),
    /// How each offer stands, in the order asked for.
    Grants(Vec<GrantState>),
    /// The address that a confirmation link was sent to.
    Confirmed(String),
    /// What waits to be sent, dead ones first.
    Outbox(Vec<Pending>),
    /// It is done.
    Done,
}

/// A discount that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which.
    pub discount: String,
    /// Why.
    pub reason: RefusalReason,
}

/// Why a discount can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RefusalReason {
    /// It was used as often as it may be.
    LimitReached,
    /// The merchant stopped it.
    Stopped,
    /// It is counted by customer, and the order names none.
    CustomerRequired,
    /// It is an offer that another order has redeemed.
    Redeemed,
    /// It is an offer that was earned by an order that is not paid, or not any longer.
    Withdrawn,
}

/// How often a discount was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Which.
    pub discount: String,
    /// By orders that are reserved.
    pub held: u64,
    /// By orders that are paid.
    pub spent: u64,
    /// Whether it is stopped.
    pub stopped: bool,
}

/// Why what is asked does not go with what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Conflict {
    /// There is no such order, or no such delivery.
    Unknown,
    /// The reference is another order's.
    OrderExists,
    /// The order is paid.
    OrderCommitted,
    /// The order is not paid.
    OrderNotCommitted,
    /// The order came to nothing.
    OrderClosed,
    /// The reservation is over, and its uses are taken by others.
    ReservationExpired,
    /// Another order was sold by this quote.
    QuoteUsed,
    /// The order's total is another one.
    TotalMismatch,
    /// More than is left of what was paid.
    RefundTooLarge,
    /// The refund's id is that of another amount.
    RefundExists,
    /// The Idempotency-Key came with another request.
    KeyReused,
    /// The confirmation link was clicked before.
    LinkSpent,
    /// The confirmation link is too old.
    LinkExpired,
}

impl Command {
    /// Whether anything can be otherwise after it: the others only ask.
    #[must_use]
    pub const fn may_change(&self) -> bool {
        !matches!(
            self,
            Self::Recall { .. }
                | Self::Get { .. }
                | Self::Counts
                | Self::CustomerCounts { .. }
                | Self::Grants { .. }
                | Self::Look { .. }
                | Self::Outbox(_)
        )
    }

    /// The key of the call, where it has one.
    pub(crate) const fn idempotency(&self) -> Option<&Idempotency> {
        match self {
            Self::Reserve(reserve) => reserve.idempotency.as_ref(),
            Self::Commit { idempotency, .. }
            | Self::AskLink { idempotency, .. }
            | Self::Confirm { idempotency, .. }
            | Self::Extend { idempotency, .. }
            | Self::Recall { idempotency, .. } => idempotency.as_ref(),
            Self::Release(release) => release.idempotency.as_ref(),
            Self::Refund(refund) => refund.idempotency.as_ref(),
            Self::Record(past) => past.idempotency.as_ref(),
            _ => None,
        }
    }
}

impl Outcome {
    /// Whether the call ends with it. A refusal does not: the caller prices again and comes back with the same key.
    pub(crate) const fn is_final(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

impl Party {
    /// Whether uses can be counted for them.
    pub(crate) const fn is_known(&self) -> bool {
        self.id.is_some() || self.email.is_some()
    }
}
