//! What of a store's rules a shopper may see: enough for a browser to price every public offer, and nothing else.

use std::collections::BTreeSet;
use std::rc::Rc;

use pricing::model::{Customer, Id, Instant, PromotionSet, Usage};
use serde_json::{Map, Value, json};
use wire::compact::Published;

use crate::{
    compiled::{Compiled, Rule, Visitor, joined},
    form::{Body, Form},
};

/// The public part of a snapshot at one time: it has no products, coupons and upgrades.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Projection {
    pub(crate) body: Body,
    /// The positions of the rules in it.
    visible: Vec<usize>,
}

impl Projection {
    /// What a guest may see. Written anew only when another rule began, ended or was used up since the last time.
    pub(crate) fn of_guest(compiled: &Compiled, usage: &Usage, as_of: Instant, form: Form) -> Rc<Self> {
        let guest = Customer::default();
        let visible = visible(compiled, &Visitor { customer: &guest, usage, as_of });
        let mut held = compiled.projections.borrow_mut();
        let known = held.iter().find(|known| known.body.form == form && known.visible == visible);
        if let Some(projection) = known {
            return Rc::clone(projection);
        }
        let projection = Rc::new(Self::written(compiled, visible, None, form));
        held.retain(|known| known.body.form != form);
        held.push(Rc::clone(&projection));
        projection
    }

    /// What a customer may see, and which clubs and tags the page's own engine is to price them with.
    pub(crate) fn of_customer(compiled: &Compiled, visitor: &Visitor<'_>, form: Form) -> Self {
        Self::written(compiled, visible(compiled, visitor), Some(visitor.customer), form)
    }

    fn written(compiled: &Compiled, visible: Vec<usize>, customer: Option<&Customer>, form: Form) -> Self {
        let rules: Vec<_> = visible.iter().filter_map(|at| compiled.rules.get(*at)).collect();
        let sets = sets(compiled, &rules);
        let text = match form {
            Form::Json => json_text(compiled, &rules, &sets, customer),
            Form::Compact => compact_text(compiled, &rules, &sets, customer),
        };
        Self { body: Body::new(form, text), visible }
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

/// Every set with its visible members: also one of none, because a coupon may join it. Its name is for merchants, so the
/// id stands in for it.
fn sets(compiled: &Compiled, rules: &[&Rule]) -> Vec<PromotionSet> {
    let ids: BTreeSet<_> = rules.iter().map(|rule| &rule.discount.id).collect();
    let shown = |set: &PromotionSet| PromotionSet {
        id: set.id.clone(),
        title: set.id.clone(),
        discounts: set.discounts.iter().filter(|id| ids.contains(id)).cloned().collect(),
    };
    compiled.sets.iter().map(shown).collect()
}

/// The snapshot as contract v1's JSON, its keys in canonical order.
fn json_text(
    compiled: &Compiled,
    rules: &[&Rule],
    sets: &[PromotionSet],
    customer: Option<&Customer>,
) -> String {
    let sets = sets.iter().map(|set| {
        json!({ "id": set.id.as_str(), "title": set.title.as_str(), "discounts": texts(&set.discounts) })
            .to_string()
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

/// The same as a page's own engine takes it.
fn compact_text(
    compiled: &Compiled,
    rules: &[&Rule],
    sets: &[PromotionSet],
    customer: Option<&Customer>,
) -> String {
    let published = Published {
        version: compiled.engine.version(),
        store: compiled.engine.store(),
        services: compiled.engine.shipping_services(),
        discounts: rules.iter().map(|rule| &rule.discount).collect(),
        sets,
        clubs: customer.map(|customer| customer.clubs.as_slice()).unwrap_or_default(),
        tags: customer.map(|customer| customer.tags.as_slice()).unwrap_or_default(),
    };
    published.text()
}

/// What of a customer decides which discounts are for them: not who they are.
fn membership(customer: &Customer) -> Value {
    json!({ "clubs": texts(&customer.clubs), "tags": texts(&customer.tags) })
}

fn texts(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
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
    use wire::{compact, parse_instant, read};

    use super::Projection;
    use crate::{
        compiled::{Compiled, Visitor},
        form::Form,
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
        let projection =
            Projection::of_guest(&compiled(), &Usage::default(), at("2026-03-01T00:00:00Z"), Form::Json);
        let body: Value = serde_json::from_str(&projection.body.text).expect("JSON");
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
        Projection::of_guest(compiled, &Usage::default(), as_of, Form::Json)
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
                serde_json::from_str(&Projection::of_customer(&compiled, &visitor, Form::Json).body.text)
                    .expect("JSON");
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
    fn the_compact_text_tells_the_same() {
        let compiled = compiled();
        let gold = vec![Id::new("gold").expect("an id")];
        let customer = Customer { clubs: gold.clone(), ..Customer::default() };
        let usage = Usage::default();
        let visitor = Visitor { customer: &customer, usage: &usage, as_of: at("2026-03-01T00:00:00Z") };
        let [json, text] = [Form::Json, Form::Compact]
            .map(|form| Projection::of_customer(&compiled, &visitor, form).body.text);
        let mut json: Value = serde_json::from_str(&json).expect("JSON");
        json.as_object_mut().expect("an object").remove("customer");
        let expected = read::read(&json, |node| read::snapshot(node, nfkc)).expect("a snapshot");
        let (snapshot, whom) = compact::published(&text).expect("compact text");
        assert_eq!((snapshot, whom.clubs), (expected, gold));
    }

    #[test]
    fn is_written_anew_when_a_rule_begins_or_ends() {
        let compiled = compiled();
        let before = guest(&compiled, at("2026-05-31T23:59:59.999Z"));
        assert!(Rc::ptr_eq(&before, &guest(&compiled, at("2026-02-01T00:00:00Z"))));
        let after = guest(&compiled, at("2026-06-01T00:00:00Z"));
        assert!(after.body.text.contains("d-later"));
        assert_ne!(before.body.etag, after.body.etag);
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
