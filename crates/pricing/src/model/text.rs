//! Names and texts with their bounds.

use alloc::{boxed::Box, string::String};
use core::fmt;

/// Text of 1 to `MAXIMUM` characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MAXIMUM: usize>(Box<str>);

/// What tells one thing of a kind from all others: a SKU, a collection's id, a customer's id.
pub type Id = Text<256>;
/// A name shown to people.
pub type Title = Text<256>;
/// A sentence shown to shoppers.
pub type Message = Text<500>;

impl<const MAXIMUM: usize> Text<MAXIMUM> {
    /// The text itself.
    ///
    /// # Errors
    /// Empty, or longer than `MAXIMUM` characters.
    pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        // A character is one to four bytes, so most texts need no counting.
        if text.len() > MAXIMUM && text.chars().nth(MAXIMUM).is_some() {
            return Err(TextError::TooLong { maximum: MAXIMUM });
        }
        Ok(Self(text.into_boxed_str()))
    }

    /// A text whose bounds were checked when it was first read, by whoever passes it on.
    #[must_use]
    pub fn of_checked(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAXIMUM: usize> fmt::Debug for Text<MAXIMUM> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const MAXIMUM: usize> fmt::Display for Text<MAXIMUM> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAXIMUM: usize> core::borrow::Borrow<str> for Text<MAXIMUM> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Why a string is not a [`Text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// No characters at all.
    Empty,
    /// More than `maximum` characters.
    TooLong {
        /// The most characters allowed.
        maximum: usize,
    },
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the text is empty"),
            Self::TooLong { maximum } => write!(f, "the text is longer than {maximum} characters"),
        }
    }
}

impl core::error::Error for TextError {}

#[cfg(test)]
mod tests {
    use super::{TextError, Title};

    #[test]
    fn counts_characters_not_bytes() {
        assert!(Title::new("é".repeat(256)).is_ok());
        assert_eq!(Title::new("é".repeat(257)), Err(TextError::TooLong { maximum: 256 }));
        assert_eq!(Title::new(""), Err(TextError::Empty));
    }
}
