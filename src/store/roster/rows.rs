//! Rows of rosters: published shifts as days, drafts, leave, needs, templates, rules; a week of everybody in one answer.
//! What may be written is decided in `domain`; who is on duty is `staff`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::base::id::{LeaveId, NeedId, PlaceId, ShiftId, StaffId};
use crate::domain::base::time::{DAY, Day, Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::roster::coverage::{self, Need};
use crate::domain::roster::cycle::Pattern;
use crate::domain::roster::query::{PostMonth, Worker};
use crate::domain::roster::rules::{Rule, RuleSet, Severity};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{DAYS, DAYS_BEFORE, DAYS_BEHIND, Leave, Member, Names, NeedRow, Week};
use crate::domain::roster::{DayPlan, Days, How, Off, Templates, Work};
use crate::domain::staff::Staff;
use crate::store::file::engine::sql::columns;
use crate::store::file::engine::{Connection, JOIN_IN_ORDER, Row, by_index, values};
use crate::store::file::error::{Error, Result};
use crate::store::settings::calendar;
use crate::store::staff::{self, departure};
use crate::store::ticket;

/// A week of everybody.
pub(in crate::store) fn week(conn: &Connection, zone: Zone, monday: Day) -> Result<Week> {
    let from = monday - chrono::Duration::days(DAYS_BEFORE);
    let (templates, names) = templates(conn)?;
    Ok(Week {
        monday,
        zone,
        people: members(conn, (&templates, zone), from, monday, (DAYS_BEFORE + DAYS + DAYS_BEHIND) as usize, None)?,
        needs: needs(conn)?,
        templates,
        names,
        rules: rules(conn)?,
        calendar: calendar::load(conn, zone)?,
        compounds: compounds(conn)?,
    })
}

/// Everybody employed, or one person, with `count` days from `from` on. Who has left is among them while he has shifts on
/// `seen` or later; the shift in which he left is his no more, since for the rest of it somebody is missing.
fn members(
    conn: &Connection,
    (templates, zone): (&Templates, Zone),
    from: Day,
    seen: Day,
    count: usize,
    only: Option<StaffId>,
) -> Result<Vec<Member>> {
    let to = from + chrono::Duration::days(i64::try_from(count).unwrap_or(0) - 1);
    let mut shifts: HashMap<StaffId, BTreeMap<Day, Vec<Work>>> = HashMap::new();
    let mut published: BTreeSet<Day> = BTreeSet::new();
    let mut old_hours: HashMap<StaffId, BTreeSet<Day>> = HashMap::new();
    let left_at = if only.is_none() { departure::left_at(conn)? } else { HashMap::new() };
    // A night begins on the day after its own.
    let (first, last) = (zone.at(from, 0), zone.at(to, 0).0 + 2 * DAY);
    conn.each(
        "SELECT staff_id, day, template, compound_id, post, swapped_with, covers, from_at, to_at FROM shift \
         WHERE from_at >= ?1 AND from_at < ?2 AND day BETWEEN ?3 AND ?4 ORDER BY from_at",
        values![first, last, from, to],
        |row| {
            let day = row.get("day")?;
            published.insert(day);
            let id: StaffId = row.get("staff_id")?;
            let (begins, ends): (Time, Time) = (row.get("from_at")?, row.get("to_at")?);
            if left_at.get(&id).is_some_and(|left| (begins..ends).contains(left)) {
                return Ok(());
            }
            if only.is_none_or(|only| only == id) {
                let work = work(row)?;
                if templates.span(work.template, day, zone) != (begins, ends) {
                    old_hours.entry(id).or_default().insert(day);
                }
                shifts.entry(id).or_default().entry(day).or_default().push(work);
            }
            Ok(())
        },
    )?;
    let mut drafts: HashMap<StaffId, BTreeMap<Day, DayPlan>> = HashMap::new();
    conn.each("SELECT staff_id, day, plan FROM draft_day WHERE day BETWEEN ?1 AND ?2", values![from, to], |row| {
        let day = row.get("day")?;
        drafts.entry(row.get("staff_id")?).or_default().insert(day, plan_of(row.text("plan")?)?);
        Ok(())
    })?;
    let mut leave: HashMap<StaffId, Vec<Leave>> = HashMap::new();
    conn.each(
        &format!("SELECT * FROM {} WHERE to_day >= ?1 AND from_day <= ?2 ORDER BY from_day, id", leave_by_end()),
        values![from, to],
        |row| {
            leave.entry(row.get("staff_id")?).or_default().push(leave_row(row)?);
            Ok(())
        },
    )?;
    let mut people = Vec::new();
    for (staff, told) in everybody(conn, only)? {
        let mut own = shifts.remove(&staff.id).unwrap_or_default();
        if !staff.active && only.is_none() && own.keys().all(|day| !(0..DAYS).contains(&(*day - seen).num_days())) {
            continue;
        }
        let plans = from
            .iter_days()
            .take(count)
            .map(|day| match own.remove(&day) {
                Some(shifts) => DayPlan { shifts, off: Off::Unsaid },
                None if published.contains(&day) => DayPlan::rest(),
                None => DayPlan::default(),
            })
            .collect();
        people.push(Member {
            told,
            published: Days { from, plans },
            old_hours: old_hours.remove(&staff.id).unwrap_or_default(),
            drafts: drafts.remove(&staff.id).unwrap_or_default(),
            leave: leave.remove(&staff.id).unwrap_or_default(),
            staff,
        });
    }
    Ok(people)
}

fn work(row: &Row<'_>) -> Result<Work> {
    let (swapped, covers): (Option<StaffId>, Option<StaffId>) = (row.get("swapped_with")?, row.get("covers")?);
    let how = swapped.map(How::Swapped).or_else(|| covers.map(How::Covers)).unwrap_or_default();
    Ok(Work { template: row.get("template")?, compound: row.get("compound_id")?, post: row.get("post")?, how })
}

/// Staff by role and name, each with the cycle told for him.
fn everybody(conn: &Connection, only: Option<StaffId>) -> Result<Vec<(Staff, Option<Pattern>)>> {
    let mut serves: HashMap<StaffId, Vec<PlaceId>> = HashMap::new();
    conn.each(
        "SELECT staff_id, compound_id FROM staff_compound WHERE ?1 IS NULL OR staff_id = ?1 ORDER BY staff_id, compound_id",
        values![only],
        |row| {
            serves.entry(row.get("staff_id")?).or_default().push(row.get("compound_id")?);
            Ok(())
        },
    )?;
    let mut people: Vec<(Staff, Option<Pattern>)> =
        conn.rows("SELECT * FROM staff WHERE ?1 IS NULL OR id = ?1", values![only], |row| {
            let mut staff = staff::rows::Columns::read(row)?;
            staff.serves = serves.remove(&staff.id).unwrap_or_default();
            Ok((staff, Pattern::from_kept(row.text("cycle")?)))
        })?;
    people.sort_by_key(|(staff, _)| (staff.role, staff.id));
    Ok(people)
}

/// Hours and names of the shifts.
pub(in crate::store) fn templates(conn: &Connection) -> Result<(Templates, Names)> {
    let mut templates = Templates::starting();
    let mut names: Names = Default::default();
    conn.each("SELECT code, zh, en, from_minute, to_minute FROM shift_template", values![], |row| {
        let template: Template = row.get("code")?;
        names[template as usize] = (row.get("zh")?, row.get("en")?);
        templates.0[template as usize] = (row.get("from_minute")?, row.get("to_minute")?);
        Ok(())
    })?;
    Ok((templates, names))
}

/// The rules.
pub(in crate::store) fn rules(conn: &Connection) -> Result<RuleSet> {
    let mut rules = RuleSet::STARTING;
    conn.each("SELECT rule, severity, figure FROM roster_rule", values![], |row| {
        let (rule, severity, figure): (Rule, Severity, Option<i64>) =
            (row.get("rule")?, row.get("severity")?, row.get("figure")?);
        rules.severity[rule as usize] = severity;
        match (rule, figure) {
            (Rule::ShortRest, Some(minutes)) => rules.rest_minutes = minutes,
            (Rule::NoDayOff, Some(days)) => rules.days_in_a_row = usize::try_from(days).unwrap_or(6),
            (Rule::WeekHours, Some(hours)) => rules.week_hours = hours,
            _ => {}
        }
        Ok(())
    })?;
    Ok(rules)
}

/// The needs: of the township first, then by compound as they are ordered, by role and shift.
pub(in crate::store) fn needs(conn: &Connection) -> Result<Vec<NeedRow>> {
    let sql = format!(
        "SELECT {} FROM need n LEFT JOIN place p ON p.id = n.compound_id \
         ORDER BY n.compound_id IS NOT NULL, p.sort_key, n.id",
        NeedColumns::READ
    );
    conn.rows(&sql, values![], |row| Ok(NeedRow { id: row.get("id")?, need: NeedColumns::read(row)? }))
}

/// Compounds in order, by name.
pub(in crate::store) fn compounds(conn: &Connection) -> Result<Vec<(PlaceId, String)>> {
    conn.rows(
        &format!(
            "SELECT p.id, p.label FROM compound c {JOIN_IN_ORDER} place p ON p.id = c.place_id ORDER BY p.sort_key, p.id"
        ),
        values![],
        |row| Ok((row.get("id")?, row.get("label")?)),
    )
}

fn leave_row(row: &Row<'_>) -> Result<Leave> {
    Ok(Leave {
        id: row.get("id")?,
        from: row.get("from_day")?,
        to: row.get("to_day")?,
        kind: row.get("kind")?,
        note: row.get("note")?,
    })
}

/// Leave, read by its last days: most of it is over.
pub(in crate::store) fn leave_by_end() -> String {
    by_index("leave", "leave_to")
}

/// Leave of somebody that touches some days.
pub(in crate::store) fn leave_of(conn: &Connection, staff: StaffId, from: Day, to: Day) -> Result<Vec<Leave>> {
    conn.rows(
        &format!(
            "SELECT * FROM {} WHERE to_day >= ?2 AND from_day <= ?3 AND staff_id = ?1 ORDER BY from_day, id",
            leave_by_end()
        ),
        values![staff, from, to],
        leave_row,
    )
}

/// Leave by its id.
pub(in crate::store) fn leave(conn: &Connection, id: LeaveId) -> Result<Option<Leave>> {
    conn.row_if_any("SELECT * FROM leave WHERE id = ?1", values![id], leave_row)
}

/// Adds leave.
pub(in crate::store) fn insert_leave(conn: &Connection, staff: StaffId, leave: &Leave) -> Result<()> {
    conn.run(
        "INSERT INTO leave (id, staff_id, from_day, to_day, kind, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![leave.id, staff, leave.from, leave.to, leave.kind, leave.note],
    )
    .map(drop)
}

/// Takes leave out.
pub(in crate::store) fn remove_leave(conn: &Connection, id: LeaveId) -> Result<()> {
    conn.run("DELETE FROM leave WHERE id = ?1", values![id]).map(drop)
}

/// The draft of a day.
pub(in crate::store) fn draft(conn: &Connection, staff: StaffId, day: Day) -> Result<Option<DayPlan>> {
    let text: Option<String> =
        conn.value_if_any("SELECT plan FROM draft_day WHERE day = ?1 AND staff_id = ?2", values![day, staff])?;
    text.map(|text| plan_of(&text)).transpose()
}

/// Writes the draft of a day; none takes it out.
pub(in crate::store) fn put_draft(conn: &Connection, staff: StaffId, day: Day, plan: Option<&DayPlan>) -> Result<()> {
    match plan {
        None => conn.run("DELETE FROM draft_day WHERE day = ?1 AND staff_id = ?2", values![day, staff])?,
        Some(plan) => conn.run(
            "INSERT INTO draft_day (day, staff_id, plan) VALUES (?1, ?2, ?3) ON CONFLICT (day, staff_id) DO UPDATE SET plan = excluded.plan",
            values![day, staff, serde_json::to_string(plan).unwrap_or_default()],
        )?,
    };
    Ok(())
}

/// Makes the shifts of somebody's day those of a plan. A shift that stays keeps what is known of his coming.
pub(in crate::store) fn put_shifts(
    conn: &Connection,
    (staff, day): (StaffId, Day),
    (was, now): (&DayPlan, &DayPlan),
    (templates, zone): (&Templates, Zone),
    mut next_id: impl FnMut() -> ShiftId,
) -> Result<()> {
    for gone in was.shifts.iter().filter(|old| now.shifts.iter().all(|new| new.template != old.template)) {
        conn.run(
            "DELETE FROM shift WHERE staff_id = ?1 AND day = ?2 AND template = ?3",
            values![staff, day, gone.template],
        )?;
    }
    for work in &now.shifts {
        let (from, to) = templates.span(work.template, day, zone);
        let (swapped, covers) = match work.how {
            How::Planned => (None, None),
            How::Swapped(with) => (Some(with), None),
            How::Covers(whom) => (None, Some(whom)),
        };
        conn.run(
            "INSERT INTO shift (id, staff_id, day, template, from_at, to_at, compound_id, post, swapped_with, covers) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
             ON CONFLICT (staff_id, day, template) DO UPDATE SET (from_at, to_at, compound_id, post, swapped_with, covers) = \
               (excluded.from_at, excluded.to_at, excluded.compound_id, excluded.post, excluded.swapped_with, excluded.covers), \
               version = version + 1",
            values![next_id(), staff, day, work.template, from, to, work.compound, work.post, swapped, covers],
        )?;
    }
    Ok(())
}

columns! {
    /// The columns of a need.
    NeedColumns: Need in "need" as "n" by "id";
    fields { compound = "compound_id", role, template, days, count }
}

/// Writes a need, or takes it out.
pub(in crate::store) fn put_need(conn: &Connection, id: NeedId, need: &Need, there: bool) -> Result<()> {
    conn.run("DELETE FROM need WHERE id = ?1", values![id])?;
    if there { NeedColumns::insert(conn, &id, need) } else { Ok(()) }
}

/// Writes a member of staff over what he was; his cycle with him.
pub(in crate::store) fn update_staff(conn: &Connection, staff: &Staff, cycle: &str) -> Result<()> {
    staff::rows::update(conn, staff)?;
    conn.run("UPDATE staff SET cycle = ?2 WHERE id = ?1", values![staff.id, cycle]).map(drop)
}

/// A plan as it is kept.
pub(in crate::store) fn plan_of(text: &str) -> Result<DayPlan> {
    serde_json::from_str(text)
        .map_err(|_| Error::Trouble(Trouble::Damaged { detail: "a drafted day of a form not known".to_owned() }))
}

/// A month of one person.
pub(in crate::store) fn worker(conn: &Connection, zone: Zone, id: StaffId, month: Day) -> Result<Option<Worker>> {
    let (first, days) = month_of(month);
    let (templates, names) = templates(conn)?;
    let Some(member) = members(conn, (&templates, zone), first, first, days, Some(id))?.pop() else { return Ok(None) };
    let mut name = conn.statement("SELECT label FROM place WHERE id = ?1")?;
    let serves = member.staff.serves.iter().map(|place| name.value(values![place])).collect::<Result<_>>()?;
    Ok(Some(Worker { first, templates, names, serves, jobs: ticket::rows::open_of(conn, id)?, member }))
}

/// A month of one compound.
pub(in crate::store) fn post_month(conn: &Connection, zone: Zone, compound: PlaceId, month: Day) -> Result<PostMonth> {
    let (first, days) = month_of(month);
    let (templates, names) = templates(conn)?;
    let everybody = members(conn, (&templates, zone), first, first, days, None)?;
    let calendar = calendar::load(conn, zone)?;
    let needs: Vec<Need> =
        needs(conn)?.into_iter().map(|row| row.need).filter(|need| need.compound == Some(compound)).collect();
    let persons: Vec<coverage::Person> = everybody
        .iter()
        .map(|member| coverage::Person {
            staff: member.staff.id,
            role: member.staff.role,
            serves: member.staff.serves.clone(),
            days: member.days(first, i64::try_from(days).unwrap_or(31)),
        })
        .collect();
    let slots = coverage::matrix(&needs, &persons, first, days, &calendar, &templates);
    let here = |member: &Member| {
        let serves = member.staff.serves.contains(&compound);
        first.iter_days().take(days).any(|day| {
            let there = |work: &Work| work.compound == Some(compound) || (work.compound.is_none() && serves);
            member.plan(day).shifts.iter().any(there)
        })
    };
    let people = everybody.into_iter().filter(here).collect();
    let name = conn.value_if_any("SELECT label FROM place WHERE id = ?1", values![compound])?.unwrap_or_default();
    Ok(PostMonth { compound, name, first, names, people, slots })
}

/// The first day of a month and how many it has.
fn month_of(day: Day) -> (Day, usize) {
    use chrono::{Datelike, Months};
    let first = day.with_day(1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    (first, usize::try_from((next - first).num_days()).unwrap_or(30))
}

/// A member of staff with the cycle told for him, as kept.
pub(in crate::store) fn staff_and_cycle(conn: &Connection, id: StaffId) -> Result<Option<(Staff, String)>> {
    let Some(found) = staff::rows::load(conn, id)? else { return Ok(None) };
    let cycle = conn.value("SELECT cycle FROM staff WHERE id = ?1", values![id])?;
    Ok(Some((found, cycle)))
}
