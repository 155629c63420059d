//! P20: a confirmation link is spent once, is over after a day, and looking at it spends nothing.

use ledger::{CONFIRMATION, CONFIRMATION_MILLIS, Command, Conflict, Outcome, Reserve};

use crate::shop::{HOUR, Shop, asked, commit, guest, instant, keyed_as, order};

fn ask(id: &str) -> Command {
    ask_for(id, "a@example.com")
}

fn ask_for(id: &str, email: &str) -> Command {
    Command::AskLink { id: id.to_owned(), email: email.to_owned(), idempotency: None }
}

fn click(id: &str) -> Command {
    Command::Confirm { id: id.to_owned(), idempotency: None }
}

fn look(id: &str) -> Command {
    Command::Look { id: id.to_owned() }
}

fn confirmed() -> Outcome {
    Outcome::Confirmed("a@example.com".to_owned())
}

#[test]
fn the_first_click_spends_it() {
    let shop = Shop::new();
    assert_eq!(shop.ask(ask("1"), 0), Outcome::Done);
    for _ in 0..20 {
        assert_eq!(shop.ask(look("1"), 1), confirmed());
    }
    assert_eq!(shop.ask(click("1"), 1), confirmed());
    assert_eq!(shop.conflict(click("1"), 1), Conflict::LinkSpent);
    assert_eq!(shop.conflict(look("1"), 1), Conflict::LinkSpent);
    assert_eq!(shop.conflict(click("2"), 1), Conflict::Unknown);
}

#[test]
fn a_double_click_is_one() {
    let shop = Shop::new();
    shop.ask(ask("1"), 0);
    let twice = || keyed_as(click("1"), "of the page", "1");
    assert_eq!(shop.ask_all(&[twice(), twice()], 1), [confirmed(), confirmed()]);
    assert_eq!(shop.conflict(keyed_as(click("1"), "of another page", "1"), 1), Conflict::LinkSpent);
}

#[test]
fn it_is_over_after_a_day() {
    let shop = Shop::new();
    shop.ask(ask("1"), 0);
    assert_eq!(shop.ask(look("1"), CONFIRMATION_MILLIS - 1), confirmed());
    assert_eq!(shop.conflict(look("1"), CONFIRMATION_MILLIS), Conflict::LinkExpired);
    assert_eq!(shop.conflict(click("1"), CONFIRMATION_MILLIS), Conflict::LinkExpired);
}

#[test]
fn another_takes_its_place() {
    let shop = Shop::new();
    shop.ask(ask("1"), 0);
    shop.ask(click("1"), 0);
    let again = |id: &str, anew: &str| Command::AskAgain { id: id.to_owned(), anew: anew.to_owned() };
    assert_eq!(shop.ask(again("1", "2"), HOUR), Outcome::Done);
    assert_eq!(shop.ask(look("2"), HOUR), confirmed());
    assert_eq!(shop.ask(again("unknown", "3"), HOUR), Outcome::Done);
    assert_eq!(shop.conflict(look("3"), HOUR), Conflict::Unknown);
}

#[test]
fn one_address_is_sent_three_an_hour() {
    let shop = Shop::new();
    for at in 0..9 {
        assert_eq!(shop.ask(ask(&at.to_string()), at), Outcome::Done);
    }
    let sent = |at| shop.ledger.deliveries(instant(at), 99).expect("deliveries").len();
    assert_eq!(sent(9), 3);
    shop.ask(ask("later"), HOUR);
    assert_eq!(sent(HOUR), 4);
}

#[test]
fn a_repeated_call_sends_one() {
    let shop = Shop::new();
    let call = |id: &str, email: &str| keyed_as(ask_for(id, email), "of the page", email);
    assert_eq!(shop.ask(call("1", "a@example.com"), 0), Outcome::Done);
    assert_eq!(shop.ask(call("2", "a@example.com"), 1), Outcome::Done);
    assert_eq!(shop.conflict(call("3", "b@example.com"), 2), Conflict::KeyReused);
    assert_eq!(shop.ledger.deliveries(instant(2), 9).expect("deliveries").len(), 1);
}

/// P19: who times the answer learns nothing.
#[test]
fn a_buyers_address_takes_the_statements_of_any_other() {
    let shop = Shop::new();
    shop.order(order(Reserve { customer: guest("buyer@example.com"), ..asked("1", &[]) }), 0);
    shop.order(commit("1"), 0);
    let statements = |command| {
        shop.sqlite.statements();
        assert_eq!(shop.ask(command, 1), Outcome::Done);
        shop.sqlite.statements()
    };
    let [buyer, other] = ["buyer@example.com", "other@example.com"];
    assert_eq!(statements(ask_for("1", buyer)), statements(ask_for("2", other)));
    let keyed = |id: &str, email: &str| keyed_as(ask_for(id, email), id, email);
    assert_eq!(statements(keyed("3", buyer)), statements(keyed("4", other)));
}

#[test]
fn it_is_sent_by_the_outbox_and_is_not_in_it() {
    let shop = Shop::new();
    shop.ask(ask("1"), 0);
    let sent = shop.ledger.deliveries(instant(0), 9).expect("deliveries");
    let [delivery] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!((delivery.endpoint.as_str(), delivery.message.as_str()), (CONFIRMATION, "msg_1"));
    // In whichever order its fields are written.
    let body: serde_json::Value = serde_json::from_str(&delivery.body).expect("JSON");
    assert_eq!(body, serde_json::json!({ "id": "1", "email": "a@example.com" }));
}
