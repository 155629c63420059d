//! What of a cart is in a rule's scope.

use alloc::vec::Vec;

use super::{
    basket::{Basket, Totals},
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
    pub(super) in_play: Vec<u32>,
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
    ) {
        self.begin(rules.len());
        for group in &basket.groups {
            let Some(stocked) = catalogue.stocked(ProductHandle::from_number(group.product)) else {
                continue;
            };
            let (quantity, amount) =
                if stocked.product.discountable { (group.quantity, group.amount) } else { (0, Amount::ZERO) };
            for listing in &stocked.rules {
                let Some(tally) = self.bring_in(listing.at) else { continue };
                tally.any = true;
                tally.quantity = tally.quantity.saturating_add(quantity);
                tally.amount = tally.amount.plus(amount);
                // At one price, a sum capped at the price of each item is a sum capped at the price of all.
                tally.per_item = tally.per_item.plus(listing.per_item.times(quantity));
            }
        }
        for at in everywhere {
            let store_wide = rule::at(rules, *at).is_some_and(|rule| rule.reach == Reach::Store);
            if let Some(tally) = self.bring_in(*at).filter(|_| store_wide) {
                tally.fill(basket.totals);
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
    pub(super) fn of(&self, at: u32) -> Tally {
        let tally = usize::try_from(at).ok().and_then(|position| self.tallies.get(position));
        tally.filter(|tally| tally.pricing == self.pricing).copied().unwrap_or_default()
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
    /// Counts everything that can be discounted.
    const fn fill(&mut self, totals: Totals) {
        self.any = totals.discountable_quantity > 0;
        self.quantity = totals.discountable_quantity;
        self.amount = totals.discountable;
    }
}
