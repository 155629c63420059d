//! The part of a quote that an order is sold by: what is bought, what came off, what is to pay.

use serde::Serialize;

use crate::quote::{Applied, Code, Quote, QuoteLine, Shipping};

/// A quote without what only shoppers are told: verdicts, messages and nudges.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of a quote")]
pub struct Sale {
    pub snapshot_version: String,
    pub as_of: String,
    pub currency: String,
    pub lines: Vec<QuoteLine>,
    pub subtotal: String,
    pub product_discount: String,
    pub shipping: Option<Shipping>,
    pub total: String,
    pub saving: String,
    pub applied: Vec<Applied>,
    pub codes: Vec<Code>,
}

impl From<Quote> for Sale {
    fn from(quote: Quote) -> Self {
        Self {
            snapshot_version: quote.snapshot_version,
            as_of: quote.as_of,
            currency: quote.currency,
            lines: quote.lines,
            subtotal: quote.subtotal,
            product_discount: quote.product_discount,
            shipping: quote.shipping,
            total: quote.total,
            saving: quote.saving,
            applied: quote.applied,
            codes: quote.codes,
        }
    }
}
