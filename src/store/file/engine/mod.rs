//! The one way to the engine: every statement of the store runs through [`Connection`], and no type of the engine's library is
//! known outside this folder. What the statements are about is not known here.
//!
//! A statement is text with `?1`, `?2`.. for its values, which [`values!`] takes in order. It gives many rows, one row, one row
//! if there is any, or nothing; a row is read by the names of its columns. What only SQLite can do (settings, checks, copies)
//! and what only it takes in a statement is in [`sqlite`].

mod row;
pub(in crate::store) mod sql;
mod sqlite;
mod trouble;
mod value;

use std::ops::ControlFlow;

use rusqlite::CachedStatement;

use crate::domain::base::trouble::Trouble;
use crate::store::file::error::Result;

pub(in crate::store) use crate::store::file::engine::row::Row;
pub(in crate::store) use crate::store::file::engine::sqlite::care::{Checkpoint, hear_from, heard};
pub(in crate::store) use crate::store::file::engine::sqlite::forms::{
    JOIN_IN_ORDER, any_of, by_index, list, without_index,
};
pub(in crate::store) use crate::store::file::engine::sqlite::{How, Setting, library, library_number};
pub(in crate::store) use crate::store::file::engine::value::{FromValue, ToValue, Value};

/// An open file. It stays with one thread.
#[derive(Debug)]
pub(in crate::store) struct Connection {
    inner: rusqlite::Connection,
    names: row::Pool,
}

/// The values of a statement, in the order of its marks: `values![id, day]`; `values![]` for none.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$(&$value as &dyn $crate::store::file::engine::ToValue),*] as &[&dyn $crate::store::file::engine::ToValue]
    };
}
pub(in crate::store) use values;

/// What a statement's marks stand for.
pub(in crate::store) type Values<'a> = &'a [&'a dyn ToValue];

/// A statement kept ready: only worth a name where it runs in a loop. The connection keeps the newest ones ready by itself.
pub(in crate::store) struct Statement<'c> {
    inner: CachedStatement<'c>,
    taken: row::Taken,
    pool: &'c row::Pool,
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        self.pool.give_back(&mut self.taken);
    }
}

/// Rows of a statement, one after the other: for reading several statements side by side.
pub(in crate::store) struct Rows<'s> {
    inner: rusqlite::Rows<'s>,
    names: &'s row::Names,
    begun: bool,
}

impl Connection {
    /// Keeps a statement ready for several runs.
    pub(in crate::store) fn statement(&self, sql: &str) -> Result<Statement<'_>> {
        let inner = self.inner.prepare_cached(&sql::turned(sql, sqlite::MARK))?;
        let taken = self.names.take(sql, inner.column_count());
        Ok(Statement { inner, taken, pool: &self.names })
    }

    /// Runs a statement that gives no rows; tells how many rows it wrote.
    pub(in crate::store) fn run(&self, sql: &str, values: Values<'_>) -> Result<usize> {
        self.statement(sql)?.run(values)
    }

    /// All rows.
    pub(in crate::store) fn rows<T>(
        &self,
        sql: &str,
        values: Values<'_>,
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.statement(sql)?.rows(values, read)
    }

    /// Gives each row to `each`.
    pub(in crate::store) fn each(
        &self,
        sql: &str,
        values: Values<'_>,
        each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.statement(sql)?.each(values, each)
    }

    /// Gives row after row to `each` until it has seen enough.
    pub(in crate::store) fn walk(
        &self,
        sql: &str,
        values: Values<'_>,
        mut each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut statement = self.statement(sql)?;
        let mut rows = statement.open(values)?;
        while rows.next(&mut each)?.is_some_and(|way| way.is_continue()) {}
        Ok(())
    }

    /// The one row there is.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there is none.
    pub(in crate::store) fn row<T>(
        &self,
        sql: &str,
        values: Values<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.statement(sql)?.row(values, read)
    }

    /// The first row, if there is any.
    pub(in crate::store) fn row_if_any<T>(
        &self,
        sql: &str,
        values: Values<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.statement(sql)?.row_if_any(values, read)
    }

    /// The only column of the one row there is: a count, a sum, an answer of yes or no.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there is no row.
    pub(in crate::store) fn value<T: FromValue>(&self, sql: &str, values: Values<'_>) -> Result<T> {
        self.statement(sql)?.value(values)
    }

    /// The only column of the first row, if there is any.
    pub(in crate::store) fn value_if_any<T: FromValue>(&self, sql: &str, values: Values<'_>) -> Result<Option<T>> {
        self.statement(sql)?.value_if_any(values)
    }

    /// The only column of all rows.
    pub(in crate::store) fn column<T: FromValue>(&self, sql: &str, values: Values<'_>) -> Result<Vec<T>> {
        self.statement(sql)?.column(values)
    }

    /// Runs statements without values, one after the other: those that make tables, mostly.
    pub(in crate::store) fn script(&self, sql: &str) -> Result<()> {
        self.names.forget();
        self.say(sql)
    }

    /// Runs statements that change no table.
    fn say(&self, sql: &str) -> Result<()> {
        Ok(self.inner.execute_batch(sql)?)
    }

    /// Runs `change` in a transaction that lets nobody else write: all of it is kept, or nothing.
    pub(in crate::store) fn in_transaction<T>(&self, change: impl FnOnce() -> Result<T>) -> Result<T> {
        self.say(sqlite::BEGIN_WRITING)?;
        let changed = change().and_then(|value| self.say("COMMIT").map(|()| value));
        // A full disk has rolled back by itself; a second ROLLBACK would hide the first error.
        if changed.is_err() && self.is_in_transaction() {
            self.say("ROLLBACK")?;
        }
        changed
    }

    /// Reads several things from one state of the file, as it is or as the transaction at work has made it.
    pub(in crate::store) fn in_one_state<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.is_in_transaction() {
            return read();
        }
        self.say("BEGIN")?;
        let answer = read();
        if self.is_in_transaction() {
            self.say("COMMIT")?;
        }
        answer
    }

    /// Begins a part of a transaction that can be taken back by itself.
    pub(in crate::store) fn begin_part(&self) -> Result<()> {
        self.say("SAVEPOINT part")
    }

    /// Keeps the part begun, within its transaction.
    pub(in crate::store) fn keep_part(&self) -> Result<()> {
        self.say("RELEASE part")
    }

    /// Takes the part begun back.
    pub(in crate::store) fn take_part_back(&self) -> Result<()> {
        self.say("ROLLBACK TO part; RELEASE part")
    }

    /// Ends the transaction at work, if there is one; nothing of it is kept.
    pub(in crate::store) fn give_up(&self) -> Result<()> {
        if self.is_in_transaction() { self.say("ROLLBACK") } else { Ok(()) }
    }
}

impl Statement<'_> {
    /// The rows, to be taken one after the other.
    pub(in crate::store) fn open(&mut self, values: Values<'_>) -> Result<Rows<'_>> {
        self.bind(values)?;
        Ok(Rows { inner: self.inner.raw_query(), names: &self.taken.names, begun: false })
    }

    /// As [`Connection::run`].
    pub(in crate::store) fn run(&mut self, values: Values<'_>) -> Result<usize> {
        self.bind(values)?;
        Ok(self.inner.raw_execute()?)
    }

    /// As [`Connection::each`].
    pub(in crate::store) fn each(
        &mut self,
        values: Values<'_>,
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut rows = self.open(values)?;
        while rows.next(&mut each)?.is_some() {}
        Ok(())
    }

    /// As [`Connection::rows`].
    pub(in crate::store) fn rows<T>(
        &mut self,
        values: Values<'_>,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = self.open(values)?;
        let mut all = Vec::new();
        while let Some(one) = rows.next(&mut read)? {
            all.push(one);
        }
        Ok(all)
    }

    /// As [`Connection::row`].
    pub(in crate::store) fn row<T>(
        &mut self,
        values: Values<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.row_if_any(values, read)?.ok_or_else(missing)
    }

    /// As [`Connection::row_if_any`].
    pub(in crate::store) fn row_if_any<T>(
        &mut self,
        values: Values<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.open(values)?.next(read)
    }

    /// As [`Connection::value`].
    pub(in crate::store) fn value<T: FromValue>(&mut self, values: Values<'_>) -> Result<T> {
        self.value_if_any(values)?.ok_or_else(missing)
    }

    /// As [`Connection::value_if_any`].
    pub(in crate::store) fn value_if_any<T: FromValue>(&mut self, values: Values<'_>) -> Result<Option<T>> {
        self.row_if_any(values, |row| row.only())
    }

    /// As [`Connection::column`].
    pub(in crate::store) fn column<T: FromValue>(&mut self, values: Values<'_>) -> Result<Vec<T>> {
        self.rows(values, |row| row.only())
    }

    fn bind(&mut self, values: Values<'_>) -> Result<()> {
        if values.len() != self.inner.parameter_count() {
            let detail = format!("{} values for {} marks", values.len(), self.inner.parameter_count());
            return Err(Trouble::Unexpected { detail }.into());
        }
        for (at, value) in (1..).zip(values) {
            self.inner.raw_bind_parameter(at, value::Bound(value.to_value()))?;
        }
        Ok(())
    }
}

impl Rows<'_> {
    /// Reads the next row, if there is one.
    #[inline]
    pub(in crate::store) fn next<T>(&mut self, read: impl FnOnce(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        match self.inner.next()? {
            Some(row) => {
                if !self.begun {
                    self.begun = true;
                    self.names.hold(row.as_ref())?;
                }
                read(&Row::new(row, self.names)).map(Some)
            }
            None => Ok(None),
        }
    }
}

fn missing() -> crate::store::Error {
    Trouble::Unexpected { detail: "a row is missing".to_owned() }.into()
}

#[cfg(test)]
mod tests;
