//! Rows of residents and staff.
//! Whether two rows of one name are one person is decided by the store, but for rows under one number.

use super::{Parsed, Reading, Row};
use crate::domain::base::import::{LeftOut, Reason, ResidentRow, StaffRow};
use crate::domain::person::{self, Flags, PersonName, Phone, Relation};
use crate::domain::staff::employed;
use crate::exchange::fields::{self, CARE_WORDS, WORK_WORDS};
use crate::exchange::mapping::Field;

const TEXT_AT_MOST: usize = 100;
const NOTE_AT_MOST: usize = 500;

impl Reading {
    pub(super) fn resident(&mut self, row: &Row<'_>) -> Parsed<ResidentRow> {
        let named_by = if row.mapping.column(Field::Name).is_some() { Field::Name } else { Field::Head };
        let phones = self.phones(row)?;
        let name = row.text(named_by);
        if nobody(&name) {
            // A list of all homes has lines for the empty ones.
            return if phones.is_empty() { Ok(None) } else { Err(row.missing(named_by)) };
        }
        let name = person_name(row, named_by, &name)?;
        let (relation, said_head) = relation(row, named_by)?;
        let own = row.home_at()?;
        let owner_key = row.numeral(Field::OwnerKey, TEXT_AT_MOST)?;
        let homes = match own {
            Some(home) => vec![home],
            None if !owner_key.is_empty() => self.homes.homes(&owner_key),
            None => row.key().map(|key| self.homes.homes(&key)).unwrap_or_default(),
        };
        if homes.is_empty() {
            return Err(row.no_home());
        }
        let called: Vec<String> = row
            .mapping
            .columns_of(Field::Called)
            .filter_map(|column| row.cells.get(column))
            .flat_map(|cell| fields::parts(cell))
            .collect();
        let note = row.within(Field::Note, fields::words(row.raw(Field::Note)), NOTE_AT_MOST)?;
        let (born, care, work) = (self.born(row, relation)?, self.flags(row, true)?, self.flags(row, false)?);
        let short: Vec<String> = called.iter().filter(|name| name.chars().count() <= TEXT_AT_MOST).cloned().collect();
        self.leave_out(LeftOut::LongNames, called.len() - short.len());
        self.leave_out(LeftOut::Remarks, usize::from(!fields::nothing(&note)));
        let head_cell = row.text(Field::Head);
        let is_head = said_head || named_by == Field::Head || head_cell == name.reveal();
        Ok(Some(ResidentRow {
            is_head: is_head || fields::yes(&head_cell) == Some(true),
            phones,
            called: short,
            homes,
            born,
            care,
            work,
            note,
            key: row.key().or(Some(owner_key).filter(|key| !key.is_empty() && relation == Relation::Owner)),
            relation,
            name,
        }))
    }

    pub(super) fn staff(&mut self, row: &Row<'_>) -> Parsed<StaffRow> {
        let name = row.text(Field::Name);
        if name.is_empty() {
            return Err(row.missing(Field::Name));
        }
        let (name, role) = (person_name(row, Field::Name, &name)?, row.short(Field::Role, TEXT_AT_MOST)?);
        let phones = self.phones(row)?;
        self.leave_out(LeftOut::FurtherPhones, phones.len().saturating_sub(1));
        Ok(Some(StaffRow {
            name,
            role,
            phones,
            skills: fields::parts(row.raw(Field::Skills)),
            employed: employed(row.raw(Field::Status)),
            compounds: fields::parts(row.raw(Field::Compound)),
            key: row.key(),
        }))
    }

    /// All phones of a row, each once. A number nobody could ring is a reason to ask, not to drop it unseen.
    pub(super) fn phones(&mut self, row: &Row<'_>) -> Result<Vec<Phone>, Reason> {
        let (mut phones, mut made_up): (Vec<Phone>, usize) = (Vec::new(), 0);
        for column in row.mapping.columns_of(Field::Phone) {
            let cell = row.cells.get(column).map_or("", String::as_str);
            let found = fields::phones(cell);
            if found.unclear {
                let heads = row.mapping.columns.iter();
                let head = heads.filter(|&&(_, at, _)| at == column).map(|(_, _, head)| head.clone()).next();
                let column = head.unwrap_or_default();
                return Err(if person::is_masked(cell) {
                    Reason::Masked { column }
                } else {
                    Reason::Unclear { column }
                });
            }
            made_up += found.made_up;
            phones.extend(found.good);
        }
        self.leave_out(LeftOut::MadeUpPhones, made_up);
        let mut once = Vec::new();
        phones.retain(|phone| {
            let new = !once.contains(phone);
            once.push(phone.clone());
            new
        });
        Ok(phones)
    }

    fn born(&self, row: &Row<'_>, relation: Relation) -> Result<Option<i32>, Reason> {
        let born = row.text(Field::Born);
        if !born.is_empty() {
            return fields::born(&born, self.now, self.zone).map(Some).ok_or_else(|| row.unclear(Field::Born));
        }
        if let Some(year) = fields::born_from_identity(row.raw(Field::Identity), self.now, self.zone) {
            return Ok(Some(year));
        }
        let age = row.text(Field::Age);
        if age.is_empty() || (relation == Relation::Owner && matches!(age.as_str(), "0" | "1")) {
            // Forms that insist on an age get a 1; no owner is one year old.
            return Ok(None);
        }
        fields::born_from_age(&age, self.now, self.zone).map(Some).ok_or_else(|| row.unclear(Field::Age))
    }

    fn flags(&self, row: &Row<'_>, care: bool) -> Result<Flags, Reason> {
        let mut flags = if care {
            fields::flags(row.raw(Field::Care), &CARE_WORDS, |flag| flag as usize)
        } else {
            fields::flags(row.raw(Field::Work), &WORK_WORDS, |flag| flag as usize)
        };
        for (field, column, head) in &row.mapping.columns {
            let index = match *field {
                Field::CareFlag(index) if care => index,
                Field::WorkFlag(index) if !care => index,
                _ => continue,
            };
            match fields::yes(row.cells.get(*column).map_or("", String::as_str)) {
                Some(true) => flags = flags.with(index),
                Some(false) => {}
                None => return Err(Reason::Unclear { column: head.clone() }),
            }
        }
        Ok(flags)
    }
}

/// Whether `again`, under the number of `first`, is the same person in a further home; if so it is added to `first`.
pub(super) fn same_person(first: &mut ResidentRow, again: &ResidentRow) -> bool {
    if first.name != again.name {
        return false;
    }
    for home in &again.homes {
        if !first.homes.contains(home) {
            first.homes.push(home.clone());
        }
    }
    for phone in &again.phones {
        if !first.phones.contains(phone) {
            first.phones.push(phone.clone());
        }
    }
    true
}

/// What he is in the home, and whether the words say head of the household. Without a word he is the owner, unless the
/// column of names is headed as one of tenants.
fn relation(row: &Row<'_>, named_by: Field) -> Result<(Relation, bool), Reason> {
    let said = row.text(Field::Relation);
    if said.is_empty() {
        let tenants = row.head(named_by).contains('租');
        return Ok((if tenants { Relation::Tenant } else { Relation::Owner }, false));
    }
    fields::relation(&said).ok_or_else(|| row.unclear(Field::Relation))
}

fn person_name(row: &Row<'_>, field: Field, name: &str) -> Result<PersonName, Reason> {
    row.unmasked(field, name)?;
    PersonName::new(name).map_err(|refusal| row.rule(field, refusal))
}

fn nobody(name: &str) -> bool {
    matches!(name, "" | "空置" | "空房" | "空置房" | "未售" | "未入住" | "无人")
}
