//! The receipt of a paid order, with what it has earned.

use askama::Template;

use crate::content::{Content, Shop, called};

/// What a receipt tells. Money is finished text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The order's name, as the shop shows it.
    pub reference: String,
    /// What the buyer is called, where anybody knows.
    pub name: Option<String>,
    /// What was bought.
    pub lines: Vec<ReceiptLine>,
    /// Before discounts.
    pub subtotal: String,
    /// What came off, by title.
    pub discounts: Vec<Sum>,
    /// The service and what it cost.
    pub shipping: Option<Sum>,
    /// What was paid.
    pub total: String,
    /// What was saved, where anything was.
    pub saving: Option<String>,
    /// The buyer's own page of the order.
    pub order_url: String,
    /// What the order has earned.
    pub offers: Vec<Offer>,
    /// The page of all their offers.
    pub offers_url: String,
}

/// A line of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The product's name.
    pub title: String,
    /// How many.
    pub quantity: u64,
    /// What all of it cost.
    pub total: String,
    /// What it would have cost, where that is more.
    pub before: Option<String>,
}

/// A name and an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The name.
    pub title: String,
    /// The amount.
    pub amount: String,
}

/// An upgrade offer in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The product's name.
    pub title: String,
    /// The merchant's words.
    pub message: Option<String>,
    /// What it costs others.
    pub price: String,
    /// What it costs the buyer.
    pub offer_price: String,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct Html<'a> {
    shop: &'a Shop,
    title: &'a str,
    name: Option<String>,
    receipt: &'a Receipt,
}

#[derive(Template)]
#[template(path = "receipt.txt")]
struct Text<'a> {
    shop: &'a Shop,
    name: Option<String>,
    receipt: &'a Receipt,
}

impl Receipt {
    /// The receipt in words.
    #[must_use]
    pub fn content(&self, shop: &Shop) -> Content {
        let subject = format!("Your order {} at {}", self.reference, shop.name);
        let name = self.name.as_deref().map(called).filter(|name| !name.is_empty());
        let html = Html { shop, title: &subject, name: name.clone(), receipt: self };
        Content::of(&subject, &Text { shop, name, receipt: self }, &html)
    }
}
