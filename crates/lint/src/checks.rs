//! The checks, one a file.

mod empty_scope;
mod ended;
mod free_item;
mod lone_member;
mod never_wins;
mod rename;
mod same_title;
mod set_is_free;
mod time_zone;
mod unreachable;

use pricing::model::Discount;

use crate::{Report, shop::Shop};

/// Looks for one kind of thing and reports it.
type Check = fn(&Shop<'_>, &mut Report);

pub(crate) const ALL: [Check; 10] = [
    time_zone::check,
    empty_scope::check,
    unreachable::check,
    never_wins::check,
    lone_member::check,
    same_title::check,
    set_is_free::check,
    free_item::check,
    ended::check,
    rename::check,
];

/// A discount as merchants know it.
fn name(discount: &Discount) -> String {
    match discount.code() {
        Some(code) => format!("“{}” (code {})", discount.title, code.as_str()),
        None => format!("“{}”", discount.title),
    }
}
