//! The plan as it is on the wall, read for a span of days: who works when, who is on leave, what is needed, where gaps are.
//! Drafts are not in it; they are `roster`'s.

use std::collections::BTreeMap;

use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::person::PersonName;
use crate::domain::roster::coverage::{Need, Person, matrix};
use crate::domain::roster::duty::{GAPS_AHEAD, Gap};
use crate::domain::roster::shift::{self, Presence};
use crate::domain::roster::stand_in::{Ground, Member, StandIn, Wanted, stand_ins as rank};
use crate::domain::roster::{DayPlan, Days, How, Off, Work, monday};
use crate::domain::staff::Role;
use crate::domain::staff::query::{Coverage, Doing, StaffRow};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::roster;
use crate::store::settings::calendar;
use crate::store::staff::rows::Columns;

/// All active staff with `days` days from `from` on, as published.
pub(in crate::store) fn members(conn: &Connection, zone: Zone, from: Day, days: usize) -> Result<Vec<Member>> {
    let mut members: Vec<Member> = conn.rows("SELECT * FROM staff WHERE active = 1 ORDER BY id", values![], |row| {
        let plans = vec![DayPlan::default(); days];
        Ok(Member { staff: Columns::read(row)?, days: Days { from, plans }, absent: Vec::new() })
    })?;
    let at: BTreeMap<StaffId, usize> = members.iter().enumerate().map(|(i, member)| (member.staff.id, i)).collect();
    let serves = "SELECT staff_id, compound_id FROM staff_compound ORDER BY staff_id, compound_id";
    conn.each(serves, values![], |row| {
        if let Some(&i) = at.get(&row.get("staff_id")?) {
            members[i].staff.serves.push(row.get("compound_id")?);
        }
        Ok(())
    })?;
    let end = from + chrono::Duration::days(i64::try_from(days).unwrap_or(0));
    shifts(conn, (zone.at(from, 0), zone.at(end, 2 * 1_440)), &at, &mut members)?;
    leave(conn, from, end, &at, &mut members)?;
    Ok(members)
}

/// Puts the shifts that begin on the members' days into them; one he was absent from is told apart.
fn shifts(
    conn: &Connection,
    (from, to): (Time, Time),
    at: &BTreeMap<StaffId, usize>,
    members: &mut [Member],
) -> Result<()> {
    conn.each(
        "SELECT staff_id, day, template, compound_id, post, presence, swapped_with, covers FROM shift \
         WHERE from_at >= ?1 AND from_at < ?2 ORDER BY from_at",
        values![from, to],
        |row| {
            let (Some(&i), day) = (at.get(&row.get("staff_id")?), row.get("day")?) else { return Ok(()) };
            let member = &mut members[i];
            let Some(plan) = plan_on(&mut member.days, day) else { return Ok(()) };
            if row.get::<Presence>("presence")? == Presence::Absent {
                member.absent.push(day);
                return Ok(());
            }
            let how = match (row.get::<Option<StaffId>>("swapped_with")?, row.get::<Option<StaffId>>("covers")?) {
                (Some(with), _) => How::Swapped(with),
                (None, Some(whom)) => How::Covers(whom),
                (None, None) => How::Planned,
            };
            plan.shifts.push(Work {
                template: row.get("template")?,
                compound: row.get("compound_id")?,
                post: row.get("post")?,
                how,
            });
            Ok(())
        },
    )
}

fn leave(conn: &Connection, from: Day, end: Day, at: &BTreeMap<StaffId, usize>, members: &mut [Member]) -> Result<()> {
    conn.each(
        &format!(
            "SELECT staff_id, from_day, to_day, kind FROM {} WHERE to_day >= ?1 AND from_day < ?2",
            roster::rows::leave_by_end()
        ),
        values![from, end],
        |row| {
            let Some(&i) = at.get(&row.get("staff_id")?) else { return Ok(()) };
            let (first, last) = (row.get::<Day>("from_day")?, row.get("to_day")?);
            let kind = row.get("kind")?;
            for day in first.max(from).iter_days().take_while(|day| *day <= last && *day < end) {
                if let Some(plan) = plan_on(&mut members[i].days, day) {
                    plan.off = Off::Leave(kind);
                }
            }
            Ok(())
        },
    )
}

fn plan_on(days: &mut Days, day: Day) -> Option<&mut DayPlan> {
    let at = usize::try_from((day - days.from).num_days()).ok()?;
    days.plans.get_mut(at)
}

/// Who could step into a shift, the best first.
pub(in crate::store) fn stand_ins(conn: &Connection, zone: Zone, wanted: Wanted) -> Result<Vec<StandIn>> {
    let (rules, (templates, _)) = (roster::rows::rules(conn)?, roster::rows::templates(conn)?);
    // The week for its hours, and as many days before as can be in a row.
    let back = i64::try_from(rules.days_in_a_row).unwrap_or(6).clamp(1, 31);
    let from = monday(wanted.day).min(wanted.day - chrono::Duration::days(back));
    let days = usize::try_from((monday(wanted.day) - from).num_days()).unwrap_or(0) + 9;
    let mut members = members(conn, zone, from, days)?;
    if wanted.drafts {
        draft(conn, &mut members)?;
    }
    Ok(rank(&members, wanted, Ground { rules: &rules, templates: &templates, zone }))
}

/// Puts drafted days into the members' days, leave kept.
fn draft(conn: &Connection, members: &mut [Member]) -> Result<()> {
    let Some(days) = members.first().map(|member| (member.days.from, member.days.plans.len())) else { return Ok(()) };
    let last = days.0 + chrono::Duration::days(i64::try_from(days.1).unwrap_or(1) - 1);
    let at: BTreeMap<StaffId, usize> = members.iter().enumerate().map(|(i, member)| (member.staff.id, i)).collect();
    conn.each("SELECT staff_id, day, plan FROM draft_day WHERE day BETWEEN ?1 AND ?2", values![days.0, last], |row| {
        let Some(&i) = at.get(&row.get("staff_id")?) else { return Ok(()) };
        let drafted = roster::rows::plan_of(row.text("plan")?)?;
        if let Some(plan) = plan_on(&mut members[i].days, row.get("day")?) {
            plan.shifts = drafted.shifts;
            if !plan.on_leave() {
                plan.off = drafted.off;
            }
        }
        Ok(())
    })
}

fn persons(members: &[Member]) -> Vec<Person> {
    members
        .iter()
        .map(|member| Person {
            staff: member.staff.id,
            role: member.staff.role,
            serves: member.staff.serves.clone(),
            days: member.days.clone(),
        })
        .collect()
}

/// Whether enough people come on the days ahead.
pub(in crate::store) fn coverage(conn: &Connection, zone: Zone, from: Day, days: usize) -> Result<Coverage> {
    let needs: Vec<Need> = roster::rows::needs(conn)?.into_iter().map(|row| row.need).collect();
    let ((templates, names), calendar) = (roster::rows::templates(conn)?, calendar::load(conn, zone)?);
    let mut members = members(conn, zone, from, days)?;
    let slots = |members: &[Member]| matrix(&needs, &persons(members), from, days, &calendar, &templates);
    let on_the_wall = slots(&members).into_iter().map(|slot| slot.have).collect();
    draft(conn, &mut members)?;
    let slots = slots(&members);
    let compounds = roster::rows::compounds(conn)?;
    Ok(Coverage { from, days, slots, on_the_wall, members, compounds, templates, names })
}

/// Everybody of the company, by role and name, those who have left last.
pub(in crate::store) fn staff_list(conn: &Connection, zone: Zone, now: Time) -> Result<Vec<StaffRow>> {
    use chrono::Datelike;
    let today = zone.day(now);
    let first = today.with_day(1).unwrap_or(today);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    let ((templates, _), mut rows) = (roster::rows::templates(conn)?, Vec::new());
    let mut on = conn.statement(
        "SELECT h.to_at, h.presence FROM shift h WHERE h.staff_id = ?1 AND h.from_at > ?3 AND h.from_at <= ?2 AND h.to_at > ?2 \
           AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.staff_id = h.staff_id AND h.day BETWEEN l.from_day AND l.to_day) \
         ORDER BY h.presence = 'absent' LIMIT 1",
    )?;
    let mut again =
        conn.statement("SELECT MIN(from_at) FROM shift WHERE staff_id = ?1 AND day >= ?3 AND from_at > ?2")?;
    let mut jobs =
        conn.statement("SELECT COUNT(*) FROM ticket WHERE assignee_id = ?1 AND open = 1 AND status <> 'resolved'")?;
    let mut name = conn.statement("SELECT label FROM place WHERE id = ?1")?;
    let days = usize::try_from((next - first).num_days()).unwrap_or(31);
    let gone = conn.rows("SELECT * FROM staff WHERE active = 0 ORDER BY id", values![], Columns::read)?;
    let here = members(conn, zone, first, days)?;
    let gone = gone.into_iter().map(|staff| Member {
        staff,
        days: Days { from: first, plans: Vec::new() },
        absent: Vec::new(),
    });
    for Member { staff, days, .. } in here.into_iter().chain(gone) {
        let running = on.row_if_any(values![staff.id, now, now.0 - shift::LONGEST], |row| {
            Ok(Doing::On(row.get("to_at")?, row.get("presence")?))
        })?;
        let leave = match days.on(today).map(|plan| plan.off) {
            Some(Off::Leave(kind)) => Some(Doing::Leave(kind)),
            _ => None,
        };
        let doing = match running.or(leave) {
            _ if !staff.active => Doing::Left,
            Some(doing) => doing,
            None => Doing::Off(again.value(values![staff.id, now, today])?),
        };
        let worked = days.plans.iter().filter(|plan| !plan.on_leave()).flat_map(|plan| &plan.shifts);
        rows.push(StaffRow {
            serves: staff.serves.iter().map(|place| name.value(values![place])).collect::<Result<_>>()?,
            doing,
            jobs: jobs.value(values![staff.id])?,
            month_minutes: worked.map(|work| templates.length(work.template)).sum(),
            staff,
        });
    }
    rows.sort_by_key(|row| (!row.staff.active, row.staff.role, row.staff.id));
    Ok(rows)
}

/// Where somebody is missing at `at` or soon after, of one compound or all, the earliest first.
pub(in crate::store) fn gaps(conn: &Connection, zone: Zone, at: Time, compound: Option<PlaceId>) -> Result<Vec<Gap>> {
    let mut gaps = absences(conn, at)?;
    let needs: Vec<Need> = roster::rows::needs(conn)?.into_iter().map(|row| row.need).collect();
    if !needs.is_empty() {
        let from = zone.day(at) - chrono::Duration::days(1);
        let ((templates, _), calendar) = (roster::rows::templates(conn)?, calendar::load(conn, zone)?);
        let people = persons(&members(conn, zone, from, 3)?);
        for slot in matrix(&needs, &people, from, 3, &calendar, &templates) {
            let need = slot.need;
            let (from, to) = templates.span(need.template, slot.day, zone);
            if slot.missing() == 0 || to <= at || from.0 > at.0 + GAPS_AHEAD {
                continue;
            }
            // Who did not come is missing where he was needed: one gap, not two. Of several each is one; the first bears
            // what is missing beside them.
            let is_known = |gap: &&mut Gap| {
                gap.absent.is_some()
                    && (gap.day, gap.template, gap.role) == (slot.day, need.template, need.role)
                    && (need.compound.is_none() || gap.compound.is_none() || gap.compound == need.compound)
            };
            let mut known: Vec<&mut Gap> = gaps.iter_mut().filter(is_known).collect();
            let told: u32 = known.iter().map(|gap| gap.missing).sum();
            match known.first_mut() {
                Some(gap) => gap.missing += slot.missing().saturating_sub(told),
                None => gaps.push(Gap {
                    day: slot.day,
                    template: need.template,
                    from,
                    to,
                    role: need.role,
                    compound: need.compound,
                    place: String::new(),
                    missing: slot.missing(),
                    absent: None,
                }),
            }
        }
    }
    gaps.retain(|gap| compound.is_none() || gap.compound.is_none() || gap.compound == compound);
    let mut name = conn.statement("SELECT label FROM place WHERE id = ?1")?;
    for gap in &mut gaps {
        if let Some(compound) = gap.compound {
            gap.place = name.value(values![compound])?;
        }
    }
    gaps.sort_by(|a, b| (a.from, a.role, &a.place).cmp(&(b.from, b.role, &b.place)));
    Ok(gaps)
}

/// Shifts of now and soon whose people did not come, and nobody stepped in.
fn absences(conn: &Connection, at: Time) -> Result<Vec<Gap>> {
    conn.rows(
        "SELECT h.id, h.day, h.template, h.from_at, h.to_at, h.compound_id, h.staff_id, s.role, s.name \
         FROM shift h JOIN staff s ON s.id = h.staff_id \
         WHERE h.from_at > ?2 AND h.from_at <= ?3 AND h.to_at > ?1 AND h.presence = 'absent' AND NOT EXISTS (\
           SELECT 1 FROM shift x WHERE x.from_at >= h.from_at AND x.from_at < h.to_at AND x.covers = h.staff_id AND x.presence <> 'absent')",
        values![at, at.0 - shift::LONGEST, at.0 + GAPS_AHEAD],
        |row| {
            Ok(Gap {
                day: row.get("day")?,
                template: row.get("template")?,
                from: row.get("from_at")?,
                to: row.get("to_at")?,
                role: row.get::<Role>("role")?,
                compound: row.get("compound_id")?,
                place: String::new(),
                missing: 1,
                absent: Some((row.get("id")?, row.get("staff_id")?, row.get::<PersonName>("name")?)),
            })
        },
    )
}
