//! How the engine finds the rows of the statements that are really run, so that no read can be forgotten by its test.
//! Nothing of the desk uses it.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::error::Result;

thread_local!(static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });

fn hear(event: TraceEvent<'_>) {
    // What the text index asks of its own tables is told as a comment.
    if let TraceEvent::Stmt(statement, text) = event
        && !text.starts_with("--")
    {
        HEARD.with_borrow_mut(|heard| heard.push(statement.sql().into_owned()));
    }
}

/// Begins to listen to the statements of this connection.
pub(super) fn hear_from(conn: &Connection) {
    HEARD.take();
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear));
}

/// The statements heard, each once, with their plans line by line.
pub(super) fn heard(conn: &Connection) -> Result<Vec<(String, Vec<String>)>> {
    conn.trace_v2(TraceEventCodes::empty(), None);
    let mut heard = HEARD.take();
    heard.sort();
    heard.dedup();
    let planned =
        |sql: &String| ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"].iter().any(|word| sql.starts_with(word));
    heard.retain(planned);
    heard.into_iter().map(|sql| plan(conn, &sql).map(|plan| (sql, plan))).collect()
}

fn plan(conn: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(row.get(3)?);
    }
    Ok(lines)
}
