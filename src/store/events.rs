//! The event log: writing what changed, with the words kept apart, and reading it back.
//! What a change means is not known here; the records' own types say which of their fields are words.

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::error::Result;
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::id::CommandId;
use crate::domain::time::Time;

/// The payload's form written today: `{"field": [before, after]}`, for the first event of a record `{"field": after}`.
const PAYLOAD_VERSION: i64 = 1;

/// Names of the two places of a pair, in the texts' field names.
const SIDES: [&str; 2] = ["was", "now"];

/// Whether a record begins with this event.
const fn is_first(kind: EventKind) -> bool {
    matches!(kind, EventKind::Taken)
}

/// The command an event belongs to, and how many it has so far.
#[derive(Debug)]
pub(super) struct Log<'a> {
    pub(super) conn: &'a Connection,
    pub(super) command: CommandId,
    pub(super) at: Time,
    n: i64,
    bulk: Option<&'a mut Bulk>,
}

/// Drawing seqs and salts without asking the file or the machine: for a file made whole, where the same seed gives the same file.
#[derive(Debug)]
pub(super) struct Bulk {
    /// The newest seq.
    pub(super) seq: i64,
    /// Mixed into every salt.
    pub(super) seed: u64,
}

impl Bulk {
    fn salt(&self, field: &str) -> [u8; 16] {
        let mut hasher = Sha256::new();
        hasher.update(self.seed.to_le_bytes());
        hasher.update(self.seq.to_le_bytes());
        hasher.update(field.as_bytes());
        let mut salt = [0; 16];
        salt.copy_from_slice(&hasher.finalize()[..16]);
        salt
    }
}

impl<'a> Log<'a> {
    pub(super) const fn new(conn: &'a Connection, command: CommandId, at: Time) -> Self {
        Self { conn, command, at, n: 0, bulk: None }
    }

    /// Goes on with a command that has `n` events, seqs and salts drawn from `bulk`.
    pub(super) const fn bulk(conn: &'a Connection, command: CommandId, at: Time, n: i64, bulk: &'a mut Bulk) -> Self {
        Self { conn, command, at, n, bulk: Some(bulk) }
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
        let mut payload = match serde_json::to_value(changes) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        let seq = self.next_seq()?;
        let mut texts = Vec::new();
        for field in T::TEXTS {
            if let Some(Value::Array(change)) = payload.get_mut(*field) {
                for (value, side) in change.iter_mut().zip(SIDES) {
                    self.put_apart(&mut texts, format!("{field}.{side}"), value);
                }
            }
        }
        if is_first(kind) {
            // Before its first event a record was nothing: only what it became is kept.
            for value in payload.values_mut() {
                if let Value::Array(change) = value
                    && let Some(now) = change.pop()
                {
                    *value = now;
                }
            }
        }
        self.put_words(&mut payload, &mut texts, words);
        self.write(seq, entity, id, kind, payload, note, texts)
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
        let mut payload = match facts {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let seq = self.next_seq()?;
        let mut texts = Vec::new();
        self.put_words(&mut payload, &mut texts, words);
        self.write(seq, entity, id, kind, payload, note, texts)
    }

    #[allow(clippy::too_many_arguments)] // the columns of one row
    fn write(
        &mut self,
        seq: i64,
        entity: Entity,
        id: i64,
        kind: EventKind,
        mut payload: Map<String, Value>,
        note: &str,
        mut texts: Vec<Apart>,
    ) -> Result<i64> {
        if !note.is_empty() {
            let mut value = Value::String(note.to_owned());
            self.put_apart(&mut texts, "note".to_owned(), &mut value);
            payload.insert("note".to_owned(), value);
        }
        self.conn
            .prepare_cached(
                "INSERT INTO event (seq, command_id, n, at, entity_kind, entity_id, kind, v, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![seq, self.command, self.n, self.at, entity, id, kind, PAYLOAD_VERSION, Value::Object(payload).to_string()])?;
        let mut insert =
            self.conn.prepare_cached("INSERT INTO event_text (seq, field, salt, text) VALUES (?1, ?2, ?3, ?4)")?;
        for text in texts {
            insert.execute(params![seq, text.field, text.salt, text.text])?;
        }
        self.n += 1;
        Ok(seq)
    }

    /// Words beside the changed fields, each under its own name; empty ones are left out.
    fn put_words(&self, payload: &mut Map<String, Value>, texts: &mut Vec<Apart>, words: &[(&str, &str)]) {
        for (field, text) in words.iter().filter(|(_, text)| !text.is_empty()) {
            let mut value = Value::String((*text).to_owned());
            self.put_apart(texts, (*field).to_owned(), &mut value);
            payload.insert((*field).to_owned(), value);
        }
    }

    fn next_seq(&mut self) -> Result<i64> {
        if let Some(bulk) = &mut self.bulk {
            bulk.seq += 1;
            return Ok(bulk.seq);
        }
        Ok(self
            .conn
            .prepare_cached("UPDATE counter SET value = value + 1 WHERE name = 'event_seq' RETURNING value")?
            .query_row([], |row| row.get(0))?)
    }

    /// Replaces a text by its salted digest and keeps the text for its own table. Empty texts stay: they tell nothing.
    fn put_apart(&self, texts: &mut Vec<Apart>, field: String, value: &mut Value) {
        let Value::String(text) = value else { return };
        if text.is_empty() {
            return;
        }
        let salt = self.bulk.as_ref().map_or_else(|| uuid::Uuid::new_v4().into_bytes(), |bulk| bulk.salt(&field));
        let digest = digest(&salt, text);
        texts.push(Apart { field, salt, text: std::mem::take(text) });
        *value = json!({ "d": digest });
    }
}

/// Words taken out of a payload.
#[derive(Debug)]
struct Apart {
    field: String,
    salt: [u8; 16],
    text: String,
}

/// The digest that stands in a payload for a text: the first 16 bytes of SHA-256 over salt and UTF-8, hexadecimal. Nobody can
/// make another text fit it: that would take 2^128 tries, the salt being given.
pub(super) fn digest(salt: &[u8], text: &str) -> String {
    use std::fmt::Write;
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(text.as_bytes());
    hasher.finalize().iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
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

    /// The change of a record this event holds. For a first event, `was` is what it became, too: there was nothing before.
    pub(super) fn changes<T: Tracked>(&self) -> Result<T::Changes> {
        let mut payload = self.payload.clone();
        if is_first(self.kind) {
            payload.values_mut().for_each(|now| *now = json!([now.clone(), now.take()]));
        }
        serde_json::from_value(Value::Object(payload)).map_err(|_| {
            crate::domain::trouble::Trouble::Damaged { detail: format!("event {} is of a form not known", self.seq) }
                .into()
        })
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
            put_back(&mut event.payload, &field, text.unwrap_or_default());
        }
        if let Some(Value::String(note)) = event.payload.remove("note") {
            event.note = note;
        }
    }
    Ok(events)
}

fn put_back(payload: &mut Map<String, Value>, field: &str, text: String) {
    let (name, side) = field.split_once('.').unwrap_or((field, ""));
    let Some(slot) = payload.get_mut(name) else { return };
    match (slot, SIDES.iter().position(|known| *known == side)) {
        (Value::Array(pair), Some(at)) => {
            if let Some(value) = pair.get_mut(at) {
                *value = Value::String(text);
            }
        }
        (slot, _) => *slot = Value::String(text),
    }
}

/// The seq of the newest event; 0 when there is none.
pub(super) fn newest_seq(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT value FROM counter WHERE name = 'event_seq'", [], |row| row.get(0))?)
}
