-- From version 1 to 2: what `schema.sql` says of tickets in full, callbacks, outages, calendar and filters.

ALTER TABLE ticket ADD COLUMN base_priority TEXT NOT NULL DEFAULT 'P3' CHECK (base_priority IN ('P1', 'P2', 'P3', 'P4'));
ALTER TABLE ticket ADD COLUMN raised INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN respond_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN resolve_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN clock_from INTEGER;
ALTER TABLE ticket ADD COLUMN pauses TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN outer_due INTEGER;
ALTER TABLE ticket ADD COLUMN warned_at INTEGER;
ALTER TABLE ticket ADD COLUMN told_at INTEGER;
ALTER TABLE ticket ADD COLUMN told_by TEXT CHECK (told_by IN ('phone', 'radio', 'group', 'person'));
ALTER TABLE ticket ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN tried_at INTEGER;
ALTER TABLE ticket ADD COLUMN outcome TEXT CHECK (outcome IN ('solved', 'unsolved', 'unreached'));
ALTER TABLE ticket ADD COLUMN fee INTEGER CHECK (fee >= 0);
ALTER TABLE ticket ADD COLUMN root_cause INTEGER NOT NULL DEFAULT 0 CHECK (root_cause IN (0, 1));
ALTER TABLE ticket ADD COLUMN related TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN watch_words TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN materials TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN attachments TEXT NOT NULL DEFAULT '';

UPDATE ticket SET base_priority = priority,
  (respond_minutes, resolve_minutes) = (SELECT c.respond_minutes, c.resolve_minutes FROM category c WHERE c.code = ticket.category);

CREATE INDEX ticket_callback ON ticket (resolved_at, tried_at) WHERE status = 'resolved';
CREATE INDEX ticket_closed ON ticket (compound_id, closed_at) WHERE closed_at IS NOT NULL AND compound_id IS NOT NULL;

CREATE TABLE callback (
  seq          INTEGER PRIMARY KEY REFERENCES event (seq),
  ticket_id    INTEGER NOT NULL REFERENCES ticket (id),
  at           INTEGER NOT NULL,
  operator_id  INTEGER NOT NULL REFERENCES operator (id),
  whom         TEXT NOT NULL CHECK (whom IN ('reporter', 'affected', 'came_in')),
  reached      INTEGER NOT NULL CHECK (reached IN (0, 1)),
  solved       INTEGER CHECK (solved IN (0, 1)),
  in_time      INTEGER CHECK (in_time IN (0, 1)),
  verdict      TEXT CHECK (verdict IN ('satisfied', 'fair', 'dissatisfied'))
) STRICT;
CREATE INDEX callback_at ON callback (at);
CREATE INDEX callback_ticket ON callback (ticket_id);

CREATE TABLE outage (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('water', 'power', 'heat', 'gas', 'lift', 'other')),
  from_at    INTEGER NOT NULL,
  to_at      INTEGER NOT NULL CHECK (to_at > from_at),
  ended_at   INTEGER,
  places     TEXT NOT NULL CHECK (places <> ''),
  words      TEXT NOT NULL CHECK (words <> ''),
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX outage_to ON outage (to_at);

CREATE TABLE outage_call (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),
  outage_id  INTEGER NOT NULL REFERENCES outage (id),
  place_id   INTEGER REFERENCES place (id),
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX outage_call_outage ON outage_call (outage_id);

CREATE TABLE desk_hours (
  kind         TEXT PRIMARY KEY CHECK (kind IN ('working', 'rest', 'holiday')),
  from_minute  INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute    INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440 AND to_minute > from_minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_day (
  day   TEXT PRIMARY KEY CHECK (length(day) = 10),
  kind  TEXT NOT NULL CHECK (kind IN ('working', 'rest', 'holiday')),
  name  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_filter (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE CHECK (name <> ''),
  filter   TEXT NOT NULL CHECK (filter <> '')
) STRICT;
