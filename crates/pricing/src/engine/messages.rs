//! Action messages: what shoppers read beside a product or a shipping service.

use alloc::vec::Vec;

use super::{
    ActionMessage, MessagePlace, MessageState, Priced, ProductHandle, Workspace, benefits::saving_alone,
    catalogue::Stocked, rule::Rule, standing::Standing,
};
use crate::{
    model::{Benefit, Discount, ShippingService},
    sort::sort,
};

/// Where the discounts of a priced cart stand: what to tell a shopper, the most important first.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    pub(super) priced: Priced<'a>,
    /// The rules in play that come before all others: those applied, and those short of their minimum. Most rules are
    /// neither, and are looked at only where none of these has a word to say.
    found: Vec<(Standing, u32)>,
    /// Their places in `found`, in order, each behind the number that mostly tells it: little is moved to sort this.
    order: Vec<(u64, usize)>,
}

impl<'a> Priced<'a> {
    /// Finds out where the discounts stand.
    #[must_use]
    pub fn standings(self) -> Standings<'a> {
        let Workspace { refused, deal, .. } = self.workspace;
        let most = refused.len().saturating_add(deal.steps.len());
        let (mut found, mut order) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let applied = deal.steps.iter().map(|step| (self.standing(step.at), step.at));
        let short = refused.iter().map(|at| (self.short_of_minimum(*at), *at));
        for (standing, at) in applied.chain(short) {
            if let Some(standing) = standing {
                order.push((standing.order, found.len()));
                found.push((standing, at));
            }
        }
        sort(&mut order, |(a, place_of_a), (b, place_of_b)| {
            a < b || (a == b && found.get(*place_of_a) < found.get(*place_of_b))
        });
        Standings { priced: self, found, order }
    }
}

impl<'a> Standings<'a> {
    /// The rules that come before all others, in order, and where they stand.
    pub(super) fn ahead(&self) -> impl Iterator<Item = &(Standing, u32)> {
        self.order.iter().filter_map(|(_, place)| self.found.get(*place))
    }

    /// The messages beside one product, in the cart or not, the most important first (pricing-rules §6).
    fn messages_beside(&self, product: ProductHandle) -> Vec<ActionMessage> {
        let stocked = self.priced.engine.catalogue.stocked(product);
        let beside = |stocked| at_place(&place_of(stocked), self.priced.about(stocked).collect());
        stocked.map(beside).unwrap_or_default()
    }

    /// The discount whose message is the most important one beside a product, and how far it is: the one a page shows
    /// unless it asks for more.
    #[must_use]
    pub fn first_beside(&self, product: ProductHandle) -> Option<(&'a Discount, MessageState)> {
        let stocked = self.priced.engine.catalogue.stocked(product)?;
        let first = self.ahead_beside(product, stocked);
        let first = first.or_else(|| self.priced.about(stocked).min_by_key(|(standing, _)| *standing));
        first.map(|(standing, discount)| (discount, standing.state))
    }

    /// The same beside a shipping service.
    #[must_use]
    pub fn first_beside_service(&self, service: &'a ShippingService) -> Option<(&'a Discount, MessageState)> {
        let about = self.about_service(service).filter(|(_, discount)| discount.action_message.is_some());
        about.min_by_key(|(standing, _)| *standing).map(|(standing, discount)| (discount, standing.state))
    }

    /// The first of those ahead that has a message beside a product in the cart: all about such a product is in play.
    fn ahead_beside(&self, product: ProductHandle, stocked: &Stocked) -> Option<Ranked<'a>> {
        let is_in_cart = self.priced.lines.iter().any(|line| line.product == product);
        self.ahead().filter(|_| is_in_cart).find_map(|(standing, at)| {
            let rule = self.priced.engine.rule(*at)?;
            (rule.speaks && rule.discounts(*at, stocked)).then_some((*standing, &*rule.discount))
        })
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
            let saving = saving_alone(judged.rule, tally, Some(service));
            let standing = priced.standing_of(&judged, saving);
            (!standing.is_hidden()).then_some((standing, &**discount))
        })
    }
}

/// A discount about a place, and where it stands there.
type Ranked<'a> = (Standing, &'a Discount);

impl<'a> Priced<'a> {
    /// The discounts with a message beside a product.
    fn about(self, stocked: &'a Stocked) -> impl Iterator<Item = Ranked<'a>> {
        let Self { engine, circumstances, .. } = self;
        // A coupon on the whole store is both everywhere and attached.
        let offers = circumstances.attached.iter().filter(|at| engine.rule(**at).is_some_and(Rule::is_offer));
        let listed = stocked.rules().iter().map(|listing| &listing.at);
        listed.chain(&engine.everywhere).chain(offers).filter_map(move |at| {
            let rule = engine.rule(*at).filter(|rule| rule.speaks && rule.discounts(*at, stocked))?;
            let standing = self.standing(*at).filter(|standing| !standing.is_hidden())?;
            Some((standing, &*rule.discount))
        })
    }
}

fn place_of(stocked: &Stocked) -> MessagePlace {
    MessagePlace::Product(stocked.product.sku.clone())
}

/// The messages at a place, the most important first.
fn at_place(place: &MessagePlace, mut about: Vec<Ranked<'_>>) -> Vec<ActionMessage> {
    sort(&mut about, |(a, _), (b, _)| a < b);
    about.into_iter().filter_map(|ranked| message(ranked, place.clone())).collect()
}

fn message((standing, discount): Ranked<'_>, place: MessagePlace) -> Option<ActionMessage> {
    let text = discount.action_message.clone()?;
    Some(ActionMessage { place, discount: discount.id.clone(), text, state: standing.state })
}
