//! What follows the state.

use std::sync::{Arc, Mutex, Weak};

use leptos::{
    prelude::Notify as _,
    reactive::{
        graph::{AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver as _},
        owner::on_cleanup,
        signal::ArcTrigger,
    },
};

use super::piece::{Piece, piece};
use crate::app::{App, peek, read, source, within};

/// An effect in Leptos' reactive graph, of the plainest kind: it runs in the very turn in which what it read changes.
///
/// Leptos' own effects run later or tell threads apart, and keep a list of what they read. There is one source here,
/// which forgets its subscribers when it notifies them; and one thread.
struct Follower {
    run: Mutex<Box<dyn FnMut() + Send>>,
    /// What tells of the changes that it follows.
    source: ArcTrigger,
    this: Weak<Self>,
}

/// Runs now, and again after each change of what it read, until its owner is cleaned up.
pub(super) fn follow(run: impl FnMut() + Send + 'static) {
    begin(Box::new(run));
}

fn begin(run: Box<dyn FnMut() + Send>) {
    let follower =
        Arc::new_cyclic(|this| Follower { run: Mutex::new(run), source: source(), this: Weak::clone(this) });
    follower.mark_dirty();
    on_cleanup(move || drop(follower));
}

/// What `make` makes follows what `look` finds, and runs again only where that is another: after a click in one row of
/// many the others stay as they are.
pub(super) fn narrow<T: Default + PartialEq + Send + 'static>(
    look: impl Fn(&App) -> T + Send + 'static,
    make: impl FnOnce() -> Piece,
) -> Piece {
    let part = ArcTrigger::new();
    let (mut make, mut made) = (Some(make), None);
    within(&part, &mut || made = make.take().map(|make| make()));
    let mut last = peek(&look);
    follow(move || {
        let now = Some(read(&look));
        if last != now {
            last = now;
            part.notify();
        }
    });
    made.unwrap_or_else(|| piece("div"))
}

impl ReactiveNode for Follower {
    fn mark_dirty(&self) {
        // One that is running already was told of its own change.
        if let Ok(mut run) = self.run.try_lock() {
            let this: Weak<dyn Subscriber + Send + Sync> = Weak::<Self>::clone(&self.this);
            let this = AnySubscriber(self.this.as_ptr().addr(), this);
            this.with_observer(|| within(&self.source, &mut *run));
        }
    }

    fn mark_check(&self) {
        self.mark_dirty();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        false
    }
}

impl Subscriber for Follower {
    fn add_source(&self, _: AnySource) {}

    fn clear_sources(&self, _: &AnySubscriber) {}
}
