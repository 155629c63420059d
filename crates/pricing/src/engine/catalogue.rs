//! The products a store sells, each with the rules that cover it.

use alloc::{sync::Arc, vec::Vec};

use super::{
    names::Names,
    rule::{self, Reach, Rule},
};
use crate::{
    model::{Id, Inclusion, Product},
    money::Amount,
    sort::sort,
};

/// Stands for a product the engine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductHandle(u32);

impl ProductHandle {
    /// Stands for no product: a store has far fewer than 2^32.
    pub const NONE: Self = Self(u32::MAX);

    /// The handle as a number, to be kept outside.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The handle of a number that [`ProductHandle::number`] gave.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }
}

/// The products of a store.
#[derive(Clone, Debug)]
pub(super) struct Catalogue {
    stock: Vec<Stocked>,
    by_sku: Names,
    index: Index,
}

/// A product, and what pricing asks of it.
#[derive(Clone, Debug)]
pub(super) struct Stocked {
    pub(super) product: Product,
    /// Its place in the order of SKUs: the canonical order of lines.
    pub(super) rank: u32,
    /// The rules that are tallied from it.
    rules: Arc<[Listing]>,
}

/// A rule that covers a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listing {
    /// The rule's position.
    pub(super) at: u32,
    /// What it takes off each item, where it is a sum per item.
    pub(super) per_item: Amount,
}

impl Stocked {
    /// The rules that are tallied from it, by position.
    pub(super) fn rules(&self) -> &[Listing] {
        &self.rules
    }

    /// Whether the rule at a position is tallied from it.
    pub(super) fn is_listed(&self, at: u32) -> bool {
        self.rules.binary_search_by_key(&at, |listing| listing.at).is_ok()
    }
}

/// From what a product is in to the rules that include it.
#[derive(Clone, Debug, Default)]
struct Index {
    products: Names,
    collections: Names,
    departments: Names,
    everything: Vec<u32>,
    /// Products that a rule excludes by name.
    excluded: Names,
    /// What was found for products that no rule names: it is the same for all that are in the same things. Sorted.
    found: Vec<(Kin, Arc<[Listing]>)>,
}

/// What products have in common that the same rules cover.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kin {
    collections: Vec<Id>,
    departments: Vec<Id>,
    discountable: bool,
}

impl Catalogue {
    /// An empty catalogue under these rules.
    pub(super) fn new(rules: &[Rule]) -> Self {
        Self { stock: Vec::new(), by_sku: Names::default(), index: Index::new(rules) }
    }

    pub(super) fn products(&self) -> impl Iterator<Item = &Product> {
        self.stock.iter().map(|stocked| &stocked.product)
    }

    pub(super) fn handle(&self, sku: &str) -> Option<ProductHandle> {
        self.by_sku.last(sku).map(ProductHandle)
    }

    pub(super) fn stocked(&self, handle: ProductHandle) -> Option<&Stocked> {
        self.stock.get(usize::try_from(handle.0).ok()?)
    }

    pub(super) fn product(&self, handle: ProductHandle) -> Option<&Product> {
        self.stocked(handle).map(|stocked| &stocked.product)
    }

    /// The rules that include every product and are tallied from each, by position.
    pub(super) fn including_all(&self) -> &[u32] {
        &self.index.everything
    }

    /// Adds products, or replaces what was known of their SKUs.
    pub(super) fn learn(&mut self, products: impl IntoIterator<Item = Product>, rules: &[Rule]) {
        let mut names = Vec::new();
        for product in products {
            let covering = self.index.listings(&product, rules);
            let known = self.by_sku.last(product.sku.as_str());
            match known.and_then(|at| self.stock.get_mut(usize::try_from(at).ok()?)) {
                Some(stocked) => {
                    stocked.product = product;
                    stocked.rules = covering;
                }
                None => {
                    // A store has far fewer products than 2^32.
                    let at = u32::try_from(self.stock.len()).unwrap_or(u32::MAX);
                    names.push((product.sku.clone(), at));
                    self.stock.push(Stocked { product, rank: 0, rules: covering });
                }
            }
        }
        self.by_sku.add(names);
        for (rank, at) in (0..).zip(self.by_sku.numbers()) {
            if let Some(stocked) = usize::try_from(at).ok().and_then(|at| self.stock.get_mut(at)) {
                stocked.rank = rank;
            }
        }
    }
}

impl Index {
    fn new(rules: &[Rule]) -> Self {
        let mut everything = Vec::new();
        let [mut products, mut collections, mut departments, mut excluded] = [const { Vec::new() }; 4];
        for (at, rule) in (0..).zip(rules) {
            let Some(scope) = rule.scope().filter(|_| rule.reach == Reach::Listed) else { continue };
            excluded.extend(scope.exclude.products.iter().map(|sku| (sku.clone(), at)));
            let (named, ids) = match &scope.include {
                Inclusion::Store => {
                    everything.push(at);
                    continue;
                }
                Inclusion::Products(skus) => (&mut products, skus),
                Inclusion::Collections(ids) => (&mut collections, ids),
                Inclusion::Departments(ids) => (&mut departments, ids),
            };
            named.extend(ids.iter().map(|id| (id.clone(), at)));
        }
        let [products, collections, departments, excluded] =
            [products, collections, departments, excluded].map(Names::new);
        Self { products, collections, departments, everything, excluded, found: Vec::new() }
    }

    /// The rules tallied from `product`, shared among products that have them in common: ten thousand rules on one
    /// collection of thousands are kept once.
    fn listings(&mut self, product: &Product, rules: &[Rule]) -> Arc<[Listing]> {
        if self.products.contains(product.sku.as_str()) || self.excluded.contains(product.sku.as_str()) {
            return self.covering(product, rules);
        }
        let kin = Kin {
            collections: product.collections.clone(),
            departments: product.departments.clone(),
            discountable: product.discountable,
        };
        match self.found.binary_search_by(|(known, _)| known.cmp(&kin)) {
            Ok(at) => self.found.get(at).map(|(_, found)| Arc::clone(found)).unwrap_or_default(),
            Err(at) => {
                let found = self.covering(product, rules);
                self.found.insert(at, (kin, Arc::clone(&found)));
                found
            }
        }
    }

    /// The rules tallied from `product`: those about it, unless they discount and it can't be discounted.
    fn covering(&self, product: &Product, rules: &[Rule]) -> Arc<[Listing]> {
        let named = [
            (&self.products, core::slice::from_ref(&product.sku)),
            (&self.collections, product.collections.as_slice()),
            (&self.departments, product.departments.as_slice()),
        ];
        let listed =
            named.into_iter().flat_map(|(names, ids)| ids.iter().flat_map(|id| names.all(id.as_str())));
        let mut covering: Vec<u32> = listed.chain(self.everything.iter().copied()).collect();
        sort(&mut covering, |a, b| a < b);
        covering.dedup();
        let listing = |at: u32| {
            let rule = rule::at(rules, at)?;
            let listed = rule.covers(product) && (product.discountable || rule.value.is_none());
            listed.then(|| Listing { at, per_item: rule.per_item().unwrap_or_default() })
        };
        covering.into_iter().filter_map(listing).collect()
    }
}
