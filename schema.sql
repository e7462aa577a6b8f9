-- The data file of township-desk. A new file is made from this text; older files are brought up to it step by step.
--
-- Times are milliseconds since 1970, UTC. Days are business dates 'YYYY-MM-DD' in the township's zone, reckoned by the
-- program; no SQL clock is used. Ids are made by the program (milliseconds since 2024, office, counter) in the write
-- transaction. Booleans are 0 and 1. Coded columns hold the short ASCII codes of the program's `domain`, checked here as
-- the last wall: the program refuses first, with a sentence.
-- Rows that people edit carry `version`, counted up with every change, so that two desks never overwrite each other.

-- The township itself: one row.
CREATE TABLE township (
  id                  INTEGER PRIMARY KEY CHECK (id = 1),
  name                TEXT NOT NULL,               -- 黎侯镇
  company             TEXT NOT NULL,               -- the property company
  desk_phone          TEXT NOT NULL DEFAULT '',    -- the number callers may ring, digits and blanks
  utc_offset_minutes  INTEGER NOT NULL DEFAULT 480 CHECK (utc_offset_minutes BETWEEN -720 AND 840),  -- the only zone
  office              INTEGER NOT NULL CHECK (office BETWEEN 0 AND 1023),  -- in every id made here; 0 is the sample
  sample              INTEGER NOT NULL CHECK (sample IN (0, 1)),           -- invented data to look round in
  file_uid            BLOB NOT NULL CHECK (length(file_uid) = 16),         -- tells copies of this file from other files
  created             INTEGER NOT NULL,            -- time
  version             INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What the next id, event or number is drawn from. Moved only inside a write transaction.
--   id_last_ms, id_counter   the newest id's milliseconds since 2024 and counter
--   event_seq                the newest event's seq
CREATE TABLE counter (
  name   TEXT PRIMARY KEY CHECK (name IN ('id_last_ms', 'id_counter', 'event_seq')),  -- see above
  value  INTEGER NOT NULL                           -- the newest drawn
) STRICT, WITHOUT ROWID;

-- The township's counter of tickets of each day. Numbers are never used again, also when a ticket is voided.
CREATE TABLE ticket_counter (
  day   TEXT PRIMARY KEY CHECK (length(day) = 10),  -- business date
  last  INTEGER NOT NULL CHECK (last > 0)           -- the newest number given on that day
) STRICT, WITHOUT ROWID;

-- Who works at the desk.
CREATE TABLE operator (
  id        INTEGER PRIMARY KEY,
  staff_id  INTEGER REFERENCES staff (id),          -- when a member of staff
  name      TEXT NOT NULL UNIQUE,                   -- as typed behind --as
  role      TEXT NOT NULL CHECK (role IN ('clerk', 'leader', 'manager', 'secretary', 'administrator')),  -- what he may do
  version   INTEGER NOT NULL DEFAULT 1,
  pin       TEXT,                                   -- argon2id of his PIN, with its salt and costs; none: he signs by name
  failures  INTEGER NOT NULL DEFAULT 0,             -- wrong PINs since the last right one
  locked_until  INTEGER                             -- after too many of them
) STRICT;

-- One run of the program by one operator at one terminal.
CREATE TABLE session (
  id           INTEGER PRIMARY KEY,
  operator_id  INTEGER NOT NULL REFERENCES operator (id),
  terminal     TEXT NOT NULL,                       -- the terminal's device name, or 'command'
  pid          INTEGER NOT NULL,                    -- process number, to tell a live session from a dead one
  started      INTEGER NOT NULL,                    -- time
  ended        INTEGER                              -- none while it runs, and after a kill
) STRICT;

-- Everything that was asked to be changed, once each: a uid sent again gives the stored result.
CREATE TABLE command (
  id          INTEGER PRIMARY KEY,
  cmd_uid     BLOB NOT NULL UNIQUE CHECK (length(cmd_uid) = 16),   -- UUIDv7, made where the command began
  at          INTEGER NOT NULL,
  session_id  INTEGER NOT NULL REFERENCES session (id),
  kind        TEXT NOT NULL,                        -- code of what was done, for the undo notice
  undoes      INTEGER REFERENCES command (id),      -- the command this one takes back
  result      TEXT NOT NULL                         -- what was answered (JSON: ids and numbers only)
) STRICT;
-- the newest command of a session, for undo; and which command was taken back
CREATE INDEX command_session ON command (session_id, id);
CREATE INDEX command_undoes ON command (undoes) WHERE undoes IS NOT NULL;

-- What happened, for ever. Order is by seq, never by clock.
CREATE TABLE event (
  seq          INTEGER PRIMARY KEY,                 -- rises by one
  command_id   INTEGER NOT NULL REFERENCES command (id),
  n            INTEGER NOT NULL,                    -- 0, 1, 2... within the command
  at           INTEGER NOT NULL,
  entity_kind  TEXT NOT NULL,                       -- 'ticket', 'person', ...
  entity_id    INTEGER NOT NULL,                    -- the record's id in its own table
  kind         TEXT NOT NULL,                       -- 'taken', 'assigned', ...
  v            INTEGER NOT NULL DEFAULT 1,          -- version of the payload's form; old forms stay readable
  payload      TEXT NOT NULL,                       -- JSON of changed fields, {"field":{"was":..,"now":..}}; texts as digests
  UNIQUE (command_id, n)
) STRICT;
-- the history of one record
CREATE INDEX event_entity ON event (entity_kind, entity_id, seq);

-- Words a person typed, or that name a person, apart from the events: they can be purged, and the salted digest in the
-- payload still proves the rest.
CREATE TABLE event_text (
  seq    INTEGER NOT NULL REFERENCES event (seq),
  field  TEXT NOT NULL,                             -- 'words.now', 'words.was', 'note'
  salt   BLOB NOT NULL CHECK (length(salt) = 16),   -- random, so that equal words have unlike digests
  text   TEXT,                                      -- none once purged
  PRIMARY KEY (seq, field)
) STRICT, WITHOUT ROWID;

-- Every level of place, from the township to a parking bay.
CREATE TABLE place (
  id           INTEGER PRIMARY KEY,
  parent_id    INTEGER REFERENCES place (id),
  kind         TEXT NOT NULL CHECK (kind IN ('township', 'community', 'compound', 'building', 'unit', 'home', 'shop', 'bay', 'common')),  -- its level
  compound_id  INTEGER REFERENCES place (id),       -- the compound it lies in; itself for a compound
  building_id  INTEGER REFERENCES place (id),       -- the building it lies in; itself for a building
  unit         TEXT,                                -- '2'; none where a building has no units
  floor        INTEGER,                             -- below ground is negative
  room         TEXT,                                -- '501'
  area_m2      REAL CHECK (area_m2 > 0),            -- floor area, square metres
  label        TEXT NOT NULL CHECK (label <> ''),   -- within the compound: '3-2-501', '东门'; a compound's own name
  sort_key     TEXT NOT NULL,                       -- orders labels as people count
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
-- a place by its label within a compound (import, typed places); no two alike
CREATE UNIQUE INDEX place_label ON place (compound_id, kind, label) WHERE compound_id IS NOT NULL;
-- what lies in a place
CREATE INDEX place_parent ON place (parent_id, sort_key);

-- How far a compound has come.
CREATE TABLE compound (
  place_id     INTEGER PRIMARY KEY REFERENCES place (id),
  stage        TEXT NOT NULL CHECK (stage IN ('three_no', 'entered', 'trial', 'contract')),  -- none of the three, entered, trial, contract
  trial_from   TEXT CHECK (length(trial_from) = 10),-- first day of the trial
  trial_days   INTEGER CHECK (trial_days > 0),      -- how long the trial lasts
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Other names of a place (老粮站后院).
CREATE TABLE place_alias (
  place_id  INTEGER NOT NULL REFERENCES place (id),
  name      TEXT NOT NULL CHECK (name <> ''),       -- as people say it
  PRIMARY KEY (place_id, name)
) STRICT, WITHOUT ROWID;

-- Standing notes on a place (楼顶钥匙在东门岗亭).
CREATE TABLE place_note (
  id        INTEGER PRIMARY KEY,
  place_id  INTEGER NOT NULL REFERENCES place (id),
  text      TEXT NOT NULL CHECK (text <> ''),       -- what must be known there
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;
-- the notes of a place
CREATE INDEX place_note_place ON place_note (place_id);

-- Residents, apart from where they live.
CREATE TABLE person (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),        -- as in the papers
  born     INTEGER CHECK (born BETWEEN 1880 AND 2200),  -- year
  care     INTEGER NOT NULL DEFAULT 0,              -- care flags: alone 1, disabled 2, low income 4, pregnant 8, infant 16, over 80 32
  work     INTEGER NOT NULL DEFAULT 0,              -- work flags: jobless 1, hard to employ 2, zero-job household 4, hard up 8, wants work 16
  version  INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What people call a resident (老栓, 王婶), most used first.
CREATE TABLE person_alias (
  person_id  INTEGER NOT NULL REFERENCES person (id),
  n          INTEGER NOT NULL,                      -- 0 is the most used
  name       TEXT NOT NULL CHECK (name <> ''),      -- as neighbours say it
  PRIMARY KEY (person_id, n)
) STRICT, WITHOUT ROWID;

-- Phones of a resident, most used first. The same number may belong to several people.
CREATE TABLE phone (
  person_id  INTEGER NOT NULL REFERENCES person (id),
  n          INTEGER NOT NULL,                      -- 0 is the most used
  digits     TEXT NOT NULL CHECK (digits <> '' AND digits NOT GLOB '*[^0-9]*'),  -- as dialled, without blanks
  PRIMARY KEY (person_id, n)
) STRICT, WITHOUT ROWID;

-- Who lives where, from when to when.
CREATE TABLE residency (
  person_id  INTEGER NOT NULL REFERENCES person (id),
  place_id   INTEGER NOT NULL REFERENCES place (id),
  relation   TEXT NOT NULL CHECK (relation IN ('owner', 'tenant', 'family')),  -- to the home
  is_head    INTEGER NOT NULL DEFAULT 0 CHECK (is_head IN (0, 1)),  -- head of the household
  from_day   TEXT CHECK (length(from_day) = 10),    -- none when not known
  to_day     TEXT CHECK (length(to_day) = 10),      -- none while living there
  PRIMARY KEY (place_id, person_id)
) STRICT, WITHOUT ROWID;
-- the homes of a person
CREATE INDEX residency_person ON residency (person_id);

-- Categories of tickets, editable.
CREATE TABLE category (
  code             TEXT PRIMARY KEY CHECK (code <> ''),  -- as typed at the desk: 201
  zh               TEXT NOT NULL,                   -- name in Chinese
  en               TEXT NOT NULL,                   -- name in English
  roles            TEXT NOT NULL,                   -- codes of the roles that can be sent, comma between, first preferred
  outside          INTEGER NOT NULL CHECK (outside IN (0, 1)),  -- an outside body usually has a part
  priority         TEXT NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),  -- of its tickets at first
  respond_minutes  INTEGER NOT NULL CHECK (respond_minutes >= 0),  -- until first contact
  resolve_minutes  INTEGER NOT NULL CHECK (resolve_minutes > 0),  -- until it is solved
  script_zh        TEXT,                            -- what the caller is told first, in danger
  script_en        TEXT,                            -- the same in English
  keywords         TEXT NOT NULL DEFAULT '',        -- words of a report that point here, commas between
  version          INTEGER NOT NULL DEFAULT 1,
  rules            TEXT NOT NULL DEFAULT ''         -- the township's own rules of danger that point here, one a line, each with its examples
) STRICT, WITHOUT ROWID;

-- Staff of the company.
CREATE TABLE staff (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (name <> ''),        -- as in the roster
  role     TEXT NOT NULL CHECK (role IN ('guard', 'cleaner', 'repairer', 'maintenance', 'greenery', 'desk', 'leader', 'works_lead', 'manager', 'grid_worker')),  -- trade or post
  phone    TEXT CHECK (phone NOT GLOB '*[^0-9]*'),  -- digits
  skills   TEXT NOT NULL DEFAULT '',                -- free words, blanks between
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),  -- 0 once he has left
  version  INTEGER NOT NULL DEFAULT 1,
  cycle    TEXT NOT NULL DEFAULT ''                 -- his cycle of days, templates' codes, + within a day, commas between days; empty: as his days show it
) STRICT;

-- Compounds a member of staff serves; no row means all.
CREATE TABLE staff_compound (
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  compound_id  INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY (staff_id, compound_id)
) STRICT, WITHOUT ROWID;

-- One person's shift on one day. A night belongs to the evening it begins.
CREATE TABLE shift (
  id           INTEGER PRIMARY KEY,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  day          TEXT NOT NULL CHECK (length(day) = 10),  -- business date it begins on
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),  -- which kind of shift
  from_at      INTEGER NOT NULL,                    -- time
  to_at        INTEGER NOT NULL CHECK (to_at > from_at),  -- time
  compound_id  INTEGER REFERENCES place (id),       -- posted to; none means all he serves
  post         TEXT NOT NULL DEFAULT '',            -- 东门
  presence     TEXT NOT NULL DEFAULT 'planned' CHECK (presence IN ('planned', 'present', 'late', 'absent')),  -- what really happened
  version      INTEGER NOT NULL DEFAULT 1,
  swapped_with INTEGER REFERENCES staff (id),       -- exchanged with this person 换班
  covers       INTEGER REFERENCES staff (id),       -- in the place of this person 顶班
  marked_at    INTEGER,                             -- when his coming or not coming was marked
  UNIQUE (staff_id, day, template)
) STRICT;
-- who is on duty at a time: shifts that began up to half a day before it
CREATE INDEX shift_from ON shift (from_at);

-- Hours and names of the shift templates; those of the program where there is no row.
CREATE TABLE shift_template (
  code         TEXT PRIMARY KEY CHECK (code IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),  -- which
  zh           TEXT NOT NULL CHECK (zh <> ''),      -- 早班
  en           TEXT NOT NULL CHECK (en <> ''),      -- early
  from_minute  INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1440),  -- after midnight of the shift's day
  to_minute    INTEGER NOT NULL CHECK (to_minute > from_minute AND to_minute <= 2880)  -- beyond 1440 is the next day
) STRICT, WITHOUT ROWID;

-- Days of the plan being made, a row a person and day that differs from what is published. Nobody is on duty by it.
CREATE TABLE draft_day (
  day       TEXT NOT NULL CHECK (length(day) = 10), -- business date
  staff_id  INTEGER NOT NULL REFERENCES staff (id), -- whose
  plan      TEXT NOT NULL,                          -- JSON of the day: shifts with post and how they came about, or rest
  PRIMARY KEY (day, staff_id)
) STRICT, WITHOUT ROWID;

-- Leave, from a day to a day.
CREATE TABLE leave (
  id        INTEGER PRIMARY KEY,
  staff_id  INTEGER NOT NULL REFERENCES staff (id), -- whose
  from_day  TEXT NOT NULL CHECK (length(from_day) = 10),  -- first day
  to_day    TEXT NOT NULL CHECK (length(to_day) = 10 AND to_day >= from_day),  -- last day
  kind      TEXT NOT NULL CHECK (kind IN ('personal', 'sick', 'annual', 'injury')),  -- why
  note      TEXT NOT NULL DEFAULT '',               -- in words
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;
-- who is on leave in a span of days
CREATE INDEX leave_to ON leave (to_day);

-- How many of a role are needed on a shift.
CREATE TABLE need (
  id           INTEGER PRIMARY KEY,
  compound_id  INTEGER REFERENCES place (id),       -- none: in the township as a whole
  role         TEXT NOT NULL,                       -- code of a role, as in staff
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),  -- the shift, by its hours
  days         TEXT NOT NULL CHECK (days IN ('every', 'working', 'rest', 'holiday')),  -- on which days
  count        INTEGER NOT NULL CHECK (count >= 0), -- how many; 0 says: on such days nobody
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
-- no two alike
CREATE UNIQUE INDEX need_one ON need (IFNULL(compound_id, 0), role, template, days);

-- How strict each rule of rosters is, and its figure; those of the program where there is no row.
CREATE TABLE roster_rule (
  rule      TEXT PRIMARY KEY CHECK (rule IN ('overlap', 'short_rest', 'two_a_day', 'leave_clash', 'skill_missing', 'no_day_off', 'week_hours')),  -- which
  severity  TEXT NOT NULL CHECK (severity IN ('off', 'warning', 'hard')),  -- what breaking it means
  figure    INTEGER                                 -- minutes of rest, days in a row, hours a week; none where there is no figure
) STRICT, WITHOUT ROWID;

-- Handovers from shift to shift. With the receiver's signature a row is frozen: see the triggers.
CREATE TABLE handover (
  id           INTEGER PRIMARY KEY,
  day          TEXT NOT NULL CHECK (length(day) = 10),    -- the shift handed over: the day it belongs to
  template     TEXT NOT NULL CHECK (template IN ('early', 'late', 'night', 'long_day', 'long_night', 'office', 'own1', 'own2', 'own3')),  -- and which it is
  kind         TEXT NOT NULL CHECK (kind IN ('normal', 'stand_in', 'phone', 'nobody')),  -- how
  from_seq     INTEGER NOT NULL,                    -- the window begins behind this event
  from_at      INTEGER NOT NULL,                    -- when the handover before was accepted
  given_by     INTEGER REFERENCES operator (id),
  given_at     INTEGER,                             -- the giver signed
  given_seq    INTEGER,                             -- newest event then: what came after is confirmed apart
  taken_by     INTEGER REFERENCES operator (id),
  taken_at     INTEGER,                             -- the receiver signed: frozen, and the next window begins
  taken_seq    INTEGER,                             -- newest event then
  content      TEXT NOT NULL,                       -- JSON of the lines with comments and answers; names and phones masked
  corrects     INTEGER REFERENCES handover (id),    -- a correction of a frozen one is a new row
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
-- the history, newest first
CREATE INDEX handover_taken ON handover (taken_at);
-- the newest accepted: a clock may have run ahead
CREATE INDEX handover_newest ON handover (taken_seq);
-- Frozen means frozen by every path.
CREATE TRIGGER handover_frozen BEFORE UPDATE ON handover WHEN OLD.taken_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed handover is frozen'); END;
CREATE TRIGGER handover_kept BEFORE DELETE ON handover WHEN OLD.taken_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed handover is kept'); END;
-- A row put in the place of another is no update and, with the pragma as it is, no delete.
CREATE TRIGGER handover_replaced BEFORE INSERT ON handover
WHEN EXISTS (SELECT 1 FROM handover WHERE id = NEW.id AND taken_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a signed handover is not replaced'); END;

-- Things counted at each handover: keys, tools, cash.
CREATE TABLE handover_item (
  name      TEXT PRIMARY KEY CHECK (name <> ''),    -- 东门钥匙
  expected  INTEGER NOT NULL CHECK (expected >= 0), -- how many there should be; cash in fen
  cash      INTEGER NOT NULL DEFAULT 0 CHECK (cash IN (0, 1)),  -- counted in fen
  sort      INTEGER NOT NULL DEFAULT 0              -- order on the page
) STRICT, WITHOUT ROWID;

-- Tickets as they stand; their events replay to these rows.
CREATE TABLE ticket (
  id               INTEGER PRIMARY KEY,
  day              TEXT NOT NULL CHECK (length(day) = 10),   -- business date of the number
  n                INTEGER NOT NULL CHECK (n > 0),           -- counter of that day
  kind             TEXT NOT NULL CHECK (kind IN ('repair', 'complaint', 'enquiry', 'suggestion', 'help', 'praise')),  -- what sort of report
  channel          TEXT NOT NULL CHECK (channel IN ('phone', 'walk_in', 'patrol', 'grid', '12345', 'wechat', 'letter', 'committee')),  -- how it came in
  category         TEXT NOT NULL REFERENCES category (code),
  priority         TEXT NOT NULL CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),  -- now
  status           TEXT NOT NULL CHECK (status IN ('new', 'answered', 'assigned', 'accepted', 'working', 'paused', 'referred', 'resolved', 'unable', 'duplicate', 'closed', 'void')),  -- where it stands
  open             INTEGER NOT NULL CHECK (open = (status NOT IN ('duplicate', 'closed', 'void'))),  -- follows from status; for the indexes
  place_id         INTEGER REFERENCES place (id),            -- none: only words
  compound_id      INTEGER REFERENCES place (id),            -- the compound of the place
  reporter_id      INTEGER REFERENCES person (id),           -- when known
  assignee_id      INTEGER REFERENCES staff (id),
  next_owner_id    INTEGER REFERENCES staff (id),            -- named when it was given back
  taken_by         INTEGER NOT NULL REFERENCES operator (id),
  opened_at        INTEGER NOT NULL,                -- when it was reported
  respond_by       INTEGER NOT NULL,                         -- first contact due
  resolve_by       INTEGER NOT NULL,                         -- solution due
  assigned_at      INTEGER,                                  -- given to the present assignee
  contacted_at     INTEGER,                                  -- first contact, or arrival
  resolved_at      INTEGER,                         -- when the worker was done
  closed_at        INTEGER,                         -- when it ended
  paused_at        INTEGER,                                  -- the running pause began
  review_at        INTEGER,                                  -- a pause or deferral is looked at again; when referred: the outside body is asked again
  appointment_at   INTEGER,                         -- when somebody is expected
  also_affected    INTEGER NOT NULL DEFAULT 0,               -- households beside the reporter
  chases           INTEGER NOT NULL DEFAULT 0,      -- times the caller asked again
  reopened         INTEGER NOT NULL DEFAULT 0,      -- times it was opened again
  watched          INTEGER NOT NULL DEFAULT 0 CHECK (watched IN (0, 1)),  -- on top of the list until released
  duplicate_of     INTEGER REFERENCES ticket (id),
  words            TEXT NOT NULL CHECK (words <> ''),        -- what was said
  place_words      TEXT NOT NULL DEFAULT '',                 -- where, as said; or the spot
  reporter_name    TEXT NOT NULL DEFAULT '',                 -- as given
  reporter_phone   TEXT NOT NULL DEFAULT '' CHECK (reporter_phone NOT GLOB '*[^0-9]*'),  -- digits to ring back
  outside_number   TEXT NOT NULL DEFAULT '',                 -- the 12345 order's number, or the outside body's
  outside_body     TEXT NOT NULL DEFAULT '',        -- who has it, when referred
  result           TEXT NOT NULL DEFAULT '',                 -- what was done
  version          INTEGER NOT NULL DEFAULT 1,
  base_priority    TEXT NOT NULL DEFAULT 'P3' CHECK (base_priority IN ('P1', 'P2', 'P3', 'P4')),  -- of its category when it was sorted
  raised           INTEGER NOT NULL DEFAULT 0,      -- why more urgent than that: care flag 1, three affected 2, reopened twice 4, a unit out 8, danger by a person's word 16
  respond_minutes  INTEGER NOT NULL DEFAULT 0,      -- limits of its category when it was sorted: it keeps them
  resolve_minutes  INTEGER NOT NULL DEFAULT 0,      -- the same, for the solution
  clock_from       INTEGER,                         -- the solution's clock began again: opened again; none: opened_at
  pauses           TEXT NOT NULL DEFAULT '',        -- ended pauses as from-to in milliseconds, commas between; read with their ticket only
  outer_due        INTEGER,                         -- deadline of a 12345 order, beside ours
  warned_at        INTEGER,                         -- the caller was told the words for danger
  told_at          INTEGER,                         -- the present assignee was told
  told_by          TEXT CHECK (told_by IN ('phone', 'radio', 'group', 'person')),  -- how
  tries            INTEGER NOT NULL DEFAULT 0,      -- callbacks nobody answered since it was resolved
  tried_at         INTEGER,                         -- the newest attempt at the reporter
  outcome          TEXT CHECK (outcome IN ('solved', 'unsolved', 'unreached')),  -- what it brought
  fee              INTEGER CHECK (fee >= 0),        -- of paid work, in fen
  root_cause       INTEGER NOT NULL DEFAULT 0 CHECK (root_cause IN (0, 1)),  -- opened for the root of several others
  related          TEXT NOT NULL DEFAULT '',        -- ids of tickets that belong with it, commas between
  watch_words      TEXT NOT NULL DEFAULT '',        -- what the next shifts watch for: if this, then that
  materials        TEXT NOT NULL DEFAULT '',        -- used for paid work
  attachments      TEXT NOT NULL DEFAULT '',        -- paths of files that belong to it, one a line
  answered_under   TEXT,                            -- what first contact was held to when somebody made it: category, its priority, reasons for raising, minutes, commas between; nothing done later moves respond_by
  outside_phone    TEXT NOT NULL DEFAULT '',        -- of who has it, when referred: phone, or whom to ask for
  UNIQUE (day, n)                                            -- a ticket by its number; how many were taken on a day
) STRICT;
-- the open list and the counts of header and pane: everything the clocks need is in the index
CREATE INDEX ticket_open ON ticket (compound_id, status, contacted_at, respond_by, resolve_by, outer_due) WHERE open = 1;
-- open tickets a member of staff has in hand
CREATE INDEX ticket_assignee ON ticket (assignee_id) WHERE open = 1 AND assignee_id IS NOT NULL;
-- the pages of what a member of staff ever had, newest first
CREATE INDEX ticket_handled ON ticket (assignee_id, opened_at, id) WHERE assignee_id IS NOT NULL;
-- the pages of the few that were merged or made void, newest first
CREATE INDEX ticket_out ON ticket (status, opened_at, id) WHERE status IN ('duplicate', 'void');
-- what was merged into a ticket
CREATE INDEX ticket_merged ON ticket (duplicate_of) WHERE duplicate_of IS NOT NULL;
-- the pages of all tickets, newest first
CREATE INDEX ticket_opened ON ticket (opened_at, id);
-- the pages of one compound's tickets, newest first
CREATE INDEX ticket_compound ON ticket (compound_id, opened_at, id);
-- what was resolved today
CREATE INDEX ticket_resolved ON ticket (resolved_at) WHERE resolved_at IS NOT NULL;
-- who waits for a callback, and since when
CREATE INDEX ticket_callback ON ticket (resolved_at, tried_at) WHERE status = 'resolved';
-- what was closed in a compound of late: look-alikes of a new report
CREATE INDEX ticket_closed ON ticket (compound_id, closed_at) WHERE closed_at IS NOT NULL AND compound_id IS NOT NULL;
-- what was reported at a place
CREATE INDEX ticket_place ON ticket (place_id, opened_at) WHERE place_id IS NOT NULL;

-- Words of tickets for searching: pairs of neighbouring characters made by the program; rowid is the ticket's id.
-- Hits are verified against the text, so positions are not kept.
CREATE VIRTUAL TABLE ticket_words USING fts5 (pairs, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 0');
-- Its parts are put together when nobody waits, never inside a save.
INSERT INTO ticket_words (ticket_words, rank) VALUES ('automerge', 0);

-- Residents rung back, answered or not: what the three rates count. One row an event, never taken back.
CREATE TABLE callback (
  seq          INTEGER PRIMARY KEY REFERENCES event (seq),  -- the event that told it
  ticket_id    INTEGER NOT NULL REFERENCES ticket (id),
  at           INTEGER NOT NULL,
  operator_id  INTEGER NOT NULL REFERENCES operator (id),
  whom         TEXT NOT NULL CHECK (whom IN ('reporter', 'affected', 'came_in')),  -- whose word
  reached      INTEGER NOT NULL CHECK (reached IN (0, 1)),  -- somebody answered
  solved       INTEGER CHECK (solved IN (0, 1)),    -- none when not reached
  in_time      INTEGER CHECK (in_time IN (0, 1)),   -- none when not asked: not reached, or not solved
  verdict      TEXT CHECK (verdict IN ('satisfied', 'fair', 'dissatisfied'))  -- the same
) STRICT;
-- the callbacks of a span of days
CREATE INDEX callback_at ON callback (at);
-- the callbacks about one ticket
CREATE INDEX callback_ticket ON callback (ticket_id);

-- Water, power, heat or gas cut off, planned or now, with what callers are told.
CREATE TABLE outage (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('water', 'power', 'heat', 'gas', 'lift', 'other')),  -- what is cut off
  from_at    INTEGER NOT NULL,                      -- begins
  to_at      INTEGER NOT NULL CHECK (to_at > from_at),      -- expected end
  ended_at   INTEGER,                               -- when it was really over
  places     TEXT NOT NULL CHECK (places <> ''),    -- ids of the compounds and buildings it is in, commas between
  words      TEXT NOT NULL CHECK (words <> ''),     -- what callers are told
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;
-- those of now and of the days to come
CREATE INDEX outage_to ON outage (to_at);

-- Callers about an outage: no ticket of their own, but a household counted.
CREATE TABLE outage_call (
  seq        INTEGER PRIMARY KEY REFERENCES event (seq),    -- the event that told it
  outage_id  INTEGER NOT NULL REFERENCES outage (id),
  place_id   INTEGER REFERENCES place (id),         -- the home, when known: counted once however often it rings
  at         INTEGER NOT NULL
) STRICT;
-- the callers of an outage
CREATE INDEX outage_call_outage ON outage_call (outage_id);

-- The desk's hours on each kind of day; no row: closed.
CREATE TABLE desk_hours (
  kind         TEXT PRIMARY KEY CHECK (kind IN ('working', 'rest', 'holiday')),  -- kind of day
  from_minute  INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),          -- after midnight
  to_minute    INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440 AND to_minute > from_minute)  -- after midnight
) STRICT, WITHOUT ROWID;

-- Days that are not what their weekday says: holidays, and rest days worked for them.
CREATE TABLE calendar_day (
  day   TEXT PRIMARY KEY CHECK (length(day) = 10),  -- business date
  kind  TEXT NOT NULL CHECK (kind IN ('working', 'rest', 'holiday')),  -- what it is instead
  name  TEXT NOT NULL DEFAULT ''                    -- 国庆节
) STRICT, WITHOUT ROWID;

-- Filters of the ticket list that were given a name.
CREATE TABLE saved_filter (
  id       INTEGER PRIMARY KEY,                     -- they are offered in this order
  name     TEXT NOT NULL UNIQUE CHECK (name <> ''), -- as it is picked
  filter   TEXT NOT NULL CHECK (filter <> '')       -- as typed
) STRICT;

-- Intakes put aside half-done. No ticket, no number, no clock yet.
CREATE TABLE parked (
  id           INTEGER PRIMARY KEY,
  cmd_uid      BLOB NOT NULL UNIQUE CHECK (length(cmd_uid) = 16),  -- of the form: saving it twice saves it once
  operator_id  INTEGER NOT NULL REFERENCES operator (id),
  at           INTEGER NOT NULL,
  form         TEXT NOT NULL                        -- JSON of what was typed, caret included
) STRICT;

-- Which row an outside sheet's own id, or a digest of its row, became.
CREATE TABLE import_key (
  source  TEXT NOT NULL,                            -- where the keys come from: 'sheet:NAME', 'sheet:' for digests
  kind    TEXT NOT NULL,                            -- 'home', 'resident', 'ticket', ...
  key     TEXT NOT NULL,                            -- the sheet's id, or the digest and which of its like
  id      INTEGER NOT NULL,
  PRIMARY KEY (source, kind, key)
) STRICT, WITHOUT ROWID;

-- Backups made, and whose turn it is to make the next: the newest row is the lease.
CREATE TABLE backup (
  id          INTEGER PRIMARY KEY,
  session_id  INTEGER NOT NULL REFERENCES session (id),
  started     INTEGER NOT NULL,                     -- time
  finished    INTEGER,                              -- none while it is made, or when it failed
  path        TEXT NOT NULL                         -- file name
) STRICT;

-- Who saw names and phones of a ticket in full, once an hour: opening the ticket is the reason. Not among the events.
CREATE TABLE access_log (
  operator_id  INTEGER NOT NULL REFERENCES operator (id),
  ticket_id    INTEGER NOT NULL REFERENCES ticket (id),
  hour         INTEGER NOT NULL,                    -- hours since 1970
  at           INTEGER NOT NULL,                    -- the first time in that hour
  PRIMARY KEY (operator_id, ticket_id, hour)
) STRICT, WITHOUT ROWID;
