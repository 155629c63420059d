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
    /// The offers that the cart redeems.
    offers: Vec<Json>,
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
            offers: Vec::new(),
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
        let _ = self.rebuild();
        Some(code)
    }

    /// Forgets a coupon.
    pub fn detach(&mut self, code: &str) {
        let code = CouponCode::normalise(code);
        self.coupons.retain(|attached| attached.code.as_str() != code);
        let _ = self.rebuild();
    }

    /// Takes exactly these upgrade offers into the rules; false where they can't be read.
    pub fn offer(&mut self, offers: &[Json]) -> bool {
        if self.offers == offers {
            return true;
        }
        self.offers = offers.to_vec();
        self.rebuild()
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
            || self.offers.iter().any(|offer| {
                let named = |key| offer.str_of(key).unwrap_or_default();
                [named("upgrade"), "/", named("sku")].concat() == id
            })
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

    /// Coupons and offers join the rules as if they had been published with them; false where they can't be read.
    fn rebuild(&mut self) -> bool {
        let mut rules = self.rules.clone();
        for Attached { id, answer, .. } in &self.coupons {
            join_sets(&mut rules, answer, id.as_str());
            rules.add("discounts", answer.get("discount").cloned());
        }
        for (at, offer) in self.offers.iter().enumerate() {
            let Some(upgrade) = offer.str_of("upgrade") else { return false };
            let is_other = |earlier: &Json| earlier.str_of("upgrade") != Some(upgrade);
            if self.offers.iter().take(at).all(is_other) {
                join_sets(&mut rules, offer, upgrade);
                rules.add("upgrades", offer.get("rule").cloned());
            } else if let Some(rule) = offer.get("rule") {
                // An upgrade stands in the rules once, with each of its offers.
                for known in
                    rules.items_mut("upgrades").iter_mut().filter(|known| known.str_of("id") == Some(upgrade))
                {
                    known.add("offers", rule.items_of("offers").iter().cloned());
                }
            }
        }
        rules.add("products", self.products.values().cloned());
        let engine = engine_of(&rules, self.nfkc);
        engine.map(|engine| self.engine = engine).is_some()
    }
}

/// Makes a rule a member of the sets that its answer names.
fn join_sets(rules: &mut Json, answer: &Json, id: &str) {
    let sets = answer.items_of("promotionSets");
    for set in rules.items_mut("promotionSets") {
        if sets.iter().any(|named| named.as_str() == set.str_of("id")) {
            set.add("discounts", [id.into()]);
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
