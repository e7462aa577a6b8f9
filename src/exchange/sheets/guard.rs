//! What is looked at before a zipped workbook is handed to its reader, so that a hostile one cannot fill the memory.
//! Nothing of the content is kept here.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{CELLS_AT_MOST, COLUMNS_AT_MOST, ROWS_AT_MOST, UNPACKED_AT_MOST};
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
        let unpacked = if name.ends_with("sharedstrings.xml") {
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(|_| Error::Damaged)?;
            believable_count(&content)?;
            content.len() as u64
        } else {
            io::copy(&mut entry, &mut io::sink()).map_err(|_| Error::Damaged)?
        };
        left = left.checked_sub(unpacked).ok_or(Error::UnpacksTooBig)?;
    }
    Ok(kind)
}

/// Refuses a count of shared texts that so few bytes cannot hold: the reader reserves memory for as many as are stated.
fn believable_count(content: &[u8]) -> Result<(), Error> {
    // The text may come in two bytes a letter.
    let content: Vec<u8> = content.iter().copied().filter(|&b| b != 0).collect();
    // The shortest text is `<si/>`.
    if Tag(&content).number(b"uniqueCount") > content.len() / 5 + 1 { Err(Error::Damaged) } else { Ok(()) }
}

fn zip_error(error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") => Error::Password,
        ZipError::InvalidPassword => Error::Password,
        _ => Error::Damaged,
    }
}

/// Refuses an ods whose repeat counts spread filled cells beyond the limits: its reader would lay them all out.
pub(super) fn ods_extent(bytes: &[u8]) -> Result<(), Error> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(&error))?;
    let mut entry = zip.by_name("content.xml").map_err(|error| zip_error(&error))?;
    let mut content = Vec::new();
    entry.by_ref().take(UNPACKED_AT_MOST).read_to_end(&mut content).map_err(|_| Error::Damaged)?;
    // No program writes these; behind them tags could hide from the count.
    if content.contains(&0) || memchr::memmem::find(&content, b"<!DOCTYPE").is_some() {
        return Err(Error::Damaged);
    }
    let mut extent = Extent::default();
    let mut tags = Tags(&content);
    while let Some(tag) = tags.next() {
        extent.step(&tag, content.len() - tags.0.len())?;
    }
    Ok(())
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
    row_start: usize,
    /// Last filled row and column of this table.
    filled: (usize, usize),
    /// Cells of the tables before this one.
    cells: usize,
    text: usize,
}

impl Extent {
    fn step(&mut self, tag: &Tag<'_>, at: usize) -> Result<(), Error> {
        match tag.name() {
            b"table:table" => {
                self.cells += self.filled.0 * self.filled.1;
                (self.row, self.filled) = (0, (0, 0));
            }
            b"table:table-row" => {
                (self.column, self.spread, self.row_start) = (0, 0, at);
                self.row_repeat = tag.number(b"table:number-rows-repeated");
            }
            b"/table:table-row" => {
                self.row = self.row.saturating_add(self.row_repeat);
                if self.spread > 0 {
                    self.filled.0 = self.row;
                    if self.row > ROWS_AT_MOST {
                        return Err(Error::TooManyRows);
                    }
                    let stands_for = self.spread.saturating_mul(self.row_repeat);
                    self.text = self.text.saturating_add((at - self.row_start).saturating_mul(stands_for));
                }
                if self.cells + self.filled.0 * self.filled.1 > CELLS_AT_MOST || self.text > REPEATED_AT_MOST {
                    return Err(Error::TooMuch);
                }
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let repeat = tag.number(b"table:number-columns-repeated");
                self.column = self.column.saturating_add(repeat);
                if tag.has(b"value") || tag.has(b"formula") {
                    self.spread = self.spread.max(repeat);
                    self.filled.1 = self.filled.1.max(self.column);
                    if self.column > COLUMNS_AT_MOST {
                        return Err(Error::TooManyColumns);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The tags of an XML text, one after the other. Enough for counting; it does not check that they match.
struct Tags<'a>(&'a [u8]);

/// What stands between `<` and `>`.
struct Tag<'a>(&'a [u8]);

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let mut start = memchr::memchr(b'<', self.0)? + 1;
        // What is no tag may hold the signs of one.
        while let Some(close) = [(&b"!--"[..], &b"-->"[..]), (b"![CDATA[", b"]]>"), (b"?", b"?>")]
            .iter()
            .find_map(|(open, close)| self.0[start..].starts_with(open).then_some(close))
        {
            let end = memchr::memmem::find(&self.0[start..], close)? + start;
            start = memchr::memchr(b'<', &self.0[end..])? + end + 1;
        }
        let rest = &self.0[start..];
        let mut quote = None;
        let end = rest.iter().position(|&b| match quote {
            Some(open) => {
                if b == open {
                    quote = None;
                }
                false
            }
            None if b == b'"' || b == b'\'' => {
                quote = Some(b);
                false
            }
            None => b == b'>',
        });
        let end = end.unwrap_or(rest.len());
        self.0 = &rest[end..];
        Some(Tag(&rest[..end]))
    }
}

impl Tag<'_> {
    fn name(&self) -> &[u8] {
        let end = self.0.iter().position(|b| b.is_ascii_whitespace()).unwrap_or(self.0.len());
        self.0[..end].strip_suffix(b"/").unwrap_or(&self.0[..end])
    }

    /// Whether an attribute whose name holds `word` is there.
    fn has(&self, word: &[u8]) -> bool {
        memchr::memmem::find(self.0, word).is_some()
    }

    /// The number an attribute gives, the largest if its name is there more than once; 1 when it is missing, very many
    /// when it is unreadable.
    fn number(&self, attribute: &[u8]) -> usize {
        let values = memchr::memmem::find_iter(self.0, attribute).map(|at| {
            let value = self.0[at + attribute.len()..].iter().copied();
            let digits: Vec<u8> = value
                .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
                .take_while(u8::is_ascii_digit)
                .collect();
            std::str::from_utf8(&digits).ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX / 4)
        });
        values.max().unwrap_or(1)
    }
}
