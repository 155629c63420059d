//! A store with some of its discounts switched off: what a stop makes of it.

use std::collections::BTreeSet;

use serde_json::Value;

/// `document`, a store file or a snapshot's content, with the discounts called `off` not enabled. True when it has any of
/// them.
pub(crate) fn off(document: &mut Value, off: &BTreeSet<String>) -> bool {
    let mut has_any = false;
    for discount in document.get_mut("discounts").and_then(Value::as_array_mut).into_iter().flatten() {
        let is_off = discount.get("id").and_then(Value::as_str).is_some_and(|id| off.contains(id));
        if let (true, Some(fields)) = (is_off, discount.as_object_mut()) {
            fields.insert("enabled".to_owned(), false.into());
            has_any = true;
        }
    }
    has_any
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::off;

    #[test]
    fn only_the_named_are_off() {
        let mut document = json!({ "discounts": [{ "id": "a" }, { "id": "b", "enabled": true }, 5] });
        let stopped = BTreeSet::from(["b".to_owned(), "c".to_owned()]);
        assert!(off(&mut document, &stopped));
        assert_eq!(document, json!({ "discounts": [{ "id": "a" }, { "id": "b", "enabled": false }, 5] }));
        assert!(!off(&mut document, &BTreeSet::from(["c".to_owned()])));
        assert!(!off(&mut json!({}), &stopped));
    }
}
