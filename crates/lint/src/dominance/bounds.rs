//! What every cart holds, at least and at most, in which a discount takes something off.

use pricing::{model::Requirement, money::Amount};

use super::Known;
use crate::{products::Products, shop::Shop};

/// The least number of items of `products` in such a cart.
pub(super) fn least_items(shop: &Shop<'_>, known: Known<'_>, products: &Products) -> u64 {
    let required = match &known.discount.requirement {
        Requirement::Quantity { bounds, .. } if counted(shop, known).is_within(products) => {
            bounds.minimum().unwrap_or(0)
        }
        _ => 0,
    };
    let guaranteed = Shop::guaranteed(known.discount, known.facts);
    required.max(u64::from(guaranteed.is_some_and(|some| some.is_within(products))))
}

/// The most items of `products` in such a cart, where there is a bound.
pub(super) fn most_items(shop: &Shop<'_>, known: Known<'_>, products: &Products) -> Option<u64> {
    match &known.discount.requirement {
        Requirement::Quantity { bounds, .. } if products.is_within(counted(shop, known)) => bounds.maximum(),
        _ => None,
    }
}

/// The least that the items of `products`, all of them discountable, cost in such a cart.
pub(super) fn least_amount(shop: &Shop<'_>, known: Known<'_>, products: &Products) -> Amount {
    let counted = counted(shop, known);
    let required = match &known.discount.requirement {
        Requirement::Amount { bounds, .. } if counted.is_within(products) => {
            bounds.minimum().unwrap_or_default()
        }
        Requirement::Quantity { bounds, .. } if counted.is_within(products) => {
            let cheapest = if counted == &known.facts.own {
                known.facts.cheapest.own
            } else {
                counted.iter().map(|at| shop.price(at)).min()
            };
            cheapest.unwrap_or_default().times(bounds.minimum().unwrap_or(0))
        }
        _ => Amount::ZERO,
    };
    let guaranteed = Shop::guaranteed(known.discount, known.facts).filter(|some| some.is_within(products));
    let one = guaranteed.and(match known.discount.benefit {
        pricing::model::Benefit::Products { .. } => known.facts.cheapest.paid,
        pricing::model::Benefit::Shipping { .. } => known.facts.cheapest.covered,
    });
    required.max(one.unwrap_or_default())
}

/// The most that the items of `products`, all of them discountable, cost in such a cart, where there is a bound.
pub(super) fn most_amount(shop: &Shop<'_>, known: Known<'_>, products: &Products) -> Option<Amount> {
    match &known.discount.requirement {
        Requirement::Amount { bounds, .. } if products.is_within(counted(shop, known)) => bounds.maximum(),
        Requirement::Quantity { .. } => {
            let most = most_items(shop, known, products)?;
            Some(products.iter().map(|at| shop.price(at)).max()?.times(most))
        }
        _ => None,
    }
}

fn counted<'a>(shop: &'a Shop<'_>, known: Known<'a>) -> &'a Products {
    shop.counted(known.discount, known.facts)
}
