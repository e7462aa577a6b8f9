//! Each change a person makes, against the row as it is now: decided by `domain`, written here with its event.
//! Taking changes back is `undo`.

mod filter;
pub(super) mod handover;
pub(super) mod nickname;
pub(super) mod outage;
pub(super) mod presence;
pub(super) mod roster;
pub(super) mod settings;
mod ticket;

use super::error::Result;
use super::parked;
use super::writer::Tx;
use crate::domain::event::{Entity, EventKind};
use crate::domain::id::ParkedId;
use crate::domain::op::handover as handover_op;
use crate::domain::op::parked::{Form, PARKED_AT_MOST};
use crate::domain::op::presence::PresenceOp;
use crate::domain::op::roster::RosterOp;
use crate::domain::op::ticket::Act;
use crate::domain::op::{Done, Op};
use crate::domain::refusal::Refusal;

pub(super) use self::filter::told as filter_told;

/// Kinds of commands that tell what was said to somebody or by somebody: no key unsays that.
pub(super) const SAID: [&str; 6] =
    ["warn", "tell", "call_back", "handover_sign", "handover_accept", "handover_correct"];

/// The code a command is kept under.
pub(super) fn kind_of(op: &Op) -> &'static str {
    match op {
        Op::Take { .. } => "take",
        Op::Ticket { act, .. } => kind_of_act(act),
        // One key does one thing to all of them.
        Op::Many(acts) => acts.first().map_or("move", |(_, act)| kind_of_act(act)),
        Op::Park(_) => "park",
        Op::Unpark(_) => "unpark",
        Op::Outage(_) => "outage",
        Op::Presence(PresenceOp::Mark { .. }) => "mark",
        Op::Presence(PresenceOp::StepIn { .. }) => "step_in",
        Op::Call(_) => "nickname",
        Op::Roster(RosterOp::Publish { .. }) => "publish",
        Op::Roster(_) => "roster",
        Op::Handover(act) => match act {
            handover_op::Act::Say { .. } => "handover_say",
            handover_op::Act::Add(_) => "handover_add",
            handover_op::Act::Sign { .. } => "handover_sign",
            handover_op::Act::Accept { .. } => "handover_accept",
            handover_op::Act::Correct { .. } => "handover_correct",
            handover_op::Act::Item { .. } => "handover_item",
        },
        Op::Operator(_) => "operator",
        Op::Settings(_) => "settings",
        Op::Filter(_) => "filter",
    }
}

const fn kind_of_act(act: &Act) -> &'static str {
    match act {
        Act::Move { .. } => "move",
        Act::Edit { .. } => "edit",
        Act::Watch { .. } => "watch",
        Act::Note(_) => "note",
        Act::Chase(_) => "chase",
        Act::Join { .. } => "join",
        Act::Warn => "warn",
        Act::Tell(_) => "tell",
        Act::Raise { .. } => "raise",
        Act::Appoint { .. } => "appoint",
        Act::WatchWords { .. } => "watch_words",
        Act::Charge { .. } => "charge",
        Act::Attach { .. } => "attach",
        Act::Relate { .. } => "relate",
        Act::Asked { .. } => "asked",
        Act::CallBack(_) => "call_back",
    }
}

/// A file the change attaches that is not there.
pub(super) fn not_there(op: &Op) -> Result<Option<String>> {
    match op {
        Op::Ticket { act, .. } => ticket::not_there(std::iter::once(act)),
        Op::Many(acts) => ticket::not_there(acts.iter().map(|(_, act)| act)),
        _ => Ok(None),
    }
}

/// Makes one change.
pub(super) fn apply(tx: &mut Tx<'_>, op: &Op) -> Result<Done> {
    match op {
        Op::Take { report, parked } => ticket::take_report(tx, report, *parked),
        Op::Ticket { id, act } => ticket::act_on(tx, *id, act),
        Op::Many(acts) => ticket::act_on_many(tx, acts),
        Op::Park(form) => park(tx, form),
        Op::Unpark(id) => unpark(tx, *id),
        Op::Outage(op) => outage::act(tx, op),
        Op::Presence(op) => presence::act(tx, op),
        Op::Call(nickname) => nickname::call(tx, nickname),
        Op::Roster(change) => roster::act(tx, change),
        Op::Handover(act) => handover::act(tx, act),
        Op::Operator(act) => super::operators::act(tx, act),
        Op::Settings(change) => settings::set(tx, change),
        Op::Filter(act) => filter::act(tx, act),
    }
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
    Done { form, ..Done::to(Entity::Parked, id.0, kind, tx.log.command) }
}
