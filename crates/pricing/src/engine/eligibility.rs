//! Whether a rule may apply, and if not, every reason why.

use core::ops::ControlFlow;

use super::{
    Circumstances,
    basket::Totals,
    reason::{Measure, Reason, Reasons},
    rule::Rule,
    tally::Tally,
};
use crate::model::{Benefit, Requirement, UsageLimit};

/// A rule with what it is judged by.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) rule: &'a Rule,
    pub(super) tally: &'a Tally,
    pub(super) totals: &'a Totals,
    pub(super) circumstances: &'a Circumstances<'a>,
}

impl Case<'_> {
    /// Whether nothing stands against it.
    pub(super) fn is_eligible(self) -> bool {
        self.judge(|_| ControlFlow::Break(())).is_continue()
    }

    /// Every reason against it.
    pub(super) fn reasons(self) -> Reasons {
        let mut reasons = Reasons::default();
        let _ = self.judge(|reason| {
            reasons.add(reason);
            ControlFlow::Continue(())
        });
        reasons
    }

    /// Tells each reason against it until told to stop.
    fn judge(self, mut tell: impl FnMut(Reason) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { rule, tally, circumstances, .. } = self;
        let discount = &rule.discount;
        let mut tell_if =
            |stands: bool, reason: Reason| if stands { tell(reason) } else { ControlFlow::Continue(()) };
        tell_if(!rule.is_enabled, Reason::Disabled)?;
        tell_if(!rule.schedule.has_started(circumstances.as_of), Reason::NotStarted)?;
        tell_if(rule.schedule.has_ended(circumstances.as_of), Reason::Ended)?;
        let belongs = rule.is_for_everyone || discount.audience.includes(circumstances.customer);
        tell_if(!belongs, Reason::WrongAudience)?;
        let mut missing_product = false;
        if rule.value.is_some() {
            tell_if(!tally.any, Reason::NothingInScope)?;
        } else if let Benefit::Shipping { services, must_purchase, .. } = &discount.benefit {
            missing_product = must_purchase.is_some() && !tally.any;
            match circumstances.service {
                None => tell_if(true, Reason::NoShippingService)?,
                Some(service) => tell_if(!services.covers(&service.id), Reason::ServiceNotCovered)?,
            }
        }
        if let Some(reason) = self.out_of_bounds() {
            tell_if(true, reason)?;
        }
        tell_if(missing_product, Reason::MissingProduct)?;
        tell_if(self.is_used_up(), Reason::LimitReached)
    }

    fn out_of_bounds(self) -> Option<Reason> {
        let own = self.rule.counts_own_products;
        match &self.rule.requirement {
            Requirement::None => None,
            Requirement::Quantity { bounds, .. } => {
                let have = if own { self.tally.quantity } else { self.totals.quantity };
                reason(bounds.short_of(have), bounds.beyond(have), have, Measure::Items)
            }
            Requirement::Amount { bounds, .. } => {
                let have = if own { self.tally.amount } else { self.totals.discountable };
                reason(bounds.short_of(have), bounds.beyond(have), have, Measure::Money)
            }
        }
    }

    fn is_used_up(self) -> bool {
        let (usage, id) = (self.circumstances.usage, &self.rule.discount.id);
        if usage.is_closed(id) {
            return true;
        }
        let uses = || usage.of(id);
        match self.rule.usage_limit {
            UsageLimit::Unlimited => false,
            UsageLimit::PerStore { orders } => uses().store >= orders,
            // A guest without an e-mail is let through, and checked when the order is placed.
            UsageLimit::PerCustomer { orders } => {
                self.circumstances.customer.is_known() && uses().customer >= orders
            }
        }
    }
}

fn reason<T>(short: Option<T>, beyond: Option<T>, have: T, measure: fn(T) -> Measure) -> Option<Reason> {
    match (short, beyond) {
        (Some(need), _) => Some(Reason::BelowMinimum { need: measure(need), have: measure(have) }),
        (None, Some(allowed)) => {
            Some(Reason::AboveMaximum { allowed: measure(allowed), have: measure(have) })
        }
        (None, None) => None,
    }
}
