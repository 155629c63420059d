-- Mails to past buyers, as staff write them. Who gets one, and who has, is known to the update's own object.

CREATE TABLE updates (
  store_id TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  -- A JSON list: whoever bought one of these.
  skus TEXT NOT NULL,
  -- When it was first sent; from then on its words stay as they are.
  sent_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
