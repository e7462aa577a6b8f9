//! Taking back this session's newest change, and making it again. An undo is a command like any other.
//! Whether a change may be taken back, and what a ticket becomes then, is decided in `domain` against the row as it is now.

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{CommandId, CommandUid, FilterId, HandoverId, ParkedId, SessionId, TicketId};
use crate::domain::base::trouble::Trouble;
use crate::domain::filter::op::{Saved, SavedChanges};
use crate::domain::handover::Line;
use crate::domain::op::Done;
use crate::domain::op::kind::{CommandKind, Undo};
use crate::domain::op::undo::{TakenBack, may_have_again, take_back as take_ticket_back};
use crate::domain::parked::op::{Form, may_park};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::{Ticket, TicketChanges};
use crate::store::file::convert::codes;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::filter::apply::told as filter_told;
use crate::store::log::events::{self, Event};
use crate::store::parked::apply::{parked_done, tell_form};
use crate::store::ticket::{self, merged};
use crate::store::{filter, handover, parked, staff};

/// How far back undo looks. A clerk never takes back more than a handful.
const LOOK_BACK: i64 = 500;

/// The newest change of the session that is not taken back.
pub(in crate::store) fn candidate(conn: &Connection, session: Option<SessionId>) -> Result<CommandId> {
    let story = Story::of(conn, session)?;
    story
        .rows
        .iter()
        .rev()
        .find(|(id, undoes)| undoes.is_none() && !story.taken_back(*id))
        .map(|(id, _)| *id)
        .ok_or_else(|| Refusal::NothingToUndo.into())
}

/// The newest undo that nothing new came after, and that was not itself taken back.
pub(in crate::store) fn redo_candidate(conn: &Connection, session: Option<SessionId>) -> Result<CommandId> {
    let story = Story::of(conn, session)?;
    for (id, undoes) in story.rows.iter().rev() {
        match undoes {
            None => break,
            Some(of) if story.is_plain(*of) && !story.taken_back(*id) => return Ok(*id),
            Some(_) => {}
        }
    }
    Err(Refusal::NothingToRedo.into())
}

/// The session's newest commands, oldest first, with what each takes back.
struct Story {
    rows: Vec<(CommandId, Option<CommandId>)>,
}

impl Story {
    fn of(conn: &Connection, session: Option<SessionId>) -> Result<Self> {
        let passed_over = CommandKind::ALL.iter().filter(|kind| kind.undo() == Undo::PassedOver);
        let sql = format!(
            "SELECT id, undoes FROM command WHERE session_id = ?1 AND kind NOT IN ({}) ORDER BY id DESC LIMIT ?2",
            codes(passed_over.map(|kind| kind.code())),
        );
        let mut rows: Vec<_> =
            conn.rows(&sql, values![session, LOOK_BACK], |row| Ok((row.get("id")?, row.get("undoes")?)))?;
        rows.reverse();
        Ok(Self { rows })
    }

    fn is_plain(&self, command: CommandId) -> bool {
        self.rows.iter().any(|(id, undoes)| *id == command && undoes.is_none())
    }

    fn taken_back(&self, command: CommandId) -> bool {
        self.rows.iter().any(|(id, undoes)| *undoes == Some(command) && !self.taken_back(*id))
    }
}

/// Takes a command back, an undo included (which makes the change again).
pub(in crate::store) fn take_back(tx: &mut Tx<'_>, command: CommandId) -> Result<Done> {
    let (kind, undoes): (CommandKind, Option<CommandId>) =
        tx.conn.row("SELECT kind, undoes FROM command WHERE id = ?1", values![command], |row| {
            Ok((row.get("kind")?, row.get("undoes")?))
        })?;
    kind.may_be_undone()?;
    let told_as = if undoes.is_some() { EventKind::Redone } else { EventKind::Undone };
    let events = events::of_command(tx.conn, command)?;
    let mut done: Option<Done> = None;
    // Due times follow from the calendar: they are reckoned anew from the one put back, whatever became of the tickets since.
    for event in events.iter().rev().filter(|event| event.kind != EventKind::Reckoned) {
        let one = match event.entity {
            Entity::Ticket => ticket_back(tx, event, told_as)?,
            Entity::Parked => parked_back(tx, event, told_as)?,
            Entity::Shift => crate::store::roster::presence::back(tx, event, told_as)?,
            Entity::Outage => crate::store::outage::apply::back(tx, event, told_as)?,
            Entity::Roster | Entity::Leave | Entity::Need | Entity::Staff => {
                crate::store::roster::apply::back(tx, event, told_as)?
            }
            Entity::Person | Entity::Place => crate::store::person::nickname::back(tx, event, told_as)?,
            Entity::Handover => line_back(tx, event, told_as)?,
            Entity::Category | Entity::Calendar => crate::store::settings::apply::back(tx, event, told_as)?,
            Entity::Filter => filter_back(tx, event, told_as)?,
            Entity::Township | Entity::Residency | Entity::Operator => {
                return Err(Refusal::CannotUndo { kind: event.kind }.into());
            }
        };
        // A ticket is what the person thinks of, not the parked intake it came from; of several, the first.
        done = Some(match done {
            Some(done) if done.entity == Entity::Ticket && one.entity != Entity::Ticket => done,
            // Of somebody who left, it is he, and not what was in his hands.
            Some(done) if done.entity == Entity::Staff => done,
            _ => one,
        });
    }
    let mut done = done.ok_or(Refusal::NothingToUndo)?;
    if done.entity == Entity::Calendar {
        done.also = crate::store::settings::apply::reckon_open(tx)?;
    }
    // Making again is told as what was done at first, not as an undo of an undo.
    let events = undoes.map_or(Ok(events), |first| events::of_command(tx.conn, first))?;
    if let Some(same) = events.iter().find(|event| event.entity == done.entity && event.id == done.id) {
        done.of = Some(same.kind);
        let also = |event: &&Event| event.entity == done.entity && event.kind == same.kind && event.id != done.id;
        // Of a calendar it is how many tickets were reckoned anew by this.
        if done.entity != Entity::Calendar {
            done.also = u32::try_from(events.iter().filter(also).count()).unwrap_or(u32::MAX);
        }
    }
    Ok(done)
}

fn ticket_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = TicketId(event.id);
    let (before, _) = ticket::rows::load(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Ticket })?;
    let was: TicketChanges = event.changes::<Ticket>()?;
    let now = tx.log.at_of(Entity::Ticket, id.0)?;
    let TakenBack { after, again, becomes } = take_ticket_back(&before, (event.kind, &was), now, &tx.calendar)?;
    if let Some(again) = again {
        may_have_again(staff::rows::load(tx.conn, again)?.as_ref())?;
    }
    if let Some((status, original)) = becomes {
        merged::may_become(tx.conn, id, status, original)?;
    }
    let changes = before.changes_to(&after);
    if changes != TicketChanges::default() {
        ticket::rows::update(tx.conn, id, &before, &after)?;
    }
    tx.log.changed::<Ticket>(Entity::Ticket, id.0, told_as, &changes, "", &[])?;
    Ok(Done {
        number: Some(before.number),
        of: Some(event.kind),
        ..Done::to(Entity::Ticket, id.0, told_as, tx.log.command)
    })
}

fn filter_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = FilterId(event.id);
    let now = filter::rows::load(tx.conn, id)?.unwrap_or_else(Saved::blank);
    let changes: SavedChanges = event.changes::<Saved>()?;
    let before = now.without(&changes)?;
    // The name may have been given to another one since.
    if filter::rows::all(tx.conn)?.iter().any(|(other, saved)| *other != id && saved.name == before.name) {
        return Err(Refusal::ChangedSince { fields: vec!["name"] }.into());
    }
    let done = filter_told(tx, id, told_as, &now, &before)?;
    Ok(Done { of: Some(event.kind), ..done })
}

fn parked_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = ParkedId(event.id);
    let there = parked::rows::load(tx.conn, id)?;
    let kind = match there {
        Some(form) => {
            parked::rows::take(tx.conn, id)?;
            tell_form(tx, id, EventKind::Unparked, &form)?;
            EventKind::Unparked
        }
        None => {
            may_park(parked::rows::count(tx.conn)?)?;
            // A mark of its own: when it was taken up it was saved under the old one, which must not answer for it again.
            let form = Form { uid: CommandUid(uuid::Uuid::new_v4()), ..form_of(event)? };
            parked::rows::insert(tx.conn, id, tx.operator.id, tx.now, &form)?;
            tell_form(tx, id, EventKind::Parked, &form)?;
            EventKind::Parked
        }
    };
    // Undoing "parked" must find it there, undoing "taken up" must find it gone.
    if kind == event.kind {
        return Err(Refusal::ParkedGone.into());
    }
    Ok(Done { of: Some(event.kind), kind: told_as, ..parked_done(tx, id, kind, None) })
}

/// A line of the handover being made, as it was before. What was signed in between stays signed.
fn line_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let line = |word: &str| -> Option<Line> { serde_json::from_str(event.word(word)?).ok() };
    let (before, after) = (line("before"), line("after"));
    if before.is_none() && after.is_none() {
        return Err(Refusal::CannotUndo { kind: event.kind }.into());
    }
    let id = HandoverId(event.id);
    let kept = handover::load(tx.conn, id)?.ok_or(Refusal::NotFound { what: Entity::Handover })?;
    let mut handover = kept.handover;
    let signed_then = event.payload.get("signed").and_then(serde_json::Value::as_bool).unwrap_or_default();
    if handover.frozen() || handover.given.is_some() != signed_then {
        return Err(Refusal::HandoverSigned.into());
    }
    let like = after.as_ref().or(before.as_ref());
    let now = like.and_then(|like| handover.lines.iter().find(|line| line.same(like))).cloned();
    let shown = |line: &Option<Line>| line.clone().filter(Line::said).map(|line| Line { text: String::new(), ..line });
    if shown(&now) != shown(&after) {
        return Err(Refusal::ChangedSince { fields: vec!["handover_line"] }.into());
    }
    crate::store::handover::apply::set_line(&mut handover, now.as_ref().or(after.as_ref()), before.as_ref());
    handover::update(tx.conn, id, &handover)?;
    crate::store::handover::apply::tell_line(tx, id, told_as, &handover, after.as_ref(), before.as_ref())?;
    Ok(Done { of: Some(event.kind), ..Done::to(Entity::Handover, id.0, told_as, tx.log.command) })
}

/// The form a command took up, for answering it a second time.
pub(in crate::store) fn form_taken_up(conn: &Connection, command: CommandId) -> Result<Option<Box<Form>>> {
    let events = events::of_command(conn, command)?;
    events.first().map(|event| form_of(event).map(Box::new)).transpose()
}

fn form_of(event: &Event) -> Result<Form> {
    event
        .payload
        .get("form")
        .and_then(serde_json::Value::as_str)
        .and_then(|text| serde_json::from_str(text).ok())
        .ok_or_else(|| Trouble::Damaged { detail: format!("event {} holds no form", event.seq) }.into())
}
