//! Scopes in which no product of the catalogue is.

use pricing::{
    engine::Reason,
    model::{Benefit, Discount},
};

use super::name;
use crate::{
    Code, Finding, Report, Severity, Witness,
    shop::{Facts, Shop},
    trial::verdict,
};

pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    if !shop.has_products() {
        return;
    }
    for (at, discount, facts) in shop.live() {
        let (code, pointer, message, reason) = match &discount.benefit {
            Benefit::Products { .. } if facts.own.is_empty() => (
                Code::EmptyScope,
                format!("/discounts/{at}/benefit/scope"),
                format!("{} discounts nothing: {}.", name(discount), why(facts)),
                Reason::NothingInScope,
            ),
            Benefit::Shipping { must_purchase: Some(_), .. } if facts.covered.is_empty() => (
                Code::NothingToBuy,
                format!("/discounts/{at}/benefit/mustPurchase"),
                format!(
                    "{} asks for the purchase of a product that the catalogue does not have.",
                    name(discount)
                ),
                Reason::MissingProduct,
            ),
            _ => continue,
        };
        if !report.has_room(code) {
            continue;
        }
        if let Some(witness) = witness(shop, at, discount, facts, reason) {
            report.findings.push(Finding {
                code,
                severity: Severity::Error,
                subjects: vec![discount.id.clone()],
                pointer,
                message,
                witness: Some(witness),
            });
        }
    }
}

fn why(facts: &Facts) -> &'static str {
    if facts.covered.is_empty() {
        "no product of the catalogue is in its scope, once the excluded ones are taken out"
    } else {
        "no product in its scope can be discounted"
    }
}

/// A cart of what is nearest to the scope, and all the same not in it.
fn witness(
    shop: &Shop<'_>,
    at: usize,
    discount: &Discount,
    facts: &Facts,
    reason: Reason,
) -> Option<Witness> {
    let nearest = facts.covered.iter().next().or_else(|| shop.sample(&shop.all).first().copied())?;
    let draft = shop.draft(&[(nearest, 1)], &[at])?;
    let quote = shop.quote(&draft)?;
    let shows = verdict(&quote, &discount.id).is_some_and(|(_, reasons)| reasons.contains(&reason));
    shows.then(|| Witness::new(draft.cart, &quote))
}
