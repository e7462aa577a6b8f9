//! Reads what the three rates count: tickets taken and calls made in some days. What counts how is decided in `domain`.

use std::collections::HashMap;

use rusqlite::{Connection, Row as SqlRow, params};

use super::error::Result;
use super::tickets::{NAME_COLUMNS, NAMES, READ, row_of};
use crate::domain::id::PlaceId;
use crate::domain::query::figures::{Counted, ListOf, ListPage};
use crate::domain::rates::{Answered, Called, Part, Rates, Span, Taken, Tally, Which};
use crate::domain::time::{Time, Zone};

/// What counts of a ticket (table `t`), as [`taken_of`] reads it from the first column on.
pub(super) const TAKEN: &str = "t.opened_at, t.compound_id, t.status, t.contacted_at, t.respond_by, t.paused_at";

pub(super) fn taken_of(row: &SqlRow<'_>) -> rusqlite::Result<Taken> {
    Ok(Taken {
        opened_at: row.get(0)?,
        compound: row.get(1)?,
        status: row.get(2)?,
        contacted_at: row.get(3)?,
        respond_by: row.get(4)?,
        paused_at: row.get(5)?,
    })
}

/// A call (table `k`) about a ticket (`t`), as [`called_of`] reads it. Whether nobody was reached in the end is told by the
/// event of that attempt, not by the ticket: opened again later, it still ended so in the month that was reported.
const CALLED: &str = "k.at, t.compound_id, k.solved, k.verdict, \
    k.reached = 0 AND (SELECT e.kind = 'closed' FROM event e WHERE e.seq = k.seq)";

/// The rates of some days.
pub(super) fn rates(conn: &Connection, zone: Zone, span: Span, compound: Option<PlaceId>, now: Time) -> Result<Rates> {
    let mut tally = Tally::new(span, zone, now);
    taken(conn, span.times(zone), compound, |taken| {
        tally.taken(&taken);
    })?;
    calls(conn, span.times(zone), compound, |called| tally.called(&called))?;
    let names = compound_names(conn)?;
    Ok(tally.rates(|id| names.get(&id).cloned().unwrap_or_default()))
}

/// Gives each ticket taken from one moment until another.
fn taken(
    conn: &Connection,
    (from, to): (Time, Time),
    compound: Option<PlaceId>,
    mut each: impl FnMut(Taken),
) -> Result<()> {
    let narrowed = if compound.is_some() { "t.compound_id = ?3" } else { "?3 IS NULL" };
    let sql = format!(
        "SELECT {TAKEN} FROM ticket t \
         WHERE t.opened_at >= ?1 AND t.opened_at < ?2 AND {narrowed}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![from, to, compound])?;
    while let Some(row) = rows.next()? {
        each(taken_of(row)?);
    }
    Ok(())
}

/// Gives each call made from one moment until another.
pub(super) fn calls(
    conn: &Connection,
    (from, to): (Time, Time),
    compound: Option<PlaceId>,
    mut each: impl FnMut(Called),
) -> Result<()> {
    let narrowed = if compound.is_some() { "t.compound_id = ?3" } else { "?3 IS NULL" };
    let sql = format!(
        "SELECT {CALLED} FROM callback k CROSS JOIN ticket t ON t.id = k.ticket_id \
         WHERE k.at >= ?1 AND k.at < ?2 AND {narrowed}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![from, to, compound])?;
    while let Some(row) = rows.next()? {
        each(called_of(row, 0)?);
    }
    Ok(())
}

fn called_of(row: &SqlRow<'_>, at: usize) -> rusqlite::Result<Called> {
    Ok(Called {
        at: row.get(at)?,
        compound: row.get(at + 1)?,
        solved: row.get(at + 2)?,
        verdict: row.get(at + 3)?,
        given_up: row.get(at + 4)?,
    })
}

/// What each compound is called.
pub(super) fn compound_names(conn: &Connection) -> Result<HashMap<PlaceId, String>> {
    let mut statement =
        conn.prepare_cached("SELECT c.place_id, p.label FROM compound c CROSS JOIN place p ON p.id = c.place_id")?;
    Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// A page of what a part of a rate counts, the newest first.
pub(super) fn list(conn: &Connection, zone: Zone, of: &ListOf) -> Result<ListPage> {
    let narrowed = if of.compound.is_some() { "t.compound_id = ?5" } else { "?5 IS NULL" };
    let after = |at: &str, id: &str| {
        if of.after.is_some() { format!("({at}, {id}) < (?3, ?4)") } else { "?3 IS NULL AND ?4 IS NULL".to_owned() }
    };
    let of_tickets = of.which == Which::Response;
    let sql = if of_tickets {
        format!(
            "SELECT {READ}, {NAME_COLUMNS}, t.opened_at AS at, t.id AS place_in_list FROM ticket t {NAMES} \
             WHERE t.opened_at >= ?1 AND t.opened_at < ?2 AND {} AND {narrowed} ORDER BY t.opened_at DESC, t.id DESC",
            after("t.opened_at", "t.id")
        )
    } else {
        format!(
            "SELECT {READ}, {NAME_COLUMNS}, k.at AS at, k.seq AS place_in_list, {CALLED} \
             FROM callback k CROSS JOIN ticket t ON t.id = k.ticket_id {NAMES} \
             WHERE k.at >= ?1 AND k.at < ?2 AND {} AND {narrowed} ORDER BY k.at DESC, k.seq DESC",
            after("k.at", "k.seq")
        )
    };
    let mut statement = conn.prepare_cached(&sql)?;
    let call_from = statement.column_index("place_in_list")? + 1;
    let (from, to) = of.span.times(zone);
    let (at, id) = of.after.unzip();
    let mut found = statement.query(params![from, to, at, id, of.compound])?;
    let mut page = ListPage::default();
    let mut last: Option<(Time, i64)> = None;
    while let Some(sql_row) = found.next()? {
        let row = row_of(sql_row)?;
        let (part, left, called) = if of_tickets {
            match Taken::of(&row.ticket).answered(of.now) {
                Answered::Met => (Some(Part::Met), None, None),
                Answered::Missed => (Some(Part::Missed), None, None),
                Answered::Left(why) => (Some(Part::Left), Some(why), None),
            }
        } else {
            let called = called_of(sql_row, call_from)?;
            (called.part(of.which), None, Some(called))
        };
        if part != Some(of.part) {
            continue;
        }
        if page.rows.len() == of.limit {
            page.next = last;
            break;
        }
        last = Some((sql_row.get("at")?, sql_row.get("place_in_list")?));
        page.rows.push(Counted {
            row,
            at: sql_row.get("at")?,
            left,
            solved: called.and_then(|called| called.solved),
            verdict: called.and_then(|called| called.verdict),
        });
    }
    Ok(page)
}
