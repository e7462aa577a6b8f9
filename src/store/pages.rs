//! Pages of tickets by date, of those that pass a filter. Never by counting rows off: each page begins behind the last row of
//! the one before. The narrower of filter and words drives; what words mean in the end is asked of the text itself.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::convert::day_of;
use super::error::Result;
use super::file::Connection;
use super::narrow::Narrow;
use super::tickets::{NAME_COLUMNS, NAMES, READ, REPORTER, WITH_REPORTER, reporter_of, row_of};
use crate::domain::filter::Seen;
use crate::domain::id::TicketId;
use crate::domain::query::tickets::{COUNT_AT_MOST, Count, Listed, Page, PageOf};
use crate::domain::ticket::Number;
use crate::domain::time::Time;

/// A page of tickets that pass a filter.
pub(super) fn page(conn: &Connection, of: &PageOf) -> Result<Page> {
    let mut narrow = Narrow::by(conn, &of.filter, of.now)?;
    let way = if of.oldest { ("ASC", ">") } else { ("DESC", "<") };
    if let Some((at, id)) = of.after {
        let (at, id) = (narrow.bind(Value::from(at.0)), narrow.bind(Value::from(id.0)));
        narrow.conditions.push(format!("(t.opened_at, t.id) {} ({at}, {id})", way.1));
    }
    // Few ones are read and sorted; the sign keeps the engine from walking all tickets ever taken for their order.
    let sign = if narrow.sorts { "+" } else { "" };
    let sql = format!(
        "SELECT t.id, t.opened_at, t.words, t.place_words, CASE WHEN p.kind <> 'compound' THEN p.label END, t.day, t.n, t.compound_id, t.assignee_id, t.outside_number \
         FROM ticket t LEFT JOIN place p ON p.id = t.place_id WHERE {conditions} ORDER BY {sign}t.opened_at {way}, t.id {way}",
        conditions = narrow.conditions.join(" AND "),
        way = way.0,
    );
    let words: Vec<_> = of.filter.terms.iter().filter(|term| term.test.of_words()).collect();
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(&narrow.values))?;
    let (mut page, mut n, mut last) = (Page::default(), 0, None);
    let enough = if of.count { COUNT_AT_MOST.max(of.limit) } else { of.limit };
    while let Some(row) = found.next()? {
        let (id, at): (TicketId, Time) = (row.get(0)?, row.get(1)?);
        if !words.is_empty() {
            let seen = seen(row)?;
            if words.iter().any(|term| term.test.found_in(&seen) == Some(term.not)) {
                continue;
            }
        }
        if n == enough {
            page.count = of.count.then_some(Count { n: COUNT_AT_MOST, more: true });
            page.next = page.next.or(last);
            return Ok(page);
        }
        n += 1;
        if page.rows.len() < of.limit {
            // Read while the walk stands: both see the file in one state.
            page.rows.extend(listed(conn, id)?);
            last = Some((at, id));
        } else {
            page.next = last;
        }
    }
    page.count = of.count.then_some(Count { n, more: false });
    Ok(page)
}

fn seen<'a>(row: &'a Row<'_>) -> rusqlite::Result<Seen<'a>> {
    Ok(Seen {
        words: row.get_ref(2)?.as_str()?,
        place_words: row.get_ref(3)?.as_str()?,
        place: row.get_ref(4)?.as_str_or_null()?.unwrap_or_default(),
        number: Number { day: day_of(row.get_ref(5)?.as_str()?)?, n: row.get(6)? },
        compound: row.get(7)?,
        assignee: row.get(8)?,
        outside_number: row.get_ref(9)?.as_str()?,
    })
}

/// A ticket with its names and who reported it.
fn listed(conn: &Connection, id: TicketId) -> Result<Option<Listed>> {
    let sql =
        format!("SELECT {READ}, {NAME_COLUMNS}, {REPORTER} FROM ticket t {NAMES} {WITH_REPORTER} WHERE t.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (reporter, phone) = reporter_of(row)?;
    Ok(Some(Listed { row: row_of(row)?, reporter, phone }))
}
