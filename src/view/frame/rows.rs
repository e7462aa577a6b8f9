//! A list's rows in sight: the selected one behind `>` and reversed, marked ones behind `*`.
//! What the columns hold is decided by the caller.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::view::frame::format;
use crate::view::frame::table::{self, Cell, Column};
use crate::view::frame::theme::Theme;

/// A row: its columns, and whether it is the selected one and marked.
pub struct Row {
    /// The columns.
    pub cells: Vec<Cell>,
    /// Under the cursor.
    pub selected: bool,
    /// Marked for an action on many.
    pub marked: bool,
}

/// Draws rows from the top of `area`, with columns in common.
pub fn draw(columns: &[Column], rows: Vec<Row>, focused: bool, area: Rect, theme: &Theme, frame: &mut Frame) {
    let area = area.intersection(frame.area());
    let room = usize::from(area.width).saturating_sub(2);
    let (cells, flags): (Vec<Vec<Cell>>, Vec<(bool, bool)>) =
        rows.into_iter().map(|row| (row.cells, (row.selected, row.marked))).unzip();
    let widths = table::widths(columns, &cells, room);
    for ((y, row), (selected, marked)) in (area.top()..area.bottom()).zip(&cells).zip(flags) {
        let mut line = table::line(columns, &widths, row);
        let mark = format!("{}{}", if selected { '>' } else { ' ' }, if marked { '*' } else { ' ' });
        line.spans.insert(0, Span::styled(mark, if marked { theme.accent() } else { theme.plain() }));
        let row_area = Rect { y, height: 1, ..area };
        frame.render_widget(if selected { select(line, focused, room + 2, theme) } else { line }, row_area);
    }
}

/// The selected row: one style over its whole width, so that it reads well on every background.
fn select(line: Line<'static>, focused: bool, cells: usize, theme: &Theme) -> Line<'static> {
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    if focused {
        return Line::styled(format::pad(&text, cells), theme.selected(true));
    }
    line.patch_style(ratatui::style::Style::new().add_modifier(Modifier::BOLD))
}

/// Draws a sentence where a list is empty.
pub fn empty(words: &str, area: Rect, theme: &Theme, frame: &mut Frame) {
    lines(
        &format::wrap(words, usize::from(area.width).saturating_sub(2))
            .into_iter()
            .map(|line| Line::styled(format!("  {line}"), theme.dim()))
            .collect::<Vec<_>>(),
        area,
        frame,
    );
}

/// Draws lines from the top of `area`; those that do not fit are left out, one too long ends in `..`.
pub fn lines(lines: &[Line<'static>], area: Rect, frame: &mut Frame) {
    let area = area.intersection(frame.area());
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        frame.render_widget(format::fit(line, usize::from(area.width)), Rect { y, height: 1, ..area });
    }
}
