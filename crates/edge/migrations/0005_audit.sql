-- What was changed, by whom: one row for each change made through the admin API, written in the change's own
-- transaction. Each row names the hash of the one before it, so that none can be altered or taken out unnoticed.

CREATE TABLE audit (
  store_id TEXT NOT NULL,
  -- From 1, without a gap.
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- The id of an admin token, or `owner` for the deployment's own.
  actor TEXT NOT NULL,
  -- What was done, such as `discount.stop`.
  action TEXT NOT NULL,
  -- To which thing, by its id.
  subject TEXT NOT NULL,
  -- More of it, as JSON; never a secret.
  detail TEXT NOT NULL,
  -- The hash of the row before; empty in the first.
  previous_hash TEXT NOT NULL,
  -- SHA-256 of the canonical JSON of all of the above but the store.
  hash TEXT NOT NULL,
  PRIMARY KEY (store_id, sequence)
) STRICT;
