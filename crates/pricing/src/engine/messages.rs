//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;

use super::{
    ActionMessage, MessagePlace, Priced, ProductHandle, benefits::saving_alone, catalogue::Stocked,
    importance::Importance,
};
use crate::model::{Benefit, Discount, ShippingService};

/// Where every discount in play stands: what to tell a shopper of a priced cart, the most important first.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    pub(super) priced: Priced<'a>,
    /// How important each rule in play is, by its place among those; nothing for one not to be spoken of.
    pub(super) in_play: Vec<Option<Importance>>,
}

impl<'a> Priced<'a> {
    /// Finds out where every discount in play stands.
    #[must_use]
    pub fn standings(self) -> Standings<'a> {
        let in_play = self.workspace.tallies.in_play.iter().map(|at| self.standing(*at)).collect();
        Standings { priced: self, in_play }
    }

    /// How important a rule is; nothing for one not to be spoken of.
    fn standing(self, at: u32) -> Option<Importance> {
        let judged = self.judge(at).filter(|judged| !judged.reasons.hide())?;
        Some(self.importance(&judged, judged.saving_alone))
    }
}

impl<'a> Standings<'a> {
    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    #[must_use]
    pub fn messages_beside(&self, product: ProductHandle) -> Vec<ActionMessage> {
        let Some(stocked) = self.priced.engine.catalogue.stocked(product) else { return Vec::new() };
        at_place(&place_of(stocked), self.about(stocked).collect())
    }

    /// The most important message beside one product, which is the one a page shows unless it asks for more.
    #[must_use]
    pub fn first_message_beside(&self, product: ProductHandle) -> Option<ActionMessage> {
        let stocked = self.priced.engine.catalogue.stocked(product)?;
        let first = self.about(stocked).min_by_key(|(importance, _)| *importance);
        first.and_then(|ranked| message(ranked, place_of(stocked)))
    }

    /// The messages beside every product in the cart, in the order of the lines, then beside every service.
    pub(super) fn messages(&self) -> Vec<ActionMessage> {
        let lines = self.priced.lines;
        let mut messages = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            if !lines.iter().take(at).any(|earlier| earlier.product == line.product) {
                messages.extend(self.messages_beside(line.product));
            }
        }
        for service in &self.priced.engine.services {
            let place = MessagePlace::Service(service.id.clone());
            messages.extend(at_place(&place, self.about_service(service).collect()));
        }
        messages
    }

    /// The discounts with a message beside a product.
    fn about(&self, stocked: &'a Stocked) -> impl Iterator<Item = Ranked<'a>> {
        let Priced { engine, circumstances, .. } = self.priced;
        let rule = |at: &u32| Some((*at, engine.rule(*at)?));
        let listed = stocked.rules().iter().filter_map(move |listing| rule(&listing.at));
        let store_wide = engine.everywhere.iter().filter_map(rule);
        let offers = circumstances.attached.iter().filter_map(rule).filter(|(_, rule)| rule.is_offer());
        let unlisted = store_wide.chain(offers).filter(|(_, rule)| rule.discounts_unlisted(&stocked.product));
        listed.chain(unlisted).filter_map(|(at, rule)| {
            let is_shown = rule.value.is_some() && rule.discount.action_message.is_some();
            Some((self.of(at).filter(|_| is_shown)?, &*rule.discount))
        })
    }

    /// How important a rule is, in play or not.
    fn of(&self, at: u32) -> Option<Importance> {
        match self.priced.workspace.tallies.place_of(at) {
            Some(place) => self.in_play.get(place).copied().flatten(),
            None => self.priced.standing(at),
        }
    }

    /// The discounts with a message beside a shipping service; what they could save is told as if it were chosen.
    fn about_service(&self, service: &'a ShippingService) -> impl Iterator<Item = Ranked<'a>> {
        let priced = self.priced;
        priced.engine.shipping.iter().filter_map(move |at| {
            let judged = priced.judge(*at).filter(|judged| !judged.reasons.hide())?;
            let discount = &judged.rule.discount;
            if !matches!(&discount.benefit, Benefit::Shipping { services, .. } if services.covers(&service.id)) {
                return None;
            }
            let tally = priced.workspace.tallies.of(*at);
            let saving = saving_alone(judged.rule, &tally, Some(service));
            Some((priced.importance(&judged, saving), &**discount))
        })
    }
}

/// A discount about a place, and how important its message is there.
type Ranked<'a> = (Importance, &'a Discount);

fn place_of(stocked: &Stocked) -> MessagePlace {
    MessagePlace::Product(stocked.product.sku.clone())
}

/// The messages at a place, the most important first.
fn at_place(place: &MessagePlace, mut about: Vec<Ranked<'_>>) -> Vec<ActionMessage> {
    about.sort_unstable_by_key(|(importance, _)| *importance);
    about.into_iter().filter_map(|ranked| message(ranked, place.clone())).collect()
}

fn message((importance, discount): Ranked<'_>, place: MessagePlace) -> Option<ActionMessage> {
    let text = discount.action_message.clone()?;
    Some(ActionMessage { place, discount: discount.id.clone(), text, state: importance.class.state() })
}
