//! Promotion sets in which nothing is combined.

use crate::{Code, Finding, Report, Severity, shop::Shop};

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    for (at, set) in shop.snapshot.promotion_sets.iter().enumerate() {
        // An upgrade stands for all its offers.
        let combined: usize = set
            .discounts
            .iter()
            .map(|id| {
                let upgrade = shop.snapshot.upgrades.iter().find(|upgrade| upgrade.id == *id);
                upgrade.map_or(1, |upgrade| upgrade.offers.len())
            })
            .sum();
        if combined >= 2 || !report.has_room(Code::LoneMember) {
            continue;
        }
        let members = if combined == 0 { "no member" } else { "only one member" };
        report.findings.push(Finding {
            code: Code::LoneMember,
            severity: Severity::Warning,
            subjects: core::iter::once(&set.id).chain(&set.discounts).cloned().collect(),
            pointer: format!("/promotionSets/{at}/discounts"),
            message: format!("The promotion set “{}” has {members}, so it combines nothing.", set.title),
            witness: None,
        });
    }
}
