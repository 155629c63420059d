//! What the shopper sees: every figure of the cart as text, ready to be put on the page.

use std::sync::Arc;

use pricing::{
    engine::{
        Assessment, CodeStatus, Engine, Measure, MessageState, Nudge, Quote, Standings, Step, Workspace,
    },
    model::{Counts, Discount, Id, Requirement},
    money::Amount,
};

use crate::{
    table::Table,
    text::{self, Word},
};

/// Writes an amount as money in the page's language.
pub type Format<'a> = &'a dyn Fn(Amount) -> String;

/// Everything shown of a cart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The lines, in order.
    pub lines: Vec<Arc<Line>>,
    /// How many items, all lines together.
    pub count: u64,
    /// The attached codes and what became of each.
    pub codes: Vec<Code>,
    /// The store's shipping services.
    pub services: Vec<Service>,
    /// Before discounts, without shipping.
    pub subtotal: String,
    /// What came off products, by title.
    pub off_products: Vec<Row>,
    /// The chosen service's title and rate.
    pub shipping: Option<Row>,
    /// What came off shipping, by title.
    pub off_shipping: Vec<Row>,
    /// What is left to pay.
    pub total: String,
    /// What is saved, where anything is.
    pub saving: Option<String>,
    /// What one step more would save, the greatest saving first.
    pub nudges: Vec<Row>,
    /// The first message beside each product that has one, by SKU, and each shipping service, by [`at_service`].
    pub messages: Table<Message>,
}

/// One line of the cart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Which product.
    pub sku: String,
    /// Its name.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// The price of one.
    pub unit_price: String,
    /// The price of all before discounts, where something came off.
    pub before: Option<String>,
    /// What is left to pay.
    pub total: String,
    /// What came off this line, by title.
    pub discounts: Vec<Row>,
    /// Why the shopper's own offer takes nothing off, where it does not: they were told its price.
    pub note: String,
}

/// A name and an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The id of what it is about.
    pub id: String,
    /// The name.
    pub title: String,
    /// The amount.
    pub amount: String,
}

/// An attached code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code in normal spelling.
    pub code: String,
    /// What its coupon does, or why it does not.
    pub note: String,
    /// Whether its coupon applied.
    pub is_applied: bool,
}

/// A way to ship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its rate before discounts.
    pub rate: String,
    /// Whether it is the one chosen.
    pub is_chosen: bool,
}

/// An action message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The merchant's words.
    pub text: String,
    /// How far its discount is.
    pub state: MessageState,
    /// What one step more would save by it; empty where nothing is that near.
    pub nudge: String,
}

impl Shown {
    /// Everything to show of a priced cart. `beside` are the SKUs whose messages the page shows outside the cart.
    #[must_use]
    pub fn new(assessment: &Assessment<'_>, beside: &[String], format: Format<'_>) -> Self {
        let (engine, quote) = (assessment.engine(), &assessment.sale());
        let standings = assessment.standings();
        let nudges = standings.nudges(&mut Workspace::default());
        let words = |nudge: &Nudge| words_of(nudge, engine, format);
        let off = |amount: fn(&pricing::engine::Applied) -> Amount| {
            let rows = quote.applied.iter().filter(move |applied| !amount(applied).is_zero());
            rows.map(|applied| row(&applied.discount, applied.title.as_str(), format(amount(applied))))
                .collect()
        };
        Self {
            lines: quote
                .lines
                .iter()
                .map(|line| Arc::new(line_of(line, assessment, quote, format)))
                .collect(),
            count: quote.lines.iter().map(|line| u64::from(line.quantity.get())).sum(),
            codes: quote.codes.iter().map(|code| code_of(code, assessment, quote, format)).collect(),
            services: services(quote, engine, format),
            subtotal: format(quote.subtotal),
            off_products: off(|applied| applied.product_amount),
            shipping: quote.shipping.as_ref().and_then(|shipping| {
                let service =
                    engine.shipping_services().iter().find(|service| service.id == shipping.service)?;
                Some(row(&service.id, service.title.as_str(), rate(shipping.rate, format)))
            }),
            off_shipping: off(|applied| applied.shipping_amount),
            total: format(quote.total),
            saving: (!quote.saving.is_zero()).then(|| format(quote.saving)),
            messages: messages(&standings, quote, engine, beside, &|discount| {
                nudges.iter().find(|nudge| nudge.discount == *discount).map(words).unwrap_or_default()
            }),
            nudges: greatest(&nudges)
                .into_iter()
                .map(|nudge| row(&nudge.discount, &words(nudge), String::new()))
                .collect(),
        }
    }

    /// The names of what is in the cart, by SKU.
    #[must_use]
    pub fn titles(&self) -> Table<String> {
        let mut titles = Table::new();
        for line in &self.lines {
            titles.insert(&line.sku, line.title.clone());
        }
        titles
    }

    /// The line of a SKU.
    #[must_use]
    pub fn line(&self, sku: &str) -> Option<&Arc<Line>> {
        self.lines.iter().find(|line| line.sku == sku)
    }
}

/// The title of what applied, by its id.
fn title_of<'a>(quote: &'a Quote, discount: &Id) -> &'a str {
    let applied = quote.applied.iter().find(|applied| applied.discount == *discount);
    applied.map_or("", |applied| applied.title.as_str())
}

fn row(id: &Id, title: &str, amount: String) -> Row {
    Row { id: id.as_str().to_owned(), title: title.to_owned(), amount }
}

/// The first message beside each product of the cart and of the page, and each shipping service. `nudge` is what one step
/// more towards a discount would save, in words.
fn messages(
    standings: &Standings<'_>,
    quote: &Quote,
    engine: &Engine,
    beside: &[String],
    nudge: &dyn Fn(&Id) -> String,
) -> Table<Message> {
    let mut messages = Table::new();
    let mut keep = |place: &str, first: Option<(&Discount, MessageState)>, has_room: bool| {
        if let Some((discount, state)) = first
            && let Some(text) = &discount.action_message
        {
            let nudge = if has_room { nudge(&discount.id) } else { String::new() };
            messages.insert(place, Message { text: text.as_str().to_owned(), state, nudge });
        }
    };
    let beside_product = |sku: &str| engine.handle(sku).and_then(|product| standings.first_beside(product));
    // A line of the cart has no room for a nudge: these stand under the lines.
    for line in &quote.lines {
        keep(line.sku.as_str(), beside_product(line.sku.as_str()), false);
    }
    for sku in beside {
        keep(sku, beside_product(sku), true);
    }
    for service in engine.shipping_services() {
        keep(&at_service(service.id.as_str()), standings.first_beside_service(service), true);
    }
    messages
}

/// The titles of what applied.
fn winners(quote: &Quote) -> Vec<&str> {
    quote.applied.iter().map(|applied| applied.title.as_str()).collect()
}

/// How many nudges the cart shows: more of them are noise.
const NUDGES: usize = 2;

/// Those that save most.
fn greatest(nudges: &[Nudge]) -> Vec<&Nudge> {
    let mut best: Vec<&Nudge> = Vec::new();
    for nudge in nudges {
        let at = best.iter().position(|known| known.saving < nudge.saving).unwrap_or(best.len());
        best.insert(at, nudge);
        best.truncate(NUDGES);
    }
    best
}

fn words_of(nudge: &Nudge, engine: &Engine, format: Format<'_>) -> String {
    match &nudge.step {
        Step::Quantity { more, sku } => {
            let title = engine.product(sku.as_str()).map_or("", |product| product.title.as_str());
            text::nudge_items(*more, title, &format(nudge.saving))
        }
        Step::Amount { more } => text::nudge_money(&format(*more), &format(nudge.saving)),
    }
}

/// Where the message of a shipping service is kept: an id may be spelt like a SKU.
#[must_use]
pub fn at_service(id: &str) -> String {
    ["\0", id].concat()
}

fn line_of(
    line: &pricing::engine::QuotedLine,
    assessment: &Assessment<'_>,
    quote: &Quote,
    format: Format<'_>,
) -> Line {
    let engine = assessment.engine();
    let is_idle = assessment.idle_offers().any(|sku| *sku == line.sku);
    let note =
        if is_idle { text::beaten(text::say(Word::YourOffer), &winners(quote)) } else { String::new() };
    Line {
        sku: line.sku.as_str().to_owned(),
        title: engine.product(line.sku.as_str()).map_or("", |product| product.title.as_str()).to_owned(),
        quantity: line.quantity.get(),
        unit_price: format(line.unit_price),
        before: (!line.discount.is_zero()).then(|| format(line.subtotal)),
        total: format(line.total),
        discounts: line
            .discounts
            .iter()
            .map(|one| row(&one.discount, title_of(quote, &one.discount), format(one.amount)))
            .collect(),
        note,
    }
}

/// What a way to ship costs: nothing is a word.
fn rate(rate: Amount, format: Format<'_>) -> String {
    if rate.is_zero() { text::say(Word::Free).to_owned() } else { format(rate) }
}

fn services(quote: &Quote, engine: &Engine, format: Format<'_>) -> Vec<Service> {
    let chosen = quote.shipping.as_ref().map(|shipping| &shipping.service);
    let services = engine.shipping_services().iter();
    services
        .map(|service| Service {
            id: service.id.as_str().to_owned(),
            title: service.title.as_str().to_owned(),
            rate: rate(service.rate, format),
            is_chosen: chosen == Some(&service.id),
        })
        .collect()
}

fn code_of(
    outcome: &pricing::engine::CodeOutcome,
    assessment: &Assessment<'_>,
    quote: &Quote,
    format: Format<'_>,
) -> Code {
    let code = outcome.code.as_str();
    let coupon = assessment.engine().coupon(code);
    let note = match outcome.status {
        CodeStatus::Applied => coupon.map_or_else(String::new, |coupon| coupon.title.as_str().to_owned()),
        CodeStatus::Beaten => text::beaten(code, &winners(quote)),
        CodeStatus::Ineligible => text::ineligible(
            code,
            assessment.reason_of(code),
            coupon.is_some_and(counts_only_discounted),
            |measure| match measure {
                Measure::Items(count) => text::items(count),
                Measure::Money(amount) => format(amount),
            },
        ),
        CodeStatus::Unknown => text::lapsed(code),
    };
    Code { code: code.to_owned(), note, is_applied: outcome.status == CodeStatus::Applied }
}

fn counts_only_discounted(coupon: &Discount) -> bool {
    match coupon.requirement {
        Requirement::None => false,
        Requirement::Quantity { counts, .. } | Requirement::Amount { counts, .. } => {
            counts == Counts::OnlyDiscounted
        }
    }
}

#[cfg(test)]
mod tests;
