//! Staff of a sheet. One person of one role is known by name and role, or by the sheet's own number.

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::StaffId;
use crate::domain::base::import::{LeftOut, LeftOuts, ParsedRow, StaffRow};
use crate::domain::refusal::Refusal;
use crate::domain::staff::{Role, Staff};
use crate::store::file::engine::values;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::import::{Fate, RowError, has_key, id_of_key, keep_key};
use crate::store::place::import::Places;
use crate::store::staff::{self, departure};

/// One member of staff.
pub(in crate::store) fn member(
    tx: &mut Tx<'_>,
    known: &mut Places,
    left_out: &mut LeftOuts,
    ParsedRow { sheet, row, .. }: &ParsedRow<StaffRow>,
) -> std::result::Result<Fate, RowError> {
    let role = Role::of_words(&row.role).ok_or(Refusal::RoleUnclear)?;
    let serves: Vec<_> = row.compounds.iter().filter_map(|name| known.compound(name)).collect();
    let unknown = row.compounds.len() - serves.len();
    if unknown > 0 {
        *left_out.entry(LeftOut::UnknownCompounds).or_default() += unknown;
    }
    let by_key = row.key.as_deref().map(|key| id_of_key(tx, sheet, "staff", key)).transpose()?.flatten().map(StaffId);
    let by_name = || {
        tx.conn.value_if_any::<StaffId>(
            "SELECT id FROM staff WHERE name = ?1 AND role = ?2 LIMIT 1",
            values![row.name, role],
        )
    };
    let phone = row.phones.first().cloned();
    let found = match by_key {
        Some(id) => {
            if another_now(tx, id, row)? {
                return Err(Refusal::KeyOfAnother.into());
            }
            Some(id)
        }
        None => match by_name()? {
            // With numbers in the sheet, the same name under another number is another person.
            Some(id) if row.key.is_some() && has_key(tx, sheet, "staff", id.0)? => None,
            found => found,
        },
    };
    if let (Some(key), Some(id)) = (&row.key, found) {
        keep_key(tx, sheet, "staff", key, id.0)?;
    }
    let Some(id) = found else {
        let id = StaffId(tx.ids.next());
        let new = Staff {
            id,
            name: row.name.clone(),
            role,
            phone,
            skills: row.skills.clone(),
            serves,
            active: row.employed.unwrap_or(true),
            version: 1,
        };
        staff::rows::insert(tx.conn, &new)?;
        if let Some(key) = &row.key {
            keep_key(tx, sheet, "staff", key, id.0)?;
        }
        tx.log.happened(
            Entity::Staff,
            id.0,
            EventKind::Added,
            json!({ "role": role }),
            "",
            &[("name", row.name.reveal())],
        )?;
        return Ok(Fate::Added);
    };
    // A sheet cannot be asked who gets what is in his hands: while there is something, the row is refused and says so.
    if row.employed == Some(false) && staff::rows::load(tx.conn, id)?.is_some_and(|before| before.active) {
        departure::take_off(tx, id, &[])?;
    }
    let changed = tx.conn.run(
        "UPDATE staff SET (name, role, phone, skills, active) = \
               (?2, ?3, coalesce(?4, phone), CASE ?5 WHEN '' THEN skills ELSE ?5 END, coalesce(?6, active)), version = version + 1 \
             WHERE id = ?1 AND (name <> ?2 OR role <> ?3 OR (?4 IS NOT NULL AND phone IS DISTINCT FROM ?4) OR (?5 <> '' AND skills <> ?5) \
               OR (?6 IS NOT NULL AND active <> ?6))",
        values![id, row.name, role, phone, row.skills.join(" "), row.employed],
    )?;
    if changed == 0 {
        return Ok(Fate::Unchanged);
    }
    tx.log.happened(
        Entity::Staff,
        id.0,
        EventKind::Edited,
        json!({ "role": role, "active": row.employed }),
        "",
        &[("name", row.name.reveal())],
    )?;
    Ok(Fate::Changed)
}

/// Whether a known number comes with both another name and another phone: then it is not the person it was.
fn another_now(tx: &Tx<'_>, id: StaffId, row: &StaffRow) -> Result<bool> {
    let Some(before) = staff::rows::load(tx.conn, id)? else { return Ok(false) };
    Ok(before.name != row.name && before.phone.is_none_or(|phone| !row.phones.contains(&phone)))
}
