//! What a command costs: each statement takes microseconds at the edge, and none may grow with the number of orders.

use std::collections::BTreeSet;

use fastrand::Rng;
use ledger::{Command, Fanned, Page, Reserve};

use crate::{
    model::Model,
    random::{command, later},
    shop::{
        HOUR, Shop, asked, commit, guest, instant, keyed, order, per_customer, per_store, release, reserve,
        unlimited,
    },
};

/// How many statements a command takes.
#[track_caller]
fn costs(shop: &Shop, command: Command) -> usize {
    shop.sqlite.statements();
    shop.order(command, 1);
    shop.sqlite.statements().len()
}

#[test]
fn a_command_takes_as_many_statements_as_it_must() {
    let shop = Shop::new();
    let by_quote = |reference: &str, used| {
        let quote = Some(format!("quote of {reference}"));
        order(Reserve { quote, customer: guest(reference), ..asked(reference, &[used]) })
    };
    // What is due · the order · may it · write it · its event · its use · its count; then the key, twice; the quote; and
    // how often the customer had it.
    assert_eq!(costs(&shop, reserve("1", &[per_store("a", 9)])), 7);
    assert_eq!(costs(&shop, keyed(reserve("2", &[per_store("a", 9)]), "k")), 9);
    assert_eq!(costs(&shop, keyed(by_quote("3", per_store("a", 9)), "l")), 10);
    assert_eq!(costs(&shop, by_quote("4", per_customer("a", 9))), 9);
    // A further discount: may it · its use · its count.
    assert_eq!(costs(&shop, reserve("5", &[per_store("a", 9), unlimited("b")])), 10);
    // A repeated call writes nothing.
    assert_eq!(costs(&shop, reserve("1", &[per_store("a", 9)])), 2);
    assert_eq!(costs(&shop, keyed(reserve("2", &[per_store("a", 9)]), "k")), 2);
    assert_eq!(costs(&shop, keyed(commit("1"), "m")), 7);
    assert_eq!(costs(&shop, release("2", ledger::Reason::Failed)), 6);
}

#[test]
fn what_is_due_is_asked_once_for_all_commands_of_a_turn() {
    let shop = Shop::new();
    let commands: Vec<Command> =
        (0..50).map(|at: u32| reserve(&at.to_string(), &[per_store("a", 99)])).collect();
    shop.sqlite.statements();
    shop.ask_all(&commands, 0);
    assert_eq!(shop.sqlite.statements().len(), 1 + 50 * 6);
}

/// Every statement that the ledger has, from a life full of everything.
fn all_statements() -> (Shop, BTreeSet<String>) {
    let (shop, mut model, mut rng, mut now) = (Shop::new(), Model::default(), Rng::with_seed(1), 0);
    shop.sqlite.statements();
    for _ in 0..3_000 {
        now = later(&mut rng, now, &model);
        let command = command(&mut rng);
        shop.ask(command.clone(), now);
        model.carry_out(&command, instant(now).millis());
    }
    let events = shop.ledger.events(instant(now), 9, u32::MAX).expect("events");
    let fanned = Fanned { event: events[0].id, endpoint: "w".to_owned(), body: "{}".to_owned(), kind: None };
    shop.ledger.postpone(&[events[1].id], instant(now)).expect("a database");
    shop.ledger.fan_out(&[events[0].id], &[fanned], instant(now)).expect("a database");
    let delivery = shop.ledger.deliveries(instant(now), 9).expect("deliveries").remove(0);
    shop.ledger.failed(delivery.id, instant(now), "no").expect("a database");
    shop.ask(Command::Retry { id: delivery.id }, now);
    shop.ask_all(&[Command::Outbox(Page { after: None, most: 9 }), Command::Counts], now);
    shop.ledger.delivered(delivery.id).expect("a database");
    shop.ledger.next_due().expect("a database");
    shop.ledger.sweep(instant(now + HOUR)).expect("a database");
    let statements = shop.sqlite.statements().into_iter().collect();
    (shop, statements)
}

/// What may be read from one end to the other: lists that are asked for whole, and lists in the statement itself.
const READ_WHOLE: [&str; 3] = ["counts", "json_each", "deliveries"];

#[test]
fn no_statement_reads_all_orders_and_all_texts_are_constant() {
    let (shop, statements) = all_statements();
    // A text for each thing to do, however many orders there were: they are prepared once.
    assert!((30..50).contains(&statements.len()), "{} texts", statements.len());
    for statement in &statements {
        // A plan is the same whatever the values are.
        let filled = (1..=16).rev().fold(statement.clone(), |text, at| text.replace(&format!("?{at}"), "0"));
        for step in shop.sqlite.rows(&format!("EXPLAIN QUERY PLAN {filled}")) {
            let scanned = step.split("SCAN ").nth(1).and_then(|rest| rest.split(' ').next());
            let is_fine = match scanned {
                // Of what came out of a question inside.
                Some(table) if table.starts_with('(') => true,
                Some("CONSTANT") | None => true,
                // In the order of its numbers, which ends at the limit.
                Some("events") => statement.contains("ORDER BY id LIMIT"),
                Some(table) => READ_WHOLE.contains(&table) || step.contains("USING COVERING INDEX"),
            };
            assert!(is_fine, "{step}\nin {statement}");
        }
    }
}
