//! Draws help: key, what it does.

use ratatui::Frame;

use super::field_row;
use crate::desk::layer::help::{self, Help};
use crate::desk::{Desk, key};
use crate::text::t;
use crate::view::table::{Column, Fit};
use crate::view::theme::Theme;
use crate::view::{popup, rows};

const COLUMNS: [Column; 3] = [Column::new(8, 16, Fit::End), Column::new(8, 18, Fit::End), Column::rest(10)];

/// Draws it.
pub fn draw(desk: &Desk, help: &Help, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = desk.say(t("帮助: 打字筛选 (中文, 拼音, 英文)", "Help: type to filter"));
    let inside = popup::over(frame, help::area(&desk.layout), title, &help.list.place(), theme);
    let below = field_row(&help.field, top, inside, theme, frame);
    if help.list.is_empty() {
        return rows::empty(
            desk.say(t("没有这样的键; 退格重打", "No such key; type something else")),
            below,
            theme,
            frame,
        );
    }
    let drawn = help
        .list
        .window()
        .filter_map(|at| Some((at, help.rows.get(at)?)))
        .map(|(at, command)| {
            let keys: Vec<String> = command.keys.iter().map(|keys| key::shown(keys)).collect();
            rows::Row {
                cells: vec![
                    (keys.join(" "), theme.accent()),
                    (desk.say(command.label).to_owned(), theme.strong()),
                    (desk.say(command.help).to_owned(), theme.plain()),
                ],
                selected: at == help.list.row(),
                marked: false,
            }
        })
        .collect();
    rows::draw(&COLUMNS, drawn, true, below, theme, frame);
}
