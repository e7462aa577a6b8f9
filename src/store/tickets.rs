//! Rows of tickets: writing one, reading one, and every question asked about them.
//! What may be changed is decided in `domain`; late and due soon are not columns.

use rusqlite::{OptionalExtension, Row as SqlRow, params};

use super::convert::{day_of, day_text};
use super::error::Result;
use super::file::Connection;
use super::events;
use super::merged;
use super::narrow::{CLOCK_RUNS, DUE};
use super::words;
use crate::domain::event::{Entity, EventKind};
use crate::domain::id::{PlaceId, StaffId, TicketId};
use crate::domain::person::{Flags, PersonName, Phone};
use crate::domain::query::tickets::{Detail, Entry, Fact, OPEN_AT_MOST, OpenList, Row};
use crate::domain::ticket::{Number, Priority, Ticket, TicketChanges};
use crate::domain::time::Time;

/// The columns of a ticket beside id, day, n and version, in the order they are written.
macro_rules! written {
    () => {
        "kind, channel, category, priority, status, open, place_id, compound_id, reporter_id, assignee_id, \
    next_owner_id, taken_by, opened_at, respond_by, resolve_by, assigned_at, contacted_at, resolved_at, \
    closed_at, paused_at, review_at, appointment_at, also_affected, chases, reopened, watched, \
    duplicate_of, words, place_words, reporter_name, reporter_phone, outside_number, outside_body, \
    result, base_priority, raised, respond_minutes, resolve_minutes, clock_from, pauses, outer_due, warned_at, \
    told_at, told_by, tries, tried_at, outcome, fee, root_cause, related, watch_words, materials, attachments, \
    answered_under, outside_phone"
    };
}

/// `?4` and on, one for each of `written!`.
macro_rules! marks {
    () => {
        "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, \
    ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, \
    ?46, ?47, ?48, ?49, ?50, ?51, ?52, ?53, ?54, ?55, ?56, ?57, ?58"
    };
}

/// Runs an insert or update of `written!` columns.
fn write(statement: &mut rusqlite::Statement<'_>, id: TicketId, t: &Ticket) -> rusqlite::Result<usize> {
    statement.execute(params![
        id,
        day_text(t.number.day),
        t.number.n,
        t.kind,
        t.channel,
        t.category,
        t.priority,
        t.status,
        t.status.open(),
        t.place,
        t.compound,
        t.reporter,
        t.assignee,
        t.next_owner,
        t.taken_by,
        t.opened_at,
        t.respond_by,
        t.resolve_by,
        t.assigned_at,
        t.contacted_at,
        t.resolved_at,
        t.closed_at,
        t.paused_at,
        t.review_at,
        t.appointment_at,
        t.also_affected,
        t.chases,
        t.reopened,
        t.watched,
        t.duplicate_of,
        t.words,
        t.place_words,
        t.reporter_name,
        t.reporter_phone,
        t.outside_number,
        t.outside_body,
        t.result,
        t.base_priority,
        t.raised,
        t.respond_minutes,
        t.resolve_minutes,
        t.clock_from,
        t.pauses,
        t.outer_due,
        t.warned_at,
        t.told_at,
        t.told_by,
        t.tries,
        t.tried_at,
        t.outcome,
        t.fee,
        t.root_cause,
        t.related,
        t.watch_words,
        t.materials,
        t.attachments,
        t.answered_under,
        t.outside_phone,
    ])
}

/// Adds a ticket and its searchable words.
pub(super) fn insert(conn: &Connection, id: TicketId, ticket: &Ticket) -> Result<()> {
    insert_row(conn, id, ticket)?;
    words::put(conn, id, &search_text(ticket))
}

/// Adds a ticket's row alone.
pub(super) fn insert_row(conn: &Connection, id: TicketId, ticket: &Ticket) -> Result<()> {
    const SQL: &str = concat!("INSERT INTO ticket (id, day, n, ", written!(), ") VALUES (?1, ?2, ?3, ", marks!(), ")");
    write(&mut *conn.prepare_cached(SQL)?, id, ticket)?;
    Ok(())
}

/// Writes a ticket's new state over the old; its version counts up.
pub(super) fn update(conn: &Connection, id: TicketId, before: &Ticket, ticket: &Ticket) -> Result<()> {
    const SQL: &str = concat!(
        "UPDATE ticket SET (day, n, ",
        written!(),
        ") = (?2, ?3, ",
        marks!(),
        "), version = version + 1 WHERE id = ?1"
    );
    write(&mut *conn.prepare_cached(SQL)?, id, ticket)?;
    let text = search_text(ticket);
    if search_text(before) != text {
        words::replace(conn, id, &text)?;
    }
    Ok(())
}

/// The words a ticket is searched by.
pub(super) fn search_text(ticket: &Ticket) -> String {
    let (words, spot, number) = (&ticket.words, &ticket.place_words, &ticket.outside_number);
    if number.is_empty() { format!("{words} {spot}") } else { format!("{words} {spot} {number}") }
}

/// The columns every reading of a ticket selects first, with `t` for the ticket's table, in the order they are read in.
pub(super) const READ: &str = "t.id, t.version, t.day, t.n, t.kind, t.channel, t.category, t.priority, t.status, t.place_id, \
    t.compound_id, t.reporter_id, t.assignee_id, t.next_owner_id, t.taken_by, t.opened_at, t.respond_by, \
    t.resolve_by, t.assigned_at, t.contacted_at, t.resolved_at, t.closed_at, t.paused_at, t.review_at, \
    t.appointment_at, t.also_affected, t.chases, t.reopened, t.watched, t.duplicate_of, t.words, t.place_words, \
    t.reporter_name, t.reporter_phone, t.outside_number, t.outside_body, t.result, \
    t.base_priority, t.raised, t.respond_minutes, t.resolve_minutes, t.clock_from, t.pauses, t.outer_due, t.warned_at, t.told_at, \
    t.told_by, t.tries, t.tried_at, t.outcome, t.fee, t.root_cause, t.related, t.watch_words, t.materials, t.attachments, \
    t.answered_under, t.outside_phone";

/// The names a row of a list shows, joined to `t`.
pub(super) const NAMES: &str = "LEFT JOIN place p ON p.id = t.place_id LEFT JOIN place c ON c.id = t.compound_id LEFT JOIN staff s ON s.id = t.assignee_id";
pub(super) const NAME_COLUMNS: &str = "c.label AS compound_name, CASE WHEN p.kind = 'compound' THEN '' ELSE p.label END AS place_label, s.name AS assignee_name";

/// Who reported, where the ticket itself does not say it: the resident's name and first number.
pub(super) const WITH_REPORTER: &str = "LEFT JOIN person r ON r.id = t.reporter_id";
pub(super) const REPORTER: &str = "r.name AS resident, (SELECT digits FROM phone WHERE person_id = t.reporter_id ORDER BY n LIMIT 1) AS resident_phone";

/// Name and number: as given, else the resident's.
pub(super) fn reporter_of(row: &SqlRow<'_>) -> rusqlite::Result<(Option<PersonName>, Option<Phone>)> {
    let given = |column: &str| row.get::<_, String>(column).map(|text| Some(text).filter(|t| !t.is_empty()));
    let name = given("reporter_name")?.map(PersonName::stored).or(row.get("resident")?);
    let phone = given("reporter_phone")?.map(Phone::stored).or(row.get("resident_phone")?);
    Ok((name, phone))
}

/// A ticket from a row that begins with [`READ`]. By place: looking 37 names up cost more than all else a list does.
fn from_row(row: &SqlRow<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        number: Number { day: day_of(row.get_ref(2)?.as_str()?)?, n: row.get(3)? },
        kind: row.get(4)?,
        channel: row.get(5)?,
        category: row.get(6)?,
        priority: row.get(7)?,
        status: row.get(8)?,
        place: row.get(9)?,
        compound: row.get(10)?,
        reporter: row.get(11)?,
        assignee: row.get(12)?,
        next_owner: row.get(13)?,
        taken_by: row.get(14)?,
        opened_at: row.get(15)?,
        respond_by: row.get(16)?,
        resolve_by: row.get(17)?,
        assigned_at: row.get(18)?,
        contacted_at: row.get(19)?,
        resolved_at: row.get(20)?,
        closed_at: row.get(21)?,
        paused_at: row.get(22)?,
        review_at: row.get(23)?,
        appointment_at: row.get(24)?,
        also_affected: row.get(25)?,
        chases: row.get(26)?,
        reopened: row.get(27)?,
        watched: row.get(28)?,
        duplicate_of: row.get(29)?,
        words: row.get(30)?,
        place_words: row.get(31)?,
        reporter_name: row.get(32)?,
        reporter_phone: row.get(33)?,
        outside_number: row.get(34)?,
        outside_body: row.get(35)?,
        result: row.get(36)?,
        base_priority: row.get(37)?,
        raised: row.get(38)?,
        respond_minutes: row.get(39)?,
        resolve_minutes: row.get(40)?,
        clock_from: row.get(41)?,
        pauses: row.get(42)?,
        outer_due: row.get(43)?,
        warned_at: row.get(44)?,
        told_at: row.get(45)?,
        told_by: row.get(46)?,
        tries: row.get(47)?,
        tried_at: row.get(48)?,
        outcome: row.get(49)?,
        fee: row.get(50)?,
        root_cause: row.get(51)?,
        related: row.get(52)?,
        watch_words: row.get(53)?,
        materials: row.get(54)?,
        attachments: row.get(55)?,
        answered_under: row.get(56)?,
        outside_phone: row.get(57)?,
    })
}

/// A list's row, from [`READ`] with [`NAME_COLUMNS`] behind it.
pub(super) fn row_of(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        version: row.get(1)?,
        ticket: from_row(row)?,
        compound: row.get::<_, Option<String>>(58)?.unwrap_or_default(),
        place: row.get::<_, Option<String>>(59)?.unwrap_or_default(),
        assignee: row.get(60)?,
    })
}

/// A ticket and its version.
pub(super) fn load(conn: &Connection, id: TicketId) -> Result<Option<(Ticket, i64)>> {
    Ok(conn
        .prepare_cached(&format!("SELECT {READ} FROM ticket t WHERE t.id = ?1"))?
        .query_row([id], |row| Ok((from_row(row)?, row.get(1)?)))
        .optional()?)
}

/// The open tickets whose clocks run in the desk's hours: those a change of the calendar may move.
pub(super) fn open_on_desk_hours(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    let sql = format!("SELECT {READ} FROM ticket t WHERE t.open = 1 AND t.priority NOT IN (?1, ?2)");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![Priority::P1, Priority::P2], |row| Ok((row.get(0)?, from_row(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes what reckoning sets, over the old; the version counts up.
pub(super) fn update_due(conn: &Connection, id: TicketId, t: &Ticket) -> Result<()> {
    conn.prepare_cached(
        "UPDATE ticket SET (priority, raised, respond_by, resolve_by) = (?2, ?3, ?4, ?5), version = version + 1 WHERE id = ?1",
    )?
    .execute(params![id, t.priority, t.raised, t.respond_by, t.resolve_by])?;
    Ok(())
}

/// The ticket of a number.
pub(super) fn by_number(conn: &Connection, number: Number) -> Result<Option<TicketId>> {
    Ok(conn
        .prepare_cached("SELECT id FROM ticket WHERE day = ?1 AND n = ?2")?
        .query_row(params![day_text(number.day), number.n], |row| row.get(0))
        .optional()?)
}

/// Open tickets, of one compound or all.
pub(super) fn open_list(conn: &Connection, compound: Option<PlaceId>) -> Result<OpenList> {
    let narrowed = if compound.is_some() { "AND t.compound_id = ?2" } else { "AND ?2 IS NULL" };
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.open = 1 {narrowed} LIMIT ?1");
    let limit = i64::try_from(OPEN_AT_MOST).unwrap_or(i64::MAX) + 1;
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows: Vec<Row> = statement.query_map(params![limit, compound], row_of)?.collect::<rusqlite::Result<_>>()?;
    let more = rows.len() > OPEN_AT_MOST;
    rows.truncate(OPEN_AT_MOST);
    let urgent_elsewhere = match compound {
        None => 0,
        Some(compound) => conn
            .prepare_cached(
                "SELECT COUNT(*) FROM ticket WHERE open = 1 AND compound_id IS NOT ?1 AND (watched = 1 OR priority IN (?2, ?3))",
            )?
            .query_row(params![compound, Priority::P1, Priority::P2], |row| row.get(0))?,
    };
    Ok(OpenList { rows, more, urgent_elsewhere })
}

/// Open tickets somebody has in hand, the oldest first.
pub(super) fn open_of(conn: &Connection, staff: StaffId) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.assignee_id = ?1 AND t.open = 1 ORDER BY t.opened_at LIMIT 50"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([staff], row_of)?.collect::<rusqlite::Result<_>>()?)
}

/// One ticket with its names and timeline.
pub(super) fn detail(conn: &Connection, id: TicketId) -> Result<Option<Detail>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS}, b.label AS building_label, p.unit, p.room, s.phone AS assignee_phone, o.name AS next_name, \
           r.care, {REPORTER} \
         FROM ticket t {NAMES} LEFT JOIN place b ON b.id = p.building_id LEFT JOIN staff o ON o.id = t.next_owner_id \
           {WITH_REPORTER} WHERE t.id = ?1"
    );
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id], |row| {
            let ticket_row = row_of(row)?;
            let (reporter, phone) = reporter_of(row)?;
            let text = |column: &str| row.get::<_, Option<String>>(column).map(Option::unwrap_or_default);
            Ok(Detail {
                building: text("building_label")?,
                unit: text("unit")?,
                room: text("room")?,
                reporter,
                phone,
                care: Flags(row.get::<_, Option<u32>>("care")?.unwrap_or(0)),
                assignee_phone: row.get("assignee_phone")?,
                next_owner: row.get("next_name")?,
                merged_into: None,
                merged: Vec::new(),
                related: Vec::new(),
                timeline: Vec::new(),
                row: ticket_row,
            })
        })
        .optional()?;
    let Some(mut detail) = found else { return Ok(None) };
    detail.timeline = timeline(conn, id)?;
    detail.related = merged::numbers(conn, &detail.row.ticket.related.0)?;
    let living = merged::living(conn, id)?;
    detail.merged_into = merged::numbers(conn, living.as_slice())?.pop();
    detail.merged = merged::numbers(conn, &merged::into(conn, id)?)?;
    Ok(Some(detail))
}

/// What was done last that moved the ticket or gave it to somebody.
pub(super) fn newest_move(conn: &Connection, id: TicketId) -> Result<Option<Entry>> {
    Ok(timeline(conn, id)?.into_iter().rfind(|entry| entry.status.is_some() || entry.staff.is_some()))
}

fn timeline(conn: &Connection, id: TicketId) -> Result<Vec<Entry>> {
    let mut operator =
        conn.prepare_cached("SELECT o.name FROM session s JOIN operator o ON o.id = s.operator_id WHERE s.id = ?1")?;
    let mut entries = Vec::new();
    for event in events::of_record(conn, Entity::Ticket, id.0)? {
        let changes: TicketChanges = event.changes::<Ticket>()?;
        let given_to =
            changes.assignee.as_ref().and_then(|c| c.now).or_else(|| changes.next_owner.as_ref().and_then(|c| c.now));
        entries.push(Entry {
            at: event.at,
            by: operator.query_row([event.session], |row| row.get(0))?,
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
    Ok(conn.prepare_cached("SELECT name FROM staff WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?)
}

/// Tickets of a place: open ones first, then those closed since `since`, newest first.
pub(super) fn of_place(conn: &Connection, place: PlaceId, since: Time, at_most: usize) -> Result<Vec<Row>> {
    let sql = format!(
        "SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.place_id = ?1 AND (t.open = 1 OR t.closed_at >= ?2) \
         ORDER BY t.open DESC, t.opened_at DESC LIMIT ?3"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
    Ok(statement.query_map(params![place, since, limit], row_of)?.collect::<rusqlite::Result<_>>()?)
}

/// Counts: open, late and due soon at `now`, by compound; `None` holds those without a place.
pub(super) fn counts(conn: &Connection, now: Time, soon: Time) -> Result<Vec<(Option<PlaceId>, [u32; 3])>> {
    // Everything comes from the index `ticket_open`.
    let sql = format!(
        "SELECT d.compound_id, COUNT(*), COUNT(*) FILTER (WHERE d.due < ?1), COUNT(*) FILTER (WHERE d.due >= ?1 AND d.due < ?2) FROM (\
           SELECT t.compound_id, CASE WHEN {CLOCK_RUNS} THEN {DUE} END AS due FROM ticket t WHERE t.open = 1) d GROUP BY d.compound_id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows =
        statement.query_map(params![now, soon], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
