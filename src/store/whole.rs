//! A file made whole in one go, without a journal and with its indexes made last: only for a file that nobody uses before it
//! is finished and given its name. What goes into it is not known here.

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::Connection;

use super::error::{Error, Result};
use super::open::{FLAGS, run_pragmas};
use super::upgrade;
use crate::domain::trouble::Trouble;

/// A file being made.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) conn: Connection,
    path: PathBuf,
    /// The statements that make the indexes put off.
    indexes: Vec<String>,
}

/// Bytes of new words the text index gathers before it writes them: fewer, larger pieces, fewer merges.
const WORDS_GATHERED: i64 = 512 << 20;
/// What it gathers in daily use; the engine's own value.
const WORDS_DAILY: i64 = 1 << 20;

impl Whole {
    /// Makes an empty file with the schema, but for the indexes that are not part of a table's own promise.
    pub(super) fn begin(path: &Path) -> Result<Self> {
        drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?);
        let conn = Connection::open_with_flags(path, FLAGS)?;
        conn.pragma_update(None, "page_size", upgrade::PAGE)?;
        // References are checked once at the end: a ticket may be written before the one it was merged into.
        run_pragmas(
            &conn,
            &[
                "journal_mode = OFF",
                "synchronous = OFF",
                "locking_mode = EXCLUSIVE",
                "foreign_keys = OFF",
                "cache_size = -65536",
                "temp_store = FILE",
                // Each list of codes a CHECK names costs a small table for every row; the checks at the end look at them all.
                "ignore_check_constraints = ON",
                // The indexes are sorted with a second thread's help.
                "threads = 2",
            ],
        )?;
        conn.set_prepared_statement_cache_capacity(64);
        upgrade::make(&conn)?;
        let named: Vec<(String, String)> = conn
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (name, _) in &named {
            conn.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        gather_words(&conn, WORDS_GATHERED)?;
        conn.execute_batch("BEGIN")?;
        Ok(Self { conn, path: path.to_owned(), indexes: named.into_iter().map(|(_, sql)| sql).collect() })
    }

    /// Makes the indexes, checks everything, and gives the file the journal of every data file.
    pub(super) fn finish(self) -> Result<()> {
        let conn = self.conn;
        run_pragmas(&conn, &[MAPPED])?;
        for sql in &self.indexes {
            conn.execute_batch(sql)?;
        }
        conn.execute_batch("COMMIT")?;
        gather_words(&conn, WORDS_DAILY)?;
        run_pragmas(&conn, &["optimize", "locking_mode = NORMAL", "journal_mode = DELETE"])?;
        conn.close().map_err(|(_, error)| error)?;
        check(&self.path)?;
        let conn = Connection::open_with_flags(&self.path, FLAGS)?;
        run_pragmas(&conn, &["journal_mode = WAL"])?;
        Ok(conn.close().map_err(|(_, error)| error)?)
    }
}

/// The first 768 MiB of a finished file are read from memory it is mapped to: no call and no copy for each small page.
/// Nobody else changes it yet. Two connections map it at once, and what they map counts as memory of the program.
const MAPPED: &str = "mmap_size = 805306368";

/// The tables of the event log, half of a large file.
const LOG: [&str; 2] = ["event", "event_text"];

/// Looks through all tables with their indexes, and follows the references, on two threads that take the next of these parts
/// as they get done with one.
fn check(path: &Path) -> Result<()> {
    let conn = Connection::open_with_flags(path, FLAGS)?;
    let mut tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    // The table with most columns takes longest; begun first, it is not waited for.
    tables.sort_by_key(|table| table != "ticket");
    let mut parts: Vec<Part<'_>> = tables.iter().map(|table| Part::Pages(table)).collect();
    // Events and their words are left out: they are millions, written behind their own command and event, and name nothing
    // else.
    parts.extend(tables.iter().filter(|table| !LOG.contains(&table.as_str())).map(|table| Part::References(table)));
    let parts = Mutex::new(parts.into_iter());
    std::thread::scope(|scope| {
        let second = scope.spawn(|| check_parts(path, &parts));
        let first = check_parts(path, &parts);
        let second = second.join().unwrap_or_else(|_| Err(unexpected("a check broke off")));
        first.and(second)
    })
}

/// A part of the check: of a table, what its pages hold, or whether every row names only rows that are there.
enum Part<'a> {
    Pages(&'a str),
    References(&'a str),
}

fn check_parts<'a>(path: &Path, parts: &Mutex<impl Iterator<Item = Part<'a>>>) -> Result<()> {
    let conn = Connection::open_with_flags(path, FLAGS)?;
    run_pragmas(&conn, &[MAPPED])?;
    let next = || parts.lock().ok()?.next();
    while let Some(part) = next() {
        match part {
            Part::Pages(table) => {
                let first: String = conn.query_row(&format!("PRAGMA quick_check({table})"), [], |row| row.get(0))?;
                if first != "ok" {
                    return Err(Trouble::Damaged { detail: first }.into());
                }
            }
            Part::References(table) => {
                if conn.prepare(&format!("PRAGMA foreign_key_check({table})"))?.exists([])? {
                    return Err(unexpected("a row names a row that is not there"));
                }
            }
        }
    }
    Ok(())
}

fn unexpected(detail: &str) -> Error {
    Trouble::Unexpected { detail: detail.to_owned() }.into()
}

fn gather_words(conn: &Connection, bytes: i64) -> Result<()> {
    conn.execute("INSERT INTO ticket_words (ticket_words, rank) VALUES ('hashsize', ?1)", [bytes])?;
    Ok(())
}
