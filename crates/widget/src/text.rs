//! Every word the widget says. One place, so that a language is one more column.

use pricing::engine::{Measure, Reason};

use crate::difference::Cause;

/// The heading of the cart.
pub const CART: &str = "Your cart";
/// In a cart without lines.
pub const EMPTY: &str = "Your cart is empty.";
/// What every label of a remove button begins with.
pub const REMOVE: &str = "Remove";
/// Before a former price, for those who can't see that it is struck through.
pub const WAS: &str = "was ";
/// Before the price that counts, likewise.
pub const NOW: &str = "now ";
/// The label of the coupon field.
pub const CODE: &str = "Discount code";
/// The button beside it.
pub const APPLY: &str = "Apply";
/// Refused, for whatever reason: all refusals read the same.
pub const UNKNOWN_CODE: &str = "We don’t recognise that code. Check the spelling and try again.";
/// Nothing was typed.
pub const NO_CODE: &str = "Type a code first.";
/// The code is attached already.
pub const REPEATED_CODE: &str = "That code is already on this cart.";
/// One more than a cart takes.
pub const TOO_MANY_CODES: &str = "A cart takes up to ten codes.";
/// Too many guesses.
pub const THROTTLED: &str = "That was a lot of codes. Wait a minute and try again.";
/// The edge did not answer.
pub const UNREACHABLE: &str = "We couldn’t reach the shop. Check your connection and try again.";
/// Row of the totals.
pub const SUBTOTAL: &str = "Subtotal";
/// Row of the totals.
pub const SHIPPING: &str = "Shipping";
/// While no service is chosen.
pub const AT_CHECKOUT: &str = "Chosen at checkout";
/// A service whose rate is nothing.
pub const FREE: &str = "Free";
/// The heaviest row.
pub const TOTAL: &str = "Total";
/// The button that leaves for the checkout.
pub const CHECK_OUT: &str = "Check out";
/// While the edge re-prices.
pub const CHECKING: &str = "Checking prices…";
/// Label of the button that takes one away.
pub const LESS: &str = "One less";
/// Label of the button that adds one.
pub const MORE: &str = "One more";
/// The code fits no rule any more.
pub const LAPSED: &str = "is no longer valid.";
/// Before a message whose discount applies, for those who can't see its sign.
pub const APPLIED: &str = "Applied: ";

/// "1 item", "12 items".
#[must_use]
pub fn items(count: u64) -> String {
    let noun = if count == 1 { " item" } else { " items" };
    [&count.to_string(), noun].concat()
}

/// The name of a stepper.
#[must_use]
pub fn quantity_of(title: &str) -> String {
    ["Quantity of ", title].concat()
}

/// The name of a remove button.
#[must_use]
pub fn remove(what: &str) -> String {
    ["Remove ", what].concat()
}

/// Beside a unit price.
#[must_use]
pub fn each(price: &str) -> String {
    [price, " each"].concat()
}

/// An amount that comes off, with a real minus sign.
#[must_use]
pub fn off(amount: &str) -> String {
    ["−", amount].concat()
}

/// The whole saving, as a sentence.
#[must_use]
pub fn saving(amount: &str) -> String {
    ["You save ", amount].concat()
}

/// What the live region says of new totals.
#[must_use]
pub fn spoken_total(total: &str, saving: Option<&str>) -> String {
    let total = ["Total ", total, "."].concat();
    match saving {
        Some(amount) => [&total, " You save ", amount, "."].concat(),
        None => total,
    }
}

/// After a product was put in from a button of the page.
#[must_use]
pub fn added(quantity: u64, title: &str) -> String {
    if quantity == 1 {
        ["Added to your cart: ", title].concat()
    } else {
        ["Added to your cart: ", &quantity.to_string(), " × ", title].concat()
    }
}

/// The button that accepts new totals.
#[must_use]
pub fn continue_with(total: &str) -> String {
    ["Continue with ", total].concat()
}

/// Why an attached code is beaten. `winners` are the titles of what applies instead.
#[must_use]
pub fn beaten(code: &str, winners: &[&str]) -> String {
    let (winners, verb) = match winners {
        [] => ("another offer".to_owned(), " saves"),
        [one] => ((*one).to_owned(), " saves"),
        [rest @ .., last] => ([&rest.join(", "), " and ", last].concat(), " save"),
    };
    [code, " stays on, but ", &winners, verb, " you more."].concat()
}

/// What an attached code needs before it can apply: the step to take first. `qualifying` when only items it covers count.
#[must_use]
pub fn ineligible(
    code: &str,
    reason: Option<Reason>,
    qualifying: bool,
    format: impl Fn(Measure) -> String,
) -> String {
    match reason {
        Some(Reason::BelowMinimum { need: Measure::Items(need), have: Measure::Items(have) }) => {
            let more = need.saturating_sub(have);
            let kind = if qualifying { " more qualifying item" } else { " more item" };
            let plural = if more == 1 { "" } else { "s" };
            ["Add ", &more.to_string(), kind, plural, " to use ", code, "."].concat()
        }
        Some(Reason::BelowMinimum { need: Measure::Money(need), have: Measure::Money(have) }) => {
            let more = format(Measure::Money(need.minus(have)));
            let on = if qualifying { " more on qualifying items to use " } else { " more to use " };
            ["Spend ", &more, on, code, "."].concat()
        }
        Some(Reason::AboveMaximum { allowed: Measure::Items(allowed), .. }) => {
            [code, " is for orders of up to ", &items(allowed), "."].concat()
        }
        Some(Reason::AboveMaximum { allowed, .. }) => {
            [code, " is for orders of up to ", &format(allowed), "."].concat()
        }
        Some(Reason::NoShippingService) => [code, " applies once you choose shipping."].concat(),
        Some(Reason::ServiceNotCovered) => [code, " is for another way of shipping."].concat(),
        Some(Reason::MissingProduct | Reason::NothingInScope) => {
            [code, " is for items that aren’t in your cart."].concat()
        }
        _ => [code, " takes nothing off this cart."].concat(),
    }
}

/// Why the price is another one.
#[must_use]
pub const fn changed(cause: Cause) -> &'static str {
    match cause {
        Cause::RulesChanged => "The shop changed its prices while you were here.",
        Cause::Clock => "An offer began or ended while you were here.",
        Cause::LimitReached => "An offer in your cart has just been used up.",
        Cause::Mismatch => "The shop worked out another total.",
    }
}

/// A discount came, went or takes off another amount.
#[must_use]
pub fn discount_changed(title: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => [title, " takes off ", after, " instead of ", before, "."].concat(),
        (Some(before), None) => [title, " no longer takes off ", before, "."].concat(),
        (None, after) => [title, " now takes off ", after.unwrap_or_default(), "."].concat(),
    }
}

/// A product costs something else, or is gone.
#[must_use]
pub fn price_changed(title: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => [title, " costs ", after, " instead of ", before, "."].concat(),
        _ => [title, " is no longer sold."].concat(),
    }
}
