//! What a discount takes off (§2).

use pricing::model::{Applies, Benefit, Discount, ProductValue, Scope, ShippingValue};

use crate::{
    fraction::{Fraction, half_up, money, percentage, split, whole},
    order::{Order, Sums},
    scope::discounts,
};

/// §2: what `discount` takes off what is `left`, as if it were eligible.
pub(crate) fn taken_off(discount: &Discount, order: &Order<'_>, left: &Sums) -> Sums {
    match &discount.benefit {
        Benefit::Products { value, scope } => {
            Sums { lines: off_lines(*value, scope, order, left), shipping: whole(0) }
        }
        Benefit::Shipping { value, .. } => {
            let shipping = off_shipping(*value, &left.shipping);
            Sums { lines: vec![whole(0); left.lines.len()], shipping }
        }
    }
}

/// §2, products. §3.2: rounded once over all lines in scope, then split on their running amounts.
fn off_lines(value: ProductValue, scope: &Scope, order: &Order<'_>, left: &Sums) -> Vec<Fraction> {
    let in_scope: Vec<Fraction> = order
        .lines
        .iter()
        .zip(&left.lines)
        .map(|(line, left)| if discounts(scope, line.product) { left.clone() } else { whole(0) })
        .collect();
    let running: Fraction = in_scope.iter().sum();
    match value {
        ProductValue::PercentOff(percent) => split(&half_up(&(percentage(percent) * running)), &in_scope),
        ProductValue::DollarOff { amount, applies: Applies::OncePerOrder } => {
            split(&money(amount).min(running), &in_scope)
        }
        ProductValue::DollarOff { amount, applies: Applies::PerItem } => {
            let each = order.lines.iter().zip(in_scope);
            each.map(|(line, left)| (money(amount) * whole(line.quantity)).min(left)).collect()
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
