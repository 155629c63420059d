#![expect(clippy::arithmetic_side_effects, reason = "a test may overflow and fail")]

use std::cell::Cell as Place;

use ledger::{Cell, Row, Sql, Value};
use pricing::model::Instant;
use rusqlite::{Connection, params_from_iter, types};

use super::{Course, PATIENCE_MILLIS, Progress, Settled, State, Step};
use crate::store::updates::Buyer;

/// SQLite in memory. After `left` more statements it fails, as if the process ended.
struct Sqlite {
    connection: Connection,
    left: Place<Option<usize>>,
}

#[derive(Debug)]
struct Ended;

impl core::fmt::Display for Ended {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("it ended")
    }
}

impl core::error::Error for Ended {}

impl Sql for &Sqlite {
    type Error = Ended;

    fn run(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Ended> {
        match self.left.get() {
            Some(0) => return Err(Ended),
            left => self.left.set(left.map(|left| left - 1)),
        }
        let values = values.iter().map(|value| match value {
            Value::Null => types::Value::Null,
            Value::Integer(number) => types::Value::Integer(*number),
            Value::Text(text) => types::Value::Text((*text).to_owned()),
        });
        let mut statement = self.connection.prepare(statement).expect("a statement");
        let columns = statement.column_count();
        let rows = statement.query_map(params_from_iter(values), |row| {
            let cell = |at| match row.get_ref(at).expect("a column") {
                types::ValueRef::Integer(number) => Cell::Integer(number),
                types::ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                _ => Cell::Null,
            };
            Ok(Row((0..columns).map(cell).collect()))
        });
        Ok(rows.expect("rows").collect::<Result<_, _>>().expect("a row"))
    }

    fn transaction<T>(&self, work: impl FnOnce() -> Result<T, Ended>) -> Result<T, Ended> {
        self.connection.execute_batch("BEGIN").expect("a transaction");
        let outcome = work();
        let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        self.connection.execute_batch(end).expect("an end");
        outcome
    }
}

fn sqlite() -> Sqlite {
    Sqlite { connection: Connection::open_in_memory().expect("memory"), left: Place::new(None) }
}

fn at(millis: i64) -> Instant {
    Instant::from_millis(millis)
}

fn people(numbers: core::ops::Range<usize>) -> Vec<Buyer> {
    let buyer = |number| Buyer { email: format!("{number:04}@example.com"), reference: format!("r{number}") };
    numbers.map(buyer).collect()
}

fn started(sqlite: &Sqlite) -> Course<&Sqlite> {
    let course = Course::open(sqlite).expect("a course");
    course.begin("s", "u").expect("a beginning");
    course
}

fn with_people(sqlite: &Sqlite, count: usize) -> Course<&Sqlite> {
    let course = started(sqlite);
    course.gather(&people(0..count), true).expect("a page");
    course
}

fn progress(course: &Course<&Sqlite>) -> Progress {
    course.progress().expect("a database")
}

#[test]
fn it_is_a_draft_before_it_begins() {
    let sqlite = sqlite();
    let course = Course::open(&sqlite).expect("a course");
    assert_eq!(progress(&course), Progress::default());
    assert_eq!(course.step(at(0)).expect("a database"), Step::Rest);
    assert_eq!(course.next_due().expect("a database"), None);
    assert_eq!(course.whose().expect("a database"), None);
}

#[test]
fn an_audience_is_copied_page_by_page_each_address_once() {
    let sqlite = sqlite();
    let course = started(&sqlite);
    assert_eq!(course.step(at(0)).expect("a step"), Step::Gather { after: String::new() });
    course.gather(&people(0..2), false).expect("a page");
    assert_eq!(course.step(at(0)).expect("a step"), Step::Gather { after: "0001@example.com".to_owned() });
    course.gather(&people(1..4), false).expect("a page");
    course.gather(&[], true).expect("a page");
    let told = progress(&course);
    assert_eq!((told.state, told.audience), (State::Sending, 4));
    started(&sqlite);
    assert_eq!(progress(&course), told, "a second beginning changed something");
}

#[test]
fn nobody_to_write_to_is_the_end() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 0);
    assert_eq!(progress(&course).state, State::Done);
    assert_eq!(course.next_due().expect("a database"), None);
}

#[test]
fn everybody_is_settled_once_and_nobody_stays_on_the_list() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 3);
    for settled in [Settled::Sent, Settled::Unsubscribed, Settled::Failed] {
        let recipients = course.recipients(at(0), 1).expect("recipients");
        course.settle(&recipients[0], settled).expect("a database");
    }
    let Progress { state, audience, sent, failed, unsubscribed, error } = progress(&course);
    assert_eq!((state, audience, sent, failed, unsubscribed), (State::Done, 3, 1, 1, 1));
    assert_eq!(error, None);
    assert!(course.recipients(at(i64::MAX), 10).expect("recipients").is_empty());
}

#[test]
fn a_pause_holds_until_it_is_sent_again() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 1);
    course.pause().expect("a database");
    assert_eq!(progress(&course).state, State::Paused);
    assert!(!course.may_write().expect("a database"));
    assert_eq!(course.step(at(0)).expect("a step"), Step::Rest);
    assert_eq!(course.next_due().expect("a database"), None);
    course.begin("s", "u").expect("a database");
    assert_eq!(course.step(at(0)).expect("a step"), Step::Write);
}

#[test]
fn a_letter_that_fails_is_tried_again_and_given_up_in_the_end() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 1);
    let mut now = 0;
    for patience in PATIENCE_MILLIS {
        let recipient = course.recipients(at(now), 1).expect("recipients").remove(0);
        course.fail(&recipient, at(now), "451").expect("a database");
        assert!(course.recipients(at(now + patience - 1), 1).expect("recipients").is_empty());
        assert_eq!(course.next_due().expect("a database"), Some(at(now + patience)));
        now += patience;
    }
    let recipient = course.recipients(at(now), 1).expect("recipients").remove(0);
    course.fail(&recipient, at(now), "451").expect("a database");
    let told = progress(&course);
    assert_eq!((told.state, told.failed, told.error.as_deref()), (State::Done, 1, Some("451")));
}

#[test]
fn a_letter_that_is_refused_for_good_is_given_up_at_once_and_the_next_goes() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 2);
    let [first, second] = &course.recipients(at(0), 2).expect("recipients")[..] else { panic!("two") };
    course.refuse(first, at(0), "550").expect("a database");
    let told = progress(&course);
    assert_eq!((told.state, told.failed, told.error.as_deref()), (State::Sending, 1, Some("550")));
    assert_eq!(course.step(at(0)).expect("a step"), Step::Write);
    assert_eq!(&course.recipients(at(i64::MAX), 9).expect("recipients"), core::slice::from_ref(second));
    course.refuse(second, at(0), "550").expect("a database");
    let told = progress(&course);
    assert_eq!((told.state, told.failed, told.error.as_deref()), (State::Done, 2, Some("550")));
}

#[test]
fn whom_nobody_takes_is_not_given_up_in_haste() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 100);
    let everyone = course.recipients(at(0), 100).expect("recipients");
    let refused = everyone.iter().take_while(|recipient| {
        course.refuse(recipient, at(0), "550 relay denied").expect("a database");
        course.step(at(0)).expect("a step") == Step::Write
    });
    assert_eq!(refused.count(), 9);
    assert_eq!(progress(&course).failed, 10);
    // One that goes shows that it was the addresses.
    let [sent, refused] = [&everyone[10], &everyone[11]];
    course.begin("s", "u").expect("a beginning");
    course.settle(sent, Settled::Sent).expect("a database");
    course.refuse(refused, at(0), "550").expect("a database");
    assert_eq!(course.step(at(0)).expect("a step"), Step::Write);
}

#[test]
fn sent_again_it_tries_at_once() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 1);
    let recipient = course.recipients(at(0), 1).expect("recipients").remove(0);
    course.fail(&recipient, at(0), "451").expect("a database");
    assert_eq!(course.step(at(1)).expect("a step"), Step::Rest);
    course.begin("s", "u").expect("a beginning");
    assert_eq!(course.step(at(1)).expect("a step"), Step::Write);
    assert_eq!(course.recipients(at(1), 1).expect("recipients")[0].attempts, 1);
}

#[test]
fn a_course_rests_the_longer_the_more_often_it_fails() {
    let sqlite = sqlite();
    let course = with_people(&sqlite, 2);
    let rests: Vec<_> = (0..12)
        .map(|_| {
            course.rest(at(1_000), "no server").expect("a database");
            let due = course.next_due().expect("a database").expect("a time");
            due.millis() - 1_000
        })
        .collect();
    assert_eq!(rests[..4], [2_000, 4_000, 8_000, 16_000]);
    assert_eq!(rests[11], 600_000);
    assert_eq!(progress(&course).error.as_deref(), Some("no server"));
    let recipient = course.recipients(at(0), 1).expect("recipients").remove(0);
    course.settle(&recipient, Settled::Sent).expect("a database");
    assert_eq!(progress(&course).error, None);
}

/// Sends all letters, by a database that ends after every so many statements: gives how often each number went out.
fn sent_with_crashes(sqlite: &Sqlite, every: usize) -> Vec<usize> {
    let mut sent = vec![0; 20];
    for _ in 0..1_000 {
        sqlite.left.set(None);
        let course = Course::open(sqlite).expect("a course");
        if progress(&course).state == State::Done {
            return sent;
        }
        sqlite.left.set(Some(every));
        let _ = send(&course, &mut sent);
    }
    panic!("it never ended");
}

fn send(course: &Course<&Sqlite>, sent: &mut [usize]) -> Result<(), Ended> {
    for recipient in course.recipients(at(0), 5)? {
        sent[usize::try_from(recipient.number).expect("a number") - 1] += 1;
        course.settle(&recipient, Settled::Sent)?;
    }
    Ok(())
}

#[test]
fn a_crash_repeats_the_one_on_its_way_and_no_other() {
    for every in 2..20 {
        let sqlite = sqlite();
        with_people(&sqlite, 20);
        let sent = sent_with_crashes(&sqlite, every + 2);
        assert!(sent.iter().all(|times| *times >= 1), "somebody was left out: {sent:?}");
        let repeated: usize = sent.iter().map(|times| times - 1).sum();
        let crashes = 20usize.div_ceil(every / 2);
        assert!(repeated <= crashes, "{repeated} repeated in at most {crashes} crashes");
    }
}
