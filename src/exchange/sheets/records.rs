//! What an old workbook (xls) says of itself, checked and made harmless before its reader believes it: how far its cells
//! reach, how often it uses its texts. The cells themselves are not read here.

use super::{CELLS_AT_MOST, COLUMNS_AT_MOST, TEXT_AT_MOST};
use crate::exchange::Error;

/// Sheets of a workbook.
const SHEETS_AT_MOST: usize = 1_024;
/// Continuations of one record; a full one holds 8 kB, so that a file of the largest size has some 2,500 of them.
const CONTINUED_AT_MOST: usize = 8_192;
/// A kind of record that no reader knows and every reader passes over.
const PASSED_OVER: u16 = 0xffff;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const CONTINUED: u16 = 0x003c;
const LOCKED: u16 = 0x002f;
const SHEET: u16 = 0x0085;
const SHARED_TEXTS: u16 = 0x00fc;
const DEFINED_NAME: u16 = 0x0018;
const EXTENT: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const SHARED_TEXT: u16 = 0x00fd;
const NUMBERS: u16 = 0x00bd;

/// Checks the records of a workbook's stream, and takes out of it what would let a reader reserve memory on its word:
/// stated extents, defined names and the text of formulas (their values stay).
pub(super) fn harmless(stream: &mut [u8]) -> Result<(), Error> {
    let mut sheets = Vec::new();
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(record) = Record::at(stream, at) {
        match record.kind {
            LOCKED if record.half(stream, 0) != Some(0) => return Err(Error::Password),
            SHEET => sheets.extend(record.word(stream, 0)),
            SHARED_TEXTS => texts = text_lengths(&record.parts(stream)?),
            DEFINED_NAME => record.pass_over(stream),
            END => break,
            _ => {}
        }
        at = record.end;
    }
    if sheets.len() > SHEETS_AT_MOST {
        return Err(Error::TooMuch);
    }
    let mut used = Used::default();
    for start in sheets {
        sheet(stream, start as usize, &texts, &mut used)?;
    }
    Ok(())
}

/// What the sheets so far would be laid out to.
#[derive(Default)]
struct Used {
    cells: usize,
    text: usize,
}

fn sheet(stream: &mut [u8], start: usize, texts: &[usize], used: &mut Used) -> Result<(), Error> {
    let (mut rows, mut columns, mut depth, mut at) = (0, 0, 0_i32, start);
    while let Some(record) = Record::at(stream, at) {
        let row = record.half(stream, 0).map(usize::from);
        let column = match record.kind {
            EXTENT => {
                record.pass_over(stream);
                None
            }
            FORMULA => {
                record.forget_formula(stream);
                record.half(stream, 2)
            }
            SHARED_TEXT => {
                let text = record.word(stream, 6).and_then(|index| texts.get(index as usize));
                used.text += text.copied().unwrap_or(0);
                record.half(stream, 2)
            }
            // Several numbers in a row; the last column closes the record.
            NUMBERS => record.length().checked_sub(2).and_then(|last| record.half(stream, last)),
            // Number, label, formatted label, truth or error, packed number.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e => record.half(stream, 2),
            // A chart inside a sheet begins and ends a part of its own.
            BEGIN => {
                depth += 1;
                None
            }
            END => {
                depth -= 1;
                None
            }
            _ => None,
        };
        if let Some((row, column)) = row.zip(column) {
            (rows, columns) = (rows.max(row + 1), columns.max(usize::from(column) + 1));
        }
        if columns > COLUMNS_AT_MOST {
            return Err(Error::TooManyColumns);
        }
        // Everything between the outermost filled cells is laid out.
        if used.cells + rows * columns > CELLS_AT_MOST || used.text > TEXT_AT_MOST {
            return Err(Error::TooMuch);
        }
        if record.kind == END && depth <= 0 {
            break;
        }
        at = record.end;
    }
    used.cells += rows * columns;
    Ok(())
}

/// How many bytes each shared text comes to at most. A text may be cut anywhere and go on in the next part, which then
/// begins by saying how wide its characters are.
fn text_lengths(parts: &[&[u8]]) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut rest = parts.iter().copied();
    // Eight bytes of counts, which are not needed.
    let mut part = rest.next().and_then(|part| part.get(8..)).unwrap_or_default();
    loop {
        if part.is_empty() {
            let Some(next) = rest.next() else { return lengths };
            part = next;
            continue;
        }
        let Some((&[low, high, flags], body)) = part.split_first_chunk::<3>() else { return lengths };
        let mut count = usize::from(u16::from_le_bytes([low, high]));
        // Two bytes of a character may become three.
        lengths.push(count * 3);
        part = body;
        let mut wide = flags & 1 != 0;
        let runs = if flags & 8 != 0 { number(&mut part, 2) * 4 } else { 0 };
        let mut behind = runs + if flags & 4 != 0 { number(&mut part, 4) } else { 0 };
        loop {
            let width = if wide { 2 } else { 1 };
            let here = count.min(part.len() / width);
            part = &part[here * width..];
            count -= here;
            if count == 0 {
                break;
            }
            let Some((flags, body)) = rest.next().and_then(<[u8]>::split_first) else { return lengths };
            (wide, part) = (flags & 1 != 0, body);
        }
        while behind > 0 {
            if part.is_empty() {
                let Some(next) = rest.next() else { return lengths };
                part = next;
            }
            let here = behind.min(part.len());
            part = &part[here..];
            behind -= here;
        }
    }
}

/// Takes a number of `width` bytes off the front.
fn number(part: &mut &[u8], width: usize) -> usize {
    let (digits, rest) = part.split_at(width.min(part.len()));
    *part = rest;
    digits.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// Where a record stands in the stream.
struct Record {
    kind: u16,
    start: usize,
    end: usize,
}

impl Record {
    fn at(stream: &[u8], at: usize) -> Option<Self> {
        let kind = half(stream, at)?;
        let start = at.checked_add(4)?;
        let end = start + usize::from(half(stream, at + 2)?);
        (end <= stream.len()).then_some(Self { kind, start, end })
    }

    const fn length(&self) -> usize {
        self.end - self.start
    }

    fn half(&self, stream: &[u8], at: usize) -> Option<u16> {
        half(&stream[..self.end], self.start + at)
    }

    fn word(&self, stream: &[u8], at: usize) -> Option<u32> {
        let bytes = stream[..self.end].get(self.start + at..self.start + at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// Its data and that of the records that continue it.
    fn parts<'a>(&self, stream: &'a [u8]) -> Result<Vec<&'a [u8]>, Error> {
        let mut parts = vec![&stream[self.start..self.end]];
        let mut at = self.end;
        while let Some(next) = Self::at(stream, at).filter(|next| next.kind == CONTINUED) {
            parts.push(&stream[next.start..next.end]);
            at = next.end;
        }
        if parts.len() > CONTINUED_AT_MOST { Err(Error::TooMuch) } else { Ok(parts) }
    }

    fn pass_over(&self, stream: &mut [u8]) {
        stream[self.start - 4..self.start - 2].copy_from_slice(&PASSED_OVER.to_le_bytes());
    }

    /// Says that the formula behind a value has no parts.
    fn forget_formula(&self, stream: &mut [u8]) {
        if let Some(length) = stream[..self.end].get_mut(self.start + 20..self.start + 22) {
            length.fill(0);
        }
    }
}

fn half(stream: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(stream.get(at..at.checked_add(2)?)?.try_into().ok()?))
}
