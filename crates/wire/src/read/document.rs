//! A JSON document, whoever parsed it.

use serde_json::Value;

use crate::json::Json;

/// A JSON document, whoever parsed it: a server's `serde_json`, or what little of it a browser loads.
pub trait Document {
    /// What stands at its top.
    fn top(&self) -> Top<'_>;

    /// The document as a server has it.
    fn as_value(&self) -> Option<&Value> {
        None
    }
}

/// What stands at the top of a document.
pub enum Top<'v> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, where it is a whole one from zero on.
    Number(Option<u64>),
    /// A string.
    String(&'v str),
    /// A list.
    List(Vec<&'v dyn Document>),
    /// An object.
    Object(Vec<(&'v str, &'v dyn Document)>),
}

impl Document for Value {
    fn as_value(&self) -> Option<&Value> {
        Some(self)
    }

    fn top(&self) -> Top<'_> {
        match self {
            Self::Null => Top::Null,
            Self::Bool(value) => Top::Bool(*value),
            Self::Number(number) => Top::Number(number.as_u64()),
            Self::String(text) => Top::String(text),
            Self::Array(items) => Top::List(items.iter().map(|item| item as &dyn Document).collect()),
            Self::Object(fields) => {
                Top::Object(fields.iter().map(|(key, value)| (key.as_str(), value as _)).collect())
            }
        }
    }
}

impl Document for Json {
    fn top(&self) -> Top<'_> {
        match self {
            Self::Null => Top::Null,
            Self::Bool(value) => Top::Bool(*value),
            Self::Number(_) => Top::Number(self.as_u64()),
            Self::String(text) => Top::String(text),
            Self::List(items) => Top::List(items.iter().map(|item| item as &dyn Document).collect()),
            Self::Object(fields) => {
                Top::Object(fields.iter().map(|(key, value)| (key.as_str(), value as _)).collect())
            }
        }
    }
}
