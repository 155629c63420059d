//! Reading a snapshot.

use pricing::{
    model::{
        Product, PromotionSet, Quantity, ShippingService, Snapshot, SnapshotError, Store, Upgrade,
        UpgradeOffer,
    },
    money::Currency,
};
use serde_json::Value;

use super::{
    Nfkc,
    discount::{discount, product_value, schedule},
    node::{Fields, Node},
};
use crate::canonical::{canonical_part, digest_of_text};

/// Reads a snapshot. One without a `version` is named by the hash of its content.
pub fn snapshot(node: Node<'_, '_>, nfkc: Nfkc) -> Option<Snapshot> {
    node.object(|fields| {
        let version = fields.optional("version", |node| node.string().map(str::to_owned));
        let snapshot = content(fields, nfkc)?;
        let version = version?.unwrap_or_else(|| version_of(node.value()));
        checked(Snapshot { version, ..snapshot }, node)
    })
}

/// The name of a snapshot with this content: a hash that does not tell absent from `null`.
fn version_of(content: &Value) -> String {
    digest_of_text(&canonical_part(content, &|_, _, value| !value.is_null()))
}

/// Reads everything but the version.
pub(super) fn content(fields: &mut Fields<'_, '_>, nfkc: Nfkc) -> Option<Snapshot> {
    let Some(store) = fields.required("store", store) else {
        // Without a currency no amount can be read, so this fault is told before all others.
        fields.accept_rest();
        return None;
    };
    let currency = store.currency;
    let products = fields.or("products", Vec::new(), |node| node.list(|node| product(node, currency)));
    let shipping_services =
        fields.or("shippingServices", Vec::new(), |node| node.list(|node| shipping_service(node, currency)));
    let discounts =
        fields.or("discounts", Vec::new(), |node| node.list(|node| discount(node, currency, nfkc)));
    let promotion_sets = fields.or("promotionSets", Vec::new(), |node| node.list(promotion_set));
    let upgrades = fields.or("upgrades", Vec::new(), |node| node.list(|node| upgrade(node, currency)));
    Some(Snapshot {
        version: String::new(),
        store,
        products: products?,
        shipping_services: shipping_services?,
        discounts: discounts?,
        promotion_sets: promotion_sets?,
        upgrades: upgrades?,
    })
}

/// The snapshot, unless its parts do not fit together.
pub(super) fn checked(snapshot: Snapshot, node: Node<'_, '_>) -> Option<Snapshot> {
    let faults = snapshot.faults();
    for fault in &faults {
        let (pointer, code) = place(*fault);
        node.refuse_below(&pointer, code, fault);
    }
    faults.is_empty().then_some(snapshot)
}

fn place(error: SnapshotError) -> (String, &'static str) {
    match error {
        SnapshotError::TooManyDiscounts => ("/discounts".to_owned(), "tooManyDiscounts"),
        SnapshotError::TooManySets => ("/promotionSets".to_owned(), "tooManySets"),
        SnapshotError::RepeatedSku { product } => (format!("/products/{product}/sku"), "duplicateSku"),
        SnapshotError::RepeatedService { service } => {
            (format!("/shippingServices/{service}/id"), "duplicateId")
        }
        SnapshotError::RepeatedDiscount { discount } => (format!("/discounts/{discount}/id"), "duplicateId"),
        SnapshotError::RepeatedCode { discount } => {
            (format!("/discounts/{discount}/kind/code"), "duplicateCode")
        }
        SnapshotError::UnknownService { discount, service } => {
            (format!("/discounts/{discount}/benefit/services/ids/{service}"), "unknownService")
        }
        SnapshotError::RepeatedSet { set } => (format!("/promotionSets/{set}/id"), "duplicateId"),
        SnapshotError::RepeatedMember { set, member } => {
            (format!("/promotionSets/{set}/discounts/{member}"), "duplicateMember")
        }
        SnapshotError::UnknownMember { set, member } => {
            (format!("/promotionSets/{set}/discounts/{member}"), "unknownDiscount")
        }
        SnapshotError::RepeatedUpgrade { upgrade } | SnapshotError::UpgradeNamedAsDiscount { upgrade } => {
            (format!("/upgrades/{upgrade}/id"), "duplicateId")
        }
        SnapshotError::RepeatedOffer { upgrade, offer } => {
            (format!("/upgrades/{upgrade}/offers/{offer}/sku"), "duplicateOffer")
        }
        SnapshotError::LongOfferName { upgrade, offer } => {
            (format!("/upgrades/{upgrade}/offers/{offer}/sku"), "textTooLong")
        }
    }
}

fn store(node: Node<'_, '_>) -> Option<Store> {
    node.object(|fields| {
        let name = fields.optional("name", |node| node.text::<256>());
        let currency = fields.required("currency", |node| match Currency::from_code(node.string()?) {
            Ok(currency) => Some(currency),
            Err(error) => node.refuse("unknownCurrency", error),
        });
        let time_zone = fields.required("timeZone", |node| node.id());
        name?;
        Some(Store { currency: currency?, time_zone: time_zone?.to_string() })
    })
}

/// Reads a product. What only people read of it is checked and left out.
pub fn product(node: Node<'_, '_>, currency: Currency) -> Option<Product> {
    node.object(|fields| {
        let sku = fields.required("sku", |node| node.id());
        let title = fields.required("title", |node| node.text());
        let price = fields.required("price", |node| node.money(currency));
        let compare_at = fields.optional("compareAt", |node| node.money(currency));
        let departments = fields.or("departments", Vec::new(), |node| node.ids());
        let collections = fields.or("collections", Vec::new(), |node| node.ids());
        let discountable = fields.or("discountable", true, |node| node.boolean());
        let description = fields.optional("description", |node| node.text::<5_000>());
        let vendor = fields.optional("vendor", |node| node.text::<256>());
        let attributes = fields.optional("attributes", |node| node.entries(|_, node| node.text::<256>()));
        description.and(vendor).and(attributes)?;
        Some(Product {
            sku: sku?,
            title: title?,
            price: price?,
            compare_at: compare_at?,
            departments: departments?,
            collections: collections?,
            discountable: discountable?,
        })
    })
}

fn shipping_service(node: Node<'_, '_>, currency: Currency) -> Option<ShippingService> {
    node.object(|fields| {
        let id = fields.required("id", |node| node.id());
        let title = fields.required("title", |node| node.text());
        let rate = fields.required("rate", |node| node.money(currency));
        Some(ShippingService { id: id?, title: title?, rate: rate? })
    })
}

fn promotion_set(node: Node<'_, '_>) -> Option<PromotionSet> {
    node.object(|fields| {
        let id = fields.required("id", |node| node.id());
        let title = fields.required("title", |node| node.text());
        let discounts = fields.required("discounts", |node| node.ids());
        Some(PromotionSet { id: id?, title: title?, discounts: discounts? })
    })
}

/// Reads an upgrade, with money of `currency`.
pub fn upgrade(node: Node<'_, '_>, currency: Currency) -> Option<Upgrade> {
    node.object(|fields| {
        let id = fields.required("id", |node| node.id());
        let title = fields.optional("title", |node| node.text());
        let triggers = fields.required("triggers", |node| node.filled_list("emptyList", |node| node.id()));
        let offers =
            fields.required("offers", |node| node.filled_list("emptyList", |node| offer(node, currency)));
        let schedule = schedule(fields);
        let message = fields.optional("message", |node| node.text());
        Some(Upgrade {
            id: id?,
            title: title?,
            triggers: triggers?,
            offers: offers?,
            schedule: schedule?,
            message: message?,
        })
    })
}

fn offer(node: Node<'_, '_>, currency: Currency) -> Option<UpgradeOffer> {
    node.object(|fields| {
        let sku = fields.required("sku", |node| node.id());
        let value = fields.required("value", |node| product_value(node, currency));
        let units = fields.or("units", Quantity::ONE, |node| node.quantity());
        Some(UpgradeOffer { sku: sku?, value: value?, units: units? })
    })
}
