//! Residents of a sheet: who is new, whose phone was corrected, who is known.

use std::collections::HashSet;

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::base::import::{ParsedRow, Reason, ResidentRow};
use crate::domain::person::{Flags, Person, Phone};
use crate::domain::refusal::Refusal;
use crate::store::file::engine::values;
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::import::{Fate, RowError, has_key, id_of_key, keep_key};
use crate::store::person;
use crate::store::place::import::Places;

/// The kind the keys of residents are kept under.
const KIND: &str = "resident";

/// Homes and names the sheet has given so far: the same twice without an id cannot be told apart.
#[derive(Default)]
pub(in crate::store) struct Seen(HashSet<(PlaceId, String)>);

/// One resident.
pub(in crate::store) fn resident(
    tx: &mut Tx<'_>,
    known: &mut Places,
    seen: &mut Seen,
    ParsedRow { sheet, row, .. }: &ParsedRow<ResidentRow>,
) -> std::result::Result<Fate, RowError> {
    if row.homes.is_empty() {
        return Err(RowError::Refused(Reason::NoHome));
    }
    let mut homes = Vec::new();
    for at in &row.homes {
        let (home, _) = known.home_or_new(tx, at)?;
        if !homes.contains(&home) {
            homes.push(home);
        }
    }
    let by_key = row.key.as_deref().map(|key| id_of_key(tx, sheet, KIND, key)).transpose()?.flatten().map(PersonId);
    let person = match by_key {
        Some(id) => {
            if another_now(tx, id, row, &homes)? {
                return Err(Refusal::KeyOfAnother.into());
            }
            Some(id)
        }
        None => by_home_and_name(tx, homes[0], sheet, row)?,
    };
    if row.key.is_none() && !seen.0.insert((homes[0], row.name.reveal().to_owned())) {
        return Err(Refusal::SameNameInHome.into());
    }
    let id = match person {
        Some(id) => id,
        None => PersonId(tx.ids.next()),
    };
    if let Some(key) = &row.key {
        keep_key(tx, sheet, KIND, key, id.0)?;
    }
    if person.is_some() { update(tx, id, row, &homes) } else { add(tx, id, row, &homes) }
}

/// Whether a known id comes with both another name and another home: then it is not the person it was, and nobody is renamed.
fn another_now(tx: &Tx<'_>, id: PersonId, row: &ResidentRow, homes: &[PlaceId]) -> Result<bool> {
    let name: String = tx.conn.value("SELECT name FROM person WHERE id = ?1", values![id])?;
    if name == row.name.reveal() {
        return Ok(false);
    }
    let mut lives =
        tx.conn.statement("SELECT EXISTS (SELECT 1 FROM residency WHERE place_id = ?1 AND person_id = ?2)")?;
    for home in homes {
        if lives.value(values![home, id])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The resident of this name in this home; several are refused, a person must say which.
fn by_home_and_name(
    tx: &Tx<'_>,
    home: PlaceId,
    sheet: &str,
    row: &ResidentRow,
) -> std::result::Result<Option<PersonId>, RowError> {
    let ids: Vec<PersonId> =
        tx.conn.column(
            "SELECT p.id FROM residency r JOIN person p ON p.id = r.person_id WHERE r.place_id = ?1 AND p.name = ?2 AND r.to_day IS NULL LIMIT 2",
            values![home, row.name],
        )?;
    match ids[..] {
        [] => Ok(None),
        [one] => {
            // With ids in the sheet, the same name under another id is another person.
            let other = row.key.is_some() && has_key(tx, sheet, KIND, one.0)?;
            Ok((!other).then_some(one))
        }
        _ => Err(Refusal::SameNameInHome.into()),
    }
}

fn add(tx: &mut Tx<'_>, id: PersonId, row: &ResidentRow, homes: &[PlaceId]) -> std::result::Result<Fate, RowError> {
    let person = Person {
        id,
        name: row.name.clone(),
        called: row.called.clone(),
        phones: row.phones.clone(),
        born: row.born,
        care: row.care,
        work: row.work,
        version: 1,
    };
    person::rows::insert(tx.conn, &person)?;
    for home in homes {
        person::rows::insert_residency(tx.conn, id, *home, row.relation, row.is_head)?;
    }
    let facts = json!({ "homes": homes.iter().map(|h| h.0).collect::<Vec<_>>(), "relation": row.relation });
    let phones = phone_text(&row.phones);
    tx.log.happened(
        Entity::Person,
        id.0,
        EventKind::Added,
        facts,
        "",
        &[("name", row.name.reveal()), ("phones", &phones)],
    )?;
    Ok(Fate::Added)
}

fn update(tx: &mut Tx<'_>, id: PersonId, row: &ResidentRow, homes: &[PlaceId]) -> std::result::Result<Fate, RowError> {
    let mut before = tx.conn.row("SELECT * FROM person WHERE id = ?1", values![id], person::rows::Columns::read)?;
    person::rows::complete(tx.conn, &mut before)?;
    let mut after = before.clone();
    after.name = row.name.clone();
    after.born = row.born.or(before.born);
    after.care = Flags(before.care.0 | row.care.0);
    after.work = Flags(before.work.0 | row.work.0);
    after.phones = merged_phones(&before.phones, &row.phones);
    after.called.extend(row.called.iter().filter(|name| !before.called.contains(name)).cloned());
    let mut changed = false;
    if after != before {
        changed = true;
        person::rows::update(tx.conn, &after)?;
    }
    for home in homes {
        let written = tx.conn.run(
            "INSERT INTO residency (person_id, place_id, relation, is_head) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (place_id, person_id) DO UPDATE SET relation = ?3, is_head = ?4, to_day = NULL \
                 WHERE residency.relation <> ?3 OR residency.is_head <> ?4 OR residency.to_day IS NOT NULL",
            values![id, home, row.relation, row.is_head],
        )?;
        changed |= written > 0;
    }
    if !changed {
        return Ok(Fate::Unchanged);
    }
    let (was, now) = (phone_text(&before.phones), phone_text(&after.phones));
    let words = [("name", after.name.reveal()), ("phones_were", was.as_str()), ("phones", now.as_str())];
    tx.log.happened(Entity::Person, id.0, EventKind::Edited, json!({}), "", &words)?;
    Ok(Fate::Changed)
}

/// The sheet's phones in the place of the known ones; known ones beyond their number stay, a person may have added them.
fn merged_phones(known: &[Phone], sheet: &[Phone]) -> Vec<Phone> {
    if sheet.iter().all(|phone| known.contains(phone)) {
        return known.to_vec();
    }
    let further = known.iter().skip(sheet.len()).filter(|phone| !sheet.contains(phone));
    sheet.iter().chain(further).cloned().collect()
}

fn phone_text(phones: &[Phone]) -> String {
    phones.iter().map(Phone::reveal).collect::<Vec<_>>().join(" ")
}
