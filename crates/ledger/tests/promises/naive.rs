//! The ledger that one writes first: it reads, decides, and then writes what it decided. Planted, to see that it is
//! caught.

use std::sync::{Mutex, PoisonError};

use ledger::{Command, Outcome};

use crate::{
    model::Model,
    shop::{START, Shop},
};

/// A ledger whose work comes in two steps, between which others may come.
pub(crate) trait InSteps {
    /// What the first step knows for the second.
    type Seen;
    fn look(&self, command: &Command) -> Self::Seen;
    fn write(&self, command: &Command, seen: Self::Seen) -> Outcome;
}

/// Each single step is exclusive. That does not help it.
#[derive(Debug, Default)]
pub(crate) struct Naive(Mutex<Model>);

impl InSteps for Naive {
    type Seen = (Model, Outcome);

    fn look(&self, command: &Command) -> Self::Seen {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let outcome = seen.carry_out(command, START);
        (seen, outcome)
    }

    fn write(&self, command: &Command, (seen, outcome): Self::Seen) -> Outcome {
        let reference = match command {
            Command::Reserve(reserve) => &reserve.reference,
            Command::Release(release) => &release.reference,
            Command::Refund(refund) => &refund.reference,
            Command::Commit { reference, .. } | Command::Extend { reference, .. } => reference,
            _ => return outcome,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).adopt(&seen, reference);
        outcome
    }
}

/// The real one decides and writes in one.
impl InSteps for Shop {
    type Seen = ();

    fn look(&self, _: &Command) {}

    fn write(&self, command: &Command, (): ()) -> Outcome {
        self.ask(command.clone(), 0)
    }
}
