//! Answers about handovers: the one being made, and those of before.
//! Lines are not words yet in the first; `text` puts them into a language.

use std::collections::BTreeMap;

use crate::domain::base::event::Entity;
use crate::domain::base::id::{HandoverId, OperatorId};
use crate::domain::base::time::Time;
use crate::domain::handover::draft::{Ahead, Planned};
use crate::domain::handover::turn::Due;
use crate::domain::handover::{About, Handover, Line};
use crate::domain::staff::Rank;

/// The handover being made, drafted anew from what holds now.
#[derive(Clone, Debug, PartialEq)]
pub struct Present {
    /// Its row; none until somebody said something to it.
    pub id: Option<HandoverId>,
    /// The row's version; 0 without a row.
    pub version: i64,
    /// Whose turn it is.
    pub due: Due,
    /// The span looked at.
    pub ahead: Ahead,
    /// What is kept of it: while it is not signed only lines something was said to.
    pub kept: Handover,
    /// Name of the giver, once signed.
    pub giver: String,
    /// Drafted anew: until it is signed everything, from then on what happened since.
    pub fresh: Vec<Planned>,
    /// How often each thing was handed on without a break.
    pub carried: BTreeMap<About, u32>,
    /// The newest event all this was drafted from.
    pub seq: i64,
    /// Who may take over.
    pub operators: Vec<OperatorRow>,
}

impl Present {
    /// As a page shows it: nobody has taken it over.
    pub fn to_print(&self) -> Past {
        Past {
            id: self.id.unwrap_or(HandoverId(0)),
            handover: self.kept.clone(),
            giver: self.giver.clone(),
            receiver: String::new(),
            pins: [None; 2],
            correction: None,
        }
    }
}

/// An operator, as lists show him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorRow {
    /// Id.
    pub id: OperatorId,
    /// Name.
    pub name: String,
    /// What he may do.
    pub rank: Rank,
    /// Whether he signs with a PIN.
    pub has_pin: bool,
    /// Locked until then, after too many wrong PINs.
    pub locked_until: Option<Time>,
}

/// A frozen handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Id.
    pub id: HandoverId,
    /// It.
    pub handover: Handover,
    /// Name of the giver; empty when nobody handed over.
    pub giver: String,
    /// Name of the receiver.
    pub receiver: String,
    /// Whether giver and receiver gave a PIN; none: files of before do not say.
    pub pins: [Option<bool>; 2],
    /// Who corrected it and when, where it is the correction of another; giver and receiver are those of the first.
    pub correction: Option<Correction>,
}

/// What makes a frozen handover the correction of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Which it corrects.
    pub of: HandoverId,
    /// Who.
    pub by: String,
    /// When.
    pub at: Time,
}

/// A page of frozen handovers, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasts {
    /// The rows.
    pub rows: Vec<Past>,
    /// Where the next page begins; none at the end.
    pub next: Option<(Time, HandoverId)>,
}

impl Past {
    /// Whether every one of these words stands somewhere in it.
    pub fn holds(&self, words: &str) -> bool {
        let within = |line: &Line, word: &str| {
            [&line.text, &line.comment, &line.reply].iter().any(|text| text.to_lowercase().contains(word))
        };
        words.to_lowercase().split_whitespace().all(|word| {
            self.giver.to_lowercase().contains(word)
                || self.receiver.to_lowercase().contains(word)
                || self.correction.iter().any(|correction| correction.by.to_lowercase().contains(word))
                || self.handover.shift.0.to_string().contains(word)
                || self.handover.lines.iter().any(|line| within(line, word))
        })
    }
}

/// A question about handovers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandoverQuery {
    /// The handover being made, drafted anew.
    Present {
        /// Now.
        now: Time,
    },
    /// Handovers of before, newest first.
    History {
        /// Only those that hold all of these words.
        words: String,
        /// Rows at most.
        limit: usize,
        /// Only those older than this one: the `next` of the page before.
        after: Option<(Time, HandoverId)>,
    },
}

impl HandoverQuery {
    /// The kinds of records whose change may change the answer.
    pub const fn about(&self) -> &'static [Entity] {
        match self {
            Self::Present { .. } => &[
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
            Self::History { .. } => &[Entity::Handover],
        }
    }
}

/// The answer to the question of its name.
#[derive(Clone, Debug, PartialEq)]
pub enum HandoverAnswer {
    /// See [`HandoverQuery::Present`].
    Present(Box<Present>),
    /// See [`HandoverQuery::History`].
    History(Pasts),
}
