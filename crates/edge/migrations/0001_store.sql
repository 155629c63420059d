-- A store as its merchant keeps it. Pricing never reads these tables: it reads the snapshot that an import writes
-- beside them in the same transaction.
--
-- Instants are whole milliseconds since 1970-01-01T00:00:00Z, money is whole minor units of the store's currency, both
-- within ±(2^53 − 1). `position` is a row's place in its list, from 0. `body` is the contract's JSON of the whole thing.

CREATE TABLE stores (
  id TEXT PRIMARY KEY,
  name TEXT,
  currency TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  -- The snapshot that prices now.
  snapshot_version TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE departments (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE collections (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  store_id TEXT NOT NULL REFERENCES stores (id),
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, sku)
) STRICT;

CREATE TABLE product_departments (
  store_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  department_id TEXT NOT NULL,
  PRIMARY KEY (store_id, sku, department_id),
  FOREIGN KEY (store_id, sku) REFERENCES products (store_id, sku),
  FOREIGN KEY (store_id, department_id) REFERENCES departments (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX product_departments_by_department ON product_departments (store_id, department_id);

CREATE TABLE product_collections (
  store_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  collection_id TEXT NOT NULL,
  PRIMARY KEY (store_id, sku, collection_id),
  FOREIGN KEY (store_id, sku) REFERENCES products (store_id, sku),
  FOREIGN KEY (store_id, collection_id) REFERENCES collections (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX product_collections_by_collection ON product_collections (store_id, collection_id);

CREATE TABLE shipping_services (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  rate_minor INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;

CREATE TABLE discounts (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('promotion', 'coupon')),
  -- In the spelling that typed codes are compared with.
  code TEXT CHECK ((kind = 'coupon') = (code IS NOT NULL)),
  title TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  starts_at INTEGER,
  ends_at INTEGER CHECK (ends_at > starts_at),
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;

CREATE UNIQUE INDEX discounts_by_code ON discounts (store_id, code) WHERE code IS NOT NULL;

CREATE TABLE promotion_sets (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE promotion_set_members (
  store_id TEXT NOT NULL,
  promotion_set_id TEXT NOT NULL,
  discount_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (store_id, promotion_set_id, discount_id),
  FOREIGN KEY (store_id, promotion_set_id) REFERENCES promotion_sets (store_id, id),
  FOREIGN KEY (store_id, discount_id) REFERENCES discounts (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX promotion_set_members_by_discount ON promotion_set_members (store_id, discount_id);

CREATE TABLE upgrades (
  store_id TEXT NOT NULL REFERENCES stores (id),
  id TEXT NOT NULL,
  starts_at INTEGER,
  ends_at INTEGER CHECK (ends_at > starts_at),
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;
