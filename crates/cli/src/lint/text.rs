//! Findings as text for people.

use std::collections::BTreeMap;

use lint::{Report, Severity, Witness};
use pricing::{model::Id, money::Currency};
use wire::money;

use crate::page::Page;

/// Each finding with the cart that shows it, then how many there are.
pub(super) fn report(report: &Report, place: &str, currency: Currency) -> String {
    let mut page = Page::default();
    for finding in &report.findings {
        let subjects: Vec<&str> = finding.subjects.iter().map(Id::as_str).collect();
        let code = finding.code.as_str();
        page.heading(&format!("{} {code}: {}", finding.severity.as_str(), subjects.join(", ")));
        page.lines(&finding.message, 2, 2);
        if let Some(witness) = &finding.witness {
            page.lines(&cart(witness, currency), 2, 4);
        }
        page.lines(&format!("at {place}{}", finding.pointer), 2, 4);
    }
    for code in &report.cut_short {
        page.heading(&format!("There may be more of {}: not everything was tried.", code.as_str()));
    }
    page.heading(&summary(report));
    page.text()
}

fn cart(witness: &Witness, currency: Currency) -> String {
    let mut items: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &witness.cart.lines {
        let count = items.entry(line.sku.as_str()).or_default();
        *count = count.saturating_add(u64::from(line.quantity.get()));
    }
    let items: Vec<String> = items.into_iter().map(|(sku, count)| format!("{count} × {sku}")).collect();
    let mut text = format!("Cart: {}", items.join(" + "));
    let mut with = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            text.push_str(&format!(", {what} {}", names.join(" ")));
        }
    };
    with("code", witness.cart.codes.iter().map(String::as_str).collect());
    with("member of", witness.cart.customer.clubs.iter().map(Id::as_str).collect());
    with("tagged", witness.cart.customer.tags.iter().map(Id::as_str).collect());
    with("shipped by", witness.cart.shipping_service.iter().map(Id::as_str).collect());
    let amount = |amount| money(amount, currency);
    let shipping = witness.shipping.map(|rate| format!(" + {} shipping", amount(rate))).unwrap_or_default();
    let (subtotal, off, total) =
        (amount(witness.subtotal), amount(witness.product_discount), amount(witness.total));
    text.push_str(&format!(": {subtotal} − {off}{shipping} = {total}"));
    if let Some(changed) = witness.changed_total {
        text.push_str(&format!(", and then {}", amount(changed)));
    }
    text
}

fn summary(report: &Report) -> String {
    let count = |severity: Severity| {
        let count = report.findings.iter().filter(|finding| finding.severity == severity).count();
        format!("{count} {}{}", severity.as_str(), if count == 1 { "" } else { "s" })
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    if report.findings.is_empty() { "Nothing found.".to_owned() } else { counts.join(", ") }
}
