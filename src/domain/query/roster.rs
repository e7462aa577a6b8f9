//! Answers about one person's month and one compound's. A week of everybody is [`crate::domain::roster::week::Week`].

use super::super::id::PlaceId;
use super::super::roster::Templates;
use super::super::roster::coverage::Slot;
use super::super::roster::week::{Member, Names};
use super::super::time::Day;
use super::tickets::Row;

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
