//! Why a text is not an amount or a percentage. Only whoever is told needs this, so it stands apart from the reading.

use pricing::money::{Amount, AmountError, Currency, Percent, PercentError};
use rust_decimal::Decimal;

use super::node::{Node, clip};

impl Node<'_, '_> {
    pub(super) fn refuse_money(self, text: &str, limit: Amount, currency: Currency) -> Option<Amount> {
        let error = Amount::from_decimal(self.decimal(text, "invalidMoney")?, currency, limit).err()?;
        let code = match error {
            AmountError::Negative => "negativeAmount",
            AmountError::TooPrecise { .. } => "tooPrecise",
            AmountError::TooLarge { .. } => "amountTooLarge",
        };
        self.refuse(code, error)
    }

    pub(super) fn refuse_percent(self, text: &str) -> Option<Percent> {
        let error = Percent::from_decimal(self.decimal(text, "invalidPercent")?).err()?;
        let code = match error {
            PercentError::OutOfRange => "percentOutOfRange",
            PercentError::TooPrecise => "tooPrecise",
        };
        self.refuse(code, error)
    }

    /// A decimal number: digits, at most one point, perhaps a minus sign.
    fn decimal(self, text: &str, code: &'static str) -> Option<Decimal> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && !digits.starts_with('.')
            && !digits.ends_with('.')
            && !digits.is_empty();
        match Decimal::from_str_exact(text) {
            Ok(number) if plain => Some(number),
            _ => {
                self.refuse(code, format_args!("`{}` is not a decimal number such as \"12.50\"", clip(text)))
            }
        }
    }
}
