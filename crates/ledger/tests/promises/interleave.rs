//! P1: clients whose steps come in any order, who ask again because an answer was lost, take exactly as many uses as
//! there are; a key never changes its answer.

use std::collections::{BTreeMap, VecDeque};

use fastrand::Rng;
use ledger::{Command, Outcome};

use crate::{
    naive::{InSteps, Naive},
    shop::{Shop, per_store, reserve},
};

const LIMIT: u64 = 5;
const CLIENTS: u64 = 4;
const ORDERS: u64 = 4;
const SEEDS: u64 = 300;

/// A client: the orders it is yet to place, and what it is about to write.
struct Client<Seen> {
    to_ask: VecDeque<Command>,
    begun: Option<(Command, Seen)>,
}

/// Each client places orders of its own, some of them twice, and one that all of them place.
fn clients<Seen>(rng: &mut Rng) -> Vec<Client<Seen>> {
    let client = |client: u64| {
        let own = (0..ORDERS).map(|order| format!("{client}-{order}"));
        let once = own.chain(["shared".to_owned()]);
        let mut to_ask: VecDeque<Command> = once
            .flat_map(|reference| vec![reserve(&reference, &[per_store("a", LIMIT)]); rng.usize(1..=2)])
            .collect();
        rng.shuffle(to_ask.make_contiguous());
        Client { to_ask, begun: None }
    };
    (0..CLIENTS).map(client).collect()
}

fn exactly_the_limit<L: InSteps>(ledger: &L, seed: u64) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed);
    let mut clients = clients(&mut rng);
    let mut taken: BTreeMap<String, bool> = BTreeMap::new();
    while !clients.is_empty() {
        let at = rng.usize(..clients.len());
        let client = &mut clients[at];
        match (client.begun.take(), client.to_ask.pop_front()) {
            (Some((command, seen)), next) => {
                if let Some(next) = next {
                    client.to_ask.push_front(next);
                }
                let Command::Reserve(wanted) = &command else { return Err("no order".to_owned()) };
                let is_taken = matches!(ledger.write(&command, seen), Outcome::Order(_));
                // What was once taken stays so; what was refused may be taken later, but here nothing is given back.
                if *taken.entry(wanted.reference.clone()).or_insert(is_taken) != is_taken {
                    return Err(format!("{} changed its answer", wanted.reference));
                }
            }
            (None, Some(command)) => client.begun = Some((command.clone(), ledger.look(&command))),
            (None, None) => drop(clients.remove(at)),
        }
    }
    let count = taken.values().filter(|is_taken| **is_taken).count() as u64;
    if count == LIMIT { Ok(()) } else { Err(format!("{count} orders have one of {LIMIT} uses")) }
}

#[test]
fn steps_in_any_order_take_exactly_what_there_is() {
    for seed in 0..SEEDS {
        let shop = Shop::new();
        assert_eq!(exactly_the_limit(&shop, seed), Ok(()), "seed {seed}");
        assert_eq!(shop.uses("a"), (LIMIT, 0));
    }
}

#[test]
fn a_ledger_that_reads_and_then_writes_is_seen() {
    let caught = (0..SEEDS).filter(|seed| exactly_the_limit(&Naive::default(), *seed).is_err()).count();
    assert!(caught as u64 > SEEDS / 2, "only {caught} of {SEEDS} were caught");
}

#[test]
fn of_a_batch_for_the_last_use_the_first_gets_it() {
    let shop = Shop::new();
    let asked = [reserve("1", &[per_store("a", 1)]), reserve("2", &[per_store("a", 1)])];
    let [first, second] = &shop.ask_all(&asked, 0)[..] else { panic!("an outcome for each") };
    assert!(matches!(first, Outcome::Order(_)) && matches!(second, Outcome::Refused(_)));
    // Double clicks of one turn are one order.
    let asked = [asked[0].clone(), asked[0].clone()];
    assert_eq!(shop.ask_all(&asked, 1), [first.clone(), first.clone()]);
    assert_eq!(shop.uses("a"), (1, 0));
}
