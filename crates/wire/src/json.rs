//! JSON small enough to ship to browsers: a value, how it is read and how it is written.
//!
//! Servers read with `serde_json`, which is faster and tells what is wrong with a text. It is also forty times the size of
//! this, which a page would load before its first price.

mod reader;
mod writer;

pub(crate) use writer::write_string;

/// A JSON value. Objects keep the order of their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is spelt, so that none loses a digit.
    Number(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text; nothing where it is no JSON, or nested deeper than contract v1 ever is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        reader::parse(text)
    }

    /// The value as text, without white space; strings are escaped as RFC 8785 asks.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        writer::write(self, &mut text);
        text
    }

    /// An object with these fields, whose values are taken.
    #[must_use]
    pub fn object(fields: &mut [(&str, Self)]) -> Self {
        let mut all = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            all.push(((*key).to_owned(), core::mem::take(value)));
        }
        Self::Object(all)
    }

    /// A list of what `write` makes of each of these.
    pub fn list<T>(all: &[T], mut write: impl FnMut(&T) -> Self) -> Self {
        let mut items = Vec::with_capacity(all.len());
        for one in all {
            items.push(write(one));
        }
        Self::List(items)
    }

    /// The field of an object; nothing for anything else.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Takes a field out of an object.
    pub fn take(&mut self, key: &str) -> Option<Self> {
        match self {
            Self::Object(fields) => {
                let at = fields.iter().position(|(known, _)| known == key)?;
                Some(fields.remove(at).1)
            }
            _ => None,
        }
    }

    /// Adds a field to an object that has none of this name.
    pub fn put(&mut self, key: &str, value: Self) {
        if let Self::Object(fields) = self {
            fields.push((key.to_owned(), value));
        }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list in a field.
    #[must_use]
    pub fn items_of(&self, key: &str) -> &[Self] {
        self.get(key).map(Self::items).unwrap_or_default()
    }

    /// Adds to the list in a field of an object; begins one where there is none.
    pub fn add(&mut self, key: &str, items: impl IntoIterator<Item = Self>) {
        match self.field(key) {
            Some(Self::List(known)) => known.extend(items),
            Some(other) => *other = Self::List(items.into_iter().collect()),
            None => self.put(key, Self::List(items.into_iter().collect())),
        }
    }

    fn field(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(fields) => fields.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A string's text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the string in a field.
    #[must_use]
    pub fn str_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// A number that is whole, zero or more, and spelt without an exponent.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Json;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 30, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_the_library_writes_is_read_and_written_the_same(value in value()) {
            let text = value.to_string();
            prop_assert_eq!(Json::parse(&text).expect("JSON").text(), text);
            let spaced = serde_json::to_string_pretty(&value).expect("JSON");
            prop_assert_eq!(Json::parse(&spaced), Json::parse(&value.to_string()));
        }

        #[test]
        fn what_the_library_refuses_is_refused(text in r#"[\[\]{}",:\\ua0-9tnrl \n-]{0,12}"#) {
            let theirs: Result<Value, _> = serde_json::from_str(&text);
            if let Some(ours) = Json::parse(&text) && theirs.is_err() {
                // The one licence: numbers are copied as they are spelt.
                prop_assert!(text.contains(|letter: char| letter.is_ascii_digit() || letter == '-'), "{ours:?}");
            }
            prop_assert!(theirs.is_err() || Json::parse(&text).is_some());
        }
    }

    #[test]
    fn escapes_are_read() {
        let text = r#" {"a" : "\u00e9\ud83c\udf77\/\"\\\b\f\n\r\t", "b":[ ] ,"n":-1.5e3} "#;
        let read = Json::parse(text).expect("JSON");
        assert_eq!(read.str_of("a"), Some("é🍷/\"\\\u{8}\u{c}\n\r\t"));
        assert_eq!(read.get("n"), Some(&Json::Number("-1.5e3".to_owned())));
        assert_eq!(read.items_of("b"), []);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let deep = "[".repeat(100_000);
        for text in
            ["", "{", "[1,]", "{\"a\"}", "\"\\ud800\"", "\"\u{1}\"", "nul", "1 2", "[1}", deep.as_str()]
        {
            assert_eq!(Json::parse(text), None, "{text:.20}");
        }
        assert_eq!(json!(1).as_u64(), Json::from(1_u64).as_u64());
    }
}
