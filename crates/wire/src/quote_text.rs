//! The quote as it is told: the same text as [`crate::Quote`]'s, with a tenth of the code and of the time.
//!
//! Fields stand in the order of their names, as there. They are written straight from what pricing found: of a thousand
//! discounts a value of each would first have to be put together.

use pricing::{
    engine::{
        ActionMessage, Applied, CodeOutcome, LineDiscount, Measure, MessagePlace, MessageState, Nudge, Quote,
        QuotedLine, QuotedShipping, Reason, Step, UnitDiscount, Verdict,
    },
    model::Id,
    money::{Amount, Currency},
};

use crate::{
    instant::format_instant,
    json::write_string,
    quote::{code_status, message_state, reason_name, verdict_name},
    sha256::hexadecimal,
};

/// The canonical text of a quote of contract v1, but for its digest, which is of this text.
#[must_use]
pub fn quote_text(quote: &Quote) -> String {
    written(quote).text
}

/// The same with its digest.
#[must_use]
pub fn quote_text_with_digest(quote: &Quote) -> String {
    let Written { mut text, place_of_digest } = written(quote);
    let digest = [r#","digest":"sha256-"#, &hexadecimal(&text), "\""].concat();
    text.insert_str(place_of_digest, &digest);
    text
}

/// The message of a discount beside a product.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The product.
    pub sku: &'a Id,
    /// The discount.
    pub discount: &'a Id,
    /// How far it is.
    pub state: MessageState,
    /// What is said.
    pub text: &'a str,
}

/// Of a quote of contract v1 only `{ messages, nudges }`, of these messages.
#[must_use]
pub fn advice_text(messages: &[Beside<'_>], nudges: &[Nudge], currency: Currency) -> String {
    // Room for words of usual length: text that grows is moved.
    let room = messages.len().saturating_add(nudges.len()).saturating_mul(128).saturating_add(64);
    let mut writer = Writer { text: String::with_capacity(room), currency };
    writer.text.push('{');
    writer.list("messages", messages, Writer::beside);
    writer.list("nudges", nudges, Writer::nudge);
    writer.text.push('}');
    writer.text
}

struct Written {
    text: String,
    /// Where in the text the digest belongs, by its name.
    place_of_digest: usize,
}

fn written(quote: &Quote) -> Written {
    let mut writer = Writer { text: String::from("{"), currency: quote.currency };
    writer.list("applied", &quote.applied, Writer::applied);
    writer.string("asOf", &format_instant(quote.as_of));
    writer.list("codes", &quote.codes, Writer::code);
    writer.string("currency", quote.currency.code());
    let place_of_digest = writer.text.len();
    writer.list("lines", &quote.lines, Writer::line);
    writer.list("messages", &quote.messages, Writer::message);
    writer.list("nudges", &quote.nudges, Writer::nudge);
    writer.money("productDiscount", quote.product_discount);
    writer.money("saving", quote.saving);
    match &quote.shipping {
        Some(shipping) => writer.shipping(shipping),
        None => writer.plain("shipping", "null"),
    }
    writer.plain("shippingPending", if quote.shipping_pending { "true" } else { "false" });
    writer.string("snapshotVersion", quote.snapshot_version.as_str());
    writer.money("subtotal", quote.subtotal);
    writer.money("total", quote.total);
    writer.list("verdicts", &quote.verdicts, Writer::verdict);
    writer.text.push('}');
    Written { text: writer.text, place_of_digest }
}

struct Writer {
    text: String,
    /// What amounts are in.
    currency: Currency,
}

impl Writer {
    /// A name that needs no escapes.
    fn key(&mut self, key: &str) {
        self.text.push_str(if self.text.as_bytes().last() == Some(&b'{') { "\"" } else { ",\"" });
        self.text.push_str(key);
        self.text.push_str("\":");
    }

    /// A field whose value is spelt as it is given.
    fn plain(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text.push_str(value);
    }

    fn string(&mut self, key: &str, value: &str) {
        self.key(key);
        write_string(value, &mut self.text);
    }

    fn id(&mut self, key: &str, id: &Id) {
        self.string(key, id.as_str());
    }

    fn string_or_null(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.string(key, value),
            None => self.plain(key, "null"),
        }
    }

    fn money(&mut self, key: &str, amount: Amount) {
        self.string(key, &amount.text(self.currency));
    }

    fn number(&mut self, key: &str, number: u64) {
        self.plain(key, &number.to_string());
    }

    fn measure(&mut self, key: &str, measure: Measure) {
        match measure {
            Measure::Items(count) => self.number(key, count),
            Measure::Money(amount) => self.money(key, amount),
        }
    }

    /// A list of objects.
    fn list<T>(&mut self, key: &str, all: &[T], fields: fn(&mut Self, &T)) {
        self.plain(key, "[");
        for (at, one) in all.iter().enumerate() {
            self.text.push_str(if at > 0 { ",{" } else { "{" });
            fields(self, one);
            self.text.push('}');
        }
        self.text.push(']');
    }

    fn applied(&mut self, applied: &Applied) {
        self.string_or_null("code", applied.code.as_ref().map(|code| code.as_str()));
        self.id("discount", &applied.discount);
        self.money("productAmount", applied.product_amount);
        self.money("shippingAmount", applied.shipping_amount);
        self.string("title", applied.title.as_str());
    }

    fn code(&mut self, outcome: &CodeOutcome) {
        self.string("code", outcome.code.as_str());
        self.string_or_null("discount", outcome.discount.as_ref().map(Id::as_str));
        self.string("status", code_status(outcome.status));
    }

    fn line(&mut self, line: &QuotedLine) {
        self.money("discount", line.discount);
        self.list("discounts", &line.discounts, Self::discount);
        self.id("id", &line.id);
        self.number("quantity", line.quantity.get().into());
        self.id("sku", &line.sku);
        self.money("subtotal", line.subtotal);
        self.money("total", line.total);
        self.list("unitDiscounts", &line.unit_discounts, Self::unit_discount);
        self.money("unitPrice", line.unit_price);
    }

    fn discount(&mut self, one: &LineDiscount) {
        self.money("amount", one.amount);
        self.id("discount", &one.discount);
    }

    fn unit_discount(&mut self, run: &UnitDiscount) {
        self.money("amount", run.amount);
        self.number("quantity", run.quantity.into());
    }

    fn message(&mut self, message: &ActionMessage) {
        self.id("discount", &message.discount);
        match &message.place {
            MessagePlace::Product(sku) => self.id("sku", sku),
            MessagePlace::Service(service) => self.id("service", service),
        }
        self.string("state", message_state(message.state));
        self.string("text", message.text.as_str());
    }

    fn beside(&mut self, message: &Beside<'_>) {
        self.id("discount", message.discount);
        self.id("sku", message.sku);
        self.string("state", message_state(message.state));
        self.string("text", message.text);
    }

    fn nudge(&mut self, nudge: &Nudge) {
        self.id("discount", &nudge.discount);
        self.money("saving", nudge.saving);
        self.plain("step", "{");
        match &nudge.step {
            Step::Quantity { more, sku } => {
                self.number("more", *more);
                self.id("sku", sku);
                self.string("type", "quantity");
            }
            Step::Amount { more } => {
                self.money("more", *more);
                self.string("type", "amount");
            }
        }
        self.text.push('}');
    }

    fn shipping(&mut self, shipping: &QuotedShipping) {
        self.plain("shipping", "{");
        self.money("discount", shipping.discount);
        self.list("discounts", &shipping.discounts, Self::discount);
        self.money("rate", shipping.rate);
        self.id("service", &shipping.service);
        self.money("total", shipping.total);
        self.text.push('}');
    }

    fn verdict(&mut self, verdict: &Verdict) {
        self.id("discount", &verdict.discount);
        self.list("reasons", &verdict.reasons, Self::reason);
        self.string("type", verdict_name(verdict.kind));
    }

    fn reason(&mut self, reason: &Reason) {
        match *reason {
            Reason::BelowMinimum { need, have } => {
                self.measure("have", have);
                self.measure("need", need);
            }
            Reason::AboveMaximum { allowed, have } => {
                self.measure("allowed", allowed);
                self.measure("have", have);
            }
            _ => {}
        }
        self.string("type", reason_name(reason));
    }
}
