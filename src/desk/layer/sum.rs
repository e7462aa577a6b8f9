//! How a ticket's due times came about: start, limit, pauses and closed hours, line by line.
//! It reckons nothing; the lines are `text::sum`.

use super::Layer;
use crate::desk::ask::Slot;
use crate::desk::geometry::{Area, Layout};
use crate::desk::list::List;
use crate::desk::{Desk, act};
use crate::domain::id::TicketId;
use crate::domain::query::Query;
use crate::domain::query::tickets::Detail;
use crate::text::sum::{self, Line};

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

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// Opens it for the ticket in hand.
pub fn open(desk: &mut Desk) {
    let Some(id) = act::in_hand(desk).map(|row| row.id) else { return };
    desk.layers.retain(|layer| !matches!(layer, Layer::Sum(_)));
    desk.open(Layer::Sum(Sum { id, list: List::default(), detail: None }));
    desk.ask(Slot::Sum, Query::Ticket(id));
}

/// The answer has come.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let rows = detail.as_ref().map_or(0, |detail| lines(desk, detail).len());
    let opened = desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Sum(sum) => Some(sum),
        _ => None,
    });
    if let Some(sum) = opened {
        sum.list.set((0..rows).collect());
        sum.detail = detail.filter(|detail| detail.row.id == sum.id);
    }
}

/// The lines of the sum.
pub fn lines(desk: &Desk, detail: &Detail) -> Vec<Line> {
    sum::lines(detail, desk.calendar(), desk.lang)
}
