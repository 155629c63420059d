//! The store as the page knows it: the rules a visitor may see, the products met so far and the coupons attached.

use pricing::{
    engine::{Assessment, Engine, Request, Viewpoint},
    model::{Cart, CartError, CouponCode, Customer, Discount, Id, Instant, Product, Snapshot, Usage, Uses},
};
use wire::{Json, read};

use crate::table::Table;

/// The store as the page knows it. It learns: products one by one, coupons as their codes are typed, and which
/// discounts the edge found used up.
#[derive(Debug)]
pub struct Shop {
    /// What the edge published, without products.
    published: Snapshot,
    /// Whose rules these are: the clubs and tags that the edge knows of.
    customer: Customer,
    products: Table<Product>,
    coupons: Vec<Attached>,
    used_up: Vec<Id>,
    usage: Usage,
    engine: Engine,
    nfkc: read::Nfkc,
}

/// A coupon whose code was typed.
#[derive(Clone, Debug)]
struct Attached {
    discount: Discount,
    /// The ids of the promotion sets it is in.
    sets: Vec<String>,
    /// The answer it was read from.
    answer: Json,
}

impl Shop {
    /// Reads what `/v1/snapshot` answers.
    #[must_use]
    pub fn read(mut snapshot: Json, nfkc: read::Nfkc) -> Option<Self> {
        let customer = match snapshot.take("customer") {
            Some(customer) => read::read(&customer, read::customer).ok()?,
            None => Customer::default(),
        };
        let published = read::read(&snapshot, |node| read::published(node, nfkc)).ok()?;
        let engine = Engine::new(published.clone());
        Some(Self {
            published,
            customer,
            products: Table::new(),
            coupons: Vec::new(),
            used_up: Vec::new(),
            usage: Usage::default(),
            engine,
            nfkc,
        })
    }

    /// The engine, ready with everything learnt.
    #[must_use]
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whether a product's facts are known.
    #[must_use]
    pub fn knows(&self, sku: &str) -> bool {
        self.products.contains(sku)
    }

    /// Every SKU met so far.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        self.products.skus()
    }

    /// Learns the products in an answer of `/v1/products`.
    pub fn learn(&mut self, answer: &Json) {
        let currency = self.published.store.currency;
        for value in answer.items_of("products") {
            if let Ok(product) = read::read(value, |node| read::product(node, currency)) {
                self.put(product);
            }
        }
    }

    /// Takes over what `other` learnt while this one was asked for: all but these SKUs and codes, which this one asked
    /// for itself.
    pub fn catch_up(&mut self, other: &Self, skus: &[String], codes: &[String]) {
        for product in
            other.products.values().filter(|product| !skus.iter().any(|sku| sku == product.sku.as_str()))
        {
            self.put(product.clone());
        }
        for Attached { discount, answer, .. } in &other.coupons {
            if !discount.code().is_some_and(|code| codes.iter().any(|asked| asked == code.as_str())) {
                let _ = self.attach(answer);
            }
        }
    }

    fn put(&mut self, product: Product) {
        self.engine.learn_product(product.clone());
        self.products.insert(product.sku.clone().as_str(), product);
    }

    /// Attaches the coupon in an answer of `/v1/coupons/check`.
    #[must_use]
    pub fn attach(&mut self, answer: &Json) -> Option<CouponCode> {
        let currency = self.published.store.currency;
        let rule = answer.get("discount")?;
        let discount = read::read(rule, |node| read::discount(node, currency, self.nfkc)).ok()?;
        let code = discount.code()?.clone();
        let sets = answer.items_of("promotionSets").iter();
        let sets = sets.filter_map(Json::as_str).map(str::to_owned).collect();
        self.coupons.retain(|attached| attached.discount.id != discount.id);
        self.coupons.push(Attached { discount, sets, answer: answer.clone() });
        self.rebuild();
        Some(code)
    }

    /// Forgets a coupon.
    pub fn detach(&mut self, code: &str) {
        let code = CouponCode::normalise(code);
        self.coupons.retain(|attached| attached.discount.code().is_none_or(|known| known.as_str() != code));
        self.rebuild();
    }

    /// The answers that the attached coupons were read from.
    #[must_use]
    pub fn coupons(&self) -> Vec<Json> {
        self.coupons.iter().map(|attached| attached.answer.clone()).collect()
    }

    /// Whether the rule behind a code is known.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.engine.coupon(code).is_some()
    }

    /// Whether a discount of this id is among the rules known here.
    #[must_use]
    pub fn has_discount(&self, id: &str) -> bool {
        let attached = self.coupons.iter().map(|attached| &attached.discount);
        self.published.discounts.iter().chain(attached).any(|discount| discount.id.as_str() == id)
    }

    /// Takes more discounts to be used up from now on; what was taken to be until now comes back.
    pub fn use_up(&mut self, discounts: impl IntoIterator<Item = Id>) -> Vec<Id> {
        let before = self.used_up.clone();
        let all = before.iter().cloned().chain(discounts).collect();
        self.used_up_are(all);
        before
    }

    /// Takes exactly these discounts to be used up.
    pub fn used_up_are(&mut self, discounts: Vec<Id>) {
        self.used_up = discounts;
        let all = Uses { store: u64::MAX, customer: u64::MAX };
        self.usage = self.used_up.iter().cloned().map(|id| (id, all)).collect();
    }

    /// A cart of whoever these rules are for.
    #[must_use]
    pub fn with_customer(&self, cart: Cart) -> Cart {
        Cart { customer: self.customer.clone(), ..cart }
    }

    /// Prices a cart as a shopper sees it.
    ///
    /// # Errors
    /// What of it the store does not have.
    pub fn assess<'a>(&'a self, cart: &'a Cart, as_of: Instant) -> Result<Assessment<'a>, Vec<CartError>> {
        let request = Request { cart, as_of, usage: &self.usage, viewpoint: Viewpoint::Shopper };
        self.engine.assess(request)
    }

    fn rebuild(&mut self) {
        let mut snapshot = self.published.clone();
        for Attached { discount, sets, .. } in &self.coupons {
            for set in &mut snapshot.promotion_sets {
                if sets.iter().any(|id| id == set.id.as_str()) {
                    set.discounts.push(discount.id.clone());
                }
            }
            snapshot.discounts.push(discount.clone());
        }
        snapshot.products = self.products.values().cloned().collect();
        self.engine = Engine::new(snapshot);
    }
}

#[cfg(test)]
mod tests;
