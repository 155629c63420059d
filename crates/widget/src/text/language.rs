//! The language the widget speaks: its words, and the browser's own rules of its plurals, lists and numbers.

use std::cell::RefCell;

use super::{intl::Intl, word::Word};

/// A line for each word, in the order of [`Word`]. Every other language comes as a file of such lines.
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.txt"));

thread_local! {
    static SPOKEN: RefCell<Language> = RefCell::new(Language::english());
}

struct Language {
    words: Vec<&'static str>,
    /// The page's language as it names it, whatever is spoken: amounts are written by it.
    tag: String,
    intl: Option<Intl>,
    /// Whether the page's language is another one than the words.
    is_foreign: bool,
    /// Whether what is filled in may run the other way than the words around it.
    is_right_to_left: bool,
}

impl Language {
    fn english() -> Self {
        Self {
            words: ENGLISH.lines().collect(),
            tag: String::new(),
            intl: None,
            is_foreign: false,
            is_right_to_left: false,
        }
    }
}

/// Speaks a page's language from now on: by these words of it, or, where there are none, in English.
pub fn speak(tag: &str, words: String) {
    let english = Language::english();
    let is_whole = words.lines().count() == english.words.len();
    // A page speaks one language for as long as it lives.
    let words = if is_whole { words.leak().lines().collect() } else { english.words };
    let is_english = tag.is_empty() || tag.starts_with("en");
    SPOKEN.replace(Language {
        words,
        tag: tag.to_owned(),
        intl: Some(Intl::of(if is_whole { tag } else { "en" }.to_owned())),
        is_foreign: !is_whole && !is_english,
        is_right_to_left: is_whole && tag.starts_with("ar"),
    });
}

/// The page's language.
pub fn tag() -> String {
    SPOKEN.with_borrow(|language| language.tag.clone())
}

/// Whether the widget speaks English on a page of another language.
pub fn is_foreign() -> bool {
    SPOKEN.with_borrow(|language| language.is_foreign)
}

/// The words as they are.
#[must_use]
pub fn say(word: Word) -> &'static str {
    SPOKEN.with_borrow(|language| language.words.get(word as usize).copied().unwrap_or_default())
}

/// The words with values in their places, the first at `{0}`.
pub(super) fn fill(word: Word, values: &[&str]) -> String {
    let isolates = SPOKEN.with_borrow(|language| language.is_right_to_left);
    filled(say(word), values, isolates)
}

/// The words that go with a number; it stands at `{0}`, the first value at `{1}`.
pub(super) fn count(word: Word, number: u64, values: &[&str]) -> String {
    let (category, digits, isolates) = SPOKEN.with_borrow(|language| {
        let intl = language.intl.as_ref();
        let category = intl.and_then(|intl| intl.category(number));
        let category = category.unwrap_or_else(|| if number == 1 { "one" } else { "other" }.to_owned());
        let digits = intl.and_then(|intl| intl.number(number)).unwrap_or_else(|| number.to_string());
        (category, digits, language.is_right_to_left)
    });
    let mut all = vec![digits.as_str()];
    all.extend(values);
    filled(of_category(say(word), &category), &all, isolates)
}

/// Names, as a list in a sentence.
pub(super) fn list(names: &[&str]) -> String {
    let spoken = SPOKEN.with_borrow(|language| language.intl.as_ref().and_then(|intl| intl.list(names)));
    spoken.unwrap_or_else(|| names.join(", "))
}

/// What a plural category is called by `Intl.PluralRules`.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// `one:…|other:…`: the words of a plural category; the last stand for all that are not there. Words without categories
/// are the same for every number.
fn of_category<'a>(words: &'a str, category: &str) -> &'a str {
    let mut last = words;
    for variant in words.split('|') {
        match variant.split_once(':') {
            Some((name, text)) if name == category => return text,
            Some((name, text)) if CATEGORIES.contains(&name) => last = text,
            _ => return words,
        }
    }
    last
}

/// Isolated, a value from a shop that writes the other way leaves the order of the words around it alone.
fn filled(words: &str, values: &[&str], isolates: bool) -> String {
    let mut parts = words.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (place, rest) = part.split_once('}').unwrap_or(("", part));
        let value = place.parse::<usize>().ok().and_then(|place| values.get(place)).copied();
        let (before, after) = if isolates { ("\u{2068}", "\u{2069}") } else { ("", "") };
        for piece in [before, value.unwrap_or_default(), after, rest] {
            text.push_str(piece);
        }
    }
    text
}
