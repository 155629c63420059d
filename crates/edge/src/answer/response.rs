//! An answer on its way into the runtime.
//!
//! Most answers have headers that many others have: those are handed over once and held, as each text that crosses to
//! JavaScript, and each header set there, costs about a microsecond.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use worker::{
    IntoResponse,
    worker_sys::web_sys::{Headers, Response, ResponseInit},
};

use super::Answer;

/// A status with headers that are part of the program, so that there are not many.
type Head = (u16, Vec<(&'static str, &'static str)>);

thread_local! {
    static HEADS: RefCell<BTreeMap<Head, ResponseInit>> = const { RefCell::new(BTreeMap::new()) };
}

impl IntoResponse for Answer {
    fn into_raw(self) -> Result<Response, impl Into<Box<dyn core::error::Error>>> {
        let init = match self.head() {
            Some(head) => held(head)?,
            None => init(self.status, self.headers.iter().map(|(name, value)| (*name, &**value)))?,
        };
        // The runtime copies the headers.
        let made = Response::new_with_opt_str_and_init(self.body.as_deref(), &init);
        made.map_err(worker::Error::from)
    }
}

impl Answer {
    /// Its status and headers, where all of these are the program's own.
    fn head(&self) -> Option<Head> {
        let fixed = |(name, value): &(&'static str, Cow<'static, str>)| match value {
            Cow::Borrowed(value) => Some((*name, *value)),
            Cow::Owned(_) => None,
        };
        Some((self.status, self.headers.iter().map(fixed).collect::<Option<_>>()?))
    }
}

fn held(head: Head) -> worker::Result<ResponseInit> {
    if let Some(init) = HEADS.with_borrow(|heads| heads.get(&head).cloned()) {
        return Ok(init);
    }
    let init = init(head.0, head.1.iter().copied())?;
    HEADS.with_borrow_mut(|heads| heads.insert(head, init.clone()));
    Ok(init)
}

fn init<'a>(
    status: u16,
    headers: impl Iterator<Item = (&'static str, &'a str)>,
) -> worker::Result<ResponseInit> {
    let init = ResponseInit::new();
    init.set_status(status);
    let set = Headers::new()?;
    for (name, value) in headers {
        set.set(name, value)?;
    }
    init.set_headers(&set);
    Ok(init)
}
