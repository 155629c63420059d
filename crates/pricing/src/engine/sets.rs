//! Promotion sets made ready.

use alloc::vec::Vec;

use super::{names::Names, rule::Rule};
use crate::{
    model::{PromotionSet, Upgrade},
    sort::sort,
};

/// For each set the positions of its members in `rules`, in order of operation (pricing-rules §5.3). An upgrade stands for
/// all its offers. Each member learns that it is one.
pub(super) fn members(sets: &[PromotionSet], upgrades: &[Upgrade], rules: &mut [Rule]) -> Vec<Vec<u32>> {
    let named = names(upgrades, rules);
    let mut members: Vec<Vec<u32>> =
        sets.iter().map(|set| set.discounts.iter().flat_map(|id| named.all(id.as_str())).collect()).collect();
    for member in members.iter().flatten() {
        if let Some(rule) = usize::try_from(*member).ok().and_then(|at| rules.get_mut(at)) {
            rule.is_in_set = true;
        }
    }
    for set in &mut members {
        let turn = |at: &u32| super::rule::at(rules, *at).map(|rule| (rule.phase, rule.rank));
        sort(set, |a, b| turn(a) < turn(b));
    }
    members
}

/// From what a set may name to the rules meant.
fn names(upgrades: &[Upgrade], rules: &[Rule]) -> Names {
    let named = Names::new((0..).zip(rules).map(|(at, rule)| (rule.discount.id.clone(), at)).collect());
    let mut of_upgrades = Vec::new();
    for upgrade in upgrades {
        for offer in &upgrade.offers {
            let id = Upgrade::offer_id(&upgrade.id, &offer.sku).ok();
            let at = id.and_then(|id| named.last(id.as_str()));
            of_upgrades.extend(at.map(|at| (upgrade.id.clone(), at)));
        }
    }
    let mut named = named;
    named.add(of_upgrades);
    named
}
