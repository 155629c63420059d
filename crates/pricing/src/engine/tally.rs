//! What of a cart is in a rule's scope.

use alloc::vec::Vec;

use super::{
    basket::{Basket, Totals},
    catalogue::{Catalogue, ProductHandle},
    rule::{self, Reach, Rule},
};
use crate::{
    model::{Applies, Benefit, ProductValue},
    money::Amount,
};

/// What of a cart is in one rule's scope.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Whether anything at all is.
    pub(super) any: bool,
    /// Items that can be discounted.
    pub(super) quantity: u64,
    /// What can be discounted, at selling price.
    pub(super) amount: Amount,
    /// What a sum off per item would take off, line by line.
    pub(super) per_item: Amount,
    /// What the rule would save by itself, once it is found eligible.
    pub(super) saving: Option<Amount>,
}

/// The tallies of all rules in play: those that cover something in the cart, and those that need nothing in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies {
    /// Positions of the rules in play, in the order they were met.
    pub(super) in_play: Vec<u32>,
    /// For each rule the pricing in which its tally was last begun. So nothing has to be cleared.
    begun: Vec<u32>,
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
            for at in &stocked.rules {
                let Some(tally) = self.in_play(*at) else { continue };
                tally.any = true;
                if stocked.product.discountable {
                    tally.quantity = tally.quantity.saturating_add(group.quantity);
                    tally.amount = tally.amount.plus(group.amount);
                    if let Some(each) = rule::at(rules, *at).and_then(per_item) {
                        tally.per_item = tally.per_item.plus(group.amount.min(each.times(group.quantity)));
                    }
                }
            }
        }
        for at in everywhere {
            let Some(rule) = rule::at(rules, *at) else { continue };
            if let Some(tally) = self.in_play(*at) {
                *tally = Tally::of_cart(rule.reach, basket.totals);
            }
        }
    }

    fn begin(&mut self, rules: usize) {
        self.in_play.clear();
        self.pricing = self.pricing.wrapping_add(1);
        if self.begun.len() != rules || self.pricing == 0 {
            self.begun.clear();
            self.begun.resize(rules, 0);
            self.tallies.clear();
            self.tallies.resize(rules, Tally::default());
            self.pricing = 1;
        }
    }

    /// The tally of a rule, begun if this is the first time it is met.
    fn in_play(&mut self, at: u32) -> Option<&mut Tally> {
        let position = usize::try_from(at).ok()?;
        let begun = self.begun.get_mut(position)?;
        let tally = self.tallies.get_mut(position)?;
        if *begun != self.pricing {
            *begun = self.pricing;
            *tally = Tally::default();
            self.in_play.push(at);
        }
        Some(tally)
    }

    /// The tally of a rule, empty where it is not in play.
    pub(super) fn of(&self, at: u32) -> Tally {
        let find = || {
            let position = usize::try_from(at).ok()?;
            let begun = self.begun.get(position)?;
            self.tallies.get(position).filter(|_| *begun == self.pricing)
        };
        find().copied().unwrap_or_default()
    }

    /// Keeps what an eligible rule in play would save by itself.
    pub(super) fn keep_saving(&mut self, at: u32, saving: Amount) {
        if let Some(tally) = usize::try_from(at).ok().and_then(|position| self.tallies.get_mut(position)) {
            tally.saving = Some(saving);
        }
    }
}

impl Tally {
    fn of_cart(reach: Reach, totals: Totals) -> Self {
        match reach {
            Reach::Store => Self {
                any: totals.discountable_quantity > 0,
                quantity: totals.discountable_quantity,
                amount: totals.discountable,
                ..Self::default()
            },
            Reach::Nothing | Reach::Listed => Self::default(),
        }
    }
}

/// What a rule takes off each item, where it does.
const fn per_item(rule: &Rule) -> Option<Amount> {
    match rule.discount.benefit {
        Benefit::Products {
            value: ProductValue::DollarOff { amount, applies: Applies::PerItem }, ..
        } => Some(amount),
        _ => None,
    }
}
