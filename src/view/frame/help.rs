//! Draws help: key, what it does.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::help::{self, Help};
use crate::desk::frame::key;
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

const COLUMNS: [Column; 3] = [Column::new(8, 16, Fit::End), Column::new(8, 18, Fit::End), Column::rest(10)];

impl Draw for Help {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk.say(t("帮助: 打字筛选 (中文, 拼音, 英文)", "Help: type to filter"));
        let inside = popup::over(frame, help::area(&desk.layout), title, &self.list.place(), theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        if self.list.is_empty() {
            return rows::empty(
                desk.say(t("没有这样的键; 退格重打", "No such key; type something else")),
                below,
                theme,
                frame,
            );
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.rows.get(at)?)))
            .map(|(at, command)| {
                let keys: Vec<String> = command.keys.iter().map(|keys| key::shown(keys)).collect();
                rows::Row {
                    cells: vec![
                        (keys.join(" "), theme.accent()),
                        (desk.say(command.label).to_owned(), theme.strong()),
                        (desk.say(command.help).to_owned(), theme.plain()),
                    ],
                    selected: at == self.list.row(),
                    marked: false,
                }
            })
            .collect();
        let list = Rect { height: below.height.saturating_sub(help::ROWS_BELOW), ..below };
        rows::draw(&COLUMNS, drawn, true, list, theme, frame);
        let foot = Rect { y: list.y + list.height, height: below.height - list.height, ..below };
        if let Some(command) = self.list.selected().and_then(|row| self.rows.get(row)) {
            let text = format::wrap(desk.say(command.help), usize::from(foot.width).saturating_sub(2));
            let lines: Vec<Line> =
                text.into_iter().map(|line| Line::styled(format!("  {line}"), theme.dim())).collect();
            rows::lines(&lines, foot, frame);
        }
    }
}
