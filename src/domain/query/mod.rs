//! Every question the desk and the commands ask the data file, and the answers, as values.
//! How an answer is read is `store`; what is asked again after a change follows from [`Query::about`].

pub mod around;
pub mod callbacks;
pub mod duty;
pub mod figures;
pub mod handover;
pub mod names;
pub mod paper;
pub mod places;
pub mod roster;
pub mod staffing;
pub mod tickets;

use super::calendar::Calendar;
use super::category::Category;
use super::event::Entity;
use super::handover::turn::{Last, Turns};
use super::id::{HandoverId, ParkedId, PlaceId, StaffId, TicketId};
use super::op::parked::Form;
use super::rates::{Rates, Span};
use super::report::Month;
use super::roster::Templates;
use super::time::{Day, Time, Zone};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Names and settings of the township, its categories. Asked once.
    Township,
    /// The figures of the header.
    Header {
        /// Now.
        now: Time,
    },
    /// All compounds with their figures.
    Compounds {
        /// Now.
        now: Time,
    },
    /// The open tickets, of one compound or all; at most [`tickets::OPEN_AT_MOST`].
    OpenTickets {
        /// Only of this compound.
        compound: Option<PlaceId>,
    },
    /// One ticket with everything around it.
    Ticket(TicketId),
    /// A page of tickets, newest first.
    TicketPage(tickets::PageOf),
    /// The ticket of a number, full or short.
    TicketByNumber(super::ticket::Number),
    /// Who is on duty at a time.
    Duty {
        /// When.
        at: Time,
        /// Only who serves this compound.
        compound: Option<PlaceId>,
    },
    /// Who could be sent to a ticket, the best first.
    Suggest {
        /// Category code.
        category: String,
        /// Where.
        compound: Option<PlaceId>,
        /// When.
        at: Time,
    },
    /// Whether enough people come on the days ahead, by compound, role and shift.
    Coverage {
        /// First day.
        from: Day,
        /// How many.
        days: usize,
    },
    /// A week proposed from cycles and needs; it takes a while.
    Fill {
        /// Its first day.
        monday: Day,
        /// Now.
        now: Time,
    },
    /// Everybody of the company, with what he is doing.
    StaffList {
        /// Now.
        now: Time,
    },
    /// Who could step into a shift, the best first.
    StandIns(super::roster::stand_in::Wanted),
    /// What leaves with somebody, were he to leave now.
    Departure {
        /// Who.
        staff: StaffId,
        /// Shifts that begin later come off the wall.
        now: Time,
    },
    /// Who would be sent to each of several tickets, in their order.
    SuggestEach {
        /// Which.
        tickets: Vec<TicketId>,
        /// When.
        at: Time,
    },
    /// Everything about one place that helps with a report: who lives there, tickets, notes.
    Household {
        /// The place.
        place: PlaceId,
        /// Now.
        now: Time,
    },
    /// Tickets much like a report being taken, the nearest first; at most [`around::ALIKE_AT_MOST`].
    LookAlikes(around::Alike),
    /// The outages of now and of the days to come, the earliest first.
    Outages {
        /// Now.
        now: Time,
    },
    /// Whether a ticket is one of several of a kind at its place within a month, and none of them is about their root.
    RootCause(TicketId),
    /// A week of rosters: everybody's published and drafted days, leave, needs, rules.
    Week {
        /// Its first day.
        monday: Day,
    },
    /// A month of one person: shifts, leave, phone, open tickets.
    Worker {
        /// Who.
        staff: StaffId,
        /// Any day of the month.
        month: Day,
    },
    /// A month of one compound: who is posted there or serves it, and what it needs.
    PostMonth {
        /// The compound.
        compound: PlaceId,
        /// Any day of the month.
        month: Day,
    },
    /// Parked intakes, newest first.
    Parked,
    /// The names a filter of tickets may hold, and the filters that have a name.
    Names,
    /// How settings were changed, newest first; at most [`PAST_AT_MOST`].
    SettingsPast(SettingsOf),
    /// Staff by id, for names.
    Staff(StaffId),
    /// Tickets that wait for the resident's word: those due now first.
    Callbacks {
        /// Now.
        now: Time,
    },
    /// One of them with everything the one who rings must know.
    Callback(TicketId),
    /// The three rates of some days.
    Rates {
        /// The days.
        span: Span,
        /// Only of this compound.
        compound: Option<PlaceId>,
        /// Now.
        now: Time,
    },
    /// A page of what a part of a rate counts.
    RateList(figures::ListOf),
    /// The report of a month.
    Month {
        /// The month.
        span: Span,
        /// Now.
        now: Time,
    },
    /// Who could do a ticket over again, and how it was done.
    Reopening {
        /// Which.
        ticket: TicketId,
        /// When.
        at: Time,
    },
    /// The handover being made, drafted anew.
    Handover {
        /// Now.
        now: Time,
    },
    /// Handovers of before, newest first.
    HandoverHistory {
        /// Only those that hold all of these words.
        words: String,
        /// Rows at most.
        limit: usize,
        /// Only those older than this one: the `next` of the page before.
        after: Option<(Time, HandoverId)>,
    },
    /// Who works at the desk.
    Operators,
}

/// Which settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsOf {
    /// A category, by its code.
    Category(String),
    /// The desk's hours and days.
    Calendar,
}

/// Changes of settings told at most.
pub const PAST_AT_MOST: usize = 100;

impl Query {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Township => &[Entity::Township, Entity::Category, Entity::Calendar],
            Self::Header { .. } => &[Entity::Ticket, Entity::Parked, Entity::Township, Entity::Handover],
            Self::Compounds { .. } => &[Entity::Ticket, Entity::Place],
            Self::OpenTickets { .. } | Self::TicketPage(_) | Self::TicketByNumber(_) => &[Entity::Ticket],
            Self::Ticket(_) => &[Entity::Ticket, Entity::Staff],
            Self::Duty { .. } | Self::Suggest { .. } | Self::SuggestEach { .. } => {
                &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Need, Entity::Staff, Entity::Ticket]
            }
            Self::StaffList { .. } => &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Staff, Entity::Ticket],
            Self::Coverage { .. } | Self::Fill { .. } => {
                &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Need, Entity::Staff, Entity::Calendar]
            }
            // Asked once; what changed meanwhile is refused when it is done.
            Self::Departure { .. } => &[],
            Self::StandIns(_) => &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Staff],
            Self::Household { .. } => &[Entity::Ticket, Entity::Person, Entity::Residency, Entity::Place],
            Self::LookAlikes(_) => &[Entity::Ticket, Entity::Staff, Entity::Place],
            Self::Outages { .. } => &[Entity::Outage, Entity::Place],
            Self::RootCause(_) => &[Entity::Ticket],
            Self::Week { .. } | Self::PostMonth { .. } => {
                &[Entity::Roster, Entity::Shift, Entity::Leave, Entity::Need, Entity::Staff, Entity::Calendar]
            }
            Self::Worker { .. } => &[Entity::Roster, Entity::Shift, Entity::Leave, Entity::Staff, Entity::Ticket],
            Self::Parked => &[Entity::Parked],
            Self::Names => &[Entity::Place, Entity::Staff, Entity::Filter],
            Self::SettingsPast(_) => &[Entity::Category, Entity::Calendar],
            Self::Staff(_) => &[Entity::Staff],
            Self::Callbacks { .. } | Self::Rates { .. } => &[Entity::Ticket],
            // A list or a report being read stays as it was counted.
            Self::RateList(_) | Self::Month { .. } => &[],
            Self::Callback(_) => &[Entity::Ticket, Entity::Staff],
            Self::Reopening { .. } => &[Entity::Shift, Entity::Staff, Entity::Ticket],
            Self::Handover { .. } => &[
                Entity::Handover,
                Entity::Ticket,
                Entity::Parked,
                Entity::Shift,
                Entity::Roster,
                Entity::Leave,
                Entity::Need,
                Entity::Outage,
                Entity::Operator,
            ],
            Self::HandoverHistory { .. } => &[Entity::Handover],
            Self::Operators => &[Entity::Operator],
        }
    }
}

/// An answer; each variant answers the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// See [`Query::Township`].
    Township(Box<Township>),
    /// See [`Query::Header`].
    Header(Header),
    /// See [`Query::Compounds`].
    Compounds(Vec<places::CompoundRow>),
    /// See [`Query::OpenTickets`].
    OpenTickets(tickets::OpenList),
    /// See [`Query::Ticket`]; none when there is no such ticket.
    Ticket(Option<Box<tickets::Detail>>),
    /// See [`Query::TicketPage`].
    TicketPage(tickets::Page),
    /// See [`Query::TicketByNumber`].
    TicketByNumber(Option<TicketId>),
    /// See [`Query::Duty`].
    Duty(duty::Duty),
    /// See [`Query::Suggest`].
    Suggest(Vec<duty::Candidate>),
    /// See [`Query::Coverage`].
    Coverage(Box<staffing::Coverage>),
    /// See [`Query::Fill`].
    Fill(Box<staffing::Filled>),
    /// See [`Query::StaffList`].
    StaffList(Vec<staffing::StaffRow>),
    /// See [`Query::Departure`]; none when there is no such member of staff.
    Departure(Option<Box<staffing::Departure>>),
    /// See [`Query::StandIns`].
    StandIns(Vec<super::roster::stand_in::StandIn>),
    /// See [`Query::SuggestEach`]; none where nobody suits.
    SuggestEach(Vec<(TicketId, Option<duty::Candidate>)>),
    /// See [`Query::Household`].
    Household(Option<Box<places::Household>>),
    /// See [`Query::LookAlikes`].
    LookAlikes(Vec<around::LookAlike>),
    /// See [`Query::Outages`].
    Outages(Vec<around::OutageRow>),
    /// See [`Query::RootCause`]; none when there are not enough.
    RootCause(Option<Box<around::Pattern>>),
    /// See [`Query::Week`].
    Week(Box<super::roster::week::Week>),
    /// See [`Query::Worker`]; none when there is no such member of staff.
    Worker(Option<Box<roster::Worker>>),
    /// See [`Query::PostMonth`].
    PostMonth(Box<roster::PostMonth>),
    /// See [`Query::Parked`].
    Parked(Vec<ParkedRow>),
    /// See [`Query::Names`].
    Names(names::Names),
    /// See [`Query::SettingsPast`].
    SettingsPast(Vec<super::op::settings::Past>),
    /// See [`Query::Staff`].
    Staff(Option<super::staff::Staff>),
    /// See [`Query::Callbacks`].
    Callbacks(Vec<callbacks::Waiting>),
    /// See [`Query::Callback`]; none when there is no such ticket.
    Callback(Option<Box<callbacks::InHand>>),
    /// See [`Query::Rates`].
    Rates(Box<Rates>),
    /// See [`Query::Month`].
    Month(Box<Month>),
    /// See [`Query::RateList`].
    RateList(figures::ListPage),
    /// See [`Query::Reopening`]; none when there is no such ticket.
    Reopening(Option<Box<callbacks::Reopening>>),
    /// See [`Query::Handover`].
    Handover(Box<handover::Present>),
    /// See [`Query::HandoverHistory`].
    HandoverHistory(handover::Pasts),
    /// See [`Query::Operators`].
    Operators(Vec<handover::OperatorRow>),
}

/// The township and its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Township {
    /// 黎侯镇
    pub name: String,
    /// The property company's name.
    pub company: String,
    /// The only zone.
    pub zone: Zone,
    /// The number callers may ring.
    pub desk_phone: String,
    /// Whether this is the sample township.
    pub sample: bool,
    /// Categories by code.
    pub categories: Vec<Category>,
    /// The desk's hours and days; its zone is [`Township::zone`].
    pub calendar: Calendar,
    /// Hours of its shifts.
    pub hours: Templates,
}

impl Township {
    /// Whose turn it is, by its hours.
    pub const fn turns(&self) -> Turns {
        Turns { hours: self.hours, zone: self.zone }
    }
}

/// The figures of the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Open tickets.
    pub open: u32,
    /// Of them late.
    pub late: u32,
    /// Of them due within an hour.
    pub soon: u32,
    /// Taken today.
    pub taken_today: u32,
    /// Resolved today.
    pub resolved_today: u32,
    /// Parked intakes.
    pub parked: u32,
    /// Residents to be rung back by now.
    pub callbacks: u32,
    /// When the newest good backup was made.
    pub last_backup: Option<Time>,
    /// The newest shift handed over.
    pub handed_over: Option<Last>,
    /// The file is marked as damaged: nothing is written.
    pub damaged: bool,
    /// When the newest event was written, by the clock of the machine that wrote it.
    pub newest: Option<Time>,
}

/// A parked intake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedRow {
    /// Id.
    pub id: ParkedId,
    /// What was typed.
    pub form: Form,
    /// When it was parked.
    pub at: Time,
    /// By whom (operator's name).
    pub by: String,
}
