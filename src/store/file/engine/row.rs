//! A row of an answer, read by the names of its columns. Where a name stands is looked up once a statement, not once a row.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use rusqlite::Statement;
use rusqlite::types::ValueRef;

use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::value::{FromValue, value_of};
use crate::store::file::error::{Error, Result};

/// A row of an answer.
pub(in crate::store) struct Row<'a> {
    inner: &'a rusqlite::Row<'a>,
    names: &'a Names,
    /// Names asked of this row so far.
    asked: Cell<usize>,
}

/// Where the names asked for stand, in the order they were asked for: each row asks for the same names in the same order, so
/// that the place found for the first row is there for all others without a look-up. A row that asks otherwise costs one.
#[derive(Debug, Default)]
pub(in crate::store) struct Names {
    found: RefCell<Vec<(&'static str, usize)>>,
    /// Columns of the answer they were found in.
    columns: Cell<usize>,
}

impl Names {
    /// Called at the first row of an answer. An answer with other columns than before, two of which are alike, is refused:
    /// `SELECT *` gives more of them once another desk has brought the file up.
    pub(in crate::store) fn hold(&self, statement: &Statement<'_>) -> Result<()> {
        let columns = statement.column_count();
        if self.columns.replace(columns) != columns {
            self.found.borrow_mut().clear();
            refuse_namesakes(statement)?;
        }
        Ok(())
    }
}

/// The names of statements that ran before, kept for when they run again, each with its text.
#[derive(Debug, Default)]
pub(in crate::store) struct Pool {
    known: RefCell<HashMap<u64, (Box<str>, Names)>>,
}

/// A statement's names while it is in use.
pub(in crate::store) struct Taken {
    /// None: of one column, or of none, nothing is worth keeping.
    kept: Option<(u64, Box<str>)>,
    pub(in crate::store) names: Names,
}

impl Pool {
    /// Statements whose names are kept.
    const AT_MOST: usize = 256;

    /// The names of a statement, to be given back when it has run.
    pub(in crate::store) fn take(&self, sql: &str, columns: usize) -> Taken {
        if columns < 2 {
            return Taken { kept: None, names: Names::default() };
        }
        let key = key_of(sql);
        match self.known.borrow_mut().remove(&key) {
            Some((text, names)) if *text == *sql => Taken { kept: Some((key, text)), names },
            _ => Taken { kept: Some((key, sql.into())), names: Names::default() },
        }
    }

    /// Takes the names of a statement back.
    pub(in crate::store) fn give_back(&self, taken: &mut Taken) {
        let Some((key, text)) = taken.kept.take() else { return };
        let mut known = self.known.borrow_mut();
        if known.len() >= Self::AT_MOST {
            known.clear();
        }
        known.insert(key, (text, std::mem::take(&mut taken.names)));
    }

    /// Tables are made or changed: what was found may stand elsewhere now.
    pub(in crate::store) fn forget(&self) {
        self.known.borrow_mut().clear();
    }
}

/// Tells statements apart quickly, by their length and every eighth byte; the text itself is compared behind it.
fn key_of(sql: &str) -> u64 {
    let bytes = sql.bytes().step_by(8);
    bytes.fold(sql.len() as u64, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl<'a> Row<'a> {
    #[inline]
    pub(in crate::store) fn new(inner: &'a rusqlite::Row<'a>, names: &'a Names) -> Self {
        Self { inner, names, asked: Cell::new(0) }
    }

    /// The value of a column.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there is no such column, or its value has another form.
    #[inline]
    pub(in crate::store) fn get<T: FromValue>(&self, name: &'static str) -> Result<T> {
        let place = match self.known(name) {
            Some(place) => place,
            None => self.look_up(name)?,
        };
        self.read(place)
    }

    /// A text as it stands in the row, without a copy; empty where there is none.
    ///
    /// # Errors
    /// As [`Self::get`].
    #[inline]
    pub(in crate::store) fn text(&self, name: &'static str) -> Result<&str> {
        let place = match self.known(name) {
            Some(place) => place,
            None => self.look_up(name)?,
        };
        match self.inner.get_ref(place) {
            Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes).map_err(|_| wrong_form()),
            Ok(ValueRef::Null) => Ok(""),
            Ok(_) => Err(wrong_form()),
            Err(error) => Err(error.into()),
        }
    }

    /// The value of the only column.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there are several, or the value has another form.
    #[inline]
    pub(in crate::store) fn only<T: FromValue>(&self) -> Result<T> {
        match self.inner.as_ref().column_count() {
            1 => self.read(0),
            n => Err(unexpected(format!("{n} columns for one value"))),
        }
    }

    #[inline]
    fn read<T: FromValue>(&self, place: usize) -> Result<T> {
        match self.inner.get_ref(place) {
            Ok(value) => value_of(value).and_then(T::from_value).ok_or_else(wrong_form),
            Err(error) => Err(error.into()),
        }
    }

    /// Where a name was found when it was asked for at this point of a row before.
    #[inline]
    fn known(&self, name: &'static str) -> Option<usize> {
        let step = self.asked.get();
        self.asked.set(step + 1);
        match self.names.found.borrow().get(step) {
            Some((known, place)) if std::ptr::eq(*known, name) => Some(*place),
            _ => None,
        }
    }

    #[cold]
    fn look_up(&self, name: &'static str) -> Result<usize> {
        let step = self.asked.get() - 1;
        let statement: &Statement<'_> = self.inner.as_ref();
        let mut found = self.names.found.borrow_mut();
        // Most are asked for in the order of the columns.
        let expected = step.checked_sub(1).and_then(|before| found.get(before)).map_or(0, |(_, place)| place + 1);
        let columns = statement.column_count();
        let is_it = |place: &usize| statement.column_name(*place).is_ok_and(|column| column == name);
        let Some(place) = (expected..columns).chain(0..expected.min(columns)).find(is_it) else {
            return Err(unexpected(format!("no column {name}")));
        };
        match found.get_mut(step) {
            Some(known) => *known = (name, place),
            None => found.push((name, place)),
        }
        Ok(place)
    }
}

/// Refuses an answer with two columns of one name: which of them is read would be by chance.
fn refuse_namesakes(statement: &Statement<'_>) -> Result<()> {
    let mut names = statement.column_names();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(unexpected(format!("two columns {}", pair[0]))),
        None => Ok(()),
    }
}

/// Only the kind of fault is named, never the value.
#[cold]
fn wrong_form() -> Error {
    unexpected("a stored value has a wrong form".to_owned())
}

fn unexpected(detail: String) -> Error {
    Trouble::Unexpected { detail }.into()
}
