//! One spelling for one meaning: canonical JSON and its hash.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The canonical spelling (RFC 8785) of a value whose numbers are integers and whose keys are ASCII, as in all of
/// contract v1: keys sorted, no white space. `serde_json` escapes as the RFC asks; the order of keys is put right here,
/// as it depends on a feature that any crate in a build may switch on.
#[must_use]
pub fn canonical(value: &Value) -> String {
    canonical_part(value, &|_, _, _| true)
}

/// The canonical spelling of a part of a value, without copying any of it: a store may be many MB. Of each object's
/// fields those are written that `keeps`, which is given the keys that lead to the object, the field's own and its value.
pub(crate) fn canonical_part(value: &Value, keeps: &dyn Fn(&[&str], &str, &Value) -> bool) -> String {
    let mut text = String::new();
    write(value, keeps, &mut Vec::new(), &mut text);
    text
}

fn write<'a>(
    value: &'a Value,
    keeps: &dyn Fn(&[&str], &str, &Value) -> bool,
    path: &mut Vec<&'a str>,
    text: &mut String,
) {
    match value {
        Value::Array(items) => {
            list('[', items, ']', text, |item, text| write(item, keeps, path, text));
        }
        Value::Object(fields) => {
            let mut kept: Vec<_> = fields.iter().filter(|(key, value)| keeps(path, key, value)).collect();
            kept.sort_unstable_by_key(|(key, _)| *key);
            list('{', kept, '}', text, |(key, value), text| {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                path.push(key);
                write(value, keeps, path, text);
                path.pop();
            });
        }
        plain => text.push_str(&plain.to_string()),
    }
}

fn list<T>(
    open: char,
    items: impl IntoIterator<Item = T>,
    close: char,
    text: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    text.push(open);
    for (at, item) in items.into_iter().enumerate() {
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
    digest_of_text(&canonical(value))
}

/// The same of a text that is canonical already.
#[must_use]
pub fn digest_of_text(canonical: &str) -> String {
    let hash = Sha256::digest(canonical.as_bytes());
    let (halves, _) = hash.as_chunks();
    let digits = halves.iter().map(|half| format!("{:032x}", u128::from_be_bytes(*half)));
    core::iter::once("sha256-".to_owned()).chain(digits).collect()
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
