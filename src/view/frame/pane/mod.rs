//! Draws the panes that are on the screen.
//! Each is drawn in the file of its name.

use ratatui::Frame;

use crate::desk::Desk;
use crate::desk::frame::layer::AnyLayer;
use crate::desk::frame::pane::PaneId;
use crate::view::frame::theme::Theme;

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    for id in PaneId::ALL {
        let Some(area) = desk.layout.pane(id) else { continue };
        let over = !desk.layers.last().is_none_or(AnyLayer::narrows);
        let focused = !over && desk.focus == id;
        match id {
            PaneId::Compounds => crate::view::place::pane::draw(desk, area, focused, theme, frame),
            PaneId::Tickets => crate::view::ticket::pane::draw(desk, area, focused, theme, frame),
            PaneId::Duty => crate::view::roster::pane::draw(desk, area, focused, theme, frame),
            PaneId::Preview => crate::view::ticket::preview::draw(desk, area, focused, theme, frame),
        }
    }
}

/// What a pane is called on its border: nothing while a filter is typed there, whose field would leave the title's end to be seen.
pub(in crate::view) fn on_border(desk: &Desk, id: PaneId, title: String) -> String {
    let typed_over = desk.focus == id && desk.layers.last().is_some_and(AnyLayer::narrows);
    if typed_over { String::new() } else { title }
}

/// A title with the filter behind it, when there is one.
pub(in crate::view) fn with_filter(desk: &Desk, title: String, filter: &str) -> String {
    if filter.is_empty() {
        return title;
    }
    format!("{title}  {}「{filter}」", desk.say(crate::text::t("筛选", "filter ")))
}
