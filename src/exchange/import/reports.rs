//! Rows of tickets: what other systems, hotlines and notebooks wrote down.
//! Category, channel and status stay words here.

use chrono::Datelike;

use super::{FIRST_YEAR, Parsed, Reading, Row};
use crate::domain::base::import::{LeftOut, Reason, TicketRow};
use crate::domain::base::time::Time;
use crate::domain::person::PersonName;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::Status;
use crate::exchange::fields;
use crate::exchange::mapping::Field;

/// Characters of what was said, and of the answer: petitions run to several pages.
const WORDS_AT_MOST: usize = 10_000;
const TEXT_AT_MOST: usize = 200;

impl Reading {
    pub(super) fn ticket(&mut self, row: &Row<'_>) -> Parsed<TicketRow> {
        let mut subject = row.short(Field::Subject, TEXT_AT_MOST)?;
        let category = row.short(Field::Category, TEXT_AT_MOST)?;
        let mut words = row.within(Field::Words, fields::words(row.raw(Field::Words)), WORDS_AT_MOST)?;
        if fields::nothing(&words) {
            // A report of two words is one: the heading, or at least what it was filed under.
            words = if subject.is_empty() { category.clone() } else { std::mem::take(&mut subject) };
        }
        if words.is_empty() {
            return Err(row.missing(Field::Words));
        }
        if !subject.is_empty() && subject.chars().count() + 1 + words.chars().count() > WORDS_AT_MOST {
            return Err(row.rule(Field::Words, Refusal::TextTooLong { at_most: WORDS_AT_MOST - TEXT_AT_MOST - 1 }));
        }
        let ticket = TicketRow {
            key: row.key(),
            opened_at: self.past(row, Field::OpenedAt)?,
            closed_at: self.past(row, Field::ClosedAt)?,
            compound: row.short(Field::Compound, TEXT_AT_MOST)?,
            place: place(row)?,
            subject,
            words,
            reporter: reporter(row)?,
            phones: self.phones(row)?,
            category,
            channel: row.short(Field::Channel, TEXT_AT_MOST)?,
            status: row.short(Field::Status, TEXT_AT_MOST)?,
            result: row.within(Field::Result, fields::words(row.raw(Field::Result)), WORDS_AT_MOST)?,
            note: row.within(Field::Note, fields::words(row.raw(Field::Note)), WORDS_AT_MOST)?,
        };
        // Compound and place are kept as one line.
        if ticket.compound.chars().count() + ticket.place.chars().count() >= TEXT_AT_MOST {
            return Err(row.rule(Field::Place, Refusal::TextTooLong { at_most: TEXT_AT_MOST / 2 }));
        }
        self.leave_out(LeftOut::FurtherPhones, ticket.phones.len().saturating_sub(1));
        // Where it waits for a callback the time is kept, as that of the work.
        let begins = ticket.standing() == Status::New;
        self.leave_out(LeftOut::ClosingTimes, usize::from(begins && ticket.closed_at.is_some()));
        Ok(Some(ticket))
    }

    fn past(&self, row: &Row<'_>, field: Field) -> Result<Option<Time>, Reason> {
        let cell = row.text(field);
        if cell.is_empty() {
            return Ok(None);
        }
        match fields::when(&cell, self.now, self.zone) {
            None => Err(row.unclear(field)),
            Some(time) if self.zone.day(time).year() < FIRST_YEAR => Err(Reason::TooEarly { column: row.head(field) }),
            Some(time) if time > self.now => {
                Err(Reason::TimeAhead { column: row.head(field), read: self.zone.day(time) })
            }
            Some(time) => Ok(Some(time)),
        }
    }
}

/// Where it is: what the sheet calls the place, behind building and unit where they stand in columns of their own.
fn place(row: &Row<'_>) -> Result<String, Reason> {
    let parts = [Field::Building, Field::Unit, Field::Place].map(|field| row.short(field, TEXT_AT_MOST));
    let [building, unit, place] = parts;
    let (building, unit, place) = (building?, unit?, place?);
    // `3-2-501` in the column of rooms names both already.
    if place.contains('-') && !building.is_empty() {
        return Ok(place);
    }
    let parts = [building, unit, place];
    Ok(parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("-"))
}

fn reporter(row: &Row<'_>) -> Result<Option<PersonName>, Reason> {
    let name = row.text(Field::Name);
    if matches!(name.as_str(), "" | "匿名" | "未知" | "佚名" | "anonymous") {
        return Ok(None);
    }
    row.unmasked(Field::Name, &name)?;
    PersonName::new(&name).map(Some).map_err(|refusal| row.rule(Field::Name, refusal))
}
