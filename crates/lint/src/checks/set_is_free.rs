//! Sets whose members give products away together.

use std::collections::BTreeMap;

use pricing::{
    engine::Quote,
    model::{Benefit, Cart, Id, Instant, PromotionSet},
};

use super::name;
use crate::{Code, Finding, Report, Severity, Witness, draft::Draft, shop::Shop, trial::applied};

/// How many kinds of products of a set are tried, how many of each, and at how many moments.
const KINDS: usize = 64;
const OF_A_KIND: usize = 3;
const MOMENTS: usize = 4;

/// A set by which the products of some cart cost nothing, although no member by itself would do that.
pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    for (at, set, members) in shop.live_sets() {
        if !report.has_room(Code::SetIsFree) {
            return;
        }
        let Some((witness, by)) = free_cart(shop, set, members) else { continue };
        let titled = |id: &Id| shop.snapshot.discounts.iter().find(|discount| discount.id == *id).map(name);
        let names = by.iter().filter_map(titled).collect::<Vec<_>>().join(" and ");
        report.findings.push(Finding {
            code: Code::SetIsFree,
            severity: Severity::Warning,
            subjects: core::iter::once(set.id.clone()).chain(by).collect(),
            pointer: format!("/promotionSets/{at}/discounts"),
            message: format!(
                "{names}, together by the promotion set “{}”, give products away: nothing is left of {}.",
                set.title,
                shop.money(witness.subtotal),
            ),
            witness: Some(witness),
        });
    }
}

fn free_cart(shop: &Shop<'_>, set: &PromotionSet, mut members: Vec<usize>) -> Option<(Witness, Vec<Id>)> {
    members.retain(|at| {
        shop.discount(*at).is_some_and(|(discount, _)| matches!(discount.benefit, Benefit::Products { .. }))
    });
    if members.len() < 2 {
        return None;
    }
    for product in products(shop, &members) {
        let covering: Vec<usize> = members
            .iter()
            .copied()
            .filter(|at| covers(shop, *at, product))
            .take(Cart::MAXIMUM_CODES)
            .collect();
        let needed = |at: &usize| shop.discount(*at).and_then(|(discount, _)| shop.needed(discount, product));
        let mut counts: Vec<u64> = covering.iter().filter_map(needed).collect();
        counts.push(1);
        counts.sort_unstable();
        counts.dedup();
        for (as_of, count) in moments(shop, &covering)
            .into_iter()
            .flat_map(|as_of| counts.iter().map(move |count| (as_of, *count)))
        {
            let found = shop.draft_at(as_of, &[(product, count)], &covering).and_then(|draft| {
                let alone = shop.quote_alone(&draft, &covering, false)?;
                let together = shop.quote_alone(&draft, &covering, true)?;
                if is_free(&alone) || !is_free(&together) {
                    return None;
                }
                shown(shop, set, draft)
            });
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// The cart, if the store with all its rules gives it away too, by members of this set.
fn shown(shop: &Shop<'_>, set: &PromotionSet, draft: Draft) -> Option<(Witness, Vec<Id>)> {
    let quote = shop.quote(&draft)?;
    let by: Vec<Id> = set.discounts.iter().filter(|id| applied(&quote, id)).cloned().collect();
    let is_shown = is_free(&quote) && by.len() >= 2 && by.len() == quote.applied.len();
    is_shown.then(|| (Witness::new(draft.cart, &quote), by))
}

fn is_free(quote: &Quote) -> bool {
    !quote.subtotal.is_zero() && quote.subtotal == quote.product_discount
}

fn covers(shop: &Shop<'_>, discount: usize, product: usize) -> bool {
    shop.discount(discount).is_some_and(|(_, facts)| facts.own.contains(product))
}

/// The cheapest products of each kind: of a kind are those that the same members are about, two at least.
fn products(shop: &Shop<'_>, members: &[usize]) -> Vec<usize> {
    let mut kinds: BTreeMap<Vec<usize>, Vec<(pricing::money::Amount, usize)>> = BTreeMap::new();
    let owned = members.iter().filter_map(|at| shop.discount(*at)).map(|(_, facts)| &facts.paid);
    let Some(any) = owned.cloned().reduce(|sum, one| sum.with(&one)) else { return Vec::new() };
    for product in any.iter() {
        let kind: Vec<usize> = members.iter().copied().filter(|at| covers(shop, *at, product)).collect();
        if kind.len() < 2 || (kinds.len() >= KINDS && !kinds.contains_key(&kind)) {
            continue;
        }
        let cheapest = kinds.entry(kind).or_default();
        cheapest.push((shop.price(product), product));
        cheapest.sort_unstable();
        cheapest.truncate(OF_A_KIND);
    }
    kinds.into_values().flatten().map(|(_, product)| product).collect()
}

/// Moments at which as many members run as may be: when all do, or when one begins.
fn moments(shop: &Shop<'_>, members: &[usize]) -> Vec<Instant> {
    let mut moments: Vec<Instant> = shop.moment(members).into_iter().collect();
    if moments.is_empty() {
        moments.extend(members.iter().filter_map(|at| shop.moment(&[*at])));
        moments.sort_unstable();
        moments.dedup();
    }
    moments.truncate(MOMENTS);
    moments
}
