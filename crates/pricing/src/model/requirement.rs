//! What a cart must hold for a discount to apply.

use super::Bounds;
use crate::money::Amount;

/// What a cart must hold for a discount to apply. Bounds are inclusive; above the maximum the discount stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Nothing.
    None,
    /// A number of items.
    Quantity {
        /// How many, at least and at most.
        bounds: Bounds<u64>,
        /// Which lines are counted.
        counts: Counts,
    },
    /// A purchase amount, at selling prices before any discount and without lines that can't be discounted.
    Amount {
        /// How much, at least and at most.
        bounds: Bounds<Amount>,
        /// Which lines are counted.
        counts: Counts,
    },
}

/// Which lines a requirement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Every line of the cart.
    Everything,
    /// Only lines in scope; a scope of the whole store counts every line, excluded ones too.
    OnlyDiscounted,
}
