//! Which discount is told of first.

use core::cmp::{Ordering, Reverse};

use super::{MessageState, Priced, Reason, VerdictKind, priced::Judged};
use crate::money::Amount;

/// What decides which discount is told of first: the smaller, the sooner (pricing-rules §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Importance {
    pub(super) class: Class,
    saving: Reverse<Amount>,
    rank: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Class {
    /// In the deal chosen, at this step.
    Applied(usize),
    /// Short of the minimum.
    Unmet(Gap),
    /// Neither.
    Rest(MessageState),
}

/// How far a cart is from a minimum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// The missing share of the minimum in parts of 2^32, rounded down.
    share: u64,
    /// What is missing, in items or minor units.
    missing: u64,
    /// The minimum, above zero.
    need: u64,
}

impl Priced<'_> {
    /// How important a discount is that would save so much.
    pub(super) fn importance(self, judged: &Judged<'_>, saving: Amount) -> Importance {
        let class = match self.step_of(judged.at) {
            Some(step) => Class::Applied(step),
            None => judged.reasons.bound().map_or_else(|| Class::Rest(self.state(judged)), Class::of_bound),
        };
        Importance { class, saving: Reverse(saving), rank: judged.rule.rank }
    }

    /// The state of a discount that is not applied and within its bounds.
    fn state(self, judged: &Judged<'_>) -> MessageState {
        if self.outcome(judged).0 == VerdictKind::Beaten {
            MessageState::Beaten
        } else {
            MessageState::Available
        }
    }
}

impl Class {
    fn of_bound(bound: Reason) -> Self {
        match bound {
            Reason::BelowMinimum { need, have } => {
                Self::Unmet(Gap::new(need.number().saturating_sub(have.number()), need.number()))
            }
            _ => Self::Rest(MessageState::RequirementUnmet),
        }
    }

    pub(super) const fn state(self) -> MessageState {
        match self {
            Self::Applied(_) => MessageState::Applied,
            Self::Unmet(_) => MessageState::RequirementUnmet,
            Self::Rest(state) => state,
        }
    }

    /// Its place among the classes, and within its own as far as a number tells.
    const fn place(self) -> (u8, u64) {
        match self {
            Self::Applied(step) => (0, step as u64),
            Self::Unmet(gap) => (1, gap.share),
            Self::Rest(_) => (2, 0),
        }
    }
}

impl Gap {
    fn new(missing: u64, need: u64) -> Self {
        // At most 2^32, as no more can be missing than is needed.
        let share = if missing >> 32 == 0 {
            (missing << 32).checked_div(need)
        } else {
            (u128::from(missing) << 32)
                .checked_div(u128::from(need))
                .and_then(|share| u64::try_from(share).ok())
        };
        Self { share: share.unwrap_or(0), missing, need }
    }

    /// Which of two gaps of the same rounded share is smaller, exactly.
    fn cmp_exactly(self, other: Self) -> Ordering {
        let across = |missing: u64, need: u64| u128::from(missing).saturating_mul(u128::from(need));
        across(self.missing, other.need).cmp(&across(other.missing, self.need))
    }
}

impl Ord for Class {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| match (self, other) {
            (Self::Unmet(gap), Self::Unmet(larger)) => gap.cmp_exactly(*larger),
            _ => Ordering::Equal,
        })
    }
}

impl PartialOrd for Class {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Class {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Class {}

#[cfg(test)]
mod tests {
    use super::{Class, Gap};

    #[test]
    fn gaps_compare_exactly_however_large_they_are() {
        let gap = |missing, need| Class::Unmet(Gap::new(missing, need));
        assert!(gap(2, 12) < gap(10, 50));
        assert!(gap(1, 3) == gap(2, 6));
        let large = 1_000_000_000_000_000_000;
        assert!(gap(large / 3, large) < gap(1, 3));
        assert!(gap(large / 3 + 1, large) > gap(1, 3));
        assert!(gap(large, large) == gap(1, 1));
    }
}
