//! What a handover is drafted from, read in one consistent state: open tickets, what the window's events touched, parked
//! intakes, who comes next, outages, counted things. What of it is told is decided in `domain`.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::Result;
use super::super::tickets::{NAME_COLUMNS, NAMES, READ, row_of};
use super::super::{events, operators, outage, parked, staff, writer};
use super::{beginning, items, last, newest_taken, open};
use crate::domain::event::EventKind;
use crate::domain::handover::draft::{Ahead, Fact, Figures, Material, Planned, draft};
use crate::domain::handover::turn::{self, Due};
use crate::domain::handover::{About, Handover, Section, carried};
use crate::domain::id::{OutageId, TicketId};
use crate::domain::outage::{Outage, Phase};
use crate::domain::person::PersonName;
use crate::domain::query::around::OutageRow;
use crate::domain::query::duty::Gap;
use crate::domain::query::handover::Present;
use crate::domain::query::tickets::Row;
use crate::domain::shift::Presence;
use crate::domain::staff::Role;
use crate::domain::ticket::{Status, TicketKind};
use crate::domain::time::{Time, Zone};

/// The handover being made.
pub(in super::super) fn present(conn: &Connection, zone: Zone, now: Time) -> Result<Present> {
    writer::reading(conn, || {
        let kept = open(conn)?;
        let before = newest_taken(conn)?;
        let (id, version) = kept.as_ref().map_or((None, 0), |kept| (Some(kept.id), kept.version));
        let (handover, due) = match kept {
            // Signed for a shift, it stays of that shift; until then it is of the shift whose turn it is.
            Some(kept) => {
                let mut due = turn::due(before.as_ref().map(last), now, zone);
                let mut handover = kept.handover;
                if handover.given.is_some() {
                    due = as_signed(&handover, due, zone);
                }
                handover.shift = due.turn;
                (handover, due)
            }
            None => beginning(conn, zone, now)?,
        };
        let ahead = Ahead { now, until: due.until, zone };
        let fresh = match handover.given {
            None => draft(&gather(conn, &handover, due, ahead)?, ahead),
            Some(given) => happened(conn, given.seq)?,
        };
        let operators = operators::list(conn)?;
        let giver = handover.given.and_then(|given| operators.iter().find(|one| one.id == given.by));
        let giver = giver.map(|one| one.name.clone()).unwrap_or_default();
        let lines = before.map(|before| before.handover.lines).unwrap_or_default();
        let count = |about: &About| (about.clone(), carried(about, &lines));
        let carried = fresh.iter().map(|line| count(&line.about)).filter(|(_, n)| *n > 0).collect();
        let seq = events::newest_seq(conn)?;
        Ok(Present { id, version, due, ahead, kept: handover, giver, fresh, carried, seq, operators })
    })
}

fn as_signed(handover: &Handover, due: Due, zone: Zone) -> Due {
    if handover.shift == due.turn {
        return due;
    }
    let ends = turn::span(handover.shift, zone).1;
    Due { turn: handover.shift, ends, ..due }
}

fn gather(conn: &Connection, handover: &Handover, due: Due, ahead: Ahead) -> Result<Material> {
    let open = open_rows(conn)?;
    let touched = touched(conn, handover.from_seq)?;
    let mut window = Vec::new();
    for id in touched.keys() {
        let held = open.iter().find(|row| row.id == *id).cloned();
        window.extend(match held {
            Some(row) => Some(row),
            None => row(conn, *id)?,
        });
    }
    let taken = |row: &Row| touched.get(&row.id).is_some_and(|(_, taken)| *taken) && row.ticket.status != Status::Void;
    let praise = window.iter().filter(|row| taken(row) && row.ticket.kind == TicketKind::Praise).cloned().collect();
    let figures = figures(&window, taken, handover.from_at);
    let mut counted = items(conn)?;
    for item in &mut counted {
        let about = About::Item(item.name.clone());
        item.counted = handover.lines.iter().find(|line| line.about == about).and_then(|line| line.count);
    }
    let said = handover.lines.iter().filter_map(|line| match line.about {
        About::Ticket(id) => Some(id),
        _ => None,
    });
    let mut settled = Vec::new();
    for id in said {
        if let Some(row) = row(conn, id)? {
            settled.push(row);
        }
    }
    let (next, gaps) = next(conn, ahead.zone, due)?;
    Ok(Material {
        open,
        parked: parked::list(conn)?
            .into_iter()
            .map(|one| {
                let words = [&one.form.place_text, &one.form.words].into_iter().filter(|text| !text.is_empty());
                (one.id, one.at, words.cloned().collect::<Vec<_>>().join(" "))
            })
            .collect(),
        next,
        gaps,
        leave: leave(conn, due)?,
        outages: outages(conn, ahead.now, due.until)?,
        items: counted,
        figures,
        praise,
        settled,
    })
}

/// All open tickets: none is left out for being one too many.
fn open_rows(conn: &Connection) -> Result<Vec<Row>> {
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.open = 1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], row_of)?.collect::<rusqlite::Result<_>>()?)
}

fn row(conn: &Connection, id: TicketId) -> Result<Option<Row>> {
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], row_of).optional()?)
}

/// Tickets an event behind `seq` is about: the newest of it with its seq, and whether it was taken there.
type Touched = BTreeMap<TicketId, ((Time, EventKind, i64), bool)>;

fn touched(conn: &Connection, seq: i64) -> Result<Touched> {
    // Without the plus the engine would walk every ticket's events instead of the newest events.
    let mut statement = conn.prepare_cached(
        "SELECT entity_id, at, kind, seq FROM event WHERE seq > ?1 AND +entity_kind = 'ticket' ORDER BY seq",
    )?;
    let mut rows = statement.query([seq])?;
    let mut touched = Touched::new();
    while let Some(row) = rows.next()? {
        let (id, at, kind, seq) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let one = touched.entry(id).or_insert(((at, kind, seq), false));
        one.0 = (at, kind, seq);
        one.1 |= kind == EventKind::Taken;
    }
    Ok(touched)
}

/// Reckoned from the tickets as they stand, so that what was taken back is not counted.
fn figures(window: &[Row], taken: impl Fn(&Row) -> bool, from: Time) -> Figures {
    let mut figures = Figures::default();
    let mut minutes = 0;
    for row in window {
        let ticket = &row.ticket;
        let since = |time: Option<Time>| time.is_some_and(|time| time >= from);
        figures.taken += u32::from(taken(row));
        figures.assigned += u32::from(since(ticket.assigned_at));
        figures.resolved += u32::from(since(ticket.resolved_at) && ticket.status != Status::Void);
        if let Some(contact) = ticket.contacted_at.filter(|at| *at >= from) {
            figures.contacted += 1;
            figures.in_time += u32::from(contact <= ticket.respond_by);
            minutes += ticket.opened_at.minutes_to(contact).max(0);
        }
    }
    if figures.contacted > 0 {
        figures.mean_minutes = u32::try_from(minutes / i64::from(figures.contacted)).unwrap_or(u32::MAX);
    }
    figures
}

/// Who is on duty when the next shift has begun, by role, and who is missing on it.
type Next = (Vec<(Role, Vec<PersonName>)>, Vec<Gap>);

fn next(conn: &Connection, zone: Zone, due: Due) -> Result<Next> {
    let mut roles: BTreeMap<Role, Vec<PersonName>> = BTreeMap::new();
    let duty = staff::duty(conn, zone, due.begins, None)?;
    for person in duty.now {
        let names = roles.entry(person.role).or_default();
        if person.presence != Presence::Absent && !names.contains(&person.name) {
            names.push(person.name);
        }
    }
    let gaps = duty.gaps.into_iter().filter(|gap| gap.from < due.until && gap.to > due.begins).collect();
    Ok((roles.into_iter().filter(|(_, names)| !names.is_empty()).collect(), gaps))
}

fn leave(conn: &Connection, due: Due) -> Result<Vec<PersonName>> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT s.name FROM leave l JOIN staff s ON s.id = l.staff_id WHERE l.to_day >= ?1 AND l.from_day <= ?1 AND s.active = 1 ORDER BY s.name",
    )?;
    let day = super::super::convert::day_text(due.next.0);
    Ok(statement.query_map([day], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Outages of now, those that should be over and nobody said are, and those that begin before the next shift ends.
fn outages(conn: &Connection, now: Time, until: Time) -> Result<Vec<(OutageId, Outage, String)>> {
    let told = |row: &OutageRow| row.outage.phase(now) != Phase::Over && row.outage.from <= until;
    let rows = outage::list(conn, now)?.into_iter().filter(told);
    Ok(rows.map(|row| (row.id, row.outage, row.places.join(" "))).collect())
}

/// What happened behind the giver's signature: each ticket once, with the newest of it, and each intake parked since.
fn happened(conn: &Connection, seq: i64) -> Result<Vec<Planned>> {
    let mut lines = Vec::new();
    for (id, ((at, kind, newest), _)) in touched(conn, seq)? {
        if let Some(row) = row(conn, id)? {
            let fact = Fact::Happened { at, kind, row: Box::new(row) };
            lines.push((at, Planned { section: Section::Notes, about: About::Ticket(id), fact, newest }));
        }
    }
    let mut since =
        conn.prepare_cached("SELECT MAX(seq) FROM event WHERE entity_kind = 'parked' AND entity_id = ?1 AND seq > ?2")?;
    for one in parked::list(conn)? {
        let newest: Option<i64> = since.query_row(params![one.id, seq], |row| row.get(0))?;
        if let Some(newest) = newest {
            let fact = Fact::Parked { at: one.at, words: one.form.words.clone() };
            lines.push((one.at, Planned { section: Section::Notes, about: About::Parked(one.id), fact, newest }));
        }
    }
    lines.sort_by_key(|(at, _)| *at);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}
