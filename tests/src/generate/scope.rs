//! Random scopes, and what of the cart is in them.

use serde_json::{Value, json};

use super::{
    random::Random,
    shop::{COLLECTIONS, DEPARTMENTS, Product, Shop},
};

/// The products of a discount.
pub(super) struct Scope {
    kind: &'static str,
    include: Vec<String>,
    excluded_products: Vec<String>,
    excluded_collections: Vec<&'static str>,
    excluded_departments: Vec<&'static str>,
}

impl Scope {
    pub(super) fn new(random: &mut Random, shop: &Shop) -> Self {
        let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        let (kind, include) = match random.below(5) {
            0 | 1 => ("store", Vec::new()),
            2 => ("collections", owned(random.some_of(&COLLECTIONS))),
            3 => ("departments", owned(random.some_of(&DEPARTMENTS))),
            _ => ("products", (0..3).map(|_| shop.sku(random)).collect()),
        };
        Self {
            kind,
            include,
            excluded_products: if random.chance(5) { vec![shop.sku(random)] } else { vec![] },
            excluded_collections: if random.chance(8) { vec!["c5"] } else { vec![] },
            excluded_departments: if random.chance(9) { vec!["d2"] } else { vec![] },
        }
    }

    pub(super) fn is_whole_store(&self) -> bool {
        self.kind == "store"
    }

    /// Only so that minimums can be set close to what the cart holds: nothing relies on its being right.
    pub(super) fn holds(&self, product: &Product) -> bool {
        let is_listed = |id: &str| self.include.iter().any(|listed| listed == id);
        let is_included = match self.kind {
            "collections" => product.collections.iter().any(|id| is_listed(id)),
            "departments" => is_listed(product.department),
            "products" => is_listed(&product.sku),
            _ => true,
        };
        let is_excluded = self.excluded_products.contains(&product.sku)
            || product.collections.iter().any(|id| self.excluded_collections.contains(id))
            || self.excluded_departments.contains(&product.department);
        is_included && !is_excluded
    }

    pub(super) fn json(&self) -> Value {
        let include = match self.kind {
            "store" => json!({ "type": "store" }),
            "products" => json!({ "type": "products", "skus": self.include }),
            kind => json!({ "type": kind, "ids": self.include }),
        };
        let nothing = self.excluded_products.is_empty()
            && self.excluded_collections.is_empty()
            && self.excluded_departments.is_empty();
        if nothing {
            return json!({ "include": include });
        }
        let exclude = json!({
            "products": self.excluded_products,
            "collections": self.excluded_collections,
            "departments": self.excluded_departments,
        });
        json!({ "include": include, "exclude": exclude })
    }
}
