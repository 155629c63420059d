use pricing::model::{Discount, Product, UsageLimit};
use proptest::prelude::*;
use serde_json::json;

use super::{FORM, discount, products, products_text, published, rule_text};
use crate::read;

fn percent() -> Discount {
    let json = json!({
        "id": "d", "title": "Ten %", "kind": { "type": "coupon", "code": "TEN" }, "startsAt": "1969-12-31T23:59:59Z",
        "benefit": { "type": "products", "value": { "type": "percentOff", "percent": "10" },
            "scope": { "include": { "type": "collections", "ids": ["a", "é;b"] }, "exclude": { "products": ["x"] } } },
        "requirement": { "type": "amount", "minimum": "5", "maximum": "50" },
        "usageLimit": { "type": "perStore", "orders": 3 },
    });
    let usd = pricing::money::Currency::from_code("USD").expect("a currency");
    read::read(&json, |node| read::discount(node, usd, str::to_owned)).expect("a discount")
}

fn text() -> String {
    rule_text(&percent())
}

#[test]
fn the_text_is_this_one() {
    let written = "1;1;d1;3;TEN5;Ten %1;1;18446744073709550616;0;0;0;0;100000;1;2;1;a4;é;b1;1;x0;0;2;1;500;1;5000;0;2;3;0;";
    assert_eq!(text(), written);
    assert_eq!(discount(written), Some(percent()));
}

#[test]
fn a_text_that_is_cut_or_too_long_is_none() {
    let text = text();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(discount(&text[..end]), None, "cut at {end}");
    }
    assert_eq!(discount(&format!("{text};")), None);
}

#[test]
fn a_text_of_another_form_is_none() {
    let other = text().replacen(&FORM.to_string(), &(FORM + 1).to_string(), 1);
    assert_eq!(discount(&other), None);
}

#[test]
fn a_list_that_says_it_is_long_is_none_at_once() {
    assert_eq!(products("1;1;v18446744073709551615;"), None);
    assert_eq!(products(&products_text("v", [].iter())), Some(("v".to_owned(), Vec::<Product>::new())));
}

#[test]
fn limits_keep_their_kind() {
    for limit in [
        UsageLimit::Unlimited,
        UsageLimit::PerCustomer { orders: 1 },
        UsageLimit::PerStore { orders: u64::MAX },
    ] {
        let rule = Discount { usage_limit: limit, ..percent() };
        assert_eq!(discount(&rule_text(&rule)), Some(rule));
    }
}

proptest! {
    #[test]
    fn anything_at_all_is_read_to_its_end(text in "[0-9;a-zé]{0,60}", at in 0_usize..100, with in "[0-9;a]{1,3}") {
        let _ = (discount(&text), products(&text), published(&text));
        let mut changed = self::text();
        let at = at.min(changed.len());
        if changed.is_char_boundary(at) {
            changed.insert_str(at, &with);
            if let Some(read) = discount(&changed) {
                prop_assert_eq!(discount(&rule_text(&read)), Some(read));
            }
        }
    }
}
