//! What one discount takes off what is left.

use alloc::vec::Vec;

use super::{Rule, basket::Basket, eligibility::Judged};
use crate::{
    model::{Applies, Benefit, ProductValue, ShippingValue},
    money::{Amount, allocate},
};

/// What is left to pay while discounts are taken off one after another.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    /// For each group, in canonical order.
    groups: Vec<Amount>,
    shipping: Amount,
}

impl Balance {
    pub(super) fn full(basket: &Basket<'_>) -> Self {
        Self {
            groups: basket.groups.iter().map(|group| group.amount).collect(),
            shipping: basket.service.map_or(Amount::ZERO, |service| service.rate),
        }
    }

    fn of(&self, group: usize) -> Amount {
        self.groups.get(group).copied().unwrap_or_default()
    }

    fn take(&mut self, group: usize, share: Amount) {
        if let Some(left) = self.groups.get_mut(group) {
            *left = left.minus(share);
        }
    }
}

/// What one discount took off.
#[derive(Clone, Debug)]
pub(super) struct Step<'a> {
    /// The discount's position in the engine's rules.
    pub(super) at: usize,
    pub(super) rule: &'a Rule,
    /// Off products: the group's position and its share, in canonical order.
    pub(super) shares: Vec<(usize, Amount)>,
    pub(super) product_amount: Amount,
    pub(super) shipping_amount: Amount,
}

impl<'a> Step<'a> {
    /// Takes a discount off `balance`.
    pub(super) fn take(judged: &Judged<'a>, basket: &Basket<'_>, balance: &mut Balance) -> Self {
        let mut step = Self {
            at: judged.at,
            rule: judged.rule,
            shares: Vec::new(),
            product_amount: Amount::ZERO,
            shipping_amount: Amount::ZERO,
        };
        match &judged.rule.discount.benefit {
            Benefit::Products { value, .. } => {
                let shares = product_shares(*value, &judged.in_scope, basket, balance);
                step.shares = judged.in_scope.iter().copied().zip(shares).collect();
                for (group, share) in &step.shares {
                    balance.take(*group, *share);
                }
                step.product_amount = step.shares.iter().map(|(_, share)| *share).sum();
            }
            Benefit::Shipping { value, .. } => {
                step.shipping_amount = off_shipping(*value, balance.shipping);
                balance.shipping = balance.shipping.minus(step.shipping_amount);
            }
        }
        step
    }

    pub(super) fn saving(&self) -> Amount {
        self.product_amount.plus(self.shipping_amount)
    }
}

/// The share of each group in scope.
fn product_shares(
    value: ProductValue,
    in_scope: &[usize],
    basket: &Basket<'_>,
    balance: &Balance,
) -> Vec<Amount> {
    let running: Vec<Amount> = in_scope.iter().map(|group| balance.of(*group)).collect();
    match value {
        ProductValue::PercentOff(percent) => allocate(percent.of(running.iter().copied().sum()), &running),
        ProductValue::DollarOff { amount, applies: Applies::OncePerOrder } => allocate(amount, &running),
        ProductValue::DollarOff { amount, applies: Applies::PerItem } => in_scope
            .iter()
            .zip(running)
            .map(|(group, left)| {
                let quantity = basket.groups.get(*group).map_or(0, |group| group.quantity);
                left.min(amount.times(quantity))
            })
            .collect(),
    }
}

fn off_shipping(value: ShippingValue, running: Amount) -> Amount {
    match value {
        ShippingValue::Free => running,
        ShippingValue::PercentOff(percent) => percent.of(running),
        ShippingValue::DollarOff(amount) => amount.min(running),
        ShippingValue::FlatRate(rate) => running.minus(rate),
    }
}
