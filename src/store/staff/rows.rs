//! Rows of staff and shifts: who is on duty, and who could be sent.

use crate::domain::base::id::{PlaceId, StaffId, TicketId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::roster::duty::{self, Candidate, Duty, OnDuty, STANDBY_POST, Turn};
use crate::domain::roster::shift::{self, Presence};
use crate::domain::staff::{Role, Staff, skill_for};
use crate::store::file::convert::word_list;
use crate::store::file::engine::sql::{columns, elsewhere};
use crate::store::file::engine::{Connection, by_index, values};
use crate::store::file::error::Result;
use crate::store::roster;
use crate::store::settings::township;

columns! {
    /// The columns of a member of staff; whom he serves are rows of their own, and his cycle is the roster's.
    Columns: Staff in "staff" as "s" by "id";
    own { id, version }
    fields { name, role, phone, active }
    kept { skills = "skills": skill_words, word_list }
    beside { serves = elsewhere }
}

fn skill_words(skills: &[String]) -> String {
    skills.join(" ")
}

/// Adds a member of staff.
pub(in crate::store) fn insert(conn: &Connection, staff: &Staff) -> Result<()> {
    Columns::insert(conn, &staff.id, staff)?;
    insert_serves(conn, staff)
}

/// Writes a member of staff over what he was, and whom he serves; the version counts up.
pub(in crate::store) fn update(conn: &Connection, staff: &Staff) -> Result<()> {
    Columns::update(conn, &staff.id, staff)?;
    conn.run("DELETE FROM staff_compound WHERE staff_id = ?1", values![staff.id])?;
    insert_serves(conn, staff)
}

/// Adds the compounds a member of staff serves.
fn insert_serves(conn: &Connection, s: &Staff) -> Result<()> {
    let mut serves = conn.statement("INSERT INTO staff_compound (staff_id, compound_id) VALUES (?1, ?2)")?;
    s.serves.iter().try_for_each(|compound| serves.run(values![s.id, compound]).map(drop))
}

/// One member of staff.
pub(in crate::store) fn load(conn: &Connection, id: StaffId) -> Result<Option<Staff>> {
    let found = conn.row_if_any("SELECT * FROM staff WHERE id = ?1", values![id], Columns::read)?;
    let Some(mut staff) = found else { return Ok(None) };
    let serves = "SELECT compound_id FROM staff_compound WHERE staff_id = ?1 ORDER BY compound_id";
    staff.serves = conn.column(serves, values![id])?;
    Ok(Some(staff))
}

/// How many tickets a member of staff (`s`) has in hand.
fn jobs() -> String {
    let ticket = by_index("ticket t", "ticket_assignee");
    format!("(SELECT COUNT(*) FROM {ticket} WHERE t.assignee_id = s.id AND t.open = 1 AND t.status <> 'resolved')")
}

/// Who is on duty at a time, of one compound (or serving it) or all, by role, and who comes next. Leave given after the week
/// was published counts at once.
pub(in crate::store) fn duty(conn: &Connection, zone: Zone, at: Time, compound: Option<PlaceId>) -> Result<Duty> {
    let sql = format!(
        "SELECT h.*, s.name, s.role, s.phone, c.label AS compound_name, \
           (SELECT v.name FROM staff v WHERE v.id = h.covers) AS covers_name, \
           CASE WHEN h.presence = 'absent' THEN (SELECT v.name FROM shift x JOIN staff v ON v.id = x.staff_id \
             WHERE x.from_at >= h.from_at AND x.from_at < h.to_at AND x.covers = h.staff_id AND x.presence <> 'absent' LIMIT 1) END AS covered_by, \
           {} AS jobs \
         FROM shift h JOIN staff s ON s.id = h.staff_id LEFT JOIN place c ON c.id = h.compound_id \
         WHERE h.from_at > ?2 AND h.from_at <= ?1 AND h.to_at > ?1 AND s.active = 1 \
           AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.staff_id = s.id AND h.day BETWEEN l.from_day AND l.to_day) \
           AND (?3 IS NULL OR h.compound_id = ?3 OR (h.compound_id IS NULL AND (\
             NOT EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id) \
             OR EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id AND x.compound_id = ?3)))) \
         ORDER BY c.sort_key, s.name",
        jobs()
    );
    let mut now: Vec<OnDuty> = conn.rows(&sql, values![at, at.0 - shift::LONGEST, compound], |row| {
        Ok(OnDuty {
            shift: row.get("id")?,
            day: row.get("day")?,
            staff: row.get("staff_id")?,
            name: row.get("name")?,
            role: row.get("role")?,
            phone: row.get("phone")?,
            compound: row.text("compound_name")?.to_owned(),
            compound_id: row.get("compound_id")?,
            post: row.get("post")?,
            template: row.get("template")?,
            from: row.get("from_at")?,
            to: row.get("to_at")?,
            presence: row.get("presence")?,
            covers: row.get("covers_name")?,
            covered_by: row.get("covered_by")?,
            jobs: row.get("jobs")?,
        })
    })?;
    now.sort_by_key(|person| person.role);
    let next_at: Option<Time> = conn.value("SELECT MIN(from_at) FROM shift WHERE from_at > ?1", values![at])?;
    let mut next = Vec::new();
    if let Some(next_at) = next_at {
        next = conn.rows(
            "SELECT s.role, COUNT(*) AS people FROM shift h JOIN staff s ON s.id = h.staff_id WHERE h.from_at = ?1 \
               AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.staff_id = s.id AND h.day BETWEEN l.from_day AND l.to_day) GROUP BY s.role",
            values![next_at],
            |row| Ok((row.get::<Role>("role")?, row.get("people")?)),
        )?;
        next.sort_by_key(|(role, _)| *role);
    }
    let gaps = roster::wall::gaps(conn, zone, at, compound)?;
    Ok(Duty { now, next_at, next, gaps })
}

/// Who would be sent to each of these; none where nobody suits.
pub(in crate::store) fn suggest_each(
    conn: &Connection,
    zone: Zone,
    tickets: &[TicketId],
    at: Time,
) -> Result<Vec<(TicketId, Option<Candidate>)>> {
    let mut each = Vec::with_capacity(tickets.len());
    for &id in tickets {
        let Some((ticket, _)) = crate::store::ticket::rows::load(conn, id)? else { continue };
        let mut candidates = suggest(conn, zone, &ticket.category, ticket.compound, at)?;
        duty::arrange(&mut candidates, &ticket);
        each.push((id, candidates.into_iter().next().filter(|best| best.turn() != Turn::Other)));
    }
    Ok(each)
}

/// Who could be sent, the best first; nobody on leave. A night belongs to the day it began on, and so does its leave.
pub(in crate::store) fn suggest(
    conn: &Connection,
    zone: Zone,
    category: &str,
    compound: Option<PlaceId>,
    at: Time,
) -> Result<Vec<Candidate>> {
    let category = township::category(conn, category)?;
    let sql = format!(
        "SELECT s.id, s.name, s.role, s.phone, s.skills, h.to_at AS on_until, h.compound_id AS post_compound, h.post, h.presence, \
           (SELECT MIN(n.from_at) FROM shift n WHERE n.staff_id = s.id AND n.from_at > ?1) AS next_from, \
           {} AS jobs, \
           (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id) \
             OR EXISTS (SELECT 1 FROM staff_compound x WHERE x.staff_id = s.id AND x.compound_id = ?3)) AS serves \
         FROM staff s LEFT JOIN shift h ON h.staff_id = s.id AND h.from_at > ?2 AND h.from_at <= ?1 AND h.to_at > ?1 AND h.presence <> ?4 \
         WHERE s.active = 1 AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.staff_id = s.id AND COALESCE(h.day, ?5) BETWEEN l.from_day AND l.to_day) AND NOT EXISTS (\
           SELECT 1 FROM shift a WHERE a.staff_id = s.id AND a.from_at > ?2 AND a.from_at <= ?1 AND a.to_at > ?1 AND a.presence = ?4)",
        jobs()
    );
    let mut candidates: Vec<Candidate> =
        conn.rows(&sql, values![at, at.0 - shift::LONGEST, compound, Presence::Absent, zone.day(at)], |row| {
            let role: Role = row.get("role")?;
            let skills = word_list(row.text("skills")?);
            Ok(Candidate {
                staff: row.get("id")?,
                name: row.get("name")?,
                role,
                phone: row.get("phone")?,
                on_until: row.get("on_until")?,
                standby: row.get::<Option<String>>("post")?.is_some_and(|post| post.contains(STANDBY_POST)),
                present: matches!(row.get("presence")?, Some(Presence::Present | Presence::LateIn)),
                next_from: row.get("next_from")?,
                serves: row.get("serves")?,
                fits: category.as_ref().is_some_and(|category| category.roles.contains(&role)),
                skill: category.as_ref().and_then(|category| skill_for(&skills, category)).map(str::to_owned),
                jobs: row.get("jobs")?,
                post_compound: row.get("post_compound")?,
            })
        })?;
    candidates.sort_by_cached_key(Candidate::order);
    // Who has two shifts at once stands where the better one puts him.
    let mut seen = std::collections::BTreeSet::new();
    candidates.retain(|candidate| seen.insert(candidate.staff));
    Ok(candidates)
}
