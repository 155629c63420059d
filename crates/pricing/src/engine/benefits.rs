//! What one rule takes off what is left.

use alloc::vec::Vec;

use super::{
    basket::Basket, catalogue::Catalogue, catalogue::ProductHandle, rule::Reach, rule::Rule, tally::Tally,
};
use crate::{
    model::{Applies, Benefit, ProductValue, ShippingService},
    money::{Amount, Split},
};

/// What is left to pay while discounts are taken off one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    /// For each group, in canonical order.
    groups: Vec<Amount>,
    shipping: Amount,
    /// Groups in the scope of the rule whose turn it is.
    in_scope: Vec<u32>,
    split: Split,
}

/// What a rule took off: sums, the shares of products apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    pub(super) product_amount: Amount,
    pub(super) shipping_amount: Amount,
}

/// What a group's price was lowered by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) group: u32,
    pub(super) amount: Amount,
}

/// What a rule would save if it came first: the same as [`Balance::take`] on the full price, without the shares.
pub(super) fn saving_alone(rule: &Rule, tally: &Tally, service: Option<&ShippingService>) -> Amount {
    match rule.value {
        Some(ProductValue::PercentOff(percent)) => percent.of(tally.amount),
        Some(ProductValue::DollarOff { amount, applies: Applies::OncePerOrder }) => tally.amount.min(amount),
        Some(ProductValue::DollarOff { applies: Applies::PerItem, .. }) => tally.per_item,
        None => shipping_saving_alone(&rule.discount.benefit, service),
    }
}

fn shipping_saving_alone(benefit: &Benefit, service: Option<&ShippingService>) -> Amount {
    match (benefit, service) {
        (Benefit::Shipping { value, services, .. }, Some(service)) if services.covers(&service.id) => {
            value.off(service.rate)
        }
        _ => Amount::ZERO,
    }
}

impl Balance {
    /// Begins with the full price.
    pub(super) fn fill(&mut self, basket: &Basket, service: Option<&ShippingService>) {
        self.groups.clear();
        self.groups.extend(basket.groups.iter().map(|group| group.amount));
        self.shipping = service.map_or(Amount::ZERO, |service| service.rate);
    }

    /// Takes a rule, standing at `at`, off what is left, and adds the shares that are not zero to `shares`.
    pub(super) fn take(
        &mut self,
        at: u32,
        rule: &Rule,
        basket: &Basket,
        catalogue: &Catalogue,
        shares: &mut Vec<Share>,
    ) -> Taken {
        match &rule.discount.benefit {
            Benefit::Products { value, .. } => {
                self.find_in_scope(at, rule, basket, catalogue);
                self.share_out(*value, rule.reach, basket);
                let product_amount = self.lower(shares);
                Taken { product_amount, ..Taken::default() }
            }
            Benefit::Shipping { value, .. } => {
                let shipping_amount = value.off(self.shipping);
                self.shipping = self.shipping.minus(shipping_amount);
                Taken { shipping_amount, ..Taken::default() }
            }
        }
    }

    /// Finds the groups that the rule at `at` may take something off, with what is left of each.
    fn find_in_scope(&mut self, at: u32, rule: &Rule, basket: &Basket, catalogue: &Catalogue) {
        self.in_scope.clear();
        self.split.weights.clear();
        for ((position, group), left) in (0..).zip(&basket.groups).zip(&self.groups) {
            let Some(stocked) = catalogue.stocked(ProductHandle::from_number(group.product)) else {
                if basket.supposed.is_some_and(|supposed| supposed.is_covered_by(at, rule)) {
                    self.in_scope.push(position);
                    self.split.weights.push(*left);
                }
                continue;
            };
            if rule.discounts(at, stocked) {
                self.in_scope.push(position);
                // An offer is about so many units, and all it may take off is their price.
                let price = stocked.product.price.times(rule.reach.units_of(group.quantity));
                self.split.weights.push(price.min(*left));
            }
        }
    }

    /// Works out the share of each group in scope.
    fn share_out(&mut self, value: ProductValue, reach: Reach, basket: &Basket) {
        let running = || self.split.weights.iter().copied().sum();
        match value {
            ProductValue::PercentOff(percent) => self.split.allocate(percent.of(running())),
            ProductValue::DollarOff { amount, applies: Applies::OncePerOrder } => self.split.allocate(amount),
            ProductValue::DollarOff { amount, applies: Applies::PerItem } => {
                let Split { weights, shares, .. } = &mut self.split;
                shares.clear();
                shares.extend(self.in_scope.iter().zip(weights).map(|(position, left)| {
                    let group = usize::try_from(*position).ok().and_then(|at| basket.groups.get(at));
                    let quantity = group.map_or(0, |group| group.quantity);
                    (*left).min(amount.times(reach.units_of(quantity)))
                }));
            }
        }
    }

    /// Lowers what is left by the shares, and returns their sum.
    fn lower(&mut self, shares: &mut Vec<Share>) -> Amount {
        let mut sum = Amount::ZERO;
        for (group, amount) in self.in_scope.iter().zip(&self.split.shares) {
            let left = usize::try_from(*group).ok().and_then(|at| self.groups.get_mut(at));
            if let Some(left) = left.filter(|_| !amount.is_zero()) {
                *left = left.minus(*amount);
                sum = sum.plus(*amount);
                shares.push(Share { group: *group, amount: *amount });
            }
        }
        sum
    }
}
