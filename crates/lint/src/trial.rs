//! Trying a cart on the engine.

use pricing::{
    engine::{Engine, Quote, Reason, Request, VerdictKind, Viewpoint},
    model::{Benefit, CouponCode, Discount, Id, PromotionSet, Snapshot, Usage},
};

use crate::{
    draft::Draft,
    shop::{Facts, Shop},
};

/// What trying a cart costs besides its rules.
const TRIAL: usize = 20;

impl Shop<'_> {
    /// What a cart costs in this store.
    pub(crate) fn quote(&self, draft: &Draft) -> Option<Quote> {
        self.run(self.part(draft), draft)
    }

    /// What a cart would cost had two discounts each other's title.
    pub(crate) fn quote_renamed(&self, draft: &Draft, one: &Id, other: &Id) -> Option<Quote> {
        let mut part = self.part(draft);
        swap_titles(&mut part, one, other)?;
        self.run(part, draft)
    }

    /// What a cart costs in a store that has but these discounts, together in a set or each by itself.
    pub(crate) fn quote_alone(&self, draft: &Draft, discounts: &[usize], is_set: bool) -> Option<Quote> {
        self.run(self.alone(draft, discounts, is_set)?, draft)
    }

    /// What a cart costs in a store that has but two discounts, together in a set, and what it would cost had they each
    /// other's title. Nothing where they don't both apply.
    pub(crate) fn quote_pair(&self, draft: &Draft, pair: [usize; 2]) -> Option<(Quote, Quote)> {
        let part = self.alone(draft, &pair, true)?;
        let mut swapped = part.clone();
        let [one, other] = pair.map(|at| self.discount(at).map(|(discount, _)| &discount.id));
        swap_titles(&mut swapped, one?, other?)?;
        let now = self.run(part, draft).filter(|quote| quote.applied.len() == 2)?;
        Some((now, self.run(swapped, draft)?))
    }

    fn alone(&self, draft: &Draft, discounts: &[usize], is_set: bool) -> Option<Snapshot> {
        let mut part = self.bare(draft);
        part.discounts = discounts.iter().filter_map(|at| Some(self.discount(*at)?.0.clone())).collect();
        if is_set {
            let id = Id::new("together").ok()?;
            let members = part.discounts.iter().map(|rule| rule.id.clone()).collect();
            part.promotion_sets = vec![PromotionSet { title: id.clone(), id, discounts: members }];
        }
        Some(part)
    }

    /// The part of the store that the cart has to do with. A discount of which nothing is in the cart, that is off, not
    /// running, for others or not asked for by its code is not eligible, nor is a shipping discount before a service is
    /// chosen; so the price without it is the same. A test holds the two against each other.
    fn part(&self, draft: &Draft) -> Snapshot {
        let mut part = self.bare(draft);
        let known = self.snapshot.discounts.iter().zip(self.facts()).enumerate();
        let kept: Vec<bool> = known
            .map(|(at, (rule, facts))| draft.discounts.contains(&at) || concerns(draft, rule, facts))
            .collect();
        let is_kept = |at: &usize| kept.get(*at).copied().unwrap_or(false);
        let numbered = self.snapshot.discounts.iter().enumerate();
        part.discounts = numbered.filter(|(at, _)| is_kept(at)).map(|(_, rule)| rule.clone()).collect();
        for (set, members) in self.snapshot.promotion_sets.iter().zip(self.sets()) {
            let discounts: Vec<Id> = members
                .iter()
                .filter(|at| is_kept(at))
                .filter_map(|at| Some(self.discount(*at)?.0.id.clone()))
                .collect();
            if !discounts.is_empty() {
                part.promotion_sets.push(PromotionSet { discounts, ..set.clone() });
            }
        }
        part
    }

    /// Prices a cart, as long as there is effort left.
    fn run(&self, part: Snapshot, draft: &Draft) -> Option<Quote> {
        if !self.spend(part.discounts.len().saturating_add(TRIAL)) {
            return None;
        }
        let usage = Usage::default();
        let request =
            Request { cart: &draft.cart, as_of: draft.as_of, usage: &usage, viewpoint: Viewpoint::Merchant };
        Engine::new(part).quote(request).ok()
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
    let is_shipped =
        draft.cart.shipping_service.is_some() || matches!(rule.benefit, Benefit::Products { .. });
    runs && is_shipped
        && rule.code().is_none_or(is_asked_for)
        && rule.audience.includes(&draft.cart.customer)
        && (needs_nothing || draft.products.iter().any(|at| facts.covered.contains(*at)))
}

/// Gives two discounts each other's title.
fn swap_titles(snapshot: &mut Snapshot, one: &Id, other: &Id) -> Option<()> {
    let at = |id: &Id| snapshot.discounts.iter().position(|rule| rule.id == *id);
    let (one, other) = (at(one)?, at(other)?);
    let first = snapshot.discounts.get(one)?.title.clone();
    let second = core::mem::replace(&mut snapshot.discounts.get_mut(other)?.title, first);
    snapshot.discounts.get_mut(one)?.title = second;
    Some(())
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
