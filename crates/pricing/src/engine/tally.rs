//! What of a cart is in a rule's scope.

use alloc::vec::Vec;

use super::{
    basket::{Basket, Supposed, Totals},
    catalogue::{Catalogue, ProductHandle},
    rule::{self, Reach, Rule},
};
use crate::money::Amount;

/// What of a cart is in one rule's scope.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// The pricing in which it was last begun.
    pricing: u32,
    /// Whether anything at all is.
    pub(super) any: bool,
    /// Items that can be discounted.
    pub(super) quantity: u64,
    /// What can be discounted, at selling price.
    pub(super) amount: Amount,
    /// What a sum off per item would take off.
    pub(super) per_item: Amount,
    /// What the rule would save by itself, once it is found eligible.
    pub(super) saving: Option<Amount>,
}

/// The tallies of all rules in play: those that cover something in the cart, and those that need nothing in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies {
    /// Positions of the rules in play, in the order they were met.
    in_play: Vec<u32>,
    /// A tally for each rule; those of an earlier pricing count for nothing, so none has to be cleared.
    tallies: Vec<Tally>,
    pricing: u32,
}

impl Tallies {
    /// Takes the tally of every rule that `basket` has to do with.
    pub(super) fn take(
        &mut self,
        basket: &Basket,
        catalogue: &Catalogue,
        rules: &[Rule],
        everywhere: &[u32],
        attached: &[u32],
    ) {
        self.begin(rules.len());
        for group in &basket.groups {
            let Some(stocked) = catalogue.stocked(ProductHandle::from_number(group.product)) else {
                continue;
            };
            let (quantity, amount) =
                if stocked.product.discountable { (group.quantity, group.amount) } else { (0, Amount::ZERO) };
            for listing in stocked.rules() {
                let Some(tally) = self.bring_in(listing.at) else { continue };
                // At one price, a sum capped at the price of each item is a sum capped at the price of all.
                tally.add(quantity, amount, listing.per_item.min(stocked.product.price).times(quantity));
            }
        }
        if let Some(supposed) = basket.supposed {
            self.add_supposed(supposed, catalogue, rules);
        }
        for at in everywhere {
            let store_wide = rule::at(rules, *at).is_some_and(|rule| rule.reach == Reach::Store);
            if let Some(tally) = self.bring_in(*at).filter(|_| store_wide) {
                tally.fill(basket.totals);
            }
        }
        for at in attached {
            if let Some(offer) = rule::at(rules, *at).filter(|rule| rule.is_offer()) {
                self.take_offer(*at, offer, basket, catalogue);
            }
        }
    }

    fn add_supposed(&mut self, supposed: Supposed, catalogue: &Catalogue, rules: &[Rule]) {
        for at in catalogue.including_all().iter().chain(&supposed.covered_by) {
            let per_item = rule::at(rules, *at).and_then(Rule::per_item).unwrap_or_default();
            if let Some(tally) = self.bring_in(*at) {
                tally.add(1, supposed.amount, per_item.min(supposed.amount));
            }
        }
    }

    /// Takes the tally of an upgrade offer: so many units of its product, and no more.
    fn take_offer(&mut self, at: u32, rule: &Rule, basket: &Basket, catalogue: &Catalogue) {
        let Some(tally) = self.bring_in(at) else { return };
        for group in &basket.groups {
            let stocked = catalogue.stocked(ProductHandle::from_number(group.product));
            if let Some(stocked) = stocked.filter(|stocked| rule.discounts(at, stocked)) {
                let (price, quantity) = (stocked.product.price, rule.reach.units_of(group.quantity));
                let per_item = rule.per_item().unwrap_or_default().min(price);
                tally.add(quantity, price.times(quantity), per_item.times(quantity));
            }
        }
    }

    fn begin(&mut self, rules: usize) {
        self.in_play.clear();
        self.pricing = self.pricing.wrapping_add(1);
        if self.tallies.len() != rules || self.pricing == 0 {
            self.tallies.clear();
            self.tallies.resize(rules, Tally::default());
            self.pricing = 1;
        }
    }

    /// The tally of a rule, begun if this is the first time it is met.
    fn bring_in(&mut self, at: u32) -> Option<&mut Tally> {
        let tally = self.tallies.get_mut(usize::try_from(at).ok()?)?;
        if tally.pricing != self.pricing {
            *tally = Tally { pricing: self.pricing, ..Tally::default() };
            self.in_play.push(at);
        }
        Some(tally)
    }

    /// The tally of a rule, empty where it is not in play.
    pub(super) fn of(&self, at: u32) -> &Tally {
        let tally = usize::try_from(at).ok().and_then(|position| self.tallies.get(position));
        tally.filter(|tally| tally.pricing == self.pricing).unwrap_or(Tally::NONE)
    }

    /// Calls `each` for every rule in play with its position and its tally.
    pub(super) fn for_each(&mut self, mut each: impl FnMut(u32, &mut Tally)) {
        for at in &self.in_play {
            if let Some(tally) = usize::try_from(*at).ok().and_then(|position| self.tallies.get_mut(position))
            {
                each(*at, tally);
            }
        }
    }
}

impl Tally {
    const NONE: &Self = &Self {
        pricing: 0,
        any: false,
        quantity: 0,
        amount: Amount::ZERO,
        per_item: Amount::ZERO,
        saving: None,
    };

    /// Counts so many items of one product.
    pub(super) const fn add(&mut self, quantity: u64, amount: Amount, per_item: Amount) {
        self.any = true;
        self.quantity = self.quantity.saturating_add(quantity);
        self.amount = self.amount.plus(amount);
        self.per_item = self.per_item.plus(per_item);
    }

    /// Counts everything that can be discounted.
    const fn fill(&mut self, totals: Totals) {
        self.any = totals.discountable_quantity > 0;
        self.quantity = totals.discountable_quantity;
        self.amount = totals.discountable;
    }
}
