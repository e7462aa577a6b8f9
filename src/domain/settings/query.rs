//! Questions about what the township sets, and the figures of the header.
//! How they are answered is `store`.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::event::Entity;
use crate::domain::base::time::{Time, Zone};
use crate::domain::handover::turn::{Last, Turns};
use crate::domain::roster::Templates;
use crate::domain::ticket::category::Category;

/// A question about what the township sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsQuery {
    /// Names and settings of the township, its categories. Asked once.
    Township,
    /// The figures of the header.
    Header {
        /// Now.
        now: Time,
    },
    /// How settings were changed, newest first; at most [`PAST_AT_MOST`].
    Past(SettingsOf),
}

impl SettingsQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Township => &[Entity::Township, Entity::Category, Entity::Calendar],
            Self::Header { .. } => &[Entity::Ticket, Entity::Parked, Entity::Township, Entity::Handover],
            Self::Past(_) => &[Entity::Category, Entity::Calendar],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingsAnswer {
    /// See [`SettingsQuery::Township`].
    Township(Box<Township>),
    /// See [`SettingsQuery::Header`].
    Header(Header),
    /// See [`SettingsQuery::Past`].
    Past(Vec<crate::domain::settings::op::Past>),
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
