-- How a store writes to its buyers.

CREATE TABLE mail_settings (
  store_id TEXT NOT NULL PRIMARY KEY,
  -- JSON, as `PUT /admin/api/mail` takes it.
  body TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Buyers who want no more news; receipts and links that they ask for still come.
CREATE TABLE unsubscribes (
  store_id TEXT NOT NULL,
  -- In the spelling that addresses are compared in.
  email TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (store_id, email)
) STRICT, WITHOUT ROWID;
