//! The quote as a browser writes it: the same text as [`crate::Quote`]'s, digest included, with a tenth of the code.
//!
//! Fields stand in the order of their names, as there.

use pricing::{
    engine::{
        ActionMessage, Applied, CodeOutcome, LineDiscount, Measure, MessagePlace, Nudge, Quote, QuotedLine,
        QuotedShipping, Reason, Step, Verdict,
    },
    model::Id,
    money::{Amount, Currency},
};

use crate::{
    Json,
    instant::format_instant,
    quote::{code_status, message_state, reason_name, verdict_name},
    sha256::hexadecimal,
};

/// A quote of contract v1, with its digest.
#[must_use]
pub fn quote_json(quote: &Quote) -> Json {
    let mut json = Writer(quote.currency).quote(quote);
    let digest = ["sha256-", &hexadecimal(&json.text())].concat();
    if let Json::Object(fields) = &mut json {
        let at = fields.iter().position(|(key, _)| key == "lines").unwrap_or(0);
        fields.insert(at, ("digest".to_owned(), digest.into()));
    }
    json
}

/// Writes amounts in its currency.
#[derive(Clone, Copy)]
struct Writer(Currency);

impl Writer {
    fn quote(self, quote: &Quote) -> Json {
        Json::object(&mut [
            ("applied", Json::list(&quote.applied, |applied| self.applied(applied))),
            ("asOf", format_instant(quote.as_of).into()),
            ("codes", Json::list(&quote.codes, code)),
            ("currency", quote.currency.code().into()),
            ("lines", Json::list(&quote.lines, |line| self.line(line))),
            ("messages", Json::list(&quote.messages, message)),
            ("nudges", Json::list(&quote.nudges, |nudge| self.nudge(nudge))),
            ("productDiscount", self.money(quote.product_discount)),
            ("saving", self.money(quote.saving)),
            ("shipping", quote.shipping.as_ref().map(|shipping| self.shipping(shipping)).into()),
            ("shippingPending", Json::Bool(quote.shipping_pending)),
            ("snapshotVersion", quote.snapshot_version.as_str().into()),
            ("subtotal", self.money(quote.subtotal)),
            ("total", self.money(quote.total)),
            ("verdicts", Json::list(&quote.verdicts, |verdict| self.verdict(verdict))),
        ])
    }

    fn money(self, amount: Amount) -> Json {
        amount.text(self.0).into()
    }

    fn applied(self, applied: &Applied) -> Json {
        Json::object(&mut [
            ("code", applied.code.as_ref().map(|code| code.as_str()).into()),
            ("discount", id(&applied.discount)),
            ("productAmount", self.money(applied.product_amount)),
            ("shippingAmount", self.money(applied.shipping_amount)),
            ("title", applied.title.as_str().into()),
        ])
    }

    fn line(self, line: &QuotedLine) -> Json {
        let units = Json::list(&line.unit_discounts, |run| {
            Json::object(&mut [
                ("amount", self.money(run.amount)),
                ("quantity", u64::from(run.quantity).into()),
            ])
        });
        Json::object(&mut [
            ("discount", self.money(line.discount)),
            ("discounts", self.discounts(&line.discounts)),
            ("id", id(&line.id)),
            ("quantity", u64::from(line.quantity.get()).into()),
            ("sku", id(&line.sku)),
            ("subtotal", self.money(line.subtotal)),
            ("total", self.money(line.total)),
            ("unitDiscounts", units),
            ("unitPrice", self.money(line.unit_price)),
        ])
    }

    fn discounts(self, discounts: &[LineDiscount]) -> Json {
        Json::list(discounts, |one| {
            Json::object(&mut [("amount", self.money(one.amount)), ("discount", id(&one.discount))])
        })
    }

    fn shipping(self, shipping: &QuotedShipping) -> Json {
        Json::object(&mut [
            ("discount", self.money(shipping.discount)),
            ("discounts", self.discounts(&shipping.discounts)),
            ("rate", self.money(shipping.rate)),
            ("service", id(&shipping.service)),
            ("total", self.money(shipping.total)),
        ])
    }

    fn verdict(self, verdict: &Verdict) -> Json {
        Json::object(&mut [
            ("discount", id(&verdict.discount)),
            ("reasons", Json::list(&verdict.reasons, |reason| self.reason(reason))),
            ("type", verdict_name(verdict.kind).into()),
        ])
    }

    fn reason(self, reason: &Reason) -> Json {
        let mut json = Json::Object(Vec::new());
        match *reason {
            Reason::BelowMinimum { need, have } => {
                json.put("have", self.measure(have));
                json.put("need", self.measure(need));
            }
            Reason::AboveMaximum { allowed, have } => {
                json.put("allowed", self.measure(allowed));
                json.put("have", self.measure(have));
            }
            _ => {}
        }
        json.put("type", reason_name(reason).into());
        json
    }

    fn measure(self, measure: Measure) -> Json {
        match measure {
            Measure::Items(count) => count.into(),
            Measure::Money(amount) => self.money(amount),
        }
    }

    fn nudge(self, nudge: &Nudge) -> Json {
        let step = match &nudge.step {
            Step::Quantity { more, sku } => {
                Json::object(&mut [("more", (*more).into()), ("sku", id(sku)), ("type", "quantity".into())])
            }
            Step::Amount { more } => {
                Json::object(&mut [("more", self.money(*more)), ("type", "amount".into())])
            }
        };
        Json::object(&mut [
            ("discount", id(&nudge.discount)),
            ("saving", self.money(nudge.saving)),
            ("step", step),
        ])
    }
}

fn code(outcome: &CodeOutcome) -> Json {
    Json::object(&mut [
        ("code", outcome.code.as_str().into()),
        ("discount", outcome.discount.as_ref().map(Id::as_str).into()),
        ("status", code_status(outcome.status).into()),
    ])
}

fn message(message: &ActionMessage) -> Json {
    let (place, at) = match &message.place {
        MessagePlace::Product(sku) => ("sku", sku),
        MessagePlace::Service(service) => ("service", service),
    };
    Json::object(&mut [
        ("discount", id(&message.discount)),
        (place, id(at)),
        ("state", message_state(message.state).into()),
        ("text", message.text.as_str().into()),
    ])
}

fn id(id: &Id) -> Json {
    id.as_str().into()
}
