//! News to past buyers, in the merchant's own words.

use core::fmt;

use askama::Template;

use crate::content::{Content, Shop, called, one_line};

/// What stands in a merchant's words for something of each buyer's own.
pub const MERGE_FIELDS: [&str; 3] = ["download_link", "name", "shop"];

/// Those of a subject: it is written down on its way, so a link that opens an order is none of them.
pub const SUBJECT_FIELDS: [&str; 2] = ["name", "shop"];

/// A mail to past buyers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The subject, which may hold merge fields.
    pub subject: String,
    /// The text, paragraphs with empty lines between them, which may hold merge fields.
    pub body: String,
}

/// What takes the place of merge fields for one buyer.
#[derive(Clone, Copy, Debug)]
struct Fields<'a> {
    shop: &'a str,
    name: &'a str,
    download_link: &'a str,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Link(String),
}

#[derive(Template)]
#[template(path = "update.html")]
struct Html<'a> {
    shop: &'a Shop,
    title: &'a str,
    paragraphs: Vec<Vec<Piece>>,
    unsubscribe: &'a str,
}

#[derive(Template)]
#[template(path = "update.txt")]
struct Text<'a> {
    shop: &'a Shop,
    body: &'a str,
    unsubscribe: &'a str,
}

impl Update {
    /// The mail in words for one buyer: what they are called, where anybody knows, and their own links.
    #[must_use]
    pub fn content(
        &self,
        shop: &Shop,
        name: Option<&str>,
        download_link: &str,
        unsubscribe: &str,
    ) -> Content {
        let name = name.map(called).filter(|name| !name.is_empty());
        let fields = Fields { shop: &shop.name, name: name.as_deref().unwrap_or("there"), download_link };
        let subject = one_line(&words(&fields.fill(&self.subject)));
        let filled = fields.fill(&self.body);
        let text = Text { shop, body: &words(&filled), unsubscribe };
        let html = Html { shop, title: &subject, paragraphs: paragraphs(filled), unsubscribe };
        Content::of(&subject, &text, &html)
    }
}

/// Checks that every merge field of a text is one of those that may be in it.
///
/// # Errors
/// A name in brackets that is none, spelt like one: letters and `_`.
pub fn check_fields(text: &str, allowed: &'static [&'static str]) -> Result<(), UpdateError> {
    match fields(text).into_iter().find(|name| !allowed.contains(name)) {
        Some(field) => Err(UpdateError { field: field.to_owned(), allowed }),
        None => Ok(()),
    }
}

impl Fields<'_> {
    /// A text with its fields filled in. What is filled in is never looked through for fields again.
    fn fill(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, name, after)) = next_field(rest) {
            pieces.push(Piece::Words(before.to_owned()));
            pieces.push(match name {
                "download_link" => Piece::Link(self.download_link.to_owned()),
                "name" => Piece::Words(self.name.to_owned()),
                "shop" => Piece::Words(self.shop.to_owned()),
                _ => Piece::Words(format!("[{name}]")),
            });
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        pieces
    }
}

/// The first thing that is spelt like a field, with what is before and after it.
fn next_field(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some((at, _)) =
        text.get(from..)?.split_once('[').map(|(before, rest)| (from.saturating_add(before.len()), rest))
    {
        let inside = text.get(at.saturating_add(1)..)?;
        if let Some((name, after)) = inside.split_once(']') {
            let is_name =
                !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
            if is_name {
                return Some((text.get(..at)?, name, after));
            }
        }
        from = at.saturating_add(1);
    }
    None
}

fn fields(text: &str) -> Vec<&str> {
    let (mut names, mut rest) = (Vec::new(), text);
    while let Some((_, name, after)) = next_field(rest) {
        names.push(name);
        rest = after;
    }
    names
}

fn words(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Words(text) | Piece::Link(text) => text.clone(),
    };
    pieces.iter().map(text).collect()
}

/// Paragraphs: what has empty lines between it.
fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut all = vec![Vec::new()];
    for piece in pieces {
        match piece {
            Piece::Words(text) => {
                for (at, part) in text.replace('\r', "").split("\n\n").enumerate() {
                    if at > 0 {
                        all.push(Vec::new());
                    }
                    push(&mut all, Piece::Words(part.to_owned()));
                }
            }
            link @ Piece::Link(_) => push(&mut all, link),
        }
    }
    all.retain(|paragraph| !words(paragraph).trim().is_empty());
    all
}

fn push(paragraphs: &mut [Vec<Piece>], piece: Piece) {
    if let Some(last) = paragraphs.last_mut() {
        last.push(piece);
    }
}

/// A merge field that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateError {
    /// What stands in the brackets.
    pub field: String,
    /// What may.
    pub allowed: &'static [&'static str],
}

impl fmt::Display for UpdateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no merge field `[{}]` here: use `[{}]`", self.field, self.allowed.join("]`, `["))
    }
}

impl core::error::Error for UpdateError {}

#[cfg(test)]
mod tests {
    use super::{Fields, MERGE_FIELDS, Piece, SUBJECT_FIELDS, check_fields, paragraphs, words};

    const FIELDS: Fields<'_> = Fields { shop: "[name]", name: "Ada", download_link: "https://x" };

    #[test]
    fn fields_are_filled_once() {
        let filled = |text: &str| words(&FIELDS.fill(text));
        assert_eq!(filled("Dear [name], [shop]: [download_link]!"), "Dear Ada, [name]: https://x!");
        assert_eq!(filled("[[name]] [Name] [a b] [] ["), "[Ada] [Name] [a b] [] [");
    }

    #[test]
    fn a_field_that_there_is_not_is_told() {
        assert!(check_fields("[name] [shop] [download_link] [1] [See]", &MERGE_FIELDS).is_ok());
        assert!(check_fields("[name] [download_link]", &SUBJECT_FIELDS).is_err());
        let error = check_fields("[name] [first_name]", &MERGE_FIELDS).expect_err("a fault");
        assert_eq!(
            error.to_string(),
            "there is no merge field `[first_name]` here: use `[download_link]`, `[name]`, `[shop]`"
        );
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        let parted = paragraphs(FIELDS.fill("One\nline [name].\r\n\r\n\nTwo [download_link]\n\n\n"));
        let texts: Vec<_> = parted.iter().map(|paragraph| words(paragraph)).collect();
        assert_eq!(texts, ["One\nline Ada.", "\nTwo https://x"]);
        assert!(parted[1].contains(&Piece::Link("https://x".to_owned())));
    }
}
