//! What the find box looks through and what it gives back, as plain values.
//! How a query is matched and ranked is not here; that is `search`.

use crate::coded;
use crate::domain::person::{PersonName, Phone};

coded! {
    /// The kinds of things one box finds.
    pub enum FindKind {
        /// A person in a home.
        Resident = "resident",
        /// A home, shop, bay or common part.
        Home = "home",
        /// A compound or a building.
        Place = "place",
        /// A ticket.
        Ticket = "ticket",
        /// A member of staff.
        Staff = "staff",
        /// Another name of a place (老粮站后院).
        Alias = "alias",
    }
}

/// One thing that can be found, with the words it is found by. Empty strings and lists stand for "none".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What kind of thing it is; `None` only in a default value.
    pub kind: Option<FindKind>,
    /// Its id within the kind: person, place, ticket or staff id. A person living in two homes is two records.
    pub id: i64,
    /// The place it belongs to: the home of a resident, the place itself, the place of a ticket; 0 when there is none.
    pub place: i64,
    /// A resident's or a member of staff's name.
    pub name: Option<PersonName>,
    /// What people call him, or the other names of a place.
    pub called: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// Name of the compound.
    pub compound: String,
    /// Building number or name, without its counter word: `3`, `B座` as `B`.
    pub building: String,
    /// Unit number, empty where the building has none.
    pub unit: String,
    /// Room.
    pub room: String,
    /// Ticket number in full, `2026-1122-07`.
    pub number: String,
    /// A ticket's words, a place's label, a member of staff's role.
    pub words: String,
    /// Moment used to break ties (newest first): when a ticket was opened, else 0; milliseconds.
    pub at: i64,
}

coded! {
    /// Which part of a record answered to the query.
    pub enum Why {
        /// The Chinese name.
        Name = "name",
        /// What people call him; another name of a place.
        Called = "called",
        /// Full or partial pinyin.
        Pinyin = "pinyin",
        /// Pinyin initials.
        Initials = "initials",
        /// A phone number.
        Phone = "phone",
        /// A room, in any written form.
        Room = "room",
        /// The compound or building.
        Compound = "compound",
        /// A ticket number.
        Number = "number",
        /// Words of a ticket.
        Words = "words",
        /// Nearly: a letter left out, swapped or blurred.
        Fuzzy = "fuzzy",
    }
}

/// One answer of the find box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub record: Record,
    /// Higher is better; comparable within one answer only.
    pub score: i32,
    /// What matched, the strongest part first.
    pub why: Vec<Why>,
}
