//! The data file: the only code that knows SQL. Questions go in as [`Query`], changes as [`Op`].
//! Which changes are permitted is not decided here; `domain` is asked against the row as it is now.

pub mod callback;
pub mod demo;
mod features;
pub mod file;
pub mod filter;
mod handover;
mod import;
mod listing;
pub mod log;
pub mod operator;
pub mod outage;
pub mod parked;
pub mod person;
pub mod place;
pub mod rates;
mod records;
pub mod roster;
pub mod settings;
pub mod staff;
pub mod ticket;

use std::path::{Path, PathBuf};

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::find::Record;
use crate::domain::base::id::{CommandUid, OperatorId, TicketId};
use crate::domain::base::time::{Day, HOUR, Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::op::kind::CommandKind;
use crate::domain::op::{Done, Op};
use crate::domain::operator::pin::Pin;
use crate::domain::place::query::{HomeLine, ResidentLine};
use crate::domain::query::{Answer, Query};
use crate::domain::roster::shift::Template;
use crate::store::file::engine::{Connection, values};
use crate::store::file::writer::{Heading, Seat};

pub use self::demo::Wish;
pub use self::import::{Imported, Options as ImportOptions};
pub use crate::store::demo::sample::make as make_sample;
pub use crate::store::file::backup::restore::{restorable, restore, with_offer};
pub use crate::store::file::backup::{Checked, check, newest as newest_backup};
pub use crate::store::file::belongs::holds_data;
pub use crate::store::file::error::{Error, Result};
pub use crate::store::file::held::Held;
pub use crate::store::file::open::{Access, SAFE_LIBRARY, guard_library};
pub use crate::store::file::session::{FIRST_OPERATOR, Operator, Who};
pub use crate::store::file::side::Side;
pub use crate::store::file::upgrade::{SCHEMA, VERSION};
pub use crate::store::log::changes::{Changes, FOLLOW_AT_MOST};
pub use crate::store::settings::township::NewTownship;

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
            crate::store::file::damage::mark(path, detail);
        }
        let (conn, held, frozen) = opened?;
        let zone = crate::store::file::damage::noted(&conn, path, crate::store::settings::township::zone(&conn))?;
        Ok(Self { conn, held, path: path.to_owned(), zone, seat: Seat::new(who, zone), frozen, unmerged: 0 })
    }

    /// Makes a new data file.
    ///
    /// # Errors
    /// When there is one already, or it cannot be made.
    pub fn create(path: &Path, new: &NewTownship, who: Who, now: Time) -> Result<Self> {
        let (conn, held) = crate::store::file::open::create(path, |conn| {
            crate::store::file::writer::write(conn, || crate::store::settings::township::fill(conn, new, now))
        })?;
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
        if self.frozen { answer } else { crate::store::file::damage::noted(&self.conn, &self.path, answer) }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Those of reading; [`Trouble::GivenUp`] when it was stopped.
    pub fn answer(&self, query: &Query) -> Result<Answer> {
        self.noted(features::answer(&self.conn, self.zone, query))
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
                if let Some(path) = features::not_there(op)?
                    && crate::store::file::writer::sent_before(&self.conn, uid)?.is_none()
                {
                    return Err(crate::domain::refusal::Refusal::NoSuchFile { path }.into());
                }
                let heading = Heading { uid, kind: op.kind(), undoes: None };
                crate::store::file::writer::command(&self.conn, &mut self.seat, now, heading, |tx| {
                    features::apply(tx, op)
                })?
            }
        };
        // Also when it was sent before: whoever took over may not have been seated then.
        if let Op::Handover(crate::domain::handover::op::Act::Accept { by, .. }) = op {
            self.seat_of(*by, now)?;
        }
        Ok(done)
    }

    /// Holds the PIN of a change that is signed against the operator's, before anything else is written. Gives what was
    /// answered when the same was sent before.
    fn hold_pin(&self, uid: CommandUid, op: &Op, now: Time) -> Result<Option<Done>> {
        let at_work = self.seat.operator(&self.conn)?;
        let (by, pin) = match op {
            Op::Handover(crate::domain::handover::op::Act::Accept { by, pin, .. }) => (*by, pin.as_ref()),
            Op::Handover(
                crate::domain::handover::op::Act::Sign { pin, .. }
                | crate::domain::handover::op::Act::Correct { pin, .. },
            ) => (at_work.id, pin.as_ref()),
            Op::Operator(act) => (at_work.id, act.own_pin()),
            _ => return Ok(None),
        };
        let before = crate::store::file::writer::sent_before(&self.conn, uid)?;
        if before.is_none() {
            // No PIN is tried for what would be refused all the same.
            op.permitted(&at_work.name, at_work.rank)?;
            crate::store::operator::rows::check_pin(&self.conn, by, pin, now, self.zone)?;
        }
        Ok(before)
    }

    /// Holds a PIN against that of who is at work, before what is signed with it is prepared.
    ///
    /// # Errors
    /// A refusal when he has one and this is not it.
    pub fn hold_own_pin(&self, pin: Option<&Pin>, now: Time) -> Result<()> {
        crate::store::operator::rows::check_pin(&self.conn, self.operator()?.id, pin, now, self.zone)
    }

    /// Who took over sits here from now on.
    fn seat_of(&mut self, by: OperatorId, now: Time) -> Result<()> {
        if self.seat.operator(&self.conn)?.id == by {
            return Ok(());
        }
        let name =
            crate::store::operator::rows::list(&self.conn)?.into_iter().find(|one| one.id == by).map(|one| one.name);
        if let Some(session) = self.seat.session() {
            crate::store::file::writer::write(&self.conn, || {
                crate::store::file::session::end(&self.conn, session, now)
            })?;
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
    pub fn keeping_hours(
        &self,
        template: Template,
        hours: Option<&crate::domain::roster::op::Hours>,
        now: Time,
    ) -> Result<Vec<Day>> {
        self.noted(crate::store::roster::settings::keeping(&self.conn, self.zone, template, hours, now))
    }

    /// Takes back this session's newest change. The same `uid` again answers what it answered before.
    ///
    /// # Errors
    /// A refusal that names what stands in the way.
    pub fn undo(&mut self, uid: CommandUid, now: Time) -> Result<Done> {
        if let Some(done) = crate::store::file::writer::sent_before(&self.conn, uid)? {
            return Ok(done);
        }
        let of = crate::store::log::undo::candidate(&self.conn, self.seat.session())?;
        self.take_back(uid, of, CommandKind::Undo, now)
    }

    /// Makes again what the newest undo took back. The same `uid` again answers what it answered before.
    ///
    /// # Errors
    /// A refusal that names what stands in the way.
    pub fn redo(&mut self, uid: CommandUid, now: Time) -> Result<Done> {
        if let Some(done) = crate::store::file::writer::sent_before(&self.conn, uid)? {
            return Ok(done);
        }
        let of = crate::store::log::undo::redo_candidate(&self.conn, self.seat.session())?;
        self.take_back(uid, of, CommandKind::Redo, now)
    }

    fn take_back(
        &mut self,
        uid: CommandUid,
        of: crate::domain::base::id::CommandId,
        kind: CommandKind,
        now: Time,
    ) -> Result<Done> {
        let heading = Heading { uid, kind, undoes: Some(of) };
        crate::store::file::writer::command(&self.conn, &mut self.seat, now, heading, |tx| {
            crate::store::log::undo::take_back(tx, of)
        })
    }

    /// Writes down that this operator saw a ticket's names and phones in full; once an hour.
    ///
    /// # Errors
    /// Those of writing.
    pub fn log_access(&mut self, ticket: TicketId, now: Time) -> Result<()> {
        crate::store::file::writer::housekeeping(&self.conn, &mut self.seat, now, |_, _, operator| {
            let sql = "INSERT INTO access_log (operator_id, ticket_id, hour, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
            self.conn.run(sql, values![operator, ticket, now.0.div_euclid(HOUR), now]).map(drop)
        })
    }

    /// When the newest event was written, by the clock of the machine that wrote it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn newest_event(&self) -> Result<Option<Time>> {
        crate::store::log::events::newest(&self.conn)
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
        self.noted(crate::store::log::changes::since(&self.conn, seq))
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
        crate::store::file::writer::command(&self.conn, &mut self.seat, now, heading, |tx| {
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
    pub fn drafts(&self, owner: &str) -> Result<(Side, Vec<crate::domain::parked::op::Form>)> {
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
        crate::store::file::engine::hear_from(&self.conn);
        ask(self);
        crate::store::file::engine::heard(&self.conn)
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
        Access::Read => crate::store::file::open::open_to_read(path)?,
        Access::Write => crate::store::file::open::open_held(path, access).map(|(conn, held)| (conn, held, false))?,
    };
    if !crate::store::file::upgrade::is_old(&conn)? {
        return Ok((conn, held, frozen));
    }
    drop(conn);
    let conn = crate::store::file::open::open(path, Access::Write)?;
    crate::store::file::backup::beside(&conn, path, "upgrade", now)?;
    crate::store::file::upgrade::run(&conn)?;
    crate::store::file::open::open_held(path, access).map(|(conn, held)| (conn, held, false))
}

/// The SQLite library's version.
pub fn library_version() -> String {
    crate::store::file::engine::library().to_owned()
}
