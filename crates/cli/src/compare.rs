//! Whether a value holds at least what is expected of it.

use serde_json::Value;

/// Every place where `found` is not as `expected`. An object may hold more fields than expected; a list has exactly
/// the items expected.
pub(crate) fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    compare(expected, found, "", &mut differences);
    differences
}

fn compare(expected: &Value, found: &Value, place: &str, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(fields), Value::Object(others)) => {
            for (key, field) in fields {
                compare(
                    field,
                    others.get(key).unwrap_or(&Value::Null),
                    &format!("{place}/{key}"),
                    differences,
                );
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (index, (item, other)) in items.iter().zip(others).enumerate() {
                compare(item, other, &format!("{place}/{index}"), differences);
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{place}: expected {expected}, found {found}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::differences;

    #[test]
    fn only_what_is_expected_counts() {
        let found = json!({ "total": "1.00", "lines": [{ "id": "1", "total": "1.00" }], "shipping": null });
        assert!(differences(&json!({ "total": "1.00" }), &found).is_empty());
        assert!(differences(&json!({ "lines": [{ "id": "1" }], "shipping": null }), &found).is_empty());
        assert_eq!(
            differences(&json!({ "lines": [{ "total": "2.00" }] }), &found),
            ["/lines/0/total: expected \"2.00\", found \"1.00\""]
        );
        assert_eq!(differences(&json!({ "lines": [], "saving": "0.00" }), &found).len(), 2);
    }
}
