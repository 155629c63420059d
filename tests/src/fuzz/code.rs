//! A code as typed: it is refused, or it has one spelling, however it was typed; and what cannot be seen makes no second
//! code (P18).

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use pricing::model::CouponCode;

use super::nfkc;

/// Characters without a width: if one could stand in a code, two codes would look the same.
const UNSEEN: [char; 8] =
    ['\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{202e}', '\u{feff}', '\u{fe0f}', '\u{e0041}'];

fn read(typed: &str) -> Option<CouponCode> {
    CouponCode::new(&nfkc(typed)).ok()
}

/// Bytes as typed text.
pub(super) fn typed(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let Some(code) = read(&typed) else { return };
    let text = code.as_str();
    assert!((3..=40).contains(&text.len()), "{typed:?} became {text:?}");
    assert!(
        text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-')),
        "{typed:?} became {text:?}"
    );

    // Neither a letter of another script nor a character that nobody sees is read as one of a code.
    assert!(nfkc(&typed).trim().eq_ignore_ascii_case(text), "{typed:?} became {text:?}");

    let look = CouponCode::new(&code.look()).expect("how a code looks is a code");
    assert_eq!(look.look(), look.as_str(), "{typed:?}");

    let wide: String = text
        .chars()
        .map(|one| char::from_u32(u32::from(one) + 0xFEE0).expect("ASCII has a full-width form"))
        .collect();
    for same in [text.to_owned(), text.to_lowercase(), format!("\t {text}\u{a0}\u{3000}"), wide] {
        assert_eq!(read(&same).as_ref(), Some(&code), "{same:?} beside {typed:?}");
    }
    for (at, unseen) in UNSEEN.iter().enumerate() {
        let (before, after) = text.split_at(1 + at % (text.len() - 1));
        let other = format!("{before}{unseen}{after}");
        assert!(read(&other).is_none_or(|other| other != code), "{other:?} is {typed:?} too");
    }
}
