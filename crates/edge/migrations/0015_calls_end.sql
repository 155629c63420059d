-- When a call with an Idempotency-Key was made: it is remembered for a day. Those from before are, from now on.

ALTER TABLE credential_calls ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE credential_calls SET at = unixepoch() * 1000;
CREATE INDEX credential_calls_by_age ON credential_calls (at);
