//! P8: cancelling, refunding and expiring give a use back once: never twice, never below zero. Every order in which such
//! calls can come, about one order and a rival that waits for its use.

use ledger::{Command, Outcome, Reason, Status};

use crate::shop::{HOUR, Shop, cancel, commit, get, per_store, refund, release, replace, reserve};

/// What may happen, in any order and more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Commit,
    Fail,
    Cancel,
    RefundPart,
    RefundRest,
    Again,
    Replace,
    /// Its time is over.
    Late,
    /// Another order wants the use.
    Rival,
}

const STEPS: [Step; 9] = [
    Step::Commit,
    Step::Fail,
    Step::Cancel,
    Step::RefundPart,
    Step::RefundRest,
    Step::Again,
    Step::Replace,
    Step::Late,
    Step::Rival,
];

/// How many steps follow the reservation: all 9^4 sequences of them.
const LENGTH: u32 = 4;

fn sequences() -> impl Iterator<Item = Vec<Step>> {
    (0..STEPS.len().pow(LENGTH)).map(|number| {
        let digit = |place| STEPS[number / STEPS.len().pow(place) % STEPS.len()];
        (0..LENGTH).map(digit).collect()
    })
}

/// Something that counts the uses of one discount, whose limit is one order.
trait Counter {
    /// Does a step; whether order and rival have a use afterwards.
    fn step(&mut self, step: Step) -> [bool; 2];
    /// How many uses it believes to be taken.
    fn taken(&self) -> i64;
}

/// At every moment as many uses are taken as orders have one, and never more than there are.
fn gives_back_once(counter: &mut impl Counter, steps: &[Step]) -> Result<(), String> {
    for (at, step) in steps.iter().enumerate() {
        let having = counter.step(*step).into_iter().filter(|has| *has).count() as i64;
        if counter.taken() != having || having > 1 {
            let so_far = &steps[..=at];
            return Err(format!("{so_far:?}: {} taken, {having} had", counter.taken()));
        }
    }
    Ok(())
}

/// The ledger, with references of its own for each sequence.
struct Real<'a> {
    shop: &'a Shop,
    order: String,
    rival: String,
    discount: String,
    now: i64,
}

impl<'a> Real<'a> {
    fn new(shop: &'a Shop, number: usize) -> Self {
        let [order, rival, discount] = ["order", "rival", "discount"].map(|name| format!("{name}-{number}"));
        // Whatever was before is over, so that only these orders are due.
        let now = i64::try_from(number).expect("few") * 24 * HOUR;
        let real = Self { shop, order, rival, discount, now };
        shop.order(reserve(&real.order, &[per_store(&real.discount, 1)]), now);
        real
    }

    fn has(&self, reference: &str) -> bool {
        match self.shop.ask(get(reference), self.now) {
            Outcome::Order(order) => matches!(order.status, Status::Reserved | Status::Committed),
            _ => false,
        }
    }
}

impl Counter for Real<'_> {
    fn step(&mut self, step: Step) -> [bool; 2] {
        let use_of = |limit| [per_store(&self.discount, limit)];
        let order = self.order.as_str();
        let command: Command = match step {
            Step::Commit => commit(order),
            Step::Fail => release(order, Reason::Failed),
            Step::Cancel => cancel(order),
            Step::RefundPart => refund(order, "part", Some(400)),
            Step::RefundRest => refund(order, "rest", None),
            Step::Again => reserve(order, &use_of(1)),
            // Another fingerprint, the same use, and no rival gets in between.
            Step::Replace => replace(order, &[per_store(&self.discount, 1), per_store("other", u64::MAX)]),
            Step::Late => {
                self.now += HOUR;
                get(order)
            }
            Step::Rival => reserve(&self.rival, &use_of(1)),
        };
        // A count below zero would be refused by its table, and this would panic.
        self.shop.ask(command, self.now);
        [self.has(&self.order), self.has(&self.rival)]
    }

    fn taken(&self) -> i64 {
        let (held, spent) = self.shop.uses(&self.discount);
        i64::try_from(held + spent).expect("few")
    }
}

#[test]
fn every_sequence_of_ends_gives_a_use_back_once() {
    let shop = Shop::new();
    for (number, steps) in sequences().enumerate() {
        assert_eq!(gives_back_once(&mut Real::new(&shop, number), &steps), Ok(()));
    }
}

/// Planted: gives back a use at each call that ends an order, without a look at whether it has one.
#[derive(Default)]
struct Careless {
    taken: i64,
    has: [bool; 2],
}

impl Counter for Careless {
    fn step(&mut self, step: Step) -> [bool; 2] {
        match step {
            Step::Fail | Step::Cancel | Step::RefundRest | Step::Late => {
                self.taken -= 1;
                self.has[0] = false;
            }
            Step::Rival if self.taken == 0 => {
                self.taken += 1;
                self.has[1] = true;
            }
            _ => {}
        }
        self.has
    }

    fn taken(&self) -> i64 {
        self.taken
    }
}

#[test]
fn a_counter_that_gives_back_at_each_call_is_seen() {
    let careless = || Careless { taken: 1, has: [true, false] };
    assert_eq!(gives_back_once(&mut careless(), &[Step::Cancel, Step::Rival]), Ok(()));
    assert!(gives_back_once(&mut careless(), &[Step::Cancel, Step::RefundRest]).is_err());
    let caught = sequences().filter(|steps| gives_back_once(&mut careless(), steps).is_err()).count();
    assert!(caught * 2 > STEPS.len().pow(LENGTH), "only {caught} sequences were caught");
}
