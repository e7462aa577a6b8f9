//! Changes of rosters, and the way back of each but publishing: what is on the wall was read.
//! Whether one may be made is decided in `domain`.
//!
//! Each event holds what was and what became of it (`was`, `now`, or a pair a day), so that taking it back asks one thing:
//! whether it is still as it was left.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{LeaveId, NeedId, ShiftId, StaffId};
use crate::domain::base::time::Day;
use crate::domain::base::trouble::Trouble;
use crate::domain::op::Done;
use crate::domain::person::Phone;
use crate::domain::refusal::Refusal;
use crate::domain::roster::coverage::{Need, NeedDays};
use crate::domain::roster::op::{self, Planned, RosterOp, Span, StaffEdit};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{Difference, Leave, Week};
use crate::domain::roster::{DayPlan, LeaveKind, monday, week_name};
use crate::domain::staff::Staff;
use crate::domain::staff::departure::Given;
use crate::store::file::convert::{day_of, day_text};
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::staff::{self, departure};
use crate::store::{place, roster};

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, change: &RosterOp) -> Result<Done> {
    match change {
        RosterOp::Presence(op) => roster::presence::act(tx, op),
        RosterOp::Plan(days) => plan(tx, days),
        RosterOp::Discard { monday } => discard(tx, *monday),
        RosterOp::Publish { monday, seen } => publish(tx, *monday, seen.as_deref()),
        RosterOp::Leave { spans, kind, note } => leave(tx, spans, *kind, note),
        RosterOp::Need { need, off } => need_set(tx, need, *off),
        RosterOp::Template { template, hours } => {
            let hours = hours.as_ref().map(op::hours).transpose()?;
            roster::settings::put_template(tx, *template, hours.as_ref())
        }
        RosterOp::Rule { rule, severity, figure } => {
            roster::settings::put_rule(tx, *rule, *severity, op::figure(*rule, *figure)?)
        }
        RosterOp::Staff { id, edit } => edit_staff(tx, *id, edit),
        RosterOp::Depart { id, tickets } => depart(tx, *id, tickets),
        RosterOp::Hire { name, role, phone } => {
            let new = op::hired(StaffId(tx.ids.next()), name, *role, phone)?;
            staff::rows::insert(tx.conn, &new)?;
            let phone = new.phone.as_ref().map(Phone::reveal).unwrap_or_default();
            let words = [("name", new.name.reveal()), ("phone", phone)];
            tx.log.happened(Entity::Staff, new.id.0, EventKind::Added, json!({ "role": role }), "", &words)?;
            Ok(done(tx, Entity::Staff, new.id.0, EventKind::Added, 0))
        }
    }
}

/// Drafts days, one event a person.
fn plan(tx: &mut Tx<'_>, days: &[Planned]) -> Result<Done> {
    if days.len() > op::DAYS_AT_MOST {
        return Err(Refusal::FigureUnclear { from: 1, to: op::DAYS_AT_MOST as i64 }.into());
    }
    let mut weeks: BTreeMap<Day, Week> = BTreeMap::new();
    let mut changed: BTreeMap<StaffId, Vec<(Day, Option<DayPlan>)>> = BTreeMap::new();
    for planned in days {
        let of = monday(planned.day);
        if let std::collections::btree_map::Entry::Vacant(free) = weeks.entry(of) {
            free.insert(roster::rows::week(tx.conn, tx.zone, of)?);
        }
        let Some(week) = weeks.get(&of) else { continue };
        let draft = op::draft(week, planned, tx.now)?;
        let own = changed.entry(planned.staff).or_default();
        own.retain(|(day, _)| *day != planned.day);
        own.push((planned.day, draft));
    }
    let mut people = Vec::new();
    for (staff, days) in changed {
        if write_drafts(tx, staff, &days, EventKind::Planned)? {
            people.push(staff);
        }
    }
    let also = u32::try_from(people.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let first = people.first().or(days.first().map(|day| &day.staff)).map_or(0, |staff| staff.0);
    Ok(done(tx, Entity::Roster, first, EventKind::Planned, also))
}

/// Writes drafts of one person that differ from those there; false when none does.
pub(in crate::store) fn write_drafts(
    tx: &mut Tx<'_>,
    staff: StaffId,
    days: &[(Day, Option<DayPlan>)],
    kind: EventKind,
) -> Result<bool> {
    let mut pairs = Map::new();
    for (day, plan) in days {
        let was = roster::rows::draft(tx.conn, staff, *day)?;
        if was != *plan {
            roster::rows::put_draft(tx.conn, staff, *day, plan.as_ref())?;
            pairs.insert(day_text(*day), json!([was, plan]));
        }
    }
    let any = !pairs.is_empty();
    if any {
        tx.log.happened(Entity::Roster, staff.0, kind, json!({ "days": pairs }), "", &[])?;
    }
    Ok(any)
}

fn discard(tx: &mut Tx<'_>, of: Day) -> Result<Done> {
    let week = roster::rows::week(tx.conn, tx.zone, of)?;
    let mut people = Vec::new();
    for member in &week.people {
        let days: Vec<_> = week.days().filter(|day| member.drafts.contains_key(day)).map(|day| (day, None)).collect();
        if write_drafts(tx, member.staff.id, &days, EventKind::Planned)? {
            people.push(member.staff.id);
        }
    }
    let Some(first) = people.first() else { return Err(Refusal::NothingToDiscard.into()) };
    Ok(done(tx, Entity::Roster, first.0, EventKind::Planned, u32::try_from(people.len()).unwrap_or(1) - 1))
}

/// Makes the shifts of a week those of the draft, one event a person; days that are fixed stay.
fn publish(tx: &mut Tx<'_>, of: Day, seen: Option<&[Difference]>) -> Result<Done> {
    let of = monday(of);
    let week = roster::rows::week(tx.conn, tx.zone, of)?;
    let differences = op::publish(&week, seen, tx.now)?;
    let mut people: BTreeMap<StaffId, Map<String, Value>> = BTreeMap::new();
    for difference in differences {
        let op::Plans { was, now } = op::published(&difference);
        let ids = &mut tx.ids;
        roster::rows::put_shifts(
            tx.conn,
            (difference.staff, difference.day),
            (&was, &now),
            (&week.templates, tx.zone),
            || ShiftId(ids.next()),
        )?;
        people.entry(difference.staff).or_default().insert(day_text(difference.day), json!([was, now]));
    }
    for member in &week.people {
        for day in week.days().filter(|day| member.drafts.contains_key(day)) {
            roster::rows::put_draft(tx.conn, member.staff.id, day, None)?;
        }
    }
    let name = week_name(of);
    let also = u32::try_from(people.len()).unwrap_or(1).saturating_sub(1);
    let first = people.keys().next().map_or(0, |staff| staff.0);
    for (staff, days) in people {
        let facts = json!({ "week": name, "days": days });
        tx.log.happened(Entity::Roster, staff.0, EventKind::Published, facts, "", &[])?;
    }
    Ok(done(tx, Entity::Roster, first, EventKind::Published, also))
}

/// Gives leave, or takes it back: what was said of the days before gives way. Shifts of those days leave the draft.
fn leave(tx: &mut Tx<'_>, spans: &[Span], kind: Option<LeaveKind>, note: &str) -> Result<Done> {
    let note = op::leave_note(note)?;
    let mut changed = 0;
    let mut first = None;
    for span in spans {
        let span = op::leave_span(*span)?;
        roster::rows::staff_and_cycle(tx.conn, span.staff)?.ok_or(Refusal::NotFound { what: Entity::Staff })?;
        let was = roster::rows::leave_of(tx.conn, span.staff, span.from, span.to)?;
        let mut now: Vec<Leave> = Vec::new();
        for old in &was {
            for (from, to) in op::without(old, span) {
                now.push(Leave { id: LeaveId(tx.ids.next()), from, to, ..old.clone() });
            }
        }
        if let Some(kind) = kind {
            now.push(Leave { id: LeaveId(tx.ids.next()), from: span.from, to: span.to, kind, note: note.clone() });
        }
        if was.is_empty() && now.is_empty() {
            continue;
        }
        write_leave(tx, span.staff, &was, &now, EventKind::Set)?;
        if kind.is_some() {
            free_days(tx, span)?;
        }
        changed += 1;
        first = first.or(now.first().or(was.first()).map(|leave| leave.id.0));
    }
    let Some(first) = first else { return Err(Refusal::NotFound { what: Entity::Leave }.into()) };
    Ok(done(tx, Entity::Leave, first, EventKind::Set, changed - 1))
}

/// Nobody works on leave: the shifts of those days that have not begun are drafted away, so that the gap is seen at once.
fn free_days(tx: &mut Tx<'_>, span: Span) -> Result<()> {
    let mut of = monday(span.from);
    let mut days = Vec::new();
    while of <= span.to {
        let week = roster::rows::week(tx.conn, tx.zone, of)?;
        if let Some(member) = week.member(span.staff) {
            for day in week.days().filter(|day| (span.from..=span.to).contains(day)) {
                let works = !member.plan(day).shifts.is_empty();
                if works && !week.is_fixed(member, day, tx.now) {
                    let free = Some(DayPlan::rest()).filter(|rest| *rest != member.published_on(day));
                    days.push((day, free));
                }
            }
        }
        of += chrono::Duration::days(7);
    }
    write_drafts(tx, span.staff, &days, EventKind::Planned).map(drop)
}

/// Replaces leave by leave. Its notes are words of people, so they go where words go.
fn write_leave(tx: &mut Tx<'_>, staff: StaffId, was: &[Leave], now: &[Leave], kind: EventKind) -> Result<()> {
    for old in was {
        roster::rows::remove_leave(tx.conn, old.id)?;
    }
    for new in now {
        roster::rows::insert_leave(tx.conn, staff, new)?;
    }
    let told = |leave: &Leave| json!({ "id": leave.id, "from": day_text(leave.from), "to": day_text(leave.to), "kind": leave.kind });
    let facts = json!({
        "staff": staff,
        "was": was.iter().map(told).collect::<Vec<_>>(),
        "now": now.iter().map(told).collect::<Vec<_>>(),
    });
    let named: Vec<(String, &str)> =
        was.iter().chain(now).map(|leave| (format!("note_{}", leave.id.0), leave.note.as_str())).collect();
    let words: Vec<(&str, &str)> = named.iter().map(|(name, note)| (name.as_str(), *note)).collect();
    let id = now.first().or(was.first()).map_or(0, |leave| leave.id.0);
    tx.log.happened(Entity::Leave, id, kind, facts, "", &words)?;
    Ok(())
}

fn need_set(tx: &mut Tx<'_>, need: &Need, off: bool) -> Result<Done> {
    op::need(need)?;
    if let Some(compound) = need.compound {
        place::rows::load(tx.conn, compound)?.ok_or(Refusal::NotFound { what: Entity::Place })?;
    }
    let was = roster::rows::needs(tx.conn)?.into_iter().find(|row| same(&row.need, need));
    if off && was.is_none() {
        return Err(Refusal::NotFound { what: Entity::Need }.into());
    }
    let id = was.map_or_else(|| NeedId(tx.ids.next()), |row| row.id);
    let (was, now) = (was.map(|row| row.need), (!off).then_some(*need));
    write_need(tx, id, was, now, if off { EventKind::Removed } else { EventKind::Set })?;
    Ok(done(tx, Entity::Need, id.0, if off { EventKind::Removed } else { EventKind::Set }, 0))
}

fn write_need(tx: &mut Tx<'_>, id: NeedId, was: Option<Need>, now: Option<Need>, kind: EventKind) -> Result<()> {
    if let Some(need) = now.or(was) {
        roster::rows::put_need(tx.conn, id, &need, now.is_some())?;
    }
    let facts = json!({ "was": was.map(need_json), "now": now.map(need_json) });
    tx.log.happened(Entity::Need, id.0, kind, facts, "", &[])?;
    Ok(())
}

/// Whether two say how many are needed of the same.
fn same(a: &Need, b: &Need) -> bool {
    (a.compound, a.role, a.template, a.days) == (b.compound, b.role, b.template, b.days)
}

fn need_json(need: Need) -> Value {
    json!({
        "compound": need.compound, "role": need.role, "template": need.template, "days": need.days, "count": need.count,
    })
}

fn need_of(value: &Value) -> Option<Need> {
    Some(Need {
        compound: serde_json::from_value(value.get("compound")?.clone()).ok()?,
        role: serde_json::from_value(value.get("role")?.clone()).ok()?,
        template: Template::from_code(value.get("template")?.as_str()?)?,
        days: NeedDays::from_code(value.get("days")?.as_str()?)?,
        count: serde_json::from_value(value.get("count")?.clone()).ok()?,
    })
}

fn edit_staff(tx: &mut Tx<'_>, id: StaffId, edit: &StaffEdit) -> Result<Done> {
    let (before, cycle) =
        roster::rows::staff_and_cycle(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Staff })?;
    let after = op::edited(&before, edit)?;
    for compound in &after.serves {
        place::rows::load(tx.conn, *compound)?.ok_or(Refusal::NotFound { what: Entity::Place })?;
    }
    let new_cycle = match &edit.cycle {
        None => cycle.clone(),
        Some(pattern) => pattern.as_ref().map(|pattern| pattern.kept()).unwrap_or_default(),
    };
    if before.active && !after.active {
        departure::take_off(tx, id, &[])?;
    }
    write_staff(tx, (&before, &cycle), (&after, &new_cycle), EventKind::Edited)?;
    Ok(done(tx, Entity::Staff, id.0, EventKind::Edited, 0))
}

/// Somebody leaves. Somebody set to left by an older version may be set to left once more: his shifts are still on the wall.
fn depart(tx: &mut Tx<'_>, id: StaffId, tickets: &[Given]) -> Result<Done> {
    let (before, cycle) =
        roster::rows::staff_and_cycle(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Staff })?;
    departure::take_off(tx, id, tickets)?;
    let after = Staff { active: false, ..before.clone() };
    write_staff(tx, (&before, &cycle), (&after, &cycle), EventKind::Edited)?;
    Ok(done(tx, Entity::Staff, id.0, EventKind::Edited, 0))
}

fn write_staff(tx: &mut Tx<'_>, was: (&Staff, &str), now: (&Staff, &str), kind: EventKind) -> Result<()> {
    roster::rows::update_staff(tx.conn, now.0, now.1)?;
    let told = |(staff, cycle): (&Staff, &str)| {
        json!({
            "role": staff.role, "skills": staff.skills, "serves": staff.serves,
            "active": i32::from(staff.active), "cycle": cycle,
        })
    };
    let phone = |staff: &Staff| staff.phone.as_ref().map(|phone| phone.reveal().to_owned()).unwrap_or_default();
    let (phone_was, phone_now) = (phone(was.0), phone(now.0));
    let words = [("phone_was", phone_was.as_str()), ("phone_now", phone_now.as_str())];
    let facts = json!({ "was": told(was), "now": told(now) });
    tx.log.happened(Entity::Staff, now.0.id.0, kind, facts, "", &words)?;
    Ok(())
}

/// Takes back what an event did, or makes it again when the event was itself an undo.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    match event.entity {
        Entity::Roster if departure::is_of(event) => return departure::back(tx, event, told_as),
        Entity::Roster if event.payload.contains_key("days") => draft_back(tx, event, told_as)?,
        Entity::Roster => roster::settings::back(tx, event, told_as)?,
        Entity::Leave => leave_back(tx, event, told_as)?,
        Entity::Need => {
            let side = |name: &str| event.payload.get(name).and_then(need_of);
            let (was, now) = (side("was"), side("now"));
            let needs = roster::rows::needs(tx.conn)?;
            let there = needs.iter().find(|row| row.id.0 == event.id).map(|row| row.need);
            // The same may have been said anew since it was taken off, under an id of its own.
            let anew = |need: Need| needs.iter().any(|row| row.id.0 != event.id && same(&row.need, &need));
            if there != now || was.is_some_and(anew) {
                return Err(changed_since("need"));
            }
            write_need(tx, NeedId(event.id), now, was, told_as)?;
        }
        _ => staff_back(tx, event, told_as)?,
    }
    Ok(Done { of: Some(event.kind), ..done(tx, event.entity, event.id, told_as, 0) })
}

fn draft_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<()> {
    let staff = StaffId(event.id);
    let days = event.payload.get("days").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut back = Vec::new();
    for (day, pair) in &days {
        let side = |at: usize| -> Option<DayPlan> {
            pair.get(at).and_then(|plan| serde_json::from_value(plan.clone()).ok()).flatten()
        };
        let damaged = || Trouble::Damaged { detail: format!("event {} names no day", event.seq) };
        let day = day_of(day).ok_or_else(damaged)?;
        if roster::rows::draft(tx.conn, staff, day)? != side(1) {
            return Err(changed_since("plan"));
        }
        back.push((day, side(0)));
    }
    write_drafts(tx, staff, &back, told_as).map(drop)
}

fn leave_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<()> {
    let staff: Option<StaffId> =
        event.payload.get("staff").and_then(|staff| serde_json::from_value(staff.clone()).ok());
    let Some(staff) = staff else { return Err(changed_since("leave")) };
    let side = |name: &str| -> Vec<Leave> {
        let rows = event.payload.get(name).and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(|row| leave_told(event, row)).collect()
    };
    let (was, now) = (side("was"), side("now"));
    for leave in &now {
        if roster::rows::leave(tx.conn, leave.id)?.as_ref() != Some(leave) {
            return Err(changed_since("leave"));
        }
    }
    for leave in &was {
        // Leave given since for the same days is not laid over.
        let there = roster::rows::leave_of(tx.conn, staff, leave.from, leave.to)?;
        if there.iter().any(|other| now.iter().all(|own| own.id != other.id)) {
            return Err(changed_since("leave"));
        }
    }
    write_leave(tx, staff, &now, &was, told_as)
}

fn leave_told(event: &Event, row: &Value) -> Option<Leave> {
    let id: LeaveId = serde_json::from_value(row.get("id")?.clone()).ok()?;
    Some(Leave {
        id,
        from: day_of(row.get("from")?.as_str()?)?,
        to: day_of(row.get("to")?.as_str()?)?,
        kind: LeaveKind::from_code(row.get("kind")?.as_str()?)?,
        note: event.word(&format!("note_{}", id.0)).unwrap_or_default().to_owned(),
    })
}

fn staff_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<()> {
    let (there, cycle) =
        roster::rows::staff_and_cycle(tx.conn, StaffId(event.id))?.ok_or(Refusal::NotFound { what: Entity::Staff })?;
    let side = |name: &str, phone: &str| -> Option<(Staff, String)> {
        let told = event.payload.get(name)?;
        let part = |field: &str| told.get(field).cloned().unwrap_or_default();
        let staff = Staff {
            role: serde_json::from_value(part("role")).ok()?,
            skills: serde_json::from_value(part("skills")).ok()?,
            serves: serde_json::from_value(part("serves")).ok()?,
            active: part("active") == json!(1),
            phone: event.word(phone).filter(|digits| !digits.is_empty()).map(|digits| Phone::stored(digits.to_owned())),
            ..there.clone()
        };
        Some((staff, part("cycle").as_str().unwrap_or_default().to_owned()))
    };
    let (Some(was), Some(now)) = (side("was", "phone_was"), side("now", "phone_now")) else {
        return Err(Refusal::CannotUndo { kind: event.kind }.into());
    };
    if now != (there.clone(), cycle) {
        return Err(changed_since("staff"));
    }
    write_staff(tx, (&now.0, &now.1), (&was.0, &was.1), told_as)
}

pub(in crate::store) fn changed_since(field: &'static str) -> crate::store::file::error::Error {
    Refusal::ChangedSince { fields: vec![field] }.into()
}

pub(in crate::store) fn done(tx: &Tx<'_>, entity: Entity, id: i64, kind: EventKind, also: u32) -> Done {
    Done { also, ..Done::to(entity, id, kind, tx.log.command) }
}
