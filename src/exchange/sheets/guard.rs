//! What is looked at before a zipped workbook is handed to its reader, so that a hostile one cannot fill the memory.
//! Nothing of the content is kept here. The reader of the sheets reads its XML with the same crate and the same settings, so
//! that no tag is one to it which is none here.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{CELLS_AT_MOST, COLUMNS_AT_MOST, ROWS_AT_MOST, TEXT_AT_MOST};
use crate::exchange::Error;

/// What a zip holds.
pub(super) enum Container {
    /// xlsx, xlsm.
    Xlsx,
    /// ods.
    Ods,
    /// xlsb and other office files.
    Other,
    /// No workbook.
    None,
}

/// Entries of a zip: a workbook has a few dozen, a thousand with many sheets.
const ENTRIES_AT_MOST: usize = 4_096;
/// Bytes an ods may come to with its repeated cells written out.
const REPEATED_AT_MOST: usize = 512 << 20;

/// Unpacks everything once, keeping nothing, up to so many bytes, and says what the zip is. The sizes it states of itself are not believed.
pub(super) fn unpacked(bytes: &[u8], at_most: u64) -> Result<Container, Error> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(&error))?;
    if zip.len() > ENTRIES_AT_MOST {
        return Err(Error::UnpacksTooBig);
    }
    let mut left = at_most;
    let mut kind = Container::None;
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(|error| zip_error(&error))?;
        let name = entry.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        match name.as_str() {
            "xl/workbook.xml" => kind = Container::Xlsx,
            "content.xml" => kind = Container::Ods,
            "xl/workbook.bin" | "word/document.xml" | "ppt/presentation.xml" => kind = Container::Other,
            _ => {}
        }
        let mut entry = entry.take(left + 1);
        let stated = if name.ends_with("sharedstrings.xml") { stated_texts(&mut entry)? } else { 0 };
        io::copy(&mut entry, &mut io::sink()).map_err(|_| Error::Damaged)?;
        let unpacked = left + 1 - entry.limit();
        // The reader reserves memory for as many texts as are stated, and the shortest text is `<si/>`.
        if stated as u64 > unpacked / 5 + 1 {
            return Err(Error::Damaged);
        }
        left = left.checked_sub(unpacked).ok_or(Error::UnpacksTooBig)?;
    }
    Ok(kind)
}

/// How many shared texts an xlsx says it has; none where its reader will not find that said either.
fn stated_texts(content: impl Read) -> Result<usize, Error> {
    let (mut xml, mut buffer) = (xml(content), Vec::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sst" => return number(&tag, "uniqueCount", 0),
            Ok(Event::Eof) | Err(_) => return Ok(0),
            Ok(_) => {}
        }
    }
}

/// An empty tag is two: one that opens, one that closes.
fn xml<R: Read>(content: R) -> Reader<BufReader<R>> {
    let mut reader = Reader::from_reader(BufReader::new(content));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    reader
}

/// The number an attribute gives, the largest if it is there more than once; `missing` when it is not there, very many when
/// it is unreadable.
fn number(tag: &BytesStart<'_>, name: &str, missing: usize) -> Result<usize, Error> {
    let mut largest = None;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Error::Damaged)?;
        if attribute.key.as_ref() == name {
            largest = largest.max(Some(attribute.value.trim().parse().unwrap_or(usize::MAX / 4)));
        }
    }
    Ok(largest.unwrap_or(missing))
}

fn zip_error(error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") => Error::Password,
        ZipError::InvalidPassword => Error::Password,
        _ => Error::Damaged,
    }
}

/// Refuses an ods whose repeat counts spread filled cells beyond the limits, or whose runs of blanks come to more than
/// all its text may: its reader would lay them all out.
pub(super) fn ods_extent(bytes: &[u8]) -> Result<(), Error> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(&error))?;
    let content = zip.by_name("content.xml").map_err(|error| zip_error(&error))?;
    let (mut xml, mut buffer) = (xml(content), Vec::new());
    let mut extent = Extent::default();
    loop {
        buffer.clear();
        let at = xml.buffer_position();
        match xml.read_event_into(&mut buffer).map_err(|_| Error::Damaged)? {
            Event::Start(tag) => extent.opens(&tag, at)?,
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => extent.row_ends(at)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// How far the filled cells of an ods reach, and how much text its repeats stand for.
#[derive(Default)]
struct Extent {
    /// Rows of this table so far, and how many of them a row tag stands for.
    row: usize,
    row_repeat: usize,
    column: usize,
    /// The most columns one filled cell of this row stands for; 0 in a blank row.
    spread: usize,
    /// Where the row begins in the text, and what its runs of blanks come to beyond that.
    row_start: u64,
    blanks: usize,
    /// Last filled row and column of this table.
    filled: (usize, usize),
    /// Cells of the tables before this one.
    cells: usize,
    text: usize,
}

impl Extent {
    fn opens(&mut self, tag: &BytesStart<'_>, at: u64) -> Result<(), Error> {
        match tag.name().as_ref() {
            "table:table" => {
                self.cells += self.filled.0 * self.filled.1;
                (self.row, self.filled) = (0, (0, 0));
            }
            "table:table-row" => {
                (self.column, self.spread, self.row_start, self.blanks) = (0, 0, at, 0);
                self.row_repeat = number(tag, "table:number-rows-repeated", 1)?;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeat = number(tag, "table:number-columns-repeated", 1)?;
                self.column = self.column.saturating_add(repeat);
                if is_filled(tag)? {
                    self.spread = self.spread.max(repeat);
                    self.filled.1 = self.filled.1.max(self.column);
                    if self.column > COLUMNS_AT_MOST {
                        return Err(Error::TooManyColumns);
                    }
                }
            }
            "text:s" => {
                self.blanks = self.blanks.saturating_add(number(tag, "text:c", 1)?);
                if self.blanks > TEXT_AT_MOST {
                    return Err(Error::TooMuch);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn row_ends(&mut self, at: u64) -> Result<(), Error> {
        self.row = self.row.saturating_add(self.row_repeat);
        if self.spread > 0 {
            self.filled.0 = self.row;
            if self.row > ROWS_AT_MOST {
                return Err(Error::TooManyRows);
            }
            let length = usize::try_from(at - self.row_start).unwrap_or(usize::MAX).saturating_add(self.blanks);
            self.text = self.text.saturating_add(length.saturating_mul(self.spread.saturating_mul(self.row_repeat)));
        }
        if self.cells + self.filled.0 * self.filled.1 > CELLS_AT_MOST || self.text > REPEATED_AT_MOST {
            return Err(Error::TooMuch);
        }
        Ok(())
    }
}

/// Whether a cell has a value, or a formula that gives one.
fn is_filled(tag: &BytesStart<'_>) -> Result<bool, Error> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Error::Damaged)?;
        if ["value", "formula"].iter().any(|word| attribute.key.as_ref().contains(word)) {
            return Ok(true);
        }
    }
    Ok(false)
}
