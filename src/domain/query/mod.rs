//! Every question the desk and the commands ask the data file, and the answers, as values: one variant a feature, whose own
//! enums are in its folder. How an answer is read is `store`; what is asked again after a change follows from [`Query::about`].

use crate::domain::base::event::Entity;
use crate::domain::callback::query::{CallbackAnswer, CallbackQuery};
use crate::domain::filter::query::{FilterAnswer, FilterQuery};
use crate::domain::handover::query::{HandoverAnswer, HandoverQuery};
use crate::domain::operator::query::{OperatorAnswer, OperatorQuery};
use crate::domain::outage::query::{OutageAnswer, OutageQuery};
use crate::domain::parked::query::{ParkedAnswer, ParkedQuery};
use crate::domain::place::query::{PlaceAnswer, PlaceQuery};
use crate::domain::rates::query::{RatesAnswer, RatesQuery};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::settings::query::{SettingsAnswer, SettingsQuery};
use crate::domain::staff::query::{StaffAnswer, StaffQuery};
use crate::domain::ticket::query::{TicketAnswer, TicketQuery};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// See [`TicketQuery`].
    Ticket(TicketQuery),
    /// See [`CallbackQuery`].
    Callback(CallbackQuery),
    /// See [`OutageQuery`].
    Outage(OutageQuery),
    /// See [`PlaceQuery`].
    Place(PlaceQuery),
    /// See [`StaffQuery`].
    Staff(StaffQuery),
    /// See [`RosterQuery`].
    Roster(RosterQuery),
    /// See [`RatesQuery`].
    Rates(RatesQuery),
    /// See [`HandoverQuery`].
    Handover(HandoverQuery),
    /// See [`SettingsQuery`].
    Settings(SettingsQuery),
    /// See [`OperatorQuery`].
    Operator(OperatorQuery),
    /// See [`ParkedQuery`].
    Parked(ParkedQuery),
    /// See [`FilterQuery`].
    Filter(FilterQuery),
}

/// An answer; it answers the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// See [`TicketAnswer`].
    Ticket(TicketAnswer),
    /// See [`CallbackAnswer`].
    Callback(CallbackAnswer),
    /// See [`OutageAnswer`].
    Outage(OutageAnswer),
    /// See [`PlaceAnswer`].
    Place(PlaceAnswer),
    /// See [`StaffAnswer`].
    Staff(StaffAnswer),
    /// See [`RosterAnswer`].
    Roster(RosterAnswer),
    /// See [`RatesAnswer`].
    Rates(RatesAnswer),
    /// See [`HandoverAnswer`].
    Handover(HandoverAnswer),
    /// See [`SettingsAnswer`].
    Settings(SettingsAnswer),
    /// See [`OperatorAnswer`].
    Operator(OperatorAnswer),
    /// See [`ParkedAnswer`].
    Parked(ParkedAnswer),
    /// See [`FilterAnswer`].
    Filter(FilterAnswer),
}

impl Query {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Ticket(query) => query.about(),
            Self::Callback(query) => query.about(),
            Self::Outage(query) => query.about(),
            Self::Place(query) => query.about(),
            Self::Staff(query) => query.about(),
            Self::Roster(query) => query.about(),
            Self::Rates(query) => query.about(),
            Self::Handover(query) => query.about(),
            Self::Settings(query) => query.about(),
            Self::Operator(query) => query.about(),
            Self::Parked(query) => query.about(),
            Self::Filter(query) => query.about(),
        }
    }
}
