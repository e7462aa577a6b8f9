//! Writes the sample township into a new file: under a temporary name, checked, then renamed. What is in it, `demo` decides.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use crate::domain::base::event::{Entity, EventKind, Tracked};
use crate::domain::base::id::{CommandId, IdSource, OperatorId, SessionId, TicketId};
use crate::domain::base::time::{Day, Time};
use crate::domain::base::trouble::Trouble;
use crate::domain::callback::op::Call;
use crate::domain::op::kind::CommandKind;
use crate::domain::staff::Rank;
use crate::domain::ticket::Ticket;
use crate::domain::ticket::decide::{Deciding, decide};
use crate::domain::ticket::op::{Act, Taking, take};
use crate::store::demo::{BEGINNING, COMPANY, DESK_PHONE, Deed, Happening, Planned, Sample, TOWNSHIP, Wish};
use crate::store::file::engine::{Connection, values};
use crate::store::file::error::Result;
use crate::store::file::whole::Whole;
use crate::store::file::{open, session};
use crate::store::log::events::{self, EventRow};
use crate::store::log::payload::{self, Salts};
use crate::store::settings::township::{self, NewTownship};
use crate::store::ticket::{self, words, words_sqlite};
use crate::store::{callback, handover, person, place, roster, staff};

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
    let whole = Whole::begin(half)?;
    let conn = &whole.conn;
    let new = NewTownship {
        name: TOWNSHIP.to_owned(),
        company: COMPANY.to_owned(),
        desk_phone: DESK_PHONE.to_owned(),
        office: 0,
        zone: wish.zone,
    };
    township::fill_sample(conn, &new, wish.now)?;
    let mut sample = Sample::new(wish);
    write_ground(conn, &sample)?;
    let sessions = write_operators(conn, &mut sample)?;
    // What happened is thought out on a thread of its own, while this one writes.
    let (send, batches) = sync_channel::<Batch>(16);
    let (give_back, written) = channel();
    std::thread::scope(|scope| {
        let told = scope.spawn(|| Telling::new(&sample, sessions, (send, written)).tell());
        let mut count = 0;
        for batch in batches {
            events::insert_many(conn, &batch.log)?;
            for row in &batch.rows {
                count += write_row(conn, row)?;
            }
            // Memory is freed quickest by the thread that asked for it.
            let _ = give_back.send(batch);
            progress(count);
        }
        told.join()
            .unwrap_or_else(|_| Err(Trouble::Unexpected { detail: "the sample could not be told".to_owned() }.into()))
    })?;
    whole.finish()
}

/// Rows to be written together.
#[derive(Default)]
struct Batch {
    log: Vec<EventRow>,
    rows: Vec<Row>,
}

/// A row that is no event.
enum Row {
    Command {
        id: CommandId,
        at: Time,
        session: SessionId,
    },
    /// Behind the ticket, its pairs for the text index.
    Ticket(TicketId, Box<Ticket>, String),
    /// A callback, told by the event of that seq.
    Call(i64, TicketId, Time, OperatorId, Call),
    /// The newest ticket number of a day.
    Number(Day, u32),
    /// A counter's value.
    Counter(&'static str, i64),
}

/// Gives how many tickets that were.
fn write_row(conn: &Connection, row: &Row) -> Result<usize> {
    match row {
        Row::Command { id, at, session } => {
            // The uid only has to be the file's own: made of the id, so that the same seed gives the same file.
            let uid = uuid::Builder::from_custom_bytes(i128::from(id.0).to_be_bytes()).into_uuid();
            conn.run(
                "INSERT INTO command (id, cmd_uid, at, session_id, kind, result) VALUES (?1, ?2, ?3, ?4, ?5, '')",
                values![id, uid.as_bytes(), at, session, CommandKind::Sample],
            )?;
        }
        Row::Ticket(id, ticket, pairs) => {
            ticket::rows::insert_row(conn, *id, ticket)?;
            words_sqlite::put(conn, *id, pairs)?;
            return Ok(1);
        }
        Row::Call(seq, id, at, by, call) => callback::rows::insert(conn, *seq, *id, (*at, *by), call)?,
        Row::Number(day, last) => {
            conn.run("INSERT INTO ticket_counter (day, last) VALUES (?1, ?2)", values![*day, last])?;
        }
        Row::Counter(name, value) => {
            conn.run("UPDATE counter SET value = ?1 WHERE name = ?2", values![value, name])?;
        }
    }
    Ok(0)
}

fn write_ground(conn: &Connection, sample: &Sample) -> Result<()> {
    for place in &sample.places {
        place::rows::insert(conn, place)?;
    }
    for compound in &sample.compounds {
        place::rows::insert_compound(conn, compound.place, compound.stage, compound.trial)?;
    }
    for (place, name) in &sample.aliases {
        place::rows::insert_alias(conn, *place, name)?;
    }
    for (n, (place, text)) in (1..).zip(&sample.notes) {
        place::rows::insert_note(conn, n, *place, text)?;
    }
    for person in &sample.persons {
        person::rows::insert(conn, person)?;
    }
    for r in &sample.residencies {
        person::rows::insert_residency(conn, r.person, r.place, r.relation, r.is_head)?;
    }
    for member in &sample.staff {
        staff::rows::insert(conn, member)?;
    }
    for shift in &sample.shifts {
        roster::shifts::add(conn, shift)?;
    }
    for (name, expected, cash) in [("门岗钥匙", 12, false), ("对讲机", 6, false), ("备用金", 20_000, true)] {
        handover::put_item(conn, name, Some(expected), cash)?;
    }
    for row in &sample.needs {
        roster::rows::put_need(conn, row.id, &row.need, true)?;
    }
    for (staff, leave) in &sample.leave {
        roster::rows::insert_leave(conn, *staff, leave)?;
    }
    Ok(())
}

/// One session each, as old as the sample.
fn write_operators(conn: &Connection, sample: &mut Sample) -> Result<HashMap<OperatorId, (SessionId, Rank)>> {
    let mut sessions = HashMap::new();
    for operator in &sample.operators {
        session::add_operator(conn, operator.id, operator.name.reveal(), operator.rank)?;
        let id = SessionId(sample.ids.next(BEGINNING));
        session::begin(conn, id, operator.id, "sample", sample.wish.now)?;
        session::end(conn, id, sample.wish.now)?;
        sessions.insert(operator.id, (id, operator.rank));
    }
    Ok(sessions)
}

/// Tells everything that happened to tickets as rows. What one operator did on one day is one command: a few thousand
/// commands instead of millions.
struct Telling<'a> {
    sample: &'a Sample,
    sessions: HashMap<OperatorId, (SessionId, Rank)>,
    open: HashMap<TicketId, Ticket>,
    commands: HashMap<OperatorId, (Day, CommandId, i64)>,
    command_ids: IdSource,
    seq: i64,
    numbers: BTreeMap<Day, u32>,
    batch: Batch,
    send: SyncSender<Batch>,
    /// Batches that are written, to be freed here.
    written: Receiver<Batch>,
}

impl<'a> Telling<'a> {
    fn new(
        sample: &'a Sample,
        sessions: HashMap<OperatorId, (SessionId, Rank)>,
        (send, written): (SyncSender<Batch>, Receiver<Batch>),
    ) -> Self {
        Self {
            sample,
            sessions,
            open: HashMap::new(),
            commands: HashMap::new(),
            command_ids: IdSource { last_ms: 0, counter: 0, office: sample.ids.office },
            seq: 0,
            numbers: BTreeMap::new(),
            batch: Batch::default(),
            send,
            written,
        }
    }

    fn tell(mut self) -> Result<()> {
        let mut log = self.sample.log();
        for happening in &mut log {
            match happening {
                Happening::Taken { ticket, last } => self.taken(*ticket, last)?,
                Happening::Did { ticket, deed, last } => self.did(ticket, &deed, last)?,
            }
        }
        let ids = log.ids();
        for (day, last) in std::mem::take(&mut self.numbers) {
            self.row(Row::Number(day, last));
        }
        self.row(Row::Counter("id_last_ms", ids.last_ms));
        self.row(Row::Counter("id_counter", ids.counter));
        self.row(Row::Counter("event_seq", self.seq));
        self.send_batch();
        // Nothing may be left half-told: every ticket's last happening says so.
        if self.open.is_empty() {
            Ok(())
        } else {
            Err(Trouble::Unexpected { detail: "a sample ticket has no end".to_owned() }.into())
        }
    }

    fn taken(&mut self, planned: Planned, last: bool) -> Result<()> {
        let Planned { id, number, mut report, category, compound, taken_by, opened_at, care, .. } = planned;
        if report.reporter.is_some() {
            // A known resident's name and phone stand with the person.
            report.reporter_name.clear();
            report.reporter_phone.clear();
        }
        let category = &self.sample.categories[category];
        let calendar = &self.sample.calendar;
        let ticket =
            take(&report, Taking { now: opened_at, calendar, number, by: taken_by, category, compound, care })?;
        self.numbers.entry(number.day).and_modify(|n| *n = number.n.max(*n)).or_insert(number.n);
        let changes = Ticket::blank().changes_to(&ticket);
        self.event((opened_at, taken_by), id, EventKind::Taken, &changes, &report.note, &[]);
        self.keep(id, ticket, last);
        Ok(())
    }

    fn did(&mut self, id: TicketId, deed: &Deed, last: bool) -> Result<()> {
        let Some(before) = self.open.remove(&id) else { return Ok(()) };
        let rank = self.sessions.get(&deed.by).map_or(Rank::Clerk, |(_, rank)| *rank);
        let deciding = Deciding { now: deed.at, calendar: &self.sample.calendar, rank, staff: None };
        let decided = decide(&before, &deed.act, deciding)?;
        let changes = before.changes_to(&decided.after);
        let (name, phone) = decided.joined.unwrap_or_default();
        let words = [("name", name.as_str()), ("phone", phone.as_str())];
        self.event((deed.at, deed.by), id, decided.kind, &changes, &decided.note, &words);
        if let Act::CallBack(call) = &deed.act {
            self.row(Row::Call(self.seq, id, deed.at, deed.by, call.clone()));
        }
        self.keep(id, decided.after, last);
        Ok(())
    }

    /// The row is written once, when nothing more happens to it.
    fn keep(&mut self, id: TicketId, ticket: Ticket, last: bool) {
        if last {
            let pairs = words::pairs(&ticket::rows::search_text(&ticket));
            self.row(Row::Ticket(id, Box::new(ticket), pairs));
        } else {
            self.open.insert(id, ticket);
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
    ) {
        let day = self.sample.wish.zone.day(at);
        let (command, n) = match self.commands.get(&by) {
            Some((same, command, n)) if *same == day => (*command, *n),
            _ => (self.command(at, by), 0),
        };
        self.commands.insert(by, (day, command, n + 1));
        self.seq += 1;
        let seq = self.seq;
        let salts = Salts::Seeded { seed: self.sample.wish.seed, seq };
        let what = payload::of_change::<Ticket>(kind, changes, note, words, salts);
        self.batch.log.push(EventRow { seq, command, n, at, entity: Entity::Ticket, id: id.0, kind, what });
        self.send_full();
    }

    fn command(&mut self, at: Time, by: OperatorId) -> CommandId {
        let id = CommandId(self.command_ids.next(BEGINNING));
        let session = self.sessions.get(&by).map_or(SessionId(0), |(session, _)| *session);
        self.row(Row::Command { id, at, session });
        id
    }

    fn row(&mut self, row: Row) {
        self.batch.rows.push(row);
        self.send_full();
    }

    fn send_full(&mut self) {
        const FULL: usize = 512;
        if self.batch.log.len() + self.batch.rows.len() >= FULL {
            self.send_batch();
        }
    }

    fn send_batch(&mut self) {
        // Nobody takes them when writing has failed; that failure is the one to be told.
        let _ = self.send.send(std::mem::take(&mut self.batch));
        self.written.try_iter().for_each(drop);
    }
}
