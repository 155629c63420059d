//! P4: what clients see who ask at the same time has an order in which it would be right, one call after the other
//! (Wing, Gong and Lowe's algorithm, against the model).

use std::{
    fs,
    path::Path,
    sync::{Barrier, Mutex, PoisonError, mpsc},
    thread,
};

use fastrand::Rng;
use ledger::{Command, Ledger, Outcome, Reason};
use todc_utils::{Action, History, Specification, WGLChecker};

use crate::{
    model::Model,
    naive::{InSteps, Naive},
    shop::{
        START, STORE, Shop, cancel, commit, extend, get, instant, per_store, refund, release, replace,
        reserve,
    },
    sqlite::Sqlite,
};

const HISTORIES: u64 = 30;
const CLIENTS: usize = 4;
const CALLS: usize = 14;

/// A call, and its outcome where there is one.
type Call = (Command, Option<Outcome>);
type Actions = Vec<(usize, Action<Call>)>;

struct Counting;

impl Specification for Counting {
    type State = Model;
    type Operation = Call;

    fn init() -> Model {
        Model::default()
    }

    fn apply((command, outcome): &Call, state: &Model) -> (bool, Model) {
        let mut next = state.clone();
        let right = next.carry_out(command, START);
        if outcome.as_ref() == Some(&right) { (true, next) } else { (false, state.clone()) }
    }
}

fn is_linearizable(actions: Actions) -> bool {
    WGLChecker::<Counting>::is_linearizable(History::from_actions(actions))
}

/// What happened, in the order in which it did: a call is noted before it is made, an answer after it is here.
#[derive(Default)]
struct Record(Mutex<Actions>);

impl Record {
    fn call(&self, client: usize, command: Command, ask: impl FnOnce(&Command) -> Outcome) {
        self.note(client, Action::Call((command.clone(), None)));
        let outcome = ask(&command);
        self.note(client, Action::Response((command, Some(outcome))));
    }

    fn note(&self, client: usize, action: Action<Call>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((client, action));
    }

    fn actions(self) -> Actions {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Few orders and few uses, so that everybody is in everybody's way.
fn command(rng: &mut Rng) -> Command {
    let order = rng.u32(..5).to_string();
    let uses = [per_store("a", 2), per_store("b", 1)];
    match rng.u32(..12) {
        0..=3 => reserve(&order, &uses[..rng.usize(1..=2)]),
        4 => replace(&order, &uses[1..]),
        5 => commit(&order),
        6 => cancel(&order),
        7 => release(&order, Reason::Failed),
        8 => refund(&order, "r", None),
        9 => extend(&order),
        10 => get(&order),
        _ => Command::Counts,
    }
}

/// Lets clients ask at the same time, each in a thread of its own.
fn recorded(seed: u64, ask: impl Fn(usize, &Command) -> Outcome + Sync) -> Actions {
    let (record, start) = (Record::default(), Barrier::new(CLIENTS));
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (record, start, ask) = (&record, &start, &ask);
            scope.spawn(move || {
                let mut rng = Rng::with_seed(seed * 100 + client as u64);
                for call in 0..CALLS {
                    record.call(client, command(&mut rng), |command| {
                        // Every other call is made when each client has begun one, however the machine is loaded.
                        if call % 2 == 0 {
                            start.wait();
                        }
                        ask(client, command)
                    });
                }
            });
        }
    });
    record.actions()
}

/// How many calls were made while another was under way.
fn overlaps(actions: &Actions) -> usize {
    let mut under_way = 0_usize;
    let mut count = 0;
    for (_, action) in actions {
        match action {
            Action::Call(_) => {
                count += usize::from(under_way > 0);
                under_way += 1;
            }
            Action::Response(_) => under_way -= 1,
        }
    }
    count
}

fn new_file(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for suffix in ["", "-journal"] {
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
    path
}

/// A call that waits for its turn, and where its answer goes.
type Waiting = (Command, mpsc::Sender<Outcome>);

/// As the object does it: what waits when somebody comes to decide is decided together, in the order it came.
struct Desk {
    ledger: Mutex<Ledger<Sqlite>>,
    waiting: Mutex<Vec<Waiting>>,
}

impl Desk {
    fn ask(&self, command: &Command) -> Outcome {
        let (answer, answered) = mpsc::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((command.clone(), answer));
        thread::yield_now();
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = core::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let (commands, answers): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
        if !commands.is_empty() {
            let outcomes = ledger.carry_out(&commands, instant(0)).expect("a database");
            for (answer, outcome) in answers.into_iter().zip(outcomes) {
                answer.send(outcome).expect("a client that waits");
            }
        }
        drop(ledger);
        answered.recv().expect("an answer")
    }
}

#[test]
fn calls_decided_in_turns_are_linearizable() {
    let mut overlapping = 0;
    for seed in 0..HISTORIES {
        let sqlite = Sqlite::on_file(&new_file("turns.sqlite"));
        let ledger = Mutex::new(Ledger::open(sqlite, STORE.to_owned()).expect("a ledger"));
        let desk = Desk { ledger, waiting: Mutex::default() };
        let actions = recorded(seed, |_, command| desk.ask(command));
        overlapping += overlaps(&actions);
        assert!(is_linearizable(actions), "seed {seed}");
    }
    assert!(overlapping > 500, "only {overlapping} calls overlapped, which proves little");
}

#[test]
fn calls_over_connections_of_their_own_are_linearizable() {
    let mut overlapping = 0;
    for seed in 0..HISTORIES {
        let path = new_file("connections.sqlite");
        let shops: Vec<Shop> = (0..CLIENTS).map(|_| Shop::at(Sqlite::on_file(&path))).collect();
        let actions = recorded(seed, |client, command| shops[client].ask(command.clone(), 0));
        overlapping += overlaps(&actions);
        assert!(is_linearizable(actions), "seed {seed}");
    }
    assert!(overlapping > 500, "only {overlapping} calls overlapped, which proves little");
}

#[test]
fn a_ledger_that_reads_and_then_writes_is_seen() {
    let (naive, record, both) = (Naive::default(), Record::default(), Barrier::new(2));
    thread::scope(|scope| {
        for client in 0..2 {
            let (naive, record, both) = (&naive, &record, &both);
            scope.spawn(move || {
                let wanted = reserve(&client.to_string(), &[per_store("a", 1)]);
                record.call(client, wanted, |command| {
                    let seen = naive.look(command);
                    // Both have looked before either writes.
                    both.wait();
                    naive.write(command, seen)
                });
            });
        }
    });
    assert!(!is_linearizable(record.actions()));
    // Left to chance, it is seen as well.
    let by_chance = |seed| {
        let naive = Naive::default();
        recorded(seed, |_, command| {
            let seen = naive.look(command);
            thread::yield_now();
            naive.write(command, seen)
        })
    };
    assert!((0..HISTORIES).any(|seed| !is_linearizable(by_chance(seed))));
}

#[test]
fn an_answer_from_the_past_is_seen() {
    let shop = Shop::new();
    let wanted = reserve("1", &[per_store("a", 1)]);
    let before = shop.ask(get("1"), 0);
    let reserved = shop.ask(wanted.clone(), 0);
    let history = |reads_early: bool| {
        let mut actions: Actions = vec![
            (0, Action::Call((wanted.clone(), None))),
            (0, Action::Response((wanted.clone(), Some(reserved.clone())))),
            (1, Action::Response((get("1"), Some(before.clone())))),
        ];
        actions.insert(if reads_early { 0 } else { 2 }, (1, Action::Call((get("1"), None))));
        is_linearizable(actions)
    };
    assert!(history(true), "it was asked before the order was there");
    assert!(!history(false), "it was asked afterwards");
}
