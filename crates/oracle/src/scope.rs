//! What a discount is about: its scope, its services, its audience (§1).

use pricing::model::{Audience, Customer, Id, Inclusion, Product, Scope, Services};

/// §1: included and not excluded; exclusion always wins.
pub(crate) fn holds(scope: &Scope, product: &Product) -> bool {
    let is_included = match &scope.include {
        Inclusion::Store => true,
        Inclusion::Collections(ids) => meet(ids, &product.collections),
        Inclusion::Departments(ids) => meet(ids, &product.departments),
        Inclusion::Products(skus) => skus.contains(&product.sku),
    };
    let is_excluded = scope.exclude.products.contains(&product.sku)
        || meet(&scope.exclude.collections, &product.collections)
        || meet(&scope.exclude.departments, &product.departments);
    is_included && !is_excluded
}

/// §4: something to discount is discountable and in scope.
pub(crate) fn discounts(scope: &Scope, product: &Product) -> bool {
    product.discountable && holds(scope, product)
}

/// §2: all services or listed ones.
pub(crate) fn covers(services: &Services, service: &Id) -> bool {
    match services {
        Services::All => true,
        Services::Listed(ids) => ids.contains(service),
    }
}

/// §1: exactly one of everyone, clubs (any of), tags (any of). §4: guests have no tags and no clubs.
pub(crate) fn is_for(audience: &Audience, customer: &Customer) -> bool {
    match audience {
        Audience::Everyone => true,
        Audience::Clubs(clubs) => meet(clubs, &customer.clubs),
        Audience::Tags(tags) => meet(tags, &customer.tags),
    }
}

fn meet(some: &[Id], others: &[Id]) -> bool {
    some.iter().any(|id| others.contains(id))
}
