//! Draws help: key, what it does.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::layer::help::{self, Help};
use crate::desk::{Desk, key};
use crate::text::t;
use crate::view::table::{self, Column, Fit};
use crate::view::theme::Theme;
use crate::view::{layer, popup};

/// Draws it.
pub fn draw(desk: &Desk, help: &Help, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = desk.say(t("帮助: 打字筛选 (中文, 拼音, 英文)", "Help: type to filter"));
    let inside = popup::over(frame, help::area(&desk.layout), title, &help.list.place(), theme);
    let below = layer::field_row(desk, &help.field, top, inside, theme, frame);
    const COLUMNS: [Column; 3] = [Column::new(8, 18, Fit::End), Column::new(8, 16, Fit::End), Column::rest(10)];
    let rows: Vec<Vec<table::Cell>> = help
        .list
        .window()
        .filter_map(|row| help.rows.get(row))
        .map(|command| {
            let keys: Vec<String> = command.keys.iter().map(|keys| key::shown(keys)).collect();
            vec![
                (keys.join(" "), theme.accent()),
                (desk.say(command.label).to_owned(), theme.plain()),
                (desk.say(command.help).to_owned(), theme.plain()),
            ]
        })
        .collect();
    layer::rows(&COLUMNS, &rows, &help.list, Rect { ..below }, theme, frame);
}
