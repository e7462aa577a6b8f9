//! What follows a pick or an answer, as data: it can be printed, compared and replayed.
//! Doing it is not here; that is the layer it was asked by.

use crate::desk::staff::{self, departure};
use crate::desk::ticket::around::Writing;
use crate::desk::ticket::asking::Asking;
use crate::desk::ticket::moving::Moving;
use crate::desk::{handover, roster, settings};
use crate::domain::base::id::{StaffId, TicketId};
use crate::domain::base::time::Day;
use crate::domain::callback::op::Whom;
use crate::domain::roster::duty::Gap;
use crate::domain::ticket::priority::Raise;

/// What follows a pick or an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The move goes on.
    Move(Moving),
    /// The move takes its tickets out of sight: `y` makes it, nothing else does.
    Sure(Moving),
    /// Another desk has just sent somebody else: whether that stays.
    Overtaken(Moving),
    /// These tickets get the picked status.
    Status(Vec<TicketId>),
    /// The words become a note.
    Note(Vec<TicketId>),
    /// The words go with the chase.
    Chase(Vec<TicketId>),
    /// The words name who is also affected.
    Join(Vec<TicketId>),
    /// The picked mark is put on this shift.
    Mark(Box<roster::pane::Person>),
    /// One of these people is marked.
    MarkOne(Vec<roster::pane::Person>),
    /// The picked person steps in there.
    StepIn(Box<Gap>),
    /// The words say how many are needed where.
    Need,
    /// The picked one does the ticket over: the resident says that it is not solved.
    NotSolved {
        /// The one ticket.
        tickets: Vec<TicketId>,
        /// Whose word.
        whom: Whom,
        /// What is still wrong.
        words: String,
    },
    /// The pick says whom the week grid shows.
    Show,
    /// The pick says whose month is shown.
    MonthOf,
    /// The words say where the shifts of these days stand.
    Post(Vec<(StaffId, Day)>),
    /// The picked order is the list's.
    Order,
    /// The picked filter narrows the list.
    Filter,
    /// The picked kind of sheet is written.
    Export,
    /// The words name this filter.
    SaveFilter(String),
    /// The words are a setting's new value.
    Setting(settings::pages::Asked),
    /// These were told so.
    Tell(Vec<TicketId>),
    /// These are raised for this, or left as they are.
    Raise(Vec<TicketId>, Raise),
    /// The desk goes on by a clock that seems wrong, or is left.
    WrongClock,
    /// The picked command runs.
    Run,
    /// The picked file is taken off.
    Detach(TicketId),
    /// The words are of an outside body that was asked.
    Asked(Asking),
    /// The words are written around a ticket.
    Write(Writing),
    /// The words name a new township.
    Township,
    /// The words name its property company.
    Company {
        /// The township's name.
        township: String,
    },
    /// It goes into the handover.
    Handover(handover::Asked),
    /// It changes staff.
    Staff(staff::edit::Asked),
    /// It says what becomes of what is in the hands of somebody who leaves.
    Leaves(Box<departure::Leaving>),
}

impl Then {
    /// The tickets it is for, to name them.
    pub fn about(&self) -> &[TicketId] {
        match self {
            Self::Move(moving) | Self::Sure(moving) | Self::Overtaken(moving) => &moving.tickets,
            Self::Status(tickets)
            | Self::Note(tickets)
            | Self::Chase(tickets)
            | Self::Join(tickets)
            | Self::NotSolved { tickets, .. }
            | Self::Tell(tickets)
            | Self::Raise(tickets, _) => tickets,
            Self::Detach(ticket) => std::slice::from_ref(ticket),
            Self::Write(writing) => std::slice::from_ref(&writing.ticket),
            Self::Asked(asking) => std::slice::from_ref(&asking.ticket),
            Self::Order
            | Self::Filter
            | Self::Export
            | Self::SaveFilter(_)
            | Self::Setting(_)
            | Self::Run
            | Self::WrongClock
            | Self::Mark(_)
            | Self::MarkOne(_)
            | Self::StepIn(_)
            | Self::Need
            | Self::Show
            | Self::MonthOf
            | Self::Post(_)
            | Self::Township
            | Self::Company { .. }
            | Self::Handover(_)
            | Self::Staff(_)
            | Self::Leaves(_) => &[],
        }
    }

    /// Whether a PIN is asked for as soon as this is answered.
    pub const fn asks_for_pin(&self) -> bool {
        matches!(self, Self::Handover(handover::Asked::Receiver(_)))
    }

    /// Whether the answer to one would be an answer to the other, whatever chain of questions each stands in.
    pub(in crate::desk) fn asks_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Move(a), Self::Move(b)) => {
                (a.event, &a.tickets, a.needs.first()) == (b.event, &b.tickets, b.needs.first())
            }
            (Self::NotSolved { tickets: a, .. }, Self::NotSolved { tickets: b, .. }) => a == b,
            (Self::Handover(a), Self::Handover(b)) => a.same(b),
            (Self::Asked(a), Self::Asked(b)) => (a.ticket, a.left.first()) == (b.ticket, b.left.first()),
            (Self::Write(a), Self::Write(b)) => (a.ticket, a.what) == (b.ticket, b.what),
            _ => self == other,
        }
    }
}
