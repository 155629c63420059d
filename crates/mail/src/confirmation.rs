//! The link by which a buyer shows that an address is theirs.

use askama::Template;

use crate::content::{Content, Shop};

/// A confirmation link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Where it leads.
    pub url: String,
}

#[derive(Template)]
#[template(path = "confirmation.html")]
struct Html<'a> {
    shop: &'a Shop,
    title: &'a str,
    url: &'a str,
}

#[derive(Template)]
#[template(path = "confirmation.txt")]
struct Text<'a> {
    shop: &'a Shop,
    url: &'a str,
}

impl Confirmation {
    /// The link in words.
    #[must_use]
    pub fn content(&self, shop: &Shop) -> Content {
        let subject = format!("Your offers at {}", shop.name);
        let html = Html { shop, title: &subject, url: &self.url };
        Content::of(&subject, &Text { shop, url: &self.url }, &html)
    }
}
