//! Decimal numbers as they are written.

/// The largest number that an exact decimal holds, its point left out: 96 bits.
const LARGEST: u128 = (1 << 96) - 1;
/// The most decimals it has.
const DECIMALS: usize = 28;

/// How many parts of `10^-scale` the decimal number `text` is; nothing where it is none, below zero, or not so many
/// exactly. What it takes for a number is what `rust_decimal` does: only digits, at most one point between them, perhaps a
/// minus sign. That library names what is wrong; to read what is right it need not be there.
pub(super) fn parts(text: &str, scale: u32) -> Option<u64> {
    let digits = text.strip_prefix('-');
    let is_below = digits.is_some();
    let (whole, decimals) = match digits.unwrap_or(text).split_once('.') {
        Some((_, "")) => return None,
        Some(both) => both,
        None => (digits.unwrap_or(text), ""),
    };
    if whole.is_empty() || decimals.len() > DECIMALS {
        return None;
    }
    number(whole, decimals).filter(|number| *number <= LARGEST)?;
    let needed = decimals.trim_end_matches('0');
    let missing = scale.checked_sub(u32::try_from(needed.len()).ok()?)?;
    let parts = number(whole, needed)?.checked_mul(10_u128.checked_pow(missing)?)?;
    u64::try_from(parts).ok().filter(|parts| !is_below || *parts == 0)
}

fn number(whole: &str, decimals: &str) -> Option<u128> {
    whole.bytes().chain(decimals.bytes()).try_fold(0_u128, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u128::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::parts;

    /// The same by the library.
    fn by_library(text: &str, scale: u32) -> Option<u64> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = Decimal::from_str_exact(text).ok().filter(|_| plain)?;
        if digits.starts_with('.')
            || digits.ends_with('.')
            || (number.is_sign_negative() && !number.is_zero())
        {
            return None;
        }
        let number = number.normalize();
        let factor = 10_u128.checked_pow(scale.checked_sub(number.scale())?)?;
        u64::try_from(number.mantissa().unsigned_abs().checked_mul(factor)?).ok()
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(text in "-?[0-9]{0,12}(\\.[0-9]{0,6})?", scale in 0_u32..=4) {
            prop_assert_eq!(parts(&text, scale), by_library(&text, scale), "{}", text);
        }

        #[test]
        fn agrees_with_the_library_on_long_numbers(text in "-?0{0,4}[0-9]{0,30}\\.?[0-9]{0,3}0{0,30}", scale in 0_u32..=4) {
            prop_assert_eq!(parts(&text, scale), by_library(&text, scale), "{}", text);
        }

        #[test]
        fn agrees_with_the_library_on_anything(text in "[-+._0-9 e]{0,8}", scale in 0_u32..=4) {
            prop_assert_eq!(parts(&text, scale), by_library(&text, scale), "{}", text);
        }
    }
}
