//! A cart with its products looked up, and its lines in canonical order.

use alloc::{collections::BTreeMap, vec::Vec};

use super::Engine;
use crate::{
    model::{Cart, CartError, CartLine, Counts, Id, Product, Scope, ShippingService},
    money::Amount,
};

/// A cart with its products looked up.
#[derive(Debug)]
pub(super) struct Basket<'a> {
    /// The lines as given.
    pub(super) lines: Vec<Line<'a>>,
    /// The lines as priced: one for each product, by SKU. So neither splitting nor reordering lines changes a total.
    pub(super) groups: Vec<Group<'a>>,
    pub(super) service: Option<&'a ShippingService>,
}

/// One line as given.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) line: &'a CartLine,
    pub(super) product: &'a Product,
    pub(super) amount: Amount,
}

/// All of one product.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) product: &'a Product,
    pub(super) quantity: u64,
    pub(super) amount: Amount,
    /// Positions of its lines as given.
    pub(super) lines: Vec<usize>,
}

impl<'a> Basket<'a> {
    pub(super) fn new(engine: &'a Engine, cart: &'a Cart) -> Result<Self, Vec<CartError>> {
        let mut errors = Vec::new();
        if cart.lines.len() > Cart::MAXIMUM_LINES {
            errors.push(CartError::TooManyLines);
        }
        if cart.codes.len() > Cart::MAXIMUM_CODES {
            errors.push(CartError::TooManyCodes);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut lines = Vec::with_capacity(cart.lines.len());
        for (at, line) in cart.lines.iter().enumerate() {
            match engine.catalogue.get(&line.sku) {
                Some(product) => lines.push(Line {
                    line,
                    product,
                    amount: product.price.times(u64::from(line.quantity.get())),
                }),
                None => errors.push(CartError::UnknownSku { line: at, sku: line.sku.clone() }),
            }
        }
        let service = cart.shipping_service.as_ref().and_then(|id| {
            let found = engine.services.iter().find(|service| service.id == *id);
            if found.is_none() {
                errors.push(CartError::UnknownService { service: id.clone() });
            }
            found
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        let groups = group(&lines);
        Ok(Self { lines, groups, service })
    }

    /// Everything at selling price.
    pub(super) fn subtotal(&self) -> Amount {
        self.groups.iter().map(|group| group.amount).sum()
    }

    /// Positions of the groups a discount with this scope may take something off.
    pub(super) fn discountable_in(&self, scope: &Scope) -> Vec<usize> {
        let covered = |group: &Group<'_>| group.product.discountable && scope.covers(group.product);
        self.groups.iter().enumerate().filter(|(_, group)| covered(group)).map(|(at, _)| at).collect()
    }

    /// The groups a requirement counts, for a discount with this scope (pricing-rules §4).
    pub(super) fn counted(&self, counts: Counts, scope: Option<&Scope>) -> impl Iterator<Item = &Group<'a>> {
        let scope = scope.filter(|scope| counts == Counts::OnlyDiscounted && !scope.is_store());
        self.groups.iter().filter(move |group| {
            scope.is_none_or(|scope| group.product.discountable && scope.covers(group.product))
        })
    }
}

fn group<'a>(lines: &[Line<'a>]) -> Vec<Group<'a>> {
    let mut by_sku: BTreeMap<&Id, Group<'a>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let group = by_sku.entry(&line.product.sku).or_insert_with(|| Group {
            product: line.product,
            quantity: 0,
            amount: Amount::ZERO,
            lines: Vec::new(),
        });
        group.quantity = group.quantity.saturating_add(u64::from(line.line.quantity.get()));
        group.amount = group.amount.plus(line.amount);
        group.lines.push(at);
    }
    by_sku.into_values().collect()
}
