//! An order as it is answered, kept for the merchant, and sent to webhooks: the same JSON everywhere.

use std::collections::BTreeSet;

use ledger::{Event, Order};
use pricing::{
    model::Instant,
    money::{Amount, Currency},
};
use serde::Serialize;
use serde_json::{Value, json};
use wire::format_instant;

/// What the ledger knows of an order. What it was sold by follows as it was written: `quote` and `changed`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts<'a> {
    reference: &'a str,
    status: &'static str,
    revision: i64,
    currency: &'a str,
    total: String,
    refunded: String,
    reserved_at: String,
    /// Only of an order that is reserved.
    expires_at: Option<String>,
    committed_at: Option<String>,
    closed_at: Option<String>,
    customer: Option<Customer<'a>>,
}

/// Who bought, as far as is known.
#[derive(Debug, Serialize)]
pub(crate) struct Customer<'a> {
    id: Option<&'a str>,
    email: Option<&'a str>,
    name: Option<String>,
}

/// An order as JSON text.
pub(crate) fn order(order: &Order) -> String {
    let instant = |millis: i64| format_instant(Instant::from_millis(millis));
    let (name, kept) = parted(&order.body);
    let facts = Facts {
        reference: &order.reference,
        status: order.status.name(),
        revision: order.revision,
        currency: &order.currency,
        total: money(order.total, &order.currency),
        refunded: money(order.refunded, &order.currency),
        reserved_at: instant(order.reserved_at),
        expires_at: (order.status == ledger::Status::Reserved).then(|| instant(order.expires_at)),
        committed_at: order.committed_at.map(instant),
        closed_at: order.closed_at.map(instant),
        customer: customer_named(order, name),
    };
    let mut text = serde_json::to_string(&facts).unwrap_or_default();
    if !kept.is_empty() && kept != "}" {
        text.pop();
        text.push(',');
        text.push_str(kept);
    }
    text
}

/// Who bought; nothing where nobody knows.
pub(crate) fn customer(order: &Order) -> Option<Customer<'_>> {
    customer_named(order, parted(&order.body).0)
}

fn customer_named(order: &Order, name: Option<String>) -> Option<Customer<'_>> {
    let (id, email) = (order.customer.id.as_deref(), order.customer.email.as_deref());
    (id.is_some() || email.is_some() || name.is_some()).then_some(Customer { id, email, name })
}

/// How the buyer's name begins what an order keeps.
const NAME: &str = "{\"name\":";

/// What an order keeps, with the buyer's name where there is one: before the rest, so that whoever wants it reads no more.
pub(crate) fn named(body: String, name: Option<&str>) -> String {
    match name {
        Some(name) => joined(json!({ "name": name }).to_string(), &body),
        None => body,
    }
}

/// The buyer's name, and the fields after it without the brace that opens them.
fn parted(body: &str) -> (Option<String>, &str) {
    let plain = (None, body.strip_prefix('{').unwrap_or_default());
    let Some(from_name) = body.strip_prefix(NAME) else { return plain };
    let mut names = serde_json::Deserializer::from_str(from_name).into_iter::<String>();
    match names.next() {
        Some(Ok(name)) => {
            let rest = from_name.get(names.byte_offset()..).unwrap_or_default();
            (Some(name), rest.strip_prefix(',').unwrap_or(rest))
        }
        _ => plain,
    }
}

/// An order for the shop that sold it: with the buyer's own link to it.
pub(crate) fn linked(order: &Order, link: &str) -> String {
    let link = json!({ "link": link }).to_string();
    joined(self::order(order), &link)
}

/// Whether an order was paid elsewhere: nothing of it happened here.
pub(crate) fn is_elsewhere(order: &Order) -> bool {
    let body: Value = serde_json::from_str(&order.body).unwrap_or_default();
    body.get("elsewhere").is_some_and(|elsewhere| elsewhere == true)
}

/// The lines of an order: as they were sold, or as the shop told of them where it was paid elsewhere.
pub(crate) fn lines(order: &Order) -> Vec<Value> {
    let mut body: Value = serde_json::from_str(&order.body).unwrap_or_default();
    ["/quote/lines", "/lines"].iter().find_map(|place| take_list(&mut body, place)).unwrap_or_default()
}

fn take_list(body: &mut Value, place: &str) -> Option<Vec<Value>> {
    match body.pointer_mut(place)?.take() {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

/// The products in an order, each once.
pub(crate) fn skus(order: &Order) -> Vec<String> {
    let skus = lines(order).into_iter().filter_map(|line| line.get("sku")?.as_str().map(str::to_owned));
    skus.collect::<BTreeSet<_>>().into_iter().collect()
}

/// An event as webhooks get it.
pub(crate) fn event(event: &Event) -> String {
    let timestamp = format_instant(Instant::from_millis(event.at));
    let head = json!({ "type": event.kind.name(), "timestamp": timestamp }).to_string();
    joined(head, &format!("{{\"data\":{}}}", order(&event.order)))
}

/// Money of the ledger as contract v1 writes it.
pub(crate) fn money(minor: u64, currency: &str) -> String {
    Currency::from_code(currency)
        .map_or_else(|_| minor.to_string(), |currency| wire::money(Amount::from_minor(minor), currency))
}

/// One object of the fields of two.
fn joined(mut head: String, tail: &str) -> String {
    if let Some(fields) = tail.strip_prefix('{').filter(|fields| *fields != "}") {
        head.pop();
        head.push(',');
        head.push_str(fields);
    }
    head
}

#[cfg(test)]
mod tests {
    use ledger::{Event, EventKind, Order, Party, Status};
    use serde_json::{Value, json};

    use super::{event, named, order};

    fn reserved() -> Order {
        Order {
            reference: "1001".to_owned(),
            status: Status::Reserved,
            revision: 1,
            customer: Party { id: None, email: Some("a@example.com".to_owned()) },
            currency: "USD".to_owned(),
            total: 31_920,
            refunded: 0,
            reserved_at: 0,
            expires_at: 1_800_000,
            committed_at: None,
            closed_at: None,
            uses: Vec::new(),
            body: r#"{"quote":{"total":"319.20"},"changed":null}"#.to_owned(),
        }
    }

    #[test]
    fn an_order_is_one_object() {
        let found: Value = serde_json::from_str(&order(&reserved())).expect("JSON");
        let expected = json!({
            "reference": "1001", "status": "reserved", "revision": 1, "currency": "USD", "total": "319.20",
            "refunded": "0.00", "reservedAt": "1970-01-01T00:00:00Z", "expiresAt": "1970-01-01T00:30:00Z",
            "committedAt": null, "closedAt": null,
            "customer": { "id": null, "email": "a@example.com", "name": null },
            "quote": { "total": "319.20" }, "changed": null,
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn a_name_stands_with_the_customer_and_nowhere_else() {
        let parsed = |order: &Order| -> Value { serde_json::from_str(&super::order(order)).expect("JSON") };
        for name in ["Ada", "\"},\"total\":\"0.00", "\\", "<b>\u{202e}é🍷"] {
            for body in [reserved().body, "{}".to_owned()] {
                let plain = Order { body: body.clone(), ..reserved() };
                let told = parsed(&Order { body: named(body, Some(name)), ..reserved() });
                let mut expected = parsed(&plain);
                expected["customer"]["name"] = json!(name);
                assert_eq!(told, expected);
            }
        }
        let nobody = Order { customer: Party::default(), ..reserved() };
        assert_eq!(parsed(&nobody)["customer"], Value::Null);
        let nameless = json!({ "id": null, "email": null, "name": "Ada" });
        let called = Order { body: named(nobody.body.clone(), Some("Ada")), ..nobody };
        assert_eq!(parsed(&called)["customer"], nameless);
    }

    #[test]
    fn an_event_holds_the_order() {
        let told =
            Event { id: 1, message: "msg_1".to_owned(), kind: EventKind::Reserved, at: 0, order: reserved() };
        let found: Value = serde_json::from_str(&event(&told)).expect("JSON");
        assert_eq!(
            (&found["type"], &found["timestamp"]),
            (&json!("order.reserved"), &json!("1970-01-01T00:00:00Z"))
        );
        assert_eq!(found["data"]["reference"], json!("1001"));
    }
}
