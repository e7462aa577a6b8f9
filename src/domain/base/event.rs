//! Events: what happened to a record, as the fields that changed with what they were and what they became.
//! From them a record can be replayed, a change undone, and two people's changes compared. How they are kept is `store`.

use serde::{Deserialize, Serialize};

use crate::coded;

/// A field's value before and after; in JSON the pair `[before, after]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(T, T)", from = "(T, T)")]
#[serde(bound(serialize = "T: Clone + Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Was<T> {
    /// Before.
    pub was: T,
    /// After.
    pub now: T,
}

impl<T> From<Was<T>> for (T, T) {
    fn from(change: Was<T>) -> Self {
        (change.was, change.now)
    }
}

impl<T> From<(T, T)> for Was<T> {
    fn from((was, now): (T, T)) -> Self {
        Self { was, now }
    }
}

/// A record whose changes are kept as events.
pub trait Tracked: Clone {
    /// The changed fields.
    type Changes: Serialize + for<'de> Deserialize<'de> + Clone;
    /// Names of the fields holding words a person typed or that name a person: kept apart from the payload.
    const TEXTS: &'static [&'static str];
    /// What turns `self` into `after`.
    fn changes_to(&self, after: &Self) -> Self::Changes;
    /// Makes the changes: each changed field takes its new value.
    fn apply(&mut self, changes: &Self::Changes);
    /// Takes the changes back, if every field still has the value they left it with; else the names of those that do not.
    ///
    /// # Errors
    /// The names of the fields changed since.
    fn take_back(&mut self, changes: &Self::Changes) -> Result<(), Vec<&'static str>>;
}

/// Declares a record and the struct of its changes. Fields behind `texts` hold words (`String`) kept apart.
#[macro_export]
macro_rules! tracked {
    (
        $(#[$meta:meta])* pub struct $name:ident / $changes:ident {
            $($(#[$fmeta:meta])* pub $field:ident : $type:ty,)*
            texts: $($(#[$tmeta:meta])* pub $text:ident,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$fmeta])* pub $field: $type,)*
            $($(#[$tmeta])* pub $text: String,)*
        }

        #[doc = concat!("What changed in a [`", stringify!($name), "`]; fields that did not are absent.")]
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $changes {
            $($(#[$fmeta])* #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$crate::domain::base::event::Was<$type>>,)*
            $($(#[$tmeta])* #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $text: Option<$crate::domain::base::event::Was<String>>,)*
        }

        impl $changes {
            /// The names of the changed fields.
            pub fn fields(&self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$field.is_some() { names.push(stringify!($field)); })*
                $(if self.$text.is_some() { names.push(stringify!($text)); })*
                names
            }
        }

        impl $crate::domain::base::event::Tracked for $name {
            type Changes = $changes;
            const TEXTS: &'static [&'static str] = &[$(stringify!($text)),*];

            fn changes_to(&self, after: &Self) -> $changes {
                use $crate::domain::base::event::Was;
                $changes {
                    $($field: (self.$field != after.$field).then(|| Was { was: self.$field.clone(), now: after.$field.clone() }),)*
                    $($text: (self.$text != after.$text).then(|| Was { was: self.$text.clone(), now: after.$text.clone() }),)*
                }
            }

            fn apply(&mut self, changes: &$changes) {
                $(if let Some(change) = &changes.$field { self.$field = change.now.clone(); })*
                $(if let Some(change) = &changes.$text { self.$text.clone_from(&change.now); })*
            }

            fn take_back(&mut self, changes: &$changes) -> Result<(), Vec<&'static str>> {
                let mut changed_since = Vec::new();
                $(if changes.$field.as_ref().is_some_and(|c| c.now != self.$field) { changed_since.push(stringify!($field)); })*
                $(if changes.$text.as_ref().is_some_and(|c| c.now != self.$text) { changed_since.push(stringify!($text)); })*
                if !changed_since.is_empty() {
                    return Err(changed_since);
                }
                $(if let Some(change) = &changes.$field { self.$field = change.was.clone(); })*
                $(if let Some(change) = &changes.$text { self.$text.clone_from(&change.was); })*
                Ok(())
            }
        }
    };
}

coded! {
    /// What an event is about.
    pub enum Entity {
        /// The township itself.
        Township = "township",
        /// A place.
        Place = "place",
        /// A person.
        Person = "person",
        /// A person living in a home.
        Residency = "residency",
        /// A ticket.
        Ticket = "ticket",
        /// A member of staff.
        Staff = "staff",
        /// A shift.
        Shift = "shift",
        /// A parked intake.
        Parked = "parked",
        /// An outage.
        Outage = "outage",
        /// A category.
        Category = "category",
        /// The calendar and the desk's hours.
        Calendar = "calendar",
        /// A saved filter.
        Filter = "filter",
        /// The plan of shifts.
        Roster = "roster",
        /// Leave of a member of staff.
        Leave = "leave",
        /// How many are needed where.
        Need = "need",
        /// A handover.
        Handover = "handover",
        /// An operator.
        Operator = "operator",
    }
}

coded! {
    /// What happened, in the past tense.
    pub enum EventKind {
        /// A ticket was taken.
        Taken = "taken",
        /// A ticket was given to someone, or to someone else.
        Assigned = "assigned",
        /// The worker acknowledged.
        Accepted = "accepted",
        /// The worker is on site.
        Arrived = "arrived",
        /// The worker is done.
        Resolved = "resolved",
        /// The clock was stopped.
        Paused = "paused",
        /// The clock runs again.
        Resumed = "resumed",
        /// The worker gave it back.
        Returned = "returned",
        /// An outside body has it.
        Referred = "referred",
        /// The outside body that has it was asked.
        Asked = "asked",
        /// Answered at the desk.
        Answered = "answered",
        /// It cannot be done now.
        Deferred = "deferred",
        /// Closed with the resident's word.
        Closed = "closed",
        /// Opened again.
        Reopened = "reopened",
        /// Merged into another.
        Merged = "merged",
        /// Entered by mistake or withdrawn.
        Voided = "voided",
        /// Somebody wrote a note.
        Noted = "noted",
        /// The caller asked again.
        Chased = "chased",
        /// One more household is affected.
        Joined = "joined",
        /// Fields were corrected.
        Edited = "edited",
        /// Put under watch, or released.
        Watched = "watched",
        /// The caller was told the words for danger.
        Warned = "warned",
        /// A person said that what was heard as danger is none.
        Denied = "denied",
        /// The worker was told.
        Told = "told",
        /// Its priority was raised. Files of before say this for [`Self::Lowered`] too.
        Raised = "raised",
        /// A reason for raising was taken back.
        Lowered = "lowered",
        /// An appointment was made, moved or cancelled.
        Appointed = "appointed",
        /// Words for the next shifts were written.
        WatchWords = "watch_words",
        /// Materials and fee were written.
        Charged = "charged",
        /// A file was named, or taken off.
        Attached = "attached",
        /// Tied to another ticket.
        Related = "related",
        /// The resident was rung back.
        CalledBack = "called_back",
        /// An outage was announced.
        Announced = "announced",
        /// An outage ended.
        Over = "over",
        /// Limits, hours or days were set anew.
        Set = "set",
        /// Due times were reckoned anew after the hours changed.
        Reckoned = "reckoned",
        /// Days of the plan were written.
        Planned = "planned",
        /// A plan was put on the wall.
        Published = "published",
        /// Whether somebody came was marked.
        Marked = "marked",
        /// Somebody stepped in.
        Covered = "covered",
        /// A handover was drafted, or what was said in it changed.
        Drafted = "drafted",
        /// The giver signed a handover.
        Signed = "signed",
        /// The receiver accepted it.
        TakenOver = "taken_over",
        /// Something was removed.
        Removed = "removed",
        /// An earlier change was taken back.
        Undone = "undone",
        /// A change that was taken back was made again. Files of before say `undone` for this too.
        Redone = "redone",
        /// A row came into being (places, persons, staff, shifts).
        Added = "added",
        /// Parked.
        Parked = "parked",
        /// Taken up again.
        Unparked = "unparked",
    }
}
