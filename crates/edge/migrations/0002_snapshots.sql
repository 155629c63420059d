-- Snapshots: what pricing reads, immutable, named by their content. None is ever deleted by an import, so that a quote
-- or an order can always be explained by the snapshot it names.

CREATE TABLE snapshots (
  store_id TEXT NOT NULL REFERENCES stores (id),
  version TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- The length of the whole body in UTF-8.
  bytes INTEGER NOT NULL,
  PRIMARY KEY (store_id, version)
) STRICT, WITHOUT ROWID;

-- A row of D1 holds at most 2 MB, so a body lies in parts that are joined in order of `position`.
CREATE TABLE snapshot_parts (
  store_id TEXT NOT NULL,
  version TEXT NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, version, position),
  FOREIGN KEY (store_id, version) REFERENCES snapshots (store_id, version)
) STRICT;
