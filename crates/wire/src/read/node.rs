//! A place in a JSON document, and how to read what stands there.

use core::{cell::RefCell, fmt};

use pricing::{
    model::{Id, Instant, Quantity, Text, TextError},
    money::{Amount, Currency, Percent},
};
use serde_json::{Map, Value};

use super::path::Path;
use crate::{instant::parse_instant, problem::Fault};

/// The largest whole number that every reader of JSON has exactly: 2^53 − 1. Beyond it canonical JSON (RFC 8785) writes
/// another number than the one meant, and a quote that tells it would not have the digest that others find.
pub const LARGEST_WHOLE: u64 = (1 << 53) - 1;

/// Reads a whole document with `read`.
///
/// # Errors
/// Every fault found, in document order of the fields read.
pub fn read<T>(document: &Value, read: impl FnOnce(Node<'_, '_>) -> Option<T>) -> Result<T, Vec<Fault>> {
    let faults = RefCell::new(Vec::new());
    let value = read(Node { value: document, path: &Path::Root, faults: &faults });
    match value {
        Some(value) if faults.borrow().is_empty() => Ok(value),
        _ => Err(faults.into_inner()),
    }
}

/// Whether a character may end a line somewhere, or is no character that anybody sees.
#[must_use]
pub fn ends_line(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')
}

/// A place in a JSON document. Every reading method returns nothing when it has recorded a fault.
#[derive(Clone, Copy)]
pub struct Node<'v, 'p> {
    value: &'v Value,
    path: &'p Path<'p>,
    faults: &'p RefCell<Vec<Fault>>,
}

impl<'v, 'p> Node<'v, 'p> {
    /// Records a fault here.
    pub fn refuse<T>(self, code: &'static str, detail: impl fmt::Display) -> Option<T> {
        self.refuse_at(self.path, code, detail)
    }

    fn refuse_at<T>(self, path: &Path<'_>, code: &'static str, detail: impl fmt::Display) -> Option<T> {
        self.record(Fault { pointer: path.to_string(), code, detail: detail.to_string() })
    }

    fn record<T>(self, fault: Fault) -> Option<T> {
        self.faults.borrow_mut().push(fault);
        None
    }

    /// Records a fault at a place further down, `pointer` being relative to here.
    pub fn refuse_below(self, pointer: &str, code: &'static str, detail: impl fmt::Display) {
        let pointer = format!("{}{pointer}", self.path);
        self.record::<()>(Fault { pointer, code, detail: detail.to_string() });
    }

    fn wrong_type<T>(self, expected: &str) -> Option<T> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.refuse("wrongType", format_args!("expected {expected}, found {found}"))
    }

    /// What stands here.
    pub(super) const fn value(self) -> &'v Value {
        self.value
    }

    /// How many items stand in a list.
    pub(super) fn count_items(self) -> usize {
        self.value.as_array().map_or(0, Vec::len)
    }

    /// Reads an object: `read` asks for its fields, and any it did not ask for is a fault.
    pub fn object<T>(self, read: impl FnOnce(&mut Fields<'v, 'p>) -> Option<T>) -> Option<T> {
        let mut fields = self.fields()?;
        let value = read(&mut fields);
        fields.refuse_unasked();
        value
    }

    fn fields(self) -> Option<Fields<'v, 'p>> {
        match self.value {
            Value::Object(fields) => Some(Fields { node: self, fields, asked: Vec::new() }),
            _ => self.wrong_type("an object"),
        }
    }

    /// Reads an object whose keys are data.
    pub fn entries<T>(self, mut read: impl FnMut(&str, Node<'v, '_>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Object(fields) = self.value else { return self.wrong_type("an object") };
        let mut entries = Vec::with_capacity(fields.len());
        let mut is_sound = true;
        for (key, value) in fields {
            match read(key, Node { value, path: &Path::Key(self.path, key), faults: self.faults }) {
                Some(entry) => entries.push(entry),
                None => is_sound = false,
            }
        }
        is_sound.then_some(entries)
    }

    /// Reads a list, item by item.
    pub fn list<T>(self, mut read: impl FnMut(Node<'v, '_>) -> Option<T>) -> Option<Vec<T>> {
        let Value::Array(items) = self.value else { return self.wrong_type("a list") };
        let mut all = Vec::with_capacity(items.len());
        // All items are read, so that a fault in one does not hide those of the next.
        let mut is_sound = true;
        for (index, value) in items.iter().enumerate() {
            match read(Node { value, path: &Path::Index(self.path, index), faults: self.faults }) {
                Some(item) => all.push(item),
                None => is_sound = false,
            }
        }
        is_sound.then_some(all)
    }

    /// Reads a list that may not be empty.
    pub fn filled_list<T>(
        self,
        code: &'static str,
        read: impl FnMut(Node<'v, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.list(read)? {
            items if items.is_empty() => self.refuse(code, "list at least one"),
            items => Some(items),
        }
    }

    /// Reads a string.
    pub fn string(self) -> Option<&'v str> {
        match self.value {
            Value::String(text) => Some(text),
            _ => self.wrong_type("a string"),
        }
    }

    /// Reads a string of 1 to `MAXIMUM` characters.
    pub fn text<const MAXIMUM: usize>(self) -> Option<Text<MAXIMUM>> {
        self.spelled(str::to_owned)
    }

    /// Reads a string in the one spelling that `spell` gives it, of 1 to `MAXIMUM` characters: what is kept is what is
    /// measured, so that it can be read again.
    pub fn spelled<const MAXIMUM: usize>(self, spell: impl FnOnce(&str) -> String) -> Option<Text<MAXIMUM>> {
        let text = Text::new(spell(self.string()?));
        text.map_or_else(|error| self.refuse_text(error), Some)
    }

    /// Records that a text here is empty or too long.
    pub(super) fn refuse_text<T>(self, error: TextError) -> Option<T> {
        let code = match error {
            TextError::Empty => "textEmpty",
            TextError::TooLong { .. } => "textTooLong",
        };
        self.refuse(code, error)
    }

    /// Reads an id: one line, so that it can stand in any list, log and header.
    pub fn id(self) -> Option<Id> {
        let id: Id = self.text()?;
        if id.as_str().chars().any(ends_line) {
            return self
                .refuse("invalidId", "an id is one line: take line breaks and other control characters out");
        }
        Some(id)
    }

    /// Reads a list of ids.
    pub fn ids(self) -> Option<Vec<Id>> {
        self.list(|node| node.id())
    }

    /// Reads true or false.
    pub fn boolean(self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(*value),
            _ => self.wrong_type("true or false"),
        }
    }

    /// Reads a whole number, zero or more, up to [`LARGEST_WHOLE`].
    pub fn integer(self) -> Option<u64> {
        let Value::Number(number) = self.value else { return self.wrong_type("a whole number") };
        match number.as_u64() {
            Some(whole) if whole <= LARGEST_WHOLE => Some(whole),
            Some(_) => self.refuse("outOfRange", format_args!("expected at most {LARGEST_WHOLE}")),
            None => self.refuse("notAWholeNumber", "expected a whole number, zero or more, without exponent"),
        }
    }

    /// Reads a whole number of at least one.
    pub fn count(self) -> Option<u64> {
        match self.integer()? {
            0 => self.refuse("outOfRange", "expected at least 1"),
            count => Some(count),
        }
    }

    /// Reads a number of items.
    pub fn quantity(self) -> Option<Quantity> {
        let Value::Number(number) = self.value else { return self.wrong_type("a whole number") };
        match number.as_u64().map(Quantity::new) {
            Some(Ok(quantity)) => Some(quantity),
            _ => self.refuse("quantityOutOfRange", pricing::model::QuantityError),
        }
    }

    /// Reads a price, a rate or a discount's value.
    pub fn money(self, currency: Currency) -> Option<Amount> {
        self.money_below(Amount::PRICE_LIMIT, currency)
    }

    /// Reads a bound on the amount of a whole order.
    pub fn order_amount(self, currency: Currency) -> Option<Amount> {
        self.money_below(Amount::ORDER_LIMIT, currency)
    }

    fn money_below(self, limit: Amount, currency: Currency) -> Option<Amount> {
        let text = self.string()?;
        Amount::read(text, currency, limit).or_else(|| self.refuse_money(text, limit, currency))
    }

    /// Reads a discount's value: an amount above zero.
    pub fn positive_money(self, currency: Currency) -> Option<Amount> {
        let amount = self.money(currency)?;
        if amount.is_zero() {
            self.refuse("outOfRange", "expected an amount above zero")
        } else {
            Some(amount)
        }
    }

    /// Reads a percentage.
    pub fn percent(self) -> Option<Percent> {
        let text = self.string()?;
        Percent::read(text).or_else(|| self.refuse_percent(text))
    }

    /// Reads an instant.
    pub fn instant(self) -> Option<Instant> {
        let text = self.string()?;
        match parse_instant(text) {
            Some(instant) => Some(instant),
            None => self.refuse(
                "invalidInstant",
                format_args!(
                    "`{}` is not an RFC 3339 instant in UTC such as \"2026-01-15T12:00:00Z\"",
                    clip(text)
                ),
            ),
        }
    }

    /// Reads an object by its `type`; `read` returns nothing without a fault of its own when it does not know it.
    pub fn variant<T>(
        self,
        known: &str,
        read: impl FnOnce(&str, &mut Fields<'v, 'p>) -> Result<Option<T>, UnknownVariant>,
    ) -> Option<T> {
        self.object(|fields| {
            let kind = fields.required("type", |node| node.string());
            match kind.map(|kind| (kind, read(kind, fields))) {
                Some((_, Ok(value))) => value,
                unknown => {
                    fields.accept_rest();
                    let (kind, _) = unknown?;
                    let path = Path::Key(self.path, "type");
                    self.refuse_at(
                        &path,
                        "unknownVariant",
                        format_args!("expected {known}, found `{}`", clip(kind)),
                    )
                }
            }
        })
    }
}

/// A `type` that is none of those known.
#[derive(Clone, Copy, Debug)]
pub struct UnknownVariant;

/// The fields of an object. Absent and `null` are the same.
pub struct Fields<'v, 'p> {
    node: Node<'v, 'p>,
    fields: &'v Map<String, Value>,
    asked: Vec<&'v str>,
}

impl<'v, 'p> Fields<'v, 'p> {
    /// Reads a field that must be there.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'v, '_>) -> Option<T>,
    ) -> Option<T> {
        match self.optional(key, read)? {
            Some(value) => Some(value),
            None => {
                let path = Path::Key(self.node.path, key);
                self.node.refuse_at(&path, "missingField", format_args!("the field `{key}` is missing"))
            }
        }
    }

    /// Reads a field that may be absent: nothing for a fault, nothing inside for absent.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Node<'v, '_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.find(key) {
            None => Some(None),
            Some(value) => {
                let path = Path::Key(self.node.path, key);
                read(Node { value, path: &path, faults: self.node.faults }).map(Some)
            }
        }
    }

    fn find(&mut self, key: &'static str) -> Option<&'v Value> {
        self.asked.push(key);
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// Reads a field that is `default` when absent.
    pub fn or<T>(
        &mut self,
        key: &'static str,
        default: T,
        read: impl FnOnce(Node<'v, '_>) -> Option<T>,
    ) -> Option<T> {
        Some(self.optional(key, read)?.unwrap_or(default))
    }

    /// Takes all other fields as they are: after a fault that leaves open which of them belong here.
    pub fn accept_rest(&mut self) {
        self.asked.extend(self.fields.keys().map(String::as_str));
    }

    fn refuse_unasked(&self) {
        for key in self.fields.keys().filter(|key| !self.asked.contains(&key.as_str())) {
            let path = Path::Key(self.node.path, key);
            self.node.refuse_at::<()>(&path, "unknownField", format_args!("there is no field `{key}` here"));
        }
    }

    /// The object itself.
    #[must_use]
    pub const fn node(&self) -> Node<'v, 'p> {
        self.node
    }
}

/// The beginning of a text that is quoted back.
pub(crate) fn clip(text: &str) -> &str {
    text.char_indices().nth(40).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
