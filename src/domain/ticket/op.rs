//! Taking a report, and everything that can be done to a ticket afterwards, as values.
//! What each of them does is decided in `decide`; no row is read or written here.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::clean;
use crate::domain::base::id::{OperatorId, ParkedId, PersonId, PlaceId, StaffId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::callback::op::Call;
use crate::domain::op::kind::{CommandKind, Undo};
use crate::domain::person::{PersonName, Phone};
use crate::domain::refusal::Refusal;
use crate::domain::staff::Rank;
use crate::domain::ticket::category::{Category, TO_SORT};
use crate::domain::ticket::priority::{Raise, Raises, may_raise};
use crate::domain::ticket::{Channel, MOVES, Number, Status, Ticket, TicketKind, ToldBy, clock};

/// Characters a report's words may have. Longer than any letter seen; a cap so that one paste cannot fill the disk.
pub const WORDS_AT_MOST: usize = 10_000;
/// Characters of a short text: a spot, a body's name, an order's number.
pub const LINE_AT_MOST: usize = 200;

/// The least rank that puts a ticket under watch.
pub const WATCHES: Rank = Rank::Leader;

/// What the desk was told. Only the words are needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Channel.
    pub channel: Channel,
    /// What was said.
    pub words: String,
    /// The place, when it is one of the township's.
    pub place: Option<PlaceId>,
    /// Where, in the caller's words.
    pub place_words: String,
    /// The resident, when known.
    pub reporter: Option<PersonId>,
    /// Name as given; may be empty.
    pub reporter_name: String,
    /// Number to ring back, as given; may be empty.
    pub reporter_phone: String,
    /// Category code; none leaves it to be sorted.
    pub category: Option<String>,
    /// When somebody is expected.
    pub appointment_at: Option<Time>,
    /// A first note; may be empty.
    pub note: String,
    /// The 12345 order's number; may be empty.
    pub outside_number: String,
    /// When it was reported, if not now.
    pub at: Option<Time>,
    /// The 12345 order's own deadline.
    pub outer_due: Option<Time>,
    /// When the caller was told the words for danger, if he was.
    pub warned_at: Option<Time>,
    /// Tickets it is the root of: a 专项排查, tied to them.
    pub root_of: Vec<TicketId>,
    /// The words heard as danger that a person said are none; kept in the log.
    pub denied: Option<String>,
}

impl Report {
    /// A report of these words, nothing else known.
    pub fn of_words(words: &str, channel: Channel) -> Self {
        Self {
            channel,
            words: words.to_owned(),
            place: None,
            place_words: String::new(),
            reporter: None,
            reporter_name: String::new(),
            reporter_phone: String::new(),
            category: None,
            appointment_at: None,
            note: String::new(),
            outside_number: String::new(),
            at: None,
            outer_due: None,
            warned_at: None,
            root_of: Vec::new(),
            denied: None,
        }
    }
}

/// What taking a report needs to know beside the report.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// Now.
    pub now: Time,
    /// The township's calendar.
    pub calendar: &'a Calendar,
    /// The number drawn for it.
    pub number: Number,
    /// Who takes it.
    pub by: OperatorId,
    /// Its category, read from the file.
    pub category: &'a Category,
    /// The compound of its place.
    pub compound: Option<PlaceId>,
    /// Whether a household with a care flag reports or is meant.
    pub care: bool,
}

/// The code of the category a report will have.
pub fn category_code(report: &Report) -> &str {
    report.category.as_deref().unwrap_or(TO_SORT)
}

/// The ticket a report becomes.
///
/// # Errors
/// A [`Refusal`] when the words are missing, a text is too long, a phone is none, or its time lies ahead.
pub fn take(report: &Report, taking: Taking<'_>) -> Result<Ticket, Refusal> {
    let words = clean::notes(&report.words)?;
    if words.is_empty() {
        return Err(Refusal::WordsMissing);
    }
    let opened_at = report.at.unwrap_or(taking.now);
    if opened_at.0 > taking.now.0 + crate::domain::base::time::MINUTE {
        return Err(Refusal::TimeAhead);
    }
    Ok(Ticket {
        number: taking.number,
        channel: report.channel,
        place: report.place,
        compound: taking.compound,
        reporter: report.reporter,
        taken_by: taking.by,
        outer_due: report.outer_due,
        warned_at: report.warned_at,
        appointment_at: report.appointment_at,
        root_cause: !report.root_of.is_empty(),
        words: at_most(words, WORDS_AT_MOST)?,
        place_words: at_most(clean::line(&report.place_words)?, LINE_AT_MOST)?,
        reporter_name: given_name(&report.reporter_name)?,
        reporter_phone: given_phone(&report.reporter_phone)?,
        outside_number: at_most(clean::line(&report.outside_number)?, LINE_AT_MOST)?,
        ..sorted(taking.category, opened_at, taking.care, taking.calendar)
    })
}

/// What a report of a category begins with, whatever else is known of it: priority and due times, raised for a household
/// with a care flag. The intake shows by it what saving will make.
pub fn sorted(category: &Category, opened_at: Time, care: bool, calendar: &Calendar) -> Ticket {
    let kind = TicketKind::of_category(&category.code);
    let mut ticket = Ticket {
        kind,
        category: category.code.clone(),
        base_priority: category.priority,
        raised: Raises::NONE.with(Raise::Care, care && may_raise(kind)),
        respond_minutes: category.respond_minutes,
        resolve_minutes: category.resolve_minutes,
        opened_at,
        // "At once" is the desk's own word to the caller: taking the report is the contact.
        contacted_at: (category.respond_minutes == 0).then_some(opened_at),
        ..Ticket::blank()
    };
    clock::reckon(&mut ticket, calendar);
    ticket
}

/// Something done to a ticket. `version` is the row's version the person saw; none where it does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Moves it along the status table.
    Move {
        /// Version seen.
        version: Option<i64>,
        /// The move.
        step: Step,
    },
    /// Corrects or completes fields.
    Edit {
        /// Version seen.
        version: Option<i64>,
        /// New values.
        edit: Box<Edit>,
    },
    /// Puts it under watch, or releases it.
    Watch {
        /// Version seen.
        version: Option<i64>,
        /// On or off.
        on: bool,
    },
    /// Writes a note.
    Note(String),
    /// The caller asks again; a word about it may be empty.
    Chase(String),
    /// One more household is affected.
    Join {
        /// Name as given; may be empty.
        name: String,
        /// Phone as given; may be empty.
        phone: String,
        /// Where he lives and what he said; may be empty.
        words: String,
    },
    /// The caller was told the words for danger.
    Warn,
    /// The worker who has it was told, and how.
    Tell(ToldBy),
    /// Raises it for a reason a person gives, or takes that back.
    Raise {
        /// Version seen.
        version: Option<i64>,
        /// [`Raise::Unit`] or [`Raise::Danger`]; the others follow from the figures.
        raise: Raise,
        /// On or off.
        on: bool,
    },
    /// Makes, moves or (none) cancels an appointment.
    Appoint {
        /// Version seen.
        version: Option<i64>,
        /// When.
        at: Option<Time>,
    },
    /// Writes what the next shifts must watch for; empty takes it off.
    WatchWords {
        /// Version seen.
        version: Option<i64>,
        /// If this, then that.
        text: String,
    },
    /// Writes materials and what paid work costs.
    Charge {
        /// Version seen.
        version: Option<i64>,
        /// Materials used; may be empty.
        materials: String,
        /// In fen.
        fee: Option<i64>,
    },
    /// Names a file that belongs to it, or takes it off.
    Attach {
        /// Its path, as the desk's machine knows it.
        path: String,
        /// On or off.
        on: bool,
    },
    /// Ties it to another ticket (the other one is tied to it by the same command).
    Relate {
        /// The other.
        to: TicketId,
        /// On or off.
        on: bool,
    },
    /// The outside body that has it was asked.
    Asked {
        /// Version seen.
        version: Option<i64>,
        /// What it answered.
        answer: String,
        /// Its phone, or who there is asked for, where that is another now; none leaves it.
        phone: Option<String>,
        /// When it is asked again.
        again: Option<Time>,
    },
    /// What ringing the resident back brought.
    CallBack(Call),
}

impl Act {
    /// What a command that does it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Move { .. } => CommandKind::Move,
            Self::Edit { .. } => CommandKind::Edit,
            Self::Watch { .. } => CommandKind::Watch,
            Self::Note(_) => CommandKind::Note,
            Self::Chase(_) => CommandKind::Chase,
            Self::Join { .. } => CommandKind::Join,
            Self::Warn => CommandKind::Warn,
            Self::Tell(_) => CommandKind::Tell,
            Self::Raise { .. } => CommandKind::Raise,
            Self::Appoint { .. } => CommandKind::Appoint,
            Self::WatchWords { .. } => CommandKind::WatchWords,
            Self::Charge { .. } => CommandKind::Charge,
            Self::Attach { .. } => CommandKind::Attach,
            Self::Relate { .. } => CommandKind::Relate,
            Self::Asked { .. } => CommandKind::Asked,
            Self::CallBack(_) => CommandKind::CallBack,
        }
    }

    /// The least rank that may do it. Of a move it is the least of those to that status: the row of the table may ask for more.
    pub fn needs(&self) -> Rank {
        match self {
            Self::Move { step, .. } => {
                MOVES.iter().filter(|row| row.to == step.to).map(|row| row.rank).min().unwrap_or(Rank::Clerk)
            }
            Self::Watch { .. } => WATCHES,
            Self::Edit { .. }
            | Self::Note(_)
            | Self::Chase(_)
            | Self::Join { .. }
            | Self::Warn
            | Self::Tell(_)
            | Self::Raise { .. }
            | Self::Appoint { .. }
            | Self::WatchWords { .. }
            | Self::Charge { .. }
            | Self::Attach { .. }
            | Self::Relate { .. }
            | Self::Asked { .. }
            | Self::CallBack(_) => Rank::Clerk,
        }
    }

    /// The version it expects.
    pub const fn version(&self) -> Option<i64> {
        match self {
            Self::Move { version, .. }
            | Self::Edit { version, .. }
            | Self::Watch { version, .. }
            | Self::Raise { version, .. }
            | Self::Appoint { version, .. }
            | Self::WatchWords { version, .. }
            | Self::Asked { version, .. }
            | Self::Charge { version, .. } => *version,
            Self::Note(_)
            | Self::Chase(_)
            | Self::Join { .. }
            | Self::Warn
            | Self::Tell(_)
            | Self::Attach { .. }
            | Self::Relate { .. }
            | Self::CallBack(_) => None,
        }
    }

    /// The fields it is done on: where another desk changed one of them, it was meant for something else. Who moves a ticket has
    /// seen where it stands and who has it.
    pub const fn rests_on(&self) -> &'static [&'static str] {
        match self {
            Self::Move { .. } => &["status", "assignee"],
            _ => &[],
        }
    }

    /// Whether done to a merged ticket it is done to the one it lives on in: what the caller says, what he is told, and who else
    /// is affected concerns the trouble, not the paper.
    pub const fn follows_merge(&self) -> bool {
        matches!(
            self,
            Self::Note(_) | Self::Chase(_) | Self::Join { .. } | Self::Warn | Self::Tell(_) | Self::CallBack(_)
        )
    }
}

/// A move and what it comes with. What is needed for which move is the status table's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The new status.
    pub to: Status,
    /// Who gets it, or leads next.
    pub staff: Option<StaffId>,
    /// Reason, result words, or the outside body's name; may be empty where none is needed.
    pub why: String,
    /// The outside body's phone, or who there is asked for; may be empty.
    pub phone: String,
    /// When it is looked at again, or the outside body is asked again.
    pub review: Option<Time>,
    /// The ticket it is merged into.
    pub original: Option<TicketId>,
}

impl Act {
    /// One more household of which nothing but name and phone is known; either may be empty.
    pub fn join(name: &str, phone: &str) -> Self {
        Self::Join { name: name.to_owned(), phone: phone.to_owned(), words: String::new() }
    }
}

impl Step {
    /// A move that comes with nothing.
    pub const fn to(to: Status) -> Self {
        Self { to, staff: None, why: String::new(), phone: String::new(), review: None, original: None }
    }

    /// Giving it to `staff`.
    pub const fn assign(staff: StaffId) -> Self {
        let mut step = Self::to(Status::Assigned);
        step.staff = Some(staff);
        step
    }
}

/// New values of fields; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Words.
    pub words: Option<String>,
    /// Place and its compound.
    pub place: Option<(Option<PlaceId>, Option<PlaceId>)>,
    /// Where, in words.
    pub place_words: Option<String>,
    /// The resident.
    pub reporter: Option<Option<PersonId>>,
    /// Name as given.
    pub reporter_name: Option<String>,
    /// Phone as given.
    pub reporter_phone: Option<String>,
    /// The new category, read from the file.
    pub category: Option<Category>,
    /// Appointment.
    pub appointment_at: Option<Option<Time>>,
    /// The outside order's number.
    pub outside_number: Option<String>,
    /// The outside order's deadline.
    pub outer_due: Option<Option<Time>>,
    /// Whether a household with a care flag reports or is meant, read from the file when reporter or place changes.
    pub care: Option<bool>,
}

/// A text no longer than that.
pub(in crate::domain) fn at_most(text: String, characters: usize) -> Result<String, Refusal> {
    if text.chars().count() > characters { Err(Refusal::TextTooLong { at_most: characters }) } else { Ok(text) }
}

/// A name as given, which may be empty.
pub(in crate::domain) fn given_name(text: &str) -> Result<String, Refusal> {
    let text = clean::line(text)?;
    if text.is_empty() { Ok(text) } else { PersonName::new(&text).map(|name| name.reveal().to_owned()) }
}

/// A phone as given, which may be empty, as digits.
pub(in crate::domain) fn given_phone(text: &str) -> Result<String, Refusal> {
    let text = clean::line(text)?;
    if text.is_empty() { Ok(text) } else { Phone::new(&text).map(|phone| phone.reveal().to_owned()) }
}

/// A change to tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketOp {
    /// Takes a report: a new ticket. A parked intake it came from goes in the same transaction.
    Take {
        /// What was reported.
        report: Box<Report>,
        /// The parked intake it was.
        parked: Option<ParkedId>,
    },
    /// Does something to a ticket.
    Act {
        /// Which.
        id: TicketId,
        /// What.
        act: Act,
    },
    /// Does something to several tickets by one command, or more than one thing to one: all of it or nothing. Each comes with
    /// its own version seen.
    Many(Vec<(TicketId, Act)>),
}

impl TicketOp {
    /// What the command is kept as.
    pub fn kind(&self) -> CommandKind {
        match self {
            Self::Take { .. } => CommandKind::Take,
            Self::Act { act, .. } => act.kind(),
            // One undo takes back all of it or nothing, so an act that stays decides for all.
            Self::Many(acts) => {
                let mut kinds = acts.iter().map(|(_, act)| act.kind());
                let stays = kinds.clone().find(|kind| kind.undo() != Undo::Possible);
                stays.or_else(|| kinds.next()).unwrap_or(CommandKind::Move)
            }
        }
    }

    /// The least rank that may make it.
    pub fn needs(&self) -> Rank {
        match self {
            Self::Take { .. } => Rank::Clerk,
            Self::Act { act, .. } => act.needs(),
            Self::Many(acts) => acts.iter().map(|(_, act)| act.needs()).max().unwrap_or(Rank::Clerk),
        }
    }
}
