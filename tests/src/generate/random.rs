//! Random choices from a seed, or choices that a fuzzer makes.

use std::collections::VecDeque;

/// A source of choices: the same seed and number, or the same bytes, give the same ones.
pub(super) enum Random {
    Seeded(fastrand::Rng),
    /// Choices given from outside; once they run out, each is the first of what there is to choose from.
    Given(VecDeque<u8>),
}

impl Random {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        // Any odd constant spreads neighbouring numbers over the seeds; this one is 2^64 over the golden ratio.
        Self::Seeded(fastrand::Rng::with_seed(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    pub(super) fn given(choices: &[u8]) -> Self {
        Self::Given(choices.to_vec().into())
    }

    /// Zero to `limit`, exclusive.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        match self {
            Self::Seeded(random) => random.u64(0..limit),
            Self::Given(bytes) => {
                // As few bytes as the limit needs, so that changing a byte changes one choice.
                let needed = limit.ilog2() as usize / 8 + 1;
                bytes.drain(..needed.min(bytes.len())).fold(0, |value, byte| value << 8 | u64::from(byte))
                    % limit
            }
        }
    }

    /// True once in `times`.
    pub(super) fn chance(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several, of which there must be some.
    pub(super) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = match self {
            Self::Seeded(random) => random.usize(0..choices.len()),
            Self::Given(_) => self.below(choices.len() as u64) as usize,
        };
        choices.get(at).unwrap_or_else(|| unreachable!("{at} is below the number of choices"))
    }

    /// Each of several with an even chance; at least one.
    pub(super) fn some_of<'a>(&mut self, choices: &[&'a str]) -> Vec<&'a str> {
        let some: Vec<_> = choices.iter().copied().filter(|_| self.even()).collect();
        if some.is_empty() { vec![*self.one_of(choices)] } else { some }
    }

    fn even(&mut self) -> bool {
        match self {
            Self::Seeded(random) => random.bool(),
            Self::Given(_) => self.below(2) == 1,
        }
    }
}
