//! An opened ticket: everything in full, what happened, and what can be done by digit.
//! Opening it is the act that shows names and phones; it is written down, and no reason is asked.

use super::Layer;
use crate::desk::ask::Slot;
use crate::desk::command::Command;
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::{Code, Key};
use crate::desk::list::List;
use crate::desk::notice::Level;
use crate::desk::{Desk, Effect, act};
use crate::domain::id::TicketId;
use crate::domain::query::Query;
use crate::domain::query::tickets::Detail;
use crate::text::t;

/// State of the layer.
#[derive(Debug)]
pub struct Opened {
    /// Which.
    pub id: TicketId,
    /// Lines of the timeline.
    pub list: List<usize>,
    /// The ticket; none until answered.
    pub detail: Option<Box<Detail>>,
}

/// What the digits run, in order.
pub const fn actions() -> &'static [Command] {
    act::COMMANDS
}

/// Where the layer stands: the whole body.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

/// Rows above the timeline: facts, words, result.
pub const ROWS_ABOVE: u16 = 11;

/// Rows of the timeline in sight.
pub fn list_height(layout: &Layout) -> u16 {
    area(layout).inside().h.saturating_sub(ROWS_ABOVE + 1).max(1)
}

/// Opens a ticket.
pub fn open(desk: &mut Desk, id: TicketId) {
    if matches!(desk.layers.last(), Some(Layer::Ticket(opened)) if opened.id == id) {
        return;
    }
    // One ticket is open at a time, so that answers have one place to go.
    desk.layers.retain(|layer| !matches!(layer, Layer::Ticket(_)));
    desk.open(Layer::Ticket(Opened { id, list: List::default(), detail: None }));
    desk.ask(Slot::Ticket, Query::Ticket(id));
    desk.emit(Effect::LogAccess(id));
}

/// The answer has come.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let opened = desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Ticket(opened) => Some(opened),
        _ => None,
    });
    let Some(opened) = opened else { return };
    match detail {
        Some(detail) if detail.row.id == opened.id => {
            let fresh = opened.detail.is_none();
            opened.list.set((0..detail.timeline.len()).collect());
            if fresh {
                opened.list.last();
            }
            opened.detail = Some(detail);
        }
        Some(_) => {}
        None => {
            desk.layers.retain(|layer| !matches!(layer, Layer::Ticket(_)));
            desk.notice(Level::Trouble, desk.say(t("没有这张工单", "There is no such ticket")));
        }
    }
}

/// A digit runs an action.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Code::Char(c @ '1'..='9') = key.code else { return false };
    match actions().get(c as usize - '1' as usize) {
        Some(command) if key.typed().is_some() => {
            desk.run(command);
            true
        }
        _ => false,
    }
}
