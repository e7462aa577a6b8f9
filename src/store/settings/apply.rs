//! Changes of settings, and the way back of each; after a change of the calendar the due times of open tickets.
//! What may be set is decided in `domain`.

use crate::domain::base::calendar::{DayKind, Hours, SpecialDay};
use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::time::Day;
use crate::domain::op::Done;
use crate::domain::refusal::Refusal;
use crate::domain::settings::op as rules;
use crate::domain::settings::op::{CategoryChanges, CategorySet, Change, DaySet, HoursSet};
use crate::domain::ticket::category::Category;
use crate::domain::ticket::{Ticket, TicketChanges, clock};
use crate::store::file::error::{Error, Result};
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::settings::past::{Dated, category_id, code_of, dated, day_id, hours_id};
use crate::store::settings::{calendar, township};
use crate::store::ticket;

/// Makes a change.
pub(in crate::store) fn set(tx: &mut Tx<'_>, change: &Change) -> Result<Done> {
    match change {
        Change::Category { was, now } => {
            let here = township::category(tx.conn, &now.code)?.ok_or(Refusal::NoSuchCategory)?;
            let after = rules::category(&here, was, now)?;
            set_category(tx, &here, &after, EventKind::Set)
        }
        Change::Hours { kind, was, now } => {
            let after = rules::hours(&tx.calendar, *kind, *was, *now)?;
            set_hours(tx, *kind, after, EventKind::Set)?;
            reckoned(tx, hours_id(*kind), EventKind::Set)
        }
        Change::Day { day, was, now } => {
            let after = rules::day(&tx.calendar, *day, was.as_ref(), now.as_ref())?;
            set_day(tx, *day, after, EventKind::Set)?;
            reckoned(tx, day_id(*day), EventKind::Set)
        }
        Change::Redated { from, stood, day, was, now } => {
            let left = rules::day(&tx.calendar, *from, stood.as_ref(), None)?;
            let after = rules::day(&tx.calendar, *day, was.as_ref(), Some(now))?;
            set_day(tx, *day, after, EventKind::Set)?;
            set_day(tx, *from, left, EventKind::Set)?;
            reckoned(tx, day_id(*day), EventKind::Set)
        }
    }
}

/// Takes a change back, where what it set still stands. Due times are reckoned when all of a command is back.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let since = |fields| Error::Refused(Refusal::ChangedSince { fields });
    let of = Some(event.kind);
    if event.entity == Entity::Category {
        let code = code_of(event)?;
        let here = township::category(tx.conn, &code)?.ok_or(Refusal::NoSuchCategory)?;
        let mut set = CategorySet::of(&here);
        set.take_back(&event.changes::<CategorySet>()?).map_err(since)?;
        return Ok(Done { of, ..set_category(tx, &here, &set.on(&here), told_as)? });
    }
    match dated(event)? {
        Dated::Hours(kind) => {
            let mut set = HoursSet { hours: tx.calendar.hours[kind as usize] };
            set.take_back(&event.changes::<HoursSet>()?).map_err(since)?;
            set_hours(tx, kind, set.hours, told_as)?;
        }
        Dated::Day(day) => {
            let mut set = DaySet::of(tx.calendar.days.get(&day));
            set.take_back(&event.changes::<DaySet>()?).map_err(since)?;
            set_day(tx, day, set.special(), told_as)?;
        }
    }
    if !tx.calendar.ever_open() {
        return Err(Refusal::NeverOpen.into());
    }
    Ok(Done { of, ..done(tx, Entity::Calendar, event.id, told_as, 0) })
}

fn set_category(tx: &mut Tx<'_>, before: &Category, after: &Category, kind: EventKind) -> Result<Done> {
    let id = category_id(&after.code);
    let changes = CategorySet::of(before).changes_to(&CategorySet::of(after));
    if changes != CategoryChanges::default() {
        township::update_category(tx.conn, after)?;
    }
    tx.log.changed::<CategorySet>(Entity::Category, id, kind, &changes, "", &[("code", &after.code)])?;
    Ok(done(tx, Entity::Category, id, kind, 0))
}

fn set_hours(tx: &mut Tx<'_>, kind: DayKind, hours: Option<Hours>, told_as: EventKind) -> Result<()> {
    let changes = HoursSet { hours: tx.calendar.hours[kind as usize] }.changes_to(&HoursSet { hours });
    calendar::put_hours(tx.conn, kind, hours)?;
    tx.calendar.hours[kind as usize] = hours;
    tx.log.changed::<HoursSet>(Entity::Calendar, hours_id(kind), told_as, &changes, "", &[])?;
    tx.calendar.past = calendar::past(tx.conn)?;
    Ok(())
}

/// Sets a day, also for an imported calendar.
pub(in crate::store) fn set_day(
    tx: &mut Tx<'_>,
    day: Day,
    special: Option<SpecialDay>,
    told_as: EventKind,
) -> Result<()> {
    let changes = DaySet::of(tx.calendar.days.get(&day)).changes_to(&DaySet::of(special.as_ref()));
    calendar::put_day(tx.conn, day, special.as_ref())?;
    match special {
        Some(special) => tx.calendar.days.insert(day, special),
        None => tx.calendar.days.remove(&day),
    };
    tx.log.changed::<DaySet>(Entity::Calendar, day_id(day), told_as, &changes, "", &[])?;
    Ok(())
}

fn reckoned(tx: &mut Tx<'_>, id: i64, kind: EventKind) -> Result<Done> {
    let tickets = reckon_open(tx)?;
    Ok(done(tx, Entity::Calendar, id, kind, tickets))
}

/// Reckons the due times of all open tickets anew, and tells of each that has others now. Gives how many.
///
/// It goes into the command that changed the calendar: nobody ever sees new hours with old due times, a kill leaves neither
/// half done, and one undo takes both back. What has ended keeps the times it was held to.
///
/// New hours count from the moment they are set: what ran before ran in the hours that stood then, so nothing that was late
/// is in time by them, and nothing is late at once. Taken back, they never stood. A day that is set says what the day is, or was: a holiday put in too
/// late is counted as one, since nobody was there.
pub(in crate::store) fn reckon_open(tx: &mut Tx<'_>) -> Result<u32> {
    let mut changed = 0;
    for (id, before) in ticket::rows::open_on_desk_hours(tx.conn)? {
        if before.resolved_at.is_some() {
            continue;
        }
        let mut after = before.clone();
        clock::reckon(&mut after, &tx.calendar);
        if after == before {
            continue;
        }
        let changes: TicketChanges = before.changes_to(&after);
        ticket::rows::update_due(tx.conn, id, &after)?;
        tx.log.changed::<Ticket>(Entity::Ticket, id.0, EventKind::Reckoned, &changes, "", &[])?;
        changed += 1;
    }
    Ok(changed)
}

fn done(tx: &Tx<'_>, entity: Entity, id: i64, kind: EventKind, also: u32) -> Done {
    Done { also, ..Done::to(entity, id, kind, tx.log.command) }
}
