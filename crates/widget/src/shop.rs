//! The store as the page knows it: the rules a visitor may see, the products met so far and the coupons attached.

use pricing::{
    engine::{Assessment, Engine, Request, Viewpoint},
    model::{Cart, CartError, CouponCode, Customer, Id, Instant, Usage, Uses},
};
use wire::{Json, read};

use crate::table::Table;

/// The store as the page knows it. It learns: products one by one, coupons as their codes are typed, and which
/// discounts the edge found used up.
#[derive(Debug)]
pub struct Shop {
    /// What the edge published, without products.
    rules: Json,
    /// Whose rules these are: the clubs and tags that the edge knows of.
    customer: Customer,
    products: Table<Json>,
    coupons: Vec<Attached>,
    used_up: Vec<Id>,
    usage: Usage,
    engine: Engine,
    nfkc: read::Nfkc,
}

/// A coupon whose code was typed.
#[derive(Debug)]
struct Attached {
    id: Id,
    code: CouponCode,
    /// The answer it was read from: its rule, and the ids of the promotion sets it is in.
    answer: Json,
}

impl Shop {
    /// Reads what `/v1/snapshot` answers.
    #[must_use]
    pub fn read(mut snapshot: Json, nfkc: read::Nfkc) -> Option<Self> {
        let customer = snapshot.take("customer").map(|customer| customer_of(&customer)).unwrap_or_default();
        let engine = engine_of(&snapshot, nfkc)?;
        Some(Self {
            rules: snapshot,
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
        for product in answer.items_of("products") {
            self.put(product);
        }
    }

    /// Takes over what `other` learnt while this one was asked for: all but these SKUs and codes, which this one asked
    /// for itself.
    pub fn catch_up(&mut self, other: &Self, skus: &[String], codes: &[String]) {
        for (sku, product) in other.products.iter() {
            if !skus.iter().any(|asked| asked == sku) {
                self.put(product);
            }
        }
        for Attached { code, answer, .. } in &other.coupons {
            if !codes.iter().any(|asked| asked == code.as_str()) {
                let _ = self.attach(answer);
            }
        }
    }

    fn put(&mut self, json: &Json) {
        let currency = self.engine.store().currency;
        if let Ok(product) = read::read(json, |node| read::product(node, currency)) {
            self.products.insert(product.sku.as_str(), json.clone());
            self.engine.learn_product(product);
        }
    }

    /// Attaches the coupon in an answer of `/v1/coupons/check`.
    #[must_use]
    pub fn attach(&mut self, answer: &Json) -> Option<CouponCode> {
        let currency = self.engine.store().currency;
        let rule = answer.get("discount")?;
        let discount = read::read(rule, |node| read::discount(node, currency, self.nfkc)).ok()?;
        let code = discount.code()?.clone();
        self.coupons.retain(|attached| attached.id != discount.id);
        self.coupons.push(Attached { id: discount.id, code: code.clone(), answer: answer.clone() });
        self.rebuild();
        Some(code)
    }

    /// Forgets a coupon.
    pub fn detach(&mut self, code: &str) {
        let code = CouponCode::normalise(code);
        self.coupons.retain(|attached| attached.code.as_str() != code);
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
        self.rules.items_of("discounts").iter().any(|rule| rule.str_of("id") == Some(id))
            || self.coupons.iter().any(|attached| attached.id.as_str() == id)
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

    /// Coupons join the rules as if they had been published with them.
    fn rebuild(&mut self) {
        let mut rules = self.rules.clone();
        for Attached { id, answer, .. } in &self.coupons {
            let sets = answer.items_of("promotionSets");
            for set in rules.items_mut("promotionSets") {
                if sets.iter().any(|named| named.as_str() == set.str_of("id")) {
                    set.add("discounts", [id.as_str().into()]);
                }
            }
            rules.add("discounts", answer.get("discount").cloned());
        }
        rules.add("products", self.products.values().cloned());
        if let Some(engine) = engine_of(&rules, self.nfkc) {
            self.engine = engine;
        }
    }
}

fn engine_of(rules: &Json, nfkc: read::Nfkc) -> Option<Engine> {
    read::read(rules, |node| read::published(node, nfkc)).ok().map(Engine::new)
}

/// What of a customer the rules ask for. The edge tells a page no more.
fn customer_of(json: &Json) -> Customer {
    let ids = |key| json.items_of(key).iter().filter_map(|id| Id::new(id.as_str()?).ok()).collect();
    Customer { clubs: ids("clubs"), tags: ids("tags"), ..Customer::default() }
}

#[cfg(test)]
mod tests;
