//! Where a discount stands: what decides which one a shopper is told of first.

use core::cmp::{Ordering, Reverse};

use super::{
    MessageState, Priced, VerdictKind,
    benefits::saving_alone,
    priced::Judged,
    reason::{Measure, Reason},
    rule::Rule,
};
use crate::money::Amount;

/// Where a discount stands: the smaller, the sooner it is told of (pricing-rules §6).
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// What comes first, as far as one number tells: applied discounts by step, unmet minimums by missing share, the rest.
    pub(super) order: u64,
    gap: Gap,
    saving: Amount,
    rank: u32,
    pub(super) state: MessageState,
    /// Nothing keeps it from applying but a minimum.
    pub(super) is_near: bool,
}

/// How far a cart is from a minimum, in items or minor units.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    missing: u64,
    need: u64,
}

impl Standing {
    /// Each kind has more room than the 2^32 parts of a missing share need.
    const UNMET: u64 = 1 << 40;
    const REST: u64 = 2 << 40;
    const HIDDEN: u64 = 3 << 40;

    /// Of a discount that shoppers must not learn of.
    fn hidden(rule: &Rule) -> Self {
        Self::new(rule, Amount::ZERO, Self::HIDDEN, MessageState::Available)
    }

    fn new(rule: &Rule, saving: Amount, order: u64, state: MessageState) -> Self {
        Self { order, gap: Gap::default(), saving, rank: rule.rank, state, is_near: false }
    }

    /// Of a discount short of a minimum.
    fn short(rule: &Rule, saving: Amount, (need, have): (Measure, Measure), is_near: bool) -> Self {
        let gap = Gap::between(need, have);
        let order = Self::UNMET.saturating_add(gap.share());
        Self { gap, is_near, ..Self::new(rule, saving, order, MessageState::RequirementUnmet) }
    }

    pub(super) const fn is_hidden(&self) -> bool {
        self.order == Self::HIDDEN
    }
}

impl Priced<'_> {
    /// Where the rule at a position stands; nothing for one that did not come to the cart.
    pub(super) fn standing(self, at: u32) -> Option<Standing> {
        let judged = self.judge(at)?;
        Some(self.standing_of(&judged, judged.saving_alone))
    }

    /// Where a rule that pricing refused stands, if a minimum is short and the shopper may know.
    pub(super) fn short_of_minimum(self, at: u32) -> Option<Standing> {
        let (rule, tally) = (self.engine.rule(at)?, self.workspace.tallies.of(at));
        let reasons = self.case(rule, tally).reasons();
        let Some(Reason::BelowMinimum { need, have }) = reasons.bound().filter(|_| !reasons.hide()) else {
            return None;
        };
        let saving = saving_alone(rule, tally, self.circumstances.service);
        Some(Standing::short(rule, saving, (need, have), reasons.only_below().is_some()))
    }

    /// Where a discount that would save so much stands.
    pub(super) fn standing_of(self, judged: &Judged<'_>, saving: Amount) -> Standing {
        let new = |order, state| Standing::new(judged.rule, saving, order, state);
        if judged.reasons.hide() {
            return Standing::hidden(judged.rule);
        }
        if let Some(step) = self.step_of(judged.at) {
            return new(step as u64, MessageState::Applied);
        }
        match judged.reasons.bound() {
            Some(Reason::BelowMinimum { need, have }) => {
                let is_near = judged.reasons.only_below().is_some();
                Standing::short(judged.rule, saving, (need, have), is_near)
            }
            Some(_) => new(Standing::REST, MessageState::RequirementUnmet),
            None if self.outcome(judged).0 == VerdictKind::Beaten => {
                new(Standing::REST, MessageState::Beaten)
            }
            None => new(Standing::REST, MessageState::Available),
        }
    }
}

impl Gap {
    const fn between(need: Measure, have: Measure) -> Self {
        let need = need.number();
        Self { missing: need.saturating_sub(have.number()), need }
    }

    /// The missing share in parts of 2^32, rounded down. No more can be missing than is needed.
    fn share(self) -> u64 {
        let Self { missing, need } = self;
        let share = if missing >> 32 == 0 {
            (missing << 32).checked_div(need)
        } else {
            (u128::from(missing) << 32)
                .checked_div(u128::from(need))
                .and_then(|share| u64::try_from(share).ok())
        };
        share.unwrap_or(0)
    }

    /// Which of two gaps of the same rounded share is smaller, exactly.
    fn cmp_exactly(self, other: Self) -> Ordering {
        let across = |missing: u64, need: u64| u128::from(missing).saturating_mul(u128::from(need));
        across(self.missing, other.need).cmp(&across(other.missing, self.need))
    }
}

impl Ord for Standing {
    fn cmp(&self, other: &Self) -> Ordering {
        let saving = |standing: &Self| Reverse(standing.saving);
        let by_order = self.order.cmp(&other.order).then_with(|| self.gap.cmp_exactly(other.gap));
        by_order.then_with(|| saving(self).cmp(&saving(other))).then(self.rank.cmp(&other.rank))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Standing {}

#[cfg(test)]
mod tests {
    use core::cmp::Ordering;

    use super::Gap;

    fn cmp(a: (u64, u64), b: (u64, u64)) -> Ordering {
        let [a, b] = [a, b].map(|(missing, need)| Gap { missing, need });
        a.share().cmp(&b.share()).then_with(|| a.cmp_exactly(b))
    }

    #[test]
    fn gaps_compare_exactly_however_large_they_are() {
        assert_eq!(cmp((2, 12), (10, 50)), Ordering::Less);
        assert_eq!(cmp((1, 3), (2, 6)), Ordering::Equal);
        let large = 1_000_000_000_000_000_000;
        assert_eq!(cmp((large / 3, large), (1, 3)), Ordering::Less);
        assert_eq!(cmp((large / 3 + 1, large), (1, 3)), Ordering::Greater);
        assert_eq!(cmp((large, large), (1, 1)), Ordering::Equal);
    }
}
