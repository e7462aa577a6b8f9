//! What happened between the giver's signature and the acceptance: to tickets, parked intakes, outages and the next shift, and
//! the figures of that span. It is of the shift handed over, and the receiver answers for it too.

use std::collections::BTreeMap;

use super::material::{Sums, leave, moments, next, row, touched, with_hours};
use crate::domain::base::event::Entity;
use crate::domain::handover::draft::{Ahead, Fact, Planned, gap_key};
use crate::domain::handover::told_of::{ToldOf, told_of};
use crate::domain::handover::turn::Due;
use crate::domain::handover::{About, Handover, Section, Signature};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::{outage, parked};

/// Each thing once, with all that happened to it; what the next shift is in want of now, and was not when it was signed.
pub(super) fn happened(
    conn: &Connection,
    given: Signature,
    handover: &Handover,
    due: Due,
    ahead: Ahead,
) -> Result<Vec<Planned>> {
    let mut lines = Vec::new();
    let mut sums = Sums::since(given.at);
    let touched = touched(conn, given.seq)?;
    for (id, happened) in &touched {
        let Some(row) = row(conn, *id)? else { continue };
        if let Some(moments) = moments(conn, *id)? {
            sums.count(&moments, happened.taken());
        }
        let newest = happened.newest();
        let events = happened.0.iter().map(|(at, kind, _)| (*at, *kind)).collect();
        lines.push(planned(About::Ticket(*id), Fact::Happened { events, row: Box::new(row) }, newest));
    }
    let newest = newest(conn, given.seq)?;
    lines.extend(parked_since(conn, &newest)?);
    lines.extend(outages_since(conn, &newest, ahead)?);
    lines.extend(duty_since(conn, &newest, handover, due, ahead)?);
    let turns = super::turns(conn, ahead.zone)?;
    let missed = with_hours(turns.closed_since(handover.shift, ahead.now), &turns);
    if let Some(((day, template), _)) = missed.first().copied() {
        lines.push(planned(About::Shift(day, template), Fact::Missed(missed), 0));
    }
    lines.sort_by_key(|line| line.newest);
    if !touched.is_empty() {
        lines.push(planned(About::Figures, Fact::Figures(sums.figures()), 0));
    }
    Ok(lines)
}

const fn planned(about: About, fact: Fact, newest: i64) -> Planned {
    Planned { section: Section::Notes, about, fact, newest }
}

/// The newest event behind the signature of each record.
type Newest = BTreeMap<(Entity, i64), i64>;

fn newest(conn: &Connection, seq: i64) -> Result<Newest> {
    let sql = "SELECT entity_kind, entity_id, seq FROM event WHERE seq > ?1 ORDER BY seq";
    let rows =
        conn.rows(sql, values![seq], |row| Ok(((row.get("entity_kind")?, row.get("entity_id")?), row.get("seq")?)))?;
    Ok(rows.into_iter().collect())
}

fn parked_since(conn: &Connection, newest: &Newest) -> Result<Vec<Planned>> {
    let told = parked::rows::list(conn)?.into_iter().filter_map(|one| {
        let newest = *newest.get(&(Entity::Parked, one.id.0))?;
        Some(planned(About::Parked(one.id), Fact::Parked { at: one.at, words: one.form.words }, newest))
    });
    Ok(told.collect())
}

/// Outages announced, changed or ended since.
fn outages_since(conn: &Connection, newest: &Newest, ahead: Ahead) -> Result<Vec<Planned>> {
    let told = outage::rows::list(conn, ahead.now)?.into_iter().filter_map(|row| {
        let newest = *newest.get(&(Entity::Outage, row.id.0))?;
        Some(planned(About::Outage(row.id), Fact::Outage(Box::new(row.outage), row.places.join(" ")), newest))
    });
    Ok(told.collect())
}

/// Who comes next, where the roster, leave or presence changed since; who is missing now and was not.
fn duty_since(conn: &Connection, newest: &Newest, handover: &Handover, due: Due, ahead: Ahead) -> Result<Vec<Planned>> {
    let of_duty = |entity: Entity| told_of(entity) == Some(ToldOf::Duty);
    let changed = newest.iter().filter(|((entity, _), _)| of_duty(*entity)).map(|(_, seq)| *seq).max();
    let Some(newest) = changed else { return Ok(Vec::new()) };
    let (who, gaps) = next(conn, ahead.zone, due)?;
    let signed = |about: &About| handover.lines.iter().any(|line| !line.after_signing && line.about == *about);
    let mut lines = Vec::new();
    for gap in gaps {
        let about = About::Gap(gap_key(&gap));
        if !signed(&about) {
            lines.push(planned(about, Fact::Gap(Box::new(gap)), newest));
        }
    }
    if !who.is_empty() {
        lines.push(planned(About::Next, Fact::Next(who), newest));
    }
    let away = leave(conn, due)?;
    if !away.is_empty() {
        lines.push(planned(About::Leave, Fact::Leave(away), newest));
    }
    Ok(lines)
}
