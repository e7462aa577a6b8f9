//! Operators: the list of them, their PINs, and what too many wrong ones lead to. A PIN is kept as an argon2id hash with its
//! own salt and costs. Who is at work is `session`.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::OperatorId;
use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::handover::query::OperatorRow;
use crate::domain::op::Done;
use crate::domain::operator::op::Act;
use crate::domain::operator::pin::{Pin, after_wrong};
use crate::domain::person::PersonName;
use crate::domain::refusal::Refusal;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::{self, Tx};

/// All of them, oldest first.
pub(in crate::store) fn list(conn: &Connection) -> Result<Vec<OperatorRow>> {
    conn.rows(
        "SELECT id, name, role, pin IS NOT NULL AS has_pin, locked_until FROM operator ORDER BY id",
        values![],
        |row| {
            Ok(OperatorRow {
                id: row.get("id")?,
                name: row.get("name")?,
                rank: row.get("role")?,
                has_pin: row.get("has_pin")?,
                locked_until: row.get("locked_until")?,
            })
        },
    )
}

fn by_name(conn: &Connection, name: &str) -> Result<Option<OperatorId>> {
    conn.value_if_any("SELECT id FROM operator WHERE name = ?1", values![name])
}

/// What holding a PIN against the operator's came to.
enum Held {
    /// He has none, or it was right.
    Right,
    /// There is one, and none was given.
    Missing,
    /// Wrong; so many may still be tried.
    Wrong(u32),
    /// Locked until then.
    Locked(Time),
}

/// Holds a PIN against the operator's. Looking, deciding and counting are one transaction, so that two desks have no more
/// tries than one; and it is one of its own, so that the count stays when the change it was given for is refused.
pub(in crate::store) fn check_pin(
    conn: &Connection,
    id: OperatorId,
    pin: Option<&Pin>,
    now: Time,
    zone: Zone,
) -> Result<()> {
    match writer::write(conn, || hold(conn, id, pin, now))? {
        Held::Right => Ok(()),
        Held::Missing => Err(Refusal::PinNeeded.into()),
        Held::Wrong(left) => Err(Refusal::PinWrong { left }.into()),
        Held::Locked(until) => Err(Refusal::PinLocked { until: zone.hm(until) }.into()),
    }
}

fn hold(conn: &Connection, id: OperatorId, pin: Option<&Pin>, now: Time) -> Result<Held> {
    let row: Option<(Option<String>, u32, Option<Time>)> =
        conn.row_if_any("SELECT pin, failures, locked_until FROM operator WHERE id = ?1", values![id], |row| {
            Ok((row.get("pin")?, row.get("failures")?, row.get("locked_until")?))
        })?;
    let Some((Some(kept), failures, locked)) = row else { return Ok(Held::Right) };
    if let Some(until) = locked.filter(|until| *until > now) {
        return Ok(Held::Locked(until));
    }
    let Some(pin) = pin else { return Ok(Held::Missing) };
    let right = Argon2::default().verify_password(pin.reveal().as_bytes(), kept.as_str()).is_ok();
    let (failures, until) = match right {
        true if failures == 0 && locked.is_none() => return Ok(Held::Right),
        true => (0, None),
        false => after_wrong(failures, now),
    };
    conn.run("UPDATE operator SET failures = ?2, locked_until = ?3 WHERE id = ?1", values![id, failures, until])?;
    Ok(match until {
        _ if right => Held::Right,
        Some(until) => Held::Locked(until),
        None => Held::Wrong(crate::domain::operator::pin::WRONG_AT_MOST - failures),
    })
}

fn hashed(pin: Option<&Pin>) -> Result<Option<String>> {
    let hash = |pin: &Pin| {
        let salt = uuid::Uuid::new_v4().into_bytes();
        let hash = Argon2::default().hash_password_with_salt(pin.reveal().as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|e| Trouble::Unexpected { detail: e.to_string() }.into())
    };
    pin.map(hash).transpose()
}

/// Does something to an operator.
pub(in crate::store) fn act(tx: &mut Tx<'_>, act: &Act) -> Result<Done> {
    let known = by_name(tx.conn, act.name())?;
    let gone = || Refusal::NotFound { what: Entity::Operator };
    let (id, kind, what) = match act {
        Act::Add { name, rank, pin, .. } => {
            let name = PersonName::new(name)?;
            if known.is_some() {
                return Err(Refusal::OperatorThere.into());
            }
            let id = OperatorId(tx.ids.next());
            let pin = hashed(pin.as_ref())?;
            tx.conn.run(
                "INSERT INTO operator (id, name, role, pin) VALUES (?1, ?2, ?3, ?4)",
                values![id, name.reveal(), rank, pin],
            )?;
            (id, EventKind::Added, "rank")
        }
        Act::SetPin { new, .. } => {
            let id = known.ok_or_else(gone)?;
            tx.conn.run(
                "UPDATE operator SET pin = ?2, failures = 0, locked_until = NULL, version = version + 1 WHERE id = ?1",
                values![id, hashed(new.as_ref())?],
            )?;
            (id, EventKind::Edited, "pin")
        }
        Act::Unlock { .. } => {
            let id = known.ok_or_else(gone)?;
            tx.conn.run("UPDATE operator SET failures = 0, locked_until = NULL WHERE id = ?1", values![id])?;
            (id, EventKind::Edited, "lock")
        }
    };
    tx.log.happened(Entity::Operator, id.0, kind, serde_json::json!({ "changed": what }), "", &[])?;
    Ok(Done::to(Entity::Operator, id.0, kind, tx.log.command))
}
