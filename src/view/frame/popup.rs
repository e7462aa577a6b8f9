//! Boxes: a pane's frame, and a layer's box over what is below it.
//! It knows nothing of what is in the box.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear};
use unicode_width::UnicodeWidthStr;

use crate::desk::frame::geometry::Area;
use crate::view::frame::format;
use crate::view::frame::theme::Theme;

/// An area as the drawing library counts it.
pub fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.w, height: area.h }
}

/// Draws a frame with `title` at the top left and `place` at the top right, and gives the area inside.
pub fn frame(frame: &mut Frame, area: Area, title: &str, place: &str, focused: bool, theme: &Theme) -> Rect {
    let outer = rect(area).intersection(frame.area());
    let room = usize::from(outer.width).saturating_sub(4);
    let place_width = if place.is_empty() { 0 } else { format::width(place) + 2 };
    let mut block = Block::bordered().border_set(theme.border_set()).border_style(theme.border(focused));
    if !title.is_empty() {
        let title = format::truncate(title, room.saturating_sub(place_width));
        let style = if focused { theme.accent() } else { theme.plain() };
        block = block.title_top(Line::from(Span::styled(format!(" {title} "), style)));
    }
    if place_width > 0 && place_width <= room {
        block = block.title_top(Line::from(Span::styled(format!(" {place} "), theme.dim())).right_aligned());
    }
    let inside = block.inner(outer);
    frame.render_widget(block, outer);
    inside
}

/// As [`frame`], on cleared ground over whatever is there.
pub fn over(to: &mut Frame, area: Area, title: &str, place: &str, theme: &Theme) -> Rect {
    let outer = rect(area).intersection(to.area());
    clear(to, outer);
    frame(to, area, title, place, true, theme)
}

/// Clears the ground. A wide character cut by the left edge is blanked first: its right half would hide the border.
pub fn clear(frame: &mut Frame, area: Rect) {
    let area = area.intersection(frame.area());
    if area.x > 0 {
        for y in area.top()..area.bottom() {
            if let Some(cell) = frame.buffer_mut().cell_mut((area.x - 1, y))
                && cell.symbol().width() > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    frame.render_widget(Clear, area);
}
