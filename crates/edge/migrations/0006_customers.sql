-- Customers as the merchant keeps them: their clubs and tags decide which discounts are for them.

CREATE TABLE customers (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- In the spelling that addresses are compared in.
  email TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT;

CREATE INDEX customers_by_email ON customers (store_id, email) WHERE email IS NOT NULL;

CREATE TABLE customer_clubs (
  store_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  club_id TEXT NOT NULL,
  PRIMARY KEY (store_id, customer_id, club_id),
  FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_tags (
  store_id TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (store_id, customer_id, tag),
  FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
) STRICT, WITHOUT ROWID;
