//! The rows a sheet is read into, as plain values: what `exchange` parsed and the store will write.
//! Whether a row is new or already known is not decided here; the store does that.

use std::collections::BTreeMap;
use std::fmt;

use crate::coded;
use crate::domain::base::calendar::SpecialDay;
use crate::domain::base::time::{Day, Time};
use crate::domain::person::{Flags, PersonName, Phone, Relation};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::{Status, is_watched};

coded! {
    /// What a sheet can be imported as.
    pub enum ImportKind {
        /// Housing compounds 小区.
        Compounds = "compounds",
        /// Homes 房屋.
        Homes = "homes",
        /// Residents and where they live 住户.
        Residents = "residents",
        /// Staff 人员.
        Staff = "staff",
        /// Tickets 工单, open or long closed.
        Tickets = "tickets",
        /// Days that are not what their weekday says 节假日.
        Calendar = "calendar",
    }
}

/// Where a home is, as far as the sheet says. Empty texts stand for "not said".
///
/// The compound is empty when the sheet is about one compound and has no column for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeAt {
    /// Name of the compound.
    pub compound: String,
    /// Building as written: `3`, `3栋`, `B座`.
    pub building: String,
    /// Unit as written; empty where there is none.
    pub unit: String,
    /// Room as written: `501`, `501室`.
    pub room: String,
    /// The whole address in one text (`3栋2单元501室`), when building and room have no columns of their own.
    pub place: String,
}

/// A compound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompoundRow {
    /// Name.
    pub name: String,
    /// The community it belongs to; empty when not said.
    pub community: String,
    /// Postal address.
    pub address: Option<String>,
    /// How many buildings it has.
    pub buildings: Option<u32>,
    /// The sheet's own number for it.
    pub key: Option<String>,
}

/// A home.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeRow {
    /// Where it is.
    pub at: HomeAt,
    /// Floor.
    pub floor: Option<i32>,
    /// Floor area in square metres.
    pub area_m2: Option<f64>,
    /// Remarks.
    pub note: String,
    /// The sheet's own number for it.
    pub key: Option<String>,
}

/// A person and the homes he lives in, usually one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentRow {
    /// Name.
    pub name: PersonName,
    /// Phones, in the sheet's order; never one made up to fill a cell.
    pub phones: Vec<Phone>,
    /// What people call him 称呼.
    pub called: Vec<String>,
    /// At least one home.
    pub homes: Vec<HomeAt>,
    /// Owner, tenant or family.
    pub relation: Relation,
    /// Whether he is the head of the household 户主.
    pub is_head: bool,
    /// Year of birth, also when the sheet gives an age or an identity number (which itself is not kept).
    pub born: Option<i32>,
    /// [`Care`](crate::domain::person::Care) flags.
    pub care: Flags,
    /// [`Work`](crate::domain::person::Work) flags.
    pub work: Flags,
    /// Remarks.
    pub note: String,
    /// The sheet's own number for him.
    pub key: Option<String>,
}

/// A member of staff. Role, skills and compounds are texts, matched to the township's own by the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Name.
    pub name: PersonName,
    /// Role as written: `维修工`, `guard`.
    pub role: String,
    /// Phones.
    pub phones: Vec<Phone>,
    /// Skills as written.
    pub skills: Vec<String>,
    /// Names of the compounds he serves.
    pub compounds: Vec<String>,
    /// Whether he is employed, or has left; none: not said.
    pub employed: Option<bool>,
    /// The sheet's own number for him.
    pub key: Option<String>,
}

/// A report, as another system or a notebook wrote it down. Texts are matched to codes by the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketRow {
    /// The sheet's own number for it.
    pub key: Option<String>,
    /// When it was taken.
    pub opened_at: Option<Time>,
    /// When it was answered or closed.
    pub closed_at: Option<Time>,
    /// Name of the compound; empty when not said.
    pub compound: String,
    /// Place as written, any form.
    pub place: String,
    /// A short heading, when the sheet has one beside the words.
    pub subject: String,
    /// What was said; never empty.
    pub words: String,
    /// Who reported it.
    pub reporter: Option<PersonName>,
    /// The reporter's phones.
    pub phones: Vec<Phone>,
    /// Category as written.
    pub category: String,
    /// Channel as written.
    pub channel: String,
    /// Status as written.
    pub status: String,
    /// What was done or answered.
    pub result: String,
    /// Remarks.
    pub note: String,
}

impl TicketRow {
    /// Where the report stands, as far as the sheet says. It is at its end only by a status that says so, or where none is
    /// written by a closing time; a status that is not known leaves it open.
    pub fn standing(&self) -> Status {
        match (Status::said(&self.status), self.status.is_empty(), self.closed_at) {
            (Some(status), ..) => status.imported(),
            (None, true, Some(_)) => Status::Closed,
            (None, ..) => Status::New,
        }
    }

    /// Whether it is still open and somebody above watches how it is done.
    pub fn is_watched(&self) -> bool {
        self.standing().open() && is_watched(&self.status)
    }

    /// The status as written, when it is not known.
    pub fn unknown_status(&self) -> Option<&str> {
        Some(self.status.as_str()).filter(|status| !status.is_empty() && Status::said(status).is_none())
    }
}

/// A row that was understood, and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedRow<T> {
    /// Name of the sheet; a text file is one sheet.
    pub sheet: String,
    /// Row number as a spreadsheet program shows it, from 1.
    pub row_number: usize,
    /// What it says.
    pub row: T,
}

/// A row that was not taken, with its cells, so that it can be put right and read again.
#[derive(Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Name of the sheet.
    pub sheet: String,
    /// Row number as a spreadsheet program shows it, from 1.
    pub row_number: usize,
    /// The row as it was, without identity numbers.
    pub cells: Vec<String>,
    /// Why.
    pub reason: Reason,
}

impl fmt::Debug for RefusedRow {
    /// The cells name people: their number is enough for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusedRow")
            .field("sheet", &self.sheet)
            .field("row_number", &self.row_number)
            .field("cells", &self.cells.len())
            .field("reason", &self.reason)
            .finish()
    }
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// Which.
    pub day: Day,
    /// What it is, and its name.
    pub special: SpecialDay,
}

/// Why a row is refused. `column` is a head as the sheet writes it, or the usual head when the sheet has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A cell that must not be empty is.
    Missing {
        /// The column.
        column: String,
    },
    /// A cell that is not understood as what its column holds.
    Unclear {
        /// The column.
        column: String,
    },
    /// A cell that says no home: the room table has none for this person.
    NoHome,
    /// A time later than now.
    TimeAhead {
        /// The column.
        column: String,
        /// The day it was read as: a year of two digits is this century's.
        read: Day,
    },
    /// The same number as an earlier row of the same sheet.
    KeyTwice {
        /// The column.
        column: String,
        /// The earlier row.
        first: usize,
    },
    /// A day before the year 2000.
    TooEarly {
        /// The column.
        column: String,
    },
    /// A name or a phone that was masked before it was written, as exports do: it names nobody.
    Masked {
        /// The column.
        column: String,
    },
    /// The program failed on this row.
    Fault,
    /// The import was stopped before this row was written.
    NotReached,
    /// A rule of the domain said no.
    Rule {
        /// The column; empty when the rule is about the row as a whole.
        column: String,
        /// What it said.
        refusal: Refusal,
    },
}

coded! {
    /// What a row held that there is no place for, or that was not understood and not worth refusing the row.
    pub enum LeftOut {
        /// Phones that only fill a form up: `00000000000`.
        MadeUpPhones = "made_up_phones",
        /// Phones after the first, where one is kept.
        FurtherPhones = "further_phones",
        /// What people call someone, when it is too long.
        LongNames = "long_names",
        /// A floor that is no number.
        Floors = "floors",
        /// Remarks on homes and residents; addresses and numbers of buildings of compounds.
        Remarks = "remarks",
        /// Compounds of staff that the township does not know.
        UnknownCompounds = "unknown_compounds",
        /// Closing times of reports whose status is not an end.
        ClosingTimes = "closing_times",
    }
}

/// How often something was left out.
pub type LeftOuts = BTreeMap<LeftOut, usize>;

/// Rows of one kind.
#[derive(Debug)]
pub enum Rows {
    /// Compounds.
    Compounds(Vec<ParsedRow<CompoundRow>>),
    /// Homes.
    Homes(Vec<ParsedRow<HomeRow>>),
    /// Residents.
    Residents(Vec<ParsedRow<ResidentRow>>),
    /// Staff.
    Staff(Vec<ParsedRow<StaffRow>>),
    /// Tickets.
    Tickets(Vec<ParsedRow<TicketRow>>),
    /// Days of the calendar.
    Calendar(Vec<ParsedRow<DayRow>>),
}

impl Rows {
    /// How many.
    pub const fn len(&self) -> usize {
        match self {
            Self::Compounds(rows) => rows.len(),
            Self::Homes(rows) => rows.len(),
            Self::Residents(rows) => rows.len(),
            Self::Staff(rows) => rows.len(),
            Self::Tickets(rows) => rows.len(),
            Self::Calendar(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
