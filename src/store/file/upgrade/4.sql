-- From version 3 to 4: what `schema.sql` says of rosters, handovers and PINs.

ALTER TABLE operator ADD COLUMN pin TEXT;
ALTER TABLE operator ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operator ADD COLUMN locked_until INTEGER;
ALTER TABLE staff ADD COLUMN cycle TEXT NOT NULL DEFAULT '';

-- A township's own templates: the check on the column has to be made anew.
ALTER TABLE shift RENAME TO shift_before;
CREATE TABLE shift (
  id           INTEGER PRIMARY KEY,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  day          TEXT NOT NULL CHECK (length(day) = 10),
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),
  from_at      INTEGER NOT NULL,
  to_at        INTEGER NOT NULL CHECK (to_at > from_at),
  compound_id  INTEGER REFERENCES place (id),
  post         TEXT NOT NULL DEFAULT '',
  presence     TEXT NOT NULL DEFAULT 'planned' CHECK (presence IN ('planned', 'present', 'late', 'absent')),
  version      INTEGER NOT NULL DEFAULT 1,
  swapped_with INTEGER REFERENCES staff (id),
  covers       INTEGER REFERENCES staff (id),
  marked_at    INTEGER,
  UNIQUE (staff_id, day, template)
) STRICT;

INSERT INTO shift (id, staff_id, day, template, from_at, to_at, compound_id, post, presence, version)
  SELECT id, staff_id, day, template, from_at, to_at, compound_id, post, presence, version FROM shift_before;
DROP TABLE shift_before;
CREATE INDEX shift_from ON shift (from_at);

CREATE TABLE shift_template (
  code         TEXT PRIMARY KEY CHECK (code IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),
  zh           TEXT NOT NULL CHECK (zh <> ''),
  en           TEXT NOT NULL CHECK (en <> ''),
  from_minute  INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1440),
  to_minute    INTEGER NOT NULL CHECK (to_minute > from_minute AND to_minute <= 2880)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_day (
  day       TEXT NOT NULL CHECK (length(day) = 10),
  staff_id  INTEGER NOT NULL REFERENCES staff (id),
  plan      TEXT NOT NULL,
  PRIMARY KEY (day, staff_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE leave (
  id        INTEGER PRIMARY KEY,
  staff_id  INTEGER NOT NULL REFERENCES staff (id),
  from_day  TEXT NOT NULL CHECK (length(from_day) = 10),
  to_day    TEXT NOT NULL CHECK (length(to_day) = 10 AND to_day >= from_day),
  kind      TEXT NOT NULL CHECK (kind IN ('personal', 'sick', 'annual', 'injury')),
  note      TEXT NOT NULL DEFAULT '',
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX leave_to ON leave (to_day);

CREATE TABLE need (
  id           INTEGER PRIMARY KEY,
  compound_id  INTEGER REFERENCES place (id),
  role         TEXT NOT NULL,
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),
  days         TEXT NOT NULL CHECK (days IN ('every', 'working', 'rest', 'holiday')),
  count        INTEGER NOT NULL CHECK (count >= 0),
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX need_one ON need (IFNULL(compound_id, 0), role, template, days);

CREATE TABLE roster_rule (
  rule      TEXT PRIMARY KEY CHECK (rule IN ('overlap', 'short_rest', 'two_a_day', 'leave_clash', 'skill_missing', 'no_day_off', 'week_hours')),
  severity  TEXT NOT NULL CHECK (severity IN ('off', 'warning', 'hard')),
  figure    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE handover (
  id           INTEGER PRIMARY KEY,
  day          TEXT NOT NULL CHECK (length(day) = 10),
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),
  kind         TEXT NOT NULL CHECK (kind IN ('normal', 'stand_in', 'phone', 'nobody')),
  from_seq     INTEGER NOT NULL,
  from_at      INTEGER NOT NULL,
  given_by     INTEGER REFERENCES operator (id),
  given_at     INTEGER,
  given_seq    INTEGER,
  taken_by     INTEGER REFERENCES operator (id),
  taken_at     INTEGER,
  taken_seq    INTEGER,
  content      TEXT NOT NULL,
  corrects     INTEGER REFERENCES handover (id),
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX handover_taken ON handover (taken_at);
CREATE INDEX handover_newest ON handover (taken_seq);
CREATE TRIGGER handover_frozen BEFORE UPDATE ON handover WHEN OLD.taken_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed handover is frozen'); END;
CREATE TRIGGER handover_kept BEFORE DELETE ON handover WHEN OLD.taken_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed handover is kept'); END;
CREATE TRIGGER handover_replaced BEFORE INSERT ON handover
WHEN EXISTS (SELECT 1 FROM handover WHERE id = NEW.id AND taken_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a signed handover is not replaced'); END;

CREATE TABLE handover_item (
  name      TEXT PRIMARY KEY CHECK (name <> ''),
  expected  INTEGER NOT NULL CHECK (expected >= 0),
  cash      INTEGER NOT NULL DEFAULT 0 CHECK (cash IN (0, 1)),
  sort      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
