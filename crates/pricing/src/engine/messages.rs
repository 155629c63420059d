//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use super::{
    ActionMessage, MessagePlace, MessageState, Priced, ProductHandle, Reason, VerdictKind,
    benefits::saving_alone, priced::Judged, rule::Rule,
};
use crate::{
    model::{Benefit, Id, ShippingService},
    money::Amount,
};

impl<'a> Priced<'a> {
    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    #[must_use]
    pub fn messages_beside(self, product: ProductHandle) -> Vec<ActionMessage> {
        self.place_of(product).map(|place| at_place(&place, self.about(product))).unwrap_or_default()
    }

    /// The most important message beside one product, which is the one a page shows unless it asks for more.
    #[must_use]
    pub fn first_message_beside(self, product: ProductHandle) -> Option<ActionMessage> {
        let first = self.about(product).min_by(|a, b| a.importance.cmp(&b.importance))?;
        first.message(self.place_of(product)?)
    }

    fn place_of(self, product: ProductHandle) -> Option<MessagePlace> {
        self.engine.catalogue.product(product).map(|product| MessagePlace::Product(product.sku.clone()))
    }

    /// The messages beside every product in the cart, in the order of the lines, then beside every service.
    pub(super) fn messages(self) -> Vec<ActionMessage> {
        let mut messages = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            if !self.lines.iter().take(at).any(|earlier| earlier.product == line.product) {
                messages.extend(self.messages_beside(line.product));
            }
        }
        for service in &self.engine.services {
            let place = MessagePlace::Service(service.id.clone());
            messages.extend(at_place(&place, self.about_service(service)));
        }
        messages
    }

    /// The discounts with a message beside a product.
    fn about(self, handle: ProductHandle) -> impl Iterator<Item = Ranked<'a>> {
        let engine = self.engine;
        let stocked = engine.catalogue.stocked(handle);
        let listed = stocked.into_iter().flat_map(|stocked| stocked.rules()).map(|listing| listing.at);
        let is_offer = |at: &&u32| engine.rule(**at).is_some_and(Rule::is_offer);
        let offers = self.circumstances.attached.iter().filter(is_offer);
        let unlisted = engine.everywhere.iter().chain(offers).copied();
        let unlisted = unlisted.filter(move |at| {
            let covers = |product| engine.rule(*at).is_some_and(|rule| rule.discounts_unlisted(product));
            stocked.is_some_and(|stocked| covers(&stocked.product))
        });
        listed.chain(unlisted).filter_map(move |at| {
            let rule = engine.rule(at)?;
            let is_shown = rule.value.is_some() && rule.discount.action_message.is_some();
            let judged = is_shown.then(|| self.judge(at))??;
            self.ranked(judged, judged.saving_alone)
        })
    }

    /// The discounts with a message beside a shipping service; what they could save is told as if it were chosen.
    fn about_service(self, service: &'a ShippingService) -> impl Iterator<Item = Ranked<'a>> {
        self.engine.shipping.iter().filter_map(move |at| {
            let judged = self.judge(*at)?;
            let tally = self.workspace.tallies.of(*at);
            let saving = saving_alone(judged.rule, &tally, Some(service));
            self.ranked(judged, saving).filter(|_| covers(&judged.rule.discount.benefit, &service.id))
        })
    }

    fn ranked(self, judged: Judged<'a>, saving: Amount) -> Option<Ranked<'a>> {
        (!judged.reasons.hide()).then(|| Ranked { importance: self.importance(&judged, saving), judged })
    }

    pub(super) fn importance(self, judged: &Judged<'_>, saving: Amount) -> Importance {
        let class = match self.step_of(judged.at) {
            Some(step) => Class::Applied(step),
            None => judged.reasons.bound().and_then(gap).unwrap_or_else(|| Class::Rest(self.state(judged))),
        };
        Importance { class, saving: Reverse(saving), rank: judged.rule.rank }
    }

    /// The state of a discount that is not applied and not short of its minimum.
    fn state(self, judged: &Judged<'_>) -> MessageState {
        if judged.reasons.bound().is_some() {
            MessageState::RequirementUnmet
        } else if self.outcome(judged).0 == VerdictKind::Beaten {
            MessageState::Beaten
        } else {
            MessageState::Available
        }
    }
}

/// A discount about a place, and how important its message is there.
struct Ranked<'a> {
    importance: Importance,
    judged: Judged<'a>,
}

impl Ranked<'_> {
    fn message(self, place: MessagePlace) -> Option<ActionMessage> {
        let discount = &self.judged.rule.discount;
        let text = discount.action_message.clone()?;
        let state = self.importance.class.state();
        Some(ActionMessage { place, discount: discount.id.clone(), text, state })
    }
}

fn covers(benefit: &Benefit, service: &Id) -> bool {
    matches!(benefit, Benefit::Shipping { services, .. } if services.covers(service))
}

/// The messages at a place, the most important first.
fn at_place<'a>(place: &MessagePlace, about: impl Iterator<Item = Ranked<'a>>) -> Vec<ActionMessage> {
    let mut ranked: Vec<_> = about.collect();
    ranked.sort_unstable_by(|a, b| a.importance.cmp(&b.importance));
    ranked.into_iter().filter_map(|ranked| ranked.message(place.clone())).collect()
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

fn gap(reason: Reason) -> Option<Class> {
    match reason {
        Reason::BelowMinimum { need, have } => {
            let need = need.number();
            Some(Class::Unmet { missing: need.saturating_sub(have.number()), need })
        }
        _ => None,
    }
}
