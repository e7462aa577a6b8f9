//! What each thing done to a ticket makes of it, decided against the ticket as it is now.
//! Which moves there are is the table in `ticket`; no row is read or written here.

use crate::domain::base::calendar::Calendar;
use crate::domain::base::clean;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::StaffId;
use crate::domain::base::time::Time;
use crate::domain::callback;
use crate::domain::callback::op::Call;
use crate::domain::op::rank;
use crate::domain::refusal::Refusal;
use crate::domain::staff::Rank;
use crate::domain::ticket::op::{Act, Edit, LINE_AT_MOST, Step, WORDS_AT_MOST, at_most, given_name, given_phone};
use crate::domain::ticket::priority::{Raise, may_raise};
use crate::domain::ticket::{Need, Number, Status, Ticket, TicketKind, clock, is_time_ahead, move_between};

/// Fee at most, in fen: a typing slip of a few digits is not taken.
const FEE_AT_MOST: i64 = 10_000_000;
/// Files a ticket names at most.
const ATTACHMENTS_AT_MOST: usize = 20;

/// What deciding needs to know beside the ticket.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    /// Now.
    pub now: Time,
    /// The township's calendar.
    pub calendar: &'a Calendar,
    /// What the operator may do.
    pub rank: Rank,
    /// Who the operator is among the staff.
    pub staff: Option<StaffId>,
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

impl Decided {
    fn plain(after: Ticket, kind: EventKind) -> Self {
        Self { after, kind, note: String::new(), joined: None }
    }
}

/// Decides an act against the ticket as it is now.
///
/// # Errors
/// The [`Refusal`] that says what would be accepted.
pub fn decide(ticket: &Ticket, act: &Act, with: Deciding<'_>) -> Result<Decided, Refusal> {
    let mut after = ticket.clone();
    match act {
        Act::Move { step, .. } => {
            let kind = make_move(&mut after, step, with)?;
            let told = matches!(kind, EventKind::Resolved | EventKind::Answered | EventKind::Referred);
            let note = if told { String::new() } else { clean::notes(&step.why)? };
            Ok(Decided { note, ..Decided::plain(after, kind) })
        }
        Act::Edit { edit, .. } => {
            make_edit(&mut after, edit)?;
            // Without a caller it could be closed in silence.
            if ticket.status == Status::Resolved && ticket.has_caller() && !after.has_caller() {
                return Err(Refusal::OnlyByCallback);
            }
            // A phone put in later moves no time; what has ended keeps those it was held to, unless it is sorted anew.
            if edit.category.is_some() || ticket.status.open() && edit.care.is_some() {
                clock::reckon(&mut after, with.calendar);
            }
            Ok(Decided::plain(after, EventKind::Edited))
        }
        Act::Watch { on, .. } => {
            after.watched = *on;
            Ok(Decided::plain(after, EventKind::Watched))
        }
        Act::Note(text) => {
            let note = at_most(clean::notes(text)?, WORDS_AT_MOST)?;
            if note.is_empty() {
                return Err(Refusal::NoteEmpty);
            }
            Ok(Decided { note, ..Decided::plain(after, EventKind::Noted) })
        }
        Act::Chase(text) => {
            still_open(ticket)?;
            after.chases += 1;
            let note = at_most(clean::notes(text)?, WORDS_AT_MOST)?;
            Ok(Decided { note, ..Decided::plain(after, EventKind::Chased) })
        }
        Act::Join { name, phone, words } => {
            still_open(ticket)?;
            after.also_affected += 1;
            clock::reckon(&mut after, with.calendar);
            let joined = Some((given_name(name)?, given_phone(phone)?));
            let note = at_most(clean::notes(words)?, WORDS_AT_MOST)?;
            Ok(Decided { joined, note, ..Decided::plain(after, EventKind::Joined) })
        }
        Act::Warn => {
            after.warned_at = Some(with.now);
            Ok(Decided::plain(after, EventKind::Warned))
        }
        Act::Tell(by) => {
            if ticket.assignee.is_none() || !ticket.status.open() {
                return Err(Refusal::NobodyToTell);
            }
            (after.told_at, after.told_by) = (Some(with.now), Some(*by));
            Ok(Decided::plain(after, EventKind::Told))
        }
        Act::Raise { raise, on, .. } => raise_by_hand(ticket, *raise, *on, with),
        Act::Appoint { at, .. } => {
            still_open(ticket)?;
            if at.is_some_and(|at| at <= with.now) {
                return Err(Refusal::AppointmentInThePast);
            }
            after.appointment_at = *at;
            Ok(Decided::plain(after, EventKind::Appointed))
        }
        Act::Asked { answer, phone, again, .. } => {
            let note = asked(&mut after, answer, phone.as_deref(), *again, with.now)?;
            Ok(Decided { note, ..Decided::plain(after, EventKind::Asked) })
        }
        Act::WatchWords { text, .. } => {
            still_open(ticket)?;
            after.watch_words = at_most(clean::notes(text)?, LINE_AT_MOST)?;
            Ok(Decided::plain(after, EventKind::WatchWords))
        }
        Act::Charge { materials, fee, .. } => {
            if fee.is_some_and(|fee| !(0..=FEE_AT_MOST).contains(&fee)) {
                return Err(Refusal::FeeUnclear { at_most: FEE_AT_MOST / 100 });
            }
            after.materials = at_most(clean::notes(materials)?, LINE_AT_MOST)?;
            after.fee = *fee;
            Ok(Decided::plain(after, EventKind::Charged))
        }
        Act::Attach { path, on } => attach(after, path, *on),
        Act::Relate { to, on } => {
            after.related.0.retain(|other| other != to);
            if *on {
                after.related.0.push(*to);
                after.related.0.sort_unstable();
            }
            Ok(Decided::plain(after, EventKind::Related))
        }
        Act::CallBack(call) => {
            let kind = callback::op::decide(ticket, &mut after, call, with)?;
            let note = match call {
                Call::Solved { words, .. } | Call::NotSolved { words, .. } => {
                    at_most(clean::notes(words)?, WORDS_AT_MOST)?
                }
                Call::NoAnswer => String::new(),
            };
            Ok(Decided { note, ..Decided::plain(after, kind) })
        }
    }
}

/// A ticket others live on in is not made void, by whatever way: nobody would see their reports any more. What is seen through
/// and closed takes them with it to the resident's word, and merged into another it takes them there.
///
/// # Errors
/// [`Refusal::OthersMergedInto`] names them.
pub fn may_vanish(merged: Vec<Number>) -> Result<(), Refusal> {
    if merged.is_empty() { Ok(()) } else { Err(Refusal::OthersMergedInto { numbers: merged }) }
}

/// A ticket is merged into an open one, never into itself, nor into one that lives on in it.
///
/// # Errors
/// [`Refusal::MergeInCircle`].
pub fn may_go_into(leads_back: bool, kept: Status) -> Result<(), Refusal> {
    if leads_back || !kept.open() { Err(Refusal::MergeInCircle) } else { Ok(()) }
}

/// What a refusal is called of a ticket that lives on in another.
pub fn refused_of_merged(refusal: Refusal, into: Option<Number>) -> Refusal {
    match (refusal, into) {
        (Refusal::TicketEnded { .. } | Refusal::MoveNotPermitted { .. }, Some(into)) => Refusal::LivesOn { into },
        (refusal, _) => refusal,
    }
}

fn still_open(ticket: &Ticket) -> Result<(), Refusal> {
    if ticket.status.open() { Ok(()) } else { Err(Refusal::TicketEnded { status: ticket.status }) }
}

/// The two reasons only a person can give.
fn raise_by_hand(ticket: &Ticket, raise: Raise, on: bool, with: Deciding<'_>) -> Result<Decided, Refusal> {
    still_open(ticket)?;
    if !may_raise(ticket.kind) {
        return Err(Refusal::NeverRaised);
    }
    if !matches!(raise, Raise::Unit | Raise::Danger) {
        return Err(Refusal::RaisedByFigures);
    }
    let kind = if on { EventKind::Raised } else { EventKind::Lowered };
    Ok(Decided::plain(clock::raised(ticket, raise, on, with.calendar), kind))
}

/// The outside body was asked: what it answered, and when it is asked again. The ticket stays with it.
fn asked(
    ticket: &mut Ticket,
    answer: &str,
    phone: Option<&str>,
    again: Option<Time>,
    now: Time,
) -> Result<String, Refusal> {
    if ticket.status != Status::Referred {
        return Err(Refusal::NobodyToAsk { status: ticket.status });
    }
    let answer = at_most(clean::notes(answer)?, WORDS_AT_MOST)?;
    if answer.is_empty() {
        return Err(Refusal::AnswerMissing);
    }
    if again.is_none_or(|again| again <= now) {
        return Err(Refusal::AskInThePast);
    }
    if let Some(phone) = phone {
        ticket.outside_phone = at_most(clean::line(phone)?, LINE_AT_MOST)?;
    }
    ticket.review_at = again;
    Ok(answer)
}

fn attach(mut after: Ticket, path: &str, on: bool) -> Result<Decided, Refusal> {
    let path = at_most(clean::line(path)?, LINE_AT_MOST)?;
    if path.is_empty() {
        return Err(Refusal::PathEmpty);
    }
    let mut paths: Vec<&str> = after.attachments.lines().filter(|known| *known != path).collect();
    if on {
        paths.push(&path);
        if paths.len() > ATTACHMENTS_AT_MOST {
            return Err(Refusal::TooManyAttachments { at_most: ATTACHMENTS_AT_MOST });
        }
    }
    after.attachments = paths.join("\n");
    Ok(Decided { note: path, ..Decided::plain(after, EventKind::Attached) })
}

fn make_move(ticket: &mut Ticket, step: &Step, with: Deciding<'_>) -> Result<EventKind, Refusal> {
    let from = ticket.status;
    let row = move_between(from, step.to).ok_or(Refusal::MoveNotPermitted { from, to: step.to })?;
    rank::at_least(with.rank, row.rank)?;
    let why = at_most(clean::notes(&step.why)?, WORDS_AT_MOST)?;
    for &need in row.needs {
        let there = match need {
            Need::Staff | Need::NextOwner => step.staff.is_some(),
            Need::Reason | Need::Result | Need::Body => !why.is_empty(),
            Need::Review | Need::AskAgain => step.review.is_some(),
            Need::BodyPhone => true,
            Need::Original => step.original.is_some(),
        };
        if !there {
            return Err(Refusal::MoveNeeds { to: step.to, event: row.event, need });
        }
    }
    let ahead = row.needs.iter().copied().find(|need| is_time_ahead(*need));
    let again = step.review.filter(|_| ahead.is_some());
    if again.is_some_and(|again| again <= with.now) {
        let asks = ahead == Some(Need::AskAgain);
        return Err(if asks { Refusal::AskInThePast } else { Refusal::ReviewInThePast });
    }
    if row.event == EventKind::Assigned && from == Status::Assigned && step.staff == ticket.assignee {
        return Err(Refusal::AlreadyTheirs);
    }
    if from == Status::Resolved && step.to == Status::Closed && ticket.has_caller() {
        return Err(Refusal::OnlyByCallback);
    }
    let now = with.now;
    let clocks = (ticket.clock_from, ticket.reopened);
    ticket.status = step.to;
    // Of all a move does only an ended pause and a new beginning touch the clocks. The pause counts before the contact that
    // may end it.
    if let Some(paused_at) = ticket.paused_at.take() {
        ticket.pauses.add(paused_at, now);
        clock::reckon(ticket, with.calendar);
    }
    ticket.review_at = again;
    match step.to {
        Status::Assigned => {
            give_to(ticket, step.staff, now);
            if row.event == EventKind::Reopened {
                open_again(ticket, now);
            }
        }
        Status::New => {
            ticket.next_owner = step.staff;
            (ticket.assignee, ticket.assigned_at, ticket.told_at, ticket.told_by) = (None, None, None, None);
            if row.event == EventKind::Reopened {
                open_again(ticket, now);
            }
        }
        Status::Working | Status::Referred => {
            clock::contact(ticket, now);
            if step.to == Status::Referred {
                ticket.outside_body = at_most(clean::line(&step.why)?, LINE_AT_MOST)?;
                ticket.outside_phone = at_most(clean::line(&step.phone)?, LINE_AT_MOST)?;
            }
        }
        Status::Answered | Status::Resolved => {
            clock::contact(ticket, now);
            ticket.resolved_at = Some(now);
            ticket.result = why;
            (ticket.tries, ticket.tried_at) = (0, None);
        }
        Status::Paused | Status::Unable => ticket.paused_at = Some(now),
        Status::Duplicate => {
            ticket.duplicate_of = step.original;
            ticket.closed_at = Some(now);
        }
        Status::Closed | Status::Void => ticket.closed_at = Some(now),
        Status::Accepted => {}
    }
    if clocks != (ticket.clock_from, ticket.reopened) {
        clock::reckon(ticket, with.calendar);
    }
    Ok(row.event)
}

/// Gives it to a member of staff, who has not been told yet.
pub(in crate::domain) fn give_to(ticket: &mut Ticket, staff: Option<StaffId>, now: Time) {
    ticket.assignee = staff;
    ticket.assigned_at = Some(now);
    (ticket.next_owner, ticket.told_at, ticket.told_by) = (None, None, None);
}

/// 重办: counted, and the solution's clock begins anew. What was done stays to be read until something new is.
pub(in crate::domain) fn open_again(ticket: &mut Ticket, now: Time) {
    ticket.reopened += 1;
    ticket.clock_from = Some(now);
    (ticket.resolved_at, ticket.closed_at) = (None, None);
    // What a callback brought was said of the work before.
    (ticket.tries, ticket.tried_at, ticket.outcome) = (0, None, None);
}

fn make_edit(ticket: &mut Ticket, edit: &Edit) -> Result<(), Refusal> {
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
    if let Some(due) = edit.outer_due {
        ticket.outer_due = due;
    }
    if let Some(category) = &edit.category {
        // Answered at once is a category's own promise; it comes and goes with it, until somebody is there.
        if category.respond_minutes == 0 {
            ticket.contacted_at.get_or_insert(ticket.opened_at);
        } else if ticket.answered_under.is_none() {
            ticket.contacted_at = None;
        }
        ticket.category.clone_from(&category.code);
        ticket.kind = TicketKind::of_category(&category.code);
        ticket.base_priority = category.priority;
        ticket.respond_minutes = category.respond_minutes;
        ticket.resolve_minutes = category.resolve_minutes;
    }
    if let Some(care) = edit.care {
        ticket.raised = ticket.raised.with(Raise::Care, care);
    }
    Ok(())
}
