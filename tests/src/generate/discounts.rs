//! Random discounts of every kind.

use serde_json::{Value, json};

use super::{random::Random, sku};

/// None to ten discounts.
pub(super) fn discounts(random: &mut Random, scale: u32) -> Vec<Value> {
    (0..random.below(11)).map(|at| discount(random, at, scale)).collect()
}

fn discount(random: &mut Random, at: u64, scale: u32) -> Value {
    // Few titles, so that some are equal and the id has to decide.
    let title =
        *random.one_of(&["Case discount", "case Discount", "Élan", "élan", "Zinfandel week", "Spring"]);
    let ends_at = ends_at(random);
    let starts_at = if ends_at.is_none() && random.chance(8) { Some("2026-01-15T12:00:00Z") } else { None };
    json!({
        "id": format!("d{at}"),
        "kind": kind(random, at),
        "title": title,
        "enabled": !random.chance(12),
        "startsAt": starts_at,
        "endsAt": ends_at,
        "audience": audience(random),
        "benefit": benefit(random, scale),
        "requirement": requirement(random, scale),
        "usageLimit": usage_limit(random),
        "actionMessage": if random.chance(2) { Some(format!("Message {at}")) } else { None },
    })
}

fn kind(random: &mut Random, at: u64) -> Value {
    if random.chance(3) {
        json!({ "type": "coupon", "code": format!("CODE-{at}") })
    } else {
        json!({ "type": "promotion" })
    }
}

/// The last instant it runs, or the first it no longer does.
fn ends_at(random: &mut Random) -> Option<&'static str> {
    match random.below(16) {
        0 => Some("2026-01-15T12:00:00.001Z"),
        1 => Some("2026-01-15T12:00:00Z"),
        _ => None,
    }
}

fn audience(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({ "type": "clubs", "clubs": random.some_of(&["gold", "silver"]) }),
        1 => json!({ "type": "tags", "tags": random.some_of(&["vip", "trade"]) }),
        _ => json!({ "type": "everyone" }),
    }
}

fn benefit(random: &mut Random, scale: u32) -> Value {
    if random.chance(4) {
        let value = match random.below(4) {
            0 => json!({ "type": "free" }),
            1 => json!({ "type": "percentOff", "percent": percent(random) }),
            2 => json!({ "type": "dollarOff", "amount": random.money(3_000, scale) }),
            _ => json!({ "type": "flatRate", "rate": random.money(3_000, scale) }),
        };
        let services = if random.chance(3) {
            json!({ "type": "services", "ids": ["air"] })
        } else {
            json!({ "type": "all" })
        };
        let must_purchase = if random.chance(3) { scope(random) } else { Value::Null };
        return json!({ "type": "shipping", "value": value, "services": services, "mustPurchase": must_purchase });
    }
    let value = match random.below(4) {
        0 => json!({ "type": "dollarOff", "amount": random.money(3_000, scale), "applies": "oncePerOrder" }),
        1 => json!({ "type": "dollarOff", "amount": random.money(800, scale), "applies": "perItem" }),
        _ => json!({ "type": "percentOff", "percent": percent(random) }),
    };
    json!({ "type": "products", "value": value, "scope": scope(random) })
}

/// Mostly round percentages, some with four decimals.
fn percent(random: &mut Random) -> String {
    match random.below(4) {
        0 => format!("{}.{:04}", random.below(99), 1 + random.below(9_999)),
        1 => "100".to_owned(),
        _ => (5 * (1 + random.below(12))).to_string(),
    }
}

fn scope(random: &mut Random) -> Value {
    let include = match random.below(4) {
        0 => json!({ "type": "store" }),
        1 => json!({ "type": "collections", "ids": random.some_of(&["c0", "c1", "c2", "c3", "c4", "c5"]) }),
        2 => json!({ "type": "departments", "ids": random.some_of(&["d0", "d1", "d2"]) }),
        _ => {
            json!({ "type": "products", "skus": [sku(random.below(12)), sku(random.below(12)), sku(random.below(12))] })
        }
    };
    let exclude = json!({
        "products": if random.chance(5) { vec![sku(random.below(12))] } else { vec![] },
        "collections": if random.chance(6) { vec!["c5"] } else { vec![] },
        "departments": if random.chance(9) { vec!["d2"] } else { vec![] },
    });
    json!({ "include": include, "exclude": exclude })
}

fn requirement(random: &mut Random, scale: u32) -> Value {
    let counts = *random.one_of(&["everything", "onlyDiscounted"]);
    match random.below(4) {
        0 => {
            let minimum = random.below(25);
            let maximum = if random.chance(3) { Some(minimum + 1 + random.below(30)) } else { None };
            json!({ "type": "quantity", "minimum": minimum, "maximum": maximum, "counts": counts })
        }
        1 => json!({ "type": "amount", "minimum": random.money(90_000, scale), "counts": counts }),
        2 if random.chance(2) => {
            json!({ "type": "amount", "maximum": random.money(90_000, scale), "counts": counts })
        }
        _ => json!({ "type": "none" }),
    }
}

fn usage_limit(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({ "type": "perStore", "orders": 1 + random.below(4) }),
        1 => json!({ "type": "perCustomer", "orders": 1 + random.below(2) }),
        _ => json!({ "type": "unlimited" }),
    }
}
