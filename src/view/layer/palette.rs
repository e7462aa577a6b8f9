//! Draws the palette: command, key, and why it is not possible.

use ratatui::Frame;

use crate::desk::layer::palette::{self, PaletteBox};
use crate::desk::{Desk, key};
use crate::text::t;
use crate::view::table::{self, Column, Fit};
use crate::view::theme::Theme;
use crate::view::{layer, popup};

/// Draws it.
pub fn draw(desk: &Desk, palette: &PaletteBox, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = desk.say(t("命令: 打字找 (中文, 拼音, 英文)", "Commands: type a name"));
    let inside = popup::over(frame, palette::area(&desk.layout), title, &palette.list.place(), theme);
    let below = layer::field_row(desk, &palette.field, top, inside, theme, frame);
    const COLUMNS: [Column; 3] = [Column::new(10, 24, Fit::End), Column::rest(10), Column::new(4, 12, Fit::Right)];
    let rows: Vec<Vec<table::Cell>> = palette
        .list
        .window()
        .filter_map(|row| palette.rows.get(row))
        .map(|command| {
            let keys = command.keys.first().map(|keys| key::shown(keys)).unwrap_or_default();
            match (command.enabled)(desk) {
                Ok(()) => vec![
                    (desk.say(command.label).to_owned(), theme.plain()),
                    (desk.say(command.help).to_owned(), theme.dim()),
                    (keys, theme.accent()),
                ],
                Err(reason) => vec![
                    (desk.say(command.label).to_owned(), theme.dim()),
                    (format!("! {}", desk.say(reason)), theme.warning()),
                    (keys, theme.dim()),
                ],
            }
        })
        .collect();
    layer::rows(&COLUMNS, &rows, &palette.list, below, theme, frame);
}
