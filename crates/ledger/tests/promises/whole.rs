//! P3: whichever statement fails, before it is run or after, nothing is left of the turn; and then it can be done again.

use crate::{
    shop::{STORE, Shop, instant},
    sqlite::{Fault, Sqlite},
    work::{WORK, Work},
};

/// Lets every statement of a piece of work fail, one after the other; how many there were.
fn whole_or_absent(work: &Work, database: fn() -> Sqlite) -> Result<usize, String> {
    let untroubled = Shop::at(database());
    work.prepare(&untroubled);
    let expected = untroubled.ask_all(&work.commands(), work.at());
    let after = untroubled.sqlite.dump();
    for fault in [Fault::Before, Fault::After] {
        for number in 1.. {
            let shop = Shop::at(database());
            work.prepare(&shop);
            let before = shop.sqlite.dump();
            shop.sqlite.fail(fault, number);
            let troubled = shop.ledger.carry_out(&work.commands(), instant(work.at()));
            let name = format!("{}, {fault:?} statement {number}", work.name);
            if !shop.sqlite.mend() {
                if fault == Fault::After {
                    return Ok(number - 1);
                }
                break;
            }
            if troubled.is_ok() {
                return Err(format!("{name}: an answer in spite of a failure"));
            }
            if shop.sqlite.dump() != before {
                return Err(format!("{name}: something is left"));
            }
            // The same again is done as if nothing had been.
            if shop.ask_all(&work.commands(), work.at()) != expected || shop.sqlite.dump() != after {
                return Err(format!("{name}: it comes out differently afterwards"));
            }
        }
    }
    Ok(0)
}

#[test]
fn a_turn_that_fails_leaves_nothing() {
    for work in &WORK {
        let statements = whole_or_absent(work, Sqlite::in_memory);
        assert!(statements.as_ref().is_ok_and(|count| *count > 5), "{}: {statements:?}", work.name);
    }
}

#[test]
fn a_ledger_without_transactions_is_seen() {
    for work in &WORK {
        assert!(whole_or_absent(work, Sqlite::torn_in_memory).is_err(), "{}", work.name);
    }
}

#[test]
fn tables_that_can_not_be_made_are_made_the_next_time() {
    let whole = Sqlite::in_memory();
    drop(Shop::at(whole.clone()));
    for number in 1.. {
        let sqlite = Sqlite::in_memory();
        sqlite.fail(Fault::After, number);
        let opened = ledger::Ledger::open(sqlite.clone(), STORE.to_owned());
        if !sqlite.mend() {
            assert!(number > 20, "only {number} statements");
            break;
        }
        assert!(opened.is_err());
        assert_eq!(sqlite.rows("SELECT name FROM sqlite_master"), Vec::<String>::new());
        drop(Shop::at(sqlite.clone()));
        let tables = "SELECT name, sql FROM sqlite_master ORDER BY name";
        assert_eq!(sqlite.rows(tables), whole.rows(tables));
    }
}
