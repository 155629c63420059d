//! The store as the page knows it: the rules a visitor may see, the products met so far and the coupons attached.

use pricing::{
    engine::{Assessment, Engine, Request, Viewpoint},
    model::{Cart, CartError, CouponCode, Customer, Discount, Id, Instant, Snapshot, Usage, Uses},
};
use wire::{Json, compact};

/// The store as the page knows it. It learns: products one by one, coupons as their codes are typed, and which
/// discounts the edge found used up.
#[derive(Debug)]
pub struct Shop {
    /// What the edge published, without products. Kept as the text, which is read anew when a coupon or an offer joins.
    rules: String,
    /// Whose rules these are: the clubs and tags that the edge knows of.
    customer: Customer,
    coupons: Vec<Attached>,
    /// The offers that the cart redeems.
    offers: Vec<Json>,
    used_up: Vec<Id>,
    usage: Usage,
    engine: Engine,
}

/// A coupon whose code was typed.
#[derive(Debug)]
struct Attached {
    discount: Discount,
    /// The answer it was read from: its rule, and the ids of the promotion sets it is in.
    answer: Json,
}

impl Attached {
    fn code(&self) -> &str {
        self.discount.code().map_or("", CouponCode::as_str)
    }
}

impl Shop {
    /// Reads what `/v1/snapshot` answers, in compact form.
    #[must_use]
    pub fn read(rules: String) -> Option<Self> {
        let (snapshot, customer) = compact::published(&rules)?;
        Some(Self {
            rules,
            customer,
            coupons: Vec::new(),
            offers: Vec::new(),
            used_up: Vec::new(),
            usage: Usage::default(),
            engine: Engine::new(snapshot),
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
        self.engine.handle(sku).is_some()
    }

    /// Every SKU met so far.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        self.engine.products().map(|product| product.sku.as_str())
    }

    /// Learns the products in an answer of `/v1/products`, in compact form; the name of the snapshot they are of.
    pub fn learn(&mut self, answer: &str) -> Option<String> {
        let (version, products) = compact::products(answer)?;
        self.engine.learn_products(products);
        Some(version)
    }

    /// Takes over what `other` learnt while this one was asked for: all but these SKUs and codes, which this one asked
    /// for itself.
    pub fn catch_up(&mut self, other: &Self, skus: &[String], codes: &[String]) {
        for product in other.engine.products() {
            if !skus.iter().any(|asked| asked == product.sku.as_str()) {
                self.engine.learn_product(product.clone());
            }
        }
        for attached in &other.coupons {
            if !codes.iter().any(|asked| asked == attached.code()) {
                let _ = self.attach(&attached.answer);
            }
        }
    }

    /// Attaches the coupon in an answer of `/v1/coupons/check`; its code.
    #[must_use]
    pub fn attach(&mut self, answer: &Json) -> Option<String> {
        let discount = compact::discount(answer.str_of("compact")?)?;
        let code = discount.code()?.as_str().to_owned();
        self.coupons.retain(|attached| attached.discount.id != discount.id);
        self.coupons.push(Attached { discount, answer: answer.clone() });
        let _ = self.rebuild();
        Some(code)
    }

    /// Forgets a coupon.
    pub fn detach(&mut self, code: &str) {
        let code = CouponCode::normalise(code);
        self.coupons.retain(|attached| attached.code() != code);
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
        let Some((mut rules, _)) = compact::published(&self.rules) else { return false };
        for Attached { discount, answer } in &self.coupons {
            join_sets(&mut rules, answer, &discount.id);
            rules.discounts.push(discount.clone());
        }
        for offer in &self.offers {
            let Some(upgrade) = offer.str_of("compact").and_then(compact::upgrade) else { return false };
            match rules.upgrades.iter_mut().find(|known| known.id == upgrade.id) {
                // An upgrade stands in the rules once, with each of its offers.
                Some(known) => known.offers.extend(upgrade.offers),
                None => {
                    join_sets(&mut rules, offer, &upgrade.id);
                    rules.upgrades.push(upgrade);
                }
            }
        }
        rules.products.extend(self.engine.products().cloned());
        self.engine = Engine::new(rules);
        true
    }
}

/// Makes a rule a member of the sets that its answer names.
fn join_sets(rules: &mut Snapshot, answer: &Json, id: &Id) {
    let sets = answer.items_of("promotionSets");
    for set in &mut rules.promotion_sets {
        if sets.iter().any(|named| named.as_str() == Some(set.id.as_str())) {
            set.discounts.push(id.clone());
        }
    }
}

#[cfg(test)]
mod tests;
