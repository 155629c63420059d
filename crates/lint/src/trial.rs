//! Trying a cart on the engine.

use pricing::{
    engine::{Engine, Quote, Reason, Request, VerdictKind, Viewpoint},
    model::{Benefit, CouponCode, Discount, Id, PromotionSet, Snapshot, Usage},
};

use crate::{
    draft::Draft,
    shop::{Facts, Shop},
};

impl Shop<'_> {
    /// What a cart costs in this store.
    pub(crate) fn quote(&self, draft: &Draft) -> Option<Quote> {
        price(self.part(draft), draft)
    }

    /// What a cart would cost had two discounts each other's title.
    pub(crate) fn quote_renamed(&self, draft: &Draft, one: &Id, other: &Id) -> Option<Quote> {
        let mut part = self.part(draft);
        let title =
            |id: &Id| part.discounts.iter().find(|rule| rule.id == *id).map(|rule| rule.title.clone());
        let (first, second) = (title(one)?, title(other)?);
        for rule in &mut part.discounts {
            if rule.id == *one {
                rule.title = second.clone();
            } else if rule.id == *other {
                rule.title = first.clone();
            }
        }
        price(part, draft)
    }

    /// What a cart costs in a store that has but these discounts, together in a set or each by itself.
    pub(crate) fn quote_alone(&self, draft: &Draft, discounts: &[usize], is_set: bool) -> Option<Quote> {
        let mut part = self.bare(draft);
        part.discounts = discounts.iter().filter_map(|at| Some(self.discount(*at)?.0.clone())).collect();
        if is_set {
            let id = Id::new("together").ok()?;
            let members = part.discounts.iter().map(|rule| rule.id.clone()).collect();
            part.promotion_sets = vec![PromotionSet { title: id.clone(), id, discounts: members }];
        }
        price(part, draft)
    }

    /// The part of the store that the cart has to do with. A discount of which nothing is in the cart, that is off, not
    /// running or not asked for by its code is not eligible, so the price without it is the same; a test holds the
    /// two against each other.
    fn part(&self, draft: &Draft) -> Snapshot {
        let mut part = self.bare(draft);
        let known = self.snapshot.discounts.iter().zip(self.facts()).enumerate();
        let kept =
            known.filter(|(at, (rule, facts))| draft.discounts.contains(at) || concerns(draft, rule, facts));
        part.discounts = kept.map(|(_, (rule, _))| rule.clone()).collect();
        for set in &self.snapshot.promotion_sets {
            let has = |id: &Id| part.discounts.iter().any(|rule| rule.id == *id);
            let mut set = set.clone();
            set.discounts.retain(has);
            if !set.discounts.is_empty() {
                part.promotion_sets.push(set);
            }
        }
        part
    }

    /// The store with the cart's products and without any rule.
    fn bare(&self, draft: &Draft) -> Snapshot {
        let mut positions = draft.products.clone();
        positions.sort_unstable();
        positions.dedup();
        Snapshot {
            version: String::new(),
            store: self.snapshot.store.clone(),
            products: positions.into_iter().filter_map(|at| self.product(at).cloned()).collect(),
            shipping_services: self.snapshot.shipping_services.clone(),
            discounts: Vec::new(),
            promotion_sets: Vec::new(),
            upgrades: Vec::new(),
        }
    }
}

fn concerns(draft: &Draft, rule: &Discount, facts: &Facts) -> bool {
    let runs =
        rule.enabled && rule.schedule.has_started(draft.as_of) && !rule.schedule.has_ended(draft.as_of);
    let is_asked_for = |code: &CouponCode| draft.cart.codes.iter().any(|typed| typed == code.as_str());
    let needs_nothing = matches!(rule.benefit, Benefit::Shipping { must_purchase: None, .. });
    runs && rule.code().is_none_or(is_asked_for)
        && (needs_nothing || draft.products.iter().any(|at| facts.covered.contains(*at)))
}

fn price(part: Snapshot, draft: &Draft) -> Option<Quote> {
    let usage = Usage::default();
    let request =
        Request { cart: &draft.cart, as_of: draft.as_of, usage: &usage, viewpoint: Viewpoint::Merchant };
    Engine::new(part).quote(request).ok()
}

/// What became of a discount.
pub(crate) fn verdict<'a>(quote: &'a Quote, id: &Id) -> Option<(VerdictKind, &'a [Reason])> {
    let verdict = quote.verdicts.iter().find(|verdict| verdict.discount == *id)?;
    Some((verdict.kind, &verdict.reasons))
}

/// Whether a discount applied.
pub(crate) fn applied(quote: &Quote, id: &Id) -> bool {
    quote.applied.iter().any(|one| one.discount == *id)
}
