//! The ledger's tables. A new version adds steps to the end; none is ever changed.

use crate::sql::Sql;

/// Every statement that was ever needed to make the tables, in order.
const STEPS: &[&str] = &[
    // Instants are whole milliseconds since 1970, money is whole minor units of the order's currency.
    "CREATE TABLE orders (
       reference TEXT PRIMARY KEY,
       status TEXT NOT NULL
         CHECK (status IN ('reserved', 'committed', 'released', 'expired', 'cancelled', 'refunded')),
       revision INTEGER NOT NULL,
       -- Of what was asked: the same again is a repeated call.
       fingerprint TEXT NOT NULL,
       -- Of the signed quote it was sold by: no second order is.
       quote TEXT,
       customer_id TEXT,
       email TEXT,
       currency TEXT NOT NULL,
       total INTEGER NOT NULL CHECK (total >= 0),
       refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND total),
       reserved_at INTEGER NOT NULL,
       expires_at INTEGER NOT NULL,
       committed_at INTEGER,
       closed_at INTEGER,
       -- A JSON list of its discounts with the limits they had.
       uses TEXT NOT NULL,
       body TEXT NOT NULL
     ) STRICT",
    "CREATE UNIQUE INDEX orders_by_quote ON orders (quote) WHERE quote IS NOT NULL",
    "CREATE INDEX orders_to_expire ON orders (expires_at) WHERE status = 'reserved'",
    // The uses of live orders, reserved or committed; one that is given back goes away.
    "CREATE TABLE uses (
       discount TEXT NOT NULL,
       reference TEXT NOT NULL REFERENCES orders (reference),
       customer_id TEXT,
       email TEXT,
       PRIMARY KEY (discount, reference)
     ) STRICT, WITHOUT ROWID",
    "CREATE INDEX uses_by_customer ON uses (customer_id, discount) WHERE customer_id IS NOT NULL",
    "CREATE INDEX uses_by_email ON uses (email, discount) WHERE email IS NOT NULL",
    // How many rows `uses` has of a discount, of reserved orders and of committed ones.
    "CREATE TABLE counts (
       discount TEXT PRIMARY KEY,
       held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
       spent INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
       stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1))
     ) STRICT, WITHOUT ROWID",
    "CREATE TABLE refunds (
       reference TEXT NOT NULL REFERENCES orders (reference),
       id TEXT NOT NULL,
       amount INTEGER NOT NULL CHECK (amount >= 0),
       PRIMARY KEY (reference, id)
     ) STRICT, WITHOUT ROWID",
    "CREATE TABLE idempotency (
       key TEXT PRIMARY KEY,
       request TEXT NOT NULL,
       outcome TEXT NOT NULL,
       created_at INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID",
    "CREATE INDEX idempotency_by_age ON idempotency (created_at)",
    // What happened to orders and has not been told yet, in the order it happened.
    "CREATE TABLE events (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       message TEXT NOT NULL UNIQUE,
       kind TEXT NOT NULL,
       at INTEGER NOT NULL,
       body TEXT NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       due_at INTEGER NOT NULL
     ) STRICT",
    // What is on its way to a webhook. One that was tried too often is dead, and waits for somebody to try it again.
    "CREATE TABLE deliveries (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       message TEXT NOT NULL,
       endpoint TEXT NOT NULL,
       kind TEXT NOT NULL,
       at INTEGER NOT NULL,
       body TEXT NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       due_at INTEGER NOT NULL,
       dead_at INTEGER,
       error TEXT,
       UNIQUE (message, endpoint)
     ) STRICT",
    "CREATE INDEX deliveries_due ON deliveries (due_at) WHERE dead_at IS NULL",
    // Of an upgrade offer that is redeemed: the order that earned it. Each is redeemed once.
    "ALTER TABLE uses ADD COLUMN granted_by TEXT",
    "CREATE UNIQUE INDEX uses_by_grant ON uses (discount, granted_by) WHERE granted_by IS NOT NULL",
    // Links by which a visitor shows that an address is theirs. The link itself is signed, and is kept nowhere.
    "CREATE TABLE confirmations (
       id TEXT PRIMARY KEY,
       email TEXT NOT NULL,
       asked_at INTEGER NOT NULL,
       spent_at INTEGER
     ) STRICT, WITHOUT ROWID",
    "CREATE INDEX confirmations_by_age ON confirmations (asked_at)",
    "CREATE INDEX confirmations_by_email ON confirmations (email, asked_at)",
    // An event lives for a moment, and nobody looks for one by its message, which is the hash of a change that is made
    // once: an index of it would be a page written at a place of its own with every order. Numbers that are free are
    // taken again, in order: an event goes away together with all that are older.
    "CREATE TABLE waiting (
       id INTEGER PRIMARY KEY,
       message TEXT NOT NULL,
       kind TEXT NOT NULL,
       at INTEGER NOT NULL,
       body TEXT NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       due_at INTEGER NOT NULL
     ) STRICT",
    "INSERT INTO waiting (id, message, kind, at, body, attempts, due_at)
       SELECT id, message, kind, at, body, attempts, due_at FROM events",
    "DROP TABLE events",
    "ALTER TABLE waiting RENAME TO events",
    // Whether it was all that was left to give back. Of earlier ones only the order tells it.
    "ALTER TABLE refunds ADD COLUMN was_the_rest INTEGER NOT NULL DEFAULT 0 CHECK (was_the_rest IN (0, 1))",
    "UPDATE refunds SET was_the_rest = 1
       WHERE reference IN (SELECT reference FROM orders WHERE status = 'refunded')",
];

/// Brings the tables to the present version.
pub(crate) fn prepare<S: Sql>(sql: &S) -> Result<(), S::Error> {
    sql.transaction(|| {
        sql.run("CREATE TABLE IF NOT EXISTS steps (done INTEGER NOT NULL) STRICT", &[])?;
        let rows = sql.run("SELECT coalesce(max(done), 0) FROM steps", &[])?;
        let done = rows.first().map_or(0, |row| row.count(0));
        for (number, step) in (1_i64..).zip(STEPS) {
            if u64::try_from(number).is_ok_and(|number| number > done) {
                sql.run(step, &[])?;
                sql.run("INSERT INTO steps (done) VALUES (?1)", &[number.into()])?;
            }
        }
        Ok(())
    })
}
