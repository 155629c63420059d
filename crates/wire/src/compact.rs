//! The rules of a store as a browser's engine takes them: written at the edge, read in a page.
//!
//! It is a text in which every number ends with `;` and every string is its length in bytes and itself: `3;A&B`. Nothing
//! has a name and nothing is checked twice, since the edge has read it all before. That is a seventh of the code that
//! reading JSON takes, and a tenth of the time. It begins with its [`FORM`]: a page that was loaded before the edge learnt
//! another one asks in vain, and has its prices from the edge instead.

mod model;
mod reader;
mod writer;

use pricing::model::{
    Customer, Discount, Id, Product, PromotionSet, ShippingService, Snapshot, Store, Upgrade,
};

pub use reader::Reader;
pub use writer::Writer;

/// Which form of the text this is. Another one as soon as anything in it changes.
pub const FORM: u64 = 1;

/// What has a compact text.
pub trait Compact: Sized {
    /// Writes it down.
    fn write(&self, to: &mut Writer);

    /// Reads it. Of a text that is none something comes back too, and the reader knows better.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// The rules that a visitor may see.
#[derive(Debug)]
pub struct Published<'a> {
    /// The snapshot's name.
    pub version: &'a str,
    /// The store's settings.
    pub store: &'a Store,
    /// Its ways to ship.
    pub services: &'a [ShippingService],
    /// The promotions that the visitor may see.
    pub discounts: Vec<&'a Discount>,
    /// The sets, with those of their members that are visible.
    pub sets: &'a [PromotionSet],
    /// The clubs that the visitor is in.
    pub clubs: &'a [Id],
    /// The tags that the visitor has.
    pub tags: &'a [Id],
}

impl<'a> Published<'a> {
    /// All the rules of a snapshot, for a guest.
    #[must_use]
    pub fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            version: &snapshot.version,
            store: &snapshot.store,
            services: &snapshot.shipping_services,
            discounts: snapshot.discounts.iter().collect(),
            sets: &snapshot.promotion_sets,
            clubs: &[],
            tags: &[],
        }
    }

    /// Its compact text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut to = Writer::begin();
        to.text(self.version);
        self.store.write(&mut to);
        to.list(self.services.iter());
        to.list(self.discounts.iter().copied());
        to.list(self.sets.iter());
        to.list(self.clubs.iter());
        to.list(self.tags.iter());
        to.end()
    }
}

/// Reads a text of [`Published`]: a snapshot without products and upgrades, and the clubs and tags of whom it is for.
#[must_use]
pub fn published(text: &str) -> Option<(Snapshot, Customer)> {
    let mut from = Reader::begin(text);
    let snapshot = Snapshot {
        version: from.text().to_owned(),
        store: Store::read(&mut from),
        products: Vec::new(),
        shipping_services: Compact::read(&mut from),
        discounts: Compact::read(&mut from),
        promotion_sets: Compact::read(&mut from),
        upgrades: Vec::new(),
    };
    let clubs = Compact::read(&mut from);
    let customer = Customer { clubs, tags: Compact::read(&mut from), ..Customer::default() };
    from.is_done().then_some((snapshot, customer))
}

/// The compact text of products, as the snapshot of a name has them.
#[must_use]
pub fn products_text<'a>(version: &str, products: impl ExactSizeIterator<Item = &'a Product>) -> String {
    let mut to = Writer::begin();
    to.text(version);
    to.list(products);
    to.end()
}

/// Reads a text of [`products_text`]: the name of the snapshot, and the products.
#[must_use]
pub fn products(text: &str) -> Option<(String, Vec<Product>)> {
    let mut from = Reader::begin(text);
    let version = from.text().to_owned();
    let products = Compact::read(&mut from);
    from.is_done().then_some((version, products))
}

/// The compact text of a discount, or of an upgrade with its offers.
#[must_use]
pub fn rule_text<T: Compact>(rule: &T) -> String {
    let mut to = Writer::begin();
    rule.write(&mut to);
    to.end()
}

/// Reads a discount from its [`rule_text`].
#[must_use]
pub fn discount(text: &str) -> Option<Discount> {
    rule(text)
}

/// Reads an upgrade from its [`rule_text`].
#[must_use]
pub fn upgrade(text: &str) -> Option<Upgrade> {
    rule(text)
}

fn rule<T: Compact>(text: &str) -> Option<T> {
    let mut from = Reader::begin(text);
    let rule = T::read(&mut from);
    from.is_done().then_some(rule)
}

#[cfg(test)]
mod tests;
