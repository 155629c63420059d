//! The lines of a cart in canonical order.

use alloc::vec::Vec;

use super::{
    catalogue::{Catalogue, ProductHandle},
    rule::Rule,
    workspace::CompactLine,
};
use crate::{money::Amount, sort::sort};

/// The lines of a cart as they are priced: one group for each product, by SKU. So neither splitting nor reordering
/// lines changes a total (pricing-rules §3.3).
#[derive(Clone, Debug, Default)]
pub(super) struct Basket {
    pub(super) groups: Vec<Group>,
    pub(super) totals: Totals,
    pub(super) supposed: Option<Supposed>,
    /// How many lines the cart has.
    pub(super) lines: usize,
    /// The place of each line's product in the order of SKUs, and the line's position; sorted.
    order: Vec<(u32, u32)>,
}

/// One item that is supposed to be in the cart too, to see what buying it would bring. It is none of the store's
/// products and comes last in canonical order; only discounts on the whole store cover it, and one more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Supposed {
    /// Its price; it can be discounted.
    pub(super) amount: Amount,
    /// The position of the one more rule.
    pub(super) covered_by: Option<u32>,
}

/// All of one product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// The product's handle.
    pub(super) product: u32,
    pub(super) quantity: u64,
    pub(super) amount: Amount,
    /// Where its lines begin in the basket's order.
    first: u32,
    /// How many lines it has.
    lines: u32,
}

/// What the whole cart holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    /// Items of every line.
    pub(super) quantity: u64,
    /// Items that can be discounted.
    pub(super) discountable_quantity: u64,
    /// Everything at selling price.
    pub(super) subtotal: Amount,
    /// What can be discounted, at selling price.
    pub(super) discountable: Amount,
}

impl Basket {
    /// Fills the basket with `lines`; those of unknown products are passed over.
    pub(super) fn fill(&mut self, lines: &[CompactLine], catalogue: &Catalogue) {
        self.order.clear();
        self.groups.clear();
        self.totals = Totals::default();
        self.supposed = None;
        self.lines = lines.len();
        for (position, line) in (0..).zip(lines) {
            if let Some(stocked) = catalogue.stocked(line.product) {
                self.order.push((stocked.rank, position));
            }
        }
        sort(&mut self.order, |a, b| a < b);
        let mut last = None;
        for (first, (rank, position)) in (0..).zip(&self.order) {
            let Some(line) = usize::try_from(*position).ok().and_then(|at| lines.get(at)) else { continue };
            let Some(stocked) = catalogue.stocked(line.product) else { continue };
            let quantity = u64::from(line.quantity.get());
            let amount = stocked.product.price.times(quantity);
            self.totals.add(quantity, amount, stocked.product.discountable);
            match self.groups.last_mut() {
                Some(group) if last == Some(*rank) => group.add(quantity, amount),
                _ => self.groups.push(Group {
                    product: line.product.number(),
                    quantity,
                    amount,
                    first,
                    lines: 1,
                }),
            }
            last = Some(*rank);
        }
    }

    /// Supposes one more item.
    pub(super) fn suppose(&mut self, supposed: Supposed) {
        let Supposed { amount, .. } = supposed;
        let product = ProductHandle::NONE.number();
        self.totals.add(1, amount, true);
        self.groups.push(Group { product, quantity: 1, amount, first: 0, lines: 0 });
        self.supposed = Some(supposed);
    }

    /// Positions of a group's lines, in the order given.
    pub(super) fn lines_of(&self, group: &Group) -> impl Iterator<Item = usize> + Clone {
        let first = usize::try_from(group.first).unwrap_or(usize::MAX);
        let count = usize::try_from(group.lines).unwrap_or(0);
        self.order.iter().skip(first).take(count).filter_map(|(_, position)| usize::try_from(*position).ok())
    }
}

impl Group {
    const fn add(&mut self, quantity: u64, amount: Amount) {
        self.quantity = self.quantity.saturating_add(quantity);
        self.amount = self.amount.plus(amount);
        self.lines = self.lines.saturating_add(1);
    }
}

impl Supposed {
    /// Whether the rule at a position covers it.
    pub(super) fn is_covered_by(self, at: u32, rule: &Rule) -> bool {
        self.covered_by == Some(at) || rule.includes_all()
    }
}

impl Totals {
    const fn add(&mut self, quantity: u64, amount: Amount, discountable: bool) {
        self.quantity = self.quantity.saturating_add(quantity);
        self.subtotal = self.subtotal.plus(amount);
        if discountable {
            self.discountable_quantity = self.discountable_quantity.saturating_add(quantity);
            self.discountable = self.discountable.plus(amount);
        }
    }
}
