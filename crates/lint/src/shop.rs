//! A snapshot made ready to be looked at.

use std::{cell::Cell, collections::BTreeMap};

use pricing::{
    model::{Benefit, Discount, Id, Inclusion, Instant, Product, PromotionSet, Requirement, Scope, Snapshot},
    money::Amount,
};

use crate::products::Products;

/// A snapshot made ready to be looked at.
pub(crate) struct Shop<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) as_of: Option<Instant>,
    /// Every product.
    pub(crate) all: Products,
    /// Every product that can be discounted.
    pub(crate) discountable: Products,
    /// What is known of each discount, in their order.
    facts: Vec<Facts>,
    /// For each promotion set the positions of its members; upgrades left out.
    sets: Vec<Vec<usize>>,
    /// What may still be spent on trying carts.
    effort: Cell<usize>,
}

/// What may be spent on trying carts in one check: so many rules are priced, over all carts together. That is about half
/// a second of one core, and under four for all checks of a random store of 10,000 discounts and 6,000 products.
const EFFORT: usize = 150_000;

/// What is known of a discount.
pub(crate) struct Facts {
    /// The products of its scope: those it is about, or one of which must be bought.
    pub(crate) covered: Products,
    /// Those of them that can be discounted.
    pub(crate) own: Products,
    /// Those of them that cost something.
    pub(crate) paid: Products,
    /// The lowest price in each of the three.
    pub(crate) cheapest: Cheapest,
    /// The title as titles are compared.
    pub(crate) folded_title: String,
    /// Whether a promotion set holds it beside something else that may apply.
    pub(crate) is_combined: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Cheapest {
    pub(crate) covered: Option<Amount>,
    pub(crate) own: Option<Amount>,
    pub(crate) paid: Option<Amount>,
}

impl<'a> Shop<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, as_of: Option<Instant>) -> Self {
        let products = &snapshot.products;
        let at = |position: usize| products.get(position);
        let count = products.len();
        let all = Products::choose(count, |_| true);
        let discountable =
            Products::choose(count, |position| at(position).is_some_and(|one| one.discountable));
        let priced = Products::choose(count, |position| at(position).is_some_and(|one| !one.price.is_zero()));
        let groups = Groups::new(products);
        let positions: BTreeMap<&Id, usize> =
            snapshot.discounts.iter().enumerate().map(|(at, discount)| (&discount.id, at)).collect();
        let combined = combined(snapshot, &positions);
        let sets = snapshot.promotion_sets.iter();
        let members =
            |set: &PromotionSet| set.discounts.iter().filter_map(|id| positions.get(id).copied()).collect();
        let sets = sets.map(members).collect();
        let mut known = Vec::new();
        for (discount, is_combined) in snapshot.discounts.iter().zip(combined) {
            let covered = discount
                .benefit
                .scope()
                .map_or_else(|| Products::none(count), |scope| groups.covered(scope, &all));
            let own = covered.and(&discountable);
            let paid = own.and(&priced);
            let cheapest =
                |some: &Products| some.iter().filter_map(|at| products.get(at)).map(|one| one.price).min();
            known.push(Facts {
                cheapest: Cheapest {
                    covered: cheapest(&covered),
                    own: cheapest(&own),
                    paid: cheapest(&paid),
                },
                covered,
                own,
                paid,
                folded_title: discount.folded_title(),
                is_combined,
            });
        }
        Self { snapshot, as_of, all, discountable, facts: known, sets, effort: Cell::new(EFFORT) }
    }

    /// Whether it knows what the store sells.
    pub(crate) fn has_products(&self) -> bool {
        !self.snapshot.products.is_empty()
    }

    pub(crate) fn product(&self, at: usize) -> Option<&'a Product> {
        self.snapshot.products.get(at)
    }

    pub(crate) fn price(&self, at: usize) -> Amount {
        self.product(at).map_or(Amount::ZERO, |product| product.price)
    }

    /// An amount as people write it in the store's currency: `12.00`.
    pub(crate) fn money(&self, amount: Amount) -> String {
        amount.to_decimal(self.snapshot.store.currency).to_string()
    }

    /// The discounts that may apply some day, each with its position and what is known of it.
    pub(crate) fn live(&self) -> impl Iterator<Item = (usize, &'a Discount, &Facts)> {
        let known = self.snapshot.discounts.iter().zip(&self.facts).enumerate();
        known
            .map(|(at, (discount, facts))| (at, discount, facts))
            .filter(|(_, discount, _)| self.is_live(discount))
    }

    pub(crate) fn is_live(&self, discount: &Discount) -> bool {
        discount.enabled && !self.as_of.is_some_and(|as_of| discount.schedule.has_ended(as_of))
    }

    pub(crate) fn discount(&self, at: usize) -> Option<(&'a Discount, &Facts)> {
        self.snapshot.discounts.get(at).zip(self.facts.get(at))
    }

    pub(crate) fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// Each promotion set with its position and the positions of its members that may apply some day.
    pub(crate) fn live_sets(&self) -> impl Iterator<Item = (usize, &'a PromotionSet, Vec<usize>)> {
        let is_live = |at: &usize| self.snapshot.discounts.get(*at).is_some_and(|one| self.is_live(one));
        let sets = self.snapshot.promotion_sets.iter().zip(&self.sets).enumerate();
        sets.map(move |(at, (set, members))| (at, set, members.iter().copied().filter(is_live).collect()))
    }

    /// For each promotion set the positions of its members; upgrades left out.
    pub(crate) fn sets(&self) -> &[Vec<usize>] {
        &self.sets
    }

    /// Begins a check with all the effort there is.
    pub(crate) fn refresh(&self) {
        self.effort.set(EFFORT);
    }

    /// Spends effort; false once it is used up.
    pub(crate) fn spend(&self, effort: usize) -> bool {
        self.effort.set(self.effort.get().saturating_sub(effort));
        !self.is_spent()
    }

    /// Whether carts are no longer tried.
    pub(crate) fn is_spent(&self) -> bool {
        self.effort.get() == 0
    }

    /// The products that a discount's requirement counts (pricing-rules §4): by number every one, by amount those that
    /// can be discounted, or of either its own.
    pub(crate) fn counted<'b>(&'b self, discount: &Discount, facts: &'b Facts) -> &'b Products {
        match discount.requirement {
            _ if discount.counts_own_products() => &facts.own,
            Requirement::Amount { .. } => &self.discountable,
            Requirement::None | Requirement::Quantity { .. } => &self.all,
        }
    }

    /// Products one of which is in every cart in which the discount takes something off.
    pub(crate) const fn guaranteed<'b>(discount: &Discount, facts: &'b Facts) -> Option<&'b Products> {
        match &discount.benefit {
            Benefit::Products { .. } => Some(&facts.paid),
            Benefit::Shipping { must_purchase: Some(_), .. } => Some(&facts.covered),
            Benefit::Shipping { must_purchase: None, .. } => None,
        }
    }
}

/// For each discount, whether a set holds it beside another enabled discount or an upgrade.
fn combined(snapshot: &Snapshot, positions: &BTreeMap<&Id, usize>) -> Vec<bool> {
    let mut combined = vec![false; snapshot.discounts.len()];
    for set in &snapshot.promotion_sets {
        let is_on = |id: &&Id| {
            let known = positions.get(*id).and_then(|at| snapshot.discounts.get(*at));
            known.is_none_or(|discount| discount.enabled)
        };
        let effective: Vec<&Id> = set.discounts.iter().filter(is_on).collect();
        if effective.len() < 2 {
            continue;
        }
        for at in effective.into_iter().filter_map(|id| positions.get(id)) {
            if let Some(flag) = combined.get_mut(*at) {
                *flag = true;
            }
        }
    }
    combined
}

/// From what a product is in to the products.
struct Groups<'a> {
    products: BTreeMap<&'a Id, usize>,
    collections: BTreeMap<&'a Id, Products>,
    departments: BTreeMap<&'a Id, Products>,
    count: usize,
}

impl<'a> Groups<'a> {
    fn new(products: &'a [Product]) -> Self {
        let count = products.len();
        let mut collections: BTreeMap<&Id, Products> = BTreeMap::new();
        let mut departments: BTreeMap<&Id, Products> = BTreeMap::new();
        for (at, product) in products.iter().enumerate() {
            for id in &product.collections {
                collections.entry(id).or_insert_with(|| Products::none(count)).insert(at);
            }
            for id in &product.departments {
                departments.entry(id).or_insert_with(|| Products::none(count)).insert(at);
            }
        }
        let products = products.iter().enumerate().map(|(at, product)| (&product.sku, at)).collect();
        Self { products, collections, departments, count }
    }

    fn covered(&self, scope: &Scope, all: &Products) -> Products {
        let included = match &scope.include {
            Inclusion::Store => all.clone(),
            Inclusion::Collections(ids) => self.of_any(&self.collections, ids),
            Inclusion::Departments(ids) => self.of_any(&self.departments, ids),
            Inclusion::Products(skus) => self.named(skus),
        };
        let exclude = &scope.exclude;
        included
            .without(&self.named(&exclude.products))
            .without(&self.of_any(&self.collections, &exclude.collections))
            .without(&self.of_any(&self.departments, &exclude.departments))
    }

    fn of_any(&self, groups: &BTreeMap<&Id, Products>, ids: &[Id]) -> Products {
        let found = ids.iter().filter_map(|id| groups.get(id));
        found.fold(Products::none(self.count), |sum, group| sum.with(group))
    }

    fn named(&self, skus: &[Id]) -> Products {
        let mut named = Products::none(self.count);
        for at in skus.iter().filter_map(|sku| self.products.get(sku)) {
            named.insert(*at);
        }
        named
    }
}
