//! How a ticket's due times came about: start, limit, pauses and closed hours, line by line.
//! It reckons nothing; the lines are `text::sum`.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{OTHER_BOXES, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::ticket::act;
use crate::domain::base::id::TicketId;
use crate::domain::query::{Answer, Query};
use crate::domain::ticket::query::{Detail, TicketAnswer, TicketQuery};
use crate::text::sum::{self, Line};

/// The ticket whose due times are explained.
const SUM: Slot = Slot::new("sum", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(detail)) = answer {
        set(desk, detail);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Sum {
    /// Which ticket.
    pub id: TicketId,
    /// Rows that can be scrolled to.
    pub list: List<usize>,
    /// The ticket; none until answered.
    pub detail: Option<Box<Detail>>,
}

impl Layer for Sum {
    const SCOPE: Scope = Scope::new("sum", OTHER_BOXES);
    const SLOTS: &'static [Slot] = &[SUM];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// Opens it for the ticket in hand.
pub fn open(desk: &mut Desk) {
    let Some(id) = act::in_hand(desk).map(|row| row.id) else { return };
    desk.close_all::<Sum>();
    desk.open(Sum { id, list: List::default(), detail: None });
    desk.ask(SUM, Query::Ticket(TicketQuery::One(id)));
}

/// The answer has come.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let rows = detail.as_ref().map_or(0, |detail| lines(desk, detail).len());
    let opened = desk.layer_mut::<Sum>();
    if let Some(sum) = opened {
        sum.list.set((0..rows).collect());
        sum.detail = detail.filter(|detail| detail.row.id == sum.id);
    }
}

/// The lines of the sum.
pub fn lines(desk: &Desk, detail: &Detail) -> Vec<Line> {
    sum::lines(detail, desk.calendar(), desk.lang)
}
