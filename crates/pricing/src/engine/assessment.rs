//! From a cart as it comes to one that is priced.

use alloc::vec::Vec;

use super::{Circumstances, CompactLine, Engine, Priced, Request, messages::Standings, workspace::Workspace};
use crate::{
    model::{Cart, CartError, Id, ShippingService, Upgrade},
    sort::sort,
};

/// A cart that was priced, with all that it was priced by.
#[derive(Debug)]
pub struct Assessment<'a> {
    pub(super) engine: &'a Engine,
    pub(super) request: Request<'a>,
    pub(super) lines: Vec<CompactLine>,
    pub(super) circumstances: Circumstances<'a>,
    pub(super) workspace: Workspace,
}

impl<'a> Assessment<'a> {
    /// The engine that it was priced by.
    #[must_use]
    pub const fn engine(&self) -> &'a Engine {
        self.engine
    }

    /// The products of the upgrade offers that the cart holds grants of, and which yet do not apply.
    pub fn idle_offers(&self) -> impl Iterator<Item = &Id> {
        let priced = self.priced();
        self.request.cart.grants.iter().filter_map(move |grant| {
            let id = Upgrade::offer_id(&grant.upgrade, &grant.sku).ok()?;
            let at = self.engine.offers.last(id.as_str())?;
            priced.step_of(at).is_none().then_some(&grant.sku)
        })
    }

    /// What to tell a shopper besides the quote.
    #[must_use]
    pub fn standings(&self) -> Standings<'_> {
        self.priced().standings()
    }

    pub(super) const fn priced(&self) -> Priced<'_> {
        self.engine.priced(self.lines.as_slice(), &self.circumstances, &self.workspace)
    }
}

impl Engine {
    /// Prices a cart and keeps what was found out on the way.
    ///
    /// # Errors
    /// As [`Engine::quote`].
    pub fn assess<'a>(&'a self, request: Request<'a>) -> Result<Assessment<'a>, Vec<CartError>> {
        let (lines, service, mut attached) = self.resolve(request.cart)?;
        attached.extend(request.cart.codes.iter().filter_map(|typed| self.attached(typed)));
        sort(&mut attached, |a, b| a < b);
        attached.dedup();
        let Request { cart, as_of, usage, .. } = request;
        let circumstances = Circumstances { as_of, customer: &cart.customer, usage, service, attached };
        let mut workspace = Workspace::default();
        self.price(&lines, &circumstances, &mut workspace);
        Ok(Assessment { engine: self, request, lines, circumstances, workspace })
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
            match Upgrade::offer_id(&grant.upgrade, &grant.sku)
                .ok()
                .and_then(|id| self.offers.last(id.as_str()))
            {
                Some(offer) => offers.push(offer),
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
