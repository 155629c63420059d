//! Money in mails, whose readers' language nobody knows: the sign everybody knows, or the currency's code.

/// An amount as contract v1 writes it, with its currency.
pub(crate) fn shown(amount: &str, currency: &str) -> String {
    match currency {
        "USD" => format!("${amount}"),
        "EUR" => format!("€{amount}"),
        "GBP" => format!("£{amount}"),
        "JPY" => format!("¥{amount}"),
        _ => format!("{currency} {amount}"),
    }
}
