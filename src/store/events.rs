//! The event log's rows: writing what happened, and reading it back. What a payload looks like is `payload`; what a change
//! means is not known here.

use rusqlite::{OptionalExtension, ToSql, params};
use serde_json::{Map, Value};

use super::error::Result;
use super::file::Connection;
use super::payload::{self, Composed, Salts};
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::id::CommandId;
use crate::domain::time::Time;
use crate::domain::trouble::Trouble;

/// The command an event belongs to, and how many it has so far.
#[derive(Debug)]
pub(super) struct Log<'a> {
    pub(super) conn: &'a Connection,
    pub(super) command: CommandId,
    pub(super) at: Time,
    n: i64,
}

/// A row of the log.
#[derive(Debug)]
pub(super) struct EventRow {
    pub(super) seq: i64,
    pub(super) command: CommandId,
    pub(super) n: i64,
    pub(super) at: Time,
    pub(super) entity: Entity,
    pub(super) id: i64,
    pub(super) kind: EventKind,
    pub(super) what: Composed,
}

impl<'a> Log<'a> {
    pub(super) const fn new(conn: &'a Connection, command: CommandId, at: Time) -> Self {
        Self { conn, command, at, n: 0 }
    }

    /// How many events the command has so far.
    pub(super) const fn count(&self) -> i64 {
        self.n
    }

    /// Forgets the events behind `n`, which were rolled back.
    pub(super) const fn rewind(&mut self, n: i64) {
        self.n = n;
    }

    /// Writes that a record changed. The note may be empty; `words` are further texts, by name. Gives the event's seq.
    pub(super) fn changed<T: Tracked>(
        &mut self,
        entity: Entity,
        id: i64,
        kind: EventKind,
        changes: &T::Changes,
        note: &str,
        words: &[(&str, &str)],
    ) -> Result<i64> {
        self.write(entity, id, kind, payload::of_change::<T>(kind, changes, note, words, Salts::Random))
    }

    /// Writes that something happened which is told by plain values: numbers, ids, codes. Words go into `note` and `words`.
    pub(super) fn happened(
        &mut self,
        entity: Entity,
        id: i64,
        kind: EventKind,
        facts: Value,
        note: &str,
        words: &[(&str, &str)],
    ) -> Result<i64> {
        self.write(entity, id, kind, payload::of_facts(facts, note, words, Salts::Random))
    }

    /// When something happens to a record: now, but never before what happened to it last, whatever a clock that was set back
    /// shows.
    pub(super) fn at_of(&self, entity: Entity, id: i64) -> Result<Time> {
        let last: Option<Time> = self
            .conn
            .prepare_cached("SELECT at FROM event WHERE entity_kind = ?1 AND entity_id = ?2 ORDER BY seq DESC LIMIT 1")?
            .query_row(params![entity, id], |row| row.get(0))
            .optional()?;
        Ok(last.map_or(self.at, |last| last.max(self.at)))
    }

    fn write(&mut self, entity: Entity, id: i64, kind: EventKind, what: Composed) -> Result<i64> {
        let seq = self
            .conn
            .prepare_cached("UPDATE counter SET value = value + 1 WHERE name = 'event_seq' RETURNING value")?
            .query_row([], |row| row.get(0))?;
        let at = self.at_of(entity, id)?;
        insert(self.conn, EventRow { seq, command: self.command, n: self.n, at, entity, id, kind, what })?;
        self.n += 1;
        Ok(seq)
    }
}

/// When the newest event was written. Its command's time is asked, for an event may be moved on to its record's last one.
pub(super) fn newest(conn: &Connection) -> Result<Option<Time>> {
    Ok(conn
        .prepare_cached(
            "SELECT c.at FROM event e JOIN command c ON c.id = e.command_id WHERE e.seq = (SELECT MAX(seq) FROM event)",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// Adds a row of the log and its words.
pub(super) fn insert(conn: &Connection, row: EventRow) -> Result<()> {
    insert_many(conn, &[row])
}

/// Rows that go into one statement when there are many: the statement's own cost is then hardly felt.
pub(super) const AT_ONCE: usize = 16;

/// Adds rows of the log and their words, [`AT_ONCE`] of a kind by one statement.
pub(super) fn insert_many(conn: &Connection, rows: &[EventRow]) -> Result<()> {
    const EVENT: &str = "INSERT INTO event (seq, command_id, n, at, entity_kind, entity_id, kind, v, payload) VALUES ";
    const TEXT: &str = "INSERT INTO event_text (seq, field, salt, text) VALUES ";
    for some in rows.chunks(AT_ONCE) {
        fill(conn, EVENT, some, |row, bind| {
            bind(&row.seq)?;
            bind(&row.command)?;
            bind(&row.n)?;
            bind(&row.at)?;
            bind(&row.entity)?;
            bind(&row.id)?;
            bind(&row.kind)?;
            bind(&payload::VERSION)?;
            bind(&row.what.payload)
        })?;
    }
    let texts: Vec<_> = rows.iter().flat_map(|row| row.what.texts.iter().map(|text| (row.seq, text))).collect();
    for some in texts.chunks(AT_ONCE) {
        fill(conn, TEXT, some, |(seq, apart), bind| {
            bind(seq)?;
            bind(&apart.field)?;
            bind(&apart.salt)?;
            bind(&apart.text)
        })?;
    }
    Ok(())
}

/// Binds one value behind those bound before.
type Bind<'a> = dyn FnMut(&dyn ToSql) -> rusqlite::Result<()> + 'a;

/// Runs an insert of all rows at once; `each` binds a row's values in order.
fn fill<T>(
    conn: &Connection,
    insert: &str,
    rows: &[T],
    each: impl Fn(&T, &mut Bind<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let columns = insert.matches(',').count() + 1;
    let one = format!("({})", vec!["?"; columns].join(", "));
    let sql = format!("{insert}{}", vec![one; rows.len()].join(", "));
    let mut statement = conn.prepare_cached(&sql)?;
    let mut at = 0;
    for row in rows {
        each(row, &mut |value| {
            at += 1;
            statement.raw_bind_parameter(at, value)
        })?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// One event as read back, its words put in again (empty where they were purged).
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) seq: i64,
    pub(super) at: Time,
    pub(super) session: i64,
    pub(super) entity: Entity,
    pub(super) id: i64,
    pub(super) kind: EventKind,
    pub(super) payload: Map<String, Value>,
    pub(super) note: String,
}

impl Event {
    /// A text kept beside the changed fields.
    pub(super) fn word(&self, field: &str) -> Option<&str> {
        self.payload.get(field).and_then(Value::as_str)
    }

    /// The change of a record this event holds.
    pub(super) fn changes<T: Tracked>(&self) -> Result<T::Changes> {
        payload::changes::<T>(self.kind, &self.payload)
            .ok_or_else(|| Trouble::Damaged { detail: format!("event {} is of a form not known", self.seq) }.into())
    }
}

const COLUMNS: &str = "e.seq, e.at, c.session_id, e.entity_kind, e.entity_id, e.kind, e.payload";

/// The events of one record, oldest first.
pub(super) fn of_record(conn: &Connection, entity: Entity, id: i64) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.entity_kind = ?1 AND e.entity_id = ?2 ORDER BY e.seq"
    );
    read(conn, &sql, params![entity, id])
}

/// The newest events of records of one kind, oldest first.
pub(super) fn of_kind(conn: &Connection, entity: Entity, at_most: usize) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.entity_kind = ?1 ORDER BY e.seq DESC LIMIT ?2"
    );
    let mut events = read(conn, &sql, params![entity, i64::try_from(at_most).unwrap_or(i64::MAX)])?;
    events.reverse();
    Ok(events)
}

/// The events of one command, oldest first.
pub(super) fn of_command(conn: &Connection, command: CommandId) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.command_id = ?1 ORDER BY e.n"
    );
    read(conn, &sql, params![command])
}

fn read(conn: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Event>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| {
        Ok(Event {
            seq: row.get(0)?,
            at: row.get(1)?,
            session: row.get(2)?,
            entity: row.get(3)?,
            id: row.get(4)?,
            kind: row.get(5)?,
            payload: serde_json::from_str(&row.get::<_, String>(6)?).unwrap_or_default(),
            note: String::new(),
        })
    })?;
    let mut events: Vec<Event> = rows.collect::<rusqlite::Result<_>>()?;
    let mut texts = conn.prepare_cached("SELECT field, text FROM event_text WHERE seq = ?1")?;
    for event in &mut events {
        let rows =
            texts.query_map([event.seq], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
        for row in rows {
            let (field, text) = row?;
            payload::put_back(&mut event.payload, &field, text.unwrap_or_default());
        }
        if let Some(Value::String(note)) = event.payload.remove("note") {
            event.note = note;
        }
    }
    Ok(events)
}

/// The seq of the newest event; 0 when there is none.
pub(super) fn newest_seq(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT value FROM counter WHERE name = 'event_seq'", [], |row| row.get(0))?)
}
