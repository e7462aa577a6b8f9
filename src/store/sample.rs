//! Writes the sample township into a new file: under a temporary name, checked, then renamed. What is in it, `demo` decides.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, params};

use super::convert::day_text;
use super::demo::{COMPANY, DESK_PHONE, Deed, Happening, Planned, Sample, TOWNSHIP, Wish};
use super::error::Result;
use super::events::{Bulk, Log};
use super::township::NewTownship;
use super::{open, people, places, session, staff, tickets, township};
use crate::domain::event::{Entity, EventKind, Tracked};
use crate::domain::id::{CommandId, IdSource, OperatorId, SessionId, TicketId};
use crate::domain::op::ticket::{Deciding, Taking, decide, take};
use crate::domain::staff::Rank;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Day, Time};
use crate::domain::trouble::Trouble;

/// Makes the sample township as a new file at `path`. `progress` is told how many tickets are written.
///
/// # Errors
/// [`Trouble::Exists`] when there is a file; troubles of the machine, and then no file is left.
pub fn make(path: &Path, wish: Wish, mut progress: impl FnMut(usize)) -> Result<()> {
    if path.exists() {
        return Err(Trouble::Exists { path: path.display().to_string() }.into());
    }
    let half = open::beside(path, &format!(".{}.part", std::process::id()));
    let _ = std::fs::remove_file(&half);
    let made = fill(&half, wish, &mut progress).and_then(|()| open::put_in_place(&half, path));
    if made.is_err() {
        let _ = std::fs::remove_file(&half);
    }
    made
}

fn fill(half: &Path, wish: Wish, progress: &mut impl FnMut(usize)) -> Result<()> {
    let conn = open::create_unsafe_but_fast(half)?;
    conn.execute_batch("BEGIN")?;
    let new = NewTownship {
        name: TOWNSHIP.to_owned(),
        company: COMPANY.to_owned(),
        desk_phone: DESK_PHONE.to_owned(),
        office: 0,
        zone: wish.zone,
    };
    township::fill_sample(&conn, &new, wish.now)?;
    let mut sample = Sample::new(wish);
    write_ground(&conn, &sample)?;
    let sessions = write_operators(&conn, &mut sample)?;
    let mut writing = Writing::new(&conn, &sample, sessions);
    let mut log = sample.log();
    let mut count = 0;
    for happening in &mut log {
        if matches!(happening, Happening::Taken { .. }) {
            count += 1;
            if count % 1_000 == 0 {
                progress(count);
            }
        }
        writing.write(happening)?;
    }
    let ids = log.ids();
    writing.finish(ids)?;
    conn.execute_batch("COMMIT")?;
    open::finish_fast(&conn)?;
    Ok(())
}

fn write_ground(conn: &Connection, sample: &Sample) -> Result<()> {
    for place in &sample.places {
        places::insert(conn, place)?;
    }
    for compound in &sample.compounds {
        places::insert_compound(conn, compound.place, compound.stage, compound.trial)?;
    }
    for (place, name) in &sample.aliases {
        places::insert_alias(conn, *place, name)?;
    }
    for (n, (place, text)) in (1..).zip(&sample.notes) {
        places::insert_note(conn, n, *place, text)?;
    }
    for person in &sample.persons {
        people::insert(conn, person)?;
    }
    for r in &sample.residencies {
        people::insert_residency(conn, r.person, r.place, r.relation, r.is_head)?;
    }
    for member in &sample.staff {
        staff::insert(conn, member)?;
    }
    for shift in &sample.shifts {
        staff::insert_shift(conn, shift)?;
    }
    Ok(())
}

/// One session each, as old as the sample.
fn write_operators(conn: &Connection, sample: &mut Sample) -> Result<HashMap<OperatorId, (SessionId, Rank)>> {
    let mut sessions = HashMap::new();
    for operator in &sample.operators {
        session::add_operator(conn, operator.id, operator.name.reveal(), operator.rank)?;
        let id = SessionId(sample.ids.next(sample.wish.now));
        session::begin(conn, id, operator.id, "sample", sample.wish.now)?;
        session::end(conn, id, sample.wish.now)?;
        sessions.insert(operator.id, (id, operator.rank));
    }
    Ok(sessions)
}

/// What one operator did on one day is one command: a few thousand commands instead of millions.
struct Writing<'a> {
    conn: &'a Connection,
    sample: &'a Sample,
    sessions: HashMap<OperatorId, (SessionId, Rank)>,
    open: HashMap<TicketId, Ticket>,
    commands: HashMap<OperatorId, (Day, CommandId, i64)>,
    command_ids: IdSource,
    bulk: Bulk,
    numbers: HashMap<Day, u32>,
}

impl<'a> Writing<'a> {
    fn new(conn: &'a Connection, sample: &'a Sample, sessions: HashMap<OperatorId, (SessionId, Rank)>) -> Self {
        Self {
            conn,
            sample,
            sessions,
            open: HashMap::new(),
            commands: HashMap::new(),
            command_ids: sample.ids,
            bulk: Bulk { seq: 0, seed: sample.wish.seed },
            numbers: HashMap::new(),
        }
    }

    fn write(&mut self, happening: Happening) -> Result<()> {
        match happening {
            Happening::Taken { ticket, last } => self.taken(&ticket, last),
            Happening::Did { ticket, deed, last } => self.did(ticket, &deed, last),
        }
    }

    fn taken(&mut self, planned: &Planned, last: bool) -> Result<()> {
        let taking = Taking {
            now: planned.opened_at,
            zone: self.sample.wish.zone,
            number: planned.number,
            by: planned.taken_by,
            category: &self.sample.categories[planned.category],
            compound: planned.compound,
        };
        let ticket = take(&planned.report, taking)?;
        self.numbers
            .entry(planned.number.day)
            .and_modify(|n| *n = planned.number.n.max(*n))
            .or_insert(planned.number.n);
        let changes = Ticket::blank().changes_to(&ticket);
        self.event(
            (planned.opened_at, planned.taken_by),
            planned.id,
            EventKind::Taken,
            &changes,
            &planned.report.note,
            &[],
        )?;
        self.keep(planned.id, ticket, last)
    }

    fn did(&mut self, id: TicketId, deed: &Deed, last: bool) -> Result<()> {
        let Some(before) = self.open.remove(&id) else { return Ok(()) };
        let rank = self.sessions.get(&deed.by).map_or(Rank::Clerk, |(_, rank)| *rank);
        let decided = decide(&before, &deed.act, Deciding { now: deed.at, zone: self.sample.wish.zone, rank })?;
        let changes = before.changes_to(&decided.after);
        let (name, phone) = decided.joined.unwrap_or_default();
        let words = [("name", name.as_str()), ("phone", phone.as_str())];
        self.event((deed.at, deed.by), id, decided.kind, &changes, &decided.note, &words)?;
        self.keep(id, decided.after, last)
    }

    /// The row is written once, when nothing more happens to it.
    fn keep(&mut self, id: TicketId, ticket: Ticket, last: bool) -> Result<()> {
        if last {
            tickets::insert(self.conn, id, &ticket)
        } else {
            self.open.insert(id, ticket);
            Ok(())
        }
    }

    fn event(
        &mut self,
        (at, by): (Time, OperatorId),
        id: TicketId,
        kind: EventKind,
        changes: &<Ticket as Tracked>::Changes,
        note: &str,
        words: &[(&str, &str)],
    ) -> Result<()> {
        let day = self.sample.wish.zone.day(at);
        let (command, n) = match self.commands.get(&by) {
            Some((same, command, n)) if *same == day => (*command, *n),
            _ => (self.command(at, by)?, 0),
        };
        Log::bulk(self.conn, command, at, n, &mut self.bulk).changed::<Ticket>(
            Entity::Ticket,
            id.0,
            kind,
            changes,
            note,
            words,
        )?;
        self.commands.insert(by, (day, command, n + 1));
        Ok(())
    }

    fn command(&mut self, at: Time, by: OperatorId) -> Result<CommandId> {
        let id = CommandId(self.command_ids.next(self.sample.wish.now));
        let session = self.sessions.get(&by).map(|(session, _)| *session);
        // The uid only has to be the file's own: made of the id, so that the same seed gives the same file.
        let uid = uuid::Builder::from_custom_bytes((id.0 as u128).to_be_bytes()).into_uuid();
        self.conn
            .prepare_cached(
                "INSERT INTO command (id, cmd_uid, at, session_id, kind, result) VALUES (?1, ?2, ?3, ?4, 'sample', '')",
            )?
            .execute(params![id, uid.as_bytes(), at, session])?;
        Ok(id)
    }

    fn finish(self, ticket_ids: IdSource) -> Result<()> {
        let ids = if (ticket_ids.last_ms, ticket_ids.counter) > (self.command_ids.last_ms, self.command_ids.counter) {
            ticket_ids
        } else {
            self.command_ids
        };
        let mut counter = self.conn.prepare("UPDATE counter SET value = ?1 WHERE name = ?2")?;
        counter.execute(params![ids.last_ms, "id_last_ms"])?;
        counter.execute(params![ids.counter, "id_counter"])?;
        counter.execute(params![self.bulk.seq, "event_seq"])?;
        let mut numbers = self.conn.prepare("INSERT INTO ticket_counter (day, last) VALUES (?1, ?2)")?;
        let mut days: Vec<_> = self.numbers.into_iter().collect();
        days.sort_unstable();
        for (day, last) in days {
            numbers.execute(params![day_text(day), last])?;
        }
        // Nothing may be left half-told: every ticket's last happening says so.
        if self.open.is_empty() {
            Ok(())
        } else {
            Err(Trouble::Unexpected { detail: "a sample ticket has no end".to_owned() }.into())
        }
    }
}
