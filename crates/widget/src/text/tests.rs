use std::collections::BTreeSet;

use super::{added, beaten, items, word::NAMES};

const LANGUAGES: [(&str, &str, &[&str]); 6] = [
    ("en", include_str!("../../text/en.txt"), &["one", "other"]),
    ("es", include_str!("../../text/es.txt"), &["one", "other"]),
    ("fr", include_str!("../../text/fr.txt"), &["one", "other"]),
    ("de", include_str!("../../text/de.txt"), &["one", "other"]),
    ("ja", include_str!("../../text/ja.txt"), &["other"]),
    ("ar", include_str!("../../text/ar.txt"), &["zero", "one", "two", "few", "many", "other"]),
];

fn lines(text: &str) -> Vec<(&str, &str)> {
    text.lines().map(|line| line.split_once(" = ").expect("a name and its words")).collect()
}

fn places(words: &str) -> BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(place, _)| place).collect()
}

#[test]
fn every_language_has_every_word_in_order() {
    for (language, text, _) in LANGUAGES {
        let names: Vec<_> = lines(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, NAMES, "{language}");
    }
}

#[test]
fn every_language_fills_in_the_same_values() {
    for (language, text, _) in LANGUAGES {
        for ((name, words), (_, english)) in lines(text).into_iter().zip(lines(LANGUAGES[0].1)) {
            assert_eq!(places(words), places(english), "{language}: {name}");
        }
    }
}

#[test]
fn every_plural_has_the_categories_of_its_language() {
    for (language, text, categories) in LANGUAGES {
        let counted = lines(text).into_iter().filter(|(_, words)| words.contains("other:"));
        for (name, words) in counted {
            let found: Vec<_> = words
                .split('|')
                .filter_map(|part| part.split_once(':'))
                .map(|(category, _)| category)
                .collect();
            assert!(categories.iter().all(|category| found.contains(category)), "{language}: {name}");
            assert_eq!(found.last(), Some(&"other"), "{language}: {name}");
        }
    }
}

#[test]
fn numbers_choose_their_words() {
    assert_eq!([items(0), items(1), items(2)], ["0 items", "1 item", "2 items"]);
}

#[test]
fn a_colon_makes_no_category() {
    assert_eq!(added(2, "Rioja"), "Added to your cart: 2 × Rioja");
}

#[test]
fn winners_are_listed() {
    assert_eq!(beaten("A", &[]), "A takes nothing off this cart.");
    assert_eq!(beaten("A", &["B"]), "A stays on, but B saves you more.");
    assert_eq!(beaten("A", &["B", "C", "D"]), "A stays on, but B, C, D save you more.");
}
