//! A value from the database that an isolate holds and checks from time to time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::thread::LocalKey;

use pricing::model::Instant;

use crate::{clock, problem::Failure};

/// How long a held value is used without asking the database whether it still stands. A price must not wait for the
/// database, and a merchant who presses *stop* must not wait for prices: 5 s is one query in thousands of prices at
/// full load, and shorter than it takes to look whether the change arrived.
const TRUSTED_FOR_MILLIS: i64 = 5_000;

/// A value that may be used for a while before it is checked again.
///
/// Where several requests share an isolate, one of them checks an ageing value while the others go on with it. After
/// [`Held::doubt`] nobody uses it unchecked, and a check begun before is not believed: a change made through this
/// isolate is seen by the next request to it.
#[derive(Debug)]
pub(crate) struct Held<T> {
    value: Option<Rc<T>>,
    checked_at: Option<Instant>,
    doubts: u64,
}

/// What to do about a held value.
#[derive(Debug)]
pub(crate) enum Next<T> {
    /// Use it.
    Use(Rc<T>),
    /// Ask the database, then [`Held::keep`] what it says.
    Check(Check<T>),
}

/// A check under way.
#[derive(Debug)]
pub(crate) struct Check<T> {
    /// What was held when it began.
    pub(crate) held: Option<Rc<T>>,
    is_doubted: bool,
    doubts: u64,
}

impl<T> Check<T> {
    /// What may still be used when the database does not answer: what was held, unless it is known to have changed.
    pub(crate) fn fallback(&self) -> Option<Rc<T>> {
        self.held.clone().filter(|_| !self.is_doubted)
    }
}

impl<T> Held<T> {
    pub(crate) const fn nothing() -> Self {
        Self { value: None, checked_at: None, doubts: 0 }
    }

    /// Takes the value out for one request.
    pub(crate) fn take(&mut self, now: Instant) -> Next<T> {
        match &self.value {
            Some(value) if self.is_trusted(now) => Next::Use(Rc::clone(value)),
            value => {
                let is_doubted = self.checked_at.is_none();
                let check = Check { held: value.clone(), is_doubted, doubts: self.doubts };
                if !is_doubted {
                    self.checked_at = Some(now);
                }
                Next::Check(check)
            }
        }
    }

    /// Ends a check with what it found.
    pub(crate) fn keep(&mut self, check: &Check<T>, found: &Rc<T>, now: Instant) {
        if check.doubts == self.doubts {
            self.value = Some(Rc::clone(found));
            self.checked_at = Some(now);
        }
    }

    /// Says that the value has changed, or may have.
    pub(crate) fn doubt(&mut self) {
        self.checked_at = None;
        self.doubts = self.doubts.wrapping_add(1);
    }

    fn is_trusted(&self, now: Instant) -> bool {
        self.checked_at.is_some_and(|checked_at| {
            // A clock that went back says nothing about age.
            (0..TRUSTED_FOR_MILLIS).contains(&now.millis().saturating_sub(checked_at.millis()))
        })
    }
}

/// What an isolate holds of one kind, by name.
pub(crate) type Shelf<T> = RefCell<BTreeMap<String, Held<T>>>;

/// The most values of one kind: where there would be more, all are let go, and asked for again as they are needed.
const MAXIMUM_ON_A_SHELF: usize = 1_000;

/// The value called `name`; checked by `read`, which is given what was held, when it is time. When that fails for a
/// reason of ours, what may still be used is, and the log says that it could not be checked.
///
/// # Errors
/// `read` fails, and nothing may be used instead.
pub(crate) async fn get<T>(
    shelf: &'static LocalKey<Shelf<T>>,
    name: &str,
    read: impl AsyncFnOnce(Option<Rc<T>>) -> Result<Rc<T>, Failure>,
) -> Result<Rc<T>, Failure> {
    // Borrowed only between awaits, so that no two requests ever hold it at once.
    let check = match shelf.with_borrow_mut(|shelf| place(shelf, name).take(clock::now())) {
        Next::Use(value) => return Ok(value),
        Next::Check(check) => check,
    };
    match read(check.held.clone()).await {
        Ok(value) => {
            shelf.with_borrow_mut(|shelf| place(shelf, name).keep(&check, &value, clock::now()));
            Ok(value)
        }
        Err(Failure::Internal(cause)) => match check.fallback() {
            Some(value) => {
                worker::console_error!("what is held of {name} could not be checked: {cause}");
                Ok(value)
            }
            None => Err(Failure::Internal(cause)),
        },
        Err(told) => Err(told),
    }
}

/// Says that the value called `name` has changed, or may have.
pub(crate) fn doubt<T>(shelf: &'static LocalKey<Shelf<T>>, name: &str) {
    shelf.with_borrow_mut(|shelf| place(shelf, name).doubt());
}

fn place<'a, T>(shelf: &'a mut BTreeMap<String, Held<T>>, name: &str) -> &'a mut Held<T> {
    if shelf.len() >= MAXIMUM_ON_A_SHELF && !shelf.contains_key(name) {
        shelf.clear();
    }
    shelf.entry(name.to_owned()).or_insert_with(Held::nothing)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use pricing::model::Instant;

    use super::{Check, Held, Next};

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    #[track_caller]
    fn used(next: Next<u8>) -> u8 {
        match next {
            Next::Use(value) => *value,
            Next::Check(_) => panic!("asked to check"),
        }
    }

    #[track_caller]
    fn checked(next: Next<u8>) -> Check<u8> {
        match next {
            Next::Use(value) => panic!("used {value} unchecked"),
            Next::Check(check) => check,
        }
    }

    fn holding(value: u8) -> Held<u8> {
        let mut held = Held::nothing();
        let check = checked(held.take(at(0)));
        held.keep(&check, &Rc::new(value), at(0));
        held
    }

    #[test]
    fn nothing_is_asked_while_it_is_trusted() {
        let mut held = holding(1);
        assert_eq!(used(held.take(at(0))), 1);
        assert_eq!(used(held.take(at(4_999))), 1);
        assert_eq!(checked(held.take(at(5_000))).fallback().as_deref(), Some(&1));
    }

    #[test]
    fn one_request_checks_while_the_others_go_on() {
        let mut held = holding(1);
        let check = checked(held.take(at(5_000)));
        assert_eq!(used(held.take(at(5_001))), 1);
        held.keep(&check, &Rc::new(2), at(5_010));
        assert_eq!(used(held.take(at(5_011))), 2);
    }

    #[test]
    fn after_a_doubt_everyone_checks() {
        let mut held = holding(1);
        held.doubt();
        assert_eq!(checked(held.take(at(1))).fallback(), None);
        let check = checked(held.take(at(2)));
        held.keep(&check, &Rc::new(2), at(3));
        assert_eq!(used(held.take(at(4))), 2);
    }

    #[test]
    fn a_check_begun_before_a_doubt_is_not_believed() {
        let mut held = holding(1);
        let check = checked(held.take(at(5_000)));
        held.doubt();
        held.keep(&check, &Rc::new(1), at(5_010));
        checked(held.take(at(5_011)));
    }

    #[test]
    fn a_clock_that_went_back_is_not_trusted() {
        let mut held = holding(1);
        checked(held.take(at(-1)));
    }
}
