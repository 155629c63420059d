//! One shopper's wrong codes: an object for each address and each signed customer, so that none waits for another.

use std::cell::RefCell;

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::{
    clock,
    throttle::{Tried, Window},
};

const KEY: &str = "window";

/// The object. Its window is kept in storage, as an idle object's memory is not.
#[durable_object]
#[derive(Debug)]
pub struct Throttle {
    state: State,
    /// Read once; borrowed only between awaits.
    window: RefCell<Option<Window>>,
}

impl DurableObject for Throttle {
    fn new(state: State, _env: Env) -> Self {
        Self { state, window: RefCell::new(None) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let tried: Tried = request.json().await?;
        if self.window.borrow().is_none() {
            let kept = self.state.storage().get(KEY).await?.unwrap_or_default();
            self.window.borrow_mut().get_or_insert(kept);
        }
        // From here to the write nothing is awaited: of many requests at once, each is counted.
        let (standing, window) = {
            let mut window = self.window.borrow_mut();
            let window = window.get_or_insert_default();
            (window.take_in(&tried, clock::now()), window.clone())
        };
        self.state.storage().put(KEY, window).await?;
        Response::from_json(&standing)
    }
}
