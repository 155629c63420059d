//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::{
    ActionMessage, Assessment, MessagePlace, MessageState, Reason, VerdictKind, assessment::Judged,
    benefits::saving_alone,
};
use crate::{
    model::{Benefit, Product, ShippingService},
    money::Amount,
};

impl Assessment<'_> {
    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    #[must_use]
    pub fn messages_beside(&self, product: &Product) -> Vec<ActionMessage> {
        let place = MessagePlace::Product(product.sku.clone());
        self.messages_at(&place, |judged| match &judged.rule.discount.benefit {
            Benefit::Products { scope, .. } => {
                (product.discountable && scope.covers(product)).then_some(judged.saving_alone)
            }
            Benefit::Shipping { .. } => None,
        })
    }

    /// The messages beside every product in the cart, in the order of the lines, then beside every service.
    pub(super) fn messages(&self) -> Vec<ActionMessage> {
        let mut messages = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let stood_before = self.lines.iter().take(at).any(|earlier| earlier.product == line.product);
            if let Some(product) = self.engine.catalogue.product(line.product).filter(|_| !stood_before) {
                messages.extend(self.messages_beside(product));
            }
        }
        for service in &self.engine.services {
            messages.extend(self.messages_beside_service(service));
        }
        messages
    }

    /// The messages beside one shipping service; what they could save is told as if it were chosen.
    fn messages_beside_service(&self, service: &ShippingService) -> Vec<ActionMessage> {
        let place = MessagePlace::Service(service.id.clone());
        self.messages_at(&place, |judged| match &judged.rule.discount.benefit {
            Benefit::Shipping { services, .. } if services.covers(&service.id) => {
                let tally = self.workspace.tallies.of(judged.at);
                Some(saving_alone(judged.rule, &tally, Some(service)))
            }
            _ => None,
        })
    }

    /// The messages at a place; `possible_saving` is nothing for a discount that is not about it.
    fn messages_at(
        &self,
        place: &MessagePlace,
        possible_saving: impl Fn(&Judged<'_>) -> Option<Amount>,
    ) -> Vec<ActionMessage> {
        let mut ranked: Vec<_> = self
            .judged
            .iter()
            .filter(|judged| !judged.is_withheld())
            .filter_map(|judged| {
                let text = judged.rule.discount.action_message.clone()?;
                let saving = possible_saving(judged)?;
                Some((self.importance(judged, saving), text, judged))
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

    pub(super) fn importance(&self, judged: &Judged<'_>, saving: Amount) -> Importance {
        let class = match self.step_of(judged) {
            Some(step) => Class::Applied(step),
            None => judged.reasons.iter().find_map(gap).unwrap_or_else(|| Class::Rest(self.state(judged))),
        };
        Importance { class, saving: Reverse(saving), rank: judged.rule.rank }
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
}

/// What decides which message comes first: the smaller, the sooner.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Importance {
    class: Class,
    saving: Reverse<Amount>,
    rank: u32,
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
