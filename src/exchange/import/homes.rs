//! Rows of compounds and homes, and which owner has which homes.
//! Written forms of a place are kept as they are; they are read where the township's places are known.

use std::collections::HashMap;

use super::{Parsed, Reading, Row};
use crate::domain::base::clean;
use crate::domain::base::import::{CompoundRow, HomeAt, HomeRow, ImportKind, LeftOut, Reason};
use crate::exchange::fields;
use crate::exchange::mapping::{self, Field};
use crate::exchange::sheets::Sheet;

/// Characters of a name of a place.
const PLACE_AT_MOST: usize = 100;
/// Characters of an address or a remark.
const NOTE_AT_MOST: usize = 500;

/// The homes of each owner, from the sheets of homes that name owners by number.
#[derive(Default)]
pub(super) struct Owned(HashMap<String, Vec<HomeAt>>);

impl Owned {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut owned = Self::default();
        for sheet in sheets {
            let Some(mapping) = mapping::recognise(&sheet.rows, ImportKind::Homes) else { continue };
            if mapping.column(Field::OwnerKey).is_none() {
                continue;
            }
            for cells in sheet.rows.iter().skip(mapping.first_row) {
                let row = Row { cells, mapping: &mapping, kind: ImportKind::Homes };
                let Ok(Some(at)) = row.home_at() else { continue };
                // Several owners of one home stand in one cell.
                let owners = clean::half_width(row.raw(Field::OwnerKey));
                for owner in owners.split(['#', ',', '、', ';', '/']).map(fields::line) {
                    if !fields::nothing(&owner) {
                        owned.0.entry(owner).or_default().push(at.clone());
                    }
                }
            }
        }
        owned
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn homes(&self, owner: &str) -> Vec<HomeAt> {
        self.0.get(owner).cloned().unwrap_or_default()
    }
}

impl Row<'_> {
    /// The home this row names; nothing when it names none.
    pub(super) fn home_at(&self) -> Parsed<HomeAt> {
        let mut at = HomeAt {
            compound: self.short(Field::Compound, PLACE_AT_MOST)?,
            building: self.numeral(Field::Building, PLACE_AT_MOST)?,
            unit: self.numeral(Field::Unit, PLACE_AT_MOST)?,
            room: self.numeral(Field::Room, PLACE_AT_MOST)?,
            place: self.short(Field::Place, NOTE_AT_MOST)?,
        };
        if !at.room.is_empty() && at.building.is_empty() && at.unit.is_empty() {
            // A room by itself is a whole address (`3-2-501`), unless an address stands beside it.
            let room = std::mem::take(&mut at.room);
            if at.place.is_empty() {
                at.place = room;
            } else {
                at.room = room;
            }
        } else if !at.room.is_empty() {
            at.place.clear();
        }
        Ok((!at.room.is_empty() || !at.place.is_empty()).then_some(at))
    }
}

impl Reading {
    pub(super) fn compound(&mut self, row: &Row<'_>) -> Parsed<CompoundRow> {
        let name = row.short(Field::Name, PLACE_AT_MOST)?;
        if name.is_empty() {
            return Err(row.missing(Field::Name));
        }
        let buildings = row.text(Field::Buildings);
        let count = fields::whole(&buildings).and_then(|n| u32::try_from(n).ok());
        if !buildings.is_empty() && count.is_none() {
            return Err(row.unclear(Field::Buildings));
        }
        let community = row.short(Field::Community, PLACE_AT_MOST)?;
        let address = Some(row.short(Field::Address, NOTE_AT_MOST)?).filter(|address| !address.is_empty());
        self.leave_out(LeftOut::Remarks, usize::from(address.is_some()) + usize::from(count.is_some()));
        Ok(Some(CompoundRow { name, community, address, buildings: count, key: row.key() }))
    }

    pub(super) fn home(&mut self, row: &Row<'_>) -> Parsed<HomeRow> {
        let at = row.home_at()?.ok_or_else(|| row.missing(row.room_field()))?;
        let area = row.text(Field::Area);
        let area_m2 = fields::area(&area);
        if !area.is_empty() && area_m2.is_none() {
            return Err(row.unclear(Field::Area));
        }
        let note = row.within(Field::Note, fields::words(row.raw(Field::Note)), NOTE_AT_MOST)?;
        // `顶层` or `1-2` is no reason to leave a home out: the floor is seldom asked for.
        let floor = row.text(Field::Floor);
        let whole = fields::whole(&floor);
        self.leave_out(LeftOut::Floors, usize::from(!floor.is_empty() && whole.is_none()));
        self.leave_out(LeftOut::Remarks, usize::from(!fields::nothing(&note)));
        Ok(Some(HomeRow { at, floor: whole, area_m2: area_m2.filter(|&area| area > 0.0), note, key: row.key() }))
    }
}

impl Row<'_> {
    /// The column a home is missing from.
    fn room_field(&self) -> Field {
        if self.mapping.column(Field::Room).is_some() { Field::Room } else { Field::Place }
    }

    /// Why this row has no home: an empty cell where there is a column, else an owner the sheet of homes does not know.
    pub(super) fn no_home(&self) -> Reason {
        if super::has_home(self.mapping) { self.missing(self.room_field()) } else { Reason::NoHome }
    }
}
