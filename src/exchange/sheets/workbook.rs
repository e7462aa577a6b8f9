//! Workbooks as sheets: xlsx, ods and the old xls, read by calamine behind the guards.
//! Formulas are never computed; the value a spreadsheet program left beside them is taken.

use std::cell::Cell;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, Dimensions, Ods, OdsError, Range, Reader, Sheet as About, SheetType, Xls, XlsError, Xlsx, XlsxError,
};

use super::guard::{self, Container};
use super::{Budget, COLUMNS_AT_MOST, ROWS_AT_MOST, Sheet, UNPACKED_AT_MOST, cell, ole};
use crate::exchange::Error;

/// The sheets of a zipped workbook: xlsx or ods.
pub(super) fn zipped(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    match guard::unpacked(bytes, UNPACKED_AT_MOST)? {
        Container::Xlsx => unbroken(|| xlsx(bytes)),
        Container::Ods => unbroken(|| ods(bytes)),
        Container::Other => Err(Error::UnknownWorkbook),
        Container::None => Err(Error::NotASheet),
    }
}

/// The sheets of an old workbook (xls), or the news that a new one is locked.
pub(super) fn ole(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    unbroken(|| xls(&ole::harmless(bytes)?))
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread reads or writes a person's sheet, where a panic is caught and told as a sentence: a panic hook that
/// speaks or gives the terminal back must leave it alone then.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs `work`; nothing when it panicked. What the panic would have said stays unsaid: it may quote what is in a cell.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(before);
    outcome
}

/// A reader of a broken file may give up in the middle of its arithmetic; for us that is a broken file, no more.
fn unbroken<T>(read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    guarded(read).unwrap_or(Err(Error::Damaged))
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let failed = |error: XlsxError| match error {
        XlsxError::Password => Error::Password,
        _ => Error::Damaged,
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for about in work_sheets(book.sheets_metadata()) {
        let mut rows = Vec::new();
        let mut cells = book.worksheet_cells_reader(&about).map_err(failed)?;
        let mut unread = None;
        // Cell by cell: a range would reserve everything up to the farthest cell first.
        while let Some(one) = cells.next_cell().map_err(failed)? {
            let (row, column) = place(one.get_position());
            let value = cell::data_ref(one.get_value()).ok_or(Error::Damaged)?;
            unread = beyond(budget.put(&mut rows, row, column, value))?;
            if unread.is_some() {
                break;
            }
        }
        drop(cells);
        if unread.is_none() {
            let merged = book.merge_cells_by_sheet_name(&about).map_err(failed)?;
            fill(&mut rows, &merged, &mut budget)?;
        } else {
            rows = Vec::new();
        }
        sheets.push(Sheet { name: name(&about), rows, unread });
    }
    Ok(sheets)
}

/// The limit one sheet breaks: that sheet is left unread, the others are not its fault. Other errors end the reading.
fn beyond(put: Result<(), Error>) -> Result<Option<Error>, Error> {
    match put {
        Ok(()) => Ok(None),
        Err(error @ (Error::TooManyRows | Error::TooManyColumns | Error::CellTooLong { .. })) => Ok(Some(error)),
        Err(error) => Err(error),
    }
}

fn ods(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    guard::ods_extent(bytes)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => Error::Password,
        _ => Error::Damaged,
    })?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for about in work_sheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&about).map_err(|_| Error::Damaged)?;
        sheets.push(Sheet { name: name(&about), rows: rows_of(&range, &mut budget)?, unread: None });
    }
    Ok(sheets)
}

fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Error> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Error::Password,
        _ => Error::Damaged,
    })?;
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for about in work_sheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&about).map_err(|_| Error::Damaged)?;
        let mut rows = rows_of(&range, &mut budget)?;
        fill(&mut rows, &book.merge_cells_by_sheet_name(&about).map_err(|_| Error::Damaged)?, &mut budget)?;
        sheets.push(Sheet { name: name(&about), rows, unread: None });
    }
    Ok(sheets)
}

fn work_sheets(all: &[About]) -> Vec<String> {
    all.iter().filter(|about| about.typ == SheetType::WorkSheet).map(|about| about.name.clone()).collect()
}

fn name(about: &str) -> String {
    cell::clean(about).unwrap_or_default()
}

fn place((row, column): (u32, u32)) -> (usize, usize) {
    (row as usize, column as usize)
}

fn rows_of(range: &Range<Data>, budget: &mut Budget) -> Result<Vec<Vec<String>>, Error> {
    let (top, left) = place(range.start().unwrap_or_default());
    let mut rows = Vec::new();
    for (row, column, value) in range.used_cells() {
        let value = cell::data(value).ok_or(Error::Damaged)?;
        budget.put(&mut rows, top + row, left + column, value)?;
    }
    Ok(rows)
}

/// Writes the value of each merged area into all of its cells, as far down as the sheet has rows.
fn fill(rows: &mut Vec<Vec<String>>, merged: &[Dimensions], budget: &mut Budget) -> Result<(), Error> {
    let mut steps = 0;
    for area in merged {
        let ((top, left), (bottom, right)) = (place(area.start), place(area.end));
        let Some(value) = rows.get(top).and_then(|row| row.get(left)).cloned() else { continue };
        if value.is_empty() {
            continue;
        }
        let bottom = bottom.min(rows.len() - 1).min(ROWS_AT_MOST - 1);
        let right = right.min(COLUMNS_AT_MOST - 1);
        for row in top..=bottom {
            for column in left..=right {
                steps += 1;
                if steps > super::CELLS_AT_MOST {
                    return Err(Error::TooMuch);
                }
                if rows[row].get(column).is_none_or(String::is_empty) {
                    budget.put(rows, row, column, value.clone())?;
                }
            }
        }
    }
    Ok(())
}
