-- How many got an update, once it is over: then nobody asks its object any more.

ALTER TABLE updates ADD COLUMN progress TEXT;
