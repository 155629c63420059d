-- Orders as merchants look at them. The ledger decides about orders; its outbox writes them here, each at least once,
-- the latest revision winning. Nothing is ever counted from these tables.

CREATE TABLE orders (
  store_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  status TEXT NOT NULL,
  revision INTEGER NOT NULL,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  refunded_minor INTEGER NOT NULL,
  customer_id TEXT,
  email TEXT,
  reserved_at INTEGER NOT NULL,
  -- The order as `GET /v1/orders/{reference}` answers it.
  body TEXT NOT NULL,
  PRIMARY KEY (store_id, reference)
) STRICT;

CREATE INDEX orders_by_time ON orders (store_id, reserved_at DESC, reference);

-- Discounts that a merchant has stopped: they stay off in whatever is imported, until they are resumed. The ledger has
-- them too, and refuses them at once.
CREATE TABLE stops (
  store_id TEXT NOT NULL,
  discount_id TEXT NOT NULL,
  stopped_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, discount_id)
) STRICT, WITHOUT ROWID;
