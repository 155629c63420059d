//! What comes off, in exact numbers.

use pricing::{
    model::{Cart, Quantity},
    money::{Amount, Percent},
};

/// The most items a cart holds: 500 lines of 99,999.
pub(crate) const MOST_ITEMS: u64 = Cart::MAXIMUM_LINES as u64 * Quantity::MAXIMUM as u64;

/// 100 % in ten-thousandths of a percent.
const WHOLE: u128 = Percent::HUNDRED.ten_thousandths() as u128;

/// A share of a price before it is rounded, in millionths of a minor unit: exact, to compare.
pub(crate) fn exact_share(percent: Percent, price: Amount) -> u128 {
    u128::from(price.minor()).saturating_mul(u128::from(percent.ten_thousandths()))
}

/// A sum in the same unit as [`exact_share`].
pub(crate) fn exact(amount: Amount) -> u128 {
    u128::from(amount.minor()).saturating_mul(WHOLE)
}

/// The least whole number of items at `price` that cost at least `amount`; nothing where they are free.
pub(crate) fn items_for(amount: Amount, price: Amount) -> Option<u64> {
    let wanted = amount.minor().checked_add(price.minor().checked_sub(1)?)?;
    wanted.checked_div(price.minor())
}
