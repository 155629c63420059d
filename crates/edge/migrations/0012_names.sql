-- What customers are called, where the merchant says so. An order keeps the name that it was made with in its body.

ALTER TABLE customers ADD COLUMN name TEXT;
