//! What the ledger asks of a database: SQLite, used from one thread.

/// A database that runs one statement at a time.
pub trait Sql {
    /// What can go wrong in the database.
    type Error: core::error::Error + 'static;

    /// Runs one statement with its values, `?1` being the first, and gives its rows. Statements are part of the program:
    /// nothing from outside is ever one, and a database may know them by their place.
    ///
    /// # Errors
    /// The database fails.
    fn run(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Self::Error>;

    /// Runs one statement that gives no rows: a database may spare itself looking for them.
    ///
    /// # Errors
    /// The database fails.
    fn write(&self, statement: &'static str, values: &[Value<'_>]) -> Result<(), Self::Error> {
        self.run(statement, values).map(drop)
    }

    /// Does `work`: all that it writes is written, or, when it fails, nothing.
    ///
    /// # Errors
    /// `work` or the database fails.
    fn transaction<T>(&self, work: impl FnOnce() -> Result<T, Self::Error>) -> Result<T, Self::Error>;
}

/// A value for a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// None.
    Null,
    /// A whole number within ±(2^53 − 1), which is what JavaScript can hand on exactly.
    Integer(i64),
    /// A text.
    Text(&'a str),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer, its columns in the order asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row(pub Vec<Cell>);

/// A value of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// None.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// The schema says which type a column has, so that a cell of another type can't be.
impl Row {
    /// A text; empty where there is none.
    pub fn text(&mut self, column: usize) -> String {
        self.optional_text(column).unwrap_or_default()
    }

    /// A text, where there is one.
    pub fn optional_text(&mut self, column: usize) -> Option<String> {
        match self.0.get_mut(column) {
            Some(Cell::Text(text)) => Some(core::mem::take(text)),
            _ => None,
        }
    }

    /// A whole number; zero where there is none.
    #[must_use]
    pub fn integer(&self, column: usize) -> i64 {
        self.optional_integer(column).unwrap_or_default()
    }

    /// A whole number, where there is one.
    #[must_use]
    pub fn optional_integer(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Cell::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// A count: never negative, as the schema says.
    #[must_use]
    pub fn count(&self, column: usize) -> u64 {
        u64::try_from(self.integer(column)).unwrap_or_default()
    }
}
