//! Reading a whole store: what an import loads.

use std::collections::BTreeSet;

use pricing::model::{Benefit, Discount, Inclusion, Product, Scope, Snapshot, Upgrade};
use serde_json::Value;

use super::{
    Nfkc,
    node::{Node, read},
    snapshot::{checked, content, snapshot},
};
use crate::{
    canonical::{canonical_part, digest_of_text},
    problem::Fault,
};

/// A whole store as it is imported: a snapshot's content, and what only people read.
#[derive(Clone, Debug)]
pub struct StoreFile {
    /// What pricing needs of it.
    pub snapshot: Snapshot,
    /// The same as canonical JSON, with its version.
    pub content: String,
}

/// Reads a store file: a snapshot's fields, and the departments and collections with their titles. Every id in it must
/// be known.
///
/// # Errors
/// Every fault in it.
pub fn store_file(document: &Value, nfkc: Nfkc) -> Result<StoreFile, Vec<Fault>> {
    read(document, |node| {
        node.object(|fields| {
            let departments = fields.or("departments", BTreeSet::new(), groups);
            let collections = fields.or("collections", BTreeSet::new(), groups);
            let snapshot = content(fields, nfkc);
            let (departments, collections, snapshot) = (departments?, collections?, snapshot?);
            let content = canonical_part(document, &is_for_pricing);
            let snapshot = Snapshot { version: digest_of_text(&content), ..checked(snapshot, node)? };
            let skus = snapshot.products.iter().map(|product| product.sku.as_str()).collect();
            Known { departments, collections, skus, snapshot: &snapshot }.check(node);
            let content = with_version(content, &snapshot.version);
            Some(StoreFile { snapshot, content })
        })
    })
}

/// Reads a snapshot's content that was changed, and names it anew: `version` in it counts for nothing.
///
/// # Errors
/// Every fault in it.
pub fn snapshot_content(document: &Value, nfkc: Nfkc) -> Result<StoreFile, Vec<Fault>> {
    read(document, |node| {
        let snapshot = snapshot(node, nfkc)?;
        let is_content = |path: &[&str], key: &str, value: &Value| {
            (!path.is_empty() || key != "version") && is_for_pricing(path, key, value)
        };
        let content = canonical_part(document, &is_content);
        let snapshot = Snapshot { version: digest_of_text(&content), ..snapshot };
        let content = with_version(content, &snapshot.version);
        Some(StoreFile { snapshot, content })
    })
}

/// Departments or collections: the set of their ids.
fn groups(node: Node<'_, '_>) -> Option<BTreeSet<String>> {
    let mut ids = BTreeSet::new();
    node.list(|node| {
        node.object(|fields| {
            let id = fields.required("id", |node| {
                let id = node.id()?;
                if ids.insert(id.to_string()) {
                    Some(())
                } else {
                    node.refuse("duplicateId", "this id stands twice")
                }
            });
            fields.required("title", |node| node.text::<256>())?;
            id
        })
    })?;
    Some(ids)
}

/// Whether a field of a store file is for pricing: neither empty nor only for people to read.
fn is_for_pricing(path: &[&str], key: &str, value: &Value) -> bool {
    let is_priced = match path {
        [] => !matches!(key, "departments" | "collections"),
        ["store"] => matches!(key, "currency" | "timeZone"),
        ["products"] => !matches!(key, "description" | "vendor" | "attributes"),
        _ => true,
    };
    is_priced && !value.is_null()
}

/// A canonical content with its version: no other field's name sorts behind that.
fn with_version(mut content: String, version: &str) -> String {
    content.pop();
    content.push_str(",\"version\":");
    content.push_str(&Value::from(version).to_string());
    content.push('}');
    content
}

/// Every id that a store's rules and products may name.
struct Known<'a> {
    departments: BTreeSet<String>,
    collections: BTreeSet<String>,
    skus: BTreeSet<&'a str>,
    snapshot: &'a Snapshot,
}

impl Known<'_> {
    /// Records a fault for every id that is not known.
    fn check(&self, node: Node<'_, '_>) {
        for (at, product) in self.snapshot.products.iter().enumerate() {
            self.check_product(product, &format!("/products/{at}"), node);
        }
        for (at, discount) in self.snapshot.discounts.iter().enumerate() {
            self.check_discount(discount, &format!("/discounts/{at}/benefit"), node);
        }
        for (at, upgrade) in self.snapshot.upgrades.iter().enumerate() {
            self.check_upgrade(upgrade, &format!("/upgrades/{at}"), node);
        }
    }

    fn check_product(&self, product: &Product, place: &str, node: Node<'_, '_>) {
        self.check_ids(Noun::Department, &product.departments, &format!("{place}/departments"), node);
        self.check_ids(Noun::Collection, &product.collections, &format!("{place}/collections"), node);
    }

    fn check_discount(&self, discount: &Discount, place: &str, node: Node<'_, '_>) {
        match &discount.benefit {
            Benefit::Products { scope, .. } => self.check_scope(scope, &format!("{place}/scope"), node),
            Benefit::Shipping { must_purchase: Some(scope), .. } => {
                self.check_scope(scope, &format!("{place}/mustPurchase"), node);
            }
            Benefit::Shipping { must_purchase: None, .. } => {}
        }
    }

    fn check_scope(&self, scope: &Scope, place: &str, node: Node<'_, '_>) {
        match &scope.include {
            Inclusion::Store => {}
            Inclusion::Collections(ids) => {
                self.check_ids(Noun::Collection, ids, &format!("{place}/include/ids"), node);
            }
            Inclusion::Departments(ids) => {
                self.check_ids(Noun::Department, ids, &format!("{place}/include/ids"), node);
            }
            Inclusion::Products(skus) => {
                self.check_ids(Noun::Product, skus, &format!("{place}/include/skus"), node);
            }
        }
        let exclude = &scope.exclude;
        self.check_ids(Noun::Product, &exclude.products, &format!("{place}/exclude/products"), node);
        self.check_ids(Noun::Collection, &exclude.collections, &format!("{place}/exclude/collections"), node);
        self.check_ids(Noun::Department, &exclude.departments, &format!("{place}/exclude/departments"), node);
    }

    fn check_upgrade(&self, upgrade: &Upgrade, place: &str, node: Node<'_, '_>) {
        self.check_ids(Noun::Product, &upgrade.triggers, &format!("{place}/triggers"), node);
        for (at, offer) in upgrade.offers.iter().enumerate() {
            if !self.knows(Noun::Product, offer.sku.as_str()) {
                node.refuse_below(&format!("{place}/offers/{at}/sku"), "unknownSku", Noun::Product.missing());
            }
        }
    }

    fn check_ids(&self, noun: Noun, ids: &[pricing::model::Id], place: &str, node: Node<'_, '_>) {
        for (at, id) in ids.iter().enumerate() {
            if !self.knows(noun, id.as_str()) {
                node.refuse_below(&format!("{place}/{at}"), noun.code(), noun.missing());
            }
        }
    }

    fn knows(&self, noun: Noun, id: &str) -> bool {
        match noun {
            Noun::Department => self.departments.contains(id),
            Noun::Collection => self.collections.contains(id),
            Noun::Product => self.skus.contains(id),
        }
    }
}

/// What an id is the id of.
#[derive(Clone, Copy)]
enum Noun {
    Department,
    Collection,
    Product,
}

impl Noun {
    const fn code(self) -> &'static str {
        match self {
            Self::Department => "unknownDepartment",
            Self::Collection => "unknownCollection",
            Self::Product => "unknownSku",
        }
    }

    const fn missing(self) -> &'static str {
        match self {
            Self::Department => "the file lists no department with this id",
            Self::Collection => "the file lists no collection with this id",
            Self::Product => "the file lists no product with this SKU",
        }
    }
}
