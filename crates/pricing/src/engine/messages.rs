//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::{
    ActionMessage, Assessment, MessagePlace, MessageState, Reason, VerdictKind, best_deal::Deal,
    eligibility::Judged,
};
use crate::{
    model::{Benefit, Id, Product},
    money::Amount,
};

impl Assessment<'_> {
    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    #[must_use]
    pub fn messages_beside(&self, product: &Product) -> Vec<ActionMessage> {
        self.messages_at(&MessagePlace::Product(product.sku.clone()), |benefit| match benefit {
            Benefit::Products { scope, .. } => product.discountable && scope.covers(product),
            Benefit::Shipping { .. } => false,
        })
    }

    /// The messages beside every product in the cart, in the order of the lines, then beside every service.
    pub(super) fn messages(&self) -> Vec<ActionMessage> {
        let mut messages = Vec::new();
        for (at, line) in self.basket.lines.iter().enumerate() {
            let stood_before =
                self.basket.lines.iter().take(at).any(|earlier| earlier.product.sku == line.product.sku);
            if !stood_before {
                messages.extend(self.messages_beside(line.product));
            }
        }
        for service in &self.engine.services {
            messages.extend(self.messages_beside_service(&service.id));
        }
        messages
    }

    fn messages_beside_service(&self, service: &Id) -> Vec<ActionMessage> {
        self.messages_at(&MessagePlace::Service(service.clone()), |benefit| match benefit {
            Benefit::Products { .. } => false,
            Benefit::Shipping { services, .. } => services.covers(service),
        })
    }

    fn messages_at(&self, place: &MessagePlace, shown: impl Fn(&Benefit) -> bool) -> Vec<ActionMessage> {
        let mut ranked: Vec<_> = self
            .judged
            .iter()
            .filter(|judged| !judged.is_withheld() && shown(&judged.rule.discount.benefit))
            .filter_map(|judged| {
                let text = judged.rule.discount.action_message.clone()?;
                Some((self.importance(judged), text, judged))
            })
            .collect();
        ranked.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        ranked
            .into_iter()
            .map(|(importance, text, judged)| ActionMessage {
                place: place.clone(),
                discount: judged.rule.discount.id.clone(),
                text,
                state: importance.class.state(),
            })
            .collect()
    }

    fn importance(&self, judged: &Judged<'_>) -> Importance {
        let class = match self.step_of(judged) {
            Some(step) => Class::Applied(step),
            None => judged.reasons.iter().find_map(gap).unwrap_or_else(|| Class::Rest(self.state(judged))),
        };
        Importance { class, saving: Reverse(self.saving_alone(judged)), rank: judged.rule.rank }
    }

    /// The state of a discount that is not applied and not short of its minimum.
    fn state(&self, judged: &Judged<'_>) -> MessageState {
        if judged.reasons.iter().any(|reason| matches!(reason, Reason::AboveMaximum { .. })) {
            MessageState::RequirementUnmet
        } else if self.verdict(judged).kind == VerdictKind::Beaten {
            MessageState::Beaten
        } else {
            MessageState::Available
        }
    }

    /// What a discount would save on this cart by itself, were its requirement met.
    pub(super) fn saving_alone(&self, judged: &Judged<'_>) -> Amount {
        Deal::of([judged], &self.basket).saving()
    }
}

/// What decides which message comes first: the smaller, the sooner.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Importance {
    class: Class,
    saving: Reverse<Amount>,
    rank: usize,
}

#[derive(Clone, Copy)]
enum Class {
    /// In the deal chosen, at this step.
    Applied(usize),
    /// Short of the minimum by `missing` out of `need`, items or minor units.
    Unmet { missing: u64, need: u64 },
    /// Neither.
    Rest(MessageState),
}

impl Class {
    const fn state(self) -> MessageState {
        match self {
            Self::Applied(_) => MessageState::Applied,
            Self::Unmet { .. } => MessageState::RequirementUnmet,
            Self::Rest(state) => state,
        }
    }
}

impl Ord for Class {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Applied(a), Self::Applied(b)) => a.cmp(b),
            (Self::Unmet { missing: a, need: of_a }, Self::Unmet { missing: b, need: of_b }) => {
                // a / of_a against b / of_b, exactly.
                let across = |x: u64, y: u64| u128::from(x).saturating_mul(u128::from(y));
                across(*a, *of_b).cmp(&across(*b, *of_a))
            }
            (Self::Rest(_), Self::Rest(_)) => Ordering::Equal,
            (Self::Applied(_), _) | (Self::Unmet { .. }, Self::Rest(_)) => Ordering::Less,
            (_, Self::Applied(_)) | (Self::Rest(_), Self::Unmet { .. }) => Ordering::Greater,
        }
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

fn gap(reason: &Reason) -> Option<Class> {
    match reason {
        Reason::BelowMinimum { need, have } => {
            let need = need.number();
            Some(Class::Unmet { missing: need.saturating_sub(have.number()), need })
        }
        _ => None,
    }
}
