//! Answers about tickets: rows of the list, one ticket in full, pages.
//! Late or due soon is not in them; the clock says that from the times, at each look.

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{PlaceId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::filter::Filter;
use crate::domain::person::{PersonName, Phone};
use crate::domain::ticket::{Status, Ticket, ToldBy};

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
    pub care: crate::domain::person::Flags,
    /// The assignee's phone.
    pub assignee_phone: Option<Phone>,
    /// Named as next owner when it was given back.
    pub next_owner: Option<PersonName>,
    /// The number of the ticket it lives on in: what it was merged into, or where that one went in turn.
    pub merged_into: Option<crate::domain::ticket::Number>,
    /// The numbers of those that live on in it.
    pub merged: Vec<crate::domain::ticket::Number>,
    /// The numbers of the tickets that belong with it.
    pub related: Vec<crate::domain::ticket::Number>,
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
    /// What was settled by it, where the kind alone does not say it.
    pub fact: Option<Fact>,
    /// Who joined: the name as given.
    pub name: Option<PersonName>,
    /// Who joined: the phone as given.
    pub phone: Option<Phone>,
}

/// What an event settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// How the worker was told.
    ToldBy(ToldBy),
    /// When somebody is expected; none: called off.
    Appointment(Option<Time>),
    /// An appointment was taken back, or what took it back was: the one that stood, and the one that stands now.
    AppointmentBack(Option<Time>, Option<Time>),
    /// When it is looked at again.
    Review(Time),
    /// When the outside body is asked again.
    AskAgain(Time),
    /// What it costs, in fen; none: nothing.
    Fee(Option<i64>),
}

/// How long one member of staff had a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The line of the timeline that gave it to him.
    pub entry: usize,
    /// Who.
    pub staff: PersonName,
    /// From when.
    pub from: Time,
    /// When he was on site, if he was.
    pub arrived: Option<Time>,
    /// Until when: it was solved, given back, given to another or ended. None while he has it.
    pub to: Option<Time>,
}

impl Held {
    /// Minutes from getting it to being on site, or as long as he had it without.
    pub fn minutes_before(&self, now: Time) -> i64 {
        self.from.minutes_to(self.arrived.or(self.to).unwrap_or(now)).max(0)
    }

    /// Minutes he had it from being on site on.
    pub fn minutes_after(&self, now: Time) -> Option<i64> {
        Some(self.arrived?.minutes_to(self.to.unwrap_or(now)).max(0))
    }
}

/// Who had a ticket, one after the other, from what happened to it, what was taken back included.
pub fn chain(timeline: &[Entry]) -> Vec<Held> {
    let mut chain: Vec<Held> = Vec::new();
    for (at, entry) in timeline.iter().enumerate() {
        // From one who waits to another the status stays: only the name changes.
        let Some(status) = entry.status.or_else(|| entry.staff.as_ref().map(|_| Status::Assigned)) else { continue };
        let last = chain.last_mut().filter(|held| held.to.is_none());
        let somebody_has_it =
            matches!(status, Status::Assigned | Status::Accepted | Status::Working | Status::Paused | Status::Unable);
        match (last, &entry.staff) {
            (Some(held), None) if somebody_has_it => {
                if status == Status::Working {
                    held.arrived.get_or_insert(entry.at);
                }
                continue;
            }
            (Some(held), _) => held.to = Some(entry.at),
            (None, _) => {}
        }
        // Taken up again without a name: by who had it before.
        let staff = entry.staff.clone().or_else(|| chain.last().map(|held| held.staff.clone()));
        if let Some(staff) = staff.filter(|_| somebody_has_it) {
            let arrived = (status == Status::Working).then_some(entry.at);
            chain.push(Held { entry: at, staff, from: entry.at, arrived, to: None });
        }
    }
    chain
}

/// A question about tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketQuery {
    /// The open tickets, of one compound or all; at most [`OPEN_AT_MOST`].
    Open {
        /// Only of this compound.
        compound: Option<PlaceId>,
    },
    /// One ticket with everything around it.
    One(TicketId),
    /// A page of tickets, newest first.
    Page(PageOf),
    /// The ticket of a number, full or short.
    ByNumber(crate::domain::ticket::Number),
    /// Tickets much like a report being taken, the nearest first; at most [`crate::domain::ticket::around::ALIKE_AT_MOST`].
    LookAlikes(crate::domain::ticket::around::Alike),
    /// Whether a ticket is one of several of a kind at its place within a month, and none of them is about their root.
    RootCause(TicketId),
}

impl TicketQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Open { .. } | Self::Page(_) | Self::ByNumber(_) | Self::RootCause(_) => &[Entity::Ticket],
            Self::One(_) => &[Entity::Ticket, Entity::Staff],
            Self::LookAlikes(_) => &[Entity::Ticket, Entity::Staff, Entity::Place],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum TicketAnswer {
    /// See [`TicketQuery::Open`].
    Open(OpenList),
    /// See [`TicketQuery::One`]; none when there is no such ticket.
    One(Option<Box<Detail>>),
    /// See [`TicketQuery::Page`].
    Page(Page),
    /// See [`TicketQuery::ByNumber`].
    ByNumber(Option<TicketId>),
    /// See [`TicketQuery::LookAlikes`].
    LookAlikes(Vec<crate::domain::ticket::around::LookAlike>),
    /// See [`TicketQuery::RootCause`]; none when there are not enough.
    RootCause(Option<Box<crate::domain::ticket::around::Pattern>>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(minute: i64, kind: EventKind, status: Option<Status>, staff: &str) -> Entry {
        Entry {
            at: Time(0).plus_minutes(minute),
            by: String::new(),
            kind,
            status,
            staff: (!staff.is_empty()).then(|| PersonName::stored(staff.to_owned())),
            note: String::new(),
            warned_at: None,
            fact: None,
            name: None,
            phone: None,
        }
    }

    fn told(timeline: &[Entry], now: i64) -> Vec<(String, i64, Option<i64>)> {
        let now = Time(0).plus_minutes(now);
        chain(timeline)
            .iter()
            .map(|held| (held.staff.reveal().to_owned(), held.minutes_before(now), held.minutes_after(now)))
            .collect()
    }

    #[test]
    fn each_holder_has_his_own_time() {
        use EventKind as E;
        let mut timeline = vec![
            entry(0, E::Taken, Some(Status::New), ""),
            entry(1, E::Assigned, Some(Status::Assigned), "王强"),
            entry(3, E::Noted, None, ""),
            entry(5, E::Accepted, Some(Status::Accepted), ""),
            entry(13, E::Arrived, Some(Status::Working), ""),
            entry(20, E::Paused, Some(Status::Paused), ""),
            entry(30, E::Resumed, Some(Status::Working), ""),
        ];
        assert_eq!(told(&timeline, 48), [("王强".to_owned(), 12, Some(35))]);
        timeline.push(entry(50, E::Assigned, Some(Status::Assigned), "刘建"));
        // Given back; the name behind it is who leads next, and has nothing yet.
        timeline.push(entry(60, E::Returned, Some(Status::New), "王强"));
        let two = [("王强".to_owned(), 12, Some(37)), ("刘建".to_owned(), 10, None)];
        assert_eq!(told(&timeline, 99), two);
        timeline.push(entry(70, E::Undone, Some(Status::Assigned), "刘建"));
        timeline.push(entry(75, E::Resolved, Some(Status::Resolved), ""));
        assert_eq!(told(&timeline, 99)[2], ("刘建".to_owned(), 5, None));
        timeline.push(entry(76, E::Undone, Some(Status::Working), ""));
        assert_eq!(told(&timeline, 99)[3], ("刘建".to_owned(), 0, Some(23)));
        timeline.push(entry(80, E::Closed, Some(Status::Closed), ""));
        assert_eq!(told(&timeline, 99).len(), 4);
    }

    #[test]
    fn giving_it_to_another_while_it_waits_begins_anew() {
        use EventKind as E;
        let timeline = [
            entry(0, E::Assigned, Some(Status::Assigned), "王强"),
            // The status does not change from waiting to waiting: the name does.
            entry(10, E::Assigned, None, "刘建"),
        ];
        assert_eq!(told(&timeline, 15), [("王强".to_owned(), 10, None), ("刘建".to_owned(), 5, None)]);
    }
}
