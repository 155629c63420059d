//! A text as a JSON value, every name in an object once.

use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

use crate::{Problem, read::clip};

/// Reads a text as JSON. An object that has a name twice is refused: which of its two values counts would be a guess,
/// and whoever has read the text before us may have guessed otherwise (RFC 7493 §2.3).
///
/// # Errors
/// `malformedJson`, with the line and the column.
pub fn document(text: &str) -> Result<Value, Problem> {
    match serde_json::from_str(text) {
        Ok(Unambiguous(value)) => Ok(value),
        Err(error) => Err(Problem::malformed(&error)),
    }
}

/// A value in which no object has a name twice.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Unambiguous(item)) = source.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = source.next_key::<String>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the name `{}` is there twice", clip(&name))));
            }
            let Unambiguous(value) = source.next_value()?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::document;

    #[test]
    fn a_name_is_there_once_at_any_depth() {
        for (text, place) in [
            (r#"{"a":1,"a":1}"#, "line 1 column 10"),
            ("{\"b\":{},\n\"a\":[{\"c\":{\"d\":null,\"e\":0,\"d\":2}}]}", "line 2 column 29"),
            (r#"{"a":1,"\u0061":2}"#, "line 1 column 15"),
        ] {
            let problem = document(text).expect_err("a problem");
            assert_eq!((problem.status, problem.code), (400, "malformedJson"));
            assert!(problem.detail.ends_with(&format!("is there twice at {place}")), "{}", problem.detail);
        }
        for text in [r#"{"a":{"a":{}},"A":0}"#, r#"[{"a":1},{"a":1}]"#] {
            assert!(document(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_long_name_is_not_repeated_whole() {
        let name = "é".repeat(10_000);
        let problem = document(&format!("{{\"{name}\":1,\"{name}\":1}}")).expect_err("a problem");
        assert!(problem.detail.len() < 200, "{}", problem.detail);
    }

    #[test]
    fn all_else_is_as_anybody_reads_it() {
        for text in ["null", " [true, -1, 18446744073709551615, 1.5e3, -0, \"\\ud83d\\ude00\"] ", "{\"\":{}}"]
        {
            assert_eq!(document(text).ok(), serde_json::from_str(text).ok(), "{text}");
        }
        for text in ["", "{", "{}x", "1e999", "NaN", "\"\\ud800\"", &"[".repeat(100_000)] {
            assert_eq!(document(text).map_err(|problem| problem.code), Err("malformedJson"), "{text:.9}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(names in proptest::collection::btree_set(".{0,3}", 0..6), number: i64) {
            let fields = names.into_iter().map(|name| (name, Value::from(number))).collect();
            let value = Value::Array(vec![Value::Object(fields)]);
            prop_assert_eq!(document(&value.to_string()).ok(), Some(value));
        }
    }
}
