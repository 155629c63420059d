//! No false alarm: what lint says of random stores holds for random carts, and its witnesses cost what it says.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod random;

use lint::{Code, Finding, lint};
use pricing::{
    engine::{Engine, Quote, Request, Viewpoint},
    model::{Cart, Id, Instant, Usage},
};
use random::{AS_OF, Dice, cart, store};

const STORES: u64 = 600;
const CARTS: u64 = 60;

/// Codes of discounts that never apply.
const NEVER: [Code; 4] =
    [Code::NeverWins, Code::EmptyScope, Code::NothingToBuy, Code::UnreachableRequirement];

fn quote(engine: &Engine, cart: &Cart, as_of: Instant) -> Quote {
    let usage = Usage::default();
    engine.quote(Request { cart, as_of, usage: &usage, viewpoint: Viewpoint::Merchant }).expect("a quote")
}

fn check_witness(engine: &Engine, finding: &Finding) {
    let Some(witness) = &finding.witness else { return };
    let quote = quote(engine, &witness.cart, witness.as_of);
    let said = (witness.subtotal, witness.product_discount, witness.total);
    assert_eq!((quote.subtotal, quote.product_discount, quote.total), said, "{finding:?}");
}

#[test]
fn what_never_applies_never_applies() {
    let mut found = [0; NEVER.len()];
    for seed in 1..=STORES {
        let mut dice = Dice::new(seed);
        let snapshot = store(&mut dice);
        assert_eq!(snapshot.faults(), []);
        let report = lint(&snapshot, dice.one_in(2).then_some(AS_OF));
        let engine = Engine::new(snapshot.clone());
        report.findings.iter().for_each(|finding| check_witness(&engine, finding));
        let mut never: Vec<&Id> = Vec::new();
        for finding in &report.findings {
            if let Some(at) = NEVER.iter().position(|code| *code == finding.code) {
                found[at] += 1;
                never.push(&finding.subjects[0]);
            }
        }
        for _ in 0..if never.is_empty() { 0 } else { CARTS } {
            let cart = cart(&mut dice, &snapshot);
            // Where the question was for a moment, nothing is said of those before.
            let as_of = Instant::from_millis(AS_OF.millis() + dice.pick(&[0, 0, 7]));
            for applied in quote(&engine, &cart, as_of).applied {
                assert!(
                    !never.contains(&&applied.discount),
                    "seed {seed}: {applied:?}\n{snapshot:#?}\n{cart:#?}"
                );
            }
        }
    }
    assert!(found.iter().all(|count| *count > 5), "too little was found to prove anything: {found:?}");
}

#[test]
fn the_same_store_gives_the_same_report() {
    let snapshot = store(&mut Dice::new(42));
    assert_eq!(format!("{:?}", lint(&snapshot, None)), format!("{:?}", lint(&snapshot, None)));
}
