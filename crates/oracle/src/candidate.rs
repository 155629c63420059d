//! Which discounts apply (§5).

use std::cmp::Reverse;

use num_traits::Zero as _;
use pricing::model::{Benefit, Discount, Id, ProductValue, ShippingValue};

use crate::{
    benefit::taken_off, eligibility::Judged, fraction::Fraction, order::Order, order::Sums, rule::Rule,
};

/// Discounts that apply together, and what came of it.
#[derive(Default)]
pub(crate) struct Candidate<'a> {
    pub(crate) members: Vec<&'a Rule<'a>>,
    /// §5.5: the members that took something off, in order of application.
    pub(crate) applied: Vec<(&'a Rule<'a>, Sums)>,
}

impl<'a> Candidate<'a> {
    /// §5.3: in order, each on what is left.
    pub(crate) fn new(order: &Order<'_>, mut members: Vec<&'a Rule<'a>>) -> Self {
        members.sort_by_cached_key(|rule| (group(&rule.discount.benefit), by_title(&rule.discount)));
        let mut left = order.before_discounts();
        let mut applied = Vec::new();
        for rule in &members {
            let off = taken_off(rule, order, &left);
            left = left.minus(&off);
            if !off.total().is_zero() {
                applied.push((*rule, off));
            }
        }
        Self { members, applied }
    }

    pub(crate) fn saving(&self) -> Fraction {
        self.applied.iter().map(|(_, off)| off.total()).sum()
    }

    /// §5.4: the greatest is the best.
    fn key(&self) -> impl Ord {
        let product_saving: Fraction = self.applied.iter().map(|(_, off)| off.of_lines()).sum();
        let coupons = self.applied.iter().filter(|(rule, _)| rule.discount.code().is_some()).count();
        let titles: Vec<_> = self.applied.iter().map(|(rule, _)| by_title(&rule.discount)).collect();
        (self.saving(), product_saving, Reverse(coupons), Reverse(titles))
    }
}

/// §5.2 and §5.4: each eligible discount alone, each set reduced to its eligible members; the best of them, and of
/// equals the first.
pub(crate) fn best<'a>(order: &Order<'_>, judged: &[Judged<'a>]) -> Candidate<'a> {
    let eligible = || judged.iter().filter(|judged| judged.is_eligible()).map(|judged| judged.rule);
    let singles = eligible().map(|rule| vec![rule]);
    let sets = order
        .snapshot
        .promotion_sets
        .iter()
        .map(|set| eligible().filter(|rule| set.discounts.contains(rule.listed_as)).collect());
    let candidates = singles.chain(sets).map(|members| Candidate::new(order, members));
    candidates.fold(Candidate::default(), |best, next| if next.key() > best.key() { next } else { best })
}

/// §5.3: percentages first (free shipping counts as 100 %), dollars second, flat rates last.
fn group(benefit: &Benefit) -> u8 {
    match benefit {
        Benefit::Products { value: ProductValue::PercentOff(_), .. }
        | Benefit::Shipping { value: ShippingValue::PercentOff(_) | ShippingValue::Free, .. } => 1,
        Benefit::Products { value: ProductValue::DollarOff { .. }, .. }
        | Benefit::Shipping { value: ShippingValue::DollarOff(_), .. } => 2,
        Benefit::Shipping { value: ShippingValue::FlatRate(_), .. } => 3,
    }
}

/// §5.3: Unicode simple case folding by code point, then id.
pub(crate) fn by_title(discount: &Discount) -> (Vec<char>, Id) {
    let fold = |letter| {
        let folded = unicode_case_mapping::case_folded(letter);
        folded.and_then(|folded| char::from_u32(folded.get())).unwrap_or(letter)
    };
    (discount.title.as_str().chars().map(fold).collect(), discount.id.clone())
}
