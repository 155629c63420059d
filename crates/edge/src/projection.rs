//! What of a store's rules a guest may see: enough for a browser to price every public offer, and nothing else.

use std::collections::BTreeSet;
use std::rc::Rc;

use pricing::model::{Id, Instant};
use serde_json::{Map, Value, json};

use crate::{
    answer,
    compiled::{Compiled, joined},
};

/// The public part of a snapshot at one time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Projection {
    /// Canonical JSON: a snapshot of contract v1 without products, coupons and upgrades.
    pub(crate) body: String,
    /// The body's tag.
    pub(crate) etag: String,
    /// The positions of the rules in it.
    visible: Vec<usize>,
}

impl Projection {
    /// What a guest may see at `as_of`. Written anew only when another rule began or ended since the last time.
    pub(crate) fn of(compiled: &Compiled, as_of: Instant) -> Rc<Self> {
        let visible = visible(compiled, as_of);
        let mut held = compiled.projection.borrow_mut();
        match &*held {
            Some(projection) if projection.visible == visible => Rc::clone(projection),
            _ => {
                let body = body(compiled, &visible);
                let etag = answer::etag(&body);
                let projection = Rc::new(Self { body, etag, visible });
                *held = Some(Rc::clone(&projection));
                projection
            }
        }
    }
}

/// The positions of the promotions that guests may know of.
fn visible(compiled: &Compiled, as_of: Instant) -> Vec<usize> {
    compiled
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.discount.code().is_none() && rule.is_open_to_guests(as_of))
        .map(|(at, _)| at)
        .collect()
}

/// The snapshot as text, its keys in canonical order.
fn body(compiled: &Compiled, visible: &[usize]) -> String {
    let rules: Vec<_> = visible.iter().filter_map(|at| compiled.rules.get(*at)).collect();
    let ids: BTreeSet<_> = rules.iter().map(|rule| &rule.discount.id).collect();
    // Every set is there, because a coupon may join one; its name is for merchants, so the id stands in for it.
    let sets = compiled.sets.iter().map(|set| {
        let members: Vec<_> = set.discounts.iter().filter(|id| ids.contains(id)).map(Id::as_str).collect();
        json!({ "id": set.id.as_str(), "title": set.id.as_str(), "discounts": members }).to_string()
    });
    format!(
        r#"{{"discounts":[{}],"promotionSets":[{}],"shippingServices":{},"store":{},"version":{}}}"#,
        joined(rules.iter().map(|rule| &rule.json)),
        joined(sets),
        compiled.services,
        store(compiled),
        Value::from(compiled.engine.version()),
    )
}

fn store(compiled: &Compiled) -> Value {
    let store = compiled.engine.store();
    let mut fields = Map::new();
    if let Some(name) = &compiled.name {
        fields.insert("name".to_owned(), name.as_str().into());
    }
    fields.insert("currency".to_owned(), store.currency.code().into());
    fields.insert("timeZone".to_owned(), store.time_zone.as_str().into());
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pricing::model::Instant;
    use serde_json::{Value, json};
    use wire::{parse_instant, read};

    use super::Projection;
    use crate::{compiled::Compiled, nfkc::nfkc};

    fn discount(id: &str, more: &Value) -> Value {
        let mut discount = json!({
            "id": id, "kind": { "type": "promotion" }, "title": id,
            "benefit": { "type": "products", "value": { "type": "percentOff", "percent": "10" },
                         "scope": { "include": { "type": "store" } } },
        });
        for (key, value) in more.as_object().expect("an object") {
            discount[key] = value.clone();
        }
        discount
    }

    fn compiled() -> Compiled {
        let content = json!({
            "version": "sha256-test",
            "store": { "currency": "USD", "timeZone": "UTC" },
            "products": [{ "sku": "A", "title": "A", "price": "1.00" }],
            "shippingServices": [{ "id": "ground", "title": "Ground", "rate": "5.00" }],
            "discounts": [
                discount("d-open", &json!({})),
                discount("d-off", &json!({ "enabled": false })),
                discount("d-later", &json!({ "startsAt": "2026-06-01T00:00:00Z" })),
                discount("d-over", &json!({ "endsAt": "2026-01-01T00:00:00Z" })),
                discount("d-club", &json!({ "audience": { "type": "clubs", "clubs": ["gold"] } })),
                discount("d-tag", &json!({ "audience": { "type": "tags", "tags": ["vip"] } })),
                discount("d-coupon", &json!({ "kind": { "type": "coupon", "code": "SECRET10" } })),
            ],
            "promotionSets": [
                { "id": "s-1", "title": "For merchants", "discounts": ["d-club", "d-open", "d-coupon"] },
                { "id": "s-2", "title": "Also", "discounts": ["d-later", "d-coupon"] },
            ],
            "upgrades": [{ "id": "u-1", "triggers": ["A"], "offers": [
                { "sku": "A", "value": { "type": "percentOff", "percent": "5" } }] }],
        });
        Compiled::new(&content, Some("The shop".to_owned())).expect("a sound snapshot")
    }

    fn at(text: &str) -> Instant {
        parse_instant(text).expect("an instant")
    }

    #[test]
    fn shows_what_guests_may_see_and_nothing_else() {
        let projection = Projection::of(&compiled(), at("2026-03-01T00:00:00Z"));
        let body: Value = serde_json::from_str(&projection.body).expect("JSON");
        let expected = json!({
            "version": "sha256-test",
            "store": { "name": "The shop", "currency": "USD", "timeZone": "UTC" },
            "shippingServices": [{ "id": "ground", "title": "Ground", "rate": "5.00" }],
            "discounts": [discount("d-open", &json!({}))],
            "promotionSets": [
                { "id": "s-1", "title": "s-1", "discounts": ["d-open"] },
                { "id": "s-2", "title": "s-2", "discounts": [] },
            ],
        });
        assert_eq!(body, expected);
        read::read(&body, |node| read::snapshot(node, nfkc)).expect("a snapshot that a browser can read");
    }

    #[test]
    fn is_written_anew_when_a_rule_begins_or_ends() {
        let compiled = compiled();
        let before = Projection::of(&compiled, at("2026-05-31T23:59:59.999Z"));
        assert!(Rc::ptr_eq(&before, &Projection::of(&compiled, at("2026-02-01T00:00:00Z"))));
        let after = Projection::of(&compiled, at("2026-06-01T00:00:00Z"));
        assert!(after.body.contains("d-later"));
        assert_ne!(before.etag, after.etag);
    }

    #[test]
    fn a_coupon_is_found_as_typed() {
        let compiled = compiled();
        let rule = compiled.coupon(" ｓecret10 ").expect("the coupon");
        assert_eq!(rule.discount.id.as_str(), "d-coupon");
        assert!(rule.is_open_to_guests(at("2026-03-01T00:00:00Z")));
        assert!(compiled.coupon("SECRET11").is_none());
        assert!(compiled.coupon("").is_none());
    }
}
