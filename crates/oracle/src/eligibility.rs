//! Whether a discount may apply (§4).

use num_traits::Zero as _;
use pricing::{
    engine::{Measure, Reason},
    model::{Benefit, Counts, Discount, Inclusion, Requirement, UsageLimit},
    money::Amount,
};

use crate::{
    candidate::Candidate,
    fraction::Fraction,
    order::{Line, Order},
    rule::Rule,
    scope::{covers, discounts, holds, is_for},
};

/// A discount of this order and every reason why it may not apply.
pub(crate) struct Judged<'a> {
    pub(crate) rule: &'a Rule<'a>,
    pub(crate) reasons: Vec<Reason>,
    /// What it saves alone, were it eligible.
    pub(crate) alone: Fraction,
}

impl Judged<'_> {
    pub(crate) fn is_eligible(&self) -> bool {
        self.reasons.is_empty()
    }

    pub(crate) fn saves_nothing(&self) -> bool {
        self.alone.is_zero()
    }
}

/// §6, verdicts: every promotion, every attached coupon and every offer held.
pub(crate) fn judge<'a>(order: &'a Order<'_>) -> Vec<Judged<'a>> {
    order
        .rules
        .iter()
        .map(|rule| Judged {
            rule,
            reasons: reasons(&rule.discount, order),
            alone: Candidate::new(order, vec![rule]).saving(),
        })
        .collect()
}

/// §4, in the order in which reasons are told.
fn reasons(discount: &Discount, order: &Order<'_>) -> Vec<Reason> {
    let reasons = [
        (!discount.enabled).then_some(Reason::Disabled),
        (!discount.schedule.has_started(order.as_of)).then_some(Reason::NotStarted),
        discount.schedule.has_ended(order.as_of).then_some(Reason::Ended),
        (!is_for(&discount.audience, &order.cart.customer)).then_some(Reason::WrongAudience),
        nothing_to_discount(discount, order),
        requirement_unmet(discount, order),
        misses_product(discount, order).then_some(Reason::MissingProduct),
        is_used_up(discount, order).then_some(Reason::LimitReached),
    ];
    reasons.into_iter().flatten().collect()
}

/// §4: at least one discountable line in scope, or a chosen shipping service it covers.
fn nothing_to_discount(discount: &Discount, order: &Order<'_>) -> Option<Reason> {
    match (&discount.benefit, order.service) {
        (Benefit::Products { scope, .. }, _) => {
            let finds = order.lines.iter().any(|line| discounts(scope, line.product));
            (!finds).then_some(Reason::NothingInScope)
        }
        (Benefit::Shipping { .. }, None) => Some(Reason::NoShippingService),
        (Benefit::Shipping { services, .. }, Some(service)) => {
            (!covers(services, &service.id)).then_some(Reason::ServiceNotCovered)
        }
    }
}

/// §4: bounds are inclusive; amounts are at selling price and leave out lines that can't be discounted.
fn requirement_unmet(discount: &Discount, order: &Order<'_>) -> Option<Reason> {
    let price = |line: &Line<'_>| line.product.price.minor() * line.quantity;
    let counted = |counts| order.lines.iter().filter(move |line| is_counted(line, counts, discount));
    let (bounds, have, measure): (_, u64, fn(u64) -> Measure) = match &discount.requirement {
        Requirement::None => return None,
        Requirement::Quantity { bounds, counts } => {
            let have = counted(*counts).map(|line| line.quantity).sum();
            ((bounds.minimum(), bounds.maximum()), have, Measure::Items)
        }
        Requirement::Amount { bounds, counts } => {
            let discountable = counted(*counts).filter(|line| line.product.discountable);
            let ends = (bounds.minimum().map(Amount::minor), bounds.maximum().map(Amount::minor));
            (ends, discountable.map(price).sum(), |minor| Measure::Money(Amount::from_minor(minor)))
        }
    };
    match bounds {
        (Some(need), _) if have < need => {
            Some(Reason::BelowMinimum { need: measure(need), have: measure(have) })
        }
        (_, Some(allowed)) if have > allowed => {
            Some(Reason::AboveMaximum { allowed: measure(allowed), have: measure(have) })
        }
        _ => None,
    }
}

/// §4: only discounted products, or everything; a scope of the whole store counts every line, excluded ones too.
pub(crate) fn is_counted(line: &Line<'_>, counts: Counts, discount: &Discount) -> bool {
    match (counts, discount.benefit.scope()) {
        (Counts::Everything, _) | (Counts::OnlyDiscounted, None) => true,
        (Counts::OnlyDiscounted, Some(scope)) => {
            scope.include == Inclusion::Store || discounts(scope, line.product)
        }
    }
}

/// §2: shipping discounts can require at least one product of a scope, discountable or not.
fn misses_product(discount: &Discount, order: &Order<'_>) -> bool {
    let Benefit::Shipping { must_purchase: Some(scope), .. } = &discount.benefit else { return false };
    !order.lines.iter().any(|line| holds(scope, line.product))
}

/// §4: per-customer limits hold by customer id or e-mail; a guest without either is let through.
fn is_used_up(discount: &Discount, order: &Order<'_>) -> bool {
    if order.usage.is_closed(&discount.id) {
        return true;
    }
    let uses = order.usage.of(&discount.id);
    let customer = &order.cart.customer;
    match discount.usage_limit {
        UsageLimit::Unlimited => false,
        UsageLimit::PerStore { orders } => uses.store >= orders,
        UsageLimit::PerCustomer { orders } => {
            (customer.id.is_some() || customer.email.is_some()) && uses.customer >= orders
        }
    }
}
