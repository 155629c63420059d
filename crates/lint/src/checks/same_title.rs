//! Members of a set that only their ids put in order.

use std::collections::BTreeMap;

use crate::{
    Code, Finding, Report, Severity, Witness,
    pairs::{Phase, joint_lines},
    shop::Shop,
    trial::applied,
};

/// Two members of a set with one title, in one group of the order of operation, that apply together in some cart.
pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    for (at, set, members) in shop.live_sets() {
        let mut by_title: BTreeMap<(Phase, &str), Vec<usize>> = BTreeMap::new();
        for member in members {
            if let Some((discount, facts)) = shop.discount(member) {
                let key = (Phase::of(&discount.benefit), facts.folded_title.as_str());
                by_title.entry(key).or_default().push(member);
            }
        }
        for members in by_title.into_values() {
            let (Some(first), Some(second)) = (members.first(), members.get(1)) else { continue };
            let (Some((one, _)), Some((other, _))) = (shop.discount(*first), shop.discount(*second)) else {
                continue;
            };
            if !report.has_room(Code::SameTitle) {
                return;
            }
            let pair = [*first, *second];
            let shown = joint_lines(shop, pair).into_iter().find_map(|lines| {
                let draft = shop.draft(&lines, &pair)?;
                let quote = shop.quote(&draft)?;
                let both = applied(&quote, &one.id) && applied(&quote, &other.id);
                both.then(|| Witness::new(draft.cart, &quote))
            });
            let Some(witness) = shown else { continue };
            report.findings.push(Finding {
                code: Code::SameTitle,
                severity: Severity::Warning,
                subjects: vec![set.id.clone(), one.id.clone(), other.id.clone()],
                pointer: format!("/promotionSets/{at}/discounts"),
                message: format!(
                    "Two members of the promotion set “{}” are called “{}”, so their ids decide which comes first: \
                     give them different titles.",
                    set.title, one.title
                ),
                witness: Some(witness),
            });
        }
    }
}
