//! Draws the fourth pane: the ticket under the cursor, masked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::geometry::Area;
use crate::desk::frame::pane::PaneId;
use crate::text::t;
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};
use crate::view::ticket::facts;

/// Draws it.
pub fn draw(desk: &Desk, area: Area, focused: bool, theme: &Theme, frame: &mut Frame) {
    let pane = &desk.panes.preview;
    let detail = desk.panes.tickets.list.selected().and_then(|id| pane.detail(id));
    let Some(detail) = detail else {
        let inside = popup::frame(frame, area, desk.say(PaneId::Preview.title()), "", focused, theme);
        let words = t("选中的工单显示在这里", "The selected ticket is shown here");
        return rows::empty(desk.say(words), inside, theme, frame);
    };
    let inside = popup::frame(frame, area, &facts::title(desk, detail), "", focused, theme);
    let facts = facts::lines(desk, detail, usize::from(inside.width), theme);
    rows::lines(&facts, inside, frame);
    let used = u16::try_from(facts.len()).unwrap_or(u16::MAX).min(inside.height);
    let below = Rect { y: inside.y + used, height: inside.height - used, ..inside };
    // The newest at the end; where there is not room for all, the oldest are left out.
    let skip = detail.timeline.len().saturating_sub(usize::from(below.height));
    let timeline: Vec<Line> =
        detail.timeline.iter().skip(skip).map(|entry| facts::entry(desk, entry, None, false, theme)).collect();
    rows::lines(&timeline, below, frame);
}
