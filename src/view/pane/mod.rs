//! Draws the panes that are on the screen.
//! Each is drawn in the file of its name.

pub mod compounds;
pub mod duty;
pub mod preview;
pub mod tickets;

use ratatui::Frame;

use super::theme::Theme;
use crate::desk::Desk;
use crate::desk::layer::AnyLayer;
use crate::desk::pane::PaneId;

/// Draws them.
pub fn draw(desk: &Desk, theme: &Theme, frame: &mut Frame) {
    for id in PaneId::ALL {
        let Some(area) = desk.layout.pane(id) else { continue };
        let over = !desk.layers.last().is_none_or(AnyLayer::narrows);
        let focused = !over && desk.focus == id;
        match id {
            PaneId::Compounds => compounds::draw(desk, area, focused, theme, frame),
            PaneId::Tickets => tickets::draw(desk, area, focused, theme, frame),
            PaneId::Duty => duty::draw(desk, area, focused, theme, frame),
            PaneId::Preview => preview::draw(desk, area, focused, theme, frame),
        }
    }
}

/// What a pane is called on its border: nothing while a filter is typed there, whose field would leave the title's end to be seen.
fn on_border(desk: &Desk, id: PaneId, title: String) -> String {
    let typed_over = desk.focus == id && desk.layers.last().is_some_and(AnyLayer::narrows);
    if typed_over { String::new() } else { title }
}

/// A title with the filter behind it, when there is one.
fn with_filter(desk: &Desk, title: String, filter: &str) -> String {
    if filter.is_empty() {
        return title;
    }
    format!("{title}  {}「{filter}」", desk.say(crate::text::t("筛选", "filter ")))
}
