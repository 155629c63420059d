//! From a compact text.

use super::FORM;

/// Reads a compact text. It gives nothing but zeros and empty texts from the first fault on, and tells at the end.
#[derive(Debug)]
pub struct Reader<'t> {
    rest: &'t str,
    is_sound: bool,
}

impl<'t> Reader<'t> {
    /// Begins to read; a text of another form is a fault.
    pub(super) fn begin(text: &'t str) -> Self {
        let mut reader = Self { rest: text, is_sound: true };
        if reader.number() != FORM {
            reader.spoil();
        }
        reader
    }

    /// Whether all of the text was read, without a fault.
    pub(super) fn is_done(&self) -> bool {
        self.is_sound && self.rest.is_empty()
    }

    /// A whole number.
    pub(super) fn number(&mut self) -> u64 {
        let mut number: u64 = 0;
        let mut letters = self.rest.bytes().enumerate();
        loop {
            match letters.next() {
                Some((_, digit @ b'0'..=b'9')) => {
                    number = number.wrapping_mul(10).wrapping_add(u64::from(digit & 15));
                }
                Some((end, b';')) => {
                    self.rest = self.rest.get(end.wrapping_add(1)..).unwrap_or_default();
                    return number;
                }
                _ => {
                    self.spoil();
                    return 0;
                }
            }
        }
    }

    /// A string.
    pub(super) fn text(&mut self) -> &'t str {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        match self.rest.split_at_checked(length) {
            Some((text, rest)) => {
                self.rest = rest;
                text
            }
            None => {
                self.spoil();
                ""
            }
        }
    }

    /// A list of what `read` reads.
    pub(super) fn list<T>(&mut self, read: fn(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        for _ in 0..self.number() {
            if !self.is_sound {
                break;
            }
            items.push(read(self));
        }
        items
    }

    /// Gives up: this is no text of ours.
    pub(super) fn spoil(&mut self) {
        self.rest = "";
        self.is_sound = false;
    }
}
