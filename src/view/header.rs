//! The line at the top. It counts nothing itself.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::popup::rect;
use super::theme::Theme;
use crate::desk::Desk;

/// Draws it.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let area = rect(desk.layout.header).intersection(frame.area());
    let clock = desk.zone.hm(desk.now);
    frame.render_widget(Line::from(Span::styled(format!("{clock} "), theme.plain())).right_aligned(), area);
}
