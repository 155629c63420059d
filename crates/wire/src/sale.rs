//! The part of a quote that an order is sold by: what is bought, what came off, what is to pay.

use serde::Serialize;

use crate::quote::{Applied, Code, Quote, QuoteLine, Shipping};

/// A quote without what only shoppers are told: verdicts, messages and nudges. Its fields, too, stand in the order of their
/// names.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are those of a quote")]
pub struct Sale {
    pub applied: Vec<Applied>,
    pub as_of: String,
    pub codes: Vec<Code>,
    pub currency: String,
    pub lines: Vec<QuoteLine>,
    pub product_discount: String,
    pub saving: String,
    pub shipping: Option<Shipping>,
    pub snapshot_version: String,
    pub subtotal: String,
    pub total: String,
}

impl From<Quote> for Sale {
    fn from(quote: Quote) -> Self {
        Self {
            applied: quote.applied,
            as_of: quote.as_of,
            codes: quote.codes,
            currency: quote.currency,
            lines: quote.lines,
            product_discount: quote.product_discount,
            saving: quote.saving,
            shipping: quote.shipping,
            snapshot_version: quote.snapshot_version,
            subtotal: quote.subtotal,
            total: quote.total,
        }
    }
}
