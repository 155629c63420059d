//! Titles that decide a price.

use pricing::model::{Applies, Benefit, Discount, ProductValue, ShippingValue};

use super::name;
use crate::{
    Code, Finding, Report, Severity, Witness,
    draft::Draft,
    pairs::{Phase, joint_lines},
    shop::Shop,
    trial::applied,
};

/// How many pairs of a set are tried, and how many of a store: a set of a hundred has five thousand.
const PAIRS_OF_A_SET: usize = 100;
const PAIRS: usize = 2_000;
/// With how many carts of a pair the store with all its rules is asked.
const ASKED: usize = 8;

/// Two members in one group of the order of operation that cost something else in some cart once they have each other's
/// title. The cart with the greatest difference is told.
pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    let mut left = PAIRS;
    for (at, set, members) in shop.live_sets() {
        let pairs = members.iter().enumerate().flat_map(|(place, one)| {
            members.iter().skip(place.saturating_add(1)).map(|other| [*one, *other])
        });
        let mut tried: usize = 0;
        for pair in pairs.filter(|pair| order_matters(shop, *pair)) {
            if tried >= PAIRS_OF_A_SET || left == 0 || !report.has_room(Code::RenameChangesPrice) {
                report.cut(Code::RenameChangesPrice);
                break;
            }
            tried = tried.saturating_add(1);
            left = left.saturating_sub(1);
            let ([Some((one, _)), Some((other, _))], Some(witness)) =
                (pair.map(|at| shop.discount(at)), widest_difference(shop, pair))
            else {
                continue;
            };
            let (now, then) = (witness.total, witness.changed_total.unwrap_or_default());
            report.findings.push(Finding {
                code: Code::RenameChangesPrice,
                severity: Severity::Note,
                subjects: vec![set.id.clone(), one.id.clone(), other.id.clone()],
                pointer: format!("/promotionSets/{at}/discounts"),
                message: format!(
                    "In the promotion set “{}” the titles of {} and {} decide which comes first, and with it a price: \
                     were they swapped, a cart of {} would cost {}.",
                    set.title,
                    name(one),
                    name(other),
                    shop.money(now),
                    shop.money(then),
                ),
                witness: Some(witness),
            });
        }
    }
}

/// Whether there may be a cart in which it matters which of two members comes first.
fn order_matters(shop: &Shop<'_>, pair: [usize; 2]) -> bool {
    let [Some((one, first)), Some((other, second))] = pair.map(|at| shop.discount(at)) else { return false };
    if first.folded_title == second.folded_title || Phase::of(&one.benefit) != Phase::of(&other.benefit) {
        return false;
    }
    match (&one.benefit, &other.benefit) {
        // Sums per item are taken off each product by itself, where either order takes the same.
        _ if is_per_item(one) && is_per_item(other) => false,
        (Benefit::Products { .. }, Benefit::Products { .. }) => !first.own.and(&second.own).is_empty(),
        // Only percentages are rounded; of two sums, and of two flat rates, either order takes the same.
        (
            Benefit::Shipping { value: ShippingValue::PercentOff(_), .. },
            Benefit::Shipping { value: ShippingValue::PercentOff(_), .. },
        ) => true,
        _ => false,
    }
}

const fn is_per_item(discount: &Discount) -> bool {
    matches!(
        discount.benefit,
        Benefit::Products { value: ProductValue::DollarOff { applies: Applies::PerItem, .. }, .. }
    )
}

/// The cart with the greatest difference among those tried, as far as the store with all its rules shows one too.
fn widest_difference(shop: &Shop<'_>, pair: [usize; 2]) -> Option<Witness> {
    let [Some((one, _)), Some((other, _))] = pair.map(|at| shop.discount(at)) else { return None };
    // The two by themselves are priced fast; only with the carts that differ most is the store asked.
    let mut differing: Vec<(u64, Draft)> = Vec::new();
    for draft in joint_lines(shop, pair).into_iter().filter_map(|lines| shop.draft(&lines, &pair)) {
        let Some((now, then)) = shop.quote_pair(&draft, pair) else { continue };
        differing.push((now.total.minor().abs_diff(then.total.minor()), draft));
    }
    differing.sort_by_key(|(difference, _)| core::cmp::Reverse(*difference));
    let shown = |(_, draft): (u64, Draft)| {
        let now = shop.quote(&draft).filter(|now| applied(now, &one.id) || applied(now, &other.id))?;
        let then = shop.quote_renamed(&draft, &one.id, &other.id)?;
        let witness = Witness { changed_total: Some(then.total), ..Witness::new(draft.cart, &now) };
        (now.total != then.total).then_some(witness)
    };
    differing.into_iter().filter(|(difference, _)| *difference > 0).take(ASKED).find_map(shown)
}
