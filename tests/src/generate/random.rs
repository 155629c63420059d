//! Random choices from a seed.

/// A source of random choices; the same seed and number give the same choices.
pub(super) struct Random(fastrand::Rng);

impl Random {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        // Any odd constant spreads neighbouring numbers over the seeds; this one is 2^64 over the golden ratio.
        Self(fastrand::Rng::with_seed(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// Zero to `limit`, exclusive.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0.u64(0..limit)
    }

    /// True once in `times`.
    pub(super) fn chance(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several, of which there must be some.
    pub(super) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = self.0.usize(0..choices.len());
        choices.get(at).unwrap_or_else(|| unreachable!("{at} is below the number of choices"))
    }

    /// Each of several with an even chance; at least one.
    pub(super) fn some_of<'a>(&mut self, choices: &[&'a str]) -> Vec<&'a str> {
        let some: Vec<_> = choices.iter().copied().filter(|_| self.0.bool()).collect();
        if some.is_empty() { vec![*self.one_of(choices)] } else { some }
    }
}
