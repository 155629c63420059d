//! A snapshot made ready for this Worker: compiled once for each version and isolate.

use std::cell::RefCell;
use std::rc::Rc;

use pricing::{
    engine::Engine,
    model::{Audience, Discount, Instant, PromotionSet},
};
use serde_json::Value;
use wire::{Fault, read};

use crate::{nfkc::nfkc, projection::Projection};

/// A snapshot with its engine, and the JSON of what is sent on as it was imported.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The store's name, where it has one.
    pub(crate) name: Option<String>,
    pub(crate) engine: Engine,
    pub(crate) rules: Vec<Rule>,
    pub(crate) sets: Vec<PromotionSet>,
    /// The contract's list of shipping services.
    pub(crate) services: Value,
    /// What guests were last shown. Borrowed only between awaits.
    pub(crate) projection: RefCell<Option<Rc<Projection>>>,
}

/// A discount, for the engine and for the wire.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) discount: Discount,
    pub(crate) json: Value,
}

impl Rule {
    /// Whether guests may know of it at `as_of`, be it by its code.
    pub(crate) fn is_open_to_guests(&self, as_of: Instant) -> bool {
        let Discount { enabled, schedule, audience, .. } = &self.discount;
        *enabled
            && schedule.has_started(as_of)
            && !schedule.has_ended(as_of)
            && *audience == Audience::Everyone
    }
}

impl Compiled {
    /// Compiles a snapshot's content.
    ///
    /// # Errors
    /// Every fault in it: it was not checked when it was kept, or by an older contract.
    pub(crate) fn new(mut content: Value, name: Option<String>) -> Result<Self, Vec<Fault>> {
        let snapshot = read::read(&content, |node| read::snapshot(node, nfkc))?;
        let rules = snapshot
            .discounts
            .iter()
            .zip(take_list(&mut content, "discounts"))
            .map(|(discount, json)| Rule { discount: discount.clone(), json })
            .collect();
        let services = Value::Array(take_list(&mut content, "shippingServices"));
        let sets = snapshot.promotion_sets.clone();
        Ok(Self {
            name,
            engine: Engine::new(snapshot),
            rules,
            sets,
            services,
            projection: RefCell::new(None),
        })
    }

    /// The rule of the coupon that a code, as typed, stands for.
    pub(crate) fn coupon(&self, typed: &str) -> Option<&Rule> {
        let found = self.engine.coupon(&nfkc(typed))?;
        self.rules.iter().find(|rule| rule.discount.id == found.id)
    }
}

fn take_list(content: &mut Value, key: &str) -> Vec<Value> {
    match content.get_mut(key).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}
