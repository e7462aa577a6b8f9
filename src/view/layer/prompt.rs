//! Draws one question with its line for the answer.

use ratatui::Frame;
use ratatui::text::Line;

use super::field_row;
use crate::desk::layer::prompt::{self, Prompt};
use crate::desk::{Desk, say};
use crate::view::theme::Theme;
use crate::view::{popup, rows};

/// Draws it.
pub fn draw(desk: &Desk, prompt: &Prompt, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = say::about(desk, &prompt.title, prompt.then.about());
    let inside = popup::over(frame, prompt::area(&desk.layout), &title, "", theme);
    let field = if prompt.secret() { &prompt.field.starred(|_| true) } else { &prompt.field };
    let below = field_row(field, top, inside, theme, frame);
    let style = theme.accent();
    let lines: Vec<Line> =
        prompt::reading(desk, prompt).into_iter().map(|reading| Line::styled(format!("  {reading}"), style)).collect();
    rows::lines(&lines, below, frame);
}
