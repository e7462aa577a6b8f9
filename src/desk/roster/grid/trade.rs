//! 换班 and 顶班: two people's days, chosen by moving the cursor, said in words before Enter.
//! Who worked for whom stays with the shift; it is nobody's habit and is never copied.

use crate::desk::Desk;
use crate::desk::frame::notice::Level;
use crate::desk::roster::grid::edit::draft;
use crate::desk::roster::grid::{Asking, Roster, find, find_mut, may_plan};
use crate::domain::base::id::StaffId;
use crate::domain::base::time::Day;
use crate::domain::roster::op::Planned;
use crate::domain::roster::week::{Member, Week};
use crate::domain::roster::{DayPlan, How, Off, Work};
use crate::text::{Lang, roster as words, t};

/// Asks with whom and which day the cell under the cursor is exchanged.
pub(in crate::desk) fn swap(desk: &mut Desk) {
    begin(desk, |staff, column| Asking::Swap { staff, column });
}

/// Asks who covers for whom on the cursor's day.
pub(in crate::desk) fn cover(desk: &mut Desk) {
    begin(desk, |staff, column| Asking::Cover { staff, column });
}

fn begin(desk: &mut Desk, asking: fn(StaffId, usize) -> Asking) {
    if let Err(reason) = may_plan(desk) {
        return desk.notice(Level::Refused, desk.say(reason));
    }
    let now = desk.now;
    let Some(roster) = find_mut(desk) else { return };
    let (column, day) = (roster.column, roster.day(roster.column));
    let Some((grid, member)) = roster.grid.as_ref().zip(roster.member()) else { return };
    if grid.week.is_fixed(member, day, now) {
        let why = t("这一天已过或班已开始, 不能再改", "That day has passed or its shift has begun; it stays");
        return desk.notice(Level::Refused, desk.say(why));
    }
    let staff = member.staff.id;
    roster.anchor = None;
    roster.asking = asking(staff, column);
}

/// What Enter would do now, in words; or why it cannot.
pub fn in_words(desk: &Desk, roster: &Roster) -> Option<Result<String, String>> {
    let grid = roster.grid.as_ref()?;
    let there = roster.member()?;
    let name = |member: &Member| member.staff.name.reveal().to_owned();
    let lang = desk.lang;
    let no = |text: crate::text::Text| Some(Err(text.get(lang).to_owned()));
    match roster.asking {
        Asking::Swap { staff, column } => {
            let here = grid.week.member(staff)?;
            if staff == there.staff.id {
                return no(t(
                    "换班: 把光标移到要换的人和那一天, Enter 定; Esc 算了",
                    "Swap: move to whom and which day, Enter; Esc leaves it",
                ));
            }
            let (a, b) = (roster.day(column), roster.day(roster.column));
            if let Err(why) = exchange(&grid.week, (here, a), (there, b), desk.now) {
                return no(why);
            }
            let day = |member: &Member, day: Day| {
                format!("{} {}", words::day_head(day, lang), plain(&grid.week, member, day, lang))
            };
            Some(Ok(t(
                "换班: {a} 的{da} 和 {b} 的{db} 对换; Enter 定, Esc 算了",
                "Swap: {a}, {da}, with {b}, {db}; Enter does it, Esc leaves it",
            )
            .with(lang, &[("a", &name(here)), ("da", &day(here, a)), ("b", &name(there)), ("db", &day(there, b))])))
        }
        Asking::Cover { staff, column } => {
            let here = grid.week.member(staff)?;
            if staff == there.staff.id {
                return no(t(
                    "顶班: 把光标移到另一个人 (同一天), Enter 定; Esc 算了",
                    "Cover: move to the other person (same day), Enter; Esc leaves it",
                ));
            }
            let day = roster.day(column);
            match stand_in(&grid.week, here, there, day, desk.now) {
                Err(why) => no(why),
                Ok((who, whom, work)) => {
                    let shift: Vec<String> =
                        work.iter().map(|work| words::shift(&grid.week.names, work.template, lang)).collect();
                    Some(Ok(t(
                        "顶班: {who} 顶 {whom} 的{day} {shift}; Enter 定, Esc 算了",
                        "Cover: {who} for {whom}, {day} {shift}; Enter does it, Esc leaves it",
                    )
                    .with(
                        lang,
                        &[
                            ("who", &name(who)),
                            ("whom", &name(whom)),
                            ("day", &words::day_head(day, lang)),
                            ("shift", &shift.join("+")),
                        ],
                    )))
                }
            }
        }
        _ => None,
    }
}

/// Enter: does it, or says why not and goes on asking.
pub(in crate::desk) fn accept(desk: &mut Desk) {
    let Some(roster) = find(desk) else { return };
    if let Some(Err(why)) = in_words(desk, roster) {
        return desk.notice(Level::Refused, why);
    }
    let Some((grid, there)) = roster.grid.as_ref().zip(roster.member()) else { return };
    let days = match roster.asking {
        Asking::Swap { staff, column } => grid.week.member(staff).and_then(|here| {
            exchange(&grid.week, (here, roster.day(column)), (there, roster.day(roster.column)), desk.now).ok()
        }),
        Asking::Cover { staff, column } => grid.week.member(staff).and_then(|here| {
            let day = roster.day(column);
            let (who, whom, work) = stand_in(&grid.week, here, there, day, desk.now).ok()?;
            let mut plan = who.plan(day);
            plan.off = Off::Unsaid;
            plan.shifts.extend(work.into_iter().map(|work| Work { how: How::Covers(whom.staff.id), ..work }));
            Some(vec![
                Planned { staff: who.staff.id, day, plan: Some(plan) },
                Planned { staff: whom.staff.id, day, plan: Some(DayPlan::rest()) },
            ])
        }),
        _ => None,
    };
    let said = in_words(desk, roster).and_then(Result::ok).unwrap_or_default();
    let said = said.split(';').next().unwrap_or_default().to_owned();
    if let Some(days) = days {
        draft(desk, days, said);
    }
    if let Some(roster) = find_mut(desk) {
        roster.asking = Asking::Nothing;
    }
}

fn plain(week: &Week, member: &Member, day: Day, lang: Lang) -> String {
    let words = words::cell(&week.names, &member.plan(day), lang);
    if words.is_empty() { "--".to_owned() } else { words }
}

type Whose<'a> = (&'a Member, Day);

/// The days after an exchange: each stands where the other stood. On two days each is free on the day he gave.
fn exchange(
    week: &Week,
    (a, day_a): Whose<'_>,
    (b, day_b): Whose<'_>,
    now: crate::domain::base::time::Time,
) -> Result<Vec<Planned>, crate::text::Text> {
    let all = [(a, day_a), (b, day_b), (a, day_b), (b, day_a)];
    if all.iter().any(|(member, day)| week.is_fixed(member, *day, now) || week.has_begun(*day, &member.plan(*day), now))
    {
        return Err(t("其中一天已过或班已开始", "One of the days has passed or its shift has begun"));
    }
    if all.iter().any(|(member, day)| member.leave_on(*day).is_some()) {
        return Err(t("其中一天请了假, 不能换", "There is leave on one of the days"));
    }
    let (plan_a, plan_b) = (a.plan(day_a), b.plan(day_b));
    if plan_a.shifts.is_empty() && plan_b.shifts.is_empty() {
        return Err(t("两边都没有班, 不用换", "Neither has a shift, nothing to swap"));
    }
    let taken = |plan: &DayPlan, from: StaffId| -> Vec<Work> {
        plan.shifts.iter().map(|work| Work { how: How::Swapped(from), ..work.clone() }).collect()
    };
    let (ida, idb) = (a.staff.id, b.staff.id);
    let day = |shifts: Vec<Work>| {
        Some(if shifts.is_empty() { DayPlan::rest() } else { DayPlan { shifts, off: Off::Unsaid } })
    };
    if day_a == day_b {
        return Ok(vec![
            Planned { staff: ida, day: day_a, plan: day(taken(&plan_b, idb)) },
            Planned { staff: idb, day: day_a, plan: day(taken(&plan_a, ida)) },
        ]);
    }
    // One person stands a shift once: his own would be lost to the one he takes.
    let has = |member: &Member, on: Day, more: &DayPlan| {
        member.plan(on).shifts.iter().any(|work| more.shifts.iter().any(|other| other.template == work.template))
    };
    if has(a, day_b, &plan_b) || has(b, day_a, &plan_a) {
        return Err(t(
            "其中一个人在要换去的那天自己也上这个班, 换了就少一个班; 换别的一天或别的人",
            "One of the two has that same shift on the day taken, and it would be lost; choose another day or person",
        ));
    }
    // What each does already on the day he takes stays; the rules say when that is too much.
    let with = |member: &Member, on: Day, more: Vec<Work>| {
        let mut shifts = member.plan(on).shifts;
        shifts.extend(more);
        day(shifts)
    };
    Ok(vec![
        Planned { staff: ida, day: day_a, plan: day(Vec::new()) },
        Planned { staff: ida, day: day_b, plan: with(a, day_b, taken(&plan_b, idb)) },
        Planned { staff: idb, day: day_b, plan: day(Vec::new()) },
        Planned { staff: idb, day: day_a, plan: with(b, day_a, taken(&plan_a, ida)) },
    ])
}

/// Who covers for whom, and what: of the two, the one with a shift is covered; when both have one, the one the cursor is on.
fn stand_in<'a>(
    week: &Week,
    here: &'a Member,
    there: &'a Member,
    day: Day,
    now: crate::domain::base::time::Time,
) -> Result<(&'a Member, &'a Member, Vec<Work>), crate::text::Text> {
    if week.is_fixed(here, day, now) || week.is_fixed(there, day, now) {
        return Err(t("这一天已过或班已开始", "That day has passed or a shift has begun"));
    }
    // Somebody on leave is covered in what was planned for him on the wall.
    let owed = |member: &Member| {
        let plan = member.plan(day);
        if plan.shifts.is_empty() && plan.on_leave() { member.published_on(day).shifts } else { plan.shifts }
    };
    let (who, whom) = if owed(there).is_empty() { (there, here) } else { (here, there) };
    let work = owed(whom);
    if week.has_begun(day, &DayPlan { shifts: [work.clone(), who.plan(day).shifts].concat(), off: Off::Unsaid }, now) {
        return Err(t("这一天已过或班已开始", "That day has passed or a shift has begun"));
    }
    if work.is_empty() {
        return Err(t("两个人这天都没有班, 没有可顶的", "Neither has a shift that day, nothing to cover"));
    }
    if who.leave_on(day).is_some() {
        return Err(t("顶班的人这天请了假", "Who would cover is on leave that day"));
    }
    if work.iter().any(|work| who.plan(day).shifts.iter().any(|own| own.template == work.template)) {
        return Err(t("两个人这天是同一个班", "Both have the same shift that day"));
    }
    Ok((who, whom, work))
}
