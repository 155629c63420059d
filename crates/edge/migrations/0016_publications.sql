-- Snapshots that webhooks are still to be told of: each is written together with what makes it price, and taken out once the
-- ledger has it to send.

CREATE TABLE publications (
  store_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (store_id, at, version)
) STRICT, WITHOUT ROWID;
