//! One line per step, with how long it took, so that nobody has to guess whether something still moves.

use std::fmt::Display;
use std::time::{Duration, Instant};

use anyhow::Result;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was in place already.
    UpToDate,
    /// Work was done; the words say what.
    Done(String),
}

impl Outcome {
    pub(crate) fn done(words: impl Into<String>) -> Self {
        Self::Done(words.into())
    }
}

/// Runs one step and prints its line.
///
/// # Errors
///
/// What the step itself returns.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    let started = Instant::now();
    match work()? {
        Outcome::UpToDate => println!("✓ {name:<18} {:>8}  up to date", seconds(started.elapsed())),
        Outcome::Done(words) => println!("✓ {name:<18} {:>8}  {words}", seconds(started.elapsed())),
    }
    Ok(())
}

/// Says that something slow begins.
pub(crate) fn begins(words: impl Display) {
    println!("… {words}");
}

/// `3.4 s`; whole tenths, in integers, because floats are banned in this workspace.
pub(crate) fn seconds(elapsed: Duration) -> String {
    let tenths = elapsed.as_millis().div_ceil(100);
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_of_a_second() {
        assert_eq!(seconds(Duration::from_millis(0)), "0.0 s");
        assert_eq!(seconds(Duration::from_millis(3_401)), "3.5 s");
        assert_eq!(seconds(Duration::from_secs(61)), "61.0 s");
    }
}
