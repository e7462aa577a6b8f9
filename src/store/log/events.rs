//! The event log's rows: writing what happened, and reading it back. What a payload looks like is `payload`; what a change
//! means is not known here.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::CommandId;
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::{Connection, ToValue, Values, sql, values};
use crate::store::file::error::Result;
use crate::store::log::payload::{self, Composed, Salts};

/// The command an event belongs to, and how many it has so far.
#[derive(Debug)]
pub(in crate::store) struct Log<'a> {
    pub(in crate::store) conn: &'a Connection,
    pub(in crate::store) command: CommandId,
    pub(in crate::store) at: Time,
    n: i64,
}

/// A row of the log.
#[derive(Debug)]
pub(in crate::store) struct EventRow {
    pub(in crate::store) seq: i64,
    pub(in crate::store) command: CommandId,
    pub(in crate::store) n: i64,
    pub(in crate::store) at: Time,
    pub(in crate::store) entity: Entity,
    pub(in crate::store) id: i64,
    pub(in crate::store) kind: EventKind,
    pub(in crate::store) what: Composed,
}

impl<'a> Log<'a> {
    pub(in crate::store) const fn new(conn: &'a Connection, command: CommandId, at: Time) -> Self {
        Self { conn, command, at, n: 0 }
    }

    /// How many events the command has so far.
    pub(in crate::store) const fn count(&self) -> i64 {
        self.n
    }

    /// Forgets the events behind `n`, which were rolled back.
    pub(in crate::store) const fn rewind(&mut self, n: i64) {
        self.n = n;
    }

    /// Writes that a record changed. The note may be empty; `words` are further texts, by name. Gives the event's seq.
    pub(in crate::store) fn changed<T: Tracked>(
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
    pub(in crate::store) fn happened(
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
    pub(in crate::store) fn at_of(&self, entity: Entity, id: i64) -> Result<Time> {
        let last: Option<Time> = self.conn.value_if_any(
            "SELECT at FROM event WHERE entity_kind = ?1 AND entity_id = ?2 ORDER BY seq DESC LIMIT 1",
            values![entity, id],
        )?;
        Ok(last.map_or(self.at, |last| last.max(self.at)))
    }

    fn write(&mut self, entity: Entity, id: i64, kind: EventKind, what: Composed) -> Result<i64> {
        let seq = self
            .conn
            .value("UPDATE counter SET value = value + 1 WHERE name = 'event_seq' RETURNING value", values![])?;
        let at = self.at_of(entity, id)?;
        insert(self.conn, EventRow { seq, command: self.command, n: self.n, at, entity, id, kind, what })?;
        self.n += 1;
        Ok(seq)
    }
}

/// When the newest event was written. Its command's time is asked, for an event may be moved on to its record's last one.
pub(in crate::store) fn newest(conn: &Connection) -> Result<Option<Time>> {
    conn.value_if_any(
        "SELECT c.at FROM event e JOIN command c ON c.id = e.command_id WHERE e.seq = (SELECT MAX(seq) FROM event)",
        values![],
    )
}

/// Adds a row of the log and its words.
pub(in crate::store) fn insert(conn: &Connection, row: EventRow) -> Result<()> {
    insert_many(conn, &[row])
}

/// Rows that go into one statement when there are many: the statement's own cost is then hardly felt.
pub(in crate::store) const AT_ONCE: usize = 16;

const EVENT: [&str; 9] = ["seq", "command_id", "n", "at", "entity_kind", "entity_id", "kind", "v", "payload"];
const TEXT: [&str; 4] = ["seq", "field", "salt", "text"];

/// The statements that add one row, two rows.. up to [`AT_ONCE`].
static ADD_EVENTS: LazyLock<Vec<String>> = LazyLock::new(|| adding("event", &EVENT));
static ADD_TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| adding("event_text", &TEXT));

fn adding(table: &str, columns: &[&str]) -> Vec<String> {
    (1..=AT_ONCE).map(|rows| sql::insert(table, columns, rows)).collect()
}

/// Adds rows of the log and their words, [`AT_ONCE`] of a kind by one statement.
pub(in crate::store) fn insert_many(conn: &Connection, rows: &[EventRow]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let mut values: Vec<&dyn ToValue> = Vec::with_capacity(some.len() * EVENT.len());
        for row in some {
            values.extend(values![row.seq, row.command, row.n, row.at, row.entity, row.id, row.kind]);
            values.extend(values![payload::VERSION, row.what.payload]);
        }
        conn.run(&ADD_EVENTS[some.len() - 1], &values)?;
    }
    let texts: Vec<_> = rows.iter().flat_map(|row| row.what.texts.iter().map(|text| (row.seq, text))).collect();
    for some in texts.chunks(AT_ONCE) {
        let mut values: Vec<&dyn ToValue> = Vec::with_capacity(some.len() * TEXT.len());
        for (seq, apart) in some {
            values.extend(values![*seq, apart.field, apart.salt, apart.text]);
        }
        conn.run(&ADD_TEXTS[some.len() - 1], &values)?;
    }
    Ok(())
}

/// One event as read back, its words put in again (empty where they were purged).
#[derive(Clone, Debug)]
pub(in crate::store) struct Event {
    pub(in crate::store) seq: i64,
    pub(in crate::store) at: Time,
    pub(in crate::store) session: i64,
    pub(in crate::store) entity: Entity,
    pub(in crate::store) id: i64,
    pub(in crate::store) kind: EventKind,
    pub(in crate::store) payload: Map<String, Value>,
    pub(in crate::store) note: String,
}

impl Event {
    /// A text kept beside the changed fields.
    pub(in crate::store) fn word(&self, field: &str) -> Option<&str> {
        self.payload.get(field).and_then(Value::as_str)
    }

    /// The change of a record this event holds.
    pub(in crate::store) fn changes<T: Tracked>(&self) -> Result<T::Changes> {
        payload::changes::<T>(self.kind, &self.payload)
            .ok_or_else(|| Trouble::Damaged { detail: format!("event {} is of a form not known", self.seq) }.into())
    }
}

const COLUMNS: &str = "e.seq, e.at, c.session_id, e.entity_kind, e.entity_id, e.kind, e.payload";

/// The events of one record, oldest first.
pub(in crate::store) fn of_record(conn: &Connection, entity: Entity, id: i64) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.entity_kind = ?1 AND e.entity_id = ?2 ORDER BY e.seq"
    );
    read(conn, &sql, values![entity, id])
}

/// The newest events of records of one kind, oldest first.
pub(in crate::store) fn of_kind(conn: &Connection, entity: Entity, at_most: usize) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.entity_kind = ?1 ORDER BY e.seq DESC LIMIT ?2"
    );
    let mut events = read(conn, &sql, values![entity, i64::try_from(at_most).unwrap_or(i64::MAX)])?;
    events.reverse();
    Ok(events)
}

/// The events of one command, oldest first.
pub(in crate::store) fn of_command(conn: &Connection, command: CommandId) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event e JOIN command c ON c.id = e.command_id WHERE e.command_id = ?1 ORDER BY e.n"
    );
    read(conn, &sql, values![command])
}

fn read(conn: &Connection, sql: &str, values: Values<'_>) -> Result<Vec<Event>> {
    let mut events = conn.rows(sql, values, |row| {
        Ok(Event {
            seq: row.get("seq")?,
            at: row.get("at")?,
            session: row.get("session_id")?,
            entity: row.get("entity_kind")?,
            id: row.get("entity_id")?,
            kind: row.get("kind")?,
            payload: serde_json::from_str(row.text("payload")?).unwrap_or_default(),
            note: String::new(),
        })
    })?;
    let mut texts = conn.statement("SELECT field, text FROM event_text WHERE seq = ?1")?;
    for event in &mut events {
        let payload = &mut event.payload;
        texts.each(values![event.seq], |row| {
            payload::put_back(payload, row.text("field")?, row.text("text")?.to_owned());
            Ok(())
        })?;
        if let Some(Value::String(note)) = event.payload.remove("note") {
            event.note = note;
        }
    }
    Ok(events)
}

/// The seq of the newest event; 0 when there is none.
pub(in crate::store) fn newest_seq(conn: &Connection) -> Result<i64> {
    conn.value("SELECT value FROM counter WHERE name = 'event_seq'", values![])
}
