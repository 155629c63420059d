-- Where events are sent, as Standard Webhooks says. A webhook's secret signs, so it is kept as it is.

CREATE TABLE webhooks (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  -- A JSON list of event types; every type where it is empty.
  events TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  secret TEXT NOT NULL,
  -- Signs beside the new one until `previous_until`.
  previous_secret TEXT,
  previous_until INTEGER CHECK ((previous_until IS NULL) = (previous_secret IS NULL)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;
