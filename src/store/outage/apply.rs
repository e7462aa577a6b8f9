//! Changes of outages, and the way back of each. Whether one may be made is decided in `domain`.

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{OutageId, PlaceId};
use crate::domain::base::time::Time;
use crate::domain::op::Done;
use crate::domain::outage::op::{Notice, OutageOp};
use crate::domain::outage::{Outage, OutageChanges, op as rules};
use crate::domain::refusal::Refusal;
use crate::store::file::error::{Error, Result};
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;
use crate::store::{outage, place};

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, op: &OutageOp) -> Result<Done> {
    match op {
        OutageOp::Announce(notice) => announce(tx, notice),
        OutageOp::Change { id, version, notice } => {
            known_places(tx, notice)?;
            let (before, now_version) = load(tx, *id)?;
            if *version != now_version {
                return Err(Refusal::Conflict { fields: vec!["words"] }.into());
            }
            let after = rules::notify(&before, notice)?;
            write(tx, *id, &before, &after, EventKind::Edited)
        }
        OutageOp::End { id } => {
            let (before, _) = load(tx, *id)?;
            let (after, kind) = rules::end(&before, tx.now)?;
            write(tx, *id, &before, &after, kind)
        }
        OutageOp::Attach { id, place, name, phone, words } => {
            let (outage, _) = load(tx, *id)?;
            let (name, phone, words) = rules::attach(&outage, name, phone, words)?;
            let facts = json!({ "place": place });
            let texts = [("name", name.as_str()), ("phone", phone.as_str())];
            let seq = tx.log.happened(Entity::Outage, id.0, EventKind::Joined, facts, &words, &texts)?;
            outage::rows::insert_call(tx.conn, seq, *id, *place, tx.now)?;
            Ok(done(tx, *id, EventKind::Joined))
        }
    }
}

fn announce(tx: &mut Tx<'_>, notice: &Notice) -> Result<Done> {
    known_places(tx, notice)?;
    let after = rules::notify(&Outage::blank(), notice)?;
    let id = OutageId(tx.ids.next());
    outage::rows::insert(tx.conn, id, &after)?;
    let changes = Outage::blank().changes_to(&after);
    tx.log.changed::<Outage>(Entity::Outage, id.0, EventKind::Announced, &changes, "", &[])?;
    Ok(done(tx, id, EventKind::Announced))
}

fn write(tx: &mut Tx<'_>, id: OutageId, before: &Outage, after: &Outage, kind: EventKind) -> Result<Done> {
    let changes = before.changes_to(after);
    if changes != OutageChanges::default() {
        outage::rows::update(tx.conn, id, after)?;
    }
    tx.log.changed::<Outage>(Entity::Outage, id.0, kind, &changes, "", &[])?;
    Ok(done(tx, id, kind))
}

/// Takes back what an event did, or makes it again when the event was itself an undo.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let id = OutageId(event.id);
    if event.kind == EventKind::Joined || event.payload.contains_key("call") {
        call_back(tx, event, told_as)?;
    } else {
        let there = outage::rows::load(tx.conn, id)?.map(|(outage, _)| outage);
        let changes: OutageChanges = event.changes::<Outage>()?;
        let before = there.clone().unwrap_or_else(Outage::blank);
        let mut after = before.clone();
        after.take_back(&changes).map_err(|fields| Error::Refused(Refusal::ChangedSince { fields }))?;
        match (&there, event.kind) {
            (Some(_), EventKind::Announced) => {
                if outage::rows::has_calls(tx.conn, id)? {
                    return Err(Refusal::ChangedSince { fields: vec!["callers"] }.into());
                }
                after = Outage::blank();
                outage::rows::remove(tx.conn, id)?;
            }
            (Some(_), _) => outage::rows::update(tx.conn, id, &after)?,
            (None, EventKind::Undone) => outage::rows::insert(tx.conn, id, &after)?,
            (None, _) => return Err(Refusal::NotFound { what: Entity::Outage }.into()),
        }
        tx.log.changed::<Outage>(Entity::Outage, id.0, told_as, &before.changes_to(&after), "", &[])?;
    }
    Ok(Done { of: Some(event.kind), ..done(tx, id, told_as) })
}

/// A caller is counted no longer, or again, under the event that told of him first.
fn call_back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<()> {
    let number = |field: &str| event.payload.get(field).and_then(serde_json::Value::as_i64);
    // An id in a payload is text, as in all JSON of this program.
    let place: Option<PlaceId> =
        event.payload.get("place").and_then(|place| serde_json::from_value(place.clone()).ok()).flatten();
    let (seq, at) = (number("call").unwrap_or(event.seq), number("at").unwrap_or(event.at.0));
    if event.kind == EventKind::Undone {
        outage::rows::insert_call(tx.conn, seq, OutageId(event.id), place, Time(at))?;
    } else if !outage::rows::remove_call(tx.conn, seq)? {
        return Err(Refusal::ChangedSince { fields: vec!["callers"] }.into());
    }
    let facts = json!({ "call": seq, "at": at, "place": place });
    tx.log.happened(Entity::Outage, event.id, told_as, facts, "", &[])?;
    Ok(())
}

fn load(tx: &Tx<'_>, id: OutageId) -> Result<(Outage, i64)> {
    outage::rows::load(tx.conn, id)?.ok_or_else(|| Refusal::NotFound { what: Entity::Outage }.into())
}

fn known_places(tx: &Tx<'_>, notice: &Notice) -> Result<()> {
    for &place in &notice.places {
        place::rows::load(tx.conn, place)?.ok_or(Refusal::NotFound { what: Entity::Place })?;
    }
    Ok(())
}

fn done(tx: &Tx<'_>, id: OutageId, kind: EventKind) -> Done {
    Done::to(Entity::Outage, id.0, kind, tx.log.command)
}
