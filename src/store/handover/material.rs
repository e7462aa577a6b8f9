//! What a handover is drafted from, read in one consistent state: open tickets, what the window's events touched, parked
//! intakes, who comes next, outages, counted things. What of it is told is decided in `domain`; what came after the giver's
//! signature is in `since`.

use std::collections::BTreeMap;

use super::{Kept, beginning, due, items, newest_taken, open, since, turns};
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{OutageId, TicketId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::handover::draft::{Ahead, Figures, Material, Missed, draft};
use crate::domain::handover::query::Present;
use crate::domain::handover::turn::{Due, Turn, Turns};
use crate::domain::handover::{About, Handover, Line, carried};
use crate::domain::outage::{Outage, Phase};
use crate::domain::person::PersonName;
use crate::domain::roster::duty::Gap;
use crate::domain::roster::shift::Presence;
use crate::domain::staff::Role;
use crate::domain::ticket::around::OutageRow;
use crate::domain::ticket::query::Row;
use crate::domain::ticket::{Status, TicketKind};
use crate::store::file::engine::{Connection, values, without_index};
use crate::store::file::error::Result;
use crate::store::log::events;
use crate::store::ticket::rows::{NAME_COLUMNS, NAMES, READ, row_of};
use crate::store::{operator, outage, parked, staff};

/// The handover being made.
pub(in super::super) fn present(conn: &Connection, zone: Zone, now: Time) -> Result<Present> {
    conn.in_one_state(|| {
        let kept = open(conn)?;
        let before = newest_taken(conn)?;
        let (id, version) = kept.as_ref().map_or((None, 0), |kept| (Some(kept.id), kept.version));
        let (handover, due) = match kept {
            // Signed for a shift, it stays of that shift; until then it is of the shift whose turn it is.
            Some(kept) => {
                let turns = turns(conn, zone)?;
                let mut due = due(conn, &turns, before.as_ref(), now)?;
                let mut handover = kept.handover;
                if handover.given.is_some() && handover.shift != due.turn {
                    due = Due { turn: handover.shift, ends: turns.span(handover.shift).1, ..due };
                }
                handover.shift = due.turn;
                (handover, due)
            }
            None => beginning(conn, zone, now)?,
        };
        let ahead = Ahead { now, until: due.until, zone };
        let fresh = match handover.given {
            None => draft(gather(conn, &handover, before.as_ref(), due, ahead)?, ahead),
            Some(given) => since::happened(conn, given, &handover, due, ahead)?,
        };
        let operators = operator::rows::list(conn)?;
        let giver = handover.given.and_then(|given| operators.iter().find(|one| one.id == given.by));
        let giver = giver.map(|one| one.name.clone()).unwrap_or_default();
        let lines = before.map(|before| before.handover.lines).unwrap_or_default();
        let carried = carried(fresh.iter().map(|line| &line.about), &lines);
        let seq = events::newest_seq(conn)?;
        Ok(Present { id, version, due, ahead, kept: handover, giver, fresh, carried, seq, operators })
    })
}

fn gather(conn: &Connection, handover: &Handover, before: Option<&Kept>, due: Due, ahead: Ahead) -> Result<Material> {
    let open = open_rows(conn)?;
    let touched = touched(conn, handover.from_seq)?;
    let mut sums = Sums::since(handover.from_at);
    let mut praise = Vec::new();
    for (id, happened) in &touched {
        let Some(moments) = moments(conn, *id)? else { continue };
        sums.count(&moments, happened.taken());
        if happened.taken() && moments.kind == TicketKind::Praise && moments.status != Status::Void {
            praise.extend(row(conn, *id)?);
        }
    }
    let figures = sums.figures();
    let mut counted = items(conn)?;
    for item in &mut counted {
        let about = About::Item(item.name.clone());
        let count = |lines: &[Line]| lines.iter().find(|line| line.about == about).and_then(|line| line.count);
        item.counted = count(&handover.lines);
        item.before = before.and_then(|before| count(&before.handover.lines));
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
        parked: parked::rows::list(conn)?
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
        missed: with_hours(due.missed(), &turns(conn, ahead.zone)?),
        figures,
        praise,
        settled,
    })
}

/// Shifts with their hours.
pub(super) fn with_hours(missed: Vec<Turn>, turns: &Turns) -> Vec<Missed> {
    missed.into_iter().map(|turn| (turn, turns.span(turn))).collect()
}

/// All open tickets: none is left out for being one too many.
fn open_rows(conn: &Connection) -> Result<Vec<Row>> {
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.open = 1");
    conn.rows(&sql, values![], row_of)
}

pub(super) fn row(conn: &Connection, id: TicketId) -> Result<Option<Row>> {
    let sql = format!("SELECT {READ}, {NAME_COLUMNS} FROM ticket t {NAMES} WHERE t.id = ?1");
    conn.row_if_any(&sql, values![id], row_of)
}

/// What happened to a ticket, in order: when, what, and the event's seq.
#[derive(Default)]
pub(super) struct Touched(pub(super) Vec<(Time, EventKind, i64)>);

impl Touched {
    /// Whether it was taken there.
    pub(super) fn taken(&self) -> bool {
        self.0.iter().any(|(_, kind, _)| *kind == EventKind::Taken)
    }

    /// The newest event's seq.
    pub(super) fn newest(&self) -> i64 {
        self.0.last().map_or(0, |(.., seq)| *seq)
    }
}

/// The tickets events behind `seq` are about.
pub(super) fn touched(conn: &Connection, seq: i64) -> Result<BTreeMap<TicketId, Touched>> {
    // By that index the engine would walk every ticket's events instead of the newest events.
    let mut touched = BTreeMap::<TicketId, Touched>::new();
    conn.each(
        &format!(
            "SELECT entity_id, at, kind, seq FROM event WHERE seq > ?1 AND {} = 'ticket' ORDER BY seq",
            without_index("entity_kind")
        ),
        values![seq],
        |row| {
            touched.entry(row.get("entity_id")?).or_default().0.push((
                row.get("at")?,
                row.get("kind")?,
                row.get("seq")?,
            ));
            Ok(())
        },
    )?;
    Ok(touched)
}

/// What of a ticket its shift's figures are reckoned from.
pub(super) struct Moments {
    kind: TicketKind,
    status: Status,
    opened_at: Time,
    respond_by: Time,
    assigned_at: Option<Time>,
    contacted_at: Option<Time>,
    resolved_at: Option<Time>,
}

/// Hundreds are touched in a shift of a large township: no more is read of each than is counted.
pub(super) fn moments(conn: &Connection, id: TicketId) -> Result<Option<Moments>> {
    conn.row_if_any(
        "SELECT kind, status, opened_at, respond_by, assigned_at, contacted_at, resolved_at FROM ticket WHERE id = ?1",
        values![id],
        |row| {
            Ok(Moments {
                kind: row.get("kind")?,
                status: row.get("status")?,
                opened_at: row.get("opened_at")?,
                respond_by: row.get("respond_by")?,
                assigned_at: row.get("assigned_at")?,
                contacted_at: row.get("contacted_at")?,
                resolved_at: row.get("resolved_at")?,
            })
        },
    )
}

/// Figures of a window, reckoned from the tickets as they stand, so that what was taken back is not counted.
pub(super) struct Sums {
    from: Time,
    figures: Figures,
    minutes: i64,
}

impl Sums {
    pub(super) fn since(from: Time) -> Self {
        Self { from, figures: Figures::default(), minutes: 0 }
    }

    /// Counts a ticket something happened to; `taken` says whether it was taken in the window.
    pub(super) fn count(&mut self, ticket: &Moments, taken: bool) {
        let since = |time: Option<Time>| time.is_some_and(|time| time >= self.from);
        let figures = &mut self.figures;
        figures.taken += u32::from(taken && ticket.status != Status::Void);
        figures.assigned += u32::from(since(ticket.assigned_at));
        figures.resolved += u32::from(since(ticket.resolved_at) && ticket.status != Status::Void);
        if let Some(contact) = ticket.contacted_at.filter(|at| *at >= self.from) {
            figures.contacted += 1;
            figures.in_time += u32::from(contact <= ticket.respond_by);
            self.minutes += ticket.opened_at.minutes_to(contact).max(0);
        }
    }

    pub(super) fn figures(self) -> Figures {
        let mut figures = self.figures;
        if figures.contacted > 0 {
            figures.mean_minutes = u32::try_from(self.minutes / i64::from(figures.contacted)).unwrap_or(u32::MAX);
        }
        figures
    }
}

/// Who is on duty when the next shift has begun, by role, and who is missing on it.
pub(super) type Next = (Vec<(Role, Vec<PersonName>)>, Vec<Gap>);

pub(super) fn next(conn: &Connection, zone: Zone, due: Due) -> Result<Next> {
    let mut roles: BTreeMap<Role, Vec<PersonName>> = BTreeMap::new();
    let duty = staff::rows::duty(conn, zone, due.begins, None)?;
    for person in duty.now {
        let names = roles.entry(person.role).or_default();
        if person.presence != Presence::Absent && !names.contains(&person.name) {
            names.push(person.name);
        }
    }
    let gaps = duty.gaps.into_iter().filter(|gap| gap.from < due.until && gap.to > due.begins).collect();
    Ok((roles.into_iter().filter(|(_, names)| !names.is_empty()).collect(), gaps))
}

pub(super) fn leave(conn: &Connection, due: Due) -> Result<Vec<PersonName>> {
    conn.column(
        "SELECT DISTINCT s.name FROM leave l JOIN staff s ON s.id = l.staff_id WHERE l.to_day >= ?1 AND l.from_day <= ?1 AND s.active = 1 ORDER BY s.name",
        values![due.next.0],
    )
}

/// Outages of now, those that should be over and nobody said are, and those that begin before the next shift ends.
fn outages(conn: &Connection, now: Time, until: Time) -> Result<Vec<(OutageId, Outage, String)>> {
    let told = |row: &OutageRow| row.outage.phase(now) != Phase::Over && row.outage.from <= until;
    let rows = outage::rows::list(conn, now)?.into_iter().filter(told);
    Ok(rows.map(|row| (row.id, row.outage, row.places.join(" "))).collect())
}
