//! Which products a discount is about.

use alloc::vec::Vec;

use super::{Id, Product};

/// The products a discount is about: those included, without those excluded. Exclusion always wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What is in.
    pub include: Inclusion,
    /// What is taken out again.
    pub exclude: Exclusions,
}

/// What a scope includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inclusion {
    /// Every product.
    Store,
    /// Products in any of these collections.
    Collections(Vec<Id>),
    /// Products in any of these departments.
    Departments(Vec<Id>),
    /// These products.
    Products(Vec<Id>),
}

/// What a scope takes out again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusions {
    /// These products.
    pub products: Vec<Id>,
    /// Products in any of these collections.
    pub collections: Vec<Id>,
    /// Products in any of these departments.
    pub departments: Vec<Id>,
}

impl Scope {
    /// Whether `product` is in scope.
    #[must_use]
    pub fn covers(&self, product: &Product) -> bool {
        let included = match &self.include {
            Inclusion::Store => true,
            Inclusion::Collections(ids) => share_one(ids, &product.collections),
            Inclusion::Departments(ids) => share_one(ids, &product.departments),
            Inclusion::Products(skus) => skus.contains(&product.sku),
        };
        included && !self.exclude.covers(product)
    }
}

impl Exclusions {
    fn covers(&self, product: &Product) -> bool {
        self.products.contains(&product.sku)
            || share_one(&self.collections, &product.collections)
            || share_one(&self.departments, &product.departments)
    }
}

fn share_one(some: &[Id], others: &[Id]) -> bool {
    some.iter().any(|id| others.contains(id))
}
