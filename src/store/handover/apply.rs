//! What is said to the handover being made, its signatures, corrections of frozen ones, and the things that are counted.
//! Whether it may be done is decided in `domain`; PINs were held against their operators before.

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{HandoverId, OperatorId};
use crate::domain::handover::op::{self, Act};
use crate::domain::handover::query::OperatorRow;
use crate::domain::handover::{About, Handover, Line, Signature};
use crate::domain::op::Done;
use crate::domain::refusal::Refusal;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::handover::{self, Kept};
use crate::store::log::events;
use crate::store::operator;

/// Does it.
pub(in crate::store) fn act(tx: &mut Tx<'_>, act: &Act) -> Result<Done> {
    match act {
        Act::Say { line, said } => {
            let (id, handover) = taken_up(tx)?;
            let after = op::say(&handover, line, said)?;
            put_line(tx, id, handover, after)
        }
        Act::Add(text) => {
            let (id, handover) = taken_up(tx)?;
            let line = op::add(&handover, text)?;
            put_line(tx, id, handover, line)
        }
        Act::Sign { lines, seq, version, pin } => sign(tx, lines, *seq, *version, pin.is_some()),
        Act::Accept { by, kind, lines, seq, version, pin } => {
            let (id, handover) = as_seen(tx, *seq, *version)?;
            // A PIN given where there is none shows nothing.
            let pin = operator(tx, *by)?.has_pin && pin.is_some();
            holds_all(tx, lines)?;
            let turns = handover::turns(tx.conn, tx.zone)?;
            let accepted = op::accept(&handover, *kind, lines, signature(tx, *by)?, &turns)?;
            handover::update(tx.conn, id, &accepted)?;
            tx.log.happened(
                Entity::Handover,
                id.0,
                EventKind::TakenOver,
                json!({ "kind": kind, "by": by, "pin": pin }),
                "",
                &[],
            )?;
            Ok(done(tx, id, EventKind::TakenOver))
        }
        Act::Correct { of, text, .. } => {
            let frozen = handover::load(tx.conn, *of)?.ok_or(Refusal::NotFound { what: Entity::Handover })?;
            let by = signature(tx, tx.operator.id)?;
            let corrected = op::correct(&frozen.handover, text, by)?;
            let id = HandoverId(tx.ids.next());
            handover::insert(tx.conn, id, &corrected, Some(*of))?;
            tx.log.happened(Entity::Handover, id.0, EventKind::Edited, json!({ "corrects": of }), text, &[])?;
            Ok(done(tx, id, EventKind::Edited))
        }
        Act::Item { name, expected, cash } => {
            let name = op::item(name, *expected)?;
            handover::put_item(tx.conn, &name, *expected, *cash)?;
            let kind = if expected.is_some() { EventKind::Set } else { EventKind::Removed };
            let facts = json!({ "expected": expected, "cash": cash });
            tx.log.happened(Entity::Handover, 0, kind, facts, "", &[("name", &name)])?;
            Ok(done(tx, HandoverId(0), kind))
        }
    }
}

fn sign(tx: &mut Tx<'_>, lines: &[Line], seq: i64, version: i64, pin: bool) -> Result<Done> {
    let (id, handover) = as_seen(tx, seq, version)?;
    let pin = operator(tx, tx.operator.id)?.has_pin && pin;
    if handover.given.is_none() {
        holds_all(tx, lines)?;
    }
    let turns = handover::turns(tx.conn, tx.zone)?;
    let signed = op::sign(&handover, lines, signature(tx, tx.operator.id)?, &turns)?;
    handover::update(tx.conn, id, &signed)?;
    tx.log.happened(
        Entity::Handover,
        id.0,
        EventKind::Signed,
        json!({ "lines": signed.lines.len(), "pin": pin }),
        "",
        &[],
    )?;
    Ok(done(tx, id, EventKind::Signed))
}

/// Who signs.
fn operator(tx: &Tx<'_>, id: OperatorId) -> Result<OperatorRow> {
    let found = operator::rows::list(tx.conn)?.into_iter().find(|operator| operator.id == id);
    found.ok_or_else(|| Refusal::NotFound { what: Entity::Operator }.into())
}

/// The row of the handover being made, begun where there is none; of the shift whose turn it is until it is signed.
fn taken_up(tx: &mut Tx<'_>) -> Result<(HandoverId, Handover)> {
    let (begun, _) = handover::beginning(tx.conn, tx.zone, tx.now)?;
    match handover::open(tx.conn)? {
        Some(Kept { id, handover, .. }) if handover.given.is_some() => Ok((id, handover)),
        Some(Kept { id, handover, .. }) => Ok((id, Handover { shift: begun.shift, ..handover })),
        None => {
            let id = HandoverId(tx.ids.next());
            handover::insert(tx.conn, id, &begun, None)?;
            Ok((id, begun))
        }
    }
}

/// The same, as the person who signs saw it: nothing happened in between.
fn as_seen(tx: &mut Tx<'_>, seq: i64, version: i64) -> Result<(HandoverId, Handover)> {
    let now = handover::open(tx.conn)?.map_or(0, |kept| kept.version);
    if now != version || handover::went_on(tx.conn, seq)? {
        return Err(Refusal::HandoverStale.into());
    }
    taken_up(tx)
}

/// Whatever came to be owed since it was drafted, if only because time passed, is among the lines.
fn holds_all(tx: &Tx<'_>, lines: &[Line]) -> Result<()> {
    let present = handover::present(tx.conn, tx.zone, tx.now)?;
    let signed = present.kept.given.is_some();
    let holds = |about: &About| lines.iter().any(|line| line.about == *about && line.after_signing == signed);
    let holds = present.fresh.iter().all(|planned| holds(&planned.about));
    if holds { Ok(()) } else { Err(Refusal::HandoverStale.into()) }
}

fn signature(tx: &Tx<'_>, by: OperatorId) -> Result<Signature> {
    Ok(Signature { by, at: tx.now, seq: events::newest_seq(tx.conn)? })
}

/// Puts a line as it is now into the row, with an event that holds it before and after, for taking it back.
fn put_line(tx: &mut Tx<'_>, id: HandoverId, mut handover: Handover, after: Line) -> Result<Done> {
    let before = handover.lines.iter().find(|line| line.same(&after)).cloned();
    set_line(&mut handover, before.as_ref(), Some(&after));
    handover::update(tx.conn, id, &handover)?;
    tell_line(tx, id, EventKind::Drafted, &handover, before.as_ref(), Some(&after))?;
    Ok(done(tx, id, EventKind::Drafted))
}

/// Writes that a line became another.
pub(in crate::store) fn tell_line(
    tx: &mut Tx<'_>,
    id: HandoverId,
    kind: EventKind,
    handover: &Handover,
    before: Option<&Line>,
    after: Option<&Line>,
) -> Result<()> {
    let text = |line: Option<&Line>| line.and_then(|line| serde_json::to_string(line).ok()).unwrap_or_default();
    let (before, after) = (text(before), text(after));
    let facts = json!({ "signed": handover.given.is_some() });
    tx.log.happened(Entity::Handover, id.0, kind, facts, "", &[("before", &before), ("after", &after)])?;
    Ok(())
}

/// Puts a line in the place of another; none takes it out, as does one nobody said anything to before it was signed.
pub(in crate::store) fn set_line(handover: &mut Handover, before: Option<&Line>, after: Option<&Line>) {
    let place = before.and_then(|old| handover.lines.iter().position(|line| line.same(old)));
    let signed_text = handover.given.is_some() && before.is_some_and(|line| !line.after_signing);
    match (place, after.filter(|line| line.said() || signed_text)) {
        (Some(at), Some(after)) => handover.lines[at] = after.clone(),
        (Some(at), None) => drop(handover.lines.remove(at)),
        (None, Some(after)) => handover.lines.push(after.clone()),
        (None, None) => {}
    }
}

fn done(tx: &Tx<'_>, id: HandoverId, kind: EventKind) -> Done {
    Done::to(Entity::Handover, id.0, kind, tx.log.command)
}
