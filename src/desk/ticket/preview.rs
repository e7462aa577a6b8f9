//! The fourth pane: the ticket under the cursor, names and phones masked. What is shown in full is the opened ticket's.
//! It is asked for only while it is on the screen.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::list::List;
use crate::desk::frame::pane::PaneId;
use crate::domain::base::id::TicketId;
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::query::{Detail, TicketAnswer, TicketQuery};

/// The ticket shown in full.
const PREVIEW: Slot = Slot::new("preview", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(detail)) = answer {
        desk.panes.preview.set(detail);
    }
});

/// State of the pane.
#[derive(Debug, Default)]
pub struct Preview {
    /// Lines of the timeline.
    pub list: List<usize>,
    detail: Option<Box<Detail>>,
}

impl Preview {
    /// A new answer.
    pub fn set(&mut self, detail: Option<Box<Detail>>) {
        self.list.set((0..detail.as_ref().map_or(0, |detail| detail.timeline.len())).collect());
        self.detail = detail;
    }

    /// The ticket, when it is the one under the cursor.
    pub fn detail(&self, id: TicketId) -> Option<&Detail> {
        self.detail.as_deref().filter(|detail| detail.row.id == id)
    }
}

/// The preview follows the cursor.
pub fn follow(desk: &mut Desk) {
    let wanted = desk.panes.tickets.list.selected();
    let asked = match desk.asks.query(PREVIEW) {
        Some(Query::Ticket(TicketQuery::One(id))) => Some(*id),
        _ => None,
    };
    match wanted {
        Some(id) if desk.layout.pane(PaneId::Preview).is_some() => {
            if asked != Some(id) {
                desk.ask(PREVIEW, Query::Ticket(TicketQuery::One(id)));
            }
        }
        _ => desk.asks.forget(PREVIEW),
    }
}
