//! One random store with one random cart.

mod cart;
mod discounts;
mod random;
mod scope;
mod shop;
mod upgrades;

use serde_json::{Map, Value, json};

use random::Random;
use shop::Shop;

/// The moment every generated cart is priced at, within some schedules and outside others.
const AS_OF: &str = "2026-01-15T12:00:00Z";

/// The pricing input of a seed and a number: always one that can be read; one cart in fifty asks for what its store
/// does not have.
#[must_use]
pub fn pricing_input(seed: u64, number: u64) -> Value {
    draw(&mut Random::new(seed, number))
}

/// The pricing input of choices made outside: a sound one for any bytes.
#[must_use]
pub fn drawn_input(choices: &[u8]) -> Value {
    draw(&mut Random::given(choices))
}

fn draw(random: &mut Random) -> Value {
    let shop = Shop::new(random);
    let discounts = discounts::discounts(random, &shop);
    let upgrades = upgrades::upgrades(random, &shop);
    let grants = upgrades::grants(random, &upgrades);
    let ids = |rules: &[Value]| -> Vec<String> {
        rules.iter().filter_map(|rule| rule["id"].as_str().map(str::to_owned)).collect()
    };
    let listed: Vec<String> = ids(&discounts).into_iter().chain(ids(&upgrades)).collect();
    let counted: Vec<String> = ids(&discounts).into_iter().chain(upgrades::offer_ids(&upgrades)).collect();
    let services = [
        json!({ "id": "ground", "title": "Ground", "rate": shop.money(random.below(5_000)) }),
        json!({ "id": "air", "title": "Air", "rate": shop.money(1 + random.below(12_000)) }),
    ];
    json!({
        "snapshot": {
            "store": { "currency": shop.currency, "timeZone": "America/Los_Angeles" },
            "products": shop.products_json(),
            "shippingServices": services,
            "promotionSets": sets(random, &listed),
            "upgrades": upgrades,
            "discounts": discounts,
        },
        "asOf": AS_OF,
        "cart": cart::cart(random, &shop, &discounts, grants),
        "usage": usage(random, &counted),
    })
}

/// None to six sets: the more rules there are, the smaller a part of them a set lists.
fn sets(random: &mut Random, rules: &[String]) -> Vec<Value> {
    let part = 1 + rules.len() as u64 / 10;
    let mut set = |at| {
        let members: Vec<_> = rules.iter().filter(|_| random.below(part + 1) == 0).collect();
        json!({ "id": format!("s{at}"), "title": format!("Set {at}"), "discounts": members })
    };
    let some: Vec<Value> = (0..6).map(&mut set).collect();
    let count = usize::try_from(random.below(7)).unwrap_or(0);
    some.into_iter().take(count).collect()
}

fn usage(random: &mut Random, rules: &[String]) -> Map<String, Value> {
    let mut usage = Map::new();
    for id in rules {
        if random.chance(4) {
            usage.insert(id.clone(), json!({ "store": random.below(5), "customer": random.below(3) }));
        }
    }
    usage
}
