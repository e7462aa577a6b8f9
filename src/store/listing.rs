//! Whole lists for exports, row by row, in the order people count. Nothing is masked here: the rows' own types print masked.

use crate::domain::person::Relation;
use crate::domain::place::query::{HomeLine, Member, ResidentLine};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::{person, place};

/// Names of all compounds, the longest first: a longer one may hold a shorter.
pub(super) fn compound_names(conn: &Connection) -> Result<Vec<String>> {
    conn.column("SELECT label FROM place WHERE kind = 'compound' ORDER BY length(label) DESC, label", values![])
}

/// Every home, by compound and label.
pub(super) fn homes(conn: &Connection, mut each: impl FnMut(HomeLine)) -> Result<()> {
    conn.each(
        "SELECT p.*, c.label AS compound_name, b.label AS building_label, \
           (SELECT COUNT(*) FROM residency r WHERE r.place_id = p.id AND r.to_day IS NULL) AS people \
         FROM place p JOIN place c ON c.id = p.compound_id LEFT JOIN place b ON b.id = p.building_id \
         WHERE p.kind IN ('home', 'shop') ORDER BY c.sort_key, p.sort_key, p.id",
        values![],
        |row| {
            each(HomeLine {
                place: place::rows::Columns::read(row)?,
                compound: row.get("compound_name")?,
                building: row.text("building_label")?.to_owned(),
                people: row.get("people")?,
            });
            Ok(())
        },
    )
}

/// Every resident in every home, by compound and label.
pub(super) fn residents(conn: &Connection, mut each: impl FnMut(ResidentLine)) -> Result<()> {
    conn.each(
        "SELECT p.*, r.relation, r.is_head, h.unit, h.room, c.label AS compound_name, b.label AS building_label FROM person p \
         LEFT JOIN residency r ON r.person_id = p.id AND r.to_day IS NULL LEFT JOIN place h ON h.id = r.place_id \
         LEFT JOIN place c ON c.id = h.compound_id LEFT JOIN place b ON b.id = h.building_id \
         ORDER BY c.sort_key, h.sort_key, p.id",
        values![],
        |row| {
            let text = |column| row.text(column).map(str::to_owned);
            let mut person = person::rows::Columns::read(row)?;
            person::rows::complete(conn, &mut person)?;
            each(ResidentLine {
                member: Member {
                    id: person.id,
                    person,
                    relation: row.get::<Option<Relation>>("relation")?.unwrap_or(Relation::Owner),
                    is_head: row.get::<Option<bool>>("is_head")?.unwrap_or(false),
                },
                compound: text("compound_name")?,
                building: text("building_label")?,
                unit: text("unit")?,
                room: text("room")?,
            });
            Ok(())
        },
    )
}
