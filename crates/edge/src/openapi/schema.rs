//! The words that schemas are written in: JSON Schema 2020-12, which is what OpenAPI 3.1 has.
//!
//! Every object is closed, as the readers of requests are, and every field of an answer is required: an answer with a
//! field more or less does not fit, and the tests, which compare every answer they get, find it.
//!
//! Nothing here is inlined: a document that is made once needs no speed, and the Worker is a tenth larger with it.

use serde_json::{Map, Value, json};
use wire::read::{LARGEST_WHOLE, Reference};

pub(super) type Schema = Value;
/// Fields by their names.
pub(super) type Fields = Vec<(&'static str, Schema)>;

/// The longest text that names or titles something, in characters.
const MAXIMUM_TEXT: usize = 256;

/// A closed object; the `optional` fields may be absent.
#[inline(never)]
pub(super) fn object(required: Fields, optional: Fields) -> Schema {
    let names: Vec<_> = required.iter().map(|(name, _)| *name).collect();
    let mut schema = json!({ "type": "object", "additionalProperties": false });
    if !names.is_empty() {
        set(&mut schema, "required", names.into());
    }
    let fields = required.into_iter().chain(optional);
    let properties: Map<_, _> = fields.map(|(name, schema)| (name.to_owned(), schema)).collect();
    set(&mut schema, "properties", properties.into());
    schema
}

/// An object that is answered: every field is there.
#[inline(never)]
pub(super) fn answered(fields: Fields) -> Schema {
    object(fields, Vec::new())
}

/// An object that is sent: to leave a field out and to send `null` is the same.
#[inline(never)]
pub(super) fn sent(required: Fields, optional: Fields) -> Schema {
    object(required, optional.into_iter().map(|(name, schema)| (name, maybe(schema))).collect())
}

/// One of several objects, each told by its `type`; all as they are sent.
#[inline(never)]
pub(super) fn variants(all: Vec<(&'static str, Fields, Fields)>) -> Schema {
    let one = |(name, mut required, optional): (_, Fields, _)| {
        required.insert(0, ("type", json!({ "const": name })));
        sent(required, optional)
    };
    json!({ "oneOf": all.into_iter().map(one).collect::<Vec<_>>() })
}

/// An object whose keys are data.
#[inline(never)]
pub(super) fn map_of(values: Schema) -> Schema {
    json!({ "type": "object", "additionalProperties": values })
}

#[inline(never)]
pub(super) fn list(items: Schema) -> Schema {
    json!({ "type": "array", "items": items })
}

/// A list of `minimum` to `maximum` items.
#[inline(never)]
pub(super) fn bounded(items: Schema, minimum: usize, maximum: usize) -> Schema {
    json!({ "type": "array", "items": items, "minItems": minimum, "maxItems": maximum })
}

/// A list that is not empty.
#[inline(never)]
pub(super) fn filled(items: Schema) -> Schema {
    json!({ "type": "array", "items": items, "minItems": 1 })
}

/// That, or `null`.
#[inline(never)]
pub(super) fn maybe(schema: Schema) -> Schema {
    let kind = schema.get("type").and_then(Value::as_str).map(str::to_owned);
    match kind {
        Some(kind) if schema.get("enum").is_none() => also(schema, "type", json!([kind, "null"])),
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// The schema of that name among the document's.
#[inline(never)]
pub(super) fn named(name: &str) -> Schema {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Text of 1 to `maximum` characters.
#[inline(never)]
pub(super) fn text(maximum: usize) -> Schema {
    json!({ "type": "string", "minLength": 1, "maxLength": maximum })
}

/// An id, a SKU, a title.
#[inline(never)]
pub(super) fn id() -> Schema {
    text(MAXIMUM_TEXT)
}

/// A shop's own name for an order.
#[inline(never)]
pub(super) fn reference() -> Schema {
    let plain = pattern(&format!("^[A-Za-z0-9._~:-]{{1,{}}}$", Reference::MAXIMUM_LENGTH));
    also(plain, "not", json!({ "enum": [".", ".."] }))
}

#[inline(never)]
pub(super) fn any_text() -> Schema {
    json!({ "type": "string" })
}

/// Text that the whole pattern fits.
#[inline(never)]
pub(super) fn pattern(pattern: &str) -> Schema {
    json!({ "type": "string", "pattern": pattern })
}

/// One of these texts.
#[inline(never)]
pub(super) fn one_of(names: &[&str]) -> Schema {
    json!({ "type": "string", "enum": names })
}

#[inline(never)]
pub(super) fn flag() -> Schema {
    json!({ "type": "boolean" })
}

/// A whole number, zero or more, that every reader of JSON has exactly.
#[inline(never)]
pub(super) fn whole() -> Schema {
    between(0, LARGEST_WHOLE)
}

/// A whole number from `minimum` to `maximum`.
#[inline(never)]
pub(super) fn between(minimum: u64, maximum: u64) -> Schema {
    json!({ "type": "integer", "minimum": minimum, "maximum": maximum })
}

/// Money as it is answered: exactly the currency's decimals.
#[inline(never)]
pub(super) fn money() -> Schema {
    named("Money")
}

/// Money as it is sent: no more decimals than the currency has.
#[inline(never)]
pub(super) fn price() -> Schema {
    json!({ "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$", "examples": ["12.50"] })
}

#[inline(never)]
pub(super) fn instant() -> Schema {
    named("Instant")
}

/// The schema with one keyword more.
#[inline(never)]
pub(super) fn also(mut schema: Schema, keyword: &str, value: Value) -> Schema {
    set(&mut schema, keyword, value);
    schema
}

/// The schema with a sentence about it.
#[inline(never)]
pub(super) fn about(schema: Schema, sentence: &str) -> Schema {
    also(schema, "description", sentence.into())
}

/// The schema with an example.
#[inline(never)]
pub(super) fn such_as(schema: Schema, example: impl Into<Value>) -> Schema {
    also(schema, "examples", Value::Array(vec![example.into()]))
}

#[inline(never)]
fn set(schema: &mut Schema, keyword: &str, value: Value) {
    if let Some(keywords) = schema.as_object_mut() {
        keywords.insert(keyword.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{id, maybe, named, one_of, sent};

    #[test]
    fn what_may_be_left_out_may_be_null() {
        let schema = sent(vec![("id", id())], vec![("email", id())]);
        assert_eq!(schema["required"], json!(["id"]));
        assert_eq!(schema["properties"]["email"]["type"], json!(["string", "null"]));
        assert_eq!(maybe(one_of(&["a"])), json!({ "anyOf": [one_of(&["a"]), { "type": "null" }] }));
        assert_eq!(maybe(named("A"))["anyOf"][0], named("A"));
    }
}
