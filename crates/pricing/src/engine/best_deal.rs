//! Choosing what applies: one discount or one promotion set, whichever saves most.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::{
    basket::Basket,
    benefits::{Balance, Step},
    eligibility::Judged,
};
use crate::money::Amount;

/// Discounts that apply together, in order of operation, each with what it took off.
#[derive(Clone, Debug, Default)]
pub(super) struct Deal<'a> {
    /// What was taken off, step by step; none of it nothing.
    pub(super) steps: Vec<Step<'a>>,
    /// Positions in the engine's rules of members that found nothing left to take off.
    pub(super) idle: Vec<usize>,
}

impl<'a> Deal<'a> {
    /// The best of all candidates: each eligible discount alone, and each set reduced to its eligible members.
    pub(super) fn best(judged: &[Judged<'a>], sets: &[Vec<usize>], basket: &Basket<'_>) -> Self {
        let singles =
            judged.iter().filter(|judged| judged.is_eligible()).map(|single| Self::of([single], basket));
        let together = sets.iter().map(|set| Self::of(eligible_members(set, judged), basket));
        singles.chain(together).fold(Self::default(), |best, candidate| {
            if candidate.compare(&best) == Ordering::Greater { candidate } else { best }
        })
    }

    /// Takes discounts, given in order of operation, off the full price one after another.
    pub(super) fn of<'j>(members: impl IntoIterator<Item = &'j Judged<'a>>, basket: &Basket<'_>) -> Self
    where
        'a: 'j,
    {
        let mut balance = Balance::full(basket);
        let mut deal = Self::default();
        for judged in members {
            let step = Step::take(judged, basket, &mut balance);
            if step.saving().is_zero() {
                deal.idle.push(judged.at);
            } else {
                deal.steps.push(step);
            }
        }
        deal
    }

    pub(super) fn saving(&self) -> Amount {
        self.product_saving().plus(self.shipping_saving())
    }

    pub(super) fn product_saving(&self) -> Amount {
        self.steps.iter().map(|step| step.product_amount).sum()
    }

    pub(super) fn shipping_saving(&self) -> Amount {
        self.steps.iter().map(|step| step.shipping_amount).sum()
    }

    /// Greater is better: the greater saving, then the greater product saving, then fewer coupons, then the smaller
    /// sequence of titles and ids (pricing-rules §5.4). Two deals that tie in all of it are the same discounts.
    fn compare(&self, other: &Self) -> Ordering {
        let merits = |deal: &Self| {
            let coupons = deal.steps.iter().filter(|step| step.rule.discount.code().is_some()).count();
            (deal.saving(), deal.product_saving(), Reverse(coupons))
        };
        let ranks = |deal: &Self| deal.steps.iter().map(|step| step.rule.rank).collect::<Vec<_>>();
        merits(self).cmp(&merits(other)).then_with(|| ranks(other).cmp(&ranks(self)))
    }
}

/// The eligible members of a set, in its order of operation.
fn eligible_members<'j, 'a>(
    set: &'j [usize],
    judged: &'j [Judged<'a>],
) -> impl Iterator<Item = &'j Judged<'a>> {
    set.iter()
        .filter_map(|at| judged.binary_search_by_key(at, |judged| judged.at).ok())
        .filter_map(|found| judged.get(found))
        .filter(|judged| judged.is_eligible())
}
