//! What a buyer is called, where the shop tells: beside the order, or in its own records. Mails greet by it, and nothing is
//! ever priced or counted by it; so contract v1 knows no names, and it is read here, before the rest.

use serde_json::Value;
use wire::{
    Fault,
    read::{self, ends_line},
};

use crate::email;

/// The most characters: as many as a name in a mail's header may have.
pub(crate) const MAXIMUM: usize = 100;

/// Where a customer may stand in an order to be reserved, and where the whole body is one.
pub(crate) const IN_ORDER: [&str; 2] = ["/customer", "/cart/customer"];
pub(crate) const IN_PAST_ORDER: [&str; 1] = ["/customer"];
pub(crate) const IN_CUSTOMER: [&str; 1] = [""];

/// Takes the buyer's name out of the customers at `places`, puts their addresses into their spelling, and reads the rest of
/// the document.
///
/// # Errors
/// Every fault of all.
pub(crate) fn beside<T>(
    document: &mut Value,
    places: &[&str],
    read_rest: impl FnOnce(&Value) -> Result<T, Vec<Fault>>,
) -> Result<(Option<String>, T), Vec<Fault>> {
    let (mut found, mut faults) = (None, Vec::new());
    for place in places {
        match take(document, place) {
            Ok(name) => found = found.or(name),
            Err(more) => faults.extend(more),
        }
        faults.extend(email::spell(document, place));
    }
    match read_rest(document) {
        Ok(rest) if faults.is_empty() => Ok((found, rest)),
        Ok(_) => Err(faults),
        Err(more) => Err(faults.into_iter().chain(more).collect()),
    }
}

/// The name of the customer at one place; `null` is none.
fn take(document: &mut Value, place: &str) -> Result<Option<String>, Vec<Fault>> {
    let customer = document.pointer_mut(place).and_then(Value::as_object_mut);
    match customer.and_then(|fields| fields.remove("name")) {
        None | Some(Value::Null) => Ok(None),
        Some(name) => name_of(&name).map(Some).map_err(|faults| {
            let placed = |fault: Fault| Fault { pointer: format!("{place}/name{}", fault.pointer), ..fault };
            faults.into_iter().map(placed).collect()
        }),
    }
}

fn name_of(value: &Value) -> Result<String, Vec<Fault>> {
    read::read(value, |node| {
        let name = node.spelled::<MAXIMUM>(|text| text.trim().to_owned())?.to_string();
        if name.chars().any(ends_line) {
            return node.refuse(
                "invalidName",
                "a name is one line: take line breaks and other control characters out",
            );
        }
        Some(name)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wire::Fault;

    use super::{IN_CUSTOMER, IN_ORDER, beside};

    /// What is read where the rest is `expected`.
    fn name_in(mut document: Value, places: &[&str], expected: &Value) -> Result<Option<String>, Vec<Fault>> {
        let (name, rest) = beside(&mut document, places, |rest| Ok(rest.clone()))?;
        assert_eq!(&rest, expected);
        Ok(name)
    }

    #[test]
    fn a_name_is_taken_from_where_the_customer_stands() {
        let named = |name: &str| Ok(Some(name.to_owned()));
        let beside_quote = json!({ "quote": "q", "customer": { "email": "a@b.c", "name": " Ada " } });
        let rest = json!({ "quote": "q", "customer": { "email": "a@b.c" } });
        assert_eq!(name_in(beside_quote, &IN_ORDER, &rest), named("Ada"));
        let in_cart = json!({ "cart": { "customer": { "name": "<b>\u{202e}Zoë" } } });
        assert_eq!(
            name_in(in_cart, &IN_ORDER, &json!({ "cart": { "customer": {} } })),
            named("<b>\u{202e}Zoë")
        );
        assert_eq!(name_in(json!({ "name": null }), &IN_CUSTOMER, &json!({})), Ok(None));
        // What is no customer is for others to refuse.
        for other in [json!({ "customer": "Ada" }), json!([]), json!({ "name": "Ada" })] {
            assert_eq!(name_in(other.clone(), &IN_ORDER, &other), Ok(None));
        }
    }

    #[test]
    fn what_is_no_name_is_refused_in_its_place_with_the_faults_of_the_rest() {
        let rest_fails = |_: &Value| -> Result<(), _> {
            Err(vec![Fault { pointer: "/x".to_owned(), code: "x", detail: String::new() }])
        };
        for (name, code) in [
            (json!("Ada\r\nBcc: x@y.z"), "invalidName"),
            (json!("A\0a"), "invalidName"),
            (json!("A\u{2028}a"), "invalidName"),
            (json!(" \t "), "textEmpty"),
            (json!("a".repeat(101)), "textTooLong"),
            (json!(1), "wrongType"),
        ] {
            let mut document = json!({ "cart": { "customer": { "name": name } } });
            let faults = beside(&mut document, &IN_ORDER, rest_fails).expect_err("faults");
            let found: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
            assert_eq!(found, [("/cart/customer/name", code), ("/x", "x")]);
        }
    }
}
