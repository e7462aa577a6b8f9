//! Answers about one person's month and one compound's. A week of everybody is [`crate::domain::roster::week::Week`].

use crate::domain::base::event::Entity;
use crate::domain::base::id::{PlaceId, TicketId};
use crate::domain::base::time::{Day, Time};
use crate::domain::roster::Templates;
use crate::domain::roster::coverage::Slot;
use crate::domain::roster::week::{Member, Names};
use crate::domain::ticket::query::Row;

/// A month of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Worker {
    /// Who; his published days are those of the month.
    pub member: Member,
    /// First day of the month.
    pub first: Day,
    /// Hours of the templates.
    pub templates: Templates,
    /// Their names.
    pub names: Names,
    /// Names of the compounds served; empty: all.
    pub serves: Vec<String>,
    /// Open tickets in hand, the oldest first.
    pub jobs: Vec<Row>,
}

/// A month of one compound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostMonth {
    /// Which.
    pub compound: PlaceId,
    /// Its name.
    pub name: String,
    /// First day of the month.
    pub first: Day,
    /// Names of the shifts.
    pub names: Names,
    /// Who has a shift there in the month: posted there, or posted nowhere and serving it.
    pub people: Vec<Member>,
    /// What it needs, day by day.
    pub slots: Vec<Slot>,
}

/// A question about who works when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterQuery {
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
    /// Who could step into a shift, the best first.
    StandIns(crate::domain::roster::stand_in::Wanted),
    /// Who would be sent to each of several tickets, in their order.
    SuggestEach {
        /// Which.
        tickets: Vec<TicketId>,
        /// When.
        at: Time,
    },
    /// A week of rosters: everybody's published and drafted days, leave, needs, rules.
    Week {
        /// Its first day.
        monday: Day,
    },
    /// A month of one compound: who is posted there or serves it, and what it needs.
    PostMonth {
        /// The compound.
        compound: PlaceId,
        /// Any day of the month.
        month: Day,
    },
}

impl RosterQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Duty { .. } | Self::Suggest { .. } | Self::SuggestEach { .. } => {
                &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Need, Entity::Staff, Entity::Ticket]
            }
            Self::Coverage { .. } | Self::Fill { .. } => {
                &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Need, Entity::Staff, Entity::Calendar]
            }
            Self::StandIns(_) => &[Entity::Shift, Entity::Roster, Entity::Leave, Entity::Staff],
            Self::Week { .. } | Self::PostMonth { .. } => {
                &[Entity::Roster, Entity::Shift, Entity::Leave, Entity::Need, Entity::Staff, Entity::Calendar]
            }
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum RosterAnswer {
    /// See [`RosterQuery::Duty`].
    Duty(crate::domain::roster::duty::Duty),
    /// See [`RosterQuery::Suggest`].
    Suggest(Vec<crate::domain::roster::duty::Candidate>),
    /// See [`RosterQuery::Coverage`].
    Coverage(Box<crate::domain::staff::query::Coverage>),
    /// See [`RosterQuery::Fill`].
    Fill(Box<crate::domain::staff::query::Filled>),
    /// See [`RosterQuery::StandIns`].
    StandIns(Vec<crate::domain::roster::stand_in::StandIn>),
    /// See [`RosterQuery::SuggestEach`]; none where nobody suits.
    SuggestEach(Vec<(TicketId, Option<crate::domain::roster::duty::Candidate>)>),
    /// See [`RosterQuery::Week`].
    Week(Box<crate::domain::roster::week::Week>),
    /// See [`RosterQuery::PostMonth`].
    PostMonth(Box<PostMonth>),
}
