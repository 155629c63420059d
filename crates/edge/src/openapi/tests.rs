use std::collections::BTreeSet;

use serde_json::Value;
use wire::read;

use super::{examples, operation::Operation, operations::operations, paths::is_of, value};
use crate::{buyer_name, nfkc::nfkc, routes::table::ROUTES};

/// Every object and list of the document, each with the place it stands in.
fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, visit)),
        _ => {}
    }
}

#[test]
fn every_route_is_told_of_and_nothing_else() {
    let told = operations();
    for route in ROUTES {
        for method in route.methods {
            let found: Vec<_> = told.iter().filter(|operation| is_of(operation, route, method)).collect();
            assert_eq!(found.len(), 1, "{} {}", method.name, route.path);
        }
    }
    let count: usize = ROUTES.iter().map(|route| route.methods.len()).sum();
    assert_eq!(told.len(), count, "an operation is told of that no route answers");
}

/// The calls of a guide, each a method and a path: its `curl` lines.
fn calls(guide: &str) -> BTreeSet<(String, String)> {
    let lines = guide.replace("\\\n", " ");
    let call = |line: &str| {
        let words: Vec<_> = line.split_once("curl ")?.1.split(['"', ' ', '\'']).collect();
        let address = words.iter().find_map(|word| word.strip_prefix("$api"))?;
        let path = address.split('?').next().unwrap_or_default();
        let said = words.iter().position(|word| *word == "-X").and_then(|at| words.get(at.saturating_add(1)));
        let usual = if words.contains(&"--data") { "POST" } else { "GET" };
        Some(((*said.unwrap_or(&usual)).to_owned(), path.to_owned()))
    };
    lines.lines().filter_map(call).collect()
}

/// Whether a path is one of a route's: segment by segment, any where the route has a placeholder.
fn fits(path: &str, route: &str) -> bool {
    let is_one = |(said, known): (&str, &str)| if known == "{}" { !said.is_empty() } else { said == known };
    path.split('/').count() == route.split('/').count() && path.split('/').zip(route.split('/')).all(is_one)
}

#[test]
fn the_guide_names_every_route_and_every_code() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
    let read = |name: &str| std::fs::read_to_string(format!("{docs}/{name}")).expect("a guide");
    let guide = read("api.md") + &read("staff.md");
    let calls = calls(&guide);
    let mut missing = Vec::new();
    for route in ROUTES {
        for method in route.methods {
            // Links in mails lead to these: nobody else calls them.
            let is_page = route.path == "/o/{}" || route.path == "/u/{}";
            if !is_page && !calls.iter().any(|(said, path)| said == method.name && fits(path, route.path)) {
                missing.push(format!("{} {}", method.name, route.path));
            }
        }
    }
    assert!(missing.is_empty(), "the guide has no call of {}", missing.join(", "));
    for page in ["`GET`/`POST /o/{token}`", "`/u/{token}`"] {
        assert!(guide.contains(page), "{page}");
    }
    for (method, path) in &calls {
        let is_known = ROUTES
            .iter()
            .any(|route| fits(path, route.path) && route.methods.iter().any(|known| known.name == method));
        assert!(is_known, "the guide calls {method} {path}, which nothing answers");
    }
    for code in value()["components"]["examples"].as_object().expect("examples").keys() {
        assert!(guide.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn each_operation_has_its_own_name() {
    let ids: BTreeSet<_> = operations().iter().map(|operation: &Operation| operation.id).collect();
    assert_eq!(ids.len(), operations().len());
}

#[test]
fn every_reference_leads_somewhere_and_everything_is_led_to() {
    let document = value();
    let mut led_to = BTreeSet::new();
    walk(&document, &mut |value| {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let pointer = reference.trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{reference}");
            led_to.insert(pointer.to_owned());
        }
    });
    for kind in ["schemas", "responses", "parameters", "headers", "examples"] {
        let all = document["components"][kind].as_object().expect("an object");
        for name in all.keys() {
            assert!(led_to.contains(&format!("/components/{kind}/{name}")), "nothing leads to {kind}/{name}");
        }
    }
}

#[test]
fn the_examples_can_be_read() {
    assert!(read::quote_request(&examples::quote_request(), nfkc).is_ok());
    let mut order = examples::order_request();
    assert!(
        buyer_name::beside(&mut order, &buyer_name::IN_ORDER, |rest| read::order_request(rest, nfkc)).is_ok()
    );
    assert!(read::store_file(&examples::store_file(), nfkc).is_ok());
    assert!(read::pricing_input(&examples::pricing_input(), nfkc).is_ok());
    for answer in [examples::quote(), examples::order(), examples::products()] {
        assert!(answer.is_object());
    }
}

#[test]
fn the_document_is_the_same_each_time() {
    assert_eq!(value().to_string(), value().to_string());
}
