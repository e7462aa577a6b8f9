//! What a handover is held against: tickets, parked intakes and outages made anew from the log alone, and who is missing,
//! counted from the plan's rows. What drafts a handover is not called here, and what it counts is counted apart on purpose.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{OutageId, ParkedId, TicketId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::handover::turn::{Due, EARLY_MINUTES, Turn};
use crate::domain::handover::verify::{Missing, Replayed};
use crate::domain::outage::Outage;
use crate::domain::roster::Templates;
use crate::domain::roster::coverage::{Need, NeedDays};
use crate::domain::roster::shift::Template;
use crate::domain::ticket::{Status, Ticket};
use crate::store::file::engine::{Connection, FromValue, any_of, list, values};
use crate::store::file::error::Result;
use crate::store::log::payload;
use crate::store::roster;
use crate::store::settings::calendar;

/// Everything the events leave open. Words stay the digests they are in the log: that there are some is all that counts.
///
/// The plan is no matter of the log: who is missing is counted from its rows, need by need, and not by the duty list.
pub(in super::super) fn replay(conn: &Connection, zone: Zone, due: Due) -> Result<Replayed> {
    conn.in_one_state(|| {
        let mut gaps = unmet(conn, zone, due)?;
        gaps.extend(absent(conn, due)?);
        let missed = missed(conn, zone, due)?;
        Ok(Replayed { tickets: tickets(conn)?, parked: parked(conn)?, gaps, outages: outages(conn)?, missed })
    })
}

/// Needs of the next shift for which fewer come than are needed.
fn unmet(conn: &Connection, zone: Zone, due: Due) -> Result<Vec<Missing>> {
    let ((hours, _), calendar) = (roster::rows::templates(conn)?, calendar::load(conn, zone)?);
    let needs: Vec<Need> = roster::rows::needs(conn)?.into_iter().map(|row| row.need).collect();
    let like = |a: &Need, b: &Need| (a.compound, a.role, a.template) == (b.compound, b.role, b.template);
    let mut name = conn.statement("SELECT label FROM place WHERE id = ?1")?;
    let mut missing = Vec::new();
    let eve = zone.day(due.begins) - chrono::Duration::days(1);
    for day in eve.iter_days().take(3) {
        let kind = calendar.kind(day);
        for need in needs.iter().filter(|need| need.days.on(kind)) {
            let said_for_such_days = |other: &&Need| other.days != NeedDays::Every && other.days.on(kind);
            if need.days == NeedDays::Every && needs.iter().filter(said_for_such_days).any(|other| like(other, need)) {
                continue;
            }
            let (from, to) = hours.span(need.template, day, zone);
            if from >= due.until || to <= due.begins || come(conn, need, day, &hours)? >= i64::from(need.count) {
                continue;
            }
            let place = need.compound.map(|place| name.value(values![place])).transpose()?;
            let place = place.unwrap_or_default();
            missing.push(Missing { place, role: need.role, template: need.template, whose: None });
        }
    }
    Ok(missing)
}

/// How many come for a need on a day: of its role, on a shift that is there for half of it or more, posted there or serving it.
fn come(conn: &Connection, need: &Need, day: Day, hours: &Templates) -> Result<i64> {
    let (from, to) = hours.minutes(need.template);
    let covers: Vec<&str> = Template::ALL
        .iter()
        .filter(|one| {
            let (begins, ends) = hours.minutes(**one);
            2 * (ends.min(to) - begins.max(from)) >= to - from
        })
        .map(|one| one.code())
        .collect();
    let sql = format!(
        "SELECT COUNT(DISTINCT h.staff_id) FROM shift h JOIN staff s ON s.id = h.staff_id \
             WHERE h.day = ?1 AND s.role = ?2 AND s.active = 1 AND h.presence <> 'absent' \
               AND h.template IN {} \
               AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.staff_id = s.id AND h.day BETWEEN l.from_day AND l.to_day) \
               AND (?4 IS NULL OR h.compound_id = ?4 OR (h.compound_id IS NULL AND (\
                 NOT EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id) \
                 OR EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id AND x.compound_id = ?4))))",
        any_of("?3")
    );
    conn.value(&sql, values![day, need.role, list(&covers), need.compound])
}

/// Who of the next shift did not come, and nobody stands in his place.
fn absent(conn: &Connection, due: Due) -> Result<Vec<Missing>> {
    conn.rows(
        "SELECT COALESCE((SELECT label FROM place WHERE id = h.compound_id), '') AS place, s.role, h.template, h.staff_id \
         FROM shift h JOIN staff s ON s.id = h.staff_id \
         WHERE h.presence = 'absent' AND h.from_at < ?2 AND h.to_at > ?1 AND NOT EXISTS (\
           SELECT 1 FROM shift x WHERE x.covers = h.staff_id AND x.from_at >= h.from_at AND x.from_at < h.to_at \
             AND x.presence <> 'absent')",
        values![due.begins, due.until],
        |row| {
            Ok(Missing {
                place: row.get("place")?,
                role: row.get("role")?,
                template: row.get("template")?,
                whose: Some(row.get("staff_id")?),
            })
        },
    )
}

/// Every early, late and night shift that ended since the newest acceptance in the log, before the one handed over: day by
/// day by its hours, and not by counting turns. One handed over shortly before its end was not missed.
fn missed(conn: &Connection, zone: Zone, due: Due) -> Result<Vec<Turn>> {
    let accepted: Option<Time> = conn.value_if_any(
        "SELECT at FROM event WHERE entity_kind = 'handover' AND kind = 'taken_over' ORDER BY seq DESC LIMIT 1",
        values![],
    )?;
    let Some(accepted) = accepted else { return Ok(Vec::new()) };
    let ((hours, _), mut missed) = (roster::rows::templates(conn)?, Vec::new());
    let (first, own) = (zone.day(accepted) - chrono::Duration::days(2), hours.span(due.turn.1, due.turn.0, zone).0);
    for day in first.iter_days().take_while(|day| *day <= due.turn.0) {
        for template in [Template::Early, Template::Late, Template::Night] {
            let (from, to) = hours.span(template, day, zone);
            let early = EARLY_MINUTES.min(from.minutes_to(to) / 2);
            if from < own && accepted.minutes_to(to) > early {
                missed.push((day, template));
            }
        }
    }
    Ok(missed)
}

fn tickets(conn: &Connection) -> Result<Vec<(TicketId, Ticket)>> {
    let ended = |ticket: &Ticket| matches!(ticket.status, Status::Closed | Status::Void | Status::Duplicate);
    replayed(conn, Entity::Ticket, Ticket::blank, ended)
}

fn outages(conn: &Connection) -> Result<Vec<(OutageId, Outage)>> {
    replayed(conn, Entity::Outage, Outage::blank, |outage| outage.ended_at.is_some())
}

/// Each record of a kind as its events leave it, but those that have ended.
fn replayed<I, T>(
    conn: &Connection,
    entity: Entity,
    blank: impl Fn() -> T,
    ended: impl Fn(&T) -> bool,
) -> Result<Vec<(I, T)>>
where
    I: FromValue + PartialEq + Copy,
    T: Tracked,
{
    let mut records: Vec<(I, T)> = Vec::new();
    let done = |records: &mut Vec<(I, T)>| {
        if records.last().is_some_and(|(_, record)| ended(record)) {
            records.pop();
        }
    };
    conn.each(
        "SELECT entity_id, kind, payload, seq FROM event WHERE entity_kind = ?1 ORDER BY entity_id, seq",
        values![entity],
        |row| {
            let (id, kind): (I, EventKind) = (row.get("entity_id")?, row.get("kind")?);
            if records.last().is_none_or(|(last, _)| *last != id) {
                done(&mut records);
                records.push((id, blank()));
            }
            let damaged = |seq: i64| Trouble::Damaged { detail: format!("event {seq} is of a form not known") };
            let fields: Option<Map<String, Value>> = serde_json::from_str(row.text("payload")?).ok();
            let changes = fields.and_then(|fields| payload::changes::<T>(kind, &fields));
            let changes = changes.ok_or(damaged(row.get("seq")?))?;
            if let Some((_, record)) = records.last_mut() {
                record.apply(&changes);
            }
            Ok(())
        },
    )?;
    done(&mut records);
    Ok(records)
}

fn parked(conn: &Connection) -> Result<Vec<ParkedId>> {
    let mut there = BTreeSet::new();
    conn.each(
        "SELECT entity_id, kind FROM event WHERE entity_kind = 'parked' ORDER BY entity_id, seq",
        values![],
        |row| {
            let (id, kind): (ParkedId, EventKind) = (row.get("entity_id")?, row.get("kind")?);
            match kind {
                EventKind::Parked => there.insert(id),
                _ => there.remove(&id),
            };
            Ok(())
        },
    )?;
    Ok(there.into_iter().collect())
}
