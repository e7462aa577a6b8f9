//! Taking reports, and what is done to tickets: one, or several by one command.
//! Whether it may be done is decided in `domain`.

use crate::domain::base::clean;
use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{ParkedId, PersonId, PlaceId, StaffId, TicketId};
use crate::domain::callback::op::Call;
use crate::domain::op::Done;
use crate::domain::person::PersonName;
use crate::domain::refusal::{Overtaken, Refusal};
use crate::domain::ticket::decide::{Decided, Deciding, decide, refused_of_merged};
use crate::domain::ticket::op::{Act, Report, Taking, TicketOp, category_code, take};
use crate::domain::ticket::{Ticket, TicketChanges};
use crate::store::callback::rows::Joined;
use crate::store::file::engine::values;
use crate::store::file::error::{Error, Result};
use crate::store::file::ids;
use crate::store::file::session::Operator;
use crate::store::file::writer::Tx;
use crate::store::log::events;
use crate::store::parked::apply::tell_form;
use crate::store::settings::township;
use crate::store::ticket::{self, merged};
use crate::store::{callback, parked, person};

/// Takes a report: a new ticket.
pub(in crate::store) fn take_report(tx: &mut Tx<'_>, report: &Report, parked: Option<ParkedId>) -> Result<Done> {
    let category = township::category(tx.conn, category_code(report))?.ok_or(Refusal::NoSuchCategory)?;
    known_person(tx, report.reporter)?;
    let compound = report.place.map(|place| compound_of(tx, place)).transpose()?.flatten();
    let day = tx.zone.day(report.at.unwrap_or(tx.now));
    let number = ids::next_number(tx.conn, day)?;
    let care = person::rows::has_care(tx.conn, report.reporter, report.place)?;
    let by = tx.operator.id;
    let taking = Taking { now: tx.now, calendar: &tx.calendar, number, by, category: &category, compound, care };
    let mut ticket = take(report, taking)?;
    let id = TicketId(tx.ids.next());
    ticket.related.0.clone_from(&report.root_of);
    ticket::rows::insert(tx.conn, id, &ticket)?;
    let changes = Ticket::blank().changes_to(&ticket);
    let note = clean::notes(&report.note)?;
    tx.log.changed::<Ticket>(Entity::Ticket, id.0, EventKind::Taken, &changes, &note, &[])?;
    if let Some(words) = &report.denied {
        let nothing = TicketChanges::default();
        tx.log.changed::<Ticket>(Entity::Ticket, id.0, EventKind::Denied, &nothing, &clean::line(words)?, &[])?;
    }
    for &other in &report.root_of {
        write_act(tx, other, &Act::Relate { to: id, on: true })?;
    }
    if let Some(parked) = parked
        && let Some(form) = parked::rows::take(tx.conn, parked)?
    {
        tell_form(tx, parked, EventKind::Unparked, &form)?;
    }
    Ok(Done { number: Some(number), ..Done::to(Entity::Ticket, id.0, EventKind::Taken, tx.log.command) })
}

/// Of acts that attach files, the first whose file is not there. A disk far away may be long in answering, so it is asked
/// before a transaction makes all other desks wait.
pub(in crate::store) fn not_there<'a>(mut acts: impl Iterator<Item = &'a Act>) -> Result<Option<String>> {
    acts.find_map(|act| match act {
        Act::Attach { path, on: true } => match clean::line(path) {
            Ok(path) if path.is_empty() || std::path::Path::new(&path).exists() => None,
            Ok(path) => Some(Ok(path)),
            Err(refusal) => Some(Err(refusal.into())),
        },
        _ => None,
    })
    .transpose()
}

/// Does something to a ticket. What it does to another one goes into the same command.
pub(in crate::store) fn act_on(tx: &mut Tx<'_>, id: TicketId, act: &Act) -> Result<Done> {
    let id = if act.follows_merge() { merged::living(tx.conn, id)?.unwrap_or(id) } else { id };
    let act = &into_the_living(tx, act)?;
    let (before, kind) = write_act(tx, id, act)?;
    match act {
        Act::Move { step, .. } if kind == EventKind::Merged => {
            if let Some(into) = step.original {
                carry_over(tx, id, &before, into)?;
            }
        }
        Act::Relate { to, on } => {
            write_act(tx, *to, &Act::Relate { to: id, on: *on })?;
        }
        _ => {}
    }
    Ok(Done { number: Some(before.number), ..Done::to(Entity::Ticket, id.0, kind, tx.log.command) })
}

/// A merge into one that is itself merged goes into the one it lives on in.
fn into_the_living(tx: &Tx<'_>, act: &Act) -> Result<Act> {
    let mut act = act.clone();
    if let Act::Move { step, .. } = &mut act
        && let Some(original) = step.original
    {
        step.original = Some(merged::living(tx.conn, original)?.unwrap_or(original));
    }
    Ok(act)
}

/// Acts on several tickets by one command, or more than once on one: all of it or nothing. What is refused for one of
/// several names that one.
pub(in crate::store) fn act_on_many(tx: &mut Tx<'_>, acts: &[(TicketId, Act)]) -> Result<Done> {
    let mut done: Option<Done> = None;
    let several = acts.windows(2).any(|pair| pair[0].0 != pair[1].0);
    for (n, (id, act)) in acts.iter().enumerate() {
        let one = match act_on(tx, *id, act) {
            Err(Error::Refused(why)) if several => return Err(of_many(tx, *id, why)?.into()),
            other => other?,
        };
        let again = acts[..n].iter().any(|(other, _)| other == id);
        done = Some(done.map_or(one, |first| Done { also: first.also + u32::from(!again), ..first }));
    }
    done.ok_or_else(|| Refusal::NotFound { what: Entity::Ticket }.into())
}

fn of_many(tx: &Tx<'_>, id: TicketId, why: Refusal) -> Result<Refusal> {
    Ok(match ticket::rows::load(tx.conn, id)? {
        Some((ticket, _)) => Refusal::OfMany { number: ticket.number, why: Box::new(why) },
        None => why,
    })
}

/// Who reported a merged ticket, and all who had joined it, are affected by the one it went into, and rung back with that one;
/// whoever is known there already is not counted twice.
fn carry_over(tx: &mut Tx<'_>, id: TicketId, merged: &Ticket, into: TicketId) -> Result<()> {
    let (kept, _) = ticket::rows::load(tx.conn, into)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
    let mut there = vec![reporter_of(tx, &kept)?];
    there.extend(callback::rows::joined(tx.conn, into)?);
    let mut coming = vec![reporter_of(tx, merged)?];
    coming.extend(callback::rows::joined(tx.conn, id)?);
    for one in coming {
        if there.iter().any(|known| known.is(&one)) {
            continue;
        }
        let act = Act::Join { name: one.name.clone(), phone: one.phone.clone(), words: one.words.clone() };
        write_act(tx, into, &act)?;
        there.push(one);
    }
    Ok(())
}

/// Name and phone of who reported a ticket, the resident's where nothing else was given.
fn reporter_of(tx: &Tx<'_>, ticket: &Ticket) -> Result<Joined> {
    let resident = ticket.reporter.map(|person| person::rows::name_and_phone(tx.conn, person)).transpose()?.flatten();
    let (known_name, known_phone) = resident.unwrap_or_default();
    let given = |given: &String, known| if given.is_empty() { known } else { given.clone() };
    Ok(Joined {
        name: given(&ticket.reporter_name, known_name),
        phone: given(&ticket.reporter_phone, known_phone),
        words: String::new(),
    })
}

/// Decides and writes an act; gives the ticket as it was and what happened.
fn write_act(tx: &mut Tx<'_>, id: TicketId, act: &Act) -> Result<(Ticket, EventKind)> {
    let (before, version) = ticket::rows::load(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
    if let Act::Move { step, .. } = act {
        if let Some(staff) = step.staff {
            known_staff(tx, staff)?;
        }
        if before.status != step.to {
            merged::may_become(tx.conn, id, step.to, step.original)?;
        }
    }
    if let Act::CallBack(Call::NotSolved { next, .. }) = act {
        known_staff(tx, *next)?;
    }
    if let Act::Relate { to, .. } = act
        && *to == id
    {
        return Err(Refusal::MergeInCircle.into());
    }
    let act = &as_in_the_file(tx, &before, act)?;
    let Operator { rank, staff, .. } = tx.operator;
    let now = tx.log.at_of(Entity::Ticket, id.0)?;
    let deciding = Deciding { now, calendar: &tx.calendar, rank, staff };
    let Decided { after, kind, note, joined } = match decide(&before, act, deciding) {
        // Refused against the row as it is: if the person saw an older one, that is the reason to name.
        Err(refusal) => {
            let seen = act.version().unwrap_or(version);
            if seen != version {
                return Err(conflict(tx, id, act, seen, version)?.into());
            }
            let into = merged::living(tx.conn, id)?;
            let into = merged::numbers(tx.conn, into.as_slice())?.first().copied();
            return Err(refused_of_merged(refusal, into).into());
        }
        Ok(decided) => decided,
    };
    let changes = before.changes_to(&after);
    if let Some(seen) = act.version().filter(|seen| *seen != version) {
        refuse_if_both_changed(tx, id, act, seen, version, &changes)?;
    }
    if changes != TicketChanges::default() {
        ticket::rows::update(tx.conn, id, &before, &after)?;
    }
    let (name, phone) = joined.unwrap_or_default();
    let words = [("name", name.as_str()), ("phone", phone.as_str())];
    let seq = tx.log.changed::<Ticket>(Entity::Ticket, id.0, kind, &changes, &note, &words)?;
    if let Act::CallBack(call) = act {
        callback::rows::insert(tx.conn, seq, id, (now, tx.operator.id), call)?;
    }
    Ok((before, kind))
}

/// An edit with what only the file can say: the compound a place lies in, the category as it is now, whether a person is there.
fn as_in_the_file(tx: &Tx<'_>, before: &Ticket, act: &Act) -> Result<Act> {
    let Act::Edit { version, edit } = act else { return Ok(act.clone()) };
    let mut edit = edit.clone();
    if let Some((Some(place), compound)) = &mut edit.place {
        *compound = compound_of(tx, *place)?;
    }
    if let Some(named) = &mut edit.category {
        *named = township::category(tx.conn, &named.code)?.ok_or(Refusal::NoSuchCategory)?;
    }
    known_person(tx, edit.reporter.flatten())?;
    if edit.reporter.is_some() || edit.place.is_some() || edit.category.is_some() {
        let place = edit.place.map_or(before.place, |(place, _)| place);
        edit.care = Some(person::rows::has_care(tx.conn, edit.reporter.unwrap_or(before.reporter), place)?);
    }
    Ok(Act::Edit { version: *version, edit })
}

/// Fields changed by the newest `version - seen` changes of a ticket.
fn changed_since(tx: &Tx<'_>, id: TicketId, seen: i64, version: i64) -> Result<Vec<&'static str>> {
    let events = events::of_record(tx.conn, Entity::Ticket, id.0)?;
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
    fields.sort_unstable();
    fields.dedup();
    Ok(fields)
}

fn conflict(tx: &Tx<'_>, id: TicketId, act: &Act, seen: i64, version: i64) -> Result<Refusal> {
    let fields = changed_since(tx, id, seen, version)?;
    both_changed(tx, id, act, version, fields)
}

/// Two desks may change different fields of one ticket; the same field, and one the act rests on, only one after the other.
fn refuse_if_both_changed(
    tx: &Tx<'_>,
    id: TicketId,
    act: &Act,
    seen: i64,
    version: i64,
    ours: &TicketChanges,
) -> Result<()> {
    let theirs = changed_since(tx, id, seen, version)?;
    let rests_on = act.rests_on();
    let fields: Vec<_> =
        theirs.into_iter().filter(|field| ours.fields().contains(field) || rests_on.contains(field)).collect();
    if fields.is_empty() { Ok(()) } else { Err(both_changed(tx, id, act, version, fields)?.into()) }
}

/// The fields two desks changed; of a move, what the other desk did, when and by whom.
fn both_changed(tx: &Tx<'_>, id: TicketId, act: &Act, version: i64, fields: Vec<&'static str>) -> Result<Refusal> {
    let moved = fields.iter().any(|field| act.rests_on().contains(field));
    let theirs = if moved { ticket::rows::newest_move(tx.conn, id)? } else { None };
    let Some(theirs) = theirs else { return Ok(Refusal::Conflict { fields }) };
    let (ticket, _) = ticket::rows::load(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
    Ok(Refusal::Overtaken(Box::new(Overtaken {
        kind: theirs.kind,
        at: tx.zone.mdhm(theirs.at),
        by: PersonName::stored(theirs.by),
        to: theirs.staff,
        staff: ticket.assignee,
        version,
    })))
}

fn compound_of(tx: &Tx<'_>, place: PlaceId) -> Result<Option<PlaceId>> {
    let found =
        tx.conn.value_if_any::<Option<PlaceId>>("SELECT compound_id FROM place WHERE id = ?1", values![place])?;
    found.ok_or_else(|| Refusal::NotFound { what: Entity::Place }.into())
}

fn known_staff(tx: &Tx<'_>, staff: StaffId) -> Result<()> {
    let known: bool =
        tx.conn.value("SELECT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND active = 1)", values![staff])?;
    if known { Ok(()) } else { Err(Refusal::NotFound { what: Entity::Staff }.into()) }
}

fn known_person(tx: &Tx<'_>, person: Option<PersonId>) -> Result<()> {
    let Some(person) = person else { return Ok(()) };
    let known: bool = tx.conn.value("SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1)", values![person])?;
    if known { Ok(()) } else { Err(Refusal::NotFound { what: Entity::Person }.into()) }
}

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, op: &TicketOp) -> Result<Done> {
    match op {
        TicketOp::Take { report, parked } => take_report(tx, report, *parked),
        TicketOp::Act { id, act } => act_on(tx, *id, act),
        TicketOp::Many(acts) => act_on_many(tx, acts),
    }
}

/// A file the change attaches that is not there.
pub(in crate::store) fn file_not_there(op: &TicketOp) -> Result<Option<String>> {
    match op {
        TicketOp::Take { .. } => Ok(None),
        TicketOp::Act { act, .. } => not_there(std::iter::once(act)),
        TicketOp::Many(acts) => not_there(acts.iter().map(|(_, act)| act)),
    }
}
