//! What holds for every quote (P12), whatever was priced.

#![expect(clippy::expect_used, reason = "what a law relies on may fail the test that asks for it")]

use serde_json::Value;
use wire::Quote;

/// An amount in minor units: all amounts of a quote have the same decimals.
///
/// # Panics
/// This is not an amount, or a negative one.
#[must_use]
pub fn minor(money: &str) -> u64 {
    money.replace('.', "").parse().expect("an amount")
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a String>) -> u64 {
    amounts.into_iter().map(|amount| minor(amount)).sum()
}

/// The parts of the quote of `document` add up to the whole, and nothing goes below zero.
///
/// # Panics
/// They don't: a quote is worth nothing then.
#[track_caller]
pub fn parts_add_up(document: &Value, quote: &Quote) {
    for line in &quote.lines {
        assert_eq!(sum(line.discounts.iter().map(|part| &part.amount)), minor(&line.discount), "{document}");
        assert_eq!(minor(&line.discount) + minor(&line.total), minor(&line.subtotal), "{document}");
        assert!(line.discounts.iter().all(|part| minor(&part.amount) > 0), "{document}");
        let units = &line.unit_discounts;
        let amounts = units.iter().map(|run| u64::from(run.quantity) * minor(&run.amount));
        assert_eq!(amounts.sum::<u64>(), minor(&line.discount), "{document}");
        let quantity: u32 = units.iter().map(|run| run.quantity).sum();
        assert!(quantity == line.quantity || units.is_empty(), "{document}");
    }
    assert_eq!(sum(quote.lines.iter().map(|line| &line.subtotal)), minor(&quote.subtotal), "{document}");
    assert_eq!(
        sum(quote.lines.iter().map(|line| &line.discount)),
        minor(&quote.product_discount),
        "{document}"
    );
    for applied in &quote.applied {
        let parts = quote.lines.iter().flat_map(|line| &line.discounts);
        let parts = parts.filter(|part| part.discount == applied.discount).map(|part| &part.amount);
        assert_eq!(sum(parts), minor(&applied.product_amount), "{document}");
        assert!(minor(&applied.product_amount) + minor(&applied.shipping_amount) > 0, "{document}");
    }
    let shipping = quote.shipping.as_ref();
    let (shipping_discount, shipping_total) =
        shipping.map_or((0, 0), |shipping| (minor(&shipping.discount), minor(&shipping.total)));
    if let Some(shipping) = shipping {
        assert_eq!(shipping_discount + shipping_total, minor(&shipping.rate), "{document}");
        assert_eq!(sum(shipping.discounts.iter().map(|part| &part.amount)), shipping_discount, "{document}");
    }
    assert_eq!(minor(&quote.product_discount) + shipping_discount, minor(&quote.saving), "{document}");
    let products = minor(&quote.subtotal) - minor(&quote.product_discount);
    assert_eq!(products + shipping_total, minor(&quote.total), "{document}");
}

/// The quote of `document` is the same after a way over the wire, and its digest is that of what it says.
///
/// # Panics
/// It is another one.
#[track_caller]
pub fn survives_the_wire(document: &Value, quote: &Quote) {
    let text = serde_json::to_string(quote).expect("a quote can be written");
    let again: Quote = serde_json::from_str(&text).expect("a quote can be read");
    assert_eq!(&again, quote, "{document}");
    let mut content = serde_json::to_value(again).expect("a quote can be written");
    content.as_object_mut().expect("an object").remove("digest");
    assert_eq!(wire::digest(&content), quote.digest, "{document}");
}
