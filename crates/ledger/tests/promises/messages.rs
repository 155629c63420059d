//! What goes between the Worker and the object, and stays in its tables: its shape is kept by what is already stored.

use ledger::{Command, Conflict, Count, Order, Outcome, Pending, Refusal, RefusalReason, Reserve};
use serde::{Serialize, de::DeserializeOwned};

use crate::shop::{
    START, Shop, asked, commit, get, keyed_as, member_with, order, paid, per_customer, per_store, recall,
    refund, release, reserve, switch, unlimited,
};

#[track_caller]
fn is<T: Serialize + DeserializeOwned + PartialEq + core::fmt::Debug>(value: &T, text: &str) {
    assert_eq!(serde_json::to_string(value).expect("JSON"), text);
    assert_eq!(serde_json::from_str::<T>(text).expect("what was written"), *value);
}

#[test]
fn commands_have_one_shape() {
    let wanted = Reserve {
        quote: Some("q".to_owned()),
        customer: member_with("x", "p"),
        fingerprint: "f".to_owned(),
        ..asked("1", &[per_store("a", 2), per_customer("b", 3), unlimited("c")])
    };
    is(
        &keyed_as(order(wanted), "k", "r"),
        r#"{"reserve":{"reference":"1","fingerprint":"f","quote":"q","replace":false,"customer":{"id":"x","email":"p"},"uses":[{"discount":"a","limit":{"perStore":2}},{"discount":"b","limit":{"perCustomer":3}},{"discount":"c","limit":"unlimited"}],"currency":"USD","total":1000,"body":"{\"reference\":\"1\"}","idempotency":{"key":"k","request":"r"}}}"#,
    );
    is(&recall("1", "f"), r#"{"recall":{"reference":"1","fingerprint":"f","idempotency":null}}"#);
    is(&get("1"), r#"{"get":{"reference":"1"}}"#);
    is(&paid("1", 5), r#"{"commit":{"reference":"1","total":5,"idempotency":null}}"#);
    is(
        &release("1", ledger::Reason::Abandoned),
        r#"{"release":{"reference":"1","reason":"abandoned","idempotency":null}}"#,
    );
    is(&refund("1", "r", Some(5)), r#"{"refund":{"reference":"1","id":"r","amount":5,"idempotency":null}}"#);
    is(&switch("a", true), r#"{"switch":{"discount":"a","stopped":true}}"#);
    is(&Command::Counts, r#""counts""#);
    is(&Command::Retry { id: 7 }, r#"{"retry":{"id":7}}"#);
}

#[test]
fn outcomes_have_one_shape() {
    let shop = Shop::new();
    shop.order(reserve("1", &[unlimited("a")]), 0);
    let paid: Order = shop.order(commit("1"), 1);
    let (reserved_at, expires_at, committed_at) = (START, START + 1_800_000, START + 1);
    is(
        &Outcome::Order(Box::new(paid)),
        &format!(
            r#"{{"order":{{"reference":"1","status":"committed","revision":2,"customer":{{"id":null,"email":null}},"currency":"USD","total":1000,"refunded":0,"reservedAt":{reserved_at},"expiresAt":{expires_at},"committedAt":{committed_at},"closedAt":null,"uses":[{{"discount":"a","limit":"unlimited"}}],"body":"{{\"reference\":\"1\"}}"}}}}"#
        ),
    );
    let refusal = Refusal { discount: "a".to_owned(), reason: RefusalReason::LimitReached };
    is(&Outcome::Refused(vec![refusal]), r#"{"refused":[{"discount":"a","reason":"limitReached"}]}"#);
    is(&Outcome::Conflict(Conflict::KeyReused), r#"{"conflict":"keyReused"}"#);
    let count = Count { discount: "a".to_owned(), held: 1, spent: 2, stopped: false };
    is(&Outcome::Counts(vec![count]), r#"{"counts":[{"discount":"a","held":1,"spent":2,"stopped":false}]}"#);
    is(&Outcome::CustomerCounts(vec![("a".to_owned(), 1)]), r#"{"customerCounts":[["a",1]]}"#);
    let pending = Pending {
        id: 1,
        message: "msg_1".to_owned(),
        endpoint: "w".to_owned(),
        kind: "order.reserved".to_owned(),
        attempts: 2,
        due_at: 3,
        dead_at: None,
        error: Some("no".to_owned()),
    };
    is(
        &Outcome::Outbox(vec![pending]),
        r#"{"outbox":[{"id":1,"message":"msg_1","endpoint":"w","kind":"order.reserved","attempts":2,"dueAt":3,"deadAt":null,"error":"no"}]}"#,
    );
    is(&Outcome::Done, r#""done""#);
}
