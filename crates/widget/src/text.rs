//! Every sentence the widget says, in the page's language.

mod intl;
mod language;
mod word;

use pricing::engine::{Measure, Reason};

use crate::difference::Cause;
pub(crate) use intl::{NumberFormat, money_format};
use language::{count, fill, list};
pub use language::{is_foreign, say, speak, tag};
pub use word::Word;

/// "1 item", "12 items".
#[must_use]
pub fn items(number: u64) -> String {
    count(Word::Items, number, &[])
}

/// The name of a stepper.
#[must_use]
pub fn quantity_of(title: &str) -> String {
    fill(Word::QuantityOf, &[title])
}

/// The name of a remove button.
#[must_use]
pub fn remove(what: &str) -> String {
    fill(Word::RemoveThis, &[what])
}

/// Beside a unit price.
#[must_use]
pub fn each(price: &str) -> String {
    fill(Word::Each, &[price])
}

/// An amount that comes off, with a real minus sign.
#[must_use]
pub fn off(amount: &str) -> String {
    fill(Word::Off, &[amount])
}

/// A word that stands before something, for those who can't see what sets it apart.
#[must_use]
pub fn before(word: Word) -> String {
    [say(word), " "].concat()
}

/// The whole saving, as a sentence.
#[must_use]
pub fn saving(amount: &str) -> String {
    fill(Word::Saving, &[amount])
}

/// What the live region says of new totals.
#[must_use]
pub fn spoken_total(total: &str, saving: Option<&str>) -> String {
    match saving {
        Some(amount) => fill(Word::SpokenSaving, &[total, amount]),
        None => fill(Word::SpokenTotal, &[total]),
    }
}

/// After a product was put in from a button of the page.
#[must_use]
pub fn added(quantity: u64, title: &str) -> String {
    if quantity == 1 { fill(Word::Added, &[title]) } else { count(Word::AddedSome, quantity, &[title]) }
}

/// The button that accepts new totals.
#[must_use]
pub fn continue_with(total: &str) -> String {
    fill(Word::ContinueWith, &[total])
}

/// So many more of a product save so much.
#[must_use]
pub fn nudge_items(more: u64, title: &str, saving: &str) -> String {
    count(Word::NudgeItems, more, &[title, saving])
}

/// So much more money saves so much.
#[must_use]
pub fn nudge_money(more: &str, saving: &str) -> String {
    fill(Word::NudgeMoney, &[more, saving])
}

/// Why a code or an offer takes nothing off. `winners` are the titles of what applies instead.
#[must_use]
pub fn beaten(what: &str, winners: &[&str]) -> String {
    if winners.is_empty() {
        return fill(Word::TakesNothing, &[what]);
    }
    count(Word::Beaten, winners.len() as u64, &[what, &list(winners)])
}

/// An attached code stands for nothing any more.
#[must_use]
pub fn lapsed(code: &str) -> String {
    fill(Word::Lapsed, &[code])
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
            let word = if qualifying { Word::NeedsQualifyingItems } else { Word::NeedsItems };
            count(word, need.saturating_sub(have), &[code])
        }
        Some(Reason::BelowMinimum { need: Measure::Money(need), have: Measure::Money(have) }) => {
            let word = if qualifying { Word::NeedsQualifyingMoney } else { Word::NeedsMoney };
            fill(word, &[&format(Measure::Money(need.minus(have))), code])
        }
        Some(Reason::AboveMaximum { allowed, .. }) => fill(Word::UpTo, &[code, &format(allowed)]),
        Some(Reason::NoShippingService) => fill(Word::NeedsShipping, &[code]),
        Some(Reason::ServiceNotCovered) => fill(Word::OtherService, &[code]),
        Some(Reason::MissingProduct | Reason::NothingInScope) => fill(Word::OtherItems, &[code]),
        _ => fill(Word::TakesNothing, &[code]),
    }
}

/// Why the price is another one.
#[must_use]
pub fn changed(cause: Cause) -> &'static str {
    say(match cause {
        Cause::RulesChanged => Word::RulesChanged,
        Cause::Clock => Word::Clock,
        Cause::LimitReached => Word::LimitReached,
        Cause::Redeemed => Word::Redeemed,
        Cause::Withdrawn => Word::Withdrawn,
        Cause::Mismatch => Word::Mismatch,
    })
}

/// A discount came, went or takes off another amount.
#[must_use]
pub fn discount_changed(title: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => fill(Word::DiscountChanged, &[title, before, after]),
        (Some(before), None) => fill(Word::DiscountGone, &[title, before]),
        (None, after) => fill(Word::DiscountNew, &[title, after.unwrap_or_default()]),
    }
}

/// A product costs something else, or is gone.
#[must_use]
pub fn price_changed(title: &str, before: Option<&str>, after: Option<&str>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => fill(Word::PriceChanged, &[title, before, after]),
        _ => fill(Word::NotSold, &[title]),
    }
}

#[cfg(test)]
mod tests;
