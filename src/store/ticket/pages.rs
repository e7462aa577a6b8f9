//! Pages of tickets by date, of those that pass a filter. Never by counting rows off: each page begins behind the last row of
//! the one before. The narrower of filter and words drives; what words mean in the end is asked of the text itself.

use std::ops::ControlFlow;

use crate::domain::base::id::TicketId;
use crate::domain::base::time::Time;
use crate::domain::filter::Seen;
use crate::domain::ticket::Number;
use crate::domain::ticket::query::{COUNT_AT_MOST, Count, Listed, Page, PageOf};
use crate::store::file::engine::{Connection, Row, Value, values, without_index};
use crate::store::file::error::Result;
use crate::store::ticket::narrow::Narrow;
use crate::store::ticket::rows::{NAME_COLUMNS, NAMES, READ, REPORTER, WITH_REPORTER, reporter_of, row_of};

/// A page of tickets that pass a filter.
pub(in crate::store) fn page(conn: &Connection, of: &PageOf) -> Result<Page> {
    let mut narrow = Narrow::by(conn, &of.filter, of.now)?;
    let way = if of.oldest { ("ASC", ">") } else { ("DESC", "<") };
    if let Some((at, id)) = of.after {
        let (at, id) = (narrow.bind(Value::Integer(at.0)), narrow.bind(Value::Integer(id.0)));
        narrow.conditions.push(format!("(t.opened_at, t.id) {} ({at}, {id})", way.1));
    }
    // Few ones are read and sorted: all tickets ever taken are not walked for their order.
    let opened = if narrow.sorts { without_index("t.opened_at") } else { "t.opened_at".to_owned() };
    let sql = format!(
        "SELECT t.id, t.opened_at, t.words, t.place_words, CASE WHEN p.kind <> 'compound' THEN p.label END AS place, t.day, t.n, t.compound_id, t.assignee_id, t.outside_number \
         FROM ticket t LEFT JOIN place p ON p.id = t.place_id WHERE {conditions} ORDER BY {opened} {way}, t.id {way}",
        conditions = narrow.conditions.join(" AND "),
        way = way.0,
    );
    let words: Vec<_> = of.filter.terms.iter().filter(|term| term.test.of_words()).collect();
    let (mut page, mut n, mut last) = (Page::default(), 0, None);
    let enough = if of.count { COUNT_AT_MOST.max(of.limit) } else { of.limit };
    let mut more = false;
    conn.walk(&sql, &Value::all(&narrow.values), |row| {
        let (id, at): (TicketId, Time) = (row.get("id")?, row.get("opened_at")?);
        if !words.is_empty() {
            let seen = seen(row)?;
            if words.iter().any(|term| term.test.found_in(&seen) == Some(term.not)) {
                return Ok(ControlFlow::Continue(()));
            }
        }
        if n == enough {
            more = true;
            page.next = page.next.or(last);
            return Ok(ControlFlow::Break(()));
        }
        n += 1;
        if page.rows.len() < of.limit {
            // Read while the walk stands: both see the file in one state.
            page.rows.extend(listed(conn, id)?);
            last = Some((at, id));
        } else {
            page.next = last;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let n = if more { COUNT_AT_MOST } else { n };
    page.count = of.count.then_some(Count { n, more });
    Ok(page)
}

fn seen<'a>(row: &'a Row<'_>) -> Result<Seen<'a>> {
    Ok(Seen {
        words: row.text("words")?,
        place_words: row.text("place_words")?,
        place: row.text("place")?,
        number: Number { day: row.get("day")?, n: row.get("n")? },
        compound: row.get("compound_id")?,
        assignee: row.get("assignee_id")?,
        outside_number: row.text("outside_number")?,
    })
}

/// A ticket with its names and who reported it.
fn listed(conn: &Connection, id: TicketId) -> Result<Option<Listed>> {
    let sql =
        format!("SELECT {READ}, {NAME_COLUMNS}, {REPORTER} FROM ticket t {NAMES} {WITH_REPORTER} WHERE t.id = ?1");
    conn.row_if_any(&sql, values![id], |row| {
        let (reporter, phone) = reporter_of(row)?;
        Ok(Listed { row: row_of(row)?, reporter, phone })
    })
}
