//! Answers about what lies around a report: tickets much like it, outages, several of a kind at one place.
//! Whether it is the same trouble is the clerk's to say.

use crate::coded;
use crate::domain::base::id::{OutageId, PlaceId};
use crate::domain::base::time::Time;
use crate::domain::outage::{Outage, OutageKind};
use crate::domain::ticket::category::TO_SORT;
use crate::domain::ticket::query::Row;

/// Look-alikes shown at most.
pub const ALIKE_AT_MOST: usize = 5;
/// Closed tickets count as look-alikes for so many days.
pub const ALIKE_DAYS: i64 = 7;
/// Tickets of a kind at one place, the newest counted, from which on their root is looked for 专项排查.
pub const ROOT_FROM: usize = 3;
/// Within so many days.
pub const ROOT_DAYS: i64 = 30;
/// Outages are told of so many days ahead.
pub const OUTAGE_DAYS_AHEAD: i64 = 7;
/// One that nobody said was over is told of for so many days after its expected end.
pub const OUTAGE_DAYS_AFTER: i64 = 2;

/// The group of a category: its first digit; none for one that is still to be sorted.
pub fn group_of(code: &str) -> Option<char> {
    if code == TO_SORT { None } else { code.chars().next() }
}

coded! {
    /// How near a look-alike is, the nearest first.
    pub enum Near {
        /// The same home or common part.
        Same = "same",
        /// The same unit.
        Unit = "unit",
        /// The same building.
        Building = "building",
        /// Of the compound as a whole, or a common part of it.
        Compound = "compound",
    }
}

/// Where and of what kind look-alikes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The place of the report.
    pub place: PlaceId,
    /// Its category's group; none: any.
    pub group: Option<char>,
    /// Now.
    pub now: Time,
}

/// A ticket much like a report that is being taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The ticket.
    pub row: Row,
    /// How near it is.
    pub near: Near,
}

/// An outage with what a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageRow {
    /// Id.
    pub id: OutageId,
    /// Row version.
    pub version: i64,
    /// The outage.
    pub outage: Outage,
    /// Its places as they are called: a compound's name, `康乐苑 3号楼`; in the order of [`Outage::places`].
    pub places: Vec<String>,
    /// Households that rang: homes, each once, and callers without one.
    pub households: u32,
}

/// Several tickets of a kind at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The building or common part.
    pub place: PlaceId,
    /// What it is called, its compound first.
    pub label: String,
    /// The tickets, the newest first, the one asked about among them.
    pub rows: Vec<Row>,
}

/// How much a report that is being taken looks like a ticket, by its category and the words they share; 0: not at all.
pub fn likeness(words: &str, category: Option<&str>, ticket: &Row) -> usize {
    const SAME: usize = 6;
    const OF_GROUP: usize = 2;
    let theirs = ticket.ticket.category.as_str();
    let of_kind = match category {
        Some(code) if code == theirs && code != TO_SORT => SAME,
        Some(code) if group_of(code).is_some() && group_of(code) == group_of(theirs) => OF_GROUP,
        _ => 0,
    };
    of_kind + shared(words, &ticket.ticket.words)
}

/// Whether what is cut off is what a report of this category is about.
pub fn explains(kind: OutageKind, category: &str) -> bool {
    match kind {
        OutageKind::Water => category == "203",
        OutageKind::Power => category == "205",
        OutageKind::Heat => category == "214",
        OutageKind::Lift => category == "215",
        OutageKind::Gas | OutageKind::Other => false,
    }
}

/// Pairs of neighbouring characters, letter case apart, that stand in both texts: two Chinese characters are a word more often
/// than not, and English words share several.
fn shared(one: &str, other: &str) -> usize {
    const ENOUGH: usize = 8;
    let pairs = |text: &str| -> std::collections::BTreeSet<[char; 2]> {
        let letters: Vec<char> = text.to_lowercase().chars().collect();
        letters
            .windows(2)
            .filter(|pair| pair.iter().all(|c| c.is_alphanumeric()))
            .map(|pair| [pair[0], pair[1]])
            .collect()
    };
    pairs(one).intersection(&pairs(other)).count().min(ENOUGH)
}
