//! Everything that happened to the sample's tickets in the order it happened, so that the event log can be written in
//! the order of time without all tickets being held. Only what is still ahead is kept.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::life::Deed;
use super::tickets::{Planned, Tickets};
use crate::domain::base::id::{IdSource, TicketId};
use crate::domain::base::time::Time;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A report was taken. Its deeds follow as happenings of their own; here they are empty.
    Taken {
        /// The ticket.
        ticket: Box<Planned>,
        /// Whether nothing follows: the ticket need not be remembered.
        last: bool,
    },
    /// Something was done to a ticket taken before.
    Did {
        /// The ticket.
        ticket: TicketId,
        /// What.
        deed: Box<Deed>,
        /// Whether nothing more follows for this ticket.
        last: bool,
    },
}

/// Gives all happenings in order.
pub struct Log<'a> {
    tickets: Tickets<'a>,
    /// The next ticket, drawn already to see when it comes.
    waiting: Option<Planned>,
    ahead: BinaryHeap<Reverse<Ahead>>,
    counted: u64,
}

/// Ordered by time, and in the order written where times are equal.
struct Ahead {
    at: Time,
    n: u64,
    ticket: TicketId,
    deed: Box<Deed>,
    last: bool,
}

impl Ahead {
    const fn order(&self) -> (Time, u64) {
        (self.at, self.n)
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Ahead {}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl<'a> Log<'a> {
    pub(super) fn new(tickets: Tickets<'a>) -> Self {
        Self { tickets, waiting: None, ahead: BinaryHeap::new(), counted: 0 }
    }

    /// The state of the ids behind the last ticket drawn; complete when nothing more is given.
    pub const fn ids(&self) -> IdSource {
        self.tickets.ids()
    }
}

impl Iterator for Log<'_> {
    type Item = Happening;

    fn next(&mut self) -> Option<Happening> {
        let next_deed = self.ahead.peek().map(|Reverse(ahead)| ahead.at);
        if self.waiting.is_none() {
            self.waiting = self.tickets.next();
        }
        let next_ticket = self.waiting.as_ref().map(|ticket| ticket.opened_at);
        let ticket_first = match (next_ticket, next_deed) {
            (Some(ticket), Some(deed)) => ticket <= deed,
            (ticket, _) => ticket.is_some(),
        };
        if !ticket_first {
            let Reverse(Ahead { ticket, deed, last, .. }) = self.ahead.pop()?;
            return Some(Happening::Did { ticket, deed, last });
        }
        let mut ticket = self.waiting.take()?;
        let deeds = std::mem::take(&mut ticket.deeds);
        let count = deeds.len();
        for (at, deed) in deeds.into_iter().enumerate() {
            self.counted += 1;
            self.ahead.push(Reverse(Ahead {
                at: deed.at,
                n: self.counted,
                ticket: ticket.id,
                last: at + 1 == count,
                deed: Box::new(deed),
            }));
        }
        Some(Happening::Taken { ticket: Box::new(ticket), last: count == 0 })
    }
}
