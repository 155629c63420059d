//! The store's time zone is in the database.

use calendar::Zone;

use crate::{Code, Finding, Report, Severity, shop::Shop};

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    let name = &shop.snapshot.store.time_zone;
    if Zone::named(name).is_err() {
        report.findings.push(Finding {
            code: Code::UnknownTimeZone,
            severity: Severity::Error,
            subjects: Vec::new(),
            pointer: "/store/timeZone".to_owned(),
            message: format!(
                "There is no time zone “{name}”, so the days of a schedule can't be told; use a name like \
                 America/Los_Angeles."
            ),
            witness: None,
        });
    }
}
