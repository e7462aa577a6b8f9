//! Draws a month of one person as a calendar, and a month of one compound as people by days.

use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::roster::worker::{self, Month, Page};
use crate::domain::base::time::Day;
use crate::domain::person::Phone;
use crate::domain::roster::monday;
use crate::domain::roster::query::{PostMonth, Worker};
use crate::domain::roster::week::worked;
use crate::text::labels::Labelled;
use crate::text::{roster as words, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

impl Draw for Month {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let area = worker::area(&desk.layout);
        let when = self.day.format("%Y-%m").to_string();
        match &self.page {
            Page::Waiting => {
                let inside = popup::over(frame, area, &when, "", theme);
                rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
            }
            Page::Person(None) => {
                let inside = popup::over(frame, area, &when, "", theme);
                rows::empty(desk.say(t("没有这个人", "There is no such person")), inside, theme, frame);
            }
            Page::Person(Some(worker)) => {
                let staff = &worker.member.staff;
                let title = format!("{}  {}  {when}", staff.name.reveal(), desk.say(staff.role.label()));
                let inside = popup::over(frame, area, &title, "", theme);
                rows::lines(&person(desk, worker, theme), inside, frame);
            }
            Page::Compound(post) => {
                let title = format!("{}  {when}", post.name);
                let inside = popup::over(frame, area, &title, &self.list.place(), theme);
                compound(desk, self, post, inside, theme, frame);
            }
        }
    }
}

fn days_of(first: Day) -> Vec<Day> {
    first.iter_days().take_while(|day| day.month() == first.month()).collect()
}

fn person(desk: &Desk, worker: &Worker, theme: &Theme) -> Vec<Line<'static>> {
    /// Cells of a day of the calendar.
    const CELL: usize = 10;
    let (lang, member) = (desk.lang, &worker.member);
    let phone = member.staff.phone.as_ref().map(Phone::spoken).unwrap_or_default();
    let serves = if worker.serves.is_empty() {
        desk.say(t("所有小区", "all compounds")).to_owned()
    } else {
        worker.serves.join(desk.say(t("、", ", ")))
    };
    let days = days_of(worker.first);
    let (minutes, nights) = worked(days.iter().map(|day| member.plan(*day)), &worker.templates);
    let figures =
        t("本月 {h} 小时, 夜班 {n} 个, 手上 {jobs} 件", "{h} hours this month, {n} nights, open tickets: {jobs}")
            .with(lang, &[("h", &(minutes / 60)), ("n", &nights), ("jobs", &worker.jobs.len())]);
    let mut lines = vec![
        Line::from(vec![Span::styled(format!(" {phone}  "), theme.accent()), Span::raw(member.staff.skills.join(" "))]),
        Line::raw(format!(" {}: {serves}", desk.say(t("管", "Serves")))),
        Line::styled(format!(" {figures}"), theme.strong()),
        Line::raw(""),
    ];
    let monday_first = monday(worker.first);
    let heads = monday_first.iter_days().take(7).map(|day| format::pad(words::weekday(day, lang), CELL));
    lines.push(Line::styled(format!(" {}", heads.collect::<String>()), theme.dim()));
    let today = desk.zone().day(desk.now);
    let mut week = monday_first;
    while days.last().is_some_and(|last| week <= *last) {
        let mut spans = vec![Span::raw(" ")];
        for day in week.iter_days().take(7) {
            let text = if day.month() == worker.first.month() {
                let mark = if member.is_changed(day) { "*" } else { "" };
                format!("{:>2} {}{mark}", day.day(), words::cell(&worker.names, &member.plan(day), lang))
            } else {
                String::new()
            };
            let style = if day == today {
                theme.accent()
            } else if day < today || member.plan(day).shifts.is_empty() {
                theme.dim()
            } else {
                theme.plain()
            };
            spans.push(Span::styled(format::pad(&text, CELL), style));
        }
        lines.push(Line::from(spans));
        week += chrono::Duration::days(7);
    }
    lines.push(Line::raw(""));
    for leave in &member.leave {
        let text = format!(
            " {} {}..{} {}",
            desk.say(leave.kind.label()),
            leave.from.format("%m-%d"),
            leave.to.format("%m-%d"),
            leave.note
        );
        lines.push(Line::styled(text, theme.warning()));
    }
    for row in &worker.jobs {
        let text = format!(
            " {} {} {}  {}",
            row.ticket.number.short(),
            say::place(row),
            row.ticket.words.lines().next().unwrap_or_default(),
            say::due(&row.ticket, desk)
        );
        lines.push(Line::raw(text));
    }
    lines
}

/// Cells of a name beside the days.
const NAME: usize = 10;
/// Cells of a day beside others.
const NARROW: usize = 2;

/// The days over their columns; where two figures would run into the next, tens stand over units.
fn month_heads(days: &[Day], wide: usize, today: Day, theme: &Theme) -> Vec<Line<'static>> {
    let head = |text: &dyn Fn(u32) -> String| {
        let mut spans = vec![Span::raw(" ".repeat(NAME + 2))];
        spans.extend(days.iter().map(|day| {
            let style = if *day == today { theme.accent() } else { theme.dim() };
            Span::styled(format::pad(&text(day.day()), wide), style)
        }));
        Line::from(spans)
    };
    if wide > NARROW {
        return vec![head(&|day| format!("{day:02}"))];
    }
    let tens = |day: u32| if day.is_multiple_of(10) { (day / 10).to_string() } else { String::new() };
    vec![head(&tens), head(&|day| (day % 10).to_string())]
}

fn compound(desk: &Desk, month: &Month, post: &PostMonth, inside: Rect, theme: &Theme, frame: &mut Frame) {
    let days = days_of(post.first);
    let wide = (usize::from(inside.width).saturating_sub(NAME + 2) / days.len().max(1)).clamp(NARROW, 4);
    let today = desk.zone().day(desk.now);
    let mut lines = month_heads(&days, wide, today, theme);
    // Days nobody has said anything of yet lack nobody: they are not planned.
    let unplanned = |day: &Day| {
        post.people.iter().all(|member| member.plan(*day).is_empty())
            && post.slots.iter().all(|slot| slot.day != *day || slot.have == 0)
    };
    let unplanned: Vec<bool> = days.iter().map(unplanned).collect();
    // One row a need: what is there of what there should be.
    let mut seen = Vec::new();
    for slot in &post.slots {
        let need = (slot.need.role, slot.need.template);
        if seen.contains(&need) {
            continue;
        }
        seen.push(need);
        let label =
            format!("{}{}", desk.say(slot.need.role.label()), words::short(&post.names, slot.need.template, desk.lang));
        let mut spans = vec![Span::styled(format!(" {} ", format::pad(&label, NAME)), theme.strong())];
        for (day, unplanned) in days.iter().zip(&unplanned) {
            let there = post.slots.iter().find(|s| s.day == *day && (s.need.role, s.need.template) == need);
            let (text, style) = match there {
                Some(_) if *unplanned => (".".to_owned(), theme.dim()),
                // `-1` fills two cells and would run into its neighbours.
                Some(slot) if slot.missing() > 0 && wide == NARROW => ("!".to_owned(), theme.warning()),
                Some(slot) if slot.missing() > 0 => (format!("-{}", slot.missing()), theme.warning()),
                Some(slot) => (slot.have.to_string(), theme.dim()),
                None => (String::new(), theme.dim()),
            };
            spans.push(Span::styled(format::pad(&text, wide), style));
        }
        lines.push(Line::from(spans));
    }
    if post.people.is_empty() {
        lines.push(Line::styled(
            format!("  {}", desk.say(t("这个月还没有人排在这里", "Nobody is planned here this month"))),
            theme.dim(),
        ));
    }
    let marks = if wide == NARROW {
        t("  ! 缺人  . 还没排", "  ! short  . not planned yet")
    } else {
        t("  -1 缺一人  . 还没排", "  -1 one short  . not planned yet")
    };
    if !post.slots.is_empty() {
        lines.push(Line::styled(desk.say(marks), theme.dim()));
    }
    let room = usize::from(inside.height).saturating_sub(lines.len());
    let first = (month.list.row() + 1).saturating_sub(room);
    for (at, member) in post.people.iter().enumerate().skip(first) {
        let here = at == month.list.row();
        let name = format::pad(member.staff.name.reveal(), NAME);
        let style = if here { theme.strong() } else { theme.plain() };
        let mut spans = vec![Span::styled(format!("{}{name} ", if here { ">" } else { " " }), style)];
        for day in &days {
            let plan = member.plan(*day);
            let mut there = plan.clone();
            there.shifts.retain(|work| work.compound.is_none_or(|compound| compound == post.compound));
            let text = if there.shifts.is_empty() && !plan.on_leave() {
                String::new()
            } else {
                words::cell(&post.names, &there, desk.lang)
            };
            let style = if *day < today { theme.dim() } else { theme.plain() };
            let head: String = text.chars().take(if wide < 4 { 1 } else { 2 }).collect();
            spans.push(Span::styled(format::pad(&head, wide), style));
        }
        lines.push(Line::from(spans));
    }
    rows::lines(&lines, inside, frame);
}
