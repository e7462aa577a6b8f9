//! The rows of the text index of tickets, which is SQLite's own: what goes in, what is taken out, and how its parts are put
//! together. Which pairs a text has is said in `words`.

use crate::domain::base::id::TicketId;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer;

/// Pages put together in one transaction.
const STEP_PAGES: i64 = 64;
/// Transactions at most before somebody may wait.
const STEPS: usize = 6;

/// The ids of the tickets that have the pairs bound to `$0`, as [`crate::store::ticket::words::query`] puts them.
pub(in crate::store) const FOUND: &str = "SELECT rowid FROM ticket_words WHERE ticket_words MATCH $0";

/// Puts the pairs of a new ticket in.
pub(in crate::store) fn put(conn: &Connection, id: TicketId, pairs: &str) -> Result<()> {
    conn.run("INSERT INTO ticket_words (rowid, pairs) VALUES (?1, ?2)", values![id, pairs]).map(drop)
}

/// Takes the pairs of a ticket out.
pub(in crate::store) fn remove(conn: &Connection, id: TicketId) -> Result<()> {
    conn.run("DELETE FROM ticket_words WHERE rowid = ?1", values![id]).map(drop)
}

/// Puts parts of the index together, a step at a time: each save adds a part, and a search looks through all of them. In a
/// save this would now and then write megabytes.
pub(in crate::store) fn merge(conn: &Connection) -> Result<()> {
    let mut statement = conn.statement("INSERT INTO ticket_words (ticket_words, rank) VALUES ('merge', ?1)")?;
    for _ in 0..STEPS {
        let before = conn.rows_written();
        writer::write(conn, || statement.run(values![STEP_PAGES]))?;
        // The engine's own sign that nothing was left to do.
        if conn.rows_written() - before < 2 {
            break;
        }
    }
    Ok(())
}

/// Bytes of new words the index gathers before it writes them.
pub(in crate::store) fn gather(conn: &Connection, bytes: i64) -> Result<()> {
    conn.run("INSERT INTO ticket_words (ticket_words, rank) VALUES ('hashsize', ?1)", values![bytes]).map(drop)
}
