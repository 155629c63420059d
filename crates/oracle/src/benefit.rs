//! What a discount takes off (§2).

use pricing::model::{Applies, Benefit, ProductValue, ShippingValue};

use crate::{
    fraction::{Fraction, half_up, money, percentage, split, whole},
    order::{Line, Order, Sums},
    rule::Rule,
    scope::discounts,
};

/// §2: what `rule` takes off what is `left`, as if it were eligible.
pub(crate) fn taken_off(rule: &Rule<'_>, order: &Order<'_>, left: &Sums) -> Sums {
    match &rule.discount.benefit {
        Benefit::Products { value, scope } => {
            let items: Vec<u64> = order
                .lines
                .iter()
                .map(|line| if discounts(scope, line.product) { items_off(line, rule) } else { 0 })
                .collect();
            Sums { lines: off_lines(*value, &items, &order.lines, &left.lines), shipping: whole(0) }
        }
        Benefit::Shipping { value, .. } => {
            let shipping = off_shipping(*value, &left.shipping);
            Sums { lines: vec![whole(0); left.lines.len()], shipping }
        }
    }
}

/// §8: an offer is for so many units. §2: for all others, the number of items is never capped.
fn items_off(line: &Line<'_>, rule: &Rule<'_>) -> u64 {
    rule.units.map_or(line.quantity, |units| units.min(line.quantity))
}

/// §2, products: off so many `items` of each line, as far as their running amount goes. §3.2: rounded once over all
/// lines, then split on their running amounts.
fn off_lines(value: ProductValue, items: &[u64], lines: &[Line<'_>], left: &[Fraction]) -> Vec<Fraction> {
    let price = |(line, items): (&Line<'_>, &u64)| money(line.product.price) * whole(*items);
    let full = lines.iter().zip(items).map(price);
    let running: Vec<Fraction> = full.zip(left).map(|(full, left)| full.min(left.clone())).collect();
    let sum: Fraction = running.iter().sum();
    match value {
        ProductValue::PercentOff(percent) => split(&half_up(&(percentage(percent) * sum)), &running),
        ProductValue::DollarOff { amount, applies: Applies::OncePerOrder } => {
            split(&money(amount).min(sum), &running)
        }
        ProductValue::DollarOff { amount, applies: Applies::PerItem } => {
            let each = items.iter().zip(running);
            each.map(|(items, running)| (money(amount) * whole(*items)).min(running)).collect()
        }
    }
}

/// §2, shipping: a discount never raises a price.
fn off_shipping(value: ShippingValue, running: &Fraction) -> Fraction {
    match value {
        ShippingValue::Free => running.clone(),
        ShippingValue::PercentOff(percent) => half_up(&(percentage(percent) * running)),
        ShippingValue::DollarOff(amount) => money(amount).min(running.clone()),
        ShippingValue::FlatRate(rate) => (running - money(rate)).max(whole(0)),
    }
}
