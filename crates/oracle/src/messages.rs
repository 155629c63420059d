//! What shoppers are told beside products and shipping services (§6).

use std::cmp::Reverse;

use pricing::{
    engine::{ActionMessage, Measure, MessagePlace, MessageState, Reason, VerdictKind},
    model::{Benefit, Id},
};

use crate::{
    candidate::{Candidate, by_title},
    eligibility::Judged,
    fraction::{Fraction, whole},
    order::Order,
    report::verdict,
    scope::{covers, discounts},
};

/// §6, action messages: place by place, at each the most important first.
pub(crate) fn messages(order: &Order<'_>, judged: &[Judged<'_>], deal: &Candidate<'_>) -> Vec<ActionMessage> {
    let mut messages = Vec::new();
    for place in places(order) {
        let mut shown: Vec<&Judged<'_>> = judged.iter().filter(|judged| is_shown(judged)).collect();
        shown.retain(|judged| is_about(&judged.rule.discount.benefit, &place, order));
        shown.sort_by_cached_key(|judged| importance(judged, deal, possible_saving(judged, &place, order)));
        for judged in shown {
            messages.extend(judged.rule.discount.action_message.clone().map(|text| ActionMessage {
                place: place.clone(),
                discount: judged.rule.id().clone(),
                text,
                state: state(judged, deal),
            }));
        }
    }
    messages
}

/// The cart's products in order of first appearance, then the store's services in its order.
fn places(order: &Order<'_>) -> Vec<MessagePlace> {
    let mut places = Vec::new();
    for given in &order.cart.lines {
        let place = MessagePlace::Product(given.sku.clone());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let services = order.snapshot.shipping_services.iter();
    places.extend(services.map(|service| MessagePlace::Service(service.id.clone())));
    places
}

/// §6: beside every product in scope, or every covered shipping service.
fn is_about(benefit: &Benefit, place: &MessagePlace, order: &Order<'_>) -> bool {
    match (benefit, place) {
        (Benefit::Products { scope, .. }, MessagePlace::Product(sku)) => discounts(scope, order.product(sku)),
        (Benefit::Shipping { services, .. }, MessagePlace::Service(id)) => covers(services, id),
        _ => false,
    }
}

/// §6: when it is enabled, in window, the visitor qualifies and a use is left; the requirement need not be met.
fn is_shown(judged: &Judged<'_>) -> bool {
    !judged.reasons.iter().any(|reason| {
        matches!(
            reason,
            Reason::Disabled
                | Reason::NotStarted
                | Reason::Ended
                | Reason::WrongAudience
                | Reason::LimitReached
        )
    })
}

fn state(judged: &Judged<'_>, deal: &Candidate<'_>) -> MessageState {
    let is_unmet =
        |reason: &Reason| matches!(reason, Reason::BelowMinimum { .. } | Reason::AboveMaximum { .. });
    match verdict(judged, deal).kind {
        VerdictKind::Applied => MessageState::Applied,
        VerdictKind::Beaten => MessageState::Beaten,
        VerdictKind::Ineligible if judged.reasons.iter().any(is_unmet) => MessageState::RequirementUnmet,
        VerdictKind::Ineligible => MessageState::Available,
    }
}

/// §6: the smallest comes first. What applied in order of application, then unmet requirements by smallest gap, then
/// the rest; among equals the larger possible saving, then title, id.
pub(crate) fn importance(
    judged: &Judged<'_>,
    deal: &Candidate<'_>,
    saving: Fraction,
) -> (u8, Fraction, Reverse<Fraction>, (Vec<char>, Id)) {
    let place = deal.applied.iter().position(|(rule, _)| rule.id() == judged.rule.id());
    let (group, distance) = match (place, judged.reasons.iter().find_map(gap)) {
        (Some(place), _) => (1, whole(place as u64)),
        (None, Some(gap)) => (2, gap),
        (None, None) => (3, whole(0)),
    };
    (group, distance, Reverse(saving), by_title(&judged.rule.discount))
}

/// §6: what it saves alone, as if it were eligible and, beside a shipping service, as if that one were chosen.
fn possible_saving(judged: &Judged<'_>, place: &MessagePlace, order: &Order<'_>) -> Fraction {
    let MessagePlace::Service(id) = place else { return judged.alone.clone() };
    let service = order.snapshot.shipping_services.iter().find(|service| service.id == *id);
    Candidate::new(&Order { service, ..order.clone() }, vec![judged.rule]).saving()
}

/// The missing share of a minimum.
fn gap(reason: &Reason) -> Option<Fraction> {
    let number = |measure: Measure| match measure {
        Measure::Items(count) => whole(count),
        Measure::Money(amount) => whole(amount.minor()),
    };
    match *reason {
        Reason::BelowMinimum { need, have } => Some((number(need) - number(have)) / number(need)),
        _ => None,
    }
}
