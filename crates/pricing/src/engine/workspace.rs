//! Room for one pricing, to be used again.

use alloc::vec::Vec;

use super::{
    Circumstances, Engine, ProductHandle,
    basket::{Basket, Supposed},
    benefits::{Balance, saving_alone},
    best_deal::{Deal, Merits},
    eligibility::Case,
    tally::Tallies,
};
use crate::{model::Quantity, money::Amount};

/// So many of one product, for pricing without names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompactLine {
    /// Which product.
    pub product: ProductHandle,
    /// How many.
    pub quantity: Quantity,
}

/// Room for one pricing, to be used again: once it has grown to a cart's size, pricing takes no memory.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    pub(super) basket: Basket,
    pub(super) tallies: Tallies,
    /// Positions of the rules in play that are not eligible.
    pub(super) refused: Vec<u32>,
    pub(super) deal: Deal,
    trial: Deal,
    balance: Balance,
}

impl Workspace {
    /// What the last pricing's cart costs at selling price, without shipping.
    #[must_use]
    pub fn subtotal(&self) -> Amount {
        self.basket.totals.subtotal
    }

    /// What the last pricing took off products and shipping.
    #[must_use]
    pub fn saving(&self) -> Amount {
        self.deal.saving()
    }

    /// Positions in the snapshot of the discounts that applied, in order of application; the upgrades' offers count on
    /// behind the discounts.
    pub fn applied(&self) -> impl Iterator<Item = usize> {
        self.deal.steps.iter().filter_map(|step| usize::try_from(step.at).ok())
    }

    /// What came off each line in the last pricing: calls `each` with the position of a line and an amount above zero,
    /// more than once where several discounts apply.
    pub fn line_discounts(
        &self,
        lines: &[CompactLine],
        engine: &Engine,
        mut each: impl FnMut(usize, Amount),
    ) {
        self.deal.share_over_lines(
            &self.basket,
            |line| price_of(lines, line, engine),
            |line, _, amount| {
                each(line, amount);
            },
        );
    }
}

fn price_of(lines: &[CompactLine], line: usize, engine: &Engine) -> Amount {
    let find = || {
        let line = lines.get(line)?;
        Some(engine.catalogue.product(line.product)?.price.times(u64::from(line.quantity.get())))
    };
    find().unwrap_or_default()
}

impl Engine {
    /// Prices lines of known products (others are passed over), leaving the outcome in `workspace`.
    pub fn price(&self, lines: &[CompactLine], circumstances: &Circumstances<'_>, workspace: &mut Workspace) {
        self.price_supposing(None, lines, circumstances, workspace);
    }

    /// Prices lines as [`Engine::price`] does, and one supposed item more.
    pub(super) fn price_supposing(
        &self,
        supposed: Option<Supposed>,
        lines: &[CompactLine],
        circumstances: &Circumstances<'_>,
        workspace: &mut Workspace,
    ) {
        let Workspace { basket, tallies, .. } = workspace;
        basket.fill(lines, &self.catalogue);
        if let Some(supposed) = supposed {
            basket.suppose(supposed);
        }
        tallies.take(basket, &self.catalogue, &self.rules, &self.everywhere, &circumstances.attached);
        self.choose_single(circumstances, workspace);
        self.try_sets(circumstances, workspace);
    }

    /// Makes the best single discount the deal, and notes what each eligible one would save.
    fn choose_single(&self, circumstances: &Circumstances<'_>, workspace: &mut Workspace) {
        let Workspace { basket, tallies, refused, deal, balance, .. } = workspace;
        refused.clear();
        let mut best: Option<(Merits, u32)> = None;
        tallies.for_each(|at, tally| {
            let Some(rule) = self.rule(at).filter(|rule| circumstances.brings(at, rule)) else { return };
            if !(Case { rule, tally, totals: &basket.totals, circumstances }).is_eligible() {
                refused.push(at);
                return;
            }
            let saving = saving_alone(rule, tally, circumstances.service);
            tally.saving = Some(saving);
            if saving.is_zero() || best.is_some_and(|(merits, _)| merits.saving > saving) {
                return;
            }
            let merits = Merits::of_single(rule, saving);
            if best.is_none_or(|(other, _)| merits > other) {
                best = Some((merits, at));
            }
        });
        deal.clear();
        if let Some((_, at)) = best {
            deal.take_all([at], self, basket, balance, circumstances.service);
        }
    }

    /// Makes a promotion set the deal wherever it is better.
    fn try_sets(&self, circumstances: &Circumstances<'_>, workspace: &mut Workspace) {
        for set in &self.sets {
            let Workspace { basket, tallies, deal, trial, balance, .. } = &mut *workspace;
            let eligible = || set.iter().copied().filter_map(|at| Some((at, tallies.of(at).saving?)));
            // Taken off what others left, no discount saves more than it would alone. So the sum is a bound.
            if eligible().map(|(_, saving)| saving).sum::<Amount>() < deal.saving() {
                continue;
            }
            trial.clear();
            trial.take_all(eligible().map(|(at, _)| at), self, basket, balance, circumstances.service);
            if trial.is_better_than(deal) {
                core::mem::swap(trial, deal);
            }
        }
    }
}
