//! Whether a discount may apply to a basket, and if not, every reason why.

use alloc::vec::Vec;

use super::{
    Request, Rule, Viewpoint,
    basket::Basket,
    reason::{Measure, Reason},
};
use crate::model::{Benefit, Counts, Requirement, Scope, Services, Usage, UsageLimit};
use crate::money::Amount;

/// A discount judged against a basket.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    /// Its position in the engine's rules.
    pub(super) at: usize,
    pub(super) rule: &'a Rule,
    /// Positions of the groups it may take something off, in canonical order.
    pub(super) in_scope: Vec<usize>,
    /// Why it may not apply; empty when it may.
    pub(super) reasons: Vec<Reason>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(at: usize, rule: &'a Rule, basket: &Basket<'_>, request: Request<'_>) -> Self {
        let discount = &rule.discount;
        let in_scope = match &discount.benefit {
            Benefit::Products { scope, .. } => basket.discountable_in(scope),
            Benefit::Shipping { .. } => Vec::new(),
        };
        let mut reasons = Vec::new();
        let mut unless = |holds: bool, reason: Reason| {
            if !holds {
                reasons.push(reason);
            }
        };
        unless(discount.enabled, Reason::Disabled);
        unless(discount.schedule.has_started(request.as_of), Reason::NotStarted);
        unless(!discount.schedule.has_ended(request.as_of), Reason::Ended);
        unless(discount.audience.includes(&request.cart.customer), Reason::WrongAudience);
        let (scope, missing) = match &discount.benefit {
            Benefit::Products { scope, .. } => {
                unless(!in_scope.is_empty(), Reason::NothingInScope);
                (Some(scope), false)
            }
            Benefit::Shipping { services, must_purchase, .. } => {
                reasons.extend(service_reason(services, basket));
                (
                    must_purchase.as_ref(),
                    must_purchase.as_ref().is_some_and(|scope| !holds_any(basket, scope)),
                )
            }
        };
        reasons.extend(requirement_reason(&discount.requirement, scope, basket));
        if missing {
            reasons.push(Reason::MissingProduct);
        }
        if is_used_up(rule, request) {
            reasons.push(Reason::LimitReached);
        }
        Self { at, rule, in_scope, reasons }
    }

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

fn service_reason(services: &Services, basket: &Basket<'_>) -> Option<Reason> {
    match basket.service {
        None => Some(Reason::NoShippingService),
        Some(service) if !services.covers(&service.id) => Some(Reason::ServiceNotCovered),
        Some(_) => None,
    }
}

fn holds_any(basket: &Basket<'_>, scope: &Scope) -> bool {
    basket.groups.iter().any(|group| scope.covers(group.product))
}

fn requirement_reason(
    requirement: &Requirement,
    scope: Option<&Scope>,
    basket: &Basket<'_>,
) -> Option<Reason> {
    match *requirement {
        Requirement::None => None,
        Requirement::Quantity { bounds, counts } => {
            let have = quantity(basket, counts, scope);
            out_of_bounds(bounds.short_of(have), bounds.beyond(have), have, Measure::Items)
        }
        Requirement::Amount { bounds, counts } => {
            let have = amount(basket, counts, scope);
            out_of_bounds(bounds.short_of(have), bounds.beyond(have), have, Measure::Money)
        }
    }
}

fn out_of_bounds<T>(
    short: Option<T>,
    beyond: Option<T>,
    have: T,
    measure: fn(T) -> Measure,
) -> Option<Reason> {
    match (short, beyond) {
        (Some(need), _) => Some(Reason::BelowMinimum { need: measure(need), have: measure(have) }),
        (None, Some(allowed)) => {
            Some(Reason::AboveMaximum { allowed: measure(allowed), have: measure(have) })
        }
        (None, None) => None,
    }
}

fn quantity(basket: &Basket<'_>, counts: Counts, scope: Option<&Scope>) -> u64 {
    basket.counted(counts, scope).fold(0, |sum, group| sum.saturating_add(group.quantity))
}

/// The purchase amount, gift cards and the like left out.
fn amount(basket: &Basket<'_>, counts: Counts, scope: Option<&Scope>) -> Amount {
    basket.counted(counts, scope).filter(|group| group.product.discountable).map(|group| group.amount).sum()
}

fn is_used_up(rule: &Rule, request: Request<'_>) -> bool {
    let usage: &Usage = request.usage;
    let uses = usage.of(&rule.discount.id);
    match rule.discount.usage_limit {
        UsageLimit::Unlimited => false,
        UsageLimit::PerStore { orders } => uses.store >= orders,
        // A guest without an e-mail is let through, and checked when the order is placed.
        UsageLimit::PerCustomer { orders } => request.cart.customer.is_known() && uses.customer >= orders,
    }
}
