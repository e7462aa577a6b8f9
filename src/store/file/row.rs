//! A row of an answer, read by the names of its columns. Where a name stands is looked up once a statement, not once a row.

use std::cell::{Cell, RefCell};

use rusqlite::Statement;

use super::value::{FromValue, Value, value_of};
use crate::domain::trouble::Trouble;
use crate::store::error::{Error, Result};

/// A row of an answer.
pub(in crate::store) struct Row<'a> {
    inner: &'a rusqlite::Row<'a>,
    names: &'a Names,
}

/// Where the names asked for stand, in the order they were asked for: each row asks for the same names in the same order, so
/// that the place found for the first row is there for all others without a look-up. A row that asks otherwise costs one.
#[derive(Default)]
pub(super) struct Names {
    found: RefCell<Vec<(&'static str, usize)>>,
    asked: Cell<usize>,
}

impl<'a> Row<'a> {
    pub(super) fn new(inner: &'a rusqlite::Row<'a>, names: &'a Names) -> Self {
        names.asked.set(0);
        Self { inner, names }
    }

    /// The value of a column.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there is no such column, or its value has another form.
    pub(in crate::store) fn get<T: FromValue>(&self, name: &'static str) -> Result<T> {
        T::from_value(self.at(self.place(name)?)?).ok_or_else(wrong_form)
    }

    /// A text as it stands in the row, without a copy; empty where there is none.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub(in crate::store) fn text(&self, name: &'static str) -> Result<&str> {
        match self.inner.get_ref(self.place(name)?)? {
            rusqlite::types::ValueRef::Null => Ok(""),
            rusqlite::types::ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_err(|_| wrong_form()),
            _ => Err(wrong_form()),
        }
    }

    /// The value of the only column.
    ///
    /// # Errors
    /// [`Trouble::Unexpected`] when there are several, or the value has another form.
    pub(super) fn only<T: FromValue>(&self) -> Result<T> {
        match self.inner.as_ref().column_count() {
            1 => T::from_value(self.at(0)?).ok_or_else(wrong_form),
            n => Err(unexpected(format!("{n} columns for one value"))),
        }
    }

    fn at(&self, place: usize) -> Result<Value<'_>> {
        value_of(self.inner.get_ref(place)?).ok_or_else(wrong_form)
    }

    fn place(&self, name: &'static str) -> Result<usize> {
        let step = self.names.asked.get();
        self.names.asked.set(step + 1);
        match self.names.found.borrow().get(step) {
            Some((known, place)) if std::ptr::eq(*known, name) => return Ok(*place),
            _ => {}
        }
        self.look_up(step, name)
    }

    fn look_up(&self, step: usize, name: &'static str) -> Result<usize> {
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
pub(super) fn refuse_namesakes(statement: &Statement<'_>) -> Result<()> {
    let mut names = statement.column_names();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(unexpected(format!("two columns {}", pair[0]))),
        None => Ok(()),
    }
}

/// Only the kind of fault is named, never the value.
fn wrong_form() -> Error {
    unexpected("a stored value has a wrong form".to_owned())
}

fn unexpected(detail: String) -> Error {
    Trouble::Unexpected { detail }.into()
}
