//! Drawing ids and ticket numbers inside the write transaction.

use crate::domain::base::id::IdSource;
use crate::domain::base::time::{Day, Time};
use crate::domain::ticket::Number;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

/// Draws ids; what was drawn is written back by [`Ids::keep`].
#[derive(Debug)]
pub(in crate::store) struct Ids {
    source: IdSource,
    now: Time,
}

impl Ids {
    /// The file's source as it stands.
    pub(in crate::store) fn load(conn: &Connection, now: Time) -> Result<Self> {
        let value =
            |name: &str| -> Result<i64> { conn.value("SELECT value FROM counter WHERE name = ?1", values![name]) };
        let office = conn.value("SELECT office FROM township", values![])?;
        Ok(Self { source: IdSource { last_ms: value("id_last_ms")?, counter: value("id_counter")?, office }, now })
    }

    /// The next id.
    pub(in crate::store) fn next(&mut self) -> i64 {
        self.source.next(self.now)
    }

    /// Writes the source back.
    pub(in crate::store) fn keep(&self, conn: &Connection) -> Result<()> {
        let mut statement = conn.statement("UPDATE counter SET value = ?1 WHERE name = ?2")?;
        statement.run(values![self.source.last_ms, "id_last_ms"])?;
        statement.run(values![self.source.counter, "id_counter"])?;
        Ok(())
    }
}

/// The next ticket number of a day.
pub(in crate::store) fn next_number(conn: &Connection, day: Day) -> Result<Number> {
    let n = conn.value(
        "INSERT INTO ticket_counter (day, last) VALUES (?1, 1) ON CONFLICT (day) DO UPDATE SET last = ticket_counter.last + 1 RETURNING last",
        values![day],
    )?;
    Ok(Number { day, n })
}
