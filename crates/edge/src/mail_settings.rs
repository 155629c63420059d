//! What a store says of its mails: whose they are, and where their links lead.

use mail::{Mailbox, Shop};
use pricing::model::Id;
use serde_json::{Value, json};
use wire::{
    Fault,
    read::{self, Node},
};
use worker::{D1Database, Url};

use crate::{
    offer_tokens::{Link, OfStore as _},
    store,
    store_id::StoreId,
};

/// The longest footer, in characters.
const MAXIMUM_FOOTER: usize = 500;

/// A store's mail settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailSettings {
    pub(crate) from: Mailbox,
    pub(crate) reply_to: Option<Mailbox>,
    /// Whether a paid order's buyer gets a receipt.
    pub(crate) receipts: bool,
    pub(crate) footer: Option<String>,
    /// The shop's page of an order, and that of a buyer's offers.
    pub(crate) order_page: Url,
    pub(crate) offers_page: Url,
}

impl MailSettings {
    /// Reads settings as staff send them.
    ///
    /// # Errors
    /// Every fault in them.
    pub(crate) fn read(document: &Value) -> Result<Self, Vec<Fault>> {
        read::read(document, |node| {
            node.object(|fields| {
                let from = fields.required("from", mailbox);
                let reply_to = fields.optional("replyTo", mailbox);
                let receipts = fields.or("receipts", true, |node| node.boolean());
                let footer = fields.optional("footer", |node| node.text::<MAXIMUM_FOOTER>());
                let pages = fields.required("pages", |node| {
                    node.object(|fields| {
                        let (order, offers) =
                            (fields.required("order", page), fields.required("offers", page));
                        Some((order?, offers?))
                    })
                });
                let (order_page, offers_page) = pages?;
                Some(Self {
                    from: from?,
                    reply_to: reply_to?,
                    receipts: receipts?,
                    footer: footer?.map(|footer| footer.to_string()),
                    order_page,
                    offers_page,
                })
            })
        })
    }

    /// As they are told and kept.
    pub(crate) fn json(&self) -> Value {
        json!({
            "from": shown(&self.from),
            "replyTo": self.reply_to.as_ref().map(shown),
            "receipts": self.receipts,
            "footer": self.footer,
            "pages": { "order": self.order_page.as_str(), "offers": self.offers_page.as_str() },
        })
    }

    /// The shop as its mails have it; by the store's name, where it has one.
    pub(crate) fn shop(&self, name: Option<&str>) -> Shop {
        let name = name.or(self.from.name()).unwrap_or(self.from.domain()).to_owned();
        let Self { from, reply_to, footer, .. } = self.clone();
        Shop { name, from, reply_to, footer }
    }

    /// The buyer's own address of an order's page. What opens it stands in the fragment, which no server is ever told.
    pub(crate) fn order_url(&self, link: &str) -> String {
        with_fragment(&self.order_page, "farthing-link", link)
    }

    /// The same of the page of all their offers.
    pub(crate) fn offers_url(&self, link: &str) -> String {
        with_fragment(&self.offers_page, "farthing-link", link)
    }

    /// The page of all offers, for a visitor who has confirmed their address.
    pub(crate) fn visit_url(&self, visit: &str) -> String {
        with_fragment(&self.offers_page, "farthing-visit", visit)
    }
}

/// The link to an order, signed.
pub(crate) fn link(keyring: &seal::Keyring, store: &StoreId, reference: &str) -> String {
    Link { order: reference.to_owned() }.seal(keyring, store)
}

/// A store's settings, where it has any.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId) -> worker::Result<Option<MailSettings>> {
    let Some(body) = store::mail::find(database, store).await? else { return Ok(None) };
    let document: Value = serde_json::from_str(&body)?;
    // They were read before they were kept.
    Ok(MailSettings::read(&document).ok())
}

fn with_fragment(page: &Url, name: &str, token: &str) -> String {
    let mut page = page.clone();
    page.set_fragment(Some(&format!("{name}={token}")));
    page.to_string()
}

fn mailbox(node: Node<'_, '_>) -> Option<Mailbox> {
    node.object(|fields| {
        let name = fields.optional("name", |node| node.text().map(|name: Id| name.to_string()));
        let email = fields.required("email", |node| node.text().map(|email: Id| email.to_string()));
        let (name, email) = (name?, email?);
        Mailbox::new(name.as_deref(), &email).map_err(|error| node.refuse::<()>("invalidEmail", error)).ok()
    })
}

fn shown(mailbox: &Mailbox) -> Value {
    json!({ "name": mailbox.name(), "email": mailbox.email() })
}

/// An address of a shop's page, where only its own machine is spoken to unsecured.
fn page(node: Node<'_, '_>) -> Option<Url> {
    let url = Url::parse(node.string()?).ok().filter(|url| match url.scheme() {
        "https" => true,
        "http" => matches!(url.host_str(), Some("127.0.0.1" | "localhost")),
        _ => false,
    });
    let url = url.filter(|url| url.fragment().is_none() && url.username().is_empty());
    url.or_else(|| {
        node.refuse("invalidUrl", "the address of a page begins with `https://` and has no fragment")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::MailSettings;

    fn whole() -> Value {
        json!({
            "from": { "name": "Shop", "email": "shop@example.com" }, "replyTo": null, "receipts": true, "footer": "London",
            "pages": { "order": "https://shop.example/order?a=b", "offers": "https://shop.example/offers" },
        })
    }

    #[test]
    fn settings_are_read_as_they_are_told() {
        let settings = MailSettings::read(&whole()).expect("settings");
        assert_eq!(settings.json(), whole());
        assert_eq!(settings.order_url("l1.a"), "https://shop.example/order?a=b#farthing-link=l1.a");
        assert_eq!(settings.visit_url("v1.a"), "https://shop.example/offers#farthing-visit=v1.a");
        assert_eq!(settings.shop(Some("A")).name, "A");
        assert_eq!(settings.shop(None).name, "Shop");
    }

    #[test]
    fn each_fault_has_its_place() {
        let fault = |pointer: &str, value: Value| {
            let mut document = whole();
            *document.pointer_mut(pointer).expect("a field") = value;
            let faults = MailSettings::read(&document).expect_err("a fault");
            faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect::<Vec<_>>()
        };
        let one = |pointer: &str, code: &'static str| vec![(pointer.to_owned(), code)];
        assert_eq!(fault("/from/email", json!("a@b\r\nBcc: c@d.e")), one("/from", "invalidEmail"));
        assert_eq!(fault("/pages/order", json!("http://shop.example/")), one("/pages/order", "invalidUrl"));
        assert_eq!(fault("/pages/offers", json!("javascript:alert(1)")), one("/pages/offers", "invalidUrl"));
        assert_eq!(
            fault("/pages/offers", json!("https://shop.example/#a")),
            one("/pages/offers", "invalidUrl")
        );
        assert_eq!(fault("/footer", json!("a".repeat(501))).len(), 1);
    }
}
