-- Site keys: public names by which a shop's pages speak to the API, each with the exact origins those pages have.
-- A key may be set up before the store's first import, so it does not refer to one.

CREATE TABLE site_keys (
  store_id TEXT NOT NULL,
  key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, key)
) STRICT, WITHOUT ROWID;

-- A request says nothing but its key, so no two stores share one.
CREATE UNIQUE INDEX site_keys_by_key ON site_keys (key);

CREATE TABLE site_key_origins (
  store_id TEXT NOT NULL,
  key TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (store_id, key, origin),
  FOREIGN KEY (store_id, key) REFERENCES site_keys (store_id, key)
) STRICT, WITHOUT ROWID;
