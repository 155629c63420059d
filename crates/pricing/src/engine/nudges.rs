//! Nudges: what one step more would bring, proven by taking it.

use alloc::vec::Vec;

use super::{
    CompactLine, Measure, Nudge, Priced, Step, Workspace,
    basket::{Group, Supposed},
    benefits::saving_alone,
    catalogue::{ProductHandle, Stocked},
    messages::Standings,
    priced::Judged,
};
use crate::{model::Quantity, money::Amount};

/// How many discounts are tried, the nearest first: a shopper reads one or two, and a store may have thousands.
const MAXIMUM_TRIED: usize = 10;

/// A cart after one step.
struct Changed<'a> {
    step: Step,
    change: Change<'a>,
}

#[derive(Clone, Copy)]
enum Change<'a> {
    /// A product's first line now has so many.
    Raised { stocked: &'a Stocked, by: u64, line: usize, to: Quantity },
    /// One more item, of no product in particular.
    Added(Supposed),
}

impl<'a> Standings<'a> {
    /// The discounts that one step brings, ranked as their messages are: among those that nothing keeps from applying but
    /// a minimum, the nearest are tried, and those that then apply and save more than is saved now are told.
    ///
    /// `trial` is room for pricing the changed carts.
    #[must_use]
    pub fn nudges(&self, trial: &mut Workspace) -> Vec<Nudge> {
        let mut lines = Vec::new();
        let near = self.ahead.iter().filter(|(standing, _)| standing.is_near).take(MAXIMUM_TRIED);
        let nudge = |(_, at): &(_, u32)| {
            let judged = self.priced.judge(*at)?;
            let changed = self.priced.smallest_step(&judged)?;
            let saving = self.priced.try_out(&judged, &changed, &mut lines, trial)?;
            Some(Nudge { discount: judged.rule.discount.id.clone(), step: changed.step, saving })
        };
        near.filter_map(nudge).collect()
    }
}

impl<'a> Priced<'a> {
    /// The cart after the smallest step to a discount that is short of its minimum.
    fn smallest_step(self, judged: &Judged<'a>) -> Option<Changed<'a>> {
        let (need, have) = judged.reasons.only_below()?;
        let more = need.number().checked_sub(have.number())?;
        match need {
            Measure::Items(_) => self.raise_cheapest(judged, more),
            Measure::Money(_) => {
                let amount = Amount::from_minor(more);
                let covered_by = judged.rule.counts_own_products.then_some(judged.at);
                (amount < Amount::PRICE_LIMIT).then_some(Changed {
                    step: Step::Amount { more: amount },
                    change: Change::Added(Supposed { amount, covered_by }),
                })
            }
        }
    }

    /// So many more of the cheapest product in the cart that counts towards the minimum, the first of equals.
    fn raise_cheapest(self, judged: &Judged<'_>, more: u64) -> Option<Changed<'a>> {
        let basket = &self.workspace.basket;
        let counts = |group: &'a Group| {
            let stocked = self.engine.catalogue.stocked(ProductHandle::from_number(group.product))?;
            let own = stocked.product.discountable && stocked.is_listed(judged.at);
            (own || !judged.rule.counts_own_products).then_some((group, stocked))
        };
        let counted = basket.groups.iter().filter_map(counts);
        let (group, stocked) = counted.min_by_key(|(_, stocked)| stocked.product.price)?;
        let line = basket.lines_of(group).next()?;
        let now = u64::from(self.lines.get(line)?.quantity.get());
        let to = Quantity::new(now.checked_add(more)?).ok()?;
        let step = Step::Quantity { more, sku: stocked.product.sku.clone() };
        Some(Changed { step, change: Change::Raised { stocked, by: more, line, to } })
    }

    /// How much more is saved once the cart has changed; nothing when the discount does not bring that.
    fn try_out(
        self,
        judged: &Judged<'_>,
        changed: &Changed<'_>,
        lines: &mut Vec<CompactLine>,
        trial: &mut Workspace,
    ) -> Option<Amount> {
        let now = self.workspace.saving();
        if !judged.rule.is_in_set && self.alone_after(judged, changed.change) <= now {
            return None;
        }
        lines.clear();
        lines.extend_from_slice(self.lines);
        let supposed = match changed.change {
            Change::Added(supposed) => Some(supposed),
            Change::Raised { line, to, .. } => {
                lines.get_mut(line)?.quantity = to;
                None
            }
        };
        self.engine.price_supposing(supposed, lines, self.circumstances, trial);
        let applies = trial.deal.steps.iter().any(|step| step.at == judged.at);
        let then = trial.saving();
        (applies && then > now).then(|| then.minus(now))
    }

    /// What the discount saves by itself once the cart has changed: outside of sets it can't bring more than that, which
    /// spares most discounts a pricing.
    fn alone_after(self, judged: &Judged<'_>, change: Change<'_>) -> Amount {
        let mut tally = self.workspace.tallies.of(judged.at);
        let rule = judged.rule;
        let (covered, price, quantity) = match change {
            Change::Added(supposed) => (supposed.is_covered_by(judged.at, rule), supposed.amount, 1),
            Change::Raised { stocked, by, .. } => {
                (rule.discounts(judged.at, stocked), stocked.product.price, by)
            }
        };
        if covered {
            let per_item = rule.per_item().unwrap_or_default().min(price);
            tally.add(quantity, price.times(quantity), per_item.times(quantity));
        }
        saving_alone(rule, &tally, self.circumstances.service)
    }
}
