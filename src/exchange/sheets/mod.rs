//! Spreadsheet files as rows of clean text, whatever program wrote them.
//! What the columns mean is not asked here; that is `mapping`.

mod cell;
mod guard;
mod ole;
mod records;
mod text;
mod workbook;

#[cfg(test)]
mod tests;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Error;

pub use text::unquoted;
pub use workbook::{guarded, is_guarded};

/// Bytes a file may have.
pub const FILE_AT_MOST: u64 = 20 << 20;
/// Bytes a workbook may unpack to, counted by unpacking it.
pub const UNPACKED_AT_MOST: u64 = 128 << 20;
/// Rows of a sheet.
pub const ROWS_AT_MOST: usize = 200_000;
/// Columns of a sheet.
pub const COLUMNS_AT_MOST: usize = 64;
/// Cells of all sheets together, blank ones up to the last filled one of their row included: some 100 MB of memory.
const CELLS_AT_MOST: usize = 4_000_000;
/// Bytes of text of all sheets together: one long text may be shared by very many cells.
const TEXT_AT_MOST: usize = 64 << 20;
/// Characters of one cell, as spreadsheet programs have it.
const CHARS_AT_MOST: usize = 32_767;

/// One sheet. `rows[0]` is row 1 of the sheet, blank rows are kept empty, and no row ends with blank cells.
#[derive(Default)]
pub struct Sheet {
    /// Its name; a text file is one sheet named after the file.
    pub name: String,
    /// Clean texts: numbers without `.0`, dates as `2026-11-24` or `2026-11-24 18:05:00`, merged areas filled.
    pub rows: Vec<Vec<String>>,
    /// Why a sheet of a workbook was left unread, without rows, while others were read.
    pub unread: Option<Error>,
}

impl fmt::Debug for Sheet {
    /// The cells name people: how many rows there are is enough for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, rows, unread } = self;
        f.debug_struct("Sheet").field("name", name).field("rows", &rows.len()).field("unread", unread).finish()
    }
}

/// The sheets of the file at `path`, in the workbook's order. What it is, is seen from its bytes, not from its name.
///
/// # Errors
/// Everything that makes a file unfit to read; see [`Error`].
pub fn read(path: &Path) -> Result<Vec<Sheet>, Error> {
    // Asked before opening: opening a pipe would wait for a writer.
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(Error::NotAFile);
    }
    if about.len() > FILE_AT_MOST {
        return Err(Error::FileTooBig);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_AT_MOST + 1).read_to_end(&mut bytes)?;
    let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
    read_bytes(&bytes, &cell::clean(&name).unwrap_or_default())
}

/// As [`read`], from bytes; `name` becomes the name of the sheet of a text file.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(bytes: &[u8], name: &str) -> Result<Vec<Sheet>, Error> {
    if bytes.len() as u64 > FILE_AT_MOST {
        return Err(Error::FileTooBig);
    }
    let mut sheets = match bytes {
        [] => return Err(Error::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => workbook::zipped(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => workbook::ole(bytes)?,
        _ => vec![text::sheet(bytes, name)?],
    };
    if sheets.iter().all(|sheet| sheet.rows.iter().all(Vec::is_empty)) {
        let unread = sheets.iter_mut().find_map(|sheet| sheet.unread.take());
        return Err(unread.unwrap_or(Error::Empty));
    }
    Ok(sheets)
}

/// Counts what has been kept so far over all sheets of a file.
#[derive(Default)]
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    /// Puts `value` at a place of `rows` (both from 0), growing them as needed.
    fn put(&mut self, rows: &mut Vec<Vec<String>>, row: usize, column: usize, value: String) -> Result<(), Error> {
        if value.is_empty() {
            return Ok(());
        }
        if row >= ROWS_AT_MOST {
            return Err(Error::TooManyRows);
        }
        if column >= COLUMNS_AT_MOST {
            return Err(Error::TooManyColumns);
        }
        if value.len() > CHARS_AT_MOST && value.chars().count() > CHARS_AT_MOST {
            return Err(Error::CellTooLong { row_number: row + 1 });
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut rows[row];
        self.cells += (column + 1).saturating_sub(cells.len());
        self.text += value.len();
        if self.cells > CELLS_AT_MOST || self.text > TEXT_AT_MOST {
            return Err(Error::TooMuch);
        }
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = value;
        Ok(())
    }
}
