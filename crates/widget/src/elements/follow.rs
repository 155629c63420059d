//! What follows the state.

use std::sync::{Arc, Mutex, Weak};

use leptos::reactive::{
    graph::{AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver as _},
    owner::on_cleanup,
};

/// An effect in Leptos' reactive graph, of the plainest kind: it runs in the very turn in which what it read changes.
///
/// Leptos' own effects run later or tell threads apart, and keep a list of what they read. There is one source here,
/// which forgets its subscribers when it notifies them; and one thread.
struct Follower {
    run: Mutex<Box<dyn FnMut() + Send>>,
    this: Weak<Self>,
}

/// Runs now, and again after each change of what it read, until its owner is cleaned up.
pub(super) fn follow(run: impl FnMut() + Send + 'static) {
    begin(Box::new(run));
}

fn begin(run: Box<dyn FnMut() + Send>) {
    let follower = Arc::new_cyclic(|this| Follower { run: Mutex::new(run), this: Weak::clone(this) });
    follower.mark_dirty();
    on_cleanup(move || drop(follower));
}

impl ReactiveNode for Follower {
    fn mark_dirty(&self) {
        // One that is running already was told of its own change.
        if let Ok(mut run) = self.run.try_lock() {
            let this: Weak<dyn Subscriber + Send + Sync> = Weak::<Self>::clone(&self.this);
            AnySubscriber(self.this.as_ptr().addr(), this).with_observer(&mut *run);
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
