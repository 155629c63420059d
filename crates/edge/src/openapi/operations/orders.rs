//! What a shop's server asks.

use ledger::Conflict::{
    OrderClosed, OrderCommitted, OrderExists, OrderNotCommitted, QuoteUsed, RefundExists, RefundTooLarge,
    ReservationExpired, TotalMismatch, Unknown,
};
use serde_json::{Value, json};
use wire::Problem;

use crate::{
    body,
    openapi::{
        examples,
        operation::{Operation, Tag::Orders},
        schema::named,
    },
    order_book, problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![reserve(), get(), commit(), release(), refund(), extend()]
}

fn conflicts(conflicts: &[ledger::Conflict]) -> Vec<Problem> {
    conflicts.iter().map(|conflict| order_book::problem(*conflict)).collect()
}

fn reserve() -> Operation {
    Operation::new("POST /v1/orders", "reserveOrder", Orders, "Reserve an order")
        .about(
            "All its discounts are held for 30 minutes. If a limit was reached since the quote, or a discount stopped, \
             the order is reserved at the new price, and `changed` says so. A repeated call gets the first answer.",
        )
        .idempotent()
        .takes("OrderRequest", body::MAXIMUM, &[("cart", examples::order_request())])
        .answers(201, "The order, reserved.", named("Order"))
        .such_as(examples::order())
        .refuses(conflicts(&[OrderExists, OrderCommitted, OrderClosed, QuoteUsed]))
        .refuses(vec![
            problem::quote_mismatch("It was made for another customer: quote the cart for this one"),
            problem::quote_expired(),
            problem::invalid_quote(),
            problem::no_snapshot(),
            problem::not_configured(),
            problem::ledger_unavailable(),
        ])
}

fn get() -> Operation {
    Operation::new("GET /v1/orders/{reference}", "getOrder", Orders, "Get an order")
        .answers(200, "The order as it stands.", named("Order"))
        .such_as(examples::order())
        .refuses(conflicts(&[Unknown]))
        .refuses(vec![problem::ledger_unavailable()])
}

/// A call that changes an order.
fn change(
    name: &'static str,
    id: &'static str,
    summary: &'static str,
    (schema, example): (&str, Value),
    stands_against: &[ledger::Conflict],
) -> Operation {
    Operation::new(name, id, Orders, summary)
        .idempotent()
        .takes(schema, body::MAXIMUM, &[("usual", example)])
        .answers(200, "The order as it stands now.", named("Order"))
        .refuses(conflicts(&[Unknown]))
        .refuses(conflicts(stands_against))
        .refuses(vec![problem::ledger_unavailable()])
}

fn commit() -> Operation {
    let body = ("CommitRequest", json!({ "total": "319.20" }));
    let against = [TotalMismatch, ReservationExpired, OrderClosed];
    change("POST /v1/orders/{reference}/commit", "commitOrder", "Say that an order is paid", body, &against)
        .about("A payment that comes late commits an expired order, if its uses are still left.")
}

fn release() -> Operation {
    let body = ("ReleaseRequest", json!({ "reason": "failed" }));
    let against = [OrderCommitted, OrderClosed];
    change("POST /v1/orders/{reference}/release", "releaseOrder", "Give an order up", body, &against)
        .about("Its uses come back at once. An order that is paid takes the reason `cancelled`.")
}

fn refund() -> Operation {
    let body = ("RefundRequest", json!({ "id": "rf-1", "amount": "12.00" }));
    let against = [OrderNotCommitted, OrderClosed, RefundTooLarge, RefundExists];
    change(
        "POST /v1/orders/{reference}/refund",
        "refundOrder",
        "Say that money was given back",
        body,
        &against,
    )
    .about("When all is given back, the uses come back too.")
}

fn extend() -> Operation {
    let against = [OrderCommitted, ReservationExpired, OrderClosed];
    let body = ("Nothing", json!({}));
    change("POST /v1/orders/{reference}/extend", "extendOrder", "Hold an order for longer", body, &against)
        .about("30 minutes from now, a day at most.")
}
