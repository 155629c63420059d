//! From a cart to a quote.
//!
//! One way through: a cart's lines become a basket, each discount is judged against it, the best deal is chosen among
//! what is eligible, and the quote tells what came of it.

mod basket;
mod benefits;
mod best_deal;
mod eligibility;
mod messages;
mod order;
mod quote;
mod reason;
mod verdicts;

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use crate::model::{
    Cart, CartError, CouponCode, Discount, Id, Instant, Product, ShippingService, Snapshot, Store, Usage,
};
use basket::Basket;
use best_deal::Deal;
use eligibility::Judged;
use order::Phase;
pub use quote::{
    ActionMessage, Applied, CodeOutcome, CodeStatus, LineDiscount, MessagePlace, MessageState, Quote,
    QuotedLine, QuotedShipping, Verdict, VerdictKind,
};
pub use reason::{Measure, Reason};

/// A snapshot made ready to price carts: looked up by SKU and code, in order of operation.
#[derive(Clone, Debug)]
pub struct Engine {
    version: String,
    store: Store,
    catalogue: BTreeMap<Id, Product>,
    services: Vec<ShippingService>,
    rules: Vec<Rule>,
    codes: BTreeMap<CouponCode, usize>,
    /// For each promotion set the positions of its members in `rules`, in order of operation.
    sets: Vec<Vec<usize>>,
}

/// A discount and its place among all others.
#[derive(Clone, Debug)]
struct Rule {
    discount: Discount,
    phase: Phase,
    /// Its place in the order of folded title, then id: the last word in every tie.
    rank: usize,
}

/// Who will read the quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewpoint {
    /// The merchant, who is told about every discount.
    Merchant,
    /// The shopper: a discount that is off, not theirs or used up is not there at all, and its code is unknown.
    Shopper,
}

/// What to price, and under which circumstances.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The cart.
    pub cart: &'a Cart,
    /// The moment to price it at.
    pub as_of: Instant,
    /// How often each discount was used so far.
    pub usage: &'a Usage,
    /// Who will read the quote.
    pub viewpoint: Viewpoint,
}

impl Engine {
    /// Makes a sound snapshot (one without [`Snapshot::faults`]) ready.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        let Snapshot { version, store, products, shipping_services, discounts, promotion_sets, .. } =
            snapshot;
        let ranks = order::ranks(&discounts);
        let rules: Vec<Rule> = discounts
            .into_iter()
            .zip(ranks)
            .map(|(discount, rank)| Rule { phase: Phase::of(&discount.benefit), discount, rank })
            .collect();
        let by_id: BTreeMap<&Id, usize> =
            rules.iter().enumerate().map(|(at, rule)| (&rule.discount.id, at)).collect();
        let sets = promotion_sets
            .iter()
            .map(|set| {
                let mut members: Vec<_> =
                    set.discounts.iter().filter_map(|id| by_id.get(id).copied()).collect();
                members.sort_by_key(|at| rules.get(*at).map(|rule| (rule.phase, rule.rank)));
                members
            })
            .collect();
        let codes = rules
            .iter()
            .enumerate()
            .filter_map(|(at, rule)| Some((rule.discount.code()?.clone(), at)))
            .collect();
        let catalogue = products.into_iter().map(|product| (product.sku.clone(), product)).collect();
        Self { version, store, catalogue, services: shipping_services, rules, codes, sets }
    }

    /// The name of the snapshot it was made from.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The store's settings.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The store's shipping services, in the order to be shown.
    #[must_use]
    pub fn shipping_services(&self) -> &[ShippingService] {
        &self.services
    }

    /// The product of a SKU, where it is known.
    #[must_use]
    pub fn product(&self, sku: &str) -> Option<&Product> {
        self.catalogue.get(sku)
    }

    /// Adds a product, or replaces what was known of its SKU.
    pub fn learn_product(&mut self, product: Product) {
        self.catalogue.insert(product.sku.clone(), product);
    }

    /// The discount that a coupon code, as typed, stands for.
    #[must_use]
    pub fn coupon(&self, typed: &str) -> Option<&Discount> {
        let code = CouponCode::new(typed).ok()?;
        self.codes.get(&code).and_then(|at| self.rules.get(*at)).map(|rule| &rule.discount)
    }

    /// Prices a cart.
    ///
    /// # Errors
    /// Everything in the cart that the store does not have, or that is too many.
    pub fn quote(&self, request: Request<'_>) -> Result<Quote, Vec<CartError>> {
        self.assess(request).map(|assessment| assessment.quote())
    }

    /// Prices a cart and keeps what was found out on the way.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub fn assess<'a>(&'a self, request: Request<'a>) -> Result<Assessment<'a>, Vec<CartError>> {
        let basket = Basket::new(self, request.cart)?;
        let attached = self.attached(&request.cart.codes);
        let judged: Vec<_> = self
            .rules
            .iter()
            .enumerate()
            .filter(|(at, rule)| rule.discount.code().is_none() || attached.contains(at))
            .map(|(at, rule)| Judged::new(at, rule, &basket, request))
            .collect();
        let deal = Deal::best(&judged, &self.sets, &basket);
        Ok(Assessment { engine: self, request, basket, judged, deal })
    }

    /// The positions of the coupons whose codes were typed.
    fn attached(&self, codes: &[String]) -> Vec<usize> {
        codes.iter().filter_map(|typed| self.codes.get(&CouponCode::new(typed).ok()?).copied()).collect()
    }
}

/// A priced cart, and what was found out on the way.
#[derive(Debug)]
pub struct Assessment<'a> {
    engine: &'a Engine,
    request: Request<'a>,
    basket: Basket<'a>,
    /// Every promotion and every attached coupon, in the order of the snapshot.
    judged: Vec<Judged<'a>>,
    deal: Deal<'a>,
}
