//! Draws one question with its line for the answer.

use ratatui::Frame;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::frame::prompt::{self, Prompt};
use crate::desk::frame::say;
use crate::view::frame::layer::{Draw, field_row};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

impl Draw for Prompt {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = say::about(desk, &self.title, self.then.about());
        let inside = popup::over(frame, prompt::area(&desk.layout), &title, "", theme);
        let field = if self.secret() { &self.field.starred(|_| true) } else { &self.field };
        let below = field_row(field, top, inside, theme, frame);
        let style = theme.accent();
        let lines: Vec<Line> = prompt::reading(desk, self)
            .into_iter()
            .map(|reading| Line::styled(format!("  {reading}"), style))
            .collect();
        rows::lines(&lines, below, frame);
    }
}
