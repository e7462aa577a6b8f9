//! Compounds and homes of a sheet, and finding the place any written form means.

use std::collections::HashMap;

use serde_json::json;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::PlaceId;
use crate::domain::base::import::{CompoundRow, HomeAt, HomeRow, ParsedRow};
use crate::domain::place::room::{self, RoomForm};
use crate::domain::place::{Place, PlaceKind, Stage};
use crate::domain::refusal::Refusal;
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::writer::Tx;
use crate::store::import::{Fate, RowError, id_of_key, keep_key};
use crate::store::place;

/// A place by what it lies in, its level and its label.
type Key = (Option<PlaceId>, PlaceKind, String);

/// The places of the file, kept while an import runs. What a refused row added is forgotten again.
pub(in crate::store) struct Places {
    by_label: HashMap<Key, PlaceId>,
    compounds: Vec<(String, PlaceId)>,
    fresh: Vec<Key>,
    /// Whether a compound not known may be added: while the township has none, or when the sheet is one of compounds. Otherwise
    /// an unknown name is more likely a slip, and its homes would be found by nobody.
    may_add_compounds: bool,
    /// The compound of rows that name none.
    default: Option<String>,
}

impl Places {
    pub(in crate::store) fn load(conn: &Connection, default: Option<&str>) -> Result<Self> {
        let mut places = Self {
            by_label: HashMap::new(),
            compounds: Vec::new(),
            fresh: Vec::new(),
            may_add_compounds: false,
            default: default.map(str::to_owned),
        };
        conn.each("SELECT compound_id, kind, label, id FROM place", values![], |row| {
            let kind: PlaceKind = row.get("kind")?;
            let (label, id): (String, PlaceId) = (row.get("label")?, row.get("id")?);
            if kind == PlaceKind::Compound {
                places.compounds.push((label, id));
            } else {
                places.by_label.insert((row.get("compound_id")?, kind, label), id);
            }
            Ok(())
        })?;
        places.may_add_compounds = places.compounds.is_empty();
        Ok(places)
    }

    pub(in crate::store) fn keep(&mut self) {
        self.fresh.clear();
    }

    pub(in crate::store) fn forget(&mut self) {
        for key in self.fresh.drain(..) {
            if key.1 == PlaceKind::Compound {
                self.compounds.retain(|(name, _)| *name != key.2);
            } else {
                self.by_label.remove(&key);
            }
        }
    }

    fn insert(&mut self, tx: &mut Tx<'_>, place: &Place) -> Result<()> {
        place::rows::insert(tx.conn, place)?;
        tx.log.happened(Entity::Place, place.id.0, EventKind::Added, json!({ "kind": place.kind }), "", &[])?;
        let within = place.compound.filter(|_| place.kind != PlaceKind::Compound);
        let key = (within, place.kind, place.label.clone());
        if place.kind == PlaceKind::Compound {
            self.compounds.push((place.label.clone(), place.id));
        } else {
            self.by_label.insert(key.clone(), place.id);
        }
        self.fresh.push(key);
        Ok(())
    }

    /// The compound of a name; exactly, or as the only one that the name begins or that begins it.
    pub(in crate::store) fn compound(&self, name: &str) -> Option<PlaceId> {
        let name = name.trim();
        let exact = self.compounds.iter().find(|(known, _)| known == name);
        let near = || {
            let mut close = self.compounds.iter().filter(|(known, _)| {
                name.chars().count() >= 2 && (known.starts_with(name) || name.starts_with(known.as_str()))
            });
            close.next().filter(|_| close.next().is_none())
        };
        exact.or_else(near).map(|(_, id)| *id)
    }

    fn only_compound(&self) -> Option<PlaceId> {
        match &self.compounds[..] {
            [(_, id)] => Some(*id),
            _ => None,
        }
    }

    /// The compound of a row, made when it is new.
    pub(in crate::store) fn compound_or_new(
        &mut self,
        tx: &mut Tx<'_>,
        name: &str,
    ) -> std::result::Result<PlaceId, RowError> {
        let given = if name.is_empty() { self.default.clone().unwrap_or_default() } else { name.to_owned() };
        if given.is_empty() {
            return self.only_compound().ok_or_else(|| Refusal::CompoundUnclear.into());
        }
        if let Some((_, id)) = self.compounds.iter().find(|(known, _)| *known == given) {
            return Ok(*id);
        }
        if !self.may_add_compounds && self.default.as_deref() != Some(given.as_str()) {
            return Err(Refusal::NoSuchCompound { near: self.nearest(&given) }.into());
        }
        let township = self.township()?;
        let id = PlaceId(tx.ids.next());
        self.insert(tx, &Place::named(id, Some(township), PlaceKind::Compound, &given))?;
        place::rows::insert_compound(tx.conn, id, Stage::ThreeNo, None)?;
        Ok(id)
    }

    /// The known compound that shares most characters with a name, if it shares half of them.
    fn nearest(&self, name: &str) -> Option<String> {
        let shared = |known: &str| known.chars().filter(|c| name.contains(*c)).count();
        let best = self.compounds.iter().map(|(known, _)| known).max_by_key(|known| shared(known))?;
        (shared(best) * 2 >= name.chars().count()).then(|| best.clone())
    }

    fn township(&self) -> std::result::Result<PlaceId, RowError> {
        self.by_label
            .iter()
            .find(|((_, kind, _), _)| *kind == PlaceKind::Township)
            .map(|(_, id)| *id)
            .ok_or_else(|| Refusal::NotFound { what: Entity::Place }.into())
    }

    /// The home of a row, made with its building and stair when it is new, and whether it was.
    pub(in crate::store) fn home_or_new(
        &mut self,
        tx: &mut Tx<'_>,
        at: &HomeAt,
    ) -> std::result::Result<(PlaceId, bool), RowError> {
        let (form, words) = form_of(at).ok_or(Refusal::NotFound { what: Entity::Place })?;
        let named = if at.compound.is_empty() { words.as_str() } else { at.compound.as_str() };
        let compound = self.compound_or_new(tx, named)?;
        let (building, unit, room) = (form.building.as_deref(), form.unit.as_deref(), form.room.as_deref());
        let (Some(_), label) = (room, room::label(building, unit, room)) else {
            return Err(Refusal::NotFound { what: Entity::Place }.into());
        };
        if let Some(id) = self.by_label.get(&(Some(compound), PlaceKind::Home, label.clone())) {
            return Ok((*id, false));
        }
        let building_id = match building {
            Some(_) => Some(self.part(tx, compound, compound, None, PlaceKind::Building, (building, None))?),
            None => None,
        };
        let mut parent = building_id.unwrap_or(compound);
        if unit.is_some() {
            parent = self.part(tx, compound, parent, building_id, PlaceKind::Unit, (building, unit))?;
        }
        let id = PlaceId(tx.ids.next());
        let home = Place {
            compound: Some(compound),
            building: building_id,
            unit: unit.map(str::to_owned),
            floor: form.floor.or_else(|| floor_of(room.unwrap_or_default())),
            room: room.map(str::to_owned),
            ..Place::named(id, Some(parent), PlaceKind::Home, &label)
        };
        self.insert(tx, &home)?;
        Ok((id, true))
    }

    /// A building or a stair, made when it is new.
    fn part(
        &mut self,
        tx: &mut Tx<'_>,
        compound: PlaceId,
        parent: PlaceId,
        building_id: Option<PlaceId>,
        kind: PlaceKind,
        (building, unit): (Option<&str>, Option<&str>),
    ) -> std::result::Result<PlaceId, RowError> {
        let label = room::label(building, unit, None);
        if let Some(id) = self.by_label.get(&(Some(compound), kind, label.clone())) {
            return Ok(*id);
        }
        let id = PlaceId(tx.ids.next());
        let part = Place {
            compound: Some(compound),
            building: building_id.or(Some(id)),
            unit: unit.map(str::to_owned),
            ..Place::named(id, Some(parent), kind, &label)
        };
        self.insert(tx, &part)?;
        Ok(id)
    }

    /// The place a report's words mean, as far as the township knows it: home, building, or the compound alone.
    pub(in crate::store) fn place_of_words(&self, compound: &str, words: &str) -> Option<(PlaceId, PlaceId)> {
        let parsed = room::parse(words);
        let before = parsed.as_ref().map_or(words, |p| p.compound_words.as_str());
        let compound = self.compound(compound).or_else(|| {
            self.compounds
                .iter()
                .filter(|(name, _)| before.contains(name.as_str()))
                .max_by_key(|(name, _)| name.len())
                .map(|(_, id)| *id)
        })?;
        let Some(RoomForm { building, unit, room, .. }) = parsed.map(|p| p.form) else {
            return Some((compound, compound));
        };
        let (building, unit, room) = (building.as_deref(), unit.as_deref(), room.as_deref());
        let found = [
            (PlaceKind::Home, room::label(building, unit, room)),
            (PlaceKind::Unit, room::label(building, unit, None)),
            (PlaceKind::Building, room::label(building, None, None)),
        ]
        .into_iter()
        .find_map(|(kind, label)| self.by_label.get(&(Some(compound), kind, label)).copied());
        Some((found.unwrap_or(compound), compound))
    }
}

/// The form of a row's home, and the words before it when the whole address is one text.
fn form_of(at: &HomeAt) -> Option<(RoomForm, String)> {
    if at.building.is_empty() && at.room.is_empty() {
        return room::parse(&at.place).map(|parsed| (parsed.form, parsed.compound_words));
    }
    // Columns of their own: each is given the counter word it may lack, and the whole is read as one form.
    let counted = |text: &str, counter: &str| {
        // 东, 二, 甲: a stair's name without its counter word.
        let named = |c: char| counter == "单元" && "东西南北中甲乙丙丁一二三四五六七八九十".contains(c);
        let bare = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || named(c));
        if bare { format!("{text}{counter}") } else { text.to_owned() }
    };
    let text = format!("{}{}{}", counted(&at.building, "栋"), counted(&at.unit, "单元"), counted(&at.room, "室"));
    let full = room::parse(&text).filter(|p| p.form.room.is_some() && p.compound_words.is_empty() && p.rest.is_empty());
    let form = full.map_or_else(
        || RoomForm {
            building: Some(at.building.clone()).filter(|b| !b.is_empty()),
            unit: Some(at.unit.clone()).filter(|u| !u.is_empty()),
            room: Some(at.room.clone()).filter(|r| !r.is_empty()),
            ..RoomForm::default()
        },
        |parsed| parsed.form,
    );
    Some((form, String::new()))
}

/// The floor a room number says: `501` is on the fifth, `1203` on the twelfth.
fn floor_of(room: &str) -> Option<i32> {
    let number: i32 = room.parse().ok()?;
    ((101..=9_999).contains(&number)).then_some(number / 100)
}

/// One compound.
pub(in crate::store) fn compound(
    tx: &mut Tx<'_>,
    known: &mut Places,
    ParsedRow { sheet, row, .. }: &ParsedRow<CompoundRow>,
) -> std::result::Result<Fate, RowError> {
    known.may_add_compounds = true;
    let before = known.compounds.iter().find(|(name, _)| *name == row.name).map(|(_, id)| *id);
    let id = known.compound_or_new(tx, &row.name)?;
    let mut fate = if before.is_some() { Fate::Unchanged } else { Fate::Added };
    if !row.community.is_empty() {
        let community = match known.by_label.get(&(None, PlaceKind::Community, row.community.clone())) {
            Some(id) => *id,
            None => {
                let (township, id) = (known.township()?, PlaceId(tx.ids.next()));
                known.insert(tx, &Place::named(id, Some(township), PlaceKind::Community, &row.community))?;
                id
            }
        };
        let moved = tx.conn.run(
            "UPDATE place SET parent_id = ?1, version = version + 1 WHERE id = ?2 AND parent_id <> ?1",
            values![community, id],
        )?;
        if moved > 0 && before.is_some() {
            tx.log.happened(Entity::Place, id.0, EventKind::Edited, json!({ "parent": community }), "", &[])?;
            fate = Fate::Changed;
        }
    }
    if let Some(key) = &row.key {
        keep_key(tx, sheet, "compound", key, id.0)?;
    }
    Ok(fate)
}

/// One home.
pub(in crate::store) fn home(
    tx: &mut Tx<'_>,
    known: &mut Places,
    ParsedRow { sheet, row, .. }: &ParsedRow<HomeRow>,
) -> std::result::Result<Fate, RowError> {
    let by_key = row.key.as_deref().map(|key| id_of_key(tx, sheet, "home", key)).transpose()?.flatten();
    let (id, new) = known.home_or_new(tx, &row.at)?;
    if by_key.is_some_and(|was| was != id.0) {
        return Err(Refusal::KeyOfAnother.into());
    }
    let changed = tx.conn.run(
        "UPDATE place SET area_m2 = coalesce(?1, area_m2), floor = coalesce(?2, floor), version = version + 1 \
             WHERE id = ?3 AND ((?1 IS NOT NULL AND area_m2 IS DISTINCT FROM ?1) OR (?2 IS NOT NULL AND floor IS DISTINCT FROM ?2))",
        values![row.area_m2.filter(|a| *a > 0.0), row.floor, id],
    )?;
    if let Some(key) = &row.key {
        keep_key(tx, sheet, "home", key, id.0)?;
    }
    Ok(match (new, changed > 0) {
        (true, _) => Fate::Added,
        (false, true) => {
            let facts = json!({ "area_m2": row.area_m2, "floor": row.floor });
            tx.log.happened(Entity::Place, id.0, EventKind::Edited, facts, "", &[])?;
            Fate::Changed
        }
        (false, false) => Fate::Unchanged,
    })
}
