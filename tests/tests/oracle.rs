//! The engine that ships against the oracle, over random carts.

use farthing_tests::pricing_input;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote, read};

/// Any failure can be had again: `carts --seed 1` prints the same inputs.
const SEED: u64 = 1;
const COUNT: u64 = 2_000;

#[test]
fn both_engines_say_the_same() {
    for number in 0..COUNT {
        let document = pricing_input(SEED, number);
        let input = read::pricing_input(&document, |text| text.nfkc().collect()).expect("a sound input");
        let oracle = oracle::quote(&input.snapshot, &input.cart, input.as_of, &input.usage)
            .map(|quote| Quote::from(&quote))
            .map_err(|errors| Problem::cart(&errors, "/cart"));
        assert_eq!(
            input.quote(),
            oracle,
            "engine and oracle differ on cart {number} of seed {SEED}:\n{document}"
        );
    }
}
