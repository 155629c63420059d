//! Why a letter was not taken, and whether it is of use to try again.

use core::fmt;

/// Why a letter was not taken, in words for staff that name no address and open nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Another time it may be taken: the way is closed, busy, or not set up.
    ForNow(String),
    /// This letter to this address is never taken. Staff may see to what is wrong and send it again.
    ForGood(String),
}

/// The longest word of an answer that is kept: the links that we sign are longer.
const MAXIMUM_WORD: usize = 64;

impl Refusal {
    /// Without the words that are an address or a link: what a server says of a letter is kept where staff look, and there
    /// neither is.
    pub(super) fn plain(self) -> Self {
        match self {
            Self::ForNow(reason) => Self::ForNow(plain(&reason)),
            Self::ForGood(reason) => Self::ForGood(plain(&reason)),
        }
    }

    /// The words.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::ForNow(reason) | Self::ForGood(reason) => reason,
        }
    }
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::ForNow(reason)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())
    }
}

fn plain(text: &str) -> String {
    let tells = |word: &str| word.contains('@') || word.contains("://") || word.len() > MAXIMUM_WORD;
    let words = text.split_whitespace().map(|word| if tells(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn a_refusal_names_no_address_and_no_link() {
        let token = format!("n1.k1.{}.{}", "a".repeat(40), "b".repeat(43));
        for (said, kept) in [
            ("550 <ada@example.com>: no such  user".to_owned(), "550 … no such user"),
            (format!("554 spam: https://edge.example/o/{token} is listed"), "554 spam: … is listed"),
            (format!("554 `/o/{token}`"), "554 …"),
        ] {
            assert_eq!(Refusal::ForNow(said.clone()).plain(), Refusal::ForNow(kept.to_owned()));
            assert_eq!(Refusal::ForGood(said).plain(), Refusal::ForGood(kept.to_owned()));
        }
    }
}
