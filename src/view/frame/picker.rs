//! Draws a list to pick from, each row behind its digit.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::picker::{self, PICKER, Picker};
use crate::desk::frame::say;
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 5] = [
    Column::new(1, 1, Fit::End),
    Column::new(4, 14, Fit::End),
    Column::new(4, 18, Fit::End),
    Column::rest(8),
    Column::new(2, 14, Fit::End),
];

impl Draw for Picker {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let area = picker::area(&desk.layout, self);
        let title = say::about(desk, &self.title, self.then.about());
        let inside = popup::over(frame, area, &title, &self.list.place(), theme);
        // A PIN begun too early lands here: digits narrow no list of names, so nobody misses seeing them.
        let field = if self.then.asks_for_pin() { &self.field.starred(char::is_numeric) } else { &self.field };
        let below = field_row(field, top, inside, theme, frame);
        let facts = picker::fact_rows(&desk.layout, self).into_iter().map(|fact| Line::styled(fact, theme.warning()));
        let facts: Vec<Line> = facts.collect();
        rows::lines(&facts, below, frame);
        let above = u16::try_from(facts.len()).unwrap_or(u16::MAX).min(below.height);
        let below = Rect { y: below.y + above, height: below.height - above, ..below };
        if self.list.is_empty() {
            let words = if desk.asks.waiting(PICKER) {
                t("正在找人 ..", "Looking for people ..")
            } else if self.choices.is_empty() {
                t(
                    "没有可选的人; 员工用 tdesk import staff 导入",
                    "Nobody to choose; staff come with tdesk import staff",
                )
            } else {
                t("没有符合的; 退格重打", "Nothing fits; type less")
            };
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.choices.get(*self.list.ids().get(at)?)?)))
            .map(|(at, choice)| {
                let digit = self.digit(at).map(|digit| digit.to_string()).unwrap_or_default();
                let mut cells: Vec<Cell> = vec![(digit, theme.accent())];
                let styles = [theme.strong(), theme.plain(), theme.dim(), theme.plain()];
                let columns = choice.columns.iter().map(String::as_str).chain(std::iter::repeat(""));
                cells.extend(columns.zip(styles).map(|(text, style)| (text.to_owned(), style)));
                rows::Row { cells, selected: at == self.list.row(), marked: false }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, true, below, theme, frame);
    }
}
