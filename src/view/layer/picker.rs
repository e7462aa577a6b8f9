//! Draws a list to pick from, each row behind its digit.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::field_row;
use crate::desk::ask::Slot;
use crate::desk::layer::picker::{self, Picker};
use crate::desk::{Desk, say};
use crate::text::t;
use crate::view::table::{Cell, Column, Fit};
use crate::view::theme::Theme;
use crate::view::{popup, rows};

const COLUMNS: [Column; 5] = [
    Column::new(1, 1, Fit::End),
    Column::new(4, 14, Fit::End),
    Column::new(4, 18, Fit::End),
    Column::rest(8),
    Column::new(2, 14, Fit::End),
];

/// Draws it.
pub fn draw(desk: &Desk, picker: &Picker, top: bool, theme: &Theme, frame: &mut Frame) {
    let area = picker::area(&desk.layout, picker);
    let title = say::about(desk, &picker.title, picker.then.about());
    let inside = popup::over(frame, area, &title, &picker.list.place(), theme);
    // A PIN begun too early lands here: digits narrow no list of names, so nobody misses seeing them.
    let field = if picker.then.asks_for_pin() { &picker.field.starred(char::is_numeric) } else { &picker.field };
    let below = field_row(field, top, inside, theme, frame);
    let facts = picker::fact_rows(&desk.layout, picker).into_iter().map(|fact| Line::styled(fact, theme.warning()));
    let facts: Vec<Line> = facts.collect();
    rows::lines(&facts, below, frame);
    let above = u16::try_from(facts.len()).unwrap_or(u16::MAX).min(below.height);
    let below = Rect { y: below.y + above, height: below.height - above, ..below };
    if picker.list.is_empty() {
        let words = if desk.asks.waiting(Slot::Picker) {
            t("正在找人 ..", "Looking for people ..")
        } else if picker.choices.is_empty() {
            t("没有可选的人; 员工用 tdesk import staff 导入", "Nobody to choose; staff come with tdesk import staff")
        } else {
            t("没有符合的; 退格重打", "Nothing fits; type less")
        };
        return rows::empty(desk.say(words), below, theme, frame);
    }
    let drawn = picker
        .list
        .window()
        .filter_map(|at| Some((at, picker.choices.get(*picker.list.ids().get(at)?)?)))
        .map(|(at, choice)| {
            let digit = picker.digit(at).map(|digit| digit.to_string()).unwrap_or_default();
            let mut cells: Vec<Cell> = vec![(digit, theme.accent())];
            let styles = [theme.strong(), theme.plain(), theme.dim(), theme.plain()];
            let columns = choice.columns.iter().map(String::as_str).chain(std::iter::repeat(""));
            cells.extend(columns.zip(styles).map(|(text, style)| (text.to_owned(), style)));
            rows::Row { cells, selected: at == picker.list.row(), marked: false }
        })
        .collect();
    rows::draw(&COLUMNS, drawn, true, below, theme, frame);
}
