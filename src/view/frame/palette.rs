//! Draws the palette: command, key, and why it is not possible.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::frame::palette::{self, PaletteBox};
use crate::text::t;
use crate::view::frame::layer::{Draw, field_row, first_key};
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 3] = [Column::new(10, 20, Fit::End), Column::rest(10), Column::new(4, 10, Fit::Right)];

impl Draw for PaletteBox {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = desk.say(t("命令: 打字找 (中文, 拼音, 英文)", "Commands: type a name"));
        let inside = popup::over(frame, palette::area(&desk.layout), title, &self.list.place(), theme);
        let below = field_row(&self.field, top, inside, theme, frame);
        if self.list.is_empty() {
            return rows::empty(desk.say(t("没有这样的命令", "No such command")), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, self.rows.get(at)?)))
            .map(|(at, command)| {
                let (label, key) = (desk.say(command.label).to_owned(), first_key(command));
                let cells = match (command.enabled)(desk) {
                    Ok(()) => vec![
                        (label, theme.plain()),
                        (desk.say(command.help).to_owned(), theme.dim()),
                        (key, theme.accent()),
                    ],
                    Err(reason) => {
                        vec![
                            (label, theme.dim()),
                            (format!("! {}", desk.say(reason)), theme.warning()),
                            (key, theme.dim()),
                        ]
                    }
                };
                rows::Row { cells, selected: at == self.list.row(), marked: false }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, true, below, theme, frame);
    }
}
