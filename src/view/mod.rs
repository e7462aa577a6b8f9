//! Draws the desk. The order of drawing is plain code below; nothing is changed by drawing.
//! Files carry the names of the desk's files they draw.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::desk::Desk;
use crate::desk::frame::field::Field;
use crate::desk::frame::geometry::SMALLEST;
use crate::desk::settings::first_run::FirstRun;
use crate::text::t;
use crate::view::frame::theme::Theme;

/// Draws everything. Whether a caret is shown is the frame's cursor: it is set only where a field has the focus.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    if desk.too_small() {
        return too_small(desk, frame);
    }
    crate::view::frame::header::draw(desk, theme, frame);
    // Before there is a data file the panes have nothing to say.
    if !desk.layers.iter().any(|layer| layer.is::<FirstRun>()) {
        crate::view::frame::pane::draw(desk, theme, frame);
    }
    crate::view::frame::layer::draw(desk, theme, frame);
    crate::view::frame::footer::draw(desk, theme, frame);
}

/// Draws a field's text into one row, and the real cursor at its caret when it has the focus: an input method puts its
/// list of candidates there.
pub fn field(field: &Field, focused: bool, area: Rect, theme: &Theme, frame: &mut Frame) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let shown = field.shown(area.width);
    frame.render_widget(
        Line::from(Span::styled(shown.text, theme.typed(field.is_proposed()))),
        Rect { height: 1, ..area },
    );
    if focused {
        frame.set_cursor_position((area.x + shown.caret.min(area.width.saturating_sub(1)), area.y));
    }
}

fn too_small(desk: &Desk, frame: &mut Frame) {
    let area = frame.area();
    let text = if desk.quitting() {
        t("还有写了一半的; 再按一次 q 退出", "Something is half typed; press q again to leave")
    } else {
        t("屏幕太小: 至少要 {w}x{h}; q 退出", "The screen is too small: {w}x{h} at least; q leaves")
    };
    let text = text.with(desk.lang, &[("w", &SMALLEST.0), ("h", &SMALLEST.1)]);
    let lines: Vec<Line> =
        crate::view::frame::format::wrap(&text, usize::from(area.width)).into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(lines), area);
}
pub mod callback;
pub mod filter;
pub mod find;
pub mod frame;
pub mod handover;
pub mod intake;
pub mod outage;
pub mod place;
pub mod rates;
pub mod roster;
pub mod settings;
pub mod staff;
pub mod ticket;
