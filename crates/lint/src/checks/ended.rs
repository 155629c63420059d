//! Discounts that are over and still switched on.

use pricing::engine::Reason;

use super::name;
use crate::{Code, Finding, Report, Severity, Witness, shop::Shop, trial::verdict};

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    let Some(as_of) = shop.as_of else { return };
    for (at, discount) in shop.snapshot.discounts.iter().enumerate() {
        if !discount.enabled || !discount.schedule.has_ended(as_of) {
            continue;
        }
        if !report.has_room(Code::Ended) {
            return;
        }
        let witness = || {
            let facts = shop.facts().get(at)?;
            let lines = shop.lines_for(discount, facts).into_iter().next()?;
            let draft = shop.draft_at(as_of, &lines, &[at])?;
            let quote = shop.quote(&draft)?;
            let (_, reasons) = verdict(&quote, &discount.id)?;
            reasons.contains(&Reason::Ended).then(|| Witness::new(draft.cart, &quote))
        };
        report.findings.push(Finding {
            code: Code::Ended,
            severity: Severity::Warning,
            subjects: vec![discount.id.clone()],
            pointer: format!("/discounts/{at}/endsAt"),
            message: format!(
                "{} is over and still switched on; switch it off or give it a new end.",
                name(discount)
            ),
            witness: witness(),
        });
    }
}
