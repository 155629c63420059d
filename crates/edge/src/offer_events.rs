//! What an order has brought about in upgrade offers, as webhooks are told: offers that it has earned, and offers that it
//! has redeemed. Both when it is paid.

use ledger::{Event, EventKind, Limit, Order};
use pricing::model::{Instant, Upgrade, UpgradeOffer};
use serde_json::{Value, json};
use wire::format_instant;

use crate::{compiled::Compiled, offers, order_json, publishing, store::history::Bought};

const GRANTED: &str = "offer.granted";
const REDEEMED: &str = "offer.redeemed";

/// The types of all events that webhooks may get.
pub(crate) fn types() -> Vec<&'static str> {
    EventKind::ALL.iter().map(|kind| kind.name()).chain([GRANTED, REDEEMED, publishing::PUBLISHED]).collect()
}

/// The events that come with one, each with its type and what is sent of it.
pub(crate) fn of(event: &Event, compiled: &Compiled) -> Vec<(&'static str, String)> {
    if event.kind != EventKind::Committed {
        return Vec::new();
    }
    let both = [(GRANTED, granted(&event.order, compiled)), (REDEEMED, redeemed(&event.order, compiled))];
    both.into_iter()
        .filter(|(_, offers)| !offers.is_empty())
        .map(|(kind, offers)| (kind, body(kind, event, &offers)))
        .collect()
}

fn granted(order: &Order, compiled: &Compiled) -> Vec<Value> {
    let bought = [Bought { reference: order.reference.clone(), skus: order_json::skus(order) }];
    let earned = offers::earned(compiled, &bought);
    earned
        .iter()
        .map(|earned| offer(earned.upgrade.id.as_str(), earned.offer.sku.as_str(), earned.order))
        .collect()
}

fn redeemed(order: &Order, compiled: &Compiled) -> Vec<Value> {
    let named = |discount: &str| {
        let is_it = |(upgrade, offer): &(&Upgrade, &UpgradeOffer)| {
            Upgrade::offer_id(&upgrade.id, &offer.sku).is_ok_and(|id| id.as_str() == discount)
        };
        compiled.offers().find(is_it)
    };
    let uses = order.uses.iter().filter_map(|used| match &used.limit {
        Limit::PerGrant(by) => {
            let (upgrade, made) = named(&used.discount)?;
            Some(offer(upgrade.id.as_str(), made.sku.as_str(), by))
        }
        _ => None,
    });
    uses.collect()
}

fn offer(upgrade: &str, sku: &str, earned_by: &str) -> Value {
    json!({ "upgrade": upgrade, "sku": sku, "earnedBy": earned_by })
}

fn body(kind: &str, event: &Event, offers: &[Value]) -> String {
    let Order { reference, .. } = &event.order;
    let customer = order_json::customer(&event.order);
    let timestamp = format_instant(Instant::from_millis(event.at));
    let data = json!({ "order": reference, "customer": customer, "offers": offers });
    json!({ "type": kind, "timestamp": timestamp, "data": data }).to_string()
}
