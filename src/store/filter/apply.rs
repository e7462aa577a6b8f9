//! Filters given a name, and taken away.

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::FilterId;
use crate::domain::filter::op::{Act, Saved, SavedChanges};
use crate::domain::op::Done;
use crate::domain::refusal::Refusal;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::filter;

/// Does something to the filters that have a name.
pub(in crate::store) fn act(tx: &mut Tx<'_>, act: &Act) -> Result<Done> {
    match act {
        Act::Save { name, filter } => {
            let all = filter::rows::all(tx.conn)?;
            let wanted = crate::domain::base::clean::line(name)?;
            let there = all.iter().find(|(_, saved)| saved.name == wanted);
            let before = there.map_or_else(Saved::blank, |(_, saved)| saved.clone());
            let (after, kind) = before.save(name, filter, all.len())?;
            let id = there.map_or_else(|| FilterId(tx.ids.next()), |(id, _)| *id);
            told(tx, id, kind, &before, &after)
        }
        Act::Remove(id) => {
            let before = filter::rows::load(tx.conn, *id)?.ok_or(Refusal::NotFound { what: Entity::Filter })?;
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
    filter::rows::put(tx.conn, id, after)?;
    let changes: SavedChanges = before.changes_to(after);
    tx.log.changed::<Saved>(Entity::Filter, id.0, kind, &changes, "", &[])?;
    Ok(Done::to(Entity::Filter, id.0, kind, tx.log.command))
}
