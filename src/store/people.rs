//! Rows of residents, what they are called, their phones, and where they live.

use rusqlite::{OptionalExtension, Row, params};

use super::error::Result;
use super::file::Connection;
use crate::domain::id::{PersonId, PlaceId};
use crate::domain::person::{Flags, Person, Phone, Relation};
use crate::domain::query::places::Member;

/// Adds a person with names and phones.
pub(super) fn insert(conn: &Connection, p: &Person) -> Result<()> {
    conn.prepare_cached("INSERT INTO person (id, name, born, care, work) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![p.id, p.name, p.born, p.care.0, p.work.0])?;
    insert_called(conn, p.id, &p.called)?;
    insert_phones(conn, p.id, &p.phones)
}

/// Adds what people call a person.
pub(super) fn insert_called(conn: &Connection, id: PersonId, called: &[String]) -> Result<()> {
    let mut statement = conn.prepare_cached("INSERT INTO person_alias (person_id, n, name) VALUES (?1, ?2, ?3)")?;
    for (n, name) in (0_i64..).zip(called) {
        statement.execute(params![id, n, name])?;
    }
    Ok(())
}

/// Adds a person's phones.
pub(super) fn insert_phones(conn: &Connection, id: PersonId, phones: &[Phone]) -> Result<()> {
    let mut statement = conn.prepare_cached("INSERT INTO phone (person_id, n, digits) VALUES (?1, ?2, ?3)")?;
    for (n, phone) in (0_i64..).zip(phones) {
        statement.execute(params![id, n, phone])?;
    }
    Ok(())
}

/// Lets a person live in a place.
pub(super) fn insert_residency(
    conn: &Connection,
    person: PersonId,
    place: PlaceId,
    relation: Relation,
    is_head: bool,
) -> Result<()> {
    conn.prepare_cached("INSERT INTO residency (person_id, place_id, relation, is_head) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![person, place, relation, is_head])?;
    Ok(())
}

/// A person from its row, without names and phones.
pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get("id")?,
        name: row.get("name")?,
        called: Vec::new(),
        phones: Vec::new(),
        born: row.get("born")?,
        care: Flags(row.get("care")?),
        work: Flags(row.get("work")?),
        version: row.get("version")?,
    })
}

/// Reads what a person is called and the phones.
pub(super) fn complete(conn: &Connection, person: &mut Person) -> Result<()> {
    let mut called = conn.prepare_cached("SELECT name FROM person_alias WHERE person_id = ?1 ORDER BY n")?;
    person.called = called.query_map([person.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut phones = conn.prepare_cached("SELECT digits FROM phone WHERE person_id = ?1 ORDER BY n")?;
    person.phones = phones.query_map([person.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(())
}

/// Who lives in a place: head first, then owner, family, tenant.
pub(super) fn members(conn: &Connection, place: PlaceId) -> Result<Vec<Member>> {
    let mut statement = conn.prepare_cached(
        "SELECT p.*, r.relation, r.is_head FROM residency r JOIN person p ON p.id = r.person_id \
         WHERE r.place_id = ?1 AND r.to_day IS NULL \
         ORDER BY r.is_head DESC, CASE r.relation WHEN 'owner' THEN 0 WHEN 'family' THEN 1 ELSE 2 END, p.id",
    )?;
    let mut members: Vec<Member> = statement
        .query_map([place], |row| {
            let person = from_row(row)?;
            Ok(Member { id: person.id, person, relation: row.get("relation")?, is_head: row.get("is_head")? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    for member in &mut members {
        complete(conn, &mut member.person)?;
    }
    Ok(members)
}

/// Whether a report is from or about a household with a care flag: the reporter, somebody living with him, or somebody of
/// the home it is about.
pub(super) fn has_care(conn: &Connection, reporter: Option<PersonId>, place: Option<PlaceId>) -> Result<bool> {
    let of_reporter = reporter.map(|person| household_has_care(conn, person)).transpose()?.unwrap_or(false);
    Ok(of_reporter || place.map(|place| home_has_care(conn, place)).transpose()?.unwrap_or(false))
}

fn home_has_care(conn: &Connection, place: PlaceId) -> Result<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM residency r JOIN person p ON p.id = r.person_id \
               WHERE r.place_id = ?1 AND r.to_day IS NULL AND p.care <> 0)",
        )?
        .query_row([place], |row| row.get(0))?)
}

fn household_has_care(conn: &Connection, person: PersonId) -> Result<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND care <> 0) OR EXISTS (\
               SELECT 1 FROM residency r JOIN residency o ON o.place_id = r.place_id AND o.to_day IS NULL \
                 JOIN person p ON p.id = o.person_id WHERE r.person_id = ?1 AND r.to_day IS NULL AND p.care <> 0)",
        )?
        .query_row([person], |row| row.get(0))?)
}

/// A resident's name and first number, for telling another ticket of him.
pub(super) fn name_and_phone(conn: &Connection, person: PersonId) -> Result<Option<(String, String)>> {
    Ok(conn
        .prepare_cached(
            "SELECT p.name, IFNULL((SELECT digits FROM phone WHERE person_id = p.id ORDER BY n LIMIT 1), '') FROM person p WHERE p.id = ?1",
        )?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}
