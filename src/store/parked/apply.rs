//! Putting reports aside and taking them up again. How many may lie there is decided in `domain`.

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::ParkedId;
use crate::domain::op::Done;
use crate::domain::parked::op::{Form, ParkedOp, may_park};
use crate::domain::refusal::Refusal;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::parked;

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, op: &ParkedOp) -> Result<Done> {
    match op {
        ParkedOp::Park(form) => park(tx, form),
        ParkedOp::TakeUp(id) => unpark(tx, *id),
    }
}

fn park(tx: &mut Tx<'_>, form: &Form) -> Result<Done> {
    may_park(parked::rows::count(tx.conn)?)?;
    let id = ParkedId(tx.ids.next());
    parked::rows::insert(tx.conn, id, tx.operator.id, tx.now, form)?;
    tell_form(tx, id, EventKind::Parked, form)?;
    Ok(parked_done(tx, id, EventKind::Parked, None))
}

fn unpark(tx: &mut Tx<'_>, id: ParkedId) -> Result<Done> {
    let form = parked::rows::take(tx.conn, id)?.ok_or(Refusal::ParkedGone)?;
    tell_form(tx, id, EventKind::Unparked, &form)?;
    Ok(parked_done(tx, id, EventKind::Unparked, Some(Box::new(form))))
}

/// The form is words of people, so it goes where words go.
pub(in crate::store) fn tell_form(tx: &mut Tx<'_>, id: ParkedId, kind: EventKind, form: &Form) -> Result<()> {
    let form = serde_json::to_string(form).unwrap_or_default();
    tx.log.happened(Entity::Parked, id.0, kind, serde_json::json!({}), "", &[("form", &form)])?;
    Ok(())
}

pub(in crate::store) fn parked_done(tx: &Tx<'_>, id: ParkedId, kind: EventKind, form: Option<Box<Form>>) -> Done {
    Done { form, ..Done::to(Entity::Parked, id.0, kind, tx.log.command) }
}
