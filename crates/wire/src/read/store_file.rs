//! Reading a whole store: what an import loads.

use std::collections::BTreeSet;

use pricing::model::{Benefit, Discount, Inclusion, Product, Scope, Snapshot, Upgrade};
use serde_json::{Map, Value};

use super::{
    Nfkc,
    node::{Node, read},
    snapshot::{checked, content, version_of},
};
use crate::problem::Fault;

/// A whole store as it is imported: a snapshot's content, and what only people read.
#[derive(Clone, Debug)]
pub struct StoreFile {
    /// What pricing needs of it.
    pub snapshot: Snapshot,
    /// The same as JSON, with its version.
    pub content: Value,
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
            let content = snapshot_content(document);
            let snapshot = Snapshot { version: version_of(&content), ..checked(snapshot, node)? };
            Known { departments, collections, snapshot: &snapshot }.check(node);
            let content = with_version(content, &snapshot.version);
            Some(StoreFile { snapshot, content })
        })
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

/// A store's content without what only people read.
fn snapshot_content(document: &Value) -> Value {
    let kept = ["currency", "timeZone"];
    let left_out = ["description", "vendor", "attributes"];
    let mut content: Map<String, Value> = document.as_object().cloned().unwrap_or_default();
    content.retain(|key, _| key != "departments" && key != "collections");
    if let Some(Value::Object(store)) = content.get_mut("store") {
        store.retain(|key, _| kept.contains(&key.as_str()));
    }
    if let Some(Value::Array(products)) = content.get_mut("products") {
        for product in products.iter_mut().filter_map(Value::as_object_mut) {
            product.retain(|key, _| !left_out.contains(&key.as_str()));
        }
    }
    Value::Object(content)
}

fn with_version(mut content: Value, version: &str) -> Value {
    if let Value::Object(map) = &mut content {
        map.insert("version".to_owned(), Value::String(version.to_owned()));
    }
    content
}

/// Every id that a store's rules and products may name.
struct Known<'a> {
    departments: BTreeSet<String>,
    collections: BTreeSet<String>,
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
            Noun::Product => self.snapshot.products.iter().any(|product| product.sku.as_str() == id),
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
