-- What a call with an Idempotency-Key asked, by its hash: another call with the same key is refused. And what it answered,
-- where that held no secret: the same call gets it again. Of calls from before this nothing of it is known.

ALTER TABLE credential_calls ADD COLUMN request TEXT;
ALTER TABLE credential_calls ADD COLUMN answer TEXT;
