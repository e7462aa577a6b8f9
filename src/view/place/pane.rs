//! Draws pane 1: name, stage, open, late.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::frame::geometry::Area;
use crate::desk::frame::pane::PaneId;
use crate::domain::place::Stage;
use crate::domain::place::query::CompoundRow;
use crate::text::labels::{self, Labelled};
use crate::text::t;
use crate::view::frame::pane::{on_border, with_filter};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 4] =
    [Column::rest(8), Column::new(5, 11, Fit::End), Column::new(2, 4, Fit::Right), Column::new(2, 4, Fit::Right)];

/// From this many cells on there is room for words beside the figures.
const WIDE: u16 = 30;

/// Draws it.
pub fn draw(desk: &Desk, area: Area, focused: bool, theme: &Theme, frame: &mut Frame) {
    let pane = &desk.panes.compounds;
    let cleared = pane.rows().iter().filter(|row| row.stage.cleared()).count();
    let mut title = format!("{} {}", desk.say(PaneId::Compounds.title()), pane.rows().len());
    if area.w >= WIDE {
        title += &format!("  {} {cleared}", desk.say(t("已进驻", "served")));
    }
    let title = with_filter(desk, title, &pane.filter);
    let title = on_border(desk, PaneId::Compounds, title);
    let inside = popup::frame(frame, area, &title, &pane.list.place(), focused, theme);
    if pane.loaded && pane.rows().is_empty() {
        let words = t(
            "还没有小区; 在命令行导入: tdesk import compounds 文件",
            "No compounds yet; import them: tdesk import compounds FILE",
        );
        return rows::empty(desk.say(words), inside, theme, frame);
    }
    let ids = pane.list.ids();
    let drawn = pane
        .list
        .window()
        .map(|at| rows::Row {
            cells: match ids[at].and_then(|id| pane.row(id)) {
                Some(row) => compound(desk, row, area.w >= WIDE, theme),
                None => all(desk, area.w >= WIDE, theme),
            },
            selected: at == pane.list.row(),
            marked: ids[at].is_some() && ids[at] == pane.chosen,
        })
        .collect();
    rows::draw(&COLUMNS, drawn, focused, inside, theme, frame);
}

fn all(desk: &Desk, wide: bool, theme: &Theme) -> Vec<Cell> {
    // Of the whole township: tickets without a compound are among them.
    let (open, late) = (desk.town.header.open, desk.town.header.late);
    let words = if wide { desk.say(t("待办/超时", "open/late")) } else { "" };
    vec![
        (desk.say(t("全部", "All")).to_owned(), theme.strong()),
        (words.to_owned(), theme.dim()),
        figure(open, theme.strong(), theme),
        figure(late, theme.danger(), theme),
    ]
}

fn compound(desk: &Desk, row: &CompoundRow, wide: bool, theme: &Theme) -> Vec<Cell> {
    let stage = match row.trial_day {
        Some((day, days)) if wide && row.stage == Stage::Trial => {
            t("先尝{day}/{days}", "trial {day}/{days}").with(desk.lang, &[("day", &day), ("days", &days)])
        }
        _ if wide => desk.say(row.stage.label()).to_owned(),
        _ => desk.say(labels::stage_in_short(row.stage)).to_owned(),
    };
    let style = match row.stage {
        Stage::ThreeNo => theme.warning(),
        Stage::Trial => theme.accent(),
        Stage::Entered | Stage::Contract => theme.dim(),
    };
    vec![
        (row.name.clone(), theme.plain()),
        (stage, style),
        figure(row.open, theme.plain(), theme),
        figure(row.late, theme.danger(), theme),
    ]
}

fn figure(n: u32, style: ratatui::style::Style, theme: &Theme) -> Cell {
    (n.to_string(), if n == 0 { theme.dim() } else { style })
}
