//! Findings as JSON for machines.

use lint::{Code, Report, Witness};
use pricing::{model::Channel, money::Currency};
use serde_json::{Map, Value, json};
use wire::money;

/// The report. The carts in it are those of contract v1, so `farthing quote` takes them as they are.
pub(super) fn report(report: &Report, place: &str, currency: Currency) -> Value {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code.as_str(),
                "severity": finding.severity.as_str(),
                "subjects": finding.subjects.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
                "pointer": format!("{place}{}", finding.pointer),
                "message": finding.message,
                "witness": finding.witness.as_ref().map(|found| witness(found, currency)),
            })
        })
        .collect();
    let cut_short: Vec<&str> = report.cut_short.iter().copied().map(Code::as_str).collect();
    json!({ "findings": findings, "cutShort": cut_short })
}

fn witness(witness: &Witness, currency: Currency) -> Value {
    json!({
        "cart": cart(witness),
        "asOf": wire::format_instant(witness.as_of),
        "currency": currency.code(),
        "subtotal": money(witness.subtotal, currency),
        "productDiscount": money(witness.product_discount, currency),
        "shipping": witness.shipping.map(|amount| money(amount, currency)),
        "total": money(witness.total, currency),
        "changedTotal": witness.changed_total.map(|amount| money(amount, currency)),
    })
}

fn cart(witness: &Witness) -> Value {
    let cart = &witness.cart;
    let lines: Vec<Value> = cart
        .lines
        .iter()
        .map(|line| json!({ "id": line.id.as_str(), "sku": line.sku.as_str(), "quantity": line.quantity.get() }))
        .collect();
    let mut out = Map::new();
    out.insert("lines".to_owned(), Value::Array(lines));
    out.insert("codes".to_owned(), json!(cart.codes));
    out.insert("shippingService".to_owned(), json!(cart.shipping_service.as_ref().map(|id| id.as_str())));
    if cart.channel == Channel::Web {
        out.insert("channel".to_owned(), json!("web"));
    }
    let names = |ids: &[pricing::model::Id]| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let customer = json!({ "clubs": names(&cart.customer.clubs), "tags": names(&cart.customer.tags) });
    out.insert("customer".to_owned(), customer);
    Value::Object(out)
}
