//! Random upgrades, and the offers of them that the buyer holds.

use serde_json::{Value, json};

use super::{
    discounts::{ends_at, product_value},
    random::Random,
    shop::Shop,
};

/// None in half of the stores, up to three in others.
pub(super) fn upgrades(random: &mut Random, shop: &Shop) -> Vec<Value> {
    let count = if random.chance(2) { 0 } else { 1 + random.below(3) };
    (0..count).map(|at| upgrade(random, shop, at)).collect()
}

fn upgrade(random: &mut Random, shop: &Shop, at: u64) -> Value {
    let mut skus: Vec<String> = (0..=random.below(3)).map(|_| shop.sku(random)).collect();
    skus.sort();
    skus.dedup();
    let offers: Vec<Value> = skus.into_iter().map(|sku| offer(random, shop, sku)).collect();
    let mut json = json!({
        "id": format!("u{at}"),
        "triggers": [shop.sku(random)],
        "offers": offers,
        "endsAt": ends_at(random),
    });
    if random.chance(2) {
        json["title"] = json!(random.one_of(&["Case discount", "Thank you"]));
    }
    if random.chance(2) {
        json["message"] = json!(format!("Offer {at}"));
    }
    json
}

/// Without `units` it is one.
fn offer(random: &mut Random, shop: &Shop, sku: String) -> Value {
    let mut json = json!({ "sku": sku, "value": product_value(random, shop) });
    if random.chance(2) {
        json["units"] = json!(1 + random.below(3));
    }
    json
}

/// Most offers are held, one in a while twice.
pub(super) fn grants(random: &mut Random, upgrades: &[Value]) -> Vec<Value> {
    let mut grants = Vec::new();
    for upgrade in upgrades {
        for offer in upgrade["offers"].as_array().into_iter().flatten() {
            let grant = json!({ "upgrade": upgrade["id"], "sku": offer["sku"] });
            if random.chance(12) {
                grants.push(grant.clone());
            }
            if !random.chance(3) {
                grants.push(grant);
            }
        }
    }
    grants
}

/// The ids under which the uses of offers are counted.
pub(super) fn offer_ids(upgrades: &[Value]) -> Vec<String> {
    let ids = upgrades.iter().flat_map(|upgrade| {
        let offers = upgrade["offers"].as_array().into_iter().flatten();
        offers.filter_map(|offer| Some(format!("{}/{}", upgrade["id"].as_str()?, offer["sku"].as_str()?)))
    });
    ids.collect()
}
