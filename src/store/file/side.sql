-- The file of drafts beside the data file: half-typed intakes, kept with every key.
CREATE TABLE IF NOT EXISTS draft (
  uid    BLOB PRIMARY KEY,        -- of the command it will be
  owner  TEXT NOT NULL,           -- the terminal
  pid    INTEGER NOT NULL,        -- process number of the program it is typed in
  form   TEXT NOT NULL            -- JSON of what is typed so far
) STRICT;
