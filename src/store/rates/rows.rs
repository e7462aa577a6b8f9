//! Reads what the three rates count: tickets taken and calls made in some days. What counts how is decided in `domain`.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::domain::base::id::PlaceId;
use crate::domain::base::time::{Time, Zone};
use crate::domain::rates::query::{Counted, ListOf, ListPage};
use crate::domain::rates::{Answered, Called, Part, Rates, Span, Taken, Tally, Which};
use crate::store::file::engine::{Connection, JOIN_IN_ORDER, Row, values};
use crate::store::file::error::Result;
use crate::store::roster;
use crate::store::ticket::rows::{NAME_COLUMNS, NAMES, READ, row_of};

/// A call (table `k`) about a ticket (`t`), as [`called_of`] reads it with the ticket's compound. Whether nobody was reached in the end is told by the
/// event of that attempt, not by the ticket: opened again later, it still ended so in the month that was reported.
const CALLED: &str = "k.at AS at, k.solved, k.verdict, \
    k.reached = 0 AND (SELECT e.kind = 'closed' FROM event e WHERE e.seq = k.seq) AS given_up";

/// The rates of some days.
pub(in crate::store) fn rates(
    conn: &Connection,
    zone: Zone,
    span: Span,
    compound: Option<PlaceId>,
    now: Time,
) -> Result<Rates> {
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
        "SELECT t.opened_at, t.compound_id, t.status, t.contacted_at, t.respond_by, t.paused_at FROM ticket t \
         WHERE t.opened_at >= ?1 AND t.opened_at < ?2 AND {narrowed}"
    );
    conn.each(&sql, values![from, to, compound], |row| {
        each(taken_of(row)?);
        Ok(())
    })
}

/// Gives each call made from one moment until another.
pub(in crate::store) fn calls(
    conn: &Connection,
    (from, to): (Time, Time),
    compound: Option<PlaceId>,
    mut each: impl FnMut(Called),
) -> Result<()> {
    let narrowed = if compound.is_some() { "t.compound_id = ?3" } else { "?3 IS NULL" };
    let sql = format!(
        "SELECT t.compound_id, {CALLED} FROM callback k {JOIN_IN_ORDER} ticket t ON t.id = k.ticket_id \
         WHERE k.at >= ?1 AND k.at < ?2 AND {narrowed}"
    );
    conn.each(&sql, values![from, to, compound], |row| {
        each(called_of(row)?);
        Ok(())
    })
}

/// A ticket as a rate counts it.
pub(in crate::store) fn taken_of(row: &Row<'_>) -> Result<Taken> {
    Ok(Taken {
        opened_at: row.get("opened_at")?,
        compound: row.get("compound_id")?,
        status: row.get("status")?,
        contacted_at: row.get("contacted_at")?,
        respond_by: row.get("respond_by")?,
        paused_at: row.get("paused_at")?,
    })
}

fn called_of(row: &Row<'_>) -> Result<Called> {
    Ok(Called {
        at: row.get("at")?,
        compound: row.get("compound_id")?,
        solved: row.get("solved")?,
        verdict: row.get("verdict")?,
        given_up: row.get("given_up")?,
    })
}

/// What each compound is called.
pub(in crate::store) fn compound_names(conn: &Connection) -> Result<HashMap<PlaceId, String>> {
    Ok(roster::rows::compounds(conn)?.into_iter().collect())
}

/// A page of what a part of a rate counts, the newest first.
pub(in crate::store) fn list(conn: &Connection, zone: Zone, of: &ListOf) -> Result<ListPage> {
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
            "SELECT {READ}, {NAME_COLUMNS}, k.seq AS place_in_list, {CALLED} \
             FROM callback k {JOIN_IN_ORDER} ticket t ON t.id = k.ticket_id {NAMES} \
             WHERE k.at >= ?1 AND k.at < ?2 AND {} AND {narrowed} ORDER BY k.at DESC, k.seq DESC",
            after("k.at", "k.seq")
        )
    };
    let (from, to) = of.span.times(zone);
    let (at, id) = of.after.unzip();
    let mut page = ListPage::default();
    let mut last: Option<(Time, i64)> = None;
    conn.walk(&sql, values![from, to, at, id, of.compound], |sql_row| {
        let row = row_of(sql_row)?;
        let (part, left, called) = if of_tickets {
            match Taken::of(&row.ticket).answered(of.now) {
                Answered::Met => (Some(Part::Met), None, None),
                Answered::Missed => (Some(Part::Missed), None, None),
                Answered::Left(why) => (Some(Part::Left), Some(why), None),
            }
        } else {
            let called = called_of(sql_row)?;
            (called.part(of.which), None, Some(called))
        };
        if part != Some(of.part) {
            return Ok(ControlFlow::Continue(()));
        }
        if page.rows.len() == of.limit {
            page.next = last;
            return Ok(ControlFlow::Break(()));
        }
        let at = sql_row.get("at")?;
        last = Some((at, sql_row.get("place_in_list")?));
        page.rows.push(Counted {
            row,
            at,
            left,
            solved: called.and_then(|called| called.solved),
            verdict: called.and_then(|called| called.verdict),
        });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(page)
}
