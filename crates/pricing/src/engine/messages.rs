//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;

use super::{
    ActionMessage, MessagePlace, Priced, ProductHandle, benefits::saving_alone, catalogue::Stocked,
    rule::Reach, standing::Standing,
};
use crate::model::{Benefit, Discount, ShippingService};

/// Where every discount in play stands: what to tell a shopper of a priced cart, the most important first.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    pub(super) priced: Priced<'a>,
    /// Where each rule in play stands, by its place among those; nothing for a coupon without its code.
    pub(super) in_play: Vec<Option<Standing>>,
    /// The first to be told of beside any product that can be discounted, as it is on the whole store.
    store_wide: Option<Ranked<'a>>,
}

/// A discount about a place, and where it stands there.
type Ranked<'a> = (Standing, &'a Discount);

impl<'a> Priced<'a> {
    /// Finds out where every discount in play stands.
    #[must_use]
    pub fn standings(self) -> Standings<'a> {
        let in_play = self.workspace.tallies.in_play.iter().map(|at| self.standing(*at)).collect();
        let mut standings = Standings { priced: self, in_play, store_wide: None };
        let store_wide = standings.store_wide().min_by_key(|(standing, _)| *standing);
        standings.store_wide = store_wide;
        standings
    }
}

impl<'a> Standings<'a> {
    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    #[must_use]
    pub fn messages_beside(&self, product: ProductHandle) -> Vec<ActionMessage> {
        let Some(stocked) = self.priced.engine.catalogue.stocked(product) else { return Vec::new() };
        let store_wide = self.store_wide().filter(|_| stocked.product.discountable);
        at_place(&place_of(stocked), self.about(stocked).chain(store_wide).collect())
    }

    /// The most important message beside one product, which is the one a page shows unless it asks for more.
    #[must_use]
    pub fn first_message_beside(&self, product: ProductHandle) -> Option<ActionMessage> {
        let stocked = self.priced.engine.catalogue.stocked(product)?;
        let mut first = self.store_wide.filter(|_| stocked.product.discountable);
        for ranked in self.about(stocked) {
            if first.is_none_or(|(standing, _)| ranked.0 < standing) {
                first = Some(ranked);
            }
        }
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

    /// The discounts with a message beside a product, but for those on the whole store.
    fn about(&self, stocked: &'a Stocked) -> impl Iterator<Item = Ranked<'a>> {
        let Priced { engine, circumstances, .. } = self.priced;
        let is_offered = |at: &u32| {
            let offer = engine.rule(*at).filter(|rule| rule.is_offer());
            offer.is_some_and(|rule| stocked.product.discountable && rule.covers(&stocked.product))
        };
        let offers = circumstances.attached.iter().copied().filter(is_offered);
        stocked.rules().iter().map(|listing| listing.at).chain(offers).filter_map(|at| self.ranked(at))
    }

    /// The discounts on the whole store with a message.
    fn store_wide(&self) -> impl Iterator<Item = Ranked<'a>> {
        let engine = self.priced.engine;
        let is_store_wide = |at: &u32| engine.rule(*at).is_some_and(|rule| rule.reach == Reach::Store);
        engine.everywhere.iter().copied().filter(is_store_wide).filter_map(|at| self.ranked(at))
    }

    /// A rule, in play or not, that may be spoken of beside products.
    fn ranked(&self, at: u32) -> Option<Ranked<'a>> {
        let standing = match self.priced.workspace.tallies.place_of(at) {
            Some(place) => self.in_play.get(place).copied().flatten(),
            None => self.priced.standing(at),
        };
        let standing = standing.filter(|standing| standing.speaks && !standing.is_hidden())?;
        Some((standing, &*self.priced.engine.rule(at)?.discount))
    }

    /// The discounts with a message beside a shipping service; what they could save is told as if it were chosen.
    fn about_service(&self, service: &'a ShippingService) -> impl Iterator<Item = Ranked<'a>> {
        let priced = self.priced;
        priced.engine.shipping.iter().filter_map(move |at| {
            let judged = priced.judge(*at)?;
            let discount = &judged.rule.discount;
            if !matches!(&discount.benefit, Benefit::Shipping { services, .. } if services.covers(&service.id)) {
                return None;
            }
            let tally = priced.workspace.tallies.of(*at);
            let saving = saving_alone(judged.rule, &tally, Some(service));
            let standing = priced.standing_of(&judged, saving);
            (!standing.is_hidden()).then_some((standing, &**discount))
        })
    }
}

fn place_of(stocked: &Stocked) -> MessagePlace {
    MessagePlace::Product(stocked.product.sku.clone())
}

/// The messages at a place, the most important first.
fn at_place(place: &MessagePlace, mut about: Vec<Ranked<'_>>) -> Vec<ActionMessage> {
    about.sort_unstable_by_key(|(standing, _)| *standing);
    about.into_iter().filter_map(|ranked| message(ranked, place.clone())).collect()
}

fn message((standing, discount): Ranked<'_>, place: MessagePlace) -> Option<ActionMessage> {
    let text = discount.action_message.clone()?;
    Some(ActionMessage { place, discount: discount.id.clone(), text, state: standing.state })
}
