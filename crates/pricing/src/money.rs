//! Exact money: amounts, currencies, percentages, the one rounding rule and the one way to split a sum.

mod allocate;
mod amount;
mod currency;
mod multiply;
mod percent;
mod round;
mod written;

pub(crate) use allocate::Split;
pub use allocate::allocate;
pub use amount::{Amount, AmountError};
pub use currency::{Currency, CurrencyError};
pub use percent::{Percent, PercentError};
