//! A priced cart, and what was found out on the way.

use alloc::vec::Vec;

use super::{
    Circumstances, CompactLine, Engine, Reason, Request, Viewpoint, rule::Rule, workspace::Workspace,
};
use crate::{
    model::{Cart, CartError, ShippingService, Upgrade},
    money::Amount,
};

/// A priced cart, and what was found out on the way.
#[derive(Debug)]
pub struct Assessment<'a> {
    pub(super) engine: &'a Engine,
    pub(super) request: Request<'a>,
    pub(super) lines: Vec<CompactLine>,
    pub(super) service: Option<&'a ShippingService>,
    /// Positions of the rules that came with a code or a grant, sorted.
    pub(super) attached: Vec<u32>,
    pub(super) workspace: Workspace,
    /// Every promotion and every attached coupon, in the order of the snapshot.
    pub(super) judged: Vec<Judged<'a>>,
}

/// A discount judged.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    /// The rule's position.
    pub(super) at: u32,
    pub(super) rule: &'a Rule,
    /// Why it may not apply; empty when it may.
    pub(super) reasons: Vec<Reason>,
    /// What it would save by itself, were its requirement met.
    pub(super) saving_alone: Amount,
}

impl Engine {
    /// Prices a cart and keeps what was found out on the way.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub fn assess<'a>(&'a self, request: Request<'a>) -> Result<Assessment<'a>, Vec<CartError>> {
        let (lines, service, mut attached) = self.resolve(request.cart)?;
        attached.extend(request.cart.codes.iter().filter_map(|typed| self.attached(typed)));
        attached.sort_unstable();
        attached.dedup();
        let circumstances = request.circumstances(service, &attached);
        let mut workspace = Workspace::default();
        self.price(&lines, &circumstances, &mut workspace);
        let judged = (0..)
            .zip(&self.rules)
            .filter(|(at, rule)| circumstances.brings(*at, rule))
            .map(|(at, rule)| Judged {
                at,
                rule,
                reasons: self.reasons(at, rule, &circumstances, &workspace),
                saving_alone: super::benefits::saving_alone(rule, &workspace.tallies.of(at), service),
            })
            .collect();
        Ok(Assessment { engine: self, request, lines, service, attached, workspace, judged })
    }

    /// Looks up what the cart names: its products, its shipping service, the offers it has grants of.
    #[expect(clippy::type_complexity, reason = "taken apart where it is called")]
    fn resolve(
        &self,
        cart: &Cart,
    ) -> Result<(Vec<CompactLine>, Option<&ShippingService>, Vec<u32>), Vec<CartError>> {
        let mut errors = Vec::new();
        if cart.lines.len() > Cart::MAXIMUM_LINES {
            errors.push(CartError::TooManyLines);
        }
        if cart.codes.len() > Cart::MAXIMUM_CODES {
            errors.push(CartError::TooManyCodes);
        }
        if cart.grants.len() > Cart::MAXIMUM_GRANTS {
            errors.push(CartError::TooManyGrants);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut lines = Vec::with_capacity(cart.lines.len());
        for (at, line) in cart.lines.iter().enumerate() {
            match self.handle(line.sku.as_str()) {
                Some(product) => lines.push(CompactLine { product, quantity: line.quantity }),
                None => errors.push(CartError::UnknownSku { line: at, sku: line.sku.clone() }),
            }
        }
        let service = cart.shipping_service.as_ref().and_then(|id| {
            let found = self.services.iter().find(|service| service.id == *id);
            if found.is_none() {
                errors.push(CartError::UnknownService { service: id.clone() });
            }
            found
        });
        let mut offers = Vec::with_capacity(cart.grants.len());
        for (at, grant) in cart.grants.iter().enumerate() {
            match Upgrade::offer_id(&grant.upgrade, &grant.sku).ok().and_then(|id| self.offers.get(&id)) {
                Some(offer) => offers.push(*offer),
                None => errors.push(CartError::UnknownGrant {
                    grant: at,
                    upgrade: grant.upgrade.clone(),
                    sku: grant.sku.clone(),
                }),
            }
        }
        if errors.is_empty() { Ok((lines, service, offers)) } else { Err(errors) }
    }
}

impl<'a> Request<'a> {
    /// What rules are judged by, besides the lines.
    pub(super) const fn circumstances<'b>(
        &self,
        service: Option<&'b ShippingService>,
        attached: &'b [u32],
    ) -> Circumstances<'b>
    where
        'a: 'b,
    {
        let Self { cart, as_of, usage, .. } = *self;
        Circumstances { as_of, customer: &cart.customer, usage, service, attached }
    }
}

impl Circumstances<'_> {
    /// Whether a rule comes to the cart at all: promotions by themselves, coupons by their code, offers by a grant.
    pub(super) fn brings(&self, at: u32, rule: &Rule) -> bool {
        !rule.needs_attaching() || self.attached.binary_search(&at).is_ok()
    }
}

impl Judged<'_> {
    pub(super) fn is_eligible(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Whether whoever reads the quote may learn of it.
    pub(super) fn is_visible_to(&self, viewpoint: Viewpoint) -> bool {
        viewpoint == Viewpoint::Merchant || !self.is_withheld()
    }

    /// Whether it is off, not for this customer or used up, whatever the cart holds.
    pub(super) fn is_withheld(&self) -> bool {
        self.reasons.iter().any(|reason| reason.hides())
    }
}
