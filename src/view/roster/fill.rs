//! Draws a proposed week: how many were missing and are, what cannot be met and why, and the days changed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line as Drawn;

use crate::desk::Desk;
use crate::desk::roster::fill::{self, Fill, Line};
use crate::domain::roster::fill::{Proposed, Unmet};
use crate::domain::roster::week_name;
use crate::domain::staff::query::Filled;
use crate::text::labels::Labelled;
use crate::text::{roster, staffing, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 4] =
    [Column::new(6, 8, Fit::End), Column::new(6, 14, Fit::End), Column::new(8, 30, Fit::End), Column::rest(10)];

impl Draw for Fill {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = t("替我排 {week}", "A week proposed: {week}").with(desk.lang, &[("week", &week_name(self.monday))]);
        let inside = popup::over(frame, fill::area(&desk.layout), &title, &self.list.place(), theme);
        let Some(filled) = &self.filled else {
            let words = t("正在排, 先做别的也行; Esc 不要了", "Being worked out; Esc gives it up");
            return rows::empty(desk.say(words), inside, theme, frame);
        };
        let head = Rect { height: 1.min(inside.height), ..inside };
        let style = if filled.proposal.missing() > 0 { theme.warning() } else { theme.good() };
        rows::lines(&[Drawn::styled(summary(desk, filled), style)], head, frame);
        let below = Rect { y: inside.y + 2.min(inside.height), height: inside.height.saturating_sub(2), ..inside };
        let lines = self.lines();
        if lines.is_empty() {
            let words =
                t("各人照自己的轮班上就够了, 没有要动的", "Everybody's own cycle is enough; nobody need be moved");
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, lines.get(at)?)))
            .map(|(at, line)| {
                let cells = match line {
                    Line::Unmet(unmet) => unmet_cells(desk, filled, unmet, theme),
                    Line::Moved(one) => moved_cells(desk, filled, one, theme),
                };
                rows::Row { cells, selected: at == self.list.row(), marked: false }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, top, below, theme, frame);
    }
}

/// `照轮班排缺 26 人次, 这样排还缺 3; 动 12 天`
fn summary(desk: &Desk, filled: &Filled) -> String {
    let proposal = &filled.proposal;
    t(
        " 照各人轮班缺 {before} 人次, 这样排还缺 {after}; 动了 {moved} 天, 一共写 {all} 天",
        " missing by everybody's cycle: {before}, by this week: {after}; days moved: {moved}, days written: {all}",
    )
    .with(
        desk.lang,
        &[
            ("before", &proposal.missing_before),
            ("after", &proposal.missing()),
            ("moved", &proposal.moved().count()),
            ("all", &proposal.days.len()),
        ],
    )
}

fn unmet_cells(desk: &Desk, filled: &Filled, unmet: &Unmet, theme: &Theme) -> Vec<Cell> {
    vec![
        (roster::day_head(unmet.slot.day, desk.lang), theme.warning()),
        (desk.say(t("! 排不了", "! cannot")).to_owned(), theme.warning()),
        (roster::gap(&filled.week, &unmet.slot, desk.lang), theme.warning()),
        (staffing::why(&unmet.why, desk.lang), theme.plain()),
    ]
}

fn moved_cells(desk: &Desk, filled: &Filled, one: &Proposed, theme: &Theme) -> Vec<Cell> {
    let week = &filled.week;
    let (name, role) = week.member(one.staff).map_or((String::new(), ""), |member| {
        (member.staff.name.reveal().to_owned(), desk.say(member.staff.role.label()))
    });
    let cell = |plan| roster::cell(&week.names, plan, desk.lang);
    let was = one.instead_of.as_ref().map(cell).unwrap_or_default();
    let place = one.plan.shifts.first().map(|work| roster::post(week, work)).unwrap_or_default();
    vec![
        (roster::day_head(one.day, desk.lang), theme.dim()),
        (name, theme.strong()),
        (format!("{was} -> {}", cell(&one.plan)), theme.accent()),
        (format!("{role} {place}").trim().to_owned(), theme.plain()),
    ]
}
