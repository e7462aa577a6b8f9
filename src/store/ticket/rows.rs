//! Rows of tickets: writing one, reading one, and every question asked about them.
//! What may be changed is decided in `domain`; late and due soon are not columns.

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{PlaceId, StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::person::{Flags, PersonName, Phone};
use crate::domain::ticket::query::{Detail, Entry, Fact, OPEN_AT_MOST, OpenList, Row};
use crate::domain::ticket::{Number, Priority, Ticket, TicketChanges};
use crate::store::file;
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::log::events;
use crate::store::ticket::narrow::{CLOCK_RUNS, DUE};
use crate::store::ticket::{merged, words};

columns! {
    /// The columns of a ticket.
    Columns: Ticket in "ticket" as "t" by "id";
    parts { number: Number { day = "day", n = "n" } }
    fields {
        kind, channel, category, priority, status, place = "place_id", compound = "compound_id",
        reporter = "reporter_id", assignee = "assignee_id", next_owner = "next_owner_id", taken_by, opened_at, respond_by,
        resolve_by, assigned_at, contacted_at, resolved_at, closed_at, paused_at, review_at, appointment_at,
        also_affected, chases, reopened, watched, duplicate_of, words, place_words, reporter_name, reporter_phone,
        outside_number, outside_body, result, base_priority, raised, respond_minutes, resolve_minutes, clock_from,
        pauses, outer_due, warned_at, told_at, told_by, tries, tried_at, outcome, fee, root_cause, related,
        watch_words, materials, attachments, answered_under, outside_phone,
    }
    derived { "open" = |ticket: &Ticket| ticket.status.open() }
}

/// The columns every reading of a ticket selects first, with `t` for the ticket's table.
pub(in crate::store) const READ: &str = Columns::READ;

/// Adds a ticket and its searchable words.
pub(in crate::store) fn insert(conn: &Connection, id: TicketId, ticket: &Ticket) -> Result<()> {
    insert_row(conn, id, ticket)?;
    words::put(conn, id, &search_text(ticket))
}

/// Adds a ticket's row alone.
pub(in crate::store) fn insert_row(conn: &Connection, id: TicketId, ticket: &Ticket) -> Result<()> {
    Columns::insert(conn, &id, ticket)
}

/// Writes a ticket's new state over the old; its version counts up.
pub(in crate::store) fn update(conn: &Connection, id: TicketId, before: &Ticket, ticket: &Ticket) -> Result<()> {
    Columns::update(conn, &id, ticket)?;
    let text = search_text(ticket);
    if search_text(before) != text {
        words::replace(conn, id, &text)?;
    }
    Ok(())
}

/// The words a ticket is searched by.
pub(in crate::store) fn search_text(ticket: &Ticket) -> String {
    let (words, spot, number) = (&ticket.words, &ticket.place_words, &ticket.outside_number);
    if number.is_empty() { format!("{words} {spot}") } else { format!("{words} {spot} {number}") }
}

/// The names a row of a list shows, joined to `t`.
pub(in crate::store) const NAMES: &str = "LEFT JOIN place p ON p.id = t.place_id LEFT JOIN place c ON c.id = t.compound_id LEFT JOIN staff s ON s.id = t.assignee_id";
pub(in crate::store) const NAME_COLUMNS: &str = "c.label AS compound_name, CASE WHEN p.kind = 'compound' THEN '' ELSE p.label END AS place_label, s.name AS assignee_name";

/// Who reported, where the ticket itself does not say it: the resident's name and first number.
pub(in crate::store) const WITH_REPORTER: &str = "LEFT JOIN person r ON r.id = t.reporter_id";
pub(in crate::store) const REPORTER: &str = "r.name AS resident, (SELECT digits FROM phone WHERE person_id = t.reporter_id ORDER BY n LIMIT 1) AS resident_phone";

/// Name and number: as given, else the resident's.
pub(in crate::store) fn reporter_of(row: &file::engine::Row<'_>) -> Result<(Option<PersonName>, Option<Phone>)> {
    let given = |column| row.get::<String>(column).map(|text| Some(text).filter(|t| !t.is_empty()));
    let name = given("reporter_name")?.map(PersonName::stored).or(row.get("resident")?);
    let phone = given("reporter_phone")?.map(Phone::stored).or(row.get("resident_phone")?);
    Ok((name, phone))
}

/// A list's row, from [`READ`] with [`NAME_COLUMNS`] behind it.
pub(in crate::store) fn row_of(row: &file::engine::Row<'_>) -> Result<Row> {
    Ok(Row {
        id: row.get("id")?,
        version: row.get("version")?,
        ticket: Columns::read(row)?,
        compound: row.text("compound_name")?.to_owned(),
        place: row.text("place_label")?.to_owned(),
        assignee: row.get("assignee_name")?,
    })
}

/// A ticket and its version.
pub(in crate::store) fn load(conn: &Connection, id: TicketId) -> Result<Option<(Ticket, i64)>> {
    conn.row_if_any(&format!("SELECT {READ} FROM ticket t WHERE t.id = ?1"), values![id], |row| {
        Ok((Columns::read(row)?, row.get("version")?))
    })
}

/// The open tickets whose clocks run in the desk's hours: those a change of the calendar may move.
pub(in crate::store) fn open_on_desk_hours(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    let sql = format!("SELECT {READ} FROM ticket t WHERE t.open = 1 AND t.priority NOT IN (?1, ?2)");
    conn.rows(&sql, values![Priority::P1, Priority::P2], |row| Ok((row.get("id")?, Columns::read(row)?)))
}

/// Writes what reckoning sets, over the old; the version counts up.
pub(in crate::store) fn update_due(conn: &Connection, id: TicketId, t: &Ticket) -> Result<()> {
    conn.run(
        "UPDATE ticket SET (priority, raised, respond_by, resolve_by) = (?2, ?3, ?4, ?5), version = version + 1 WHERE id = ?1",
        values![id, t.priority, t.raised, t.respond_by, t.resolve_by],
    ).map(drop)
}

/// The ticket of a number.
pub(in crate::store) fn by_number(conn: &Connection, number: Number) -> Result<Option<TicketId>> {
    conn.value_if_any("SELECT id FROM ticket WHERE day = ?1 AND n = ?2", values![number.day, number.n])
}

/// Open tickets, of one compound or all.
pub(in crate::store) fn open_list(conn: &Connection, compound: Option<PlaceId>) -> Result<OpenList> {
    let narrowed = if compound.is_some() { "AND t.compound_id = ?2" } else { "AND ?2 IS NULL" };
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.open = 1 {narrowed} LIMIT ?1");
    let limit = i64::try_from(OPEN_AT_MOST).unwrap_or(i64::MAX) + 1;
    let mut rows: Vec<Row> = conn.rows(&sql, values![limit, compound], row_of)?;
    let more = rows.len() > OPEN_AT_MOST;
    rows.truncate(OPEN_AT_MOST);
    let urgent_elsewhere = match compound {
        None => 0,
        Some(compound) => conn.value(
            "SELECT COUNT(*) FROM ticket WHERE open = 1 AND compound_id IS DISTINCT FROM ?1 AND (watched = 1 OR priority IN (?2, ?3))",
            values![compound, Priority::P1, Priority::P2],
        )?,
    };
    Ok(OpenList { rows, more, urgent_elsewhere })
}

/// Open tickets somebody has in hand, the oldest first.
pub(in crate::store) fn open_of(conn: &Connection, staff: StaffId) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.assignee_id = ?1 AND t.open = 1 ORDER BY t.opened_at LIMIT 50"
    );
    conn.rows(&sql, values![staff], row_of)
}

/// One ticket with its names and timeline.
pub(in crate::store) fn detail(conn: &Connection, id: TicketId) -> Result<Option<Detail>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS}, b.label AS building_label, p.unit, p.room, s.phone AS assignee_phone, o.name AS next_name, \
           r.care, {REPORTER} \
         FROM ticket t {NAMES} LEFT JOIN place b ON b.id = p.building_id LEFT JOIN staff o ON o.id = t.next_owner_id \
           {WITH_REPORTER} WHERE t.id = ?1"
    );
    let found = conn.row_if_any(&sql, values![id], |row| {
        let ticket_row = row_of(row)?;
        let (reporter, phone) = reporter_of(row)?;
        let text = |column| row.text(column).map(str::to_owned);
        Ok(Detail {
            building: text("building_label")?,
            unit: text("unit")?,
            room: text("room")?,
            reporter,
            phone,
            care: Flags(row.get::<Option<u32>>("care")?.unwrap_or(0)),
            assignee_phone: row.get("assignee_phone")?,
            next_owner: row.get("next_name")?,
            merged_into: None,
            merged: Vec::new(),
            related: Vec::new(),
            timeline: Vec::new(),
            row: ticket_row,
        })
    })?;
    let Some(mut detail) = found else { return Ok(None) };
    detail.timeline = timeline(conn, id)?;
    detail.related = merged::numbers(conn, &detail.row.ticket.related.0)?;
    let living = merged::living(conn, id)?;
    detail.merged_into = merged::numbers(conn, living.as_slice())?.pop();
    detail.merged = merged::numbers(conn, &merged::into(conn, id)?)?;
    Ok(Some(detail))
}

/// What was done last that moved the ticket or gave it to somebody.
pub(in crate::store) fn newest_move(conn: &Connection, id: TicketId) -> Result<Option<Entry>> {
    Ok(timeline(conn, id)?.into_iter().rfind(|entry| entry.status.is_some() || entry.staff.is_some()))
}

fn timeline(conn: &Connection, id: TicketId) -> Result<Vec<Entry>> {
    let mut operator =
        conn.statement("SELECT o.name FROM session s JOIN operator o ON o.id = s.operator_id WHERE s.id = ?1")?;
    let mut entries = Vec::new();
    for event in events::of_record(conn, Entity::Ticket, id.0)? {
        let changes: TicketChanges = event.changes::<Ticket>()?;
        let given_to =
            changes.assignee.as_ref().and_then(|c| c.now).or_else(|| changes.next_owner.as_ref().and_then(|c| c.now));
        entries.push(Entry {
            at: event.at,
            by: operator.value(values![event.session])?,
            kind: event.kind,
            status: changes.status.as_ref().map(|c| c.now),
            staff: given_to.map(|staff| staff_name(conn, staff)).transpose()?.flatten(),
            warned_at: changes.warned_at.as_ref().and_then(|c| c.now).filter(|_| event.kind == EventKind::Taken),
            name: event.word("name").map(|name| PersonName::stored(name.to_owned())),
            phone: event.word("phone").map(|digits| Phone::stored(digits.to_owned())),
            note: told(&event.note, &changes),
            fact: fact(event.kind, &changes),
        });
    }
    Ok(entries)
}

/// What an event settled, where its kind alone does not say it.
fn fact(kind: EventKind, changes: &TicketChanges) -> Option<Fact> {
    match kind {
        EventKind::Told => changes.told_by.as_ref().and_then(|c| c.now).map(Fact::ToldBy),
        EventKind::Appointed => changes.appointment_at.as_ref().map(|c| Fact::Appointment(c.now)),
        EventKind::Undone | EventKind::Redone => {
            changes.appointment_at.as_ref().map(|c| Fact::AppointmentBack(c.was, c.now))
        }
        EventKind::Referred | EventKind::Asked => changes.review_at.as_ref().and_then(|c| c.now).map(Fact::AskAgain),
        EventKind::Paused | EventKind::Deferred => changes.review_at.as_ref().and_then(|c| c.now).map(Fact::Review),
        EventKind::Charged => changes.fee.as_ref().map(|c| Fact::Fee(c.now)),
        _ => None,
    }
}

/// The words of an event: its note, or those that went into a field of the ticket.
fn told(note: &str, changes: &TicketChanges) -> String {
    if let (Some(body), Some(phone)) = (&changes.outside_body, &changes.outside_phone)
        && note.is_empty()
    {
        return format!("{} {}", body.now, phone.now).trim().to_owned();
    }
    let fields = [&changes.result, &changes.outside_body, &changes.watch_words, &changes.materials];
    let field = fields.into_iter().flatten().next().filter(|_| note.is_empty());
    field.map_or_else(|| note.to_owned(), |change| change.now.clone())
}

fn staff_name(conn: &Connection, id: StaffId) -> Result<Option<PersonName>> {
    conn.value_if_any("SELECT name FROM staff WHERE id = ?1", values![id])
}

/// Tickets of a place: open ones first, then those closed since `since`, newest first.
pub(in crate::store) fn of_place(conn: &Connection, place: PlaceId, since: Time, at_most: usize) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.place_id = ?1 AND (t.open = 1 OR t.closed_at >= ?2) \
         ORDER BY t.open DESC, t.opened_at DESC LIMIT ?3"
    );
    let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
    conn.rows(&sql, values![place, since, limit], row_of)
}

/// Counts: open, late and due soon at `now`, by compound; `None` holds those without a place.
pub(in crate::store) fn counts(conn: &Connection, now: Time, soon: Time) -> Result<Vec<(Option<PlaceId>, [u32; 3])>> {
    // Everything comes from the index `ticket_open`.
    let sql = format!(
        "SELECT d.compound_id, COUNT(*) AS open, COUNT(*) FILTER (WHERE d.due < ?1) AS late, \
           COUNT(*) FILTER (WHERE d.due >= ?1 AND d.due < ?2) AS soon FROM (\
           SELECT t.compound_id, CASE WHEN {CLOCK_RUNS} THEN {DUE} END AS due FROM ticket t WHERE t.open = 1) d GROUP BY d.compound_id"
    );
    conn.rows(&sql, values![now, soon], |row| {
        Ok((row.get("compound_id")?, [row.get("open")?, row.get("late")?, row.get("soon")?]))
    })
}
