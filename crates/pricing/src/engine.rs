//! From a cart to a quote.
//!
//! A snapshot is made ready once: each product knows the rules that cover it. To price a cart, its lines become a
//! [`basket`], each rule in play is given its [`tally`] and judged ([`eligibility`]), the [`best_deal`] is chosen among
//! what is eligible, and the [`quote`] tells what came of it. A rule that nothing in the cart is in costs nothing.

mod assessment;
mod basket;
mod benefits;
mod best_deal;
mod catalogue;
mod eligibility;
mod messages;
mod names;
mod nudges;
mod order;
mod priced;
mod quote;
mod reason;
mod rule;
mod sets;
mod standing;
mod tally;
mod verdicts;
mod workspace;

use alloc::{string::String, vec::Vec};

use crate::model::{
    Cart, CartError, CouponCode, Customer, Discount, Id, Instant, Product, ShippingService, Snapshot, Store,
    Usage,
};
pub use assessment::Assessment;
use catalogue::Catalogue;
pub use catalogue::ProductHandle;
pub use messages::Standings;
use names::Names;
pub use priced::Priced;
pub use quote::{
    ActionMessage, Applied, CodeOutcome, CodeStatus, LineDiscount, MessagePlace, MessageState, Nudge, Quote,
    QuotedLine, QuotedShipping, Step, UnitDiscount, Verdict, VerdictKind,
};
pub use reason::{Measure, Reason};
use rule::{Reach, Rule};
pub use workspace::{CompactLine, Workspace};

/// A snapshot made ready to price carts.
#[derive(Clone, Debug)]
pub struct Engine {
    version: String,
    store: Store,
    services: Vec<ShippingService>,
    rules: Vec<Rule>,
    catalogue: Catalogue,
    codes: Names,
    /// The upgrades' offers by their ids.
    offers: Names,
    /// Positions of the rules that no product lists: those of the whole store, and those that need nothing bought.
    everywhere: Vec<u32>,
    /// Positions of the rules about shipping.
    shipping: Vec<u32>,
    /// For each promotion set the positions of its members in `rules`, in order of operation.
    sets: Vec<Vec<u32>>,
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

/// What a rule is judged by besides the lines of the cart.
#[derive(Clone, Debug)]
pub struct Circumstances<'a> {
    /// The moment to price at.
    pub as_of: Instant,
    /// Who is buying.
    pub customer: &'a Customer,
    /// How often each discount was used so far.
    pub usage: &'a Usage,
    /// The chosen shipping service.
    pub service: Option<&'a ShippingService>,
    /// Positions of the rules that came with a code or a grant, sorted.
    attached: Vec<u32>,
}

impl<'a> Circumstances<'a> {
    /// A guest at this moment, without codes, before a shipping service is chosen.
    #[must_use]
    pub const fn of_guest(as_of: Instant, guest: &'a Customer, usage: &'a Usage) -> Self {
        Self { as_of, customer: guest, usage, service: None, attached: Vec::new() }
    }
}

impl Engine {
    /// Makes a sound snapshot (one without [`Snapshot::faults`]) ready.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        let Snapshot { version, store, products, shipping_services, discounts, promotion_sets, upgrades } =
            snapshot;
        let mut rules = rule::rules(discounts, &upgrades);
        let sets = sets::members(&promotion_sets, &upgrades, &mut rules);
        let (mut offers, mut codes) = (Vec::new(), Vec::new());
        let (mut everywhere, mut shipping) = (Vec::new(), Vec::new());
        for (at, rule) in (0..).zip(&rules) {
            if rule.is_offer() {
                offers.push((rule.discount.id.clone(), at));
            }
            // What a code may be made of, an id may be.
            codes.extend(rule.discount.code().and_then(|code| Some((Id::new(code.as_str()).ok()?, at))));
            if matches!(rule.reach, Reach::Store | Reach::Nothing) {
                everywhere.push(at);
            }
            if rule.value.is_none() {
                shipping.push(at);
            }
        }
        let (offers, codes) = (Names::new(offers), Names::new(codes));
        let mut catalogue = Catalogue::new(&rules);
        catalogue.learn(products, &rules);
        let services = shipping_services;
        Self { version, store, services, rules, catalogue, codes, offers, everywhere, shipping, sets }
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

    /// The products it knows, as they came.
    pub fn products(&self) -> impl Iterator<Item = &Product> {
        self.catalogue.products()
    }

    /// Whether a discount of this id is among its rules: a promotion, a coupon or an upgrade's offer.
    #[must_use]
    pub fn has_discount(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.discount.id.as_str() == id)
    }

    /// The product of a SKU, where it is known.
    #[must_use]
    pub fn product(&self, sku: &str) -> Option<&Product> {
        self.catalogue.product(self.catalogue.handle(sku)?)
    }

    /// The handle of a SKU, where it is known: good as long as the engine is.
    #[must_use]
    pub fn handle(&self, sku: &str) -> Option<ProductHandle> {
        self.catalogue.handle(sku)
    }

    /// The product of a handle.
    #[must_use]
    pub fn product_of(&self, handle: ProductHandle) -> Option<&Product> {
        self.catalogue.product(handle)
    }

    /// Adds a product, or replaces what was known of its SKU.
    pub fn learn_product(&mut self, product: Product) {
        self.learn_products([product]);
    }

    /// Adds products, or replaces what was known of their SKUs: cheaper than one by one.
    pub fn learn_products(&mut self, products: impl IntoIterator<Item = Product>) {
        self.catalogue.learn(products, &self.rules);
    }

    /// The discount that a coupon code, as typed, stands for.
    #[must_use]
    pub fn coupon(&self, typed: &str) -> Option<&Discount> {
        self.attached(typed).and_then(|at| self.rule(at)).map(|rule| &*rule.discount)
    }

    /// Prices a cart.
    ///
    /// # Errors
    /// Everything in the cart that the store does not have, or that is too many.
    pub fn quote(&self, request: Request<'_>) -> Result<Quote, Vec<CartError>> {
        self.assess(request).map(|assessment| assessment.quote())
    }

    fn attached(&self, typed: &str) -> Option<u32> {
        self.codes.last(CouponCode::new(typed).ok()?.as_str())
    }

    fn rule(&self, at: u32) -> Option<&Rule> {
        rule::at(&self.rules, at)
    }
}
