//! The data file: the only code that knows SQL. Questions go in as [`Query`], changes as [`Op`].
//! Which changes are permitted is not decided here; `domain` is asked against the row as it is now.

mod alike;
mod apply;
mod backup;
mod belongs;
mod calendar;
mod callback;
mod changes;
mod convert;
mod damage;
pub mod demo;
mod departure;
mod departure_sqlite;
mod error;
mod events;
mod file;
mod filters;
mod handover;
mod held;
mod hourly;
mod ids;
mod import;
mod listing;
mod merged;
mod narrow;
mod open;
mod operators;
mod outage;
mod pages;
mod parked;
mod payload;
mod people;
mod places;
mod presence;
mod rates;
mod reader;
mod records;
mod report;
mod restore;
mod roster;
mod rota;
mod sample;
mod session;
mod settings;
mod shift_settings;
mod side;
mod staff;
mod tickets;
mod township;
mod undo;
mod upgrade;
mod upkeep;
mod whole;
mod words;
mod words_sqlite;
mod writer;

use std::path::{Path, PathBuf};

pub use self::backup::{Checked, check, newest as newest_backup};
pub use self::belongs::holds_data;
pub use self::changes::{Changes, FOLLOW_AT_MOST};
pub use self::demo::Wish;
pub use self::error::{Error, Result};
use self::file::{Connection, values};
pub use self::held::Held;
pub use self::import::{Imported, Options as ImportOptions};
pub use self::open::{Access, SAFE_LIBRARY, guard_library};
pub use self::restore::{restorable, restore, with_offer};
pub use self::sample::make as make_sample;
pub use self::session::{FIRST_OPERATOR, Operator, Who};
pub use self::side::Side;
pub use self::township::NewTownship;
pub use self::upgrade::{SCHEMA, VERSION};
use crate::domain::event::{Entity, EventKind};
use crate::domain::find::Record;
use crate::domain::id::{CommandUid, OperatorId, TicketId};
use crate::domain::op::kind::CommandKind;
use crate::domain::op::{self, Done, Op};
use crate::domain::pin::Pin;
use crate::domain::query::places::{HomeLine, ResidentLine};
use crate::domain::query::{Answer, Query};
use crate::domain::shift::Template;
use crate::domain::time::{Day, HOUR, Time, Zone};
use crate::domain::trouble::Trouble;
use writer::{Heading, Seat};

/// An open data file.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    held: Held,
    path: PathBuf,
    zone: Zone,
    seat: Seat,
    /// Opened without the index of its log: see [`Store::is_frozen`].
    frozen: bool,
    /// Changes since the text index was last put together.
    unmerged: u32,
}

/// So many changes let the text index grow by as many small parts.
const MERGE_AFTER: u32 = 8;

impl Store {
    /// Opens a data file. An older one is backed up and brought up to this program's version first. One that is damaged is
    /// marked, and written no more by anybody.
    ///
    /// # Errors
    /// The trouble that says what the file is instead; the file is left alone then.
    pub fn open(path: &Path, access: Access, who: Who, now: Time) -> Result<Self> {
        let opened = open_any_way(path, access, now);
        if let Err(Error::Trouble(Trouble::Damaged { detail })) = &opened {
            damage::mark(path, detail);
        }
        let (conn, held, frozen) = opened?;
        let zone = damage::noted(&conn, path, township::zone(&conn))?;
        Ok(Self { conn, held, path: path.to_owned(), zone, seat: Seat::new(who, zone), frozen, unmerged: 0 })
    }

    /// Makes a new data file.
    ///
    /// # Errors
    /// When there is one already, or it cannot be made.
    pub fn create(path: &Path, new: &NewTownship, who: Who, now: Time) -> Result<Self> {
        let (conn, held) = open::create(path, |conn| writer::write(conn, || township::fill(conn, new, now)))?;
        Ok(Self {
            conn,
            held,
            path: path.to_owned(),
            zone: new.zone,
            seat: Seat::new(who, new.zone),
            frozen: false,
            unmerged: 0,
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The township's zone.
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Who is at work.
    ///
    /// # Errors
    /// Those of reading.
    pub fn operator(&self) -> Result<Operator> {
        self.noted(self.seat.operator(&self.conn))
    }

    /// Passes an answer on; damage met on the way is marked. Read as a file that does not change, one that did looks damaged.
    fn noted<T>(&self, answer: Result<T>) -> Result<T> {
        if self.frozen { answer } else { damage::noted(&self.conn, &self.path, answer) }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Those of reading; [`Trouble::GivenUp`] when it was stopped.
    pub fn answer(&self, query: &Query) -> Result<Answer> {
        self.noted(reader::answer(&self.conn, self.zone, query))
    }

    /// Makes a change as one command. The same `uid` again answers what it answered before and changes nothing.
    ///
    /// # Errors
    /// A refusal, or a trouble; nothing is changed then.
    pub fn commit(&mut self, uid: CommandUid, op: &Op, now: Time) -> Result<Done> {
        self.unmerged += 1;
        let done = match self.hold_pin(uid, op, now)? {
            Some(done) => done,
            None => {
                // What was done once stays done, also where the file has gone since.
                if let Some(path) = apply::not_there(op)?
                    && writer::sent_before(&self.conn, uid)?.is_none()
                {
                    return Err(crate::domain::refusal::Refusal::NoSuchFile { path }.into());
                }
                let heading = Heading { uid, kind: op.kind(), undoes: None };
                writer::command(&self.conn, &mut self.seat, now, heading, |tx| apply::apply(tx, op))?
            }
        };
        // Also when it was sent before: whoever took over may not have been seated then.
        if let Op::Handover(op::handover::Act::Accept { by, .. }) = op {
            self.seat_of(*by, now)?;
        }
        Ok(done)
    }

    /// Holds the PIN of a change that is signed against the operator's, before anything else is written. Gives what was
    /// answered when the same was sent before.
    fn hold_pin(&self, uid: CommandUid, op: &Op, now: Time) -> Result<Option<Done>> {
        let at_work = self.seat.operator(&self.conn)?;
        let (by, pin) = match op {
            Op::Handover(op::handover::Act::Accept { by, pin, .. }) => (*by, pin.as_ref()),
            Op::Handover(op::handover::Act::Sign { pin, .. } | op::handover::Act::Correct { pin, .. }) => {
                (at_work.id, pin.as_ref())
            }
            Op::Operator(act) => (at_work.id, act.own_pin()),
            _ => return Ok(None),
        };
        let before = writer::sent_before(&self.conn, uid)?;
        if before.is_none() {
            // No PIN is tried for what would be refused all the same.
            op.permitted(&at_work.name, at_work.rank)?;
            operators::check_pin(&self.conn, by, pin, now, self.zone)?;
        }
        Ok(before)
    }

    /// Holds a PIN against that of who is at work, before what is signed with it is prepared.
    ///
    /// # Errors
    /// A refusal when he has one and this is not it.
    pub fn hold_own_pin(&self, pin: Option<&Pin>, now: Time) -> Result<()> {
        operators::check_pin(&self.conn, self.operator()?.id, pin, now, self.zone)
    }

    /// Who took over sits here from now on.
    fn seat_of(&mut self, by: OperatorId, now: Time) -> Result<()> {
        if self.seat.operator(&self.conn)?.id == by {
            return Ok(());
        }
        let name = operators::list(&self.conn)?.into_iter().find(|one| one.id == by).map(|one| one.name);
        if let Some(session) = self.seat.session() {
            writer::write(&self.conn, || session::end(&self.conn, session, now))?;
        }
        self.seat = self.seat.taken_by(name);
        Ok(())
    }

    /// Tickets and parked intakes as the log alone leaves them, for holding a handover against.
    ///
    /// # Errors
    /// Those of reading.
    pub fn replay_open(
        &self,
        due: crate::domain::handover::turn::Due,
    ) -> Result<crate::domain::handover::verify::Replayed> {
        self.noted(handover::replay(&self.conn, self.zone, due))
    }

    /// Days of the published shifts of a kind that begin after `now` and would keep other hours than these; none: those
    /// of the program.
    ///
    /// # Errors
    /// Those of reading.
    pub fn keeping_hours(&self, template: Template, hours: Option<&op::roster::Hours>, now: Time) -> Result<Vec<Day>> {
        self.noted(shift_settings::keeping(&self.conn, self.zone, template, hours, now))
    }

    /// Takes back this session's newest change. The same `uid` again answers what it answered before.
    ///
    /// # Errors
    /// A refusal that names what stands in the way.
    pub fn undo(&mut self, uid: CommandUid, now: Time) -> Result<Done> {
        if let Some(done) = writer::sent_before(&self.conn, uid)? {
            return Ok(done);
        }
        let of = undo::candidate(&self.conn, self.seat.session())?;
        self.take_back(uid, of, CommandKind::Undo, now)
    }

    /// Makes again what the newest undo took back. The same `uid` again answers what it answered before.
    ///
    /// # Errors
    /// A refusal that names what stands in the way.
    pub fn redo(&mut self, uid: CommandUid, now: Time) -> Result<Done> {
        if let Some(done) = writer::sent_before(&self.conn, uid)? {
            return Ok(done);
        }
        let of = undo::redo_candidate(&self.conn, self.seat.session())?;
        self.take_back(uid, of, CommandKind::Redo, now)
    }

    fn take_back(
        &mut self,
        uid: CommandUid,
        of: crate::domain::id::CommandId,
        kind: CommandKind,
        now: Time,
    ) -> Result<Done> {
        let heading = Heading { uid, kind, undoes: Some(of) };
        writer::command(&self.conn, &mut self.seat, now, heading, |tx| undo::take_back(tx, of))
    }

    /// Writes down that this operator saw a ticket's names and phones in full; once an hour.
    ///
    /// # Errors
    /// Those of writing.
    pub fn log_access(&mut self, ticket: TicketId, now: Time) -> Result<()> {
        writer::housekeeping(&self.conn, &mut self.seat, now, |_, _, operator| {
            let sql = "INSERT INTO access_log (operator_id, ticket_id, hour, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            self.conn.run(sql, values![operator, ticket, now.0.div_euclid(HOUR), now]).map(drop)
        })
    }

    /// When the newest event was written, by the clock of the machine that wrote it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn newest_event(&self) -> Result<Option<Time>> {
        events::newest(&self.conn)
    }

    /// A number that changes when another connection has written. Asking costs microseconds.
    ///
    /// # Errors
    /// Those of reading.
    pub fn data_version(&self) -> Result<i64> {
        self.conn.data_version()
    }

    /// What was touched since a point of the log.
    ///
    /// # Errors
    /// Those of reading.
    pub fn changes_since(&self, seq: i64) -> Result<Changes> {
        self.noted(changes::since(&self.conn, seq))
    }

    /// Gives every findable record to `each`.
    ///
    /// # Errors
    /// Those of reading; damage that hides some of them is one.
    pub fn records(&self, now: Time, each: impl FnMut(Record)) -> Result<()> {
        self.readable_records(now, each)?.map_or(Ok(()), Err)
    }

    /// Gives every findable record that can be read to `each`, and says what damage hides the others.
    ///
    /// # Errors
    /// Those of reading, damage aside.
    pub fn readable_records(&self, now: Time, each: impl FnMut(Record)) -> Result<Option<Error>> {
        let damage = records::all(&self.conn, now, each)?;
        Ok(damage.and_then(|damage| self.noted::<()>(Err(damage)).err()))
    }

    /// Gives the findable records of one changed row.
    ///
    /// # Errors
    /// Those of reading.
    pub fn records_of(&self, entity: Entity, id: i64, now: Time, each: impl FnMut(Record)) -> Result<()> {
        self.noted(records::of(&self.conn, entity, id, now, each))
    }

    /// Names of all compounds, the longest first: a longer one may hold a shorter.
    ///
    /// # Errors
    /// Those of reading.
    pub fn compound_names(&self) -> Result<Vec<String>> {
        self.noted(listing::compound_names(&self.conn))
    }

    /// Gives every home to `each`, by compound and label.
    ///
    /// # Errors
    /// Those of reading.
    pub fn homes(&self, each: impl FnMut(HomeLine)) -> Result<()> {
        self.noted(listing::homes(&self.conn, each))
    }

    /// Gives every resident in every home to `each`, by compound and label.
    ///
    /// # Errors
    /// Those of reading.
    pub fn residents(&self, each: impl FnMut(ResidentLine)) -> Result<()> {
        self.noted(listing::residents(&self.conn, each))
    }

    /// Writes down that rows left the file unmasked, how many and why.
    ///
    /// # Errors
    /// Those of writing.
    pub fn note_export(&mut self, uid: CommandUid, what: &str, rows: usize, why: &str, now: Time) -> Result<()> {
        let heading = Heading { uid, kind: CommandKind::Export, undoes: None };
        writer::command(&self.conn, &mut self.seat, now, heading, |tx| {
            let facts = serde_json::json!({ "export": what, "rows": rows });
            tx.log.happened(Entity::Township, 1, EventKind::Noted, facts, why, &[])?;
            Ok(Done::to(Entity::Township, 1, EventKind::Noted, tx.log.command))
        })
        .map(drop)
    }

    /// Opens the side file of drafts and gives the drafts left behind.
    ///
    /// # Errors
    /// When the side file can neither be opened nor made.
    pub fn drafts(&self, owner: &str) -> Result<(Side, Vec<crate::domain::op::parked::Form>)> {
        let side = Side::open(&self.path, owner)?;
        let left = side.left_behind(&self.conn)?;
        Ok((side, left))
    }

    /// Gives up a long answer when `stop` says so; asked every few thousand steps of the engine.
    ///
    /// # Errors
    /// When the engine refuses the handler.
    pub fn stop_when(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        self.conn.stop_when(stop)
    }

    /// The statements `ask` runs, each with how the engine finds its rows: for the tests.
    ///
    /// # Errors
    /// Those of reading.
    #[doc(hidden)]
    pub fn plans(&mut self, ask: impl FnOnce(&mut Self)) -> Result<Vec<(String, Vec<String>)>> {
        file::hear_from(&self.conn);
        ask(self);
        file::heard(&self.conn)
    }

    /// The engine's settings of this connection, by name: for the tests.
    ///
    /// # Errors
    /// Those of reading.
    #[doc(hidden)]
    pub fn settings(&self) -> Result<Vec<(&'static str, String)>> {
        self.conn.settings()
    }

    /// Lets the file grow to so many pages at most, which the engine then tells as a full disk: for the tests.
    ///
    /// # Errors
    /// Those of reading.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: i64) -> Result<()> {
        self.conn.limit_pages(pages)
    }
}

/// Opens a data file and upgrades an older one first. To read, it is opened also where the index of its log cannot be made;
/// the last value is true then.
fn open_any_way(path: &Path, access: Access, now: Time) -> Result<(Connection, Held, bool)> {
    let (conn, held, frozen) = match access {
        Access::Read => open::open_to_read(path)?,
        Access::Write => open::open_held(path, access).map(|(conn, held)| (conn, held, false))?,
    };
    if !upgrade::is_old(&conn)? {
        return Ok((conn, held, frozen));
    }
    drop(conn);
    let conn = open::open(path, Access::Write)?;
    backup::beside(&conn, path, "upgrade", now)?;
    upgrade::run(&conn)?;
    open::open_held(path, access).map(|(conn, held)| (conn, held, false))
}

/// The SQLite library's version.
pub fn library_version() -> String {
    file::library().to_owned()
}
