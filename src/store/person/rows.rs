//! Rows of residents, what they are called, their phones, and where they live.

use crate::domain::base::id::{PersonId, PlaceId};
use crate::domain::person::{Person, Phone, Relation};
use crate::domain::place::query::Member;
use crate::store::file::engine::sql::{columns, elsewhere};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;

columns! {
    /// The columns of a person; names and phones are rows of their own.
    Columns: Person in "person" as "p" by "id";
    own { id, version }
    fields { name, born, care, work }
    beside { called = elsewhere; phones = elsewhere }
}

/// Adds a person with names and phones.
pub(in crate::store) fn insert(conn: &Connection, person: &Person) -> Result<()> {
    Columns::insert(conn, &person.id, person)?;
    insert_called(conn, person.id, &person.called)?;
    insert_phones(conn, person.id, &person.phones)
}

/// Writes a person over what there was, names and phones with it; the version counts up.
pub(in crate::store) fn update(conn: &Connection, person: &Person) -> Result<()> {
    let id = person.id;
    Columns::update(conn, &id, person)?;
    conn.run("DELETE FROM phone WHERE person_id = ?1", values![id])?;
    insert_phones(conn, id, &person.phones)?;
    conn.run("DELETE FROM person_alias WHERE person_id = ?1", values![id])?;
    insert_called(conn, id, &person.called)
}

/// Adds what people call a person.
pub(in crate::store) fn insert_called(conn: &Connection, id: PersonId, called: &[String]) -> Result<()> {
    let mut statement = conn.statement("INSERT INTO person_alias (person_id, n, name) VALUES (?1, ?2, ?3)")?;
    for (n, name) in (0_i64..).zip(called) {
        statement.run(values![id, n, name])?;
    }
    Ok(())
}

/// Adds a person's phones.
pub(in crate::store) fn insert_phones(conn: &Connection, id: PersonId, phones: &[Phone]) -> Result<()> {
    let mut statement = conn.statement("INSERT INTO phone (person_id, n, digits) VALUES (?1, ?2, ?3)")?;
    for (n, phone) in (0_i64..).zip(phones) {
        statement.run(values![id, n, phone])?;
    }
    Ok(())
}

/// Lets a person live in a place.
pub(in crate::store) fn insert_residency(
    conn: &Connection,
    person: PersonId,
    place: PlaceId,
    relation: Relation,
    is_head: bool,
) -> Result<()> {
    conn.run(
        "INSERT INTO residency (person_id, place_id, relation, is_head) VALUES (?1, ?2, ?3, ?4)",
        values![person, place, relation, is_head],
    )
    .map(drop)
}

/// Reads what a person is called and the phones.
pub(in crate::store) fn complete(conn: &Connection, person: &mut Person) -> Result<()> {
    let id = values![person.id];
    let called = conn.column("SELECT name FROM person_alias WHERE person_id = ?1 ORDER BY n", id)?;
    let phones = conn.column("SELECT digits FROM phone WHERE person_id = ?1 ORDER BY n", id)?;
    (person.called, person.phones) = (called, phones);
    Ok(())
}

/// Who lives in a place: head first, then owner, family, tenant.
pub(in crate::store) fn members(conn: &Connection, place: PlaceId) -> Result<Vec<Member>> {
    let mut members: Vec<Member> = conn.rows(
        "SELECT p.*, r.relation, r.is_head FROM residency r JOIN person p ON p.id = r.person_id \
         WHERE r.place_id = ?1 AND r.to_day IS NULL \
         ORDER BY r.is_head DESC, CASE r.relation WHEN 'owner' THEN 0 WHEN 'family' THEN 1 ELSE 2 END, p.id",
        values![place],
        |row| {
            let person = Columns::read(row)?;
            Ok(Member { id: person.id, person, relation: row.get("relation")?, is_head: row.get("is_head")? })
        },
    )?;
    for member in &mut members {
        complete(conn, &mut member.person)?;
    }
    Ok(members)
}

/// Whether a report is from or about a household with a care flag: the reporter, somebody living with him, or somebody of
/// the home it is about.
pub(in crate::store) fn has_care(
    conn: &Connection,
    reporter: Option<PersonId>,
    place: Option<PlaceId>,
) -> Result<bool> {
    let of_reporter = reporter.map(|person| household_has_care(conn, person)).transpose()?.unwrap_or(false);
    Ok(of_reporter || place.map(|place| home_has_care(conn, place)).transpose()?.unwrap_or(false))
}

fn home_has_care(conn: &Connection, place: PlaceId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM residency r JOIN person p ON p.id = r.person_id \
               WHERE r.place_id = ?1 AND r.to_day IS NULL AND p.care <> 0)",
        values![place],
    )
}

fn household_has_care(conn: &Connection, person: PersonId) -> Result<bool> {
    conn.value(
        "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND care <> 0) OR EXISTS (\
               SELECT 1 FROM residency r JOIN residency o ON o.place_id = r.place_id AND o.to_day IS NULL \
                 JOIN person p ON p.id = o.person_id WHERE r.person_id = ?1 AND r.to_day IS NULL AND p.care <> 0)",
        values![person],
    )
}

/// A resident's name and first number, for telling another ticket of him.
pub(in crate::store) fn name_and_phone(conn: &Connection, person: PersonId) -> Result<Option<(String, String)>> {
    conn.row_if_any(
        "SELECT p.name, COALESCE((SELECT digits FROM phone WHERE person_id = p.id ORDER BY n LIMIT 1), '') AS phone FROM person p WHERE p.id = ?1",
        values![person],
        |row| Ok((row.get("name")?, row.get("phone")?)),
    )
}
