-- Secrets that open the API: of a shop's servers and of its staff. Only their SHA-256 is kept.
--
-- A rotated secret goes on being good until `previous_until`, so that a shop can change it everywhere before it ends.

CREATE TABLE credentials (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('server', 'admin')),
  -- What staff may do; a server may do what servers do.
  role TEXT CHECK ((kind = 'admin') = (role IS NOT NULL AND role IN ('viewer', 'editor', 'owner'))),
  title TEXT NOT NULL,
  -- How often the secret was made: a part of what a server's customer secret is derived from.
  generation INTEGER NOT NULL,
  secret_hash TEXT NOT NULL,
  previous_hash TEXT,
  previous_until INTEGER CHECK ((previous_until IS NULL) = (previous_hash IS NULL)),
  created_at INTEGER NOT NULL,
  rotated_at INTEGER,
  PRIMARY KEY (store_id, id)
) STRICT;

-- The Idempotency-Keys of the calls that made or rotated them: a repeated call must not make another.
CREATE TABLE credential_calls (
  store_id TEXT NOT NULL,
  key TEXT NOT NULL,
  credential_id TEXT NOT NULL,
  PRIMARY KEY (store_id, key)
) STRICT, WITHOUT ROWID;
