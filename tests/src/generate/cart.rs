//! A random cart: who buys, what was typed, what was chosen.

use serde_json::{Value, json};

use super::{random::Random, shop::Shop};

/// The cart's lines with codes of some `discounts`.
pub(super) fn cart(random: &mut Random, shop: &Shop, discounts: &[Value], grants: Vec<Value>) -> Value {
    let lines: Vec<Value> = shop
        .bought()
        .enumerate()
        .map(|(at, (product, quantity))| {
            json!({ "id": (at + 1).to_string(), "sku": product.sku, "quantity": quantity })
        })
        .collect();
    let mut cart = json!({
        "lines": lines,
        "codes": codes(random, discounts),
        "shippingService": random.one_of(&[None, Some("ground"), Some("ground"), Some("air")]),
        "channel": random.one_of(&["web", "pos", "admin", "club"]),
        "customer": customer(random),
        "grants": grants,
    });
    // About one in fifty asks for what the store does not have.
    if random.chance(50) {
        break_one(random, &mut cart);
    }
    cart
}

fn codes(random: &mut Random, discounts: &[Value]) -> Vec<String> {
    let mut codes = Vec::new();
    for code in discounts.iter().filter_map(|discount| discount["kind"]["code"].as_str()) {
        if random.chance(8) {
            codes.push(spelling(random, code));
        }
        if !random.chance(4) {
            codes.push(spelling(random, code));
        }
    }
    if random.chance(8) {
        codes.push((*random.one_of(&["NOSUCHCODE", "nosuchcode", "no such code", "é", "-"])).to_owned());
    }
    codes.truncate(10);
    codes
}

/// As someone may type it: NFKC brings wide letters and ideographic spaces back.
fn spelling(random: &mut Random, code: &str) -> String {
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap_or(letter),
        other => other,
    };
    match random.below(6) {
        0 => format!(" {} ", code.to_lowercase()),
        1 => code.chars().map(wide).collect(),
        2 => format!("\u{3000}{}\t", code.replacen('O', "o", 1)),
        3 => code.replace('D', "ⅾ"),
        _ => code.to_owned(),
    }
}

fn customer(random: &mut Random) -> Value {
    let clubs = random.some_of(&["gold", "silver"]);
    let tags = random.some_of(&["vip", "trade"]);
    match random.below(5) {
        0 | 1 => Value::Null,
        2 => json!({ "email": "Someone@Example.com" }),
        3 => json!({ "id": "customer-1", "email": "someone@example.com", "clubs": clubs }),
        _ => json!({ "id": "customer-1", "clubs": clubs, "tags": tags }),
    }
}

/// An unknown product, service or offer, or all of them at once.
fn break_one(random: &mut Random, cart: &mut Value) {
    let kind = random.below(4);
    if (kind == 0 || kind == 3)
        && let Some(lines) = cart["lines"].as_array_mut()
    {
        lines.push(json!({ "id": "lost", "sku": "GONE", "quantity": 1 }));
    }
    if kind == 1 || kind == 3 {
        cart["shippingService"] = json!("pigeon");
    }
    if (kind == 2 || kind == 3)
        && let Some(grants) = cart["grants"].as_array_mut()
    {
        grants.insert(0, json!({ "upgrade": "u0", "sku": "GONE" }));
    }
}
