//! Words that narrow the focused pane's list while they are typed.
//! It keeps no words of its own: they are the pane's, and stay there when it closes.

use super::Layer;
use crate::desk::Desk;
use crate::desk::command::{Command, Scope};
use crate::desk::field::{Field, Took};
use crate::desk::geometry::Area;
use crate::desk::key::Key;
use crate::desk::pane::{self, PaneId};
use crate::text::t;

/// State of the layer.
#[derive(Debug)]
pub struct Filter {
    /// What is typed.
    pub field: Field,
    /// The pane narrowed.
    pub pane: PaneId,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "filter.keep",
        &["enter"],
        Scope::Filter,
        t("留着筛选", "keep it"),
        t("留着筛选, 回到列表", "Keep the filter and go back to the list"),
        super::close,
    )
    .footer(),
    Command::new(
        "filter.clear",
        &["esc", "ctrl-q"],
        Scope::Filter,
        t("取消筛选", "take it off"),
        t("取消筛选, 全部列出", "Take the filter off and show every row"),
        clear,
    )
    .footer(),
];

/// Cells left of the pane's upper border for the place in its list.
const PLACE: u16 = 12;

/// Where the field stands: in the upper border of its pane, so that it hides no row and candidates have room below.
pub fn area(desk: &Desk, filter: &Filter) -> Area {
    let area = desk.layout.pane(filter.pane).unwrap_or(desk.layout.body);
    Area { x: area.x + 2, y: area.y, w: area.w.saturating_sub(PLACE + 3), h: area.h.min(1) }
}

/// Opens it on the focused pane.
pub fn open(desk: &mut Desk) {
    let pane = desk.focus;
    if let Some(words) = pane::filter_of(desk, pane) {
        let field = Field::holding(words);
        desk.open(Layer::Filter(Filter { field, pane }));
    }
}

/// A key for the field.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(Layer::Filter(filter)) = desk.layers.last_mut() else { return false };
    match filter.field.key(key) {
        Took::Nothing => return false,
        Took::Moved => {}
        Took::Changed => narrow(desk),
    }
    true
}

/// Text in one piece.
pub fn paste(desk: &mut Desk, text: &str) {
    if let Some(Layer::Filter(filter)) = desk.layers.last_mut() {
        filter.field.insert(text);
        narrow(desk);
    }
}

fn narrow(desk: &mut Desk) {
    let Some(Layer::Filter(filter)) = desk.layers.last() else { return };
    let (pane, words) = (filter.pane, filter.field.trimmed().to_owned());
    if let Some(kept) = pane::filter_of(desk, pane) {
        *kept = words;
        pane::arrange(desk, pane);
    }
}

fn clear(desk: &mut Desk) {
    if let Some(Layer::Filter(filter)) = desk.layers.last_mut() {
        filter.field.set("");
        narrow(desk);
    }
    super::close(desk);
}
