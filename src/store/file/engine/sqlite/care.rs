//! The care of a file with SQLite: its log, checks, whole copies, the list of its indexes, and how the engine finds rows.
//! When any of it is done is not decided here.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::sqlite::How;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

/// Milliseconds to wait for a lock on a copy, which nobody else should hold.
const LOCKED_TRIES: u32 = 5_000;

/// What is done with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Checkpoint {
    /// It is only looked at.
    Look,
    /// As much as can be without waiting is copied into the main file.
    Copy,
    /// All of it is copied, and it is cut back.
    CutBack,
}

/// Pages in the log, and how many of them are in the main file already.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Frames {
    pub(in crate::store) all: i64,
    pub(in crate::store) copied: i64,
}

impl Connection {
    /// Copies the log into the main file.
    pub(in crate::store) fn checkpoint(&self, way: Checkpoint) -> Result<Frames> {
        let mode = match way {
            Checkpoint::Look => "NOOP",
            Checkpoint::Copy => "PASSIVE",
            Checkpoint::CutBack => "TRUNCATE",
        };
        Ok(self.inner.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
            Ok(Frames { all: row.get(1)?, copied: row.get(2)? })
        })?)
    }

    /// A number that changes when another connection has written.
    pub(in crate::store) fn data_version(&self) -> Result<i64> {
        Ok(self.inner.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Rows written through this connection so far.
    pub(in crate::store) fn rows_written(&self) -> u64 {
        self.inner.total_changes()
    }

    /// Looks through all pages.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] with the first fault.
    pub(in crate::store) fn quick_check(&self) -> Result<()> {
        self.checked("quick_check(1)")
    }

    /// Looks through the pages of one table and its indexes.
    ///
    /// # Errors
    /// [`Trouble::Damaged`] with the first fault.
    pub(in crate::store) fn quick_check_of(&self, table: &str) -> Result<()> {
        self.checked(&format!("quick_check({table})"))
    }

    fn checked(&self, check: &str) -> Result<()> {
        let first: String = self.inner.query_row(&format!("PRAGMA {check}"), [], |row| row.get(0))?;
        if first == "ok" { Ok(()) } else { Err(Trouble::Damaged { detail: first }.into()) }
    }

    /// Faults of pages and indexes, in the engine's words, one a line.
    pub(in crate::store) fn unsound_pages(&self) -> Result<Vec<String>> {
        let mut statement = self.inner.prepare("PRAGMA integrity_check(20)")?;
        let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        // An answer may be many lines under a heading of its own.
        let faults = lines.iter().flat_map(|answer| answer.lines()).map(str::trim);
        Ok(faults.filter(|line| !matches!(*line, "" | "ok") && !line.starts_with("***")).map(str::to_owned).collect())
    }

    /// The table of each row that names a row that is not there; of one table, or of all.
    pub(in crate::store) fn dangling(&self, table: Option<&str>) -> Result<Vec<String>> {
        let of = table.map(|table| format!("({table})")).unwrap_or_default();
        let mut statement = self.inner.prepare(&format!("PRAGMA foreign_key_check{of}"))?;
        let tables = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(tables)
    }

    /// Copies the file whole into an empty one, which is one file then: no log beside it.
    pub(in crate::store) fn copy_to(&self, to: &Path) -> Result<()> {
        let mut target = Self::open(to, How::Write)?;
        let backup = Backup::new(&self.inner, &mut target.inner)?;
        // All pages in one step: a copy made in several would begin again with every save in between.
        let mut tries = 0;
        while backup.step(-1)? != StepResult::Done {
            tries += 1;
            if tries > LOCKED_TRIES {
                return Err(Trouble::Busy.into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        drop(backup);
        target.keep_log(false)
    }

    /// The tables of the file.
    pub(in crate::store) fn tables(&self) -> Result<Vec<String>> {
        self.column("SELECT name FROM sqlite_schema WHERE type = 'table'", values![])
    }

    /// The indexes that are not part of a table's own promise: their names, and what makes them.
    pub(in crate::store) fn indexes(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
        self.rows(sql, values![], |row| Ok((row.get("name")?, row.get("sql")?)))
    }

    /// Whether a table has a column.
    pub(in crate::store) fn has_column(&self, table: &str, column: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2)";
        self.value(sql, values![table, column])
    }
}

thread_local!(static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });

fn hear(event: TraceEvent<'_>) {
    // What the text index asks of its own tables is told as a comment.
    if let TraceEvent::Stmt(statement, text) = event
        && !text.starts_with("--")
    {
        HEARD.with_borrow_mut(|heard| heard.push(statement.sql().into_owned()));
    }
}

/// Begins to listen to the statements of a connection.
pub(in crate::store) fn hear_from(conn: &Connection) {
    HEARD.take();
    conn.inner.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear));
}

/// The statements heard, each once, with how the engine finds their rows, line by line.
pub(in crate::store) fn heard(conn: &Connection) -> Result<Vec<(String, Vec<String>)>> {
    conn.inner.trace_v2(TraceEventCodes::empty(), None);
    let mut heard = HEARD.take();
    heard.sort();
    heard.dedup();
    let planned =
        |sql: &String| ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"].iter().any(|word| sql.starts_with(word));
    heard.retain(planned);
    heard.into_iter().map(|sql| plan(conn, &sql).map(|plan| (sql, plan))).collect()
}

fn plan(conn: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = conn.inner.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(row.get(3)?);
    }
    Ok(lines)
}
