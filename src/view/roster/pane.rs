//! Draws pane 3: a line per person, or per role where the screen is narrow; last, who comes next.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::frame::geometry::Area;
use crate::desk::frame::pane::{PaneId, duty_by_role};
use crate::desk::frame::say;
use crate::desk::roster::pane::Line;
use crate::domain::roster::duty::{Gap, OnDuty};
use crate::domain::roster::shift::Presence;
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::frame::pane::{on_border, with_filter};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const PERSON: [Column; 4] =
    [Column::new(4, 9, Fit::End), Column::new(4, 9, Fit::End), Column::rest(6), Column::new(7, 9, Fit::End)];
const ROLE: [Column; 2] = [Column::new(6, 14, Fit::End), Column::rest(10)];

/// Draws it.
pub fn draw(desk: &Desk, area: Area, focused: bool, theme: &Theme, frame: &mut Frame) {
    let pane = &desk.panes.duty;
    let by_role = duty_by_role(desk);
    let title =
        with_filter(desk, format!("{} {}", desk.say(PaneId::Duty.title()), pane.answer().there()), &pane.filter);
    let title = on_border(desk, PaneId::Duty, title);
    let inside = popup::frame(frame, area, &title, &pane.list.place(), focused, theme);
    if pane.list.is_empty() {
        let words = if pane.loaded {
            t("现在没有人在岗", "Nobody is on duty now")
        } else {
            t("正在读取 ..", "Reading ..")
        };
        return rows::empty(desk.say(words), inside, theme, frame);
    }
    // Hundreds can be on duty: only those in sight are put into words.
    let lines = pane.lines(by_role);
    let drawn = pane
        .list
        .window()
        .filter_map(|at| {
            let cells = match lines.get(at)? {
                Line::Person(person) => person_cells(desk, person, theme),
                Line::Role(role, people) => role_cells(desk, *role, people, theme),
                Line::Gap(gap) => gap_cells(desk, gap, by_role, theme),
                Line::Next => next(desk, by_role, theme).unwrap_or_default(),
            };
            Some(rows::Row { cells, selected: at == pane.list.row(), marked: false })
        })
        .collect();
    rows::draw(if by_role { &ROLE } else { &PERSON }, drawn, focused, inside, theme, frame);
}

fn person_cells(desk: &Desk, person: &OnDuty, theme: &Theme) -> Vec<Cell> {
    let style = if person.presence == Presence::Absent { theme.warning() } else { theme.plain() };
    let until = t("至{at}", "to {at}").with(desk.lang, &[("at", &desk.zone().hm(person.to))]);
    // Whose place he is in says more than the post.
    let place = match &person.covers {
        Some(_) => state(desk, person),
        None => format!("{} {}", person.compound, person.post).trim().to_owned(),
    };
    let until = match person.presence {
        Presence::Absent | Presence::LateIn => (state(desk, person), theme.warning()),
        Presence::Planned | Presence::Present => (until, theme.dim()),
    };
    vec![(desk.say(person.role.label()).to_owned(), theme.dim()), (name(person), style), (place, theme.plain()), until]
}

fn role_cells(desk: &Desk, role: crate::domain::staff::Role, people: &[&OnDuty], theme: &Theme) -> Vec<Cell> {
    let names: Vec<String> = people
        .iter()
        .map(|person| match state(desk, person) {
            state if state.is_empty() => name(person),
            state => format!("{}({state})", name(person)),
        })
        .collect();
    vec![(format!("{} {}", desk.say(role.label()), people.len()), theme.accent()), (names.join(" "), theme.plain())]
}

/// Name and open jobs in hand.
fn name(person: &OnDuty) -> String {
    let jobs = if person.jobs > 0 { person.jobs.to_string() } else { String::new() };
    format!("{}{jobs}", person.name.reveal())
}

/// What is out of the ordinary: he did not come, came late, somebody is in his place or he in another's.
pub fn state(desk: &Desk, person: &OnDuty) -> String {
    match (person.presence, &person.covered_by, &person.covers) {
        (Presence::Absent, Some(by), _) => t("{by}顶", "{by} is in").with(desk.lang, &[("by", &by.reveal())]),
        (Presence::Absent | Presence::LateIn, ..) => desk.say(person.presence.label()).to_owned(),
        (_, _, Some(whom)) => t("顶{name}", "for {name}").with(desk.lang, &[("name", &whom.reveal())]),
        _ => String::new(),
    }
}

/// `! 中班 维修 缺1 北坊新村`; who did not come is named.
fn gap_cells(desk: &Desk, gap: &Gap, by_role: bool, theme: &Theme) -> Vec<Cell> {
    let missing = t("缺{n}", "{n} short").with(desk.lang, &[("n", &gap.missing)]);
    let why = match &gap.absent {
        Some((_, _, name)) => t("{name}没来", "{name} absent").with(desk.lang, &[("name", &name.reveal())]),
        None => String::new(),
    };
    let shift = desk.say(gap.template.label());
    let role = desk.say(gap.role.label());
    let place = format!("{} {why}", gap.place).trim().to_owned();
    let style = theme.warning();
    if by_role {
        vec![(format!("! {shift}"), style), (format!("{role} {missing} {place}"), style)]
    } else {
        let (until, at) = (t("至{at}", "to {at}"), desk.zone().hm(gap.to));
        let until = until.with(desk.lang, &[("at", &at)]);
        vec![(format!("! {role}"), style), (format!("{shift} {missing}"), style), (place, style), (until, theme.dim())]
    }
}

fn next(desk: &Desk, by_role: bool, theme: &Theme) -> Option<Vec<Cell>> {
    let answer = desk.panes.duty.answer();
    let at = say::moment(answer.next_at?, desk);
    let roles: Vec<String> = answer.next.iter().map(|(role, n)| format!("{}{n}", desk.say(role.label()))).collect();
    let next = format!("{at} {}", roles.join(" "));
    let label = (desk.say(t("接班", "next")).to_owned(), theme.dim());
    Some(if by_role {
        vec![label, (next, theme.dim())]
    } else {
        vec![label, (at, theme.dim()), (roles.join(" "), theme.dim()), (String::new(), theme.dim())]
    })
}
