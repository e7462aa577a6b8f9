//! A file made whole in one go, without a journal and with its indexes made last: only for a file that nobody uses before it
//! is finished and given its name. What goes into it is not known here.

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::{Connection, How, Setting};
use crate::store::file::error::{Error, Result};
use crate::store::file::upgrade;
use crate::store::ticket::words_sqlite;

/// A file being made.
#[derive(Debug)]
pub(in crate::store) struct Whole {
    pub(in crate::store) conn: Connection,
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
    pub(in crate::store) fn begin(path: &Path) -> Result<Self> {
        drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?);
        let conn = Connection::open(path, How::Write)?;
        conn.set(Setting::Page, upgrade::PAGE)?;
        conn.settle_for_filling()?;
        upgrade::make(&conn)?;
        let named = conn.indexes()?;
        for (name, _) in &named {
            conn.script(&format!("DROP INDEX {name}"))?;
        }
        words_sqlite::gather(&conn, WORDS_GATHERED)?;
        conn.script("BEGIN")?;
        Ok(Self { conn, path: path.to_owned(), indexes: named.into_iter().map(|(_, sql)| sql).collect() })
    }

    /// Makes the indexes, checks everything, and gives the file the journal of every data file.
    pub(in crate::store) fn finish(self) -> Result<()> {
        let conn = self.conn;
        conn.map()?;
        for sql in &self.indexes {
            conn.script(sql)?;
        }
        conn.script("COMMIT")?;
        words_sqlite::gather(&conn, WORDS_DAILY)?;
        conn.settle_after_filling()?;
        conn.close()?;
        check(&self.path)?;
        let conn = Connection::open(&self.path, How::Write)?;
        conn.keep_log(true)?;
        conn.close()
    }
}

/// The tables of the event log, half of a large file.
const LOG: [&str; 2] = ["event", "event_text"];

/// Looks through all tables with their indexes, and follows the references, on two threads that take the next of these parts
/// as they get done with one.
fn check(path: &Path) -> Result<()> {
    let mut tables = Connection::open(path, How::Write)?.tables()?;
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
    let conn = Connection::open(path, How::Write)?;
    conn.map()?;
    let next = || parts.lock().ok()?.next();
    while let Some(part) = next() {
        match part {
            Part::Pages(table) => conn.quick_check_of(table)?,
            Part::References(table) if conn.dangling(Some(table))?.is_empty() => {}
            Part::References(_) => return Err(unexpected("a row names a row that is not there")),
        }
    }
    Ok(())
}

fn unexpected(detail: &str) -> Error {
    Trouble::Unexpected { detail: detail.to_owned() }.into()
}
