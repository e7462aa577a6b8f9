//! Filters given a name, and taken away.

use super::super::error::Result;
use super::super::filters;
use super::super::writer::Tx;
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::id::FilterId;
use crate::domain::op::Done;
use crate::domain::op::filter::{Act, Saved, SavedChanges};
use crate::domain::refusal::Refusal;

/// Does something to the filters that have a name.
pub(super) fn act(tx: &mut Tx<'_>, act: &Act) -> Result<Done> {
    match act {
        Act::Save { name, filter } => {
            let all = filters::all(tx.conn)?;
            let wanted = crate::domain::clean::line(name)?;
            let there = all.iter().find(|(_, saved)| saved.name == wanted);
            let before = there.map_or_else(Saved::blank, |(_, saved)| saved.clone());
            let (after, kind) = before.save(name, filter, all.len())?;
            let id = there.map_or_else(|| FilterId(tx.ids.next()), |(id, _)| *id);
            told(tx, id, kind, &before, &after)
        }
        Act::Remove(id) => {
            let before = filters::load(tx.conn, *id)?.ok_or(Refusal::NotFound { what: Entity::Filter })?;
            told(tx, *id, EventKind::Removed, &before, &Saved::blank())
        }
    }
}

/// Writes what became of one, and its event.
pub(in crate::store) fn told(
    tx: &mut Tx<'_>,
    id: FilterId,
    kind: EventKind,
    before: &Saved,
    after: &Saved,
) -> Result<Done> {
    filters::put(tx.conn, id, after)?;
    let changes: SavedChanges = before.changes_to(after);
    tx.log.changed::<Saved>(Entity::Filter, id.0, kind, &changes, "", &[])?;
    Ok(Done::to(Entity::Filter, id.0, kind, tx.log.command))
}
