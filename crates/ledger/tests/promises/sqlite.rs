//! SQLite in a test: in memory or on file, as strict as a Durable Object, and made to fail where a test wants it to.

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ledger::{Cell, Row, Sql, Value};
use rusqlite::{Connection, params_from_iter, types};

/// JavaScript's largest exact whole number.
const MAXIMUM_INTEGER: i64 = (1 << 53) - 1;

/// How many values a Durable Object's statement may have.
const MAXIMUM_VALUES: usize = 100;

/// How a statement comes to grief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not run.
    Before,
    /// It is run, and what it says is lost.
    After,
    /// The process ends before it is run.
    Abort,
}

/// A bug put into the ledger's SQL: the first text, wherever it stands, is taken for the second.
pub(crate) type Planted = (&'static str, &'static str);

/// A database. Clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: Mutex<Connection>,
    /// How, and at which statement from now, counted from 1.
    fault: Mutex<Option<(Fault, usize)>>,
    planted: Mutex<Option<Planted>>,
    statements: Mutex<Vec<String>>,
    /// A bug: writes stay when what follows them fails.
    is_torn: bool,
}

/// What goes wrong.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    /// A test wanted it.
    Wanted,
    /// A Durable Object would not take this.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => error.fmt(f),
            Self::Wanted => f.write_str("as the test wanted"),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Failure {}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sqlite {
    pub(crate) fn in_memory() -> Self {
        Self::of(Connection::open_in_memory().expect("memory"), false)
    }

    /// Without transactions.
    pub(crate) fn torn_in_memory() -> Self {
        Self::of(Connection::open_in_memory().expect("memory"), true)
    }

    pub(crate) fn on_file(path: &Path) -> Self {
        Self::of(Connection::open(path).expect("a file"), false)
    }

    /// Without transactions.
    pub(crate) fn torn_on_file(path: &Path) -> Self {
        Self::of(Connection::open(path).expect("a file"), true)
    }

    fn of(connection: Connection, is_torn: bool) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        connection.busy_timeout(std::time::Duration::from_secs(20)).expect("a database");
        Self(Arc::new(Inner {
            connection: Mutex::new(connection),
            fault: Mutex::new(None),
            planted: Mutex::new(None),
            statements: Mutex::new(Vec::new()),
            is_torn,
        }))
    }

    /// Lets the statement of this number fail, counted from here.
    pub(crate) fn fail(&self, fault: Fault, number: usize) {
        *hold(&self.0.fault) = Some((fault, number));
    }

    /// Whether the fault came to pass; it does no more.
    pub(crate) fn mend(&self) -> bool {
        hold(&self.0.fault).take().is_none()
    }

    pub(crate) fn plant(&self, planted: Option<Planted>) {
        *hold(&self.0.planted) = planted;
    }

    /// The statements since it was last asked.
    pub(crate) fn statements(&self) -> Vec<String> {
        core::mem::take(&mut hold(&self.0.statements))
    }

    /// Everything in every table, as text.
    pub(crate) fn dump(&self) -> String {
        let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'steps' ORDER BY name";
        let mut text = String::new();
        for name in self.rows(names) {
            let rows = self.rows(&format!("SELECT * FROM {name} ORDER BY 1, 2"));
            text.extend(rows.into_iter().map(|row| format!("{name}: {row}\n")));
        }
        text
    }

    /// The answer to a question, each row as text.
    pub(crate) fn rows(&self, question: &str) -> Vec<String> {
        self.rows_of(question, &[])
    }

    pub(crate) fn rows_of(&self, question: &str, values: &[Value<'_>]) -> Vec<String> {
        let rows = run(&hold(&self.0.connection), question, values).expect("a question");
        let text = |cell: Cell| match cell {
            Cell::Null => "-".to_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Text(text) => text,
        };
        rows.into_iter().map(|Row(cells)| cells.into_iter().map(text).collect::<Vec<_>>().join(" ")).collect()
    }

    /// The fault, when its turn is now.
    fn next_fault(&self) -> Option<Fault> {
        let mut waiting = hold(&self.0.fault);
        let (fault, number) = (*waiting)?;
        *waiting = (number > 1).then_some((fault, number - 1));
        (number == 1).then_some(fault)
    }

    fn batch(&self, text: &str) -> Result<(), Failure> {
        Ok(hold(&self.0.connection).execute_batch(text)?)
    }
}

impl Sql for Sqlite {
    type Error = Failure;

    fn run(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Failure> {
        hold(&self.0.statements).push(statement.to_owned());
        let fault = self.next_fault();
        match fault {
            Some(Fault::Before) => return Err(Failure::Wanted),
            Some(Fault::Abort) => std::process::abort(),
            Some(Fault::After) | None => {}
        }
        let statement = match *hold(&self.0.planted) {
            Some((right, wrong)) => statement.replace(right, wrong),
            None => statement.to_owned(),
        };
        let rows = run(&hold(&self.0.connection), &statement, values)?;
        if fault.is_some() { Err(Failure::Wanted) } else { Ok(rows) }
    }

    fn transaction<T>(&self, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        if self.0.is_torn {
            return work();
        }
        // Whoever else has the file open waits from the first statement on.
        self.batch("BEGIN IMMEDIATE")?;
        let done = work();
        self.batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }
}

fn run(connection: &Connection, statement: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Failure> {
    if values.len() > MAXIMUM_VALUES {
        return Err(Failure::Refused(format!("{} values", values.len())));
    }
    let mut statement = connection.prepare_cached(statement)?;
    let columns = statement.column_count();
    let bound = values.iter().map(|value| bound(*value)).collect::<Result<Vec<_>, _>>()?;
    let mut rows = statement.query(params_from_iter(bound))?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        read.push(Row((0..columns).map(|column| cell(row, column)).collect::<Result<_, _>>()?));
    }
    Ok(read)
}

fn bound(value: Value<'_>) -> Result<types::Value, Failure> {
    match value {
        Value::Null => Ok(types::Value::Null),
        Value::Integer(number) if number.abs() > MAXIMUM_INTEGER => {
            Err(Failure::Refused(format!("{number} is not exact in JavaScript")))
        }
        Value::Integer(number) => Ok(types::Value::Integer(number)),
        Value::Text(text) => Ok(types::Value::Text(text.to_owned())),
    }
}

fn cell(row: &rusqlite::Row<'_>, column: usize) -> Result<Cell, Failure> {
    match row.get(column)? {
        types::Value::Null => Ok(Cell::Null),
        types::Value::Integer(number) => Ok(Cell::Integer(number)),
        types::Value::Text(text) => Ok(Cell::Text(text)),
        other => Err(Failure::Refused(format!("{other:?} is none of the ledger's values"))),
    }
}
