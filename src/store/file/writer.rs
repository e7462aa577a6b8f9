//! The one way to write: `write` begins a transaction at once, runs, and commits. Safe to run twice.
//! What the changes are is not known here; see `apply` and `undo`.

use std::time::Duration;

use crate::domain::base::calendar::Calendar;
use crate::domain::base::event::EventKind;
use crate::domain::base::id::{CommandId, CommandUid, OperatorId, SessionId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::domain::op::Done;
use crate::domain::op::kind::CommandKind;
use crate::domain::staff::Rank;
use crate::store::file::engine::{Checkpoint, Connection, values};
use crate::store::file::error::{Error, Result};
use crate::store::file::ids::Ids;
use crate::store::file::session::{self, Operator, Who};
use crate::store::log::events::Log;

/// Pages in the log above which it is copied into the main file when nobody waits.
const CHECKPOINT_PAGES: i64 = 1_000;
/// Pages above which the log is cut back as well: 16 MB.
const TRUNCATE_PAGES: i64 = 16 * 1_024 * 1_024 / crate::store::file::upgrade::PAGE;

/// How long cutting the log back may wait for readers.
const CUT_BACK_WAIT: Duration = Duration::from_millis(20);

/// What a change may use while its transaction is open.
#[derive(Debug)]
pub(in crate::store) struct Tx<'a> {
    pub(in crate::store) conn: &'a Connection,
    pub(in crate::store) log: Log<'a>,
    pub(in crate::store) ids: Ids,
    pub(in crate::store) now: Time,
    pub(in crate::store) zone: Zone,
    pub(in crate::store) calendar: Calendar,
    pub(in crate::store) operator: Operator,
}

/// A command's place in the record: what it is, and what it takes back.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Heading {
    pub(in crate::store) uid: CommandUid,
    pub(in crate::store) kind: CommandKind,
    pub(in crate::store) undoes: Option<CommandId>,
}

/// Who is at work through this connection. The session row is written with the first change.
#[derive(Debug)]
pub(in crate::store) struct Seat {
    who: Who,
    session: Option<SessionId>,
    operator: Option<Operator>,
    zone: Zone,
}

impl Seat {
    pub(in crate::store) const fn new(who: Who, zone: Zone) -> Self {
        Self { who, session: None, operator: None, zone }
    }

    /// The same terminal with another operator at it.
    pub(in crate::store) fn taken_by(&self, name: Option<String>) -> Self {
        Self::new(Who { name, terminal: self.who.terminal.clone() }, self.zone)
    }

    pub(in crate::store) const fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// Writes who is at work where that is not written yet. Kept by the caller only after the commit.
    fn take(&self, conn: &Connection, ids: &mut Ids, now: Time) -> Result<(Operator, SessionId)> {
        let mut operator = self.operator(conn)?;
        if operator.id == OperatorId(0) {
            operator = session::add_operator(conn, OperatorId(ids.next()), &operator.name, operator.rank)?;
        }
        let session = match self.session {
            Some(session) => session,
            None => {
                let session = SessionId(ids.next());
                session::begin(conn, session, operator.id, &self.who.terminal, now)?;
                session
            }
        };
        Ok((operator, session))
    }

    /// The operator at work; for a name not in the file yet, as he will be when he first changes something.
    pub(in crate::store) fn operator(&self, conn: &Connection) -> Result<Operator> {
        if let Some(operator) = &self.operator {
            return Ok(operator.clone());
        }
        let name = self.who.name.as_deref();
        Ok(session::operator(conn, name)?.unwrap_or_else(|| Operator {
            id: OperatorId(0),
            name: name.unwrap_or(session::FIRST_OPERATOR).to_owned(),
            rank: Rank::Clerk,
            staff: None,
        }))
    }
}

/// Writes rows that are no command of a person (a backup's note), in a session all the same.
pub(in crate::store) fn housekeeping(
    conn: &Connection,
    seat: &mut Seat,
    now: Time,
    change: impl FnOnce(&mut Ids, SessionId, OperatorId) -> Result<()>,
) -> Result<()> {
    let (operator, session) = write(conn, || {
        let mut ids = Ids::load(conn, now)?;
        let seated = seat.take(conn, &mut ids, now)?;
        change(&mut ids, seated.1, seated.0.id)?;
        ids.keep(conn)?;
        Ok(seated)
    })?;
    (seat.operator, seat.session) = (Some(operator), Some(session));
    Ok(())
}

/// Runs `change` as one command in one transaction. A command sent before answers with what it answered then.
pub(in crate::store) fn command(
    conn: &Connection,
    seat: &mut Seat,
    now: Time,
    heading: Heading,
    change: impl FnOnce(&mut Tx<'_>) -> Result<Done>,
) -> Result<Done> {
    let (done, operator, session) = write(conn, || {
        if let Some(done) = sent_before(conn, heading.uid)? {
            return Ok((done, seat.operator(conn)?, seat.session));
        }
        let mut ids = Ids::load(conn, now)?;
        let (operator, session) = seat.take(conn, &mut ids, now)?;
        let id = CommandId(ids.next());
        conn.run(
            "INSERT INTO command (id, cmd_uid, at, session_id, kind, undoes, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '')",
            values![id, heading.uid.0.as_bytes(), now, session, heading.kind, heading.undoes],
        )?;
        let calendar = crate::store::settings::calendar::load(conn, seat.zone)?;
        let log = Log::new(conn, id, now);
        let mut tx = Tx { conn, log, ids, now, zone: seat.zone, calendar, operator: operator.clone() };
        let done = change(&mut tx)?;
        tx.ids.keep(conn)?;
        if tx.log.count() == 0 {
            // Nothing happened, so there is nothing to take back: an undo must find what did happen before it.
            conn.run("DELETE FROM command WHERE id = ?1", values![id])?;
            return Ok((done, operator, Some(session)));
        }
        conn.run("UPDATE command SET result = ?1 WHERE id = ?2", values![result_text(&done), id])?;
        Ok((done, operator, Some(session)))
    })?;
    seat.operator = Some(operator).filter(|o| o.id != OperatorId(0));
    seat.session = session;
    Ok(done)
}

/// The only place that begins a transaction. `change` may be run again, so it keeps nothing outside.
pub(in crate::store) fn write<T>(conn: &Connection, change: impl FnOnce() -> Result<T>) -> Result<T> {
    crate::store::file::damage::refuse_for(conn)?;
    let changed = crate::store::file::held::in_transaction(conn, change);
    match conn.path() {
        Some(path) => crate::store::file::damage::noted(conn, path, changed),
        None => changed,
    }
}

/// What a command sent before answered.
pub(in crate::store) fn sent_before(conn: &Connection, uid: CommandUid) -> Result<Option<Done>> {
    let row: Option<(CommandId, String)> =
        conn.row_if_any("SELECT id, result FROM command WHERE cmd_uid = ?1", values![uid.0.as_bytes()], |row| {
            Ok((row.get("id")?, row.get("result")?))
        })?;
    let Some((command, text)) = row else { return Ok(None) };
    let mut done = result_of(command, &text)?;
    if done.kind == EventKind::Unparked {
        // The form is words, so it is not in the result; without it here, an intake taken up just before a fault were lost.
        done.form = crate::store::log::undo::form_taken_up(conn, command)?;
    }
    Ok(Some(done))
}

/// What a command answered, as kept: codes, ids and numbers only.
fn result_text(done: &Done) -> String {
    serde_json::json!({
        "kind": done.kind, "entity": done.entity, "id": done.id, "of": done.of,
        "number": done.number, "also": done.also,
    })
    .to_string()
}

fn result_of(command: CommandId, text: &str) -> Result<Done> {
    #[derive(serde::Deserialize)]
    struct Kept {
        kind: EventKind,
        entity: crate::domain::base::event::Entity,
        id: i64,
        of: Option<EventKind>,
        number: Option<crate::domain::ticket::Number>,
        #[serde(default)]
        also: u32,
    }
    let kept: Kept = serde_json::from_str(text)
        .map_err(|_| Error::Trouble(Trouble::Damaged { detail: format!("the result of command {}", command.0) }))?;
    Ok(Done { number: kept.number, also: kept.also, of: kept.of, ..Done::to(kept.entity, kept.id, kept.kind, command) })
}

/// Copies the log into the main file when it has grown. Called when nobody waits for an answer.
pub(in crate::store) fn tidy(conn: &Connection) -> Result<()> {
    let log = conn.checkpoint(Checkpoint::Look)?;
    if log.all - log.copied <= CHECKPOINT_PAGES && log.all <= TRUNCATE_PAGES {
        return Ok(());
    }
    let log = conn.checkpoint(Checkpoint::Copy)?;
    if log.all > TRUNCATE_PAGES { cut_back(conn) } else { Ok(()) }
}

/// Copies all of the log and cuts it back: after bulk work, at the end.
pub(in crate::store) fn checkpoint_all(conn: &Connection) -> Result<()> {
    conn.checkpoint(Checkpoint::Copy)?;
    cut_back(conn)
}

/// Cutting back keeps other desks from saving while it waits for readers, so it waits hardly at all; there is a next time.
fn cut_back(conn: &Connection) -> Result<()> {
    conn.wait_at_most(CUT_BACK_WAIT)?;
    let cut = conn.checkpoint(Checkpoint::CutBack);
    conn.wait_for_others()?;
    cut.map(drop)
}
