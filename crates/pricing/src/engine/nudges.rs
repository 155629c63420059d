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

/// A product in the cart.
type Counted<'a> = (&'a Group, &'a Stocked);

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
        let near = self.ahead().filter(|(standing, _)| standing.is_near).take(MAXIMUM_TRIED);
        let cheapest = self.priced.cheapest(|_| true);
        let nudge = |(_, at): &(_, u32)| {
            let judged = self.priced.judge(*at)?;
            let changed = self.priced.smallest_step(&judged, cheapest)?;
            let saving = self.priced.try_out(&judged, &changed, &mut lines, trial)?;
            Some(Nudge { discount: judged.rule.discount.id.clone(), step: changed.step, saving })
        };
        near.filter_map(nudge).collect()
    }
}

impl<'a> Priced<'a> {
    /// The cart after the smallest step to a discount that is short of its minimum: so many more of the cheapest product
    /// that counts towards it, or any item of the amount that is missing. `cheapest` is that product where all count.
    fn smallest_step(self, judged: &Judged<'a>, cheapest: Option<Counted<'a>>) -> Option<Changed<'a>> {
        let (need, have) = judged.reasons.only_below()?;
        let more = need.number().checked_sub(have.number())?;
        match need {
            Measure::Items(_) if judged.rule.counts_own_products => {
                let is_own = |stocked: &Stocked| stocked.product.discountable && stocked.is_listed(judged.at);
                self.raise(self.cheapest(is_own)?, more)
            }
            Measure::Items(_) => self.raise(cheapest?, more),
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

    /// The cheapest product in the cart of those that count, the first of equals.
    fn cheapest(self, counts: impl Fn(&Stocked) -> bool) -> Option<Counted<'a>> {
        let stocked = |group: &'a Group| {
            let stocked = self.engine.catalogue.stocked(ProductHandle::from_number(group.product))?;
            counts(stocked).then_some((group, stocked))
        };
        let counted = self.workspace.basket.groups.iter().filter_map(stocked);
        counted.min_by_key(|(_, stocked)| stocked.product.price)
    }

    /// So many more of a product, on its first line.
    fn raise(self, (group, stocked): Counted<'a>, more: u64) -> Option<Changed<'a>> {
        let line = self.workspace.basket.lines_of(group).next()?;
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
        let mut tally = *self.workspace.tallies.of(judged.at);
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
