//! Answers about tickets: rows of the list, one ticket in full, pages.
//! Late or due soon is not in them; the clock says that from the times, at each look.

use super::super::event::EventKind;
use super::super::filter::Filter;
use super::super::id::TicketId;
use super::super::person::{PersonName, Phone};
use super::super::ticket::{Status, Ticket};
use super::super::time::Time;

/// Open tickets held in memory at most; above it the list says "5,000+".
pub const OPEN_AT_MOST: usize = 5_000;

/// A ticket with the names a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Id.
    pub id: TicketId,
    /// Row version.
    pub version: i64,
    /// The ticket.
    pub ticket: Ticket,
    /// Name of its compound; empty without a place.
    pub compound: String,
    /// Label of its place within the compound (`3-2-501`); empty for the compound itself.
    pub place: String,
    /// Who has it.
    pub assignee: Option<PersonName>,
}

/// Open tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenList {
    /// In no promised order; the desk orders them by urgency.
    pub rows: Vec<Row>,
    /// Whether there are more than [`OPEN_AT_MOST`].
    pub more: bool,
    /// Urgent (P1, P2, watched) open tickets outside the compound asked for.
    pub urgent_elsewhere: u32,
}

/// Tickets that pass a filter are counted up to this; above it the list says "1,000+".
pub const COUNT_AT_MOST: usize = 1_000;

/// Which tickets a page is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOf {
    /// What they must be like.
    pub filter: Filter,
    /// Late, soon and silent at this time.
    pub now: Time,
    /// Rows at most.
    pub limit: usize,
    /// Oldest first; else newest first.
    pub oldest: bool,
    /// Only those behind this one (opened at, id): the `next` of the page before.
    pub after: Option<(Time, TicketId)>,
    /// Whether all that pass are counted too, from `after` on.
    pub count: bool,
}

impl PageOf {
    /// The first page of those that pass, newest first.
    pub const fn first(filter: Filter, now: Time, limit: usize) -> Self {
        Self { filter, now, limit, oldest: false, after: None, count: false }
    }
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order asked for.
    pub rows: Vec<Listed>,
    /// Where the next page begins; none at the end.
    pub next: Option<(Time, TicketId)>,
    /// How many pass, when that was asked.
    pub count: Option<Count>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// So many.
    pub n: usize,
    /// And more, not counted.
    pub more: bool,
}

/// A ticket of a page, with who reported it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The ticket.
    pub row: Row,
    /// The name as given, or the resident's.
    pub reporter: Option<PersonName>,
    /// The number as given, or the resident's first.
    pub phone: Option<Phone>,
}

/// One ticket in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The ticket and its names.
    pub row: Row,
    /// Building number, unit and room of its place, empty where there is none.
    pub building: String,
    /// Unit.
    pub unit: String,
    /// Room.
    pub room: String,
    /// The resident who reported, or the name as given.
    pub reporter: Option<PersonName>,
    /// The number to ring back.
    pub phone: Option<Phone>,
    /// Care flags of the reporter.
    pub care: super::super::person::Flags,
    /// The assignee's phone.
    pub assignee_phone: Option<Phone>,
    /// Named as next owner when it was given back.
    pub next_owner: Option<PersonName>,
    /// The number of the ticket it was merged into.
    pub duplicate_of: Option<super::super::ticket::Number>,
    /// What happened, oldest first.
    pub timeline: Vec<Entry>,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Time,
    /// Operator's name.
    pub by: String,
    /// What happened.
    pub kind: EventKind,
    /// Status it had afterwards, when that changed.
    pub status: Option<Status>,
    /// Who it was given to.
    pub staff: Option<PersonName>,
    /// Words that came with it.
    pub note: String,
    /// When the caller was told the words for danger, where this is what tells it.
    pub warned_at: Option<Time>,
    /// Who joined: the name as given.
    pub name: Option<PersonName>,
    /// Who joined: the phone as given.
    pub phone: Option<Phone>,
}
