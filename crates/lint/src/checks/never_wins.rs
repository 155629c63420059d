//! Discounts that another promotion always beats.

use pricing::engine::VerdictKind;

use super::name;
use crate::{
    Code, Finding, Report, Severity, Witness,
    dominance::{Known, dominates, may_dominate},
    shop::Shop,
    trial::verdict,
};

/// How many promotions each discount is held against, the widest first; and how many comparisons there are in all.
const RIVALS: usize = 2_000;
const COMPARISONS: usize = 10_000_000;

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    if !shop.has_products() {
        return;
    }
    let mut rivals: Vec<(usize, Known<'_>)> = shop
        .live()
        .filter(|(_, discount, _)| may_dominate(discount))
        .map(|(at, discount, facts)| (at, Known { discount, facts }))
        .collect();
    rivals.sort_by_cached_key(|(at, rival)| (core::cmp::Reverse(rival.facts.own.len()), *at));
    if rivals.len() > RIVALS {
        rivals.truncate(RIVALS);
        report.cut(Code::NeverWins);
    }
    let mut left = COMPARISONS;
    for (at, discount, facts) in shop.live().filter(|(_, _, facts)| !facts.is_combined) {
        if left < rivals.len() || !report.has_room(Code::NeverWins) {
            report.cut(Code::NeverWins);
            return;
        }
        left = left.saturating_sub(rivals.len());
        let worse = Known { discount, facts };
        let Some((rival, better)) = rivals.iter().find(|(_, better)| dominates(shop, *better, worse)) else {
            continue;
        };
        // A cart that brings the discount also brings its rival; only one that it would win by itself counts.
        let beaten = shop.lines_for(discount, facts).into_iter().find_map(|lines| {
            let mut draft = shop.draft(&lines, &[at])?;
            draft.discounts.push(*rival);
            let quote = shop.quote(&draft)?;
            let (kind, _) = verdict(&quote, &discount.id)?;
            (kind == VerdictKind::Beaten).then(|| Witness::new(draft.cart, &quote))
        });
        let Some(witness) = beaten else { continue };
        report.findings.push(Finding {
            code: Code::NeverWins,
            severity: Severity::Warning,
            subjects: vec![discount.id.clone(), better.discount.id.clone()],
            pointer: format!("/discounts/{at}"),
            message: format!(
                "{} can never win: wherever it applies, {} applies too, saves at least as much and goes first.",
                name(discount),
                name(better.discount),
            ),
            witness: Some(witness),
        });
    }
}
