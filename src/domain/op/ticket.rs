//! Taking a report and everything done to a ticket afterwards, decided against the ticket as it is now.
//! No row is read or written here.

use super::super::category::{Category, TO_SORT};
use super::super::clean;
use super::super::clock;
use super::super::event::EventKind;
use super::super::id::{OperatorId, PersonId, PlaceId, StaffId, TicketId};
use super::super::person::{PersonName, Phone};
use super::super::refusal::Refusal;
use super::super::staff::Rank;
use super::super::ticket::{Channel, Need, Number, Status, Ticket, TicketKind, move_between};
use super::super::time::{Time, Zone};

/// Characters a report's words may have. Longer than any letter seen; a cap so that one paste cannot fill the disk.
pub const WORDS_AT_MOST: usize = 10_000;
/// Characters of a short text: a spot, a body's name, an order's number.
pub const LINE_AT_MOST: usize = 200;

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
        }
    }
}

/// What taking a report needs to know beside the report.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// Now.
    pub now: Time,
    /// The township's zone.
    pub zone: Zone,
    /// The number drawn for it.
    pub number: Number,
    /// Who takes it.
    pub by: OperatorId,
    /// Its category, read from the file.
    pub category: &'a Category,
    /// The compound of its place.
    pub compound: Option<PlaceId>,
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
    if opened_at.0 > taking.now.0 + super::super::time::MINUTE {
        return Err(Refusal::TimeAhead);
    }
    let Category { priority, respond_minutes, resolve_minutes, .. } = *taking.category;
    Ok(Ticket {
        number: taking.number,
        kind: TicketKind::of_category(&taking.category.code),
        channel: report.channel,
        category: taking.category.code.clone(),
        priority,
        place: report.place,
        compound: taking.compound,
        reporter: report.reporter,
        taken_by: taking.by,
        opened_at,
        respond_by: clock::due(opened_at, respond_minutes, priority, taking.zone),
        resolve_by: clock::due(opened_at, resolve_minutes, priority, taking.zone),
        // "At once" is the desk's own word to the caller: taking the report is the contact.
        contacted_at: (respond_minutes == 0).then_some(opened_at),
        appointment_at: report.appointment_at,
        words: at_most(words, WORDS_AT_MOST)?,
        place_words: at_most(clean::line(&report.place_words)?, LINE_AT_MOST)?,
        reporter_name: given_name(&report.reporter_name)?,
        reporter_phone: given_phone(&report.reporter_phone)?,
        outside_number: at_most(clean::line(&report.outside_number)?, LINE_AT_MOST)?,
        ..Ticket::blank()
    })
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
    },
}

impl Act {
    /// The version it expects.
    pub const fn version(&self) -> Option<i64> {
        match self {
            Self::Move { version, .. } | Self::Edit { version, .. } | Self::Watch { version, .. } => *version,
            Self::Note(_) | Self::Chase(_) | Self::Join { .. } => None,
        }
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
    /// When it is looked at again.
    pub review: Option<Time>,
    /// The ticket it is merged into.
    pub original: Option<TicketId>,
}

impl Step {
    /// A move that comes with nothing.
    pub const fn to(to: Status) -> Self {
        Self { to, staff: None, why: String::new(), review: None, original: None }
    }

    /// Giving it to `staff`.
    pub const fn assign(staff: StaffId) -> Self {
        Self { to: Status::Assigned, staff: Some(staff), why: String::new(), review: None, original: None }
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
}

/// What deciding needs to know beside the ticket.
#[derive(Clone, Copy, Debug)]
pub struct Deciding {
    /// Now.
    pub now: Time,
    /// The township's zone.
    pub zone: Zone,
    /// What the operator may do.
    pub rank: Rank,
}

/// What an act makes of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The ticket afterwards.
    pub after: Ticket,
    /// What happened.
    pub kind: EventKind,
    /// The words that came with it: a note, a reason. Words that a field of the ticket holds are not told twice.
    pub note: String,
    /// Who joined: name and phone as given, either may be empty.
    pub joined: Option<(String, String)>,
}

/// Decides an act against the ticket as it is now.
///
/// # Errors
/// The [`Refusal`] that says what would be accepted.
pub fn decide(ticket: &Ticket, act: &Act, with: Deciding) -> Result<Decided, Refusal> {
    let mut after = ticket.clone();
    let mut joined = None;
    let (kind, note) = match act {
        Act::Move { step, .. } => {
            let kind = make_move(&mut after, step, with)?;
            let told = matches!(kind, EventKind::Resolved | EventKind::Answered | EventKind::Referred);
            (kind, if told { String::new() } else { clean::notes(&step.why)? })
        }
        Act::Edit { edit, .. } => {
            make_edit(&mut after, edit, with.zone)?;
            (EventKind::Edited, String::new())
        }
        Act::Watch { on, .. } => {
            if !with.rank.may(Rank::Leader) {
                return Err(Refusal::RankTooLow { needs: Rank::Leader });
            }
            after.watched = *on;
            (EventKind::Watched, String::new())
        }
        Act::Note(text) => {
            let text = at_most(clean::notes(text)?, WORDS_AT_MOST)?;
            if text.is_empty() {
                return Err(Refusal::NoteEmpty);
            }
            (EventKind::Noted, text)
        }
        Act::Chase(text) => {
            if !ticket.status.open() {
                return Err(Refusal::TicketEnded { status: ticket.status });
            }
            after.chases += 1;
            (EventKind::Chased, at_most(clean::notes(text)?, WORDS_AT_MOST)?)
        }
        Act::Join { name, phone } => {
            if !ticket.status.open() {
                return Err(Refusal::TicketEnded { status: ticket.status });
            }
            after.also_affected += 1;
            joined = Some((given_name(name)?, given_phone(phone)?));
            (EventKind::Joined, String::new())
        }
    };
    Ok(Decided { after, kind, note, joined })
}

fn make_move(ticket: &mut Ticket, step: &Step, with: Deciding) -> Result<EventKind, Refusal> {
    let from = ticket.status;
    let row = move_between(from, step.to).ok_or(Refusal::MoveNotPermitted { from, to: step.to })?;
    if !with.rank.may(row.rank) {
        return Err(Refusal::RankTooLow { needs: row.rank });
    }
    let why = at_most(clean::notes(&step.why)?, WORDS_AT_MOST)?;
    for &need in row.needs {
        let there = match need {
            Need::Staff | Need::NextOwner => step.staff.is_some(),
            Need::Reason | Need::Result | Need::Body => !why.is_empty(),
            Need::Review => step.review.is_some(),
            Need::Original => step.original.is_some(),
        };
        if !there {
            return Err(Refusal::MoveNeeds { to: step.to, event: row.event, need });
        }
    }
    if let Some(review) = step.review
        && row.needs.contains(&Need::Review)
        && review <= with.now
    {
        return Err(Refusal::ReviewInThePast);
    }
    if row.event == EventKind::Assigned && from == Status::Assigned && step.staff == ticket.assignee {
        return Err(Refusal::AlreadyTheirs);
    }
    let now = with.now;
    ticket.status = step.to;
    if let Some(paused_at) = ticket.paused_at.take() {
        // The clock stood still: both due times move on by as long.
        let rested = (now.0 - paused_at.0).max(0);
        ticket.respond_by = Time(ticket.respond_by.0 + rested);
        ticket.resolve_by = Time(ticket.resolve_by.0 + rested);
    }
    ticket.review_at = if row.needs.contains(&Need::Review) { step.review } else { None };
    match step.to {
        Status::Assigned => {
            ticket.assignee = step.staff;
            ticket.assigned_at = Some(now);
            ticket.next_owner = None;
            if row.event == EventKind::Reopened {
                ticket.reopened += 1;
                (ticket.resolved_at, ticket.closed_at) = (None, None);
                ticket.result.clear();
            }
        }
        Status::New => {
            ticket.next_owner = step.staff;
            ticket.assignee = None;
            ticket.assigned_at = None;
            (ticket.resolved_at, ticket.closed_at) = (None, None);
        }
        Status::Working | Status::Referred => {
            ticket.contacted_at.get_or_insert(now);
            if step.to == Status::Referred {
                ticket.outside_body = at_most(clean::line(&step.why)?, LINE_AT_MOST)?;
            }
        }
        Status::Answered | Status::Resolved => {
            ticket.contacted_at.get_or_insert(now);
            ticket.resolved_at = Some(now);
            ticket.result = why;
        }
        Status::Paused | Status::Unable => ticket.paused_at = Some(now),
        Status::Duplicate => {
            ticket.duplicate_of = step.original;
            ticket.closed_at = Some(now);
        }
        Status::Closed | Status::Void => ticket.closed_at = Some(now),
        Status::Accepted => {}
    }
    Ok(row.event)
}

fn make_edit(ticket: &mut Ticket, edit: &Edit, zone: Zone) -> Result<(), Refusal> {
    if let Some(words) = &edit.words {
        let words = at_most(clean::notes(words)?, WORDS_AT_MOST)?;
        if words.is_empty() {
            return Err(Refusal::WordsMissing);
        }
        ticket.words = words;
    }
    if let Some((place, compound)) = edit.place {
        (ticket.place, ticket.compound) = (place, compound);
    }
    if let Some(words) = &edit.place_words {
        ticket.place_words = at_most(clean::line(words)?, LINE_AT_MOST)?;
    }
    if let Some(reporter) = edit.reporter {
        ticket.reporter = reporter;
    }
    if let Some(name) = &edit.reporter_name {
        ticket.reporter_name = given_name(name)?;
    }
    if let Some(phone) = &edit.reporter_phone {
        ticket.reporter_phone = given_phone(phone)?;
    }
    if let Some(appointment) = edit.appointment_at {
        ticket.appointment_at = appointment;
    }
    if let Some(number) = &edit.outside_number {
        ticket.outside_number = at_most(clean::line(number)?, LINE_AT_MOST)?;
    }
    if let Some(category) = &edit.category {
        ticket.category.clone_from(&category.code);
        ticket.kind = TicketKind::of_category(&category.code);
        ticket.priority = category.priority;
        ticket.respond_by = clock::due(ticket.opened_at, category.respond_minutes, category.priority, zone);
        ticket.resolve_by = clock::due(ticket.opened_at, category.resolve_minutes, category.priority, zone);
    }
    Ok(())
}

fn at_most(text: String, characters: usize) -> Result<String, Refusal> {
    if text.chars().count() > characters { Err(Refusal::TextTooLong { at_most: characters }) } else { Ok(text) }
}

fn given_name(text: &str) -> Result<String, Refusal> {
    let text = clean::line(text)?;
    if text.is_empty() { Ok(text) } else { PersonName::new(&text).map(|name| name.reveal().to_owned()) }
}

fn given_phone(text: &str) -> Result<String, Refusal> {
    let text = clean::line(text)?;
    if text.is_empty() { Ok(text) } else { Phone::new(&text).map(|phone| phone.reveal().to_owned()) }
}
