//! One random store with one random cart.

mod discounts;
mod random;

use serde_json::{Value, json};

use random::Random;

/// The moment every generated cart is priced at, within some schedules and outside others.
const AS_OF: &str = "2026-01-15T12:00:00Z";

/// The pricing input of a seed and a number.
#[must_use]
pub fn pricing_input(seed: u64, number: u64) -> Value {
    let mut random = Random::new(seed, number);
    let currency = *random.one_of(&["USD", "USD", "USD", "EUR", "JPY", "BHD"]);
    let scale = match currency {
        "JPY" => 0,
        "BHD" => 3,
        _ => 2,
    };
    let products = products(&mut random, scale);
    let discounts = discounts::discounts(&mut random, scale);
    let ids: Vec<String> =
        discounts.iter().filter_map(|discount| discount.get("id")?.as_str().map(str::to_owned)).collect();
    let cart = cart(&mut random, &discounts);
    let mut usage = serde_json::Map::new();
    for id in &ids {
        if random.chance(3) {
            usage.insert(id.clone(), json!({ "store": random.below(5), "customer": random.below(3) }));
        }
    }
    json!({
        "snapshot": {
            "store": { "currency": currency, "timeZone": "America/Los_Angeles" },
            "products": products,
            "shippingServices": [
                { "id": "ground", "title": "Ground", "rate": random.money(2_000, scale) },
                { "id": "air", "title": "Air", "rate": random.money(9_000, scale) },
            ],
            "promotionSets": sets(&mut random, &ids),
            "discounts": discounts,
        },
        "asOf": AS_OF,
        "cart": cart,
        "usage": usage,
    })
}

/// A dozen products, some free, some that can't be discounted, in departments `d0`–`d2` and collections `c0`–`c5`.
fn products(random: &mut Random, scale: u32) -> Vec<Value> {
    (0..12)
        .map(|at| {
            json!({
                "sku": sku(at),
                "title": format!("Product {at}"),
                "price": if random.chance(20) { "0".to_owned() } else { random.money(20_000, scale) },
                "departments": [format!("d{}", random.below(3))],
                "collections": random.some_of(&["c0", "c1", "c2", "c3", "c4", "c5"]),
                "discountable": !random.chance(12),
            })
        })
        .collect()
}

/// Not in the order of numbers, so that canonical order is not the order of making.
pub(crate) fn sku(at: u64) -> String {
    format!("{}{at}", ["Z", "b", "A"].get(usize::try_from(at % 3).unwrap_or(0)).copied().unwrap_or("A"))
}

fn sets(random: &mut Random, ids: &[String]) -> Vec<Value> {
    (0..random.below(4))
        .map(|at| {
            let members: Vec<_> = ids.iter().filter(|_| random.chance(3)).collect();
            json!({ "id": format!("s{at}"), "title": format!("Set {at}"), "discounts": members })
        })
        .collect()
}

fn cart(random: &mut Random, discounts: &[Value]) -> Value {
    let mut codes = Vec::new();
    for code in discounts.iter().filter_map(|discount| discount.pointer("/kind/code")?.as_str()) {
        match random.below(4) {
            0 => codes.push(format!(" {} ", code.to_lowercase())),
            1 => codes.push(code.to_owned()),
            _ => {}
        }
    }
    if random.chance(8) {
        codes.push("NOSUCHCODE".to_owned());
    }
    codes.truncate(10);
    let lines: Vec<Value> = (0..=random.below(9))
        .map(|at| {
            let quantity = if random.chance(10) { 99_999 } else { 1 + random.below(14) };
            json!({ "id": format!("{at}"), "sku": sku(random.below(12)), "quantity": quantity })
        })
        .collect();
    let customer = match random.below(3) {
        0 => Value::Null,
        1 => json!({ "email": "Someone@Example.com" }),
        _ => json!({
            "id": "customer-1",
            "clubs": random.some_of(&["gold", "silver"]),
            "tags": random.some_of(&["vip", "trade"]),
        }),
    };
    let service = *random.one_of(&[None, Some("ground"), Some("air")]);
    json!({ "lines": lines, "codes": codes, "shippingService": service, "customer": customer })
}
