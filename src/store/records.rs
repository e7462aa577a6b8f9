//! What the finder is built from: every resident, home, place, alias, member of staff, and the tickets of today's work.
//! How they are searched is `search`.

use crate::domain::base::event::Entity;
use crate::domain::base::find::{FindKind, Record};
use crate::domain::base::time::{DAY, Time};
use crate::domain::base::trouble::Trouble;
use crate::domain::person::{PersonName, Phone};
use crate::domain::place::PlaceKind;
use crate::domain::ticket::Number;
use crate::store::file::engine::{Connection, Rows, values};
use crate::store::file::error::{Error, Result};

/// Closed tickets stay findable by their words for so many days; older ones by number, or through the text index.
pub(super) const TICKET_DAYS: i64 = 30;

/// Gives every record to `each`; of a damaged file, all that can be read, and then the first damage met.
///
/// # Errors
/// Those of reading, damage aside.
pub(super) fn all(conn: &Connection, now: Time, mut each: impl FnMut(Record)) -> Result<Option<Error>> {
    let mut damage = None;
    let mut past_damage = |read: Result<()>| match read {
        Err(error @ Error::Trouble(Trouble::Damaged { .. })) => {
            damage.get_or_insert(error);
            Ok(())
        }
        read => read,
    };
    past_damage(residents(conn, None, &mut each))?;
    past_damage(places(conn, None, &mut each))?;
    past_damage(aliases(conn, None, &mut each))?;
    past_damage(staff(conn, None, &mut each))?;
    past_damage(tickets(conn, None, now, &mut each))?;
    Ok(damage)
}

/// Gives the records of one changed row; none when it is not to be found any more.
///
/// # Errors
/// Those of reading.
pub(super) fn of(conn: &Connection, entity: Entity, id: i64, now: Time, mut each: impl FnMut(Record)) -> Result<()> {
    match entity {
        Entity::Person | Entity::Residency => residents(conn, Some(id), &mut each),
        Entity::Place => {
            places(conn, Some(id), &mut each)?;
            aliases(conn, Some(id), &mut each)
        }
        Entity::Staff => staff(conn, Some(id), &mut each),
        Entity::Ticket => tickets(conn, Some(id), now, &mut each),
        _ => Ok(()),
    }
}

fn residents(conn: &Connection, only: Option<i64>, each: &mut impl FnMut(Record)) -> Result<()> {
    // Three cursors over the same order of persons, merged: one row a person and home, with all names and phones.
    let narrowed =
        |column: &str| if only.is_some() { format!("WHERE {column} = ?1") } else { "WHERE ?1 IS NULL".to_owned() };
    let mut called = conn.statement(&format!(
        "SELECT person_id, name AS text FROM person_alias {} ORDER BY person_id, n",
        narrowed("person_id")
    ))?;
    let mut phones = conn.statement(&format!(
        "SELECT person_id, digits AS text FROM phone {} ORDER BY person_id, n",
        narrowed("person_id")
    ))?;
    let mut called = Merged::new(called.open(values![only])?)?;
    let mut phones = Merged::new(phones.open(values![only])?)?;
    let mut last: Option<(i64, Vec<String>, Vec<Phone>)> = None;
    conn.each(
        &format!(
            "SELECT p.id, p.name, r.place_id, h.unit, h.room, c.label AS compound, b.label AS building, h.label FROM person p \
             LEFT JOIN residency r ON r.person_id = p.id AND r.to_day IS NULL LEFT JOIN place h ON h.id = r.place_id \
             LEFT JOIN place c ON c.id = h.compound_id LEFT JOIN place b ON b.id = h.building_id {} ORDER BY p.id",
            narrowed("p.id")
        ),
        values![only],
        |row| {
            let id: i64 = row.get("id")?;
            let (_, called, phones) = match &mut last {
                Some(same) if same.0 == id => same,
                other => other.insert((id, called.of(id)?, phones.of(id)?.into_iter().map(Phone::stored).collect())),
            };
            each(Record {
                kind: Some(FindKind::Resident),
                id,
                place: row.get::<Option<i64>>("place_id")?.unwrap_or(0),
                name: Some(PersonName::stored(row.get("name")?)),
                called: called.clone(),
                phones: phones.clone(),
                compound: row.text("compound")?.to_owned(),
                building: building_part(row.text("building")?),
                unit: row.text("unit")?.to_owned(),
                room: row.text("room")?.to_owned(),
                words: row.text("label")?.to_owned(),
                ..Record::default()
            });
            Ok(())
        },
    )
}

/// A cursor over (id, text) in the order of ids.
struct Merged<'a> {
    rows: Rows<'a>,
    next: Option<(i64, String)>,
}

impl<'a> Merged<'a> {
    fn new(rows: Rows<'a>) -> Result<Self> {
        let mut merged = Self { rows, next: None };
        merged.step()?;
        Ok(merged)
    }

    fn step(&mut self) -> Result<()> {
        self.next = self.rows.next(|row| Ok((row.get("person_id")?, row.get("text")?)))?;
        Ok(())
    }

    /// All texts of `id`; ids must be asked for in rising order.
    fn of(&mut self, id: i64) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        while let Some((at, text)) = self.next.take_if(|(at, _)| *at <= id) {
            if at == id {
                texts.push(text);
            }
            self.step()?;
        }
        Ok(texts)
    }
}

fn places(conn: &Connection, only: Option<i64>, each: &mut impl FnMut(Record)) -> Result<()> {
    let narrowed = if only.is_some() { "p.id = ?1" } else { "?1 IS NULL" };
    conn.each(
        &format!(
            "SELECT p.id, p.kind, p.label, p.unit, p.room, c.label AS compound, b.label AS building FROM place p \
         LEFT JOIN place c ON c.id = p.compound_id LEFT JOIN place b ON b.id = p.building_id \
         WHERE p.compound_id IS NOT NULL AND {narrowed} ORDER BY p.id"
        ),
        values![only],
        |row| {
            let kind: PlaceKind = row.get("kind")?;
            let id: i64 = row.get("id")?;
            each(Record {
                kind: Some(match kind {
                    PlaceKind::Home | PlaceKind::Shop | PlaceKind::Bay | PlaceKind::Common => FindKind::Home,
                    _ => FindKind::Place,
                }),
                id,
                place: id,
                compound: row.text("compound")?.to_owned(),
                building: building_part(row.text("building")?),
                unit: row.text("unit")?.to_owned(),
                room: row.text("room")?.to_owned(),
                words: row.get("label")?,
                ..Record::default()
            });
            Ok(())
        },
    )
}

fn aliases(conn: &Connection, only: Option<i64>, each: &mut impl FnMut(Record)) -> Result<()> {
    let narrowed = if only.is_some() { "a.place_id = ?1" } else { "?1 IS NULL" };
    let mut last: Option<Record> = None;
    conn.each(
        &format!(
            "SELECT a.place_id, a.name, p.label, c.label AS compound FROM place_alias a JOIN place p ON p.id = a.place_id \
             LEFT JOIN place c ON c.id = p.compound_id WHERE {narrowed} ORDER BY a.place_id, a.name"
        ),
        values![only],
        |row| {
            let (id, name): (i64, String) = (row.get("place_id")?, row.get("name")?);
            if let Some(same) = last.as_mut().filter(|r| r.id == id) {
                same.called.push(name);
                return Ok(());
            }
            let record = Record {
                kind: Some(FindKind::Alias),
                id,
                place: id,
                called: vec![name],
                compound: row.text("compound")?.to_owned(),
                words: row.get("label")?,
                ..Record::default()
            };
            if let Some(done) = last.replace(record) {
                each(done);
            }
            Ok(())
        },
    )?;
    last.into_iter().for_each(each);
    Ok(())
}

fn staff(conn: &Connection, only: Option<i64>, each: &mut impl FnMut(Record)) -> Result<()> {
    let narrowed = if only.is_some() { "id = ?1" } else { "?1 IS NULL" };
    conn.each(
        &format!("SELECT id, name, role, phone FROM staff WHERE active = 1 AND {narrowed} ORDER BY id"),
        values![only],
        |row| {
            each(Record {
                kind: Some(FindKind::Staff),
                id: row.get("id")?,
                name: Some(row.get("name")?),
                phones: row.get::<Option<Phone>>("phone")?.into_iter().collect(),
                words: row.get("role")?,
                ..Record::default()
            });
            Ok(())
        },
    )
}

fn tickets(conn: &Connection, only: Option<i64>, now: Time, each: &mut impl FnMut(Record)) -> Result<()> {
    // Two branches, so that each is read through its own index.
    let columns = "t.id, t.place_id, t.day, t.n, t.words, t.opened_at, coalesce(nullif(t.reporter_name, ''), r.name, '') AS reporter, \
        coalesce(nullif(t.reporter_phone, ''), (SELECT digits FROM phone WHERE person_id = t.reporter_id ORDER BY n LIMIT 1), '') AS reporter_phone, \
        c.label AS compound, p.label AS place, t.place_words, t.outside_number";
    let joins = "LEFT JOIN place c ON c.id = t.compound_id LEFT JOIN place p ON p.id = t.place_id LEFT JOIN person r ON r.id = t.reporter_id";
    let sql = match only {
        Some(_) => {
            format!("SELECT {columns} FROM ticket t {joins} WHERE t.id = ?1 AND (t.open = 1 OR t.opened_at >= ?2)")
        }
        None => format!(
            "SELECT {columns} FROM ticket t {joins} WHERE t.open = 1 AND t.opened_at < ?2 AND ?1 IS NULL \
             UNION ALL SELECT {columns} FROM ticket t {joins} WHERE t.opened_at >= ?2 AND t.status <> 'void'"
        ),
    };
    conn.each(&sql, values![only, now.0 - TICKET_DAYS * DAY], |row| {
        let name: String = row.get("reporter")?;
        let phone: String = row.get("reporter_phone")?;
        let number = Number { day: row.get("day")?, n: row.get("n")? };
        let texts = [row.text("words")?, row.text("place_words")?, row.text("outside_number")?];
        let words = texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        each(Record {
            kind: Some(FindKind::Ticket),
            id: row.get("id")?,
            place: row.get::<Option<i64>>("place_id")?.unwrap_or(0),
            name: (!name.is_empty()).then(|| PersonName::stored(name)),
            phones: (!phone.is_empty()).then(|| Phone::stored(phone)).into_iter().collect(),
            compound: row.text("compound")?.to_owned(),
            room: row.text("place")?.to_owned(),
            number: number.full(),
            words,
            at: row.get("opened_at")?,
            ..Record::default()
        });
        Ok(())
    })
}

/// A building's number or letter without its counter word: `3号楼` as `3`, `B座` as `B`.
pub(super) fn building_part(label: &str) -> String {
    label.trim_end_matches(['号', '楼', '栋', '幢', '座', '#', '院']).to_owned()
}
