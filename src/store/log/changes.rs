//! What changed in the file, here or at another desk, since a point of the log.

use crate::domain::base::event::Entity;
use crate::domain::base::id::CommandId;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::log::events;

/// Behind by more than this, rebuilding is cheaper than following.
pub const FOLLOW_AT_MOST: usize = 2_000;

/// Records touched since a seq.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The newest seq now; ask from here next time.
    pub seq: i64,
    /// What was touched, each once, oldest first.
    pub touched: Vec<(Entity, i64)>,
    /// By which commands, each with the kinds of records it touched: who wrote one knows it by its id.
    pub by: Vec<(CommandId, Entity)>,
    /// Whether more than [`FOLLOW_AT_MOST`] events lie between: then `touched` is not complete.
    pub too_many: bool,
}

/// The changes since `seq`.
pub(in crate::store) fn since(conn: &Connection, seq: i64) -> Result<Changes> {
    let newest = events::newest_seq(conn)?;
    if newest <= seq {
        return Ok(Changes { seq: newest, ..Changes::default() });
    }
    if usize::try_from(newest - seq).is_ok_and(|n| n > FOLLOW_AT_MOST) {
        return Ok(Changes { seq: newest, too_many: true, ..Changes::default() });
    }
    let mut changes = Changes { seq: newest, ..Changes::default() };
    let touched = "SELECT entity_kind, entity_id, command_id FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq";
    conn.each(touched, values![seq, newest], |row| {
        let (entity, id, command) = (row.get("entity_kind")?, row.get("entity_id")?, row.get("command_id")?);
        if !changes.touched.contains(&(entity, id)) {
            changes.touched.push((entity, id));
        }
        // Events of one command follow each other.
        if changes.by.iter().rev().take_while(|(other, _)| *other == command).all(|(_, kind)| *kind != entity) {
            changes.by.push((command, entity));
        }
        Ok(())
    })?;
    Ok(changes)
}
