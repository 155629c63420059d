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

use crate::{Code, Report, shop::Shop};

/// Looks for one kind of thing and reports it.
type Check = fn(&Shop<'_>, &mut Report);

/// Each check with the code that it runs out of effort for.
pub(crate) const ALL: [(Code, Check); 10] = [
    (Code::UnknownTimeZone, time_zone::check),
    (Code::EmptyScope, empty_scope::check),
    (Code::UnreachableRequirement, unreachable::check),
    (Code::NeverWins, never_wins::check),
    (Code::LoneMember, lone_member::check),
    (Code::SameTitle, same_title::check),
    (Code::SetIsFree, set_is_free::check),
    (Code::FreeItem, free_item::check),
    (Code::Ended, ended::check),
    (Code::RenameChangesPrice, rename::check),
];

/// A discount as merchants know it.
fn name(discount: &Discount) -> String {
    match discount.code() {
        Some(code) => format!("“{}” (code {})", discount.title, code.as_str()),
        None => format!("“{}”", discount.title),
    }
}
