//! One spelling for one meaning: canonical JSON and its hash.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The canonical spelling (RFC 8785) of a value whose numbers are integers and whose keys are ASCII, as in all of
/// contract v1: keys sorted, no white space. `serde_json` escapes as the RFC asks; the order of keys is put right here,
/// as it depends on a feature that any crate in a build may switch on.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => list('[', items, ']', text, write),
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_unstable_by_key(|(key, _)| *key);
            list('{', &sorted, '}', text, |(key, value), text| {
                write(&Value::from(key.as_str()), text);
                text.push(':');
                write(value, text);
            });
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn list<T>(open: char, items: &[T], close: char, text: &mut String, write: impl Fn(&T, &mut String)) {
    text.push(open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        write(item, text);
    }
    text.push(close);
}

/// `sha256-` and the lower-case hexadecimal hash of the canonical spelling.
#[must_use]
pub fn digest(value: &Value) -> String {
    use core::fmt::Write as _;
    let mut text = String::from("sha256-");
    for byte in Sha256::digest(canonical(value).as_bytes()) {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{canonical, digest};

    #[test]
    fn keys_are_sorted_and_the_hash_is_known() {
        let value = json!({ "b": 1, "a": [true, null, "é\n\u{1}"] });
        assert_eq!(canonical(&value), "{\"a\":[true,null,\"é\\n\\u0001\"],\"b\":1}");
        assert_eq!(
            digest(&json!({})),
            "sha256-44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }

    proptest! {
        #[test]
        fn agrees_with_the_library_for_rfc_8785(
            texts in proptest::collection::vec(any::<String>(), 0..6), number in -(1_i64 << 53)..(1_i64 << 53),
        ) {
            let value: Value = json!({ "z": texts, "a": { "y": number, "B": null } });
            let expected = serde_json_canonicalizer::to_string(&value).expect("canonical");
            prop_assert_eq!(canonical(&value), expected);
        }
    }
}
