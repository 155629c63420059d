//! Requirements that no cart meets.

use pricing::{
    engine::Reason,
    model::{Benefit, Cart, Discount, Quantity, Requirement},
    money::Amount,
};

use super::name;
use crate::{
    Code, Finding, Report, Severity, Witness,
    draft::Lines,
    numbers::MOST_ITEMS,
    products::Products,
    shop::{Facts, Shop},
    trial::verdict,
};

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    for (at, discount, facts) in shop.live() {
        let Some(fault) = fault(shop, discount, facts) else { continue };
        if !report.has_room(Code::UnreachableRequirement) {
            return;
        }
        let (bound, why) = fault.words();
        let witness = witness(shop, at, discount, facts, fault);
        if witness.is_none() && shop.has_products() {
            continue;
        }
        report.findings.push(Finding {
            code: Code::UnreachableRequirement,
            severity: Severity::Error,
            subjects: vec![discount.id.clone()],
            pointer: format!("/discounts/{at}/requirement/{bound}"),
            message: format!("No cart can meet the {bound} of {}: {why}.", name(discount)),
            witness,
        });
    }
}

/// Why a requirement can't be met.
#[derive(Clone, Copy)]
enum Fault {
    TooManyItems,
    TooMuchMoney,
    NothingCounts,
    BelowOneItem,
    BelowCheapest,
}

impl Fault {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::TooManyItems => ("minimum", "it is more than the 49,999,500 items that fit into one"),
            Self::TooMuchMoney => {
                ("minimum", "it is more than a full cart of the dearest product that counts costs")
            }
            Self::NothingCounts => ("minimum", "no product of the catalogue counts towards it"),
            Self::BelowOneItem => ("maximum", "it allows no item, and the discount needs one"),
            Self::BelowCheapest => {
                ("maximum", "it is below the price of the cheapest product that the discount needs")
            }
        }
    }
}

fn fault(shop: &Shop<'_>, discount: &Discount, facts: &Facts) -> Option<Fault> {
    if let Requirement::Quantity { bounds, .. } = &discount.requirement
        && bounds.minimum().is_some_and(|minimum| minimum > MOST_ITEMS)
    {
        return Some(Fault::TooManyItems);
    }
    // An empty scope is told by itself.
    let is_told = match &discount.benefit {
        Benefit::Products { .. } => facts.paid.is_empty(),
        Benefit::Shipping { must_purchase, .. } => must_purchase.is_some() && facts.covered.is_empty(),
    };
    if is_told || !shop.has_products() {
        return None;
    }
    let counted = shop.counted(discount, facts);
    let needed = Shop::guaranteed(discount, facts).filter(|needed| needed.is_within(counted));
    match &discount.requirement {
        Requirement::None => None,
        Requirement::Quantity { bounds, .. } => {
            let is_starved = bounds.minimum().is_some() && counted.is_empty();
            let is_closed = needed.is_some() && bounds.maximum() == Some(0);
            is_starved.then_some(Fault::NothingCounts).or(is_closed.then_some(Fault::BelowOneItem))
        }
        Requirement::Amount { bounds, .. } => {
            let dearest = dearest(shop, counted);
            let cheapest = needed.and_then(|needed| needed.iter().map(|at| shop.price(at)).min());
            match (bounds.minimum(), bounds.maximum()) {
                (Some(_), _) if dearest.is_zero() => Some(Fault::NothingCounts),
                (Some(minimum), _) if minimum > dearest.times(MOST_ITEMS) => Some(Fault::TooMuchMoney),
                (_, Some(maximum)) if cheapest.is_some_and(|cheapest| cheapest > maximum) => {
                    Some(Fault::BelowCheapest)
                }
                _ => None,
            }
        }
    }
}

fn dearest(shop: &Shop<'_>, products: &Products) -> Amount {
    products.iter().map(|at| shop.price(at)).max().unwrap_or_default()
}

/// The cart that comes nearest.
fn witness(shop: &Shop<'_>, at: usize, discount: &Discount, facts: &Facts, fault: Fault) -> Option<Witness> {
    let counted = shop.counted(discount, facts);
    let most = u64::from(Quantity::MAXIMUM).saturating_mul(u64::try_from(Cart::MAXIMUM_LINES).unwrap_or(0));
    let dearest = || counted.iter().max_by_key(|at| shop.price(*at));
    let cheapest = || Shop::guaranteed(discount, facts)?.iter().min_by_key(|at| shop.price(*at));
    let any = || shop.sample(&shop.all).first().copied();
    let lines: Lines = match fault {
        Fault::TooManyItems | Fault::TooMuchMoney => vec![(dearest().or_else(any)?, most)],
        Fault::NothingCounts => vec![(cheapest().or_else(any)?, 1)],
        Fault::BelowOneItem | Fault::BelowCheapest => vec![(cheapest()?, 1)],
    };
    let draft = shop.draft(&lines, &[at])?;
    let quote = shop.quote(&draft)?;
    let shows = |reason: &Reason| match fault {
        Fault::TooManyItems | Fault::TooMuchMoney | Fault::NothingCounts => {
            matches!(reason, Reason::BelowMinimum { .. })
        }
        Fault::BelowOneItem | Fault::BelowCheapest => matches!(reason, Reason::AboveMaximum { .. }),
    };
    let (_, reasons) = verdict(&quote, &discount.id)?;
    reasons.iter().any(shows).then(|| Witness::new(draft.cart, &quote))
}
