//! Promotion sets made ready.

use alloc::{collections::BTreeMap, vec::Vec};

use super::rule::Rule;
use crate::model::{Id, PromotionSet, Upgrade};

/// For each set the positions of its members in `rules`, in order of operation (pricing-rules §5.3). An upgrade stands for
/// all its offers. Each member learns that it is one.
pub(super) fn members(sets: &[PromotionSet], upgrades: &[Upgrade], rules: &mut [Rule]) -> Vec<Vec<u32>> {
    let named = names(upgrades, rules);
    let mut members: Vec<Vec<u32>> = sets
        .iter()
        .map(|set| set.discounts.iter().filter_map(|id| named.get(id)).flatten().copied().collect())
        .collect();
    for member in members.iter().flatten() {
        if let Some(rule) = usize::try_from(*member).ok().and_then(|at| rules.get_mut(at)) {
            rule.is_in_set = true;
        }
    }
    for set in &mut members {
        set.sort_by_key(|at| super::rule::at(rules, *at).map(|rule| (rule.phase, rule.rank)));
    }
    members
}

/// From what a set may name to the rules meant.
fn names(upgrades: &[Upgrade], rules: &[Rule]) -> BTreeMap<Id, Vec<u32>> {
    let mut named: BTreeMap<Id, Vec<u32>> =
        (0..).zip(rules).map(|(at, rule)| (rule.discount.id.clone(), Vec::from([at]))).collect();
    for upgrade in upgrades {
        let ids = upgrade.offers.iter().filter_map(|offer| Upgrade::offer_id(&upgrade.id, &offer.sku).ok());
        let offers = ids.filter_map(|id| named.get(&id)).flatten().copied().collect();
        named.insert(upgrade.id.clone(), offers);
    }
    named
}
