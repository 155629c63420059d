//! A snapshot made ready for this Worker: compiled once for each version and isolate.

use std::cell::RefCell;
use std::rc::Rc;

use pricing::{
    engine::Engine,
    model::{Customer, Discount, Id, Instant, PromotionSet, Upgrade, UpgradeOffer, Usage, UsageLimit},
};
use serde_json::Value;
use wire::{Fault, canonical, read};

use crate::{nfkc::nfkc, projection::Projection};

/// A snapshot with its engine, and what is sent on of it. That is kept as canonical JSON text: a parsed discount takes
/// about six times the room, and a store may have thousands.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The store's name, where it has one.
    pub(crate) name: Option<String>,
    pub(crate) engine: Engine,
    pub(crate) rules: Vec<Rule>,
    pub(crate) sets: Vec<PromotionSet>,
    /// Upgrades with the contract's JSON of each.
    pub(crate) upgrades: Vec<(Upgrade, String)>,
    /// The contract's list of shipping services.
    pub(crate) services: String,
    /// What guests were last shown, in each form. Borrowed only between awaits.
    pub(crate) projections: RefCell<Vec<Rc<Projection>>>,
}

/// A discount, for the engine and for the wire.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) discount: Discount,
    pub(crate) json: String,
}

impl Rule {
    /// Whether this customer may know of it, be it by its code: it is on, has begun, is not over, is for them, and has a
    /// use left.
    pub(crate) fn is_open(&self, visitor: &Visitor<'_>) -> bool {
        let Discount { enabled, schedule, audience, .. } = &self.discount;
        *enabled
            && schedule.has_started(visitor.as_of)
            && !schedule.has_ended(visitor.as_of)
            && audience.includes(visitor.customer)
            && !self.is_used_up(visitor)
    }

    fn is_used_up(&self, visitor: &Visitor<'_>) -> bool {
        let id = &self.discount.id;
        let uses = visitor.usage.of(id);
        visitor.usage.is_closed(id)
            || match self.discount.usage_limit {
                UsageLimit::Unlimited => false,
                UsageLimit::PerStore { orders } => uses.store >= orders,
                UsageLimit::PerCustomer { orders } => visitor.customer.is_known() && uses.customer >= orders,
            }
    }
}

/// Who looks, when, and what of the discounts is used up by then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visitor<'a> {
    pub(crate) customer: &'a Customer,
    pub(crate) usage: &'a Usage,
    pub(crate) as_of: Instant,
}

impl Compiled {
    /// Compiles a snapshot's content.
    ///
    /// # Errors
    /// Every fault in it: it was not checked when it was kept, or by an older contract.
    pub(crate) fn new(content: &Value, name: Option<String>) -> Result<Self, Vec<Fault>> {
        let snapshot = read::read(content, |node| read::snapshot(node, nfkc))?;
        let list =
            |key: &str| content.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let rules = snapshot
            .discounts
            .iter()
            .zip(list("discounts"))
            .map(|(discount, json)| Rule { discount: discount.clone(), json: canonical(json) })
            .collect();
        let services = format!("[{}]", joined(list("shippingServices").iter().map(canonical)));
        let sets = snapshot.promotion_sets.clone();
        let upgrades =
            snapshot.upgrades.iter().cloned().zip(list("upgrades").iter().map(canonical)).collect();
        Ok(Self {
            name,
            engine: Engine::new(snapshot),
            rules,
            sets,
            upgrades,
            services,
            projections: RefCell::default(),
        })
    }

    /// Every offer of every upgrade, in the store's order.
    pub(crate) fn offers(&self) -> impl Iterator<Item = (&Upgrade, &UpgradeOffer)> {
        self.upgrades.iter().flat_map(|(upgrade, _)| upgrade.offers.iter().map(move |offer| (upgrade, offer)))
    }

    /// Whether the store makes this offer.
    pub(crate) fn makes_offer(&self, upgrade: &Id, sku: &Id) -> bool {
        self.offers().any(|(made, offer)| made.id == *upgrade && offer.sku == *sku)
    }

    /// The rule of the coupon that a code, as typed, stands for.
    pub(crate) fn coupon(&self, typed: &str) -> Option<&Rule> {
        let found = self.engine.coupon(&nfkc(typed))?;
        self.rules.iter().find(|rule| rule.discount.id == found.id)
    }
}

/// Items of a JSON list.
pub(crate) fn joined<T: AsRef<str>>(items: impl Iterator<Item = T>) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(item.as_ref());
    }
    text
}
