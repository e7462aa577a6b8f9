//! Draws the panes that are on the screen.
use ratatui::Frame;

use super::popup;
use super::theme::Theme;
use crate::desk::Desk;
use crate::desk::pane::PaneId;

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    for id in PaneId::ALL {
        let Some(area) = desk.layout.pane(id) else { continue };
        let focused = desk.layers.is_empty() && desk.focus == id;
        popup::frame(frame, area, desk.say(id.title()), "", focused, theme);
    }
}
