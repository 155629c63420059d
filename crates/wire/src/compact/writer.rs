//! To a compact text.

use super::{Compact, FORM};

/// Writes a compact text.
#[derive(Debug)]
pub struct Writer(String);

impl Writer {
    pub(super) fn begin() -> Self {
        let mut writer = Self(String::new());
        writer.number(FORM);
        writer
    }

    pub(super) fn end(self) -> String {
        self.0
    }

    /// A whole number.
    pub(super) fn number(&mut self, number: u64) {
        self.0.push_str(&number.to_string());
        self.0.push(';');
    }

    /// A string.
    pub(super) fn text(&mut self, text: &str) {
        self.number(u64::try_from(text.len()).unwrap_or(u64::MAX));
        self.0.push_str(text);
    }

    /// A list.
    pub(super) fn list<'a, T: Compact + 'a>(&mut self, items: impl ExactSizeIterator<Item = &'a T>) {
        self.number(u64::try_from(items.len()).unwrap_or(u64::MAX));
        for item in items {
            item.write(self);
        }
    }
}
