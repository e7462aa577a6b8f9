//! Draws the field that narrows a pane, over the pane's first row.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::desk::Desk;
use crate::desk::filter::{self, Filter};
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup};

impl Draw for Filter {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let area = popup::rect(filter::area(desk, self)).intersection(frame.area());
        popup::clear(frame, area);
        let label = format!("{}: ", desk.say(t("筛选", "Filter")));
        let used = u16::try_from(format::width(&label)).unwrap_or(0).min(area.width);
        frame.render_widget(Span::styled(label, theme.accent()), area);
        let field = Rect { x: area.x + used, width: area.width - used, ..area };
        crate::view::field(&self.field, top, field, theme, frame);
        // In the lower border of its pane: it hides no row, and candidates of an input method have room.
        let (Some((hint, refused)), Some(pane)) = (filter::hint(desk, self), desk.layout.pane(self.pane)) else {
            return;
        };
        let below =
            Rect { x: pane.x + 2, y: (pane.y + pane.h).saturating_sub(1), width: pane.w.saturating_sub(4), height: 1 };
        let below = below.intersection(frame.area());
        popup::clear(frame, below);
        let text = format::more(&hint, usize::from(below.width));
        frame.render_widget(Span::styled(text, if refused { theme.warning() } else { theme.dim() }), below);
    }
}
