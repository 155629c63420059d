//! What of a store's rules a shopper may see: enough for a browser to price every public offer, and nothing else.

use std::collections::BTreeSet;
use std::rc::Rc;

use pricing::model::{Customer, Id, Instant, Usage};
use serde_json::{Map, Value, json};

use crate::{
    answer,
    compiled::{Compiled, Visitor, joined},
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
    /// What a guest may see. Written anew only when another rule began, ended or was used up since the last time.
    pub(crate) fn of_guest(compiled: &Compiled, usage: &Usage, as_of: Instant) -> Rc<Self> {
        let guest = Customer::default();
        let visible = visible(compiled, &Visitor { customer: &guest, usage, as_of });
        let mut held = compiled.projection.borrow_mut();
        match &*held {
            Some(projection) if projection.visible == visible => Rc::clone(projection),
            _ => {
                let projection = Rc::new(Self::written(compiled, visible, None));
                *held = Some(Rc::clone(&projection));
                projection
            }
        }
    }

    /// What a customer may see, and which clubs and tags the page's own engine is to price them with.
    pub(crate) fn of_customer(compiled: &Compiled, visitor: &Visitor<'_>) -> Self {
        Self::written(compiled, visible(compiled, visitor), Some(visitor.customer))
    }

    fn written(compiled: &Compiled, visible: Vec<usize>, customer: Option<&Customer>) -> Self {
        let body = body(compiled, &visible, customer);
        let etag = answer::etag(&body);
        Self { body, etag, visible }
    }
}

/// The positions of the promotions that a visitor may know of.
fn visible(compiled: &Compiled, visitor: &Visitor<'_>) -> Vec<usize> {
    compiled
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.discount.code().is_none() && rule.is_open(visitor))
        .map(|(at, _)| at)
        .collect()
}

/// The snapshot as text, its keys in canonical order.
fn body(compiled: &Compiled, visible: &[usize], customer: Option<&Customer>) -> String {
    let rules: Vec<_> = visible.iter().filter_map(|at| compiled.rules.get(*at)).collect();
    let ids: BTreeSet<_> = rules.iter().map(|rule| &rule.discount.id).collect();
    // Every set is there, because a coupon may join one; its name is for merchants, so the id stands in for it.
    let sets = compiled.sets.iter().map(|set| {
        let members: Vec<_> = set.discounts.iter().filter(|id| ids.contains(id)).map(Id::as_str).collect();
        json!({ "id": set.id.as_str(), "title": set.id.as_str(), "discounts": members }).to_string()
    });
    let customer = customer.map(|customer| format!("\"customer\":{},", membership(customer)));
    format!(
        r#"{{{}"discounts":[{}],"promotionSets":[{}],"shippingServices":{},"store":{},"version":{}}}"#,
        customer.unwrap_or_default(),
        joined(rules.iter().map(|rule| &rule.json)),
        joined(sets),
        compiled.services,
        store(compiled),
        Value::from(compiled.engine.version()),
    )
}

/// What of a customer decides which discounts are for them: not who they are.
fn membership(customer: &Customer) -> Value {
    let texts = |ids: &[Id]| ids.iter().map(|id| Value::from(id.as_str())).collect::<Vec<_>>();
    json!({ "clubs": texts(&customer.clubs), "tags": texts(&customer.tags) })
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

    use pricing::model::{Customer, Id, Instant, Usage};
    use serde_json::{Value, json};
    use wire::{parse_instant, read};

    use super::Projection;
    use crate::{
        compiled::{Compiled, Visitor},
        nfkc::nfkc,
    };

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
        let projection = Projection::of_guest(&compiled(), &Usage::default(), at("2026-03-01T00:00:00Z"));
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

    fn guest(compiled: &Compiled, as_of: Instant) -> Rc<Projection> {
        Projection::of_guest(compiled, &Usage::default(), as_of)
    }

    #[test]
    fn a_member_sees_the_clubs_rules_and_what_is_used_up_is_gone() {
        let compiled = compiled();
        let customer = Customer { clubs: vec![Id::new("gold").expect("an id")], ..Customer::default() };
        let mut usage = Usage::default();
        let as_of = at("2026-03-01T00:00:00Z");
        let seen = |usage: &Usage| {
            let visitor = Visitor { customer: &customer, usage, as_of };
            let body: Value =
                serde_json::from_str(&Projection::of_customer(&compiled, &visitor).body).expect("JSON");
            let ids: Vec<_> =
                body["discounts"].as_array().expect("a list").iter().map(|rule| rule["id"].clone()).collect();
            (ids, body["customer"].clone())
        };
        let membership = json!({ "clubs": ["gold"], "tags": [] });
        assert_eq!(seen(&usage), (vec![json!("d-open"), json!("d-club")], membership.clone()));
        usage.close(Id::new("d-open").expect("an id"));
        assert_eq!(seen(&usage), (vec![json!("d-club")], membership));
    }

    #[test]
    fn is_written_anew_when_a_rule_begins_or_ends() {
        let compiled = compiled();
        let before = guest(&compiled, at("2026-05-31T23:59:59.999Z"));
        assert!(Rc::ptr_eq(&before, &guest(&compiled, at("2026-02-01T00:00:00Z"))));
        let after = guest(&compiled, at("2026-06-01T00:00:00Z"));
        assert!(after.body.contains("d-later"));
        assert_ne!(before.etag, after.etag);
    }

    #[test]
    fn a_coupon_is_found_as_typed() {
        let compiled = compiled();
        let rule = compiled.coupon(" ｓecret10 ").expect("the coupon");
        assert_eq!(rule.discount.id.as_str(), "d-coupon");
        let (customer, usage) = (Customer::default(), Usage::default());
        assert!(rule.is_open(&Visitor {
            customer: &customer,
            usage: &usage,
            as_of: at("2026-03-01T00:00:00Z")
        }));
        assert!(compiled.coupon("SECRET11").is_none());
        assert!(compiled.coupon("").is_none());
    }
}
