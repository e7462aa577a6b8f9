//! Writing imported rows: what is new, what changed, what is known already; in small transactions, so that desks at work go on.
//! Files are not read here; the rows come parsed.

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::CommandUid;
use crate::domain::base::import::{LeftOuts, ParsedRow, Reason, Rows};
use crate::domain::base::time::Time;
use crate::domain::base::trouble::Trouble;
use crate::domain::op::Done;
use crate::domain::op::kind::CommandKind;
use crate::domain::refusal::Refusal;
use crate::store::Store;
use crate::store::file::backup;
use crate::store::file::engine::values;
use crate::store::file::error::{Error, Result};
use crate::store::file::writer;
use crate::store::file::writer::{Heading, Tx};
use crate::store::place::import::Places;
use crate::store::settings::apply::reckon_open;
use crate::store::ticket::words_sqlite;

/// Rows in one transaction: short enough that a clerk's save beside it waits a few milliseconds.
const CHUNK: usize = 250;
/// The pause between transactions while another session is at work.
const PAUSE: Duration = Duration::from_millis(10);

/// The log is copied into the main file after so many transactions, so that it does not grow without end.
const CHECKPOINT_CHUNKS: usize = 40;

/// How an import is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The compound of rows that name none.
    pub compound: Option<String>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that became something new.
    pub added: usize,
    /// Rows that changed something known.
    pub changed: usize,
    /// Rows that were known as they are.
    pub unchanged: usize,
    /// Rows not taken: sheet, row number, why.
    pub refused: Vec<(String, usize, Reason)>,
    /// What rows that were taken held beside, and is not kept.
    pub left_out: LeftOuts,
    /// The trouble that stopped it, if one did. The rows it did not come to are refused as [`Reason::NotReached`]; those
    /// counted as added or changed are in the file.
    pub stopped: Option<Trouble>,
}

/// What became of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Fate {
    Added,
    Changed,
    Unchanged,
}

impl Store {
    /// Writes the rows. The same rows again change nothing. `progress` is told how many are done and says whether to go on.
    ///
    /// A backup is made first. Rows written before a stop or a trouble stay written, each whole. A row that a rule refuses,
    /// or that the program fails on, is in the result and the others go on; a trouble of the machine stops it, and is in the
    /// result too.
    ///
    /// # Errors
    /// A trouble before the first row: then nothing was written.
    pub fn import(
        &mut self,
        rows: &Rows,
        options: &Options,
        new_uid: &mut dyn FnMut() -> CommandUid,
        now: Time,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Imported> {
        if !options.dry_run {
            backup::beside(&self.conn, &self.path, "import", now)?;
        }
        let mut run = Run { store: self, options, now, result: Imported::default() };
        match rows {
            Rows::Compounds(rows) => run.all(rows, false, new_uid, progress, crate::store::place::import::compound),
            Rows::Homes(rows) => run.all(rows, false, new_uid, progress, crate::store::place::import::home),
            Rows::Residents(rows) => {
                let mut seen = crate::store::person::import::Seen::default();
                run.all(rows, false, new_uid, progress, move |tx, known, row| {
                    crate::store::person::import::resident(tx, known, &mut seen, row)
                })
            }
            Rows::Staff(rows) => {
                let mut left_out = LeftOuts::new();
                let done = run.all(rows, false, new_uid, progress, |tx, known, row| {
                    crate::store::staff::import::member(tx, known, &mut left_out, row)
                });
                run.result.left_out = left_out;
                done
            }
            Rows::Calendar(rows) => {
                run.all(rows, true, new_uid, progress, |tx, _, row| crate::store::settings::import::day(tx, row))
            }
            Rows::Tickets(rows) => {
                let mut seen = crate::store::ticket::import::Seen::default();
                run.all(rows, false, new_uid, progress, move |tx, known, row| {
                    crate::store::ticket::import::report(tx, known, &mut seen, row)
                })
            }
        }?;
        let mut result = run.result;
        if !options.dry_run
            && let Err(Error::Trouble(trouble)) = writer::checkpoint_all(&self.conn)
        {
            result.stopped.get_or_insert(trouble);
        }
        Ok(result)
    }
}

struct Run<'a> {
    store: &'a mut Store,
    options: &'a Options,
    now: Time,
    result: Imported,
}

impl Run<'_> {
    fn all<T>(
        &mut self,
        rows: &[ParsedRow<T>],
        all_at_once: bool,
        new_uid: &mut dyn FnMut() -> CommandUid,
        progress: &mut dyn FnMut(usize) -> bool,
        mut each: impl FnMut(&mut Tx<'_>, &mut Places, &ParsedRow<T>) -> std::result::Result<Fate, RowError>,
    ) -> Result<()> {
        let mut known = Places::load(&self.store.conn, self.options.compound.as_deref())?;
        // A dry run is one transaction that is taken back; a real one goes in chunks, but for a calendar: its days are few,
        // and the due times of all open tickets are reckoned once, with the last of them.
        let whole = self.options.dry_run || all_at_once;
        let chunk = if whole { rows.len().max(1) } else { CHUNK };
        for (n, part) in rows.chunks(chunk).enumerate() {
            let heading = Heading { uid: new_uid(), kind: CommandKind::Import, undoes: None };
            let mut result = Imported::default();
            let dry_run = self.options.dry_run;
            let Store { conn, seat, .. } = &mut *self.store;
            let command = || {
                writer::command(conn, seat, self.now, heading, |tx| {
                    let calendar = tx.calendar.clone();
                    for row in part {
                        // A refused row leaves nothing behind, not even a building it would have lain in.
                        let events_before = tx.log.count();
                        tx.conn.begin_part()?;
                        // A fault of ours costs its own row: what was done for it is rolled back like what a rule refuses.
                        let written = catch_unwind(AssertUnwindSafe(|| each(tx, &mut known, row)));
                        match written.unwrap_or(Err(RowError::Refused(Reason::Fault))) {
                            Ok(fate) => {
                                tx.conn.keep_part()?;
                                known.keep();
                                match fate {
                                    Fate::Added => result.added += 1,
                                    Fate::Changed => result.changed += 1,
                                    Fate::Unchanged => result.unchanged += 1,
                                }
                            }
                            Err(RowError::Refused(reason)) => {
                                tx.conn.take_part_back()?;
                                tx.log.rewind(events_before);
                                known.forget();
                                result.refused.push((row.sheet.clone(), row.row_number, reason));
                            }
                            Err(RowError::Trouble(error)) => return Err(error),
                        }
                    }
                    if tx.calendar != calendar {
                        reckon_open(tx)?;
                    }
                    if dry_run {
                        return Err(Error::Refused(Refusal::NothingToUndo));
                    }
                    Ok(Done::to(Entity::Township, 1, EventKind::Added, tx.log.command))
                })
            };
            // As a trouble of the machine: nothing of these rows is in, and those after them might fail as well.
            let done = catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
                Err(Error::Trouble(Trouble::Unexpected { detail: "a fault of the program".to_owned() }))
            });
            match done {
                Ok(_) => {}
                Err(Error::Refused(_)) if dry_run => {}
                Err(error) => return self.stop(error, &rows[n * chunk..]),
            }
            self.result.added += result.added;
            self.result.changed += result.changed;
            self.result.unchanged += result.unchanged;
            self.result.refused.append(&mut result.refused);
            if !progress((n * chunk + part.len()).min(rows.len())) {
                break;
            }
            if !dry_run && let Err(error) = self.breathe(n) {
                return self.stop(error, &rows[(n * chunk + part.len()).min(rows.len())..]);
            }
        }
        Ok(())
    }

    /// Between two transactions: the log is copied back now and then, and others at work get their turn.
    fn breathe(&self, n: usize) -> Result<()> {
        if n % CHECKPOINT_CHUNKS == CHECKPOINT_CHUNKS - 1 {
            words_sqlite::merge(&self.store.conn)?;
            writer::tidy(&self.store.conn)?;
        }
        if crate::store::file::session::others_live(&self.store.conn, self.store.seat.session())? {
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Ends with what is in: the rows not written are refused, so that they come back in a file.
    fn stop<T>(&mut self, error: Error, not_written: &[ParsedRow<T>]) -> Result<()> {
        let Error::Trouble(trouble) = error else { return Err(error) };
        if self.store.conn.give_up().is_err() {
            // Nothing can be said of a connection that does not even give up.
            return Err(Error::Trouble(trouble));
        }
        let refused = not_written.iter().map(|row| (row.sheet.clone(), row.row_number, Reason::NotReached));
        self.result.refused.extend(refused);
        self.result.stopped = Some(trouble);
        Ok(())
    }
}

/// Why a row did not go in.
pub(in crate::store) enum RowError {
    Refused(Reason),
    Trouble(Error),
}

impl From<Refusal> for RowError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Reason::Rule { column: String::new(), refusal })
    }
}

impl From<Error> for RowError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal.into(),
            // What the engine refuses of one row, a value of a wrong form: the next row may well be good.
            Error::Trouble(Trouble::Unexpected { .. }) => Self::Refused(Reason::Fault),
            trouble @ Error::Trouble(_) => Self::Trouble(trouble),
        }
    }
}

/// The id an outside key became, in the `kind` table. Keys are unique in their own sheet only, so the sheet is part of them.
pub(in crate::store) fn id_of_key(tx: &Tx<'_>, sheet: &str, kind: &str, key: &str) -> Result<Option<i64>> {
    tx.conn.value_if_any(
        "SELECT id FROM import_key WHERE source = ?1 AND kind = ?2 AND key = ?3",
        values![source(sheet), kind, key],
    )
}

/// Whether another row of the sheet, by a key of its own, became this record.
pub(in crate::store) fn has_key(tx: &Tx<'_>, sheet: &str, kind: &str, id: i64) -> Result<bool> {
    tx.conn.value(
        "SELECT EXISTS (SELECT 1 FROM import_key WHERE source = ?1 AND kind = ?2 AND id = ?3)",
        values![source(sheet), kind, id],
    )
}

/// Remembers what an outside key became.
pub(in crate::store) fn keep_key(tx: &Tx<'_>, sheet: &str, kind: &str, key: &str, id: i64) -> Result<()> {
    tx.conn
        .run(
            "INSERT INTO import_key (source, kind, key, id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            values![source(sheet), kind, key, id],
        )
        .map(drop)
}

fn source(sheet: &str) -> String {
    format!("sheet:{sheet}")
}
