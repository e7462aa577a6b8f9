//! Draws the layers, the topmost last.

pub mod help;
pub mod palette;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::table::{self, Column};
use super::theme::Theme;
use crate::desk::Desk;
use crate::desk::field::Field;
use crate::desk::layer::Layer;
use crate::desk::list::List;

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let top = desk.layers.len().saturating_sub(1);
    for (i, layer) in desk.layers.iter().enumerate() {
        match layer {
            Layer::Help(help) => help::draw(desk, help, i == top, theme, frame),
            Layer::Palette(palette) => palette::draw(desk, palette, i == top, theme, frame),
        }
    }
}

/// Draws a field in the first row of a box, with a blank row under it for the candidates of an input method, and gives
/// the area below.
fn field_row(_desk: &Desk, field: &Field, focused: bool, inside: Rect, theme: &Theme, frame: &mut Frame) -> Rect {
    let row = Rect { height: 1.min(inside.height), ..inside };
    frame.render_widget(Span::styled("> ", theme.accent()), row);
    let field_area = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    super::field(field, focused, field_area, theme, frame);
    Rect { y: inside.y + 2.min(inside.height), height: inside.height.saturating_sub(2), ..inside }
}

/// Draws a list's rows in sight, the selected one marked `>` and reversed.
fn rows<I: Copy + PartialEq>(
    columns: &[Column],
    rows: &[Vec<table::Cell>],
    list: &List<I>,
    area: Rect,
    theme: &Theme,
    frame: &mut Frame,
) {
    let widths = table::widths(columns, rows, usize::from(area.width).saturating_sub(2));
    let first = list.window().start;
    for (y, row) in (area.top()..area.bottom()).zip(rows.iter().enumerate()) {
        let selected = first + row.0 == list.row();
        let mut line = table::line(columns, &widths, row.1);
        line.spans.insert(0, Span::raw(if selected { "> " } else { "  " }));
        let line_area = Rect { y, height: 1, ..area };
        frame.render_widget(if selected { line.style(theme.selected(true)) } else { line }, line_area);
    }
}
