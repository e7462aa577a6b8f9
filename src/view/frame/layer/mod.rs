//! Draws the layers, the topmost last. Each is drawn in the file of its name.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::features::every_layer;
use crate::desk::frame::field::Field;
use crate::desk::frame::geometry::Area;
use crate::desk::frame::key;
use crate::desk::frame::layer::AnyLayer;
use crate::view::frame::theme::Theme;

pub(in crate::view) use crate::view::frame::{popup, rows};

/// How a layer is drawn: implemented for each in the file of its name.
pub(in crate::view) trait Draw {
    /// Draws it; `top` says whether it is the topmost.
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame);
}

macro_rules! drawn {
    ($($name:ident($layer:ty);)*) => {
        fn draw_one(layer: &AnyLayer, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
            match layer {
                $(AnyLayer::$name(layer) => layer.draw(desk, top, theme, frame),)*
            }
        }
    };
}

every_layer!(drawn);

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    let top = desk.layers.len().saturating_sub(1);
    for (i, layer) in desk.layers.iter().enumerate() {
        draw_one(layer, desk, i == top, theme, frame);
    }
    prefix(desk, theme, frame);
}

/// Draws a field in the first row of a box, with a blank row under it for the candidates of an input method, and gives
/// the area below.
pub(in crate::view) fn field_row(field: &Field, focused: bool, inside: Rect, theme: &Theme, frame: &mut Frame) -> Rect {
    let row = Rect { height: 1.min(inside.height), ..inside };
    frame.render_widget(Span::styled("> ", theme.accent()), row);
    let field_area = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    crate::view::field(field, focused, field_area, theme, frame);
    Rect { y: inside.y + 2.min(inside.height), height: inside.height.saturating_sub(2), ..inside }
}

/// While a sequence is begun, how it can go on.
fn prefix(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    if desk.pending().is_empty() {
        return;
    }
    let scopes = desk.scopes();
    let begun: Vec<String> = desk.pending().iter().map(|key| key.shown()).collect();
    let lines: Vec<Line> = desk
        .keymap()
        .continuations(&scopes, desk.pending())
        .into_iter()
        .map(|binding| {
            let rest: Vec<String> = binding.keys[desk.pending().len()..].iter().map(|key| key.shown()).collect();
            Line::from(vec![
                Span::styled(format!(" {} ", rest.join(" ")), theme.accent()),
                Span::raw(desk.say(binding.command.help).to_owned()),
            ])
        })
        .collect();
    let w = lines.iter().map(Line::width).max().unwrap_or(0).max(8) + 4;
    let (w, h) = (u16::try_from(w).unwrap_or(40), u16::try_from(lines.len()).unwrap_or(1) + 2);
    let body = desk.layout.body;
    let (w, h) = (w.min(body.w), h.min(body.h));
    let area = Area { x: body.x + body.w - w, y: body.y + body.h - h, w, h };
    let inside = popup::over(frame, area, &format!("{} ..", begun.join(" ")), "", theme);
    rows::lines(&lines, inside, frame);
}

/// The keys of a command as shown, the first of them.
pub(in crate::view) fn first_key(command: &crate::desk::frame::command::Command) -> String {
    command.keys.first().map(|keys| key::shown(keys)).unwrap_or_default()
}
