//! Marking who came and naming who steps in, and the way back of each. Whether it may be done is decided in `domain`.

use serde_json::{Value, json};

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{ShiftId, StaffId};
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::op::Done;
use crate::domain::refusal::Refusal;
use crate::domain::roster::presence::{Opening, PresenceOp, may_mark, may_step_in};
use crate::domain::roster::shift::{Presence, Shift};
use crate::domain::roster::stand_in::Wanted;
use crate::domain::staff::Role;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::roster::shifts::Kept;
use crate::store::{roster, staff};

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, op: &PresenceOp) -> Result<Done> {
    match op {
        PresenceOp::Mark { shift, presence } => mark(tx, *shift, *presence),
        PresenceOp::StepIn { staff, opening } => step_in(tx, *staff, *opening),
    }
}

fn mark(tx: &mut Tx<'_>, id: ShiftId, presence: Presence) -> Result<Done> {
    let Kept { shift, marked_at, .. } = load(tx, id)?;
    may_mark((shift.from, shift.to), shift.presence, presence, tx.now, tx.operator.rank)?;
    let at = (presence != Presence::Planned).then_some(tx.now);
    write_mark(tx, id, (shift.presence, presence), (marked_at, at), EventKind::Marked)
}

fn write_mark(
    tx: &mut Tx<'_>,
    id: ShiftId,
    presence: (Presence, Presence),
    at: (Option<Time>, Option<Time>),
    kind: EventKind,
) -> Result<Done> {
    roster::shifts::mark(tx.conn, id, presence.1, at.1)?;
    let facts = json!({ "presence": presence, "marked_at": at });
    tx.log.happened(Entity::Shift, id.0, kind, facts, "", &[])?;
    Ok(done(tx, id, kind))
}

fn step_in(tx: &mut Tx<'_>, who: StaffId, opening: Opening) -> Result<Done> {
    let person = staff::rows::load(tx.conn, who)?
        .filter(|person| person.active)
        .ok_or(Refusal::NotFound { what: Entity::Staff })?;
    let (day, template, compound, post, covers) = match opening {
        Opening::Shift(id) => {
            let shift = load(tx, id)?.shift;
            (shift.day, shift.template, shift.compound, shift.post, Some(shift.staff))
        }
        Opening::Need { day, template, compound } => (day, template, compound, String::new(), None),
    };
    let (from, to) = roster::rows::templates(tx.conn)?.0.span(template, day, tx.zone);
    let wanted = Wanted { day, template, compound, role: person.role, drafts: false };
    let candidates = roster::wall::stand_ins(tx.conn, tx.zone, wanted)?;
    // Who is on leave or was absent himself is no candidate.
    let candidate = candidates.iter().find(|one| one.staff == who).ok_or(Refusal::AwayThen)?;
    may_step_in(candidate, (from, to), tx.now)?;
    still_open(tx, opening, person.role, (from, to))?;
    let id = ShiftId(tx.ids.next());
    let presence = Presence::Planned;
    let shift = Shift { id, staff: who, day, template, from, to, compound, post, presence };
    if roster::shifts::has(tx.conn, &shift)? {
        return Err(Refusal::AwayThen.into());
    }
    write_step_in(tx, &Kept { shift, covers, marked_at: None }, EventKind::Covered, true)
}

/// Whether somebody is still missing there: another desk may have named one a moment ago, or he came after all.
fn still_open(tx: &Tx<'_>, opening: Opening, role: Role, span: (Time, Time)) -> Result<()> {
    let taken = match opening {
        Opening::Shift(id) => {
            let shift = load(tx, id)?.shift;
            if shift.presence == Presence::Absent {
                roster::shifts::covering(tx.conn, &shift)?
            } else {
                staff::rows::load(tx.conn, shift.staff)?.map(|came| came.name)
            }
        }
        Opening::Need { day, template, compound } => {
            let missing = roster::wall::gaps(tx.conn, tx.zone, tx.now, None)?.into_iter().any(|gap| {
                (gap.day, gap.template, gap.role) == (day, template, role)
                    && (gap.compound == compound || gap.absent.is_some())
            });
            if missing { None } else { roster::shifts::newest_on(tx.conn, span.0, template, compound, role)? }
        }
    };
    taken.map_or(Ok(()), |name| Err(Refusal::PlaceTaken { name }.into()))
}

/// Writes a shift of who stepped in, or takes it off, and tells it.
fn write_step_in(tx: &mut Tx<'_>, kept: &Kept, kind: EventKind, there: bool) -> Result<Done> {
    let s = &kept.shift;
    if there {
        roster::shifts::insert(tx.conn, kept)?;
    } else {
        roster::shifts::remove(tx.conn, s.id)?;
    }
    let facts = json!({
        "there": there, "staff": s.staff, "day": s.day, "template": s.template, "from": s.from, "to": s.to,
        "compound": s.compound, "covers": kept.covers,
    });
    tx.log.happened(Entity::Shift, s.id.0, kind, facts, "", &[("post", &s.post)])?;
    Ok(done(tx, s.id, kind))
}

/// Takes back what an event did, or makes it again when the event was itself an undo.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = ShiftId(event.id);
    let done = if event.payload.contains_key("there") {
        let was_there: bool = value(event, "there")?;
        if was_there {
            let kept = load(tx, id)?;
            let as_told = Kept { shift: told(event, id)?, covers: value(event, "covers")?, marked_at: None };
            if kept.shift.presence != Presence::Planned {
                return Err(Refusal::ChangedSince { fields: vec!["presence"] }.into());
            }
            if kept != as_told {
                return Err(Refusal::ChangedSince { fields: vec!["plan"] }.into());
            }
            write_step_in(tx, &kept, told_as, false)?
        } else {
            let shift = told(event, id)?;
            if roster::shifts::has(tx.conn, &shift)? {
                return Err(Refusal::OnShiftThen.into());
            }
            let kept = Kept { shift, covers: value(event, "covers")?, marked_at: None };
            write_step_in(tx, &kept, told_as, true)?
        }
    } else {
        let (was, now): (Presence, Presence) = value(event, "presence")?;
        let (at_was, at_now): (Option<Time>, Option<Time>) = value(event, "marked_at")?;
        let kept = load(tx, id)?;
        if (kept.shift.presence, kept.marked_at) != (now, at_now) {
            return Err(Refusal::ChangedSince { fields: vec!["presence"] }.into());
        }
        write_mark(tx, id, (now, was), (at_now, at_was), told_as)?
    };
    Ok(Done { of: Some(event.kind), ..done })
}

/// The shift of who stepped in, as the event tells it.
fn told(event: &Event, id: ShiftId) -> Result<Shift> {
    Ok(Shift {
        id,
        staff: value(event, "staff")?,
        day: value(event, "day")?,
        template: value(event, "template")?,
        from: value(event, "from")?,
        to: value(event, "to")?,
        compound: value(event, "compound")?,
        post: event.word("post").unwrap_or_default().to_owned(),
        presence: Presence::Planned,
    })
}

/// A fact of an event.
fn value<T: serde::de::DeserializeOwned>(event: &Event, field: &str) -> Result<T> {
    event
        .payload
        .get(field)
        .map_or(Some(Value::Null), |value| Some(value.clone()))
        .and_then(|value| serde_json::from_value(value).ok())
        .ok_or_else(|| Trouble::Damaged { detail: format!("event {} holds no {field}", event.seq) }.into())
}

fn load(tx: &Tx<'_>, id: ShiftId) -> Result<Kept> {
    roster::shifts::load(tx.conn, id)?.ok_or_else(|| Refusal::NotFound { what: Entity::Shift }.into())
}

fn done(tx: &Tx<'_>, id: ShiftId, kind: EventKind) -> Done {
    Done::to(Entity::Shift, id.0, kind, tx.log.command)
}
