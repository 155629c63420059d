//! `GET /v1/products?key=&sku=A&sku=B&form=`: price, title and scope facts of the SKUs asked for.

use std::collections::BTreeSet;

use pricing::{
    model::{Id, Product},
    money::Currency,
};
use serde::Serialize;
use wire::compact;

use crate::{
    answer::{self, Answer},
    call::Call,
    compiled::Compiled,
    form::{self, Body, Form},
    problem::{self, Failure},
    snapshots,
};

/// The most SKUs of one request: more than a page of products has, and an address of at most 16 KB with usual SKUs.
const MAXIMUM_SKUS: usize = 100;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Products<'a> {
    snapshot_version: &'a str,
    /// In the order asked for, each once.
    products: Vec<ProductFacts<'a>>,
    /// The SKUs that the store does not have, in the order asked for.
    unknown: Vec<&'a str>,
}

/// A product of contract v1.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProductFacts<'a> {
    sku: &'a str,
    title: &'a str,
    price: String,
    compare_at: Option<String>,
    departments: Vec<&'a str>,
    collections: Vec<&'a str>,
    discountable: bool,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["sku", form::NAME])?;
    let form = Form::of(&call.query)?;
    let skus = asked_for(call.query.all("sku"));
    if skus.is_empty() {
        return Err(problem::fault("/sku", "missingParameter", "say at least one SKU, `&sku=…`").into());
    }
    if call.query.all("sku").count() > MAXIMUM_SKUS {
        let detail = format!("ask for at most {MAXIMUM_SKUS} SKUs at once");
        return Err(problem::fault("/sku", "tooManySkus", detail).into());
    }
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let text = match form {
        Form::Json => serde_json::to_string(&products(&compiled, &skus))?,
        Form::Compact => compact_text(&compiled, &skus),
    };
    let held = call.request.headers().get("If-None-Match")?;
    Ok(answer::shared(&Body::new(form, text), held.as_deref()))
}

fn compact_text(compiled: &Compiled, skus: &[&str]) -> String {
    let products: Vec<_> = skus.iter().filter_map(|sku| compiled.engine.product(sku)).collect();
    compact::products_text(compiled.engine.version(), products.into_iter())
}

/// Each SKU once, where it stood first.
fn asked_for<'a>(skus: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    skus.filter(|sku| seen.insert(*sku)).collect()
}

fn products<'a>(compiled: &'a Compiled, skus: &[&'a str]) -> Products<'a> {
    let engine = &compiled.engine;
    let currency = engine.store().currency;
    let (mut products, mut unknown) = (Vec::new(), Vec::new());
    for sku in skus {
        match engine.product(sku) {
            Some(product) => products.push(facts(product, currency)),
            None => unknown.push(*sku),
        }
    }
    Products { snapshot_version: engine.version(), products, unknown }
}

fn facts(product: &Product, currency: Currency) -> ProductFacts<'_> {
    ProductFacts {
        sku: product.sku.as_str(),
        title: product.title.as_str(),
        price: wire::money(product.price, currency),
        compare_at: product.compare_at.map(|amount| wire::money(amount, currency)),
        departments: product.departments.iter().map(Id::as_str).collect(),
        collections: product.collections.iter().map(Id::as_str).collect(),
        discountable: product.discountable,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wire::read;

    use super::{asked_for, products};
    use crate::compiled::Compiled;

    #[test]
    fn each_sku_is_answered_once_in_the_order_asked() {
        let skus = ["B", "A", "B", "", "A"];
        assert_eq!(asked_for(skus.into_iter()), ["B", "A", ""]);
    }

    #[test]
    fn products_are_those_of_the_contract() {
        let content = json!({
            "store": { "currency": "USD", "timeZone": "UTC" },
            "products": [
                { "sku": "A", "title": "A", "price": "1", "collections": ["x"] },
                { "sku": "B", "title": "B", "price": "2.5", "compareAt": "3", "departments": ["y"], "discountable": false },
            ],
        });
        let compiled = Compiled::new(&content, None).expect("a sound snapshot");
        let answer = serde_json::to_value(products(&compiled, &["B", "C", "A"])).expect("JSON");
        let expected = json!([
            { "sku": "B", "title": "B", "price": "2.50", "compareAt": "3.00", "departments": ["y"], "collections": [], "discountable": false },
            { "sku": "A", "title": "A", "price": "1.00", "compareAt": null, "departments": [], "collections": ["x"], "discountable": true },
        ]);
        assert_eq!((&answer["products"], &answer["unknown"]), (&expected, &json!(["C"])));
        for product in answer["products"].as_array().expect("a list") {
            let currency = compiled.engine.store().currency;
            read::read(product, |node| read::product(node, currency))
                .expect("a product that a browser can read");
        }
    }
}
