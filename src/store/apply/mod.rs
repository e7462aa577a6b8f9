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
use crate::domain::op::parked::{Form, may_park};
use crate::domain::op::{Done, Op};
use crate::domain::refusal::Refusal;

pub(super) use self::filter::told as filter_told;

/// A file the change attaches that is not there.
pub(super) fn not_there(op: &Op) -> Result<Option<String>> {
    match op {
        Op::Ticket { act, .. } => ticket::not_there(std::iter::once(act)),
        Op::Many(acts) => ticket::not_there(acts.iter().map(|(_, act)| act)),
        _ => Ok(None),
    }
}

/// Makes one change, where who makes it may.
pub(super) fn apply(tx: &mut Tx<'_>, op: &Op) -> Result<Done> {
    op.permitted(&tx.operator.name, tx.operator.rank)?;
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
    may_park(parked::count(tx.conn)?)?;
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
