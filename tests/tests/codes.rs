//! Characters that look alike, can't be seen or are wide never make two codes (P18).

use std::collections::BTreeMap;

use pricing::model::CouponCode;
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

fn code(typed: &str) -> Option<CouponCode> {
    CouponCode::new(&typed.nfkc().collect::<String>()).ok()
}

/// Every character in the middle of a code.
fn typed() -> impl Iterator<Item = (char, String)> {
    ('\0'..=char::MAX).map(|letter| (letter, format!("A{letter}Z9")))
}

#[test]
fn a_code_is_ascii_whatever_was_typed() {
    for (letter, typed) in typed() {
        let Some(code) = code(&typed) else { continue };
        assert!(code.as_str().is_ascii(), "{letter:?}");
        // What is accepted is another spelling of an ASCII text, not a character that resembles one.
        let plain: String = typed.nfkc().collect();
        assert_eq!(code.as_str(), plain.to_ascii_uppercase(), "{letter:?}");
    }
}

#[test]
fn codes_that_look_alike_are_one_to_a_store() {
    let mut by_skeleton: BTreeMap<String, CouponCode> = BTreeMap::new();
    for (letter, typed) in typed() {
        let Some(code) = code(&typed) else { continue };
        let first = by_skeleton.entry(skeleton(code.as_str()).collect()).or_insert_with(|| code.clone());
        assert_eq!(first.look(), code.look(), "{letter:?}: {} and {}", first.as_str(), code.as_str());
    }
}

#[test]
fn characters_that_cannot_be_seen_make_no_code() {
    for invisible in
        ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{202e}', '\u{3164}']
    {
        assert_eq!(code(&format!("SAVE{invisible}10")), None, "{invisible:?}");
    }
}

#[test]
fn wide_characters_are_the_narrow_ones() {
    assert_eq!(code("\u{3000}ＳＡＶＥ１０ ").as_ref().map(CouponCode::as_str), Some("SAVE10"));
}
