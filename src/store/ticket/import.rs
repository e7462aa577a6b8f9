//! Reports of a sheet, open or long closed. A report read before is known by the sheet's own number, or by its time, place and words.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::TicketId;
use crate::domain::base::import::{ParsedRow, TicketRow};
use crate::domain::base::time::HOUR;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::category::{self, Category};
use crate::domain::ticket::op::{Report, Taking, WORDS_AT_MOST, take};
use crate::domain::ticket::{Channel, Status, Ticket};
use crate::store::file::ids;
use crate::store::file::writer::Tx;
use crate::store::import::{Fate, RowError, id_of_key, keep_key};
use crate::store::place::import::Places;
use crate::store::settings::township;
use crate::store::ticket;

/// How often each report without a number was met in the sheet so far, and the township's categories.
#[derive(Default)]
pub(in crate::store) struct Seen {
    times: HashMap<String, u32>,
    categories: Vec<Category>,
}

/// One report.
pub(in crate::store) fn report(
    tx: &mut Tx<'_>,
    known: &mut Places,
    seen: &mut Seen,
    ParsedRow { sheet, row, .. }: &ParsedRow<TicketRow>,
) -> std::result::Result<Fate, RowError> {
    // A digest is the same whatever the sheet is called.
    let (sheet, key) = match &row.key {
        Some(key) => (sheet.as_str(), key.clone()),
        None => {
            let digest = digest_of(row, 0);
            let nth = seen.times.entry(digest.clone()).or_default();
            *nth += 1;
            // Versions before read a midnight as the morning, and kept the report under that.
            let midnight = row.opened_at.is_some_and(|at| tx.zone.minute_of_day(at) == 0);
            let morning = format!("{}#{nth}", digest_of(row, 8 * HOUR));
            if midnight && id_of_key(tx, "", "ticket", &morning)?.is_some() {
                return Ok(Fate::Unchanged);
            }
            ("", format!("{digest}#{nth}"))
        }
    };
    if id_of_key(tx, sheet, "ticket", &key)?.is_some() {
        return Ok(Fate::Unchanged);
    }
    if seen.categories.is_empty() {
        seen.categories = township::categories(tx.conn)?;
    }
    let category = category_of(row, &seen.categories).ok_or(Refusal::NoSuchCategory)?;
    let said = words_of(row);
    let address = if row.place.is_empty() { said.as_str() } else { row.place.as_str() };
    let place = known.place_of_words(&row.compound, address);
    let opened_at = row.opened_at.unwrap_or(tx.now);
    let number = ids::next_number(tx.conn, tx.zone.day(opened_at))?;
    let text = |t: &str, n: usize| t.chars().take(n).collect::<String>();
    let report = Report {
        place: place.map(|(place, _)| place),
        place_words: text(&format!("{} {}", row.compound, row.place), crate::domain::ticket::op::LINE_AT_MOST),
        reporter_name: row.reporter.as_ref().map(|n| n.reveal().to_owned()).unwrap_or_default(),
        reporter_phone: row.phones.first().map(|p| p.reveal().to_owned()).unwrap_or_default(),
        at: Some(opened_at),
        ..Report::of_words(&text(&said, WORDS_AT_MOST), channel_of(&row.channel))
    };
    let taking = Taking {
        now: tx.now,
        calendar: &tx.calendar,
        number,
        by: tx.operator.id,
        category,
        compound: place.map(|(_, compound)| compound),
        care: false,
    };
    let mut ticket = take(&report, taking)?;
    let taken = ticket.clone();
    // It ended elsewhere: the sheet is the witness, and its answer the result. When somebody first came it does not say.
    let at = row.closed_at.unwrap_or(opened_at).max(opened_at);
    ticket.status = row.standing();
    let became = match ticket.status {
        Status::Closed => EventKind::Closed,
        Status::Void => EventKind::Voided,
        Status::Answered => EventKind::Answered,
        Status::Resolved => EventKind::Resolved,
        _ => EventKind::Noted,
    };
    ticket.watched = row.is_watched();
    if became != EventKind::Noted {
        ticket.result.clone_from(&row.result);
        ticket.closed_at = (!ticket.status.open()).then_some(at);
        ticket.resolved_at = (ticket.status != Status::Void).then_some(at);
    }
    let id = TicketId(tx.ids.next());
    ticket::rows::insert(tx.conn, id, &ticket)?;
    tx.log.changed::<Ticket>(
        Entity::Ticket,
        id.0,
        EventKind::Taken,
        &Ticket::blank().changes_to(&taken),
        &note_of(row, became == EventKind::Noted),
        &[],
    )?;
    if ticket != taken {
        // What is still open differs by that alone.
        let became = if ticket.watched { EventKind::Watched } else { became };
        tx.log.changed::<Ticket>(Entity::Ticket, id.0, became, &taken.changes_to(&ticket), "", &[])?;
    }
    keep_key(tx, sheet, "ticket", &key, id.0)?;
    Ok(Fate::Added)
}

fn words_of(row: &TicketRow) -> String {
    if row.subject.is_empty() || row.words.starts_with(&row.subject) {
        row.words.clone()
    } else {
        format!("{}\n{}", row.subject, row.words)
    }
}

/// Remarks, and of a report still open what was done so far: its result is yet to come.
fn note_of(row: &TicketRow, open: bool) -> String {
    let parts = [row.note.as_str(), if open { row.result.as_str() } else { "" }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Over time (moved by so many milliseconds), place and words, so that the order of rows does not matter.
fn digest_of(row: &TicketRow, moved: i64) -> String {
    let mut hasher = Sha256::new();
    let at = row.opened_at.map_or_else(String::new, |t| (t.0 + moved).to_string());
    for part in [at.as_str(), &row.compound, &row.place, &row.subject, &row.words] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn category_of<'a>(row: &TicketRow, all: &'a [Category]) -> Option<&'a Category> {
    let named = all.iter().find(|c| {
        !row.category.is_empty()
            && (c.code == row.category || c.zh == row.category || c.en.eq_ignore_ascii_case(&row.category))
    });
    named
        .or_else(|| category::suggest(&format!("{} {} {}", row.category, row.subject, row.words), all))
        .or_else(|| all.iter().find(|c| c.code == category::TO_SORT))
}

fn channel_of(text: &str) -> Channel {
    const WORDS: &[(&str, Channel)] = &[
        ("12345", Channel::Hotline),
        ("热线", Channel::Hotline),
        ("微信", Channel::WeChat),
        ("来访", Channel::WalkIn),
        ("上门", Channel::WalkIn),
        ("巡", Channel::Patrol),
        ("网格", Channel::Grid),
        ("信", Channel::Letter),
        ("留言", Channel::Letter),
        ("online", Channel::Letter),
        ("walk", Channel::WalkIn),
    ];
    let text = text.to_lowercase();
    WORDS.iter().find(|(word, _)| text.contains(word)).map_or(Channel::Phone, |(_, channel)| *channel)
}
