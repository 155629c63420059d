-- What past buyers bought, for the upgrade offers that their orders have earned, and for mails about what they own.

CREATE TABLE order_lines (
  store_id TEXT NOT NULL,
  reference TEXT NOT NULL,
  sku TEXT NOT NULL,
  PRIMARY KEY (store_id, reference, sku)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_lines_by_sku ON order_lines (store_id, sku, reference);
CREATE INDEX orders_by_email ON orders (store_id, email, reserved_at) WHERE email IS NOT NULL;
CREATE INDEX orders_by_customer ON orders (store_id, customer_id, reserved_at) WHERE customer_id IS NOT NULL;

-- Buyers from before there was this table have their offers too.
INSERT OR IGNORE INTO order_lines (store_id, reference, sku)
SELECT orders.store_id, orders.reference, line.value ->> 'sku'
FROM orders, json_each(orders.body, '$.quote.lines') AS line;

-- A set may name an upgrade, which stands for all its offers: its members are no longer only discounts.
CREATE TABLE set_members (
  store_id TEXT NOT NULL,
  promotion_set_id TEXT NOT NULL,
  discount_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (store_id, promotion_set_id, discount_id),
  FOREIGN KEY (store_id, promotion_set_id) REFERENCES promotion_sets (store_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO set_members SELECT store_id, promotion_set_id, discount_id, position FROM promotion_set_members;
DROP TABLE promotion_set_members;
ALTER TABLE set_members RENAME TO promotion_set_members;
CREATE INDEX promotion_set_members_by_discount ON promotion_set_members (store_id, discount_id);
