//! Random discounts of every kind.

use serde_json::{Value, json};

use super::{random::Random, scope::Scope, shop::Shop};

/// Mostly a handful, sometimes as many as 40.
pub(super) fn discounts(random: &mut Random, shop: &Shop) -> Vec<Value> {
    let count = match random.below(20) {
        0 => 20 + random.below(21),
        1 | 2 => 8 + random.below(12),
        _ => random.below(8),
    };
    (0..count).map(|at| discount(random, at, shop)).collect()
}

fn discount(random: &mut Random, at: u64, shop: &Shop) -> Value {
    // Few titles, so that some are equal and the id has to decide.
    let title =
        *random.one_of(&["Case discount", "case Discount", "Élan", "élan", "Zinfandel week", "Spring"]);
    let ends_at = ends_at(random);
    let starts_at = if ends_at.is_none() && random.chance(8) { Some(starts_at(random)) } else { None };
    let scope = Scope::new(random, shop);
    let is_shipping = random.chance(4);
    let must_purchase = is_shipping && random.chance(3);
    let counted = if is_shipping && !must_purchase { None } else { Some(&scope) };
    let mut json = json!({
        "id": format!("d{at}"),
        "kind": kind(random, at),
        "title": title,
        "enabled": if random.chance(16) { Some(false) } else { None },
        "startsAt": starts_at,
        "endsAt": ends_at,
        "audience": audience(random),
        "benefit": if is_shipping {
            shipping(random, shop, must_purchase.then_some(&scope))
        } else {
            json!({ "type": "products", "value": product_value(random, shop), "scope": scope.json() })
        },
        "requirement": requirement(random, shop, counted),
        "usageLimit": usage_limit(random),
        "actionMessage": if random.chance(2) { Some(format!("Message {at}")) } else { None },
    });
    if let Some(fields) = json.as_object_mut() {
        // What is absent is the default: that is to be read too, and keeps the input small.
        fields.retain(|_, field| !field.is_null());
    }
    json
}

fn kind(random: &mut Random, at: u64) -> Value {
    if random.chance(4) {
        json!({ "type": "coupon", "code": format!("CODE-{at}") })
    } else {
        json!({ "type": "promotion" })
    }
}

/// The last instant it runs, or the first it no longer does.
pub(super) fn ends_at(random: &mut Random) -> Option<&'static str> {
    match random.below(20) {
        0 => Some("2026-01-15T12:00:00.001Z"),
        1 => Some("2026-01-15T12:00:00Z"),
        _ => None,
    }
}

/// The first instant it runs, or the last it does not yet.
fn starts_at(random: &mut Random) -> &'static str {
    random.one_of::<&str>(&["2026-01-15T12:00:00Z", "2026-01-15T12:00:00.001Z", "2020-02-29T00:00:00Z"])
}

fn audience(random: &mut Random) -> Value {
    match random.below(8) {
        0 => json!({ "type": "clubs", "clubs": random.some_of(&["gold", "silver"]) }),
        1 => json!({ "type": "tags", "tags": random.some_of(&["vip", "trade"]) }),
        2 => json!({ "type": "everyone" }),
        _ => Value::Null,
    }
}

fn shipping(random: &mut Random, shop: &Shop, must_purchase: Option<&Scope>) -> Value {
    let value = match random.below(4) {
        0 => json!({ "type": "free" }),
        1 => json!({ "type": "percentOff", "percent": percent(random) }),
        2 => json!({ "type": "dollarOff", "amount": shop.money(1 + random.below(3_000)) }),
        _ => json!({ "type": "flatRate", "rate": shop.money(random.below(1_500)) }),
    };
    let services = match random.below(6) {
        0 => json!({ "type": "services", "ids": ["air"] }),
        1 => json!({ "type": "services", "ids": ["air", "ground"] }),
        _ => json!({ "type": "all" }),
    };
    let must_purchase = must_purchase.map(Scope::json);
    json!({ "type": "shipping", "value": value, "services": services, "mustPurchase": must_purchase })
}

/// What comes off products: of a discount or of an offer.
pub(super) fn product_value(random: &mut Random, shop: &Shop) -> Value {
    let dollar_off =
        |minor, applies| json!({ "type": "dollarOff", "amount": shop.money(minor), "applies": applies });
    match random.below(5) {
        0 => dollar_off(1 + random.below(3_000), "oncePerOrder"),
        1 => dollar_off(1 + random.below(800), "perItem"),
        _ => json!({ "type": "percentOff", "percent": percent(random) }),
    }
}

/// Mostly round percentages; some with four decimals, some that make half a cent of a round price.
fn percent(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{}.{:04}", random.below(99), 1 + random.below(9_999)),
        1 => "100".to_owned(),
        2..=4 => (*random.one_of(&["2.5", "12.5", "33.3333", "37.5", "50", "0.5"])).to_owned(),
        _ => (5 * (1 + random.below(8))).to_string(),
    }
}

/// Half of them none; of the others most are just above what the cart holds, so that there is something to nudge to.
fn requirement(random: &mut Random, shop: &Shop, scope: Option<&Scope>) -> Value {
    let only_discounted = random.chance(2);
    let counts = if only_discounted { "onlyDiscounted" } else { "everything" };
    let own = scope.filter(|scope| only_discounted && !scope.is_whole_store());
    let counted = shop.bought().filter(|(product, _)| own.is_none_or(|scope| scope.holds(product)));
    let discountable = |product: &super::shop::Product| product.discountable;
    match random.below(8) {
        0..=2 => {
            let have = counted.filter(|(product, _)| own.is_none() || discountable(product));
            let (minimum, maximum) = bounds(random, have.map(|(_, quantity)| quantity).sum(), 5);
            json!({ "type": "quantity", "minimum": minimum, "maximum": maximum, "counts": counts })
        }
        3..=5 => {
            let have = counted.filter(|(product, _)| discountable(product));
            let have = have.map(|(product, quantity)| product.price * quantity).sum();
            let (minimum, maximum) = bounds(random, have, 4_000);
            let (minimum, maximum) = (minimum.map(|it| shop.money(it)), maximum.map(|it| shop.money(it)));
            json!({ "type": "amount", "minimum": minimum, "maximum": maximum, "counts": counts })
        }
        6 => json!({ "type": "none" }),
        _ => Value::Null,
    }
}

/// A minimum and a maximum around what the cart holds.
fn bounds(random: &mut Random, have: u64, step: u64) -> (Option<u64>, Option<u64>) {
    let minimum = match random.below(12) {
        0 => None,
        1 => Some(have),
        2 => Some(have.saturating_sub(random.below(step))),
        3 => Some(random.below(step * 20)),
        4 => Some(0),
        // No single item may cost as much, nor one line hold as many.
        5 if random.chance(20) => Some(have + 9_999_999_998 + random.below(4)),
        6 if random.chance(20) => Some(have + 99_990 + random.below(9)),
        _ => Some(have + 1 + random.below(step)),
    };
    let from = minimum.unwrap_or_else(|| have.saturating_sub(step));
    (minimum, random.chance(5).then(|| from + random.below(step * 2)))
}

fn usage_limit(random: &mut Random) -> Value {
    match random.below(8) {
        0 => json!({ "type": "perStore", "orders": 1 + random.below(4) }),
        1 => json!({ "type": "perCustomer", "orders": 1 + random.below(2) }),
        2 => json!({ "type": "unlimited" }),
        _ => Value::Null,
    }
}
