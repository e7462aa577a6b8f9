//! Keeping what people call a resident or a place, and the way back. Whether a name is one is decided in `domain`.

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::op::Done;
use crate::domain::person::nickname::{Nickname, PersonOp, Whose, keep};
use crate::domain::refusal::Refusal;
use crate::store::file::engine::values;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::log::events::Event;

/// Keeps a name, behind those known already: they are used more.
pub(in crate::store) fn call(tx: &mut Tx<'_>, nickname: &Nickname) -> Result<Done> {
    let name = keep(&nickname.name, &known(tx, nickname.whose)?)?;
    put(tx, nickname.whose, &name)?;
    told(tx, nickname.whose, EventKind::Added, &name)
}

/// Takes a name off that an event brought, or keeps it again when the event was itself an undo.
pub(in crate::store) fn back(tx: &mut Tx<'_>, event: &Event, told_as: EventKind) -> Result<Done> {
    let whose = match event.entity {
        Entity::Person => Whose::Person(PersonId(event.id)),
        _ => Whose::Place(PlaceId(event.id)),
    };
    let Some(name) = event.word("called").filter(|name| !name.is_empty()) else {
        return Err(Refusal::CannotUndo { kind: event.kind }.into());
    };
    if event.kind == EventKind::Undone {
        let name = keep(name, &known(tx, whose)?)?;
        put(tx, whose, &name)?;
    } else {
        take_off(tx, whose, name)?;
    }
    Ok(Done { of: Some(event.kind), ..told(tx, whose, told_as, name)? })
}

fn told(tx: &mut Tx<'_>, whose: Whose, kind: EventKind, name: &str) -> Result<Done> {
    let (entity, id) = match whose {
        Whose::Person(id) => (Entity::Person, id.0),
        Whose::Place(id) => (Entity::Place, id.0),
    };
    tx.log.happened(entity, id, kind, json!({}), "", &[("called", name)])?;
    Ok(Done::to(entity, id, kind, tx.log.command))
}

fn known(tx: &Tx<'_>, whose: Whose) -> Result<Vec<String>> {
    let (there, names, id, what) = match whose {
        Whose::Person(id) => (
            "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1)",
            "SELECT name FROM person_alias WHERE person_id = ?1",
            id.0,
            Entity::Person,
        ),
        Whose::Place(id) => (
            "SELECT EXISTS (SELECT 1 FROM place WHERE id = ?1)",
            "SELECT name FROM place_alias WHERE place_id = ?1",
            id.0,
            Entity::Place,
        ),
    };
    if !tx.conn.value(there, values![id])? {
        return Err(Refusal::NotFound { what }.into());
    }
    tx.conn.column(names, values![id])
}

fn put(tx: &Tx<'_>, whose: Whose, name: &str) -> Result<()> {
    let (sql, id) = match whose {
        Whose::Person(id) => (
            "INSERT INTO person_alias (person_id, n, name) \
             VALUES (?1, (SELECT COALESCE(MAX(n) + 1, 0) FROM person_alias WHERE person_id = ?1), ?2)",
            id.0,
        ),
        Whose::Place(id) => ("INSERT INTO place_alias (place_id, name) VALUES (?1, ?2)", id.0),
    };
    tx.conn.run(sql, values![id, name]).map(drop)
}

fn take_off(tx: &Tx<'_>, whose: Whose, name: &str) -> Result<()> {
    let (sql, id) = match whose {
        Whose::Person(id) => ("DELETE FROM person_alias WHERE person_id = ?1 AND name = ?2", id.0),
        Whose::Place(id) => ("DELETE FROM place_alias WHERE place_id = ?1 AND name = ?2", id.0),
    };
    tx.conn.run(sql, values![id, name]).map(drop)
}

/// Makes a change.
pub(in crate::store) fn act(tx: &mut Tx<'_>, op: &PersonOp) -> Result<Done> {
    match op {
        PersonOp::Call(nickname) => call(tx, nickname),
    }
}
