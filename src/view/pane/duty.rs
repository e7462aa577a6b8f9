//! Draws pane 3: a line per person, or per role where the screen is narrow; last, who comes next.

use ratatui::Frame;

use super::with_filter;
use crate::desk::geometry::Area;
use crate::desk::pane::{PaneId, duty_by_role};
use crate::desk::{Desk, say};
use crate::domain::query::duty::OnDuty;
use crate::domain::shift::Presence;
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::table::{Cell, Column, Fit};
use crate::view::theme::Theme;
use crate::view::{popup, rows};

const PERSON: [Column; 4] =
    [Column::new(4, 8, Fit::End), Column::new(4, 8, Fit::End), Column::rest(6), Column::new(7, 9, Fit::End)];
const ROLE: [Column; 2] = [Column::new(6, 14, Fit::End), Column::rest(10)];

/// Draws it.
pub fn draw(desk: &Desk, area: Area, focused: bool, theme: &Theme, frame: &mut Frame) {
    let pane = &desk.panes.duty;
    let by_role = duty_by_role(desk);
    let title =
        with_filter(desk, format!("{} {}", desk.say(PaneId::Duty.title()), pane.answer().now.len()), &pane.filter);
    let inside = popup::frame(frame, area, &title, &pane.list.place(), focused, theme);
    if pane.list.is_empty() {
        let words = if pane.loaded {
            t("现在没有人在岗", "Nobody is on duty now")
        } else {
            t("正在读取 ..", "Reading ..")
        };
        return rows::empty(desk.say(words), inside, theme, frame);
    }
    let mut cells: Vec<Vec<Cell>> = if by_role {
        pane.roles().into_iter().map(|(role, people)| role_cells(desk, role, &people, theme)).collect()
    } else {
        pane.people().into_iter().map(|person| person_cells(desk, person, theme)).collect()
    };
    cells.extend(next(desk, by_role, theme));
    let drawn = pane
        .list
        .window()
        .filter_map(|at| {
            Some(rows::Row {
                cells: std::mem::take(cells.get_mut(at)?),
                selected: at == pane.list.row(),
                marked: false,
            })
        })
        .collect();
    rows::draw(if by_role { &ROLE } else { &PERSON }, drawn, focused, inside, theme, frame);
}

fn person_cells(desk: &Desk, person: &OnDuty, theme: &Theme) -> Vec<Cell> {
    let style = if person.presence == Presence::Absent { theme.warning() } else { theme.plain() };
    let until = t("至{at}", "to {at}").with(desk.lang, &[("at", &desk.zone().hm(person.to))]);
    vec![
        (desk.say(person.role.label()).to_owned(), theme.dim()),
        (name(desk, person), style),
        (format!("{} {}", person.compound, person.post).trim().to_owned(), theme.plain()),
        (until, theme.dim()),
    ]
}

fn role_cells(desk: &Desk, role: crate::domain::staff::Role, people: &[&OnDuty], theme: &Theme) -> Vec<Cell> {
    let names: Vec<String> = people.iter().map(|person| name(desk, person)).collect();
    vec![(format!("{} {}", desk.say(role.label()), people.len()), theme.accent()), (names.join(" "), theme.plain())]
}

/// Name, open jobs in hand, and whether he did not come.
fn name(desk: &Desk, person: &OnDuty) -> String {
    let jobs = if person.jobs > 0 { person.jobs.to_string() } else { String::new() };
    let absent = if person.presence == Presence::Absent { desk.say(t("(没来)", "(absent)")) } else { "" };
    format!("{}{jobs}{absent}", person.name.reveal())
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
