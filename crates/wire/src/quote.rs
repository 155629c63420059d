//! The quote as it goes out.
//!
//! The fields of every type stand in the order of their names, so that what is written is canonical as it is written: the
//! digest is that of the text that goes out, and a quote is written once.

use pricing::{
    engine::{self, CodeStatus, Measure, MessagePlace, MessageState, VerdictKind},
    money::{Amount, Currency},
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};
use serde_json::{Number, Value};

use crate::{canonical::digest_of_text, instant::format_instant};

/// A quote of contract v1. Money is decimal strings in the currency's scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of contract v1, described at `pricing::engine::Quote`")]
pub struct Quote {
    pub applied: Vec<Applied>,
    pub as_of: String,
    pub codes: Vec<Code>,
    pub currency: String,
    /// The hash of the canonical JSON of everything else: equal at both ends, or the difference has a name.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub digest: String,
    pub lines: Vec<QuoteLine>,
    pub messages: Vec<Message>,
    pub nudges: Vec<Nudge>,
    pub product_discount: String,
    pub saving: String,
    pub shipping: Option<Shipping>,
    pub shipping_pending: bool,
    pub snapshot_version: String,
    pub subtotal: String,
    pub total: String,
    pub verdicts: Vec<Verdict>,
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "see `pricing::engine::QuotedLine`")]
pub struct QuoteLine {
    pub discount: String,
    pub discounts: Vec<LineDiscount>,
    pub id: String,
    pub quantity: u32,
    pub sku: String,
    pub subtotal: String,
    pub total: String,
    pub unit_discounts: Vec<UnitDiscount>,
    pub unit_price: String,
}

/// What came off each of some units of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see `pricing::engine::UnitDiscount`")]
pub struct UnitDiscount {
    pub amount: String,
    pub quantity: u32,
}

/// What one discount took off a line or off shipping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see `pricing::engine::LineDiscount`")]
pub struct LineDiscount {
    pub amount: String,
    pub discount: String,
}

/// Shipping in a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see `pricing::engine::QuotedShipping`")]
pub struct Shipping {
    pub discount: String,
    pub discounts: Vec<LineDiscount>,
    pub rate: String,
    pub service: String,
    pub total: String,
}

/// A discount that applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "see `pricing::engine::Applied`")]
pub struct Applied {
    pub code: Option<String>,
    pub discount: String,
    pub product_amount: String,
    pub shipping_amount: String,
    pub title: String,
}

/// What became of a typed code: `applied`, `beaten`, `ineligible` or `unknown`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see `pricing::engine::CodeOutcome`")]
pub struct Code {
    pub code: String,
    pub discount: Option<String>,
    pub status: String,
}

/// What became of a discount: `applied`, `beaten` or `ineligible`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "see `pricing::engine::Verdict`")]
pub struct Verdict {
    pub discount: String,
    pub reasons: Vec<Reason>,
    #[serde(rename = "type")]
    pub kind: String,
}

/// Why a discount did not apply. Items are integers, money is strings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The maximum exceeded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub allowed: Option<Value>,
    /// What the cart holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub have: Option<Value>,
    /// The minimum not reached.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub need: Option<Value>,
    /// The stable code of the reason.
    #[serde(rename = "type")]
    pub kind: String,
}

/// An action message beside a product (`sku`) or a shipping service (`service`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Whose message it is.
    pub discount: String,
    /// The shipping service it stands beside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service: Option<String>,
    /// The product it stands beside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sku: Option<String>,
    /// `applied`, `beaten`, `available` or `requirementUnmet`.
    pub state: String,
    /// The merchant's words.
    pub text: String,
}

/// A discount one step away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nudge {
    /// The discount that would apply.
    pub discount: String,
    /// How much more the shopper saves after the step than now.
    pub saving: String,
    /// The smallest step to it.
    pub step: NudgeStep,
}

/// A step towards a discount. A derived tag would stand before the fields, out of order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum NudgeStep {
    /// So many more of a product in the cart.
    Quantity {
        /// How many.
        more: u64,
        /// Which product.
        sku: String,
    },
    /// So much more money.
    Amount {
        /// How much.
        more: String,
    },
}

impl Serialize for NudgeStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("NudgeStep", 3)?;
        match self {
            Self::Quantity { more, sku } => {
                fields.serialize_field("more", more)?;
                fields.serialize_field("sku", sku)?;
                fields.serialize_field("type", "quantity")?;
            }
            Self::Amount { more } => {
                fields.serialize_field("more", more)?;
                fields.serialize_field("type", "amount")?;
            }
        }
        fields.end()
    }
}

/// An amount as contract v1 writes it: exactly the currency's decimals.
#[must_use]
pub fn money(amount: Amount, currency: Currency) -> String {
    amount.text(currency)
}

impl From<&engine::Quote> for Quote {
    fn from(quote: &engine::Quote) -> Self {
        let mut out = Self::without_digest(quote);
        out.digest = serde_json::to_string(&out).map(|text| digest_of_text(&text)).unwrap_or_default();
        out
    }
}

impl Quote {
    /// A quote whose digest is still to be taken: it is that of its text.
    #[must_use]
    pub fn without_digest(quote: &engine::Quote) -> Self {
        let currency = quote.currency;
        let money = |amount| money(amount, currency);
        let discounts = |all: &[engine::LineDiscount]| {
            all.iter()
                .map(|one| LineDiscount { discount: one.discount.to_string(), amount: money(one.amount) })
                .collect()
        };
        Self {
            snapshot_version: quote.snapshot_version.clone(),
            as_of: format_instant(quote.as_of),
            currency: currency.code().to_owned(),
            lines: quote
                .lines
                .iter()
                .map(|line| QuoteLine {
                    id: line.id.to_string(),
                    sku: line.sku.to_string(),
                    quantity: line.quantity.get(),
                    unit_price: money(line.unit_price),
                    subtotal: money(line.subtotal),
                    discount: money(line.discount),
                    total: money(line.total),
                    discounts: discounts(&line.discounts),
                    unit_discounts: line
                        .unit_discounts
                        .iter()
                        .map(|run| UnitDiscount { quantity: run.quantity, amount: money(run.amount) })
                        .collect(),
                })
                .collect(),
            subtotal: money(quote.subtotal),
            product_discount: money(quote.product_discount),
            shipping: quote.shipping.as_ref().map(|shipping| Shipping {
                service: shipping.service.to_string(),
                rate: money(shipping.rate),
                discount: money(shipping.discount),
                total: money(shipping.total),
                discounts: discounts(&shipping.discounts),
            }),
            total: money(quote.total),
            saving: money(quote.saving),
            shipping_pending: quote.shipping_pending,
            applied: quote
                .applied
                .iter()
                .map(|applied| Applied {
                    discount: applied.discount.to_string(),
                    title: applied.title.to_string(),
                    code: applied.code.as_ref().map(|code| code.as_str().to_owned()),
                    product_amount: money(applied.product_amount),
                    shipping_amount: money(applied.shipping_amount),
                })
                .collect(),
            codes: quote.codes.iter().map(Code::from).collect(),
            verdicts: quote
                .verdicts
                .iter()
                .map(|verdict| Verdict {
                    discount: verdict.discount.to_string(),
                    kind: verdict_name(verdict.kind).to_owned(),
                    reasons: verdict.reasons.iter().map(|reason| Reason::new(reason, currency)).collect(),
                })
                .collect(),
            messages: quote.messages.iter().map(Message::from).collect(),
            nudges: quote.nudges.iter().map(|nudge| Nudge::new(nudge, currency)).collect(),
            digest: String::new(),
        }
    }
}

impl From<&engine::CodeOutcome> for Code {
    fn from(outcome: &engine::CodeOutcome) -> Self {
        Self {
            code: outcome.code.clone(),
            status: code_status(outcome.status).to_owned(),
            discount: outcome.discount.as_ref().map(ToString::to_string),
        }
    }
}

pub(crate) const fn code_status(status: CodeStatus) -> &'static str {
    match status {
        CodeStatus::Applied => "applied",
        CodeStatus::Beaten => "beaten",
        CodeStatus::Ineligible => "ineligible",
        CodeStatus::Unknown => "unknown",
    }
}

/// How far a discount is, as contract v1 names it.
#[must_use]
pub const fn message_state(state: MessageState) -> &'static str {
    match state {
        MessageState::Applied => "applied",
        MessageState::Beaten => "beaten",
        MessageState::Available => "available",
        MessageState::RequirementUnmet => "requirementUnmet",
    }
}

impl From<&engine::ActionMessage> for Message {
    fn from(message: &engine::ActionMessage) -> Self {
        let (sku, service) = match &message.place {
            MessagePlace::Product(sku) => (Some(sku.to_string()), None),
            MessagePlace::Service(service) => (None, Some(service.to_string())),
        };
        Self {
            sku,
            service,
            discount: message.discount.to_string(),
            text: message.text.to_string(),
            state: message_state(message.state).to_owned(),
        }
    }
}

impl Nudge {
    /// A nudge, with its amounts in `currency`.
    #[must_use]
    pub fn new(nudge: &engine::Nudge, currency: Currency) -> Self {
        let step = match &nudge.step {
            engine::Step::Quantity { more, sku } => NudgeStep::Quantity { more: *more, sku: sku.to_string() },
            engine::Step::Amount { more } => NudgeStep::Amount { more: money(*more, currency) },
        };
        Self { discount: nudge.discount.to_string(), step, saving: money(nudge.saving, currency) }
    }
}

impl Reason {
    /// A reason, with its amounts in `currency`.
    #[must_use]
    pub fn new(reason: &engine::Reason, currency: Currency) -> Self {
        let measure = |measure: engine::Measure| match measure {
            Measure::Items(count) => Value::Number(Number::from(count)),
            Measure::Money(amount) => Value::String(money(amount, currency)),
        };
        let (need, allowed, have) = match *reason {
            engine::Reason::BelowMinimum { need, have } => (Some(need), None, Some(have)),
            engine::Reason::AboveMaximum { allowed, have } => (None, Some(allowed), Some(have)),
            _ => (None, None, None),
        };
        Self {
            kind: reason_name(reason).to_owned(),
            need: need.map(measure),
            allowed: allowed.map(measure),
            have: have.map(measure),
        }
    }
}

pub(crate) const fn verdict_name(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Applied => "applied",
        VerdictKind::Beaten => "beaten",
        VerdictKind::Ineligible => "ineligible",
    }
}

pub(crate) const fn reason_name(reason: &engine::Reason) -> &'static str {
    match reason {
        engine::Reason::Disabled => "disabled",
        engine::Reason::NotStarted => "notStarted",
        engine::Reason::Ended => "ended",
        engine::Reason::WrongAudience => "wrongAudience",
        engine::Reason::NothingInScope => "nothingInScope",
        engine::Reason::NoShippingService => "noShippingService",
        engine::Reason::ServiceNotCovered => "serviceNotCovered",
        engine::Reason::BelowMinimum { .. } => "belowMinimum",
        engine::Reason::AboveMaximum { .. } => "aboveMaximum",
        engine::Reason::MissingProduct => "missingProduct",
        engine::Reason::LimitReached => "limitReached",
        engine::Reason::SavesNothing => "savesNothing",
        engine::Reason::BetterDealApplied => "betterDealApplied",
    }
}
