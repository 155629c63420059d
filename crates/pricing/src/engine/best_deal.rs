//! Choosing what applies: one discount or one promotion set, whichever saves most.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::{
    Engine,
    basket::Basket,
    benefits::{Balance, Share, Taken},
    rule::Rule,
};
use crate::{
    model::ShippingService,
    money::{Amount, allocate},
};

/// Discounts that apply together, in order of operation, each with what it took off.
#[derive(Clone, Debug, Default)]
pub(super) struct Deal {
    /// What was taken off, step by step; none of it nothing.
    pub(super) steps: Vec<Step>,
    /// Positions of rules that were in it and found nothing left to take off.
    pub(super) idle: Vec<u32>,
    /// The shares of all steps, one after another.
    shares: Vec<Share>,
}

/// What one discount took off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The rule's position.
    pub(super) at: u32,
    pub(super) taken: Taken,
    rank: u32,
    is_coupon: bool,
    /// Where its shares begin and end among those of the deal.
    shares: (usize, usize),
}

/// What makes a deal better, first things first: the saving, the product saving, few coupons, and last the place of
/// its first discount by title and id (pricing-rules §5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merits {
    pub(super) saving: Amount,
    product_saving: Amount,
    coupons: Reverse<usize>,
    first: Reverse<u32>,
}

impl Merits {
    /// The merits of one rule by itself.
    pub(super) fn of_single(rule: &Rule, saving: Amount) -> Self {
        Self {
            saving,
            product_saving: if rule.value.is_some() { saving } else { Amount::ZERO },
            coupons: Reverse(usize::from(rule.is_coupon)),
            first: Reverse(rule.rank),
        }
    }
}

impl Deal {
    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.idle.clear();
        self.shares.clear();
    }

    /// Takes rules, given in order of operation, off the full price one after another.
    pub(super) fn take_all(
        &mut self,
        members: impl IntoIterator<Item = u32>,
        engine: &Engine,
        basket: &Basket,
        balance: &mut Balance,
        service: Option<&ShippingService>,
    ) {
        balance.fill(basket, service);
        for at in members {
            let Some(rule) = engine.rule(at) else { continue };
            let begin = self.shares.len();
            let taken = balance.take(at, rule, basket, &engine.catalogue, &mut self.shares);
            if taken.is_nothing() {
                self.idle.push(at);
            } else {
                let Rule { rank, is_coupon, .. } = *rule;
                self.steps.push(Step { at, taken, rank, is_coupon, shares: (begin, self.shares.len()) });
            }
        }
    }

    pub(super) fn saving(&self) -> Amount {
        self.product_saving().plus(self.shipping_saving())
    }

    pub(super) fn product_saving(&self) -> Amount {
        self.steps.iter().map(|step| step.taken.product_amount).sum()
    }

    pub(super) fn shipping_saving(&self) -> Amount {
        self.steps.iter().map(|step| step.taken.shipping_amount).sum()
    }

    /// Whether it beats `other`. Two deals that tie in all of it are the same discounts, and the earlier one stays.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let by_merits = self.merits().cmp(&other.merits());
        by_merits.then_with(|| other.ranks().cmp(self.ranks())) == Ordering::Greater
    }

    /// The places of its discounts by title and id, in order of operation.
    fn ranks(&self) -> impl Iterator<Item = u32> {
        self.steps.iter().map(|step| step.rank)
    }

    fn merits(&self) -> Merits {
        Merits {
            saving: self.saving(),
            product_saving: self.product_saving(),
            coupons: Reverse(self.steps.iter().filter(|step| step.is_coupon).count()),
            first: Reverse(self.steps.first().map_or(0, |step| step.rank)),
        }
    }

    /// Gives the shares back to the lines as given, by largest remainder on what each has left, the earlier first:
    /// calls `each` with a line's position, the step's and the amount, none of it zero, in the order of the steps.
    /// `price` is a line's full price.
    pub(super) fn share_over_lines(
        &self,
        basket: &Basket,
        price: impl Fn(usize) -> Amount,
        mut each: impl FnMut(usize, usize, Amount),
    ) {
        // What lines have left, for groups of several lines only.
        let mut left: Vec<Amount> = Vec::new();
        for (number, step) in self.steps.iter().enumerate() {
            for share in self.shares_of(step) {
                let Some(group) = usize::try_from(share.group).ok().and_then(|at| basket.groups.get(at))
                else {
                    continue;
                };
                let mut lines = basket.lines_of(group);
                if let (Some(only), None) = (lines.next(), lines.next()) {
                    each(only, number, share.amount);
                    continue;
                }
                let lines = || basket.lines_of(group);
                if left.is_empty() {
                    left.extend((0..basket.lines).map(&price));
                }
                let weights: Vec<_> = lines().filter_map(|line| left.get(line).copied()).collect();
                for (line, amount) in lines().zip(allocate(share.amount, &weights)) {
                    if let Some(left) = left.get_mut(line) {
                        *left = left.minus(amount);
                    }
                    if !amount.is_zero() {
                        each(line, number, amount);
                    }
                }
            }
        }
    }

    fn shares_of(&self, step: &Step) -> &[Share] {
        self.shares.get(step.shares.0..step.shares.1).unwrap_or_default()
    }
}

impl Taken {
    const fn is_nothing(self) -> bool {
        self.product_amount.is_zero() && self.shipping_amount.is_zero()
    }
}
