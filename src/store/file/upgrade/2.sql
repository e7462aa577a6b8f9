-- From version 1 to 2: what `schema.sql` says of tickets in full, callbacks, outages, calendar and filters.

-- The table is made anew: every column added by ALTER TABLE with a CHECK would look through all tickets once more.
-- What first contact was held to came with version 3, but only here it is known that nothing was raised then.
-- References between tickets name the table as it is called in the end. The indexes are made last, each by one sorting.
CREATE TABLE ticket_2 (
  id               INTEGER PRIMARY KEY,
  day              TEXT NOT NULL CHECK (length(day) = 10),
  n                INTEGER NOT NULL CHECK (n > 0),
  kind             TEXT NOT NULL CHECK (kind IN ('repair', 'complaint', 'enquiry', 'suggestion', 'help', 'praise')),
  channel          TEXT NOT NULL CHECK (channel IN ('phone', 'walk_in', 'patrol', 'grid', '12345', 'wechat', 'letter', 'committee')),
  category         TEXT NOT NULL REFERENCES category (code),
  priority         TEXT NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
  status           TEXT NOT NULL CHECK (status IN ('new', 'answered', 'assigned', 'accepted', 'working', 'paused', 'referred', 'resolved', 'unable', 'duplicate', 'closed', 'void')),
  open             INTEGER NOT NULL CHECK (open = (status NOT IN ('duplicate', 'closed', 'void'))),
  place_id         INTEGER REFERENCES place (id),
  compound_id      INTEGER REFERENCES place (id),
  reporter_id      INTEGER REFERENCES person (id),
  assignee_id      INTEGER REFERENCES staff (id),
  next_owner_id    INTEGER REFERENCES staff (id),
  taken_by         INTEGER NOT NULL REFERENCES operator (id),
  opened_at        INTEGER NOT NULL,
  respond_by       INTEGER NOT NULL,
  resolve_by       INTEGER NOT NULL,
  assigned_at      INTEGER,
  contacted_at     INTEGER,
  resolved_at      INTEGER,
  closed_at        INTEGER,
  paused_at        INTEGER,
  review_at        INTEGER,
  appointment_at   INTEGER,
  also_affected    INTEGER NOT NULL DEFAULT 0,
  chases           INTEGER NOT NULL DEFAULT 0,
  reopened         INTEGER NOT NULL DEFAULT 0,
  watched          INTEGER NOT NULL DEFAULT 0 CHECK (watched IN (0, 1)),
  duplicate_of     INTEGER REFERENCES ticket (id),
  words            TEXT NOT NULL CHECK (words <> ''),
  place_words      TEXT NOT NULL DEFAULT '',
  reporter_name    TEXT NOT NULL DEFAULT '',
  reporter_phone   TEXT NOT NULL DEFAULT '' CHECK (reporter_phone NOT GLOB '*[^0-9]*'),
  outside_number   TEXT NOT NULL DEFAULT '',
  outside_body     TEXT NOT NULL DEFAULT '',
  result           TEXT NOT NULL DEFAULT '',
  version          INTEGER NOT NULL DEFAULT 1,
  base_priority    TEXT NOT NULL DEFAULT 'P3' CHECK (base_priority IN ('P1', 'P2', 'P3', 'P4')),
  raised           INTEGER NOT NULL DEFAULT 0,
  respond_minutes  INTEGER NOT NULL DEFAULT 0,
  resolve_minutes  INTEGER NOT NULL DEFAULT 0,
  clock_from       INTEGER,
  pauses           TEXT NOT NULL DEFAULT '',
  outer_due        INTEGER,
  warned_at        INTEGER,
  told_at          INTEGER,
  told_by          TEXT CHECK (told_by IN ('phone', 'radio', 'group', 'person')),
  tries            INTEGER NOT NULL DEFAULT 0,
  tried_at         INTEGER,
  outcome          TEXT CHECK (outcome IN ('solved', 'unsolved', 'unreached')),
  fee              INTEGER CHECK (fee >= 0),
  root_cause       INTEGER NOT NULL DEFAULT 0 CHECK (root_cause IN (0, 1)),
  related          TEXT NOT NULL DEFAULT '',
  watch_words      TEXT NOT NULL DEFAULT '',
  materials        TEXT NOT NULL DEFAULT '',
  attachments      TEXT NOT NULL DEFAULT '',
  answered_under   TEXT,
  UNIQUE (day, n)
) STRICT;
INSERT INTO ticket_2 (
  id, day, n, kind, channel, category, priority, status, open, place_id, compound_id, reporter_id, assignee_id,
  next_owner_id, taken_by, opened_at, respond_by, resolve_by, assigned_at, contacted_at, resolved_at, closed_at,
  paused_at, review_at, appointment_at, also_affected, chases, reopened, watched, duplicate_of, words, place_words,
  reporter_name, reporter_phone, outside_number, outside_body, result, version, base_priority, respond_minutes,
  resolve_minutes, answered_under)
SELECT
  t.id, t.day, t.n, t.kind, t.channel, t.category, t.priority, t.status, t.open, t.place_id, t.compound_id,
  t.reporter_id, t.assignee_id, t.next_owner_id, t.taken_by, t.opened_at, t.respond_by, t.resolve_by, t.assigned_at,
  t.contacted_at, t.resolved_at, t.closed_at, t.paused_at, t.review_at, t.appointment_at, t.also_affected, t.chases,
  t.reopened, t.watched, t.duplicate_of, t.words, t.place_words, t.reporter_name, t.reporter_phone, t.outside_number,
  t.outside_body, t.result, t.version, t.priority, c.respond_minutes, c.resolve_minutes,
  CASE WHEN t.contacted_at > t.opened_at OR (t.contacted_at IS NOT NULL AND c.respond_minutes > 0)
    THEN t.category || ',' || t.priority || ',0,' || c.respond_minutes END
FROM ticket t LEFT JOIN category c ON c.code = t.category ORDER BY t.id;
DROP TABLE ticket;
ALTER TABLE ticket_2 RENAME TO ticket;
CREATE INDEX ticket_open ON ticket (compound_id, status, contacted_at, respond_by, resolve_by) WHERE open = 1;
CREATE INDEX ticket_assignee ON ticket (assignee_id) WHERE open = 1 AND assignee_id IS NOT NULL;
CREATE INDEX ticket_opened ON ticket (opened_at, id);
CREATE INDEX ticket_compound ON ticket (compound_id, opened_at, id);
CREATE INDEX ticket_resolved ON ticket (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX ticket_callback ON ticket (resolved_at, tried_at) WHERE status = 'resolved';
CREATE INDEX ticket_closed ON ticket (compound_id, closed_at) WHERE closed_at IS NOT NULL AND compound_id IS NOT NULL;
CREATE INDEX ticket_place ON ticket (place_id, opened_at) WHERE place_id IS NOT NULL;

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
