//! Pages of tickets, newest first, by what a person narrowed them to. Never by counting rows off: each page begins behind
//! the last row of the one before. What makes a ticket late is said here in SQL; `domain::clock` decides, a test compares.

use rusqlite::{Connection, params};

use super::error::Result;
use super::tickets::{NAME_COLUMNS, NAMES, READ, REPORTER, WITH_REPORTER, reporter_of, row_of, search_text};
use super::words;
use crate::domain::query::tickets::{Listed, Page, PageOf};

/// Up to so many hits of the text index are read and sorted; where there are more, walking the list meets some soon.
const FEW: i64 = 2_000;

/// Whether a ticket (table `t`) is late at `?3`.
pub(super) const LATE_AT_3: &str = "t.status IN ('new', 'assigned', 'accepted', 'working', 'referred') \
    AND CASE WHEN t.contacted_at IS NULL AND t.respond_by < t.resolve_by THEN t.respond_by ELSE t.resolve_by END < ?3";

/// A page of tickets, newest first.
pub(super) fn page(conn: &Connection, of: &PageOf) -> Result<Page> {
    let pairs = words::query(&of.words);
    let few = match &pairs {
        Some(pairs) => hits(conn, pairs)? <= FEW,
        None => false,
    };
    let sql = sql(of, pairs.is_some(), few);
    let (at, id) = of.after.unzip();
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(params![at, id, of.late_at, of.compound, pairs])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (reporter, phone) = reporter_of(row)?;
        let row = row_of(row)?;
        // Pairs of characters may meet by chance; the text itself decides.
        if !words::holds(&search_text(&row.ticket), &of.words) {
            continue;
        }
        if rows.len() == of.limit {
            let next = rows.last().map(|last: &Listed| (last.row.ticket.opened_at, last.row.id));
            return Ok(Page { rows, next });
        }
        rows.push(Listed { row, reporter, phone });
    }
    Ok(Page { rows, next: None })
}

/// How many tickets the text index names, counted a little beyond [`FEW`].
fn hits(conn: &Connection, pairs: &str) -> Result<i64> {
    Ok(conn
        .prepare_cached(
            "SELECT COUNT(*) FROM (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?1 LIMIT ?2) AS some",
        )?
        .query_row(params![pairs, FEW + 1], |row| row.get(0))?)
}

/// The statement. Its parts are constants: no value of a person is ever in its text.
fn sql(of: &PageOf, by_words: bool, few: bool) -> String {
    let open = of.open || of.late_at.is_some();
    let conditions = [
        if of.after.is_some() { "(t.opened_at, t.id) < (?1, ?2)" } else { "?1 IS NULL AND ?2 IS NULL" },
        if open { "t.open = 1" } else { "1 = 1" },
        if of.late_at.is_some() { LATE_AT_3 } else { "?3 IS NULL" },
        if of.compound.is_some() { "t.compound_id = ?4" } else { "?4 IS NULL" },
        match (by_words, few) {
            (false, _) => "?5 IS NULL",
            (true, true) => "t.id IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?5)",
            // The sign keeps the engine from reading the many hits one by one.
            (true, false) => "+t.id IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?5)",
        },
    ];
    // Few hits, or the open ones, are sorted; the sign keeps the engine from walking all tickets ever taken for their order.
    let order = if few || open { "+t.opened_at DESC, t.id DESC" } else { "t.opened_at DESC, t.id DESC" };
    format!(
        "SELECT {READ}, {NAME_COLUMNS}, {REPORTER} FROM ticket t {NAMES} {WITH_REPORTER} WHERE {} ORDER BY {order}",
        conditions.join(" AND ")
    )
}
