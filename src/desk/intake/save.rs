//! What the form becomes: a report, or a correction. A word on what is there already is `side`.
//! What is missing or wrong is said by the domain; the form only leads the caret there.

use crate::desk::Desk;
use crate::desk::frame::commit::After;
use crate::desk::frame::notice::Level;
use crate::desk::intake::{Entry, Intake, Mode, busy, category_of, denied, keep, place, shown, top};
use crate::domain::base::time::{Lean, Time, parse};
use crate::domain::op::Op;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Channel;
use crate::domain::ticket::op::{Act, Edit, Report, TicketOp};
use crate::domain::ticket::query::Detail;
use crate::text::{refusal, t};

/// Enter: takes what is picked and goes on; from the last box it saves.
pub(in crate::desk) fn enter(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    if shown(desk).is_some_and(|intake| intake.entry == Entry::Note) {
        return save(desk);
    }
    place::take(desk, true);
    if let Some(intake) = top(desk) {
        let digits_went_to_phone = intake.entry == Entry::Place && intake.field(Entry::Place).is_blank();
        // The place is still open then: the caret stays where it is asked.
        if !digits_went_to_phone || intake.field(Entry::Phone).is_blank() {
            intake.entry = intake.entry_after(1);
        }
    }
    keep(desk);
}

/// Saves the form.
pub(in crate::desk) fn save(desk: &mut Desk) {
    if busy(desk) {
        return;
    }
    place::take(desk, false);
    let Some(intake) = shown(desk) else { return };
    let uid = intake.uid;
    if intake.field(Entry::Words).is_blank() {
        let sentence = refusal::sentence(&Refusal::WordsMissing, desk.lang);
        return go_to(desk, Entry::Words, sentence);
    }
    let category = category_of(intake, desk.town.categories()).map(|category| category.code.clone());
    if category.is_none() && !intake.field(Entry::Category).is_blank() {
        let sentence = refusal::sentence(&Refusal::NoSuchCategory, desk.lang);
        return go_to(desk, Entry::Category, sentence);
    }
    let times = [Entry::Appointment, Entry::OuterDue].map(|entry| typed_time(desk, intake, entry).ok_or(entry));
    let [appointment, outer_due] = match times {
        [Ok(appointment), Ok(outer_due)] => [appointment, outer_due],
        [Err(entry), _] | [_, Err(entry)] => {
            let words = t("看不懂这个时间; 例如: 今天 18:00, 明天 9:30", "Not a time; for example: tomorrow 9:30");
            return go_to(desk, entry, desk.say(words).to_owned());
        }
    };
    match &intake.mode {
        Mode::New => {
            let denied = denied(intake, desk.town.categories()).join(" ");
            let denied = Some(denied).filter(|words| !words.is_empty());
            let report = Report { appointment_at: appointment, outer_due, denied, ..report(intake, category) };
            desk.commit_marked(
                uid,
                Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None }),
                After::Saved(uid),
            );
        }
        Mode::Correct(before) => {
            let ticket = &before.row.ticket;
            let shows_outer = intake.entries().contains(&Entry::OuterDue);
            let edit = Edit {
                appointment_at: (appointment != ticket.appointment_at).then_some(appointment),
                outer_due: (shows_outer && outer_due != ticket.outer_due).then_some(outer_due),
                ..edit(desk, intake, before, category)
            };
            let (id, version) = (before.row.id, Some(before.row.version));
            let note = intake.field(Entry::Note).trimmed().to_owned();
            // One key saves both, so one undo takes both back; a note alone corrects nothing.
            let noted = (!note.is_empty()).then_some(Act::Note(note));
            let corrected =
                (noted.is_none() || edit != Edit::default()).then(|| Act::Edit { version, edit: Box::new(edit) });
            let acts = corrected.into_iter().chain(noted).map(|act| (id, act)).collect();
            desk.commit_all(acts, After::Corrected(uid));
        }
    }
}

fn go_to(desk: &mut Desk, entry: Entry, sentence: String) {
    if let Some(intake) = top(desk) {
        intake.entry = entry;
    }
    desk.notice(Level::Refused, sentence);
}

/// The time typed into a box: none when it is empty or not among the boxes shown; nothing when it is not understood.
fn typed_time(desk: &Desk, intake: &Intake, entry: Entry) -> Option<Option<Time>> {
    let text = intake.field(entry).trimmed();
    if text.is_empty() || !intake.entries().contains(&entry) {
        return Some(None);
    }
    parse(text, desk.now, desk.zone(), Lean::Future).map(Some)
}

/// The 12345 order's own deadline as far as it is typed and understood.
pub fn outer_due(desk: &Desk, intake: &Intake) -> Option<Time> {
    typed_time(desk, intake, Entry::OuterDue).flatten()
}

fn report(intake: &Intake, category: Option<String>) -> Report {
    let text = |entry: Entry| intake.field(entry).trimmed().to_owned();
    let warned = intake.warned.as_ref().filter(|(told, _)| Some(told) == category.as_ref());
    Report {
        place: intake.place,
        place_words: if intake.place.is_some() { String::new() } else { text(Entry::Place) },
        reporter: intake.person,
        reporter_name: text(Entry::Name),
        reporter_phone: text(Entry::Phone),
        warned_at: warned.map(|(_, at)| *at),
        category,
        note: text(Entry::Note),
        // Typed before another channel was chosen, it is no order's.
        outside_number: if intake.channel == Channel::Hotline { text(Entry::OrderNumber) } else { String::new() },
        root_of: intake.root_of.clone(),
        ..Report::of_words(intake.field(Entry::Words).trimmed(), intake.channel)
    }
}

/// Only what differs from the ticket as it was when the form opened.
fn edit(desk: &Desk, intake: &Intake, before: &Detail, category: Option<String>) -> Edit {
    let was = Intake::of_detail(intake.uid, before, desk);
    let changed = |entry: Entry| {
        let (was, now) = (was.field(entry).trimmed(), intake.field(entry).trimmed());
        (was != now).then(|| now.to_owned())
    };
    let ticket = &before.row.ticket;
    let compound = intake.household.as_ref().and_then(|household| household.place.compound);
    Edit {
        words: changed(Entry::Words),
        place: (intake.place != ticket.place).then_some((intake.place, compound.filter(|_| intake.place.is_some()))),
        place_words: changed(Entry::Place).map(|words| if intake.place.is_some() { String::new() } else { words }),
        reporter: (intake.person != ticket.reporter).then_some(intake.person),
        reporter_name: changed(Entry::Name),
        reporter_phone: changed(Entry::Phone),
        category: category
            .filter(|code| *code != ticket.category && !intake.field(Entry::Category).is_blank())
            .and_then(|code| desk.town.category(&code).cloned()),
        outside_number: changed(Entry::OrderNumber),
        ..Edit::default()
    }
}
