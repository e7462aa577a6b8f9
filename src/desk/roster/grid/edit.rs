//! What a key drafts in the grid: a shift, rest, leave, cleared, carried on, copied and pasted. The grid shows it at once; the
//! data file says whether it holds.

use crate::desk::Desk;
use crate::desk::frame::layer::Then;
use crate::desk::frame::notice::Level;
use crate::desk::frame::{prompt, say};
use crate::desk::roster::grid::{Asking, COLUMNS, Roster, find, find_mut, may_plan, send};
use crate::domain::base::id::StaffId;
use crate::domain::base::time::Day;
use crate::domain::roster::op::{Planned, RosterOp, Span};
use crate::domain::roster::shift::Template;
use crate::domain::roster::week::{Leave, Member};
use crate::domain::roster::{DayPlan, LeaveKind, Off};
use crate::text::labels::Labelled;
use crate::text::{roster as words, t};

/// The days chosen that may still change. Says why when none may.
fn open_days(desk: &mut Desk) -> Vec<(StaffId, Day)> {
    if let Err(reason) = may_plan(desk) {
        desk.notice(Level::Refused, desk.say(reason));
        return Vec::new();
    }
    let now = desk.now;
    let Some(roster) = find(desk) else { return Vec::new() };
    let Some(grid) = &roster.grid else { return Vec::new() };
    let (people, columns) = roster.chosen();
    let mut days = Vec::new();
    for member in people.iter().filter_map(|id| grid.week.member(*id)) {
        let open = columns.clone().map(|column| roster.day(column));
        days.extend(open.filter(|day| !grid.week.is_fixed(member, *day, now)).map(|day| (member.staff.id, day)));
    }
    if days.is_empty() && !people.is_empty() {
        let why = t("这一天已过或班已开始, 不能再改", "That day has passed or its shift has begun; it stays");
        desk.notice(Level::Refused, desk.say(why));
    }
    days
}

/// Leaves out days whose new shift has begun: the file would refuse the others with them. Says why when none is left.
fn ahead(desk: &mut Desk, mut days: Vec<Planned>) -> Vec<Planned> {
    let any = !days.is_empty();
    if let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) {
        let begun = |plan: &DayPlan, day| grid.week.has_begun(day, plan, desk.now);
        days.retain(|planned| planned.plan.as_ref().is_none_or(|plan| !begun(plan, planned.day)));
    }
    if any && days.is_empty() {
        let refusal = crate::domain::refusal::Refusal::ShiftBegun;
        desk.notice(Level::Refused, crate::text::refusal::sentence(&refusal, desk.lang));
    }
    days
}

/// Drafts days: shown at once, and on their way to the file.
pub(in crate::desk) fn draft(desk: &mut Desk, days: Vec<Planned>, said: String) {
    if days.is_empty() {
        return;
    }
    if let Some(grid) = find_mut(desk).and_then(|roster| roster.grid.as_mut()) {
        let mut people = Vec::new();
        for planned in &days {
            let Some(member) = grid.week.member_mut(planned.staff) else { continue };
            match &planned.plan {
                Some(plan) => drop(member.drafts.insert(planned.day, plan.clone())),
                None => drop(member.drafts.remove(&planned.day)),
            }
            people.push(planned.staff);
        }
        grid.reckon(&people);
    }
    send(desk, RosterOp::Plan(days), said);
}

/// What is drafted, for the line that says it is saved: one day by its name, several by their number.
pub(in crate::desk) fn about(desk: &Desk, days: &[Planned]) -> String {
    let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) else { return String::new() };
    match days {
        [one] => {
            let name = grid.week.member(one.staff).map_or("", |member| member.staff.name.reveal());
            let plan = one.plan.as_ref().map_or_else(
                || desk.say(t("和已发布的一样", "as published")).to_owned(),
                |plan| words::cell(&grid.week.names, plan, desk.lang),
            );
            format!("{name} {} {plan}", words::day_head(one.day, desk.lang))
        }
        many => t("{n} 格", "{n} days").with(desk.lang, &[("n", &many.len())]),
    }
}

/// After a key on one cell the cursor moves on: to the next day, behind Sunday to the next person. A span is done with.
fn move_on(desk: &mut Desk) {
    let Some(roster) = find_mut(desk) else { return };
    roster.asking = Asking::Nothing;
    roster.typed = None;
    if roster.anchor.take().is_some() {
        return;
    }
    roster.typed = roster.list.selected().map(|staff| (staff, roster.column));
    if roster.column + 1 < COLUMNS {
        roster.column += 1;
    } else if roster.list.row() + 1 < roster.list.len() {
        roster.column = 0;
        roster.list.step(1);
    }
}

/// Drafts a shift on the chosen days.
pub(in crate::desk) fn shift(desk: &mut Desk, template: Template) {
    let second = find(desk).is_some_and(|roster| roster.asking == Asking::Second);
    let days = open_days(desk);
    let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
    if grid.week.templates.length(template) <= 0 {
        let refusal = crate::domain::refusal::Refusal::ShiftWithoutHours;
        let sentence = crate::text::refusal::sentence(&refusal, desk.lang);
        return desk.notice(Level::Refused, sentence);
    }
    let plan = |member: &Member, day: Day| {
        let work = member.usual(template, day);
        let mut plan = DayPlan { shifts: Vec::new(), off: Off::Unsaid };
        if second {
            plan.shifts = member.plan(day).shifts;
            plan.shifts.retain(|other| other.template != template);
        }
        plan.shifts.push(work);
        plan.shifts.sort_by_key(|work| grid.week.templates.minutes(work.template));
        plan
    };
    let planned: Vec<Planned> = days
        .iter()
        .filter_map(|&(staff, day)| Some(Planned { staff, day, plan: Some(plan(grid.week.member(staff)?, day)) }))
        .collect();
    let planned = ahead(desk, planned);
    let any = !planned.is_empty();
    let said = about(desk, &planned);
    draft(desk, planned, said);
    if any {
        move_on(desk);
    }
}

/// Rest on the chosen days; with `clear` they are as published again.
pub(in crate::desk) fn rest(desk: &mut Desk, clear: bool) {
    let days = open_days(desk);
    let plan = (!clear).then(DayPlan::rest);
    let any = !days.is_empty();
    let planned: Vec<Planned> =
        days.into_iter().map(|(staff, day)| Planned { staff, day, plan: plan.clone() }).collect();
    let said = about(desk, &planned);
    draft(desk, planned, said);
    if any {
        move_on(desk);
    }
}

/// Leave of a kind on the chosen days, or none. What has passed can be said, too.
pub(in crate::desk) fn leave(desk: &mut Desk, kind: Option<LeaveKind>) {
    let Some(roster) = find(desk) else { return };
    let (people, columns) = roster.chosen();
    let (from, to) = (roster.day(*columns.start()), roster.day(*columns.end()));
    let touched = |member: &Member| member.leave.iter().any(|leave| leave.from <= to && leave.to >= from);
    let spans: Vec<Span> = people
        .into_iter()
        .filter(|id| kind.is_some() || roster.grid.as_ref().and_then(|grid| grid.week.member(*id)).is_some_and(touched))
        .map(|staff| Span { staff, from, to })
        .collect();
    if spans.is_empty() {
        if let Some(roster) = find_mut(desk) {
            roster.asking = Asking::Nothing;
        }
        return desk.notice(Level::Refused, desk.say(t("这几天没有请假", "There is no leave on those days")));
    }
    foresee_leave(desk, &spans, kind);
    let what = kind.map_or(t("取消请假", "leave taken back"), Labelled::label);
    let said = format!("{} {}..{}", desk.say(what), from.format("%m-%d"), to.format("%m-%d"));
    send(desk, RosterOp::Leave { spans, kind, note: String::new() }, said);
    move_on(desk);
}

/// Shows the leave before the file has it.
fn foresee_leave(desk: &mut Desk, spans: &[Span], kind: Option<LeaveKind>) {
    let now = desk.now;
    let Some(grid) = find_mut(desk).and_then(|roster| roster.grid.as_mut()) else { return };
    for span in spans {
        let fixed: Vec<Day> = grid.week.member(span.staff).map_or_else(Vec::new, |member| {
            grid.week.days().filter(|day| grid.week.is_fixed(member, *day, now)).collect()
        });
        let days: Vec<Day> = grid.week.days().filter(|day| (span.from..=span.to).contains(day)).collect();
        let Some(member) = grid.week.member_mut(span.staff) else { continue };
        let cut: Vec<Leave> = member
            .leave
            .iter()
            .flat_map(|old| {
                crate::domain::roster::op::without(old, *span).into_iter().map(|(from, to)| Leave {
                    from,
                    to,
                    ..old.clone()
                })
            })
            .collect();
        member.leave = cut;
        let Some(kind) = kind else { continue };
        for day in days.into_iter().filter(|day| !fixed.contains(day)) {
            if !member.plan(day).shifts.is_empty() {
                member.drafts.insert(day, DayPlan::rest());
            }
        }
        let id = crate::domain::base::id::LeaveId(0);
        member.leave.push(Leave { id, from: span.from, to: span.to, kind, note: String::new() });
    }
    let people: Vec<StaffId> = spans.iter().map(|span| span.staff).collect();
    grid.reckon(&people);
}

/// 续排: each cycle goes on. Without a span everybody shown, where nothing is said yet; leave stays as it is.
pub(in crate::desk) fn carry_on(desk: &mut Desk) {
    let now = desk.now;
    let Some(roster) = find(desk) else { return };
    let Some(grid) = &roster.grid else { return };
    let marked = roster.anchor.is_some();
    let (people, columns) = if marked { roster.chosen() } else { (roster.list.ids().to_vec(), 0..=COLUMNS - 1) };
    let (mut days, mut without) = (Vec::new(), Vec::new());
    for member in people.iter().filter_map(|id| grid.week.member(*id)) {
        let Some(next) = member.carried_on(roster.monday) else {
            without.push(member.staff.name.reveal());
            continue;
        };
        for (column, plan) in next.into_iter().enumerate().filter(|(column, _)| columns.contains(column)) {
            let day = roster.day(column);
            let free = marked || (member.plan(day).is_empty() && !member.drafts.contains_key(&day));
            if free && member.leave_on(day).is_none() && !grid.week.is_fixed(member, day, now) {
                days.push(Planned { staff: member.staff.id, day, plan: Some(plan) });
            }
        }
    }
    let some = without.iter().take(3).copied().collect::<Vec<_>>().join(desk.say(t("、", ", ")));
    let left = match without.len() {
        0 => String::new(),
        n => t("; 看不出周期 {n} 人 ({some}), 请手排", "; no cycle seen for {n} ({some}), plan them by hand")
            .with(desk.lang, &[("n", &n), ("some", &some)]),
    };
    if days.is_empty() {
        let words = desk.say(t("没有空着的日子可续", "There is no free day to carry on into")).to_owned() + &left;
        return desk.notice(Level::Info, words);
    }
    let days = ahead(desk, days);
    let said = t("续排 {n} 格", "{n} days carried on").with(desk.lang, &[("n", &days.len())]) + &left;
    draft(desk, days, said);
    if let Some(roster) = find_mut(desk) {
        roster.anchor = None;
    }
}

/// Keeps the chosen days to be pasted; leave, swaps and covers are never copied.
pub(in crate::desk) fn copy(desk: &mut Desk) {
    let Some(roster) = find_mut(desk) else { return };
    let (people, columns) = roster.chosen();
    let Some(grid) = &roster.grid else { return };
    let of = |day: Day, member: &Member| {
        let plan = member.plan(day);
        (!plan.on_leave() && plan.by_plan()).then_some(plan)
    };
    let copied: Vec<Vec<Option<DayPlan>>> = people
        .iter()
        .filter_map(|id| grid.week.member(*id))
        .map(|member| columns.clone().map(|column| of(roster.day(column), member)).collect())
        .collect();
    let (rows, days) = (copied.len(), columns.count());
    roster.copied = copied;
    roster.anchor = None;
    let words = t(
        "已复制 {rows} 人 {days} 天; p 粘贴 (请假、换班、顶班不复制)",
        "{rows} people, {days} days copied; p pastes (never leave, swaps, covers)",
    )
    .with(desk.lang, &[("rows", &rows), ("days", &days)]);
    desk.notice(Level::Info, words);
}

/// Pastes from the cursor on, downwards and to the right.
pub(in crate::desk) fn paste(desk: &mut Desk) {
    let now = desk.now;
    let Some(roster) = find(desk) else { return };
    let Some(grid) = &roster.grid else { return };
    if roster.copied.is_empty() {
        return desk.notice(Level::Refused, desk.say(t("还没有复制; 先按 y", "Nothing is copied yet; press y first")));
    }
    let rows = roster.list.ids().iter().skip(roster.list.row());
    let mut days = Vec::new();
    for (staff, copied) in rows.zip(&roster.copied) {
        let Some(member) = grid.week.member(*staff) else { continue };
        for (column, plan) in (roster.column..COLUMNS).zip(copied) {
            let day = roster.day(column);
            if let Some(plan) = plan
                && member.leave_on(day).is_none()
                && !grid.week.is_fixed(member, day, now)
            {
                let plan = if plan.is_empty() { None } else { Some(plan.clone()) };
                days.push(Planned { staff: *staff, day, plan });
            }
        }
    }
    if days.is_empty() {
        let why = t("这里没有可粘贴的日子 (已过去或请假)", "No day here can take it (past, or leave)");
        return desk.notice(Level::Refused, desk.say(why));
    }
    let days = ahead(desk, days);
    let said = t("粘贴 {n} 格", "{n} days pasted").with(desk.lang, &[("n", &days.len())]);
    draft(desk, days, said);
}

/// Asks where the shifts of the chosen days stand.
pub(in crate::desk) fn ask_post(desk: &mut Desk) {
    let cells: Vec<(StaffId, Day)> = {
        let days = open_days(desk);
        let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
        let works = |(staff, day): &(StaffId, Day)| {
            grid.week.member(*staff).is_some_and(|member| !member.plan(*day).shifts.is_empty())
        };
        days.into_iter().filter(works).collect()
    };
    if cells.is_empty() {
        return desk
            .notice(Level::Refused, desk.say(t("这里没有班; 先排班, 再定岗位", "No shift here; plan one first")));
    }
    let title = desk
        .say(t(
            "岗位: 小区和位置 (如 康乐苑 东门; 空着: 不定)",
            "Post: compound and spot (e.g. 康乐苑 东门; empty: none)",
        ))
        .to_owned();
    let chain = desk.new_chain();
    prompt::ask(desk, title, Then::Post(cells), chain);
}

/// The post was typed: a compound's name or its pinyin first, then the spot.
pub fn post(desk: &mut Desk, cells: &[(StaffId, Day)], text: &str) {
    let Some(roster) = find(desk) else { return };
    let Some(grid) = &roster.grid else { return };
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let exact = grid.week.compounds.iter().find(|(_, name)| name == first);
    let near = || {
        let ranked = grid.week.compounds.iter().filter_map(|c| Some((say::answers_to(&c.1, &c.1, first)?, c)));
        ranked.max_by_key(|(rank, _)| *rank).map(|(_, compound)| compound)
    };
    let compound = if first.is_empty() { None } else { exact.or_else(near) };
    let spot = if compound.is_some() { rest.trim() } else { text };
    let id = compound.map(|(id, _)| *id);
    let planned: Vec<Planned> = cells
        .iter()
        .filter_map(|&(staff, day)| {
            let mut plan = grid.week.member(staff)?.plan(day);
            for work in &mut plan.shifts {
                work.compound = id;
                spot.clone_into(&mut work.post);
            }
            Some(Planned { staff, day, plan: Some(plan) })
        })
        .collect();
    let planned = ahead(desk, planned);
    let said = about(desk, &planned);
    draft(desk, planned, said);
    if let Some(roster) = find_mut(desk) {
        roster.anchor = None;
    }
}

/// What stands under the grid about the cell: who, which day, the plan in words.
pub fn cell_words(desk: &Desk, roster: &Roster) -> String {
    let Some((grid, member)) = roster.grid.as_ref().zip(roster.member()) else { return String::new() };
    let day = roster.day(roster.column);
    let plan = member.plan(day);
    let lang = desk.lang;
    let mut parts = vec![format!("{} {}", member.staff.name.reveal(), words::day_head(day, lang))];
    if let Some(leave) = member.leave_on(day) {
        let span = format!("{}..{}", leave.from.format("%m-%d"), leave.to.format("%m-%d"));
        parts.push(format!("{} {span} {}", desk.say(leave.kind.label()), leave.note).trim().to_owned());
    }
    for work in &plan.shifts {
        let name = words::shift(&grid.week.names, work.template, lang);
        let hours = words::hours(grid.week.templates.minutes(work.template), lang);
        let more = [words::post(&grid.week, work), words::how(&grid.week, work.how, lang)];
        let more = more.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        parts.push(format!("{name} {hours} {more}").trim().to_owned());
    }
    if plan.shifts.is_empty() && !plan.on_leave() {
        let nothing = if plan.off == Off::Rest { t("休", "rest") } else { t("没排", "nothing planned") };
        parts.push(desk.say(nothing).to_owned());
    }
    if grid.week.is_fixed(member, day, desk.now) {
        parts.push(desk.say(t("已过, 不能改", "past, stays")).to_owned());
    } else if member.is_changed(day) {
        let was = words::cell(&grid.week.names, &member.published_on(day), lang);
        let was = if was.is_empty() { "--".to_owned() } else { was };
        parts.push(t("未发布, 墙上是 {was}", "not published, on the wall: {was}").with(lang, &[("was", &was)]));
    }
    parts.join("  ")
}
