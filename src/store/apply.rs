//! Each change a person makes, against the row as it is now: decided by `domain`, written here with its event.
//! Taking changes back is `undo`.

use rusqlite::{OptionalExtension, params};

use super::error::{Error, Result};
use super::writer::Tx;
use super::{convert, ids, parked, tickets};
use crate::domain::category::Category;
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::id::{ParkedId, PersonId, PlaceId, StaffId, TicketId};
use crate::domain::op::parked::{Form, PARKED_AT_MOST};
use crate::domain::op::ticket::{Act, Deciding, Report, Taking, category_code, decide, take};
use crate::domain::op::{Done, Op};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::{Status, Ticket, TicketChanges};

/// The code a command is kept under.
pub(super) const fn kind_of(op: &Op) -> &'static str {
    match op {
        Op::Take { .. } => "take",
        Op::Ticket { act, .. } => match act {
            Act::Move { .. } => "move",
            Act::Edit { .. } => "edit",
            Act::Watch { .. } => "watch",
            Act::Note(_) => "note",
            Act::Chase(_) => "chase",
            Act::Join { .. } => "join",
        },
        Op::Park(_) => "park",
        Op::Unpark(_) => "unpark",
    }
}

/// Makes one change.
pub(super) fn apply(tx: &mut Tx<'_>, op: &Op) -> Result<Done> {
    match op {
        Op::Take { report, parked } => take_report(tx, report, *parked),
        Op::Ticket { id, act } => act_on(tx, *id, act),
        Op::Park(form) => park(tx, form),
        Op::Unpark(id) => unpark(tx, *id),
    }
}

fn take_report(tx: &mut Tx<'_>, report: &Report, parked: Option<ParkedId>) -> Result<Done> {
    let category = category(tx, category_code(report))?.ok_or(Refusal::NoSuchCategory)?;
    known_person(tx, report.reporter)?;
    let compound = report.place.map(|place| compound_of(tx, place)).transpose()?.flatten();
    let day = tx.zone.day(report.at.unwrap_or(tx.now));
    let number = ids::next_number(tx.conn, day)?;
    let taking = Taking { now: tx.now, zone: tx.zone, number, by: tx.operator.id, category: &category, compound };
    let ticket = take(report, taking)?;
    let id = TicketId(tx.ids.next());
    tickets::insert(tx.conn, id, &ticket)?;
    let changes = Ticket::blank().changes_to(&ticket);
    let note = crate::domain::clean::notes(&report.note)?;
    tx.log.changed::<Ticket>(Entity::Ticket, id.0, EventKind::Taken, &changes, &note, &[])?;
    if let Some(parked) = parked
        && let Some(form) = parked::take(tx.conn, parked)?
    {
        tell_form(tx, parked, EventKind::Unparked, &form)?;
    }
    Ok(Done {
        command: tx.log.command,
        kind: EventKind::Taken,
        entity: Entity::Ticket,
        id: id.0,
        number: Some(number),
        of: None,
        form: None,
    })
}

fn act_on(tx: &mut Tx<'_>, id: TicketId, act: &Act) -> Result<Done> {
    let (before, version) = tickets::load(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
    if let Act::Move { step, .. } = act {
        if let Some(staff) = step.staff {
            known_staff(tx, staff)?;
        }
        if let Some(original) = step.original {
            let (into, _) = tickets::load(tx.conn, original)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
            if original == id || into.status == Status::Duplicate || into.status == Status::Void {
                return Err(Refusal::MergeInCircle.into());
            }
        }
    }
    let act = &as_in_the_file(tx, act)?;
    let deciding = Deciding { now: tx.now, zone: tx.zone, rank: tx.operator.rank };
    let decided = match decide(&before, act, deciding) {
        // Refused against the row as it is: if the person saw an older one, that is the reason to name.
        Err(refusal) => {
            let seen = act.version().unwrap_or(version);
            return Err(if seen == version { refusal } else { conflict(tx, id, seen, version)? }.into());
        }
        Ok(decided) => decided,
    };
    let changes = before.changes_to(&decided.after);
    if let Some(seen) = act.version().filter(|seen| *seen != version) {
        refuse_if_both_changed(tx, id, seen, version, &changes)?;
    }
    if changes != TicketChanges::default() {
        tickets::update(tx.conn, id, &before, &decided.after)?;
    }
    let (name, phone) = decided.joined.unwrap_or_default();
    let words = [("name", name.as_str()), ("phone", phone.as_str())];
    tx.log.changed::<Ticket>(Entity::Ticket, id.0, decided.kind, &changes, &decided.note, &words)?;
    Ok(Done {
        command: tx.log.command,
        kind: decided.kind,
        entity: Entity::Ticket,
        id: id.0,
        number: Some(before.number),
        of: None,
        form: None,
    })
}

/// An edit with what only the file can say: the compound a place lies in, the category as it is now, whether a person is there.
fn as_in_the_file(tx: &Tx<'_>, act: &Act) -> Result<Act> {
    let Act::Edit { version, edit } = act else { return Ok(act.clone()) };
    let mut edit = edit.clone();
    if let Some((Some(place), compound)) = &mut edit.place {
        *compound = compound_of(tx, *place)?;
    }
    if let Some(named) = &mut edit.category {
        *named = category(tx, &named.code)?.ok_or(Refusal::NoSuchCategory)?;
    }
    known_person(tx, edit.reporter.flatten())?;
    Ok(Act::Edit { version: *version, edit })
}

/// Fields changed by the newest `version - seen` changes of a ticket.
fn changed_since(tx: &Tx<'_>, id: TicketId, seen: i64, version: i64) -> Result<Vec<&'static str>> {
    let events = super::events::of_record(tx.conn, Entity::Ticket, id.0)?;
    let mut fields = Vec::new();
    let mut left = version - seen;
    for event in events.iter().rev() {
        if left <= 0 {
            break;
        }
        let changes = event.changes::<Ticket>()?;
        // A note changes no field and no version.
        if changes != TicketChanges::default() {
            fields.extend(changes.fields());
            left -= 1;
        }
    }
    Ok(fields)
}

fn conflict(tx: &Tx<'_>, id: TicketId, seen: i64, version: i64) -> Result<Refusal> {
    let mut fields = changed_since(tx, id, seen, version)?;
    fields.sort_unstable();
    fields.dedup();
    Ok(Refusal::Conflict { fields })
}

/// Two desks may change different fields of one ticket; the same field only one after the other.
fn refuse_if_both_changed(tx: &Tx<'_>, id: TicketId, seen: i64, version: i64, ours: &TicketChanges) -> Result<()> {
    let theirs = changed_since(tx, id, seen, version)?;
    let fields: Vec<_> = ours.fields().into_iter().filter(|field| theirs.contains(field)).collect();
    if fields.is_empty() { Ok(()) } else { Err(Error::Refused(Refusal::Conflict { fields })) }
}

fn park(tx: &mut Tx<'_>, form: &Form) -> Result<Done> {
    if parked::count(tx.conn)? >= PARKED_AT_MOST {
        return Err(Refusal::ParkedFull.into());
    }
    let id = ParkedId(tx.ids.next());
    parked::insert(tx.conn, id, tx.operator.id, tx.now, form)?;
    tell_form(tx, id, EventKind::Parked, form)?;
    Ok(parked_done(tx, id, EventKind::Parked, None))
}

fn unpark(tx: &mut Tx<'_>, id: ParkedId) -> Result<Done> {
    let form = parked::take(tx.conn, id)?.ok_or(Refusal::ParkedGone)?;
    tell_form(tx, id, EventKind::Unparked, &form)?;
    Ok(parked_done(tx, id, EventKind::Unparked, Some(Box::new(form))))
}

/// The form is words of people, so it goes where words go.
pub(super) fn tell_form(tx: &mut Tx<'_>, id: ParkedId, kind: EventKind, form: &Form) -> Result<()> {
    let form = serde_json::to_string(form).unwrap_or_default();
    tx.log.happened(Entity::Parked, id.0, kind, serde_json::json!({}), "", &[("form", &form)])?;
    Ok(())
}

pub(super) fn parked_done(tx: &Tx<'_>, id: ParkedId, kind: EventKind, form: Option<Box<Form>>) -> Done {
    Done { command: tx.log.command, kind, entity: Entity::Parked, id: id.0, number: None, of: None, form }
}

fn category(tx: &Tx<'_>, code: &str) -> Result<Option<Category>> {
    Ok(tx
        .conn
        .prepare_cached("SELECT * FROM category WHERE code = ?1")?
        .query_row([code], convert::category)
        .optional()?)
}

fn compound_of(tx: &Tx<'_>, place: PlaceId) -> Result<Option<PlaceId>> {
    let found = tx
        .conn
        .prepare_cached("SELECT compound_id FROM place WHERE id = ?1")?
        .query_row([place], |row| row.get::<_, Option<PlaceId>>(0))
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Entity::Place }.into())
}

fn known_staff(tx: &Tx<'_>, staff: StaffId) -> Result<()> {
    let known: bool = tx
        .conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND active = 1)")?
        .query_row(params![staff], |row| row.get(0))?;
    if known { Ok(()) } else { Err(Refusal::NotFound { what: Entity::Staff }.into()) }
}

fn known_person(tx: &Tx<'_>, person: Option<PersonId>) -> Result<()> {
    let Some(person) = person else { return Ok(()) };
    let known: bool = tx
        .conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1)")?
        .query_row([person], |row| row.get(0))?;
    if known { Ok(()) } else { Err(Refusal::NotFound { what: Entity::Person }.into()) }
}
