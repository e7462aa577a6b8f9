//! What is looked at before an old workbook (xls) is handed to its reader: whether it is locked, and how far its cells reach.
//! The reader believes the sizes such a file states, and reserves memory for them; so they are checked here first.

use super::{CELLS_AT_MOST, COLUMNS_AT_MOST};
use crate::exchange::Error;

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xffff_fffa;
/// Streams shorter than this lie in the small sectors.
const SMALL_STREAM: usize = 4_096;
/// Sheets of a workbook.
const SHEETS_AT_MOST: usize = 1_024;

/// Refuses a locked workbook and one whose cells, or whose stated extent, go beyond the limits.
pub(super) fn check(bytes: &[u8]) -> Result<(), Error> {
    let file = Compound::open(bytes).ok_or(Error::Damaged)?;
    if file.entry("EncryptedPackage").is_some() {
        return Err(Error::Password);
    }
    let (start, length) = file.entry("Workbook").or_else(|| file.entry("Book")).ok_or(Error::NotASheet)?;
    let stream = file.stream(start, length).ok_or(Error::Damaged)?;
    let mut sheets = Vec::new();
    for (kind, data) in Records(&stream) {
        match kind {
            0x2f if u16_at(data, 0) != Some(0) => return Err(Error::Password),
            0x85 => sheets.extend(u32_at(data, 0)),
            0x0a => break,
            _ => {}
        }
    }
    if sheets.len() > SHEETS_AT_MOST {
        return Err(Error::TooMuch);
    }
    let mut cells = 0;
    for start in sheets {
        cells += sheet(stream.get(start as usize..).ok_or(Error::Damaged)?)?;
        if cells > CELLS_AT_MOST {
            return Err(Error::TooMuch);
        }
    }
    Ok(())
}

/// How many cells the reader would lay out for a sheet: all between its outermost filled ones.
fn sheet(stream: &[u8]) -> Result<usize, Error> {
    let (mut rows, mut columns, mut depth) = (0, 0, 0_i32);
    let mut reach = |row: u16, column: u16| {
        (rows, columns) = (rows.max(usize::from(row) + 1), columns.max(usize::from(column) + 1));
        if columns > COLUMNS_AT_MOST { Err(Error::TooManyColumns) } else { Ok(()) }
    };
    for (kind, data) in Records(stream) {
        let at = u16_at(data, 0).zip(u16_at(data, 2));
        match kind {
            0x0200 => dimensions(data)?,
            // Single cells: number, label, formatted label, truth or error, packed number, shared label, formula.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 => {
                let (row, column) = at.ok_or(Error::Damaged)?;
                reach(row, column)?;
            }
            // Several packed numbers in a row; the last column closes the record.
            0x00bd => {
                let (row, _) = at.ok_or(Error::Damaged)?;
                let last = data.len().checked_sub(2).and_then(|end| u16_at(data, end)).ok_or(Error::Damaged)?;
                reach(row, last)?;
            }
            // A chart inside a sheet opens and closes a part of its own.
            0x0809 => depth += 1,
            0x000a => {
                depth -= 1;
                if depth <= 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    Ok(rows * columns)
}

/// The extent a sheet states. The columns of empty formatted cells count in it, so it may be wider than a sheet may be.
fn dimensions(data: &[u8]) -> Result<(), Error> {
    let (top, bottom, left, right) = if data.len() >= 14 {
        (u32_at(data, 0), u32_at(data, 4), u16_at(data, 8), u16_at(data, 10))
    } else {
        (u16_at(data, 0).map(u32::from), u16_at(data, 2).map(u32::from), u16_at(data, 4), u16_at(data, 6))
    };
    let rows = bottom.zip(top).map(|(bottom, top)| bottom.saturating_sub(top)).ok_or(Error::Damaged)?;
    let columns = right.zip(left).map(|(right, left)| right.saturating_sub(left)).ok_or(Error::Damaged)?;
    if u64::from(rows) * u64::from(columns) > CELLS_AT_MOST as u64 { Err(Error::TooManyRows) } else { Ok(()) }
}

/// The records of a workbook stream: kind and data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = u16_at(self.0, 0).zip(u16_at(self.0, 2))?;
        let data = self.0.get(4..4 + usize::from(length))?;
        self.0 = &self.0[4 + usize::from(length)..];
        Some((kind, data))
    }
}

/// A file of streams in sectors, as old office programs write it.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    directory: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new(), directory: Vec::new() };
        // The list of the sectors that hold the chains: 109 in the head of the file, the rest in sectors of their own.
        let mut lists: Vec<u32> = (0..109).map_while(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut more = u32_at(bytes, 68)?;
        for _ in 0..bytes.len() / sector {
            if more >= MARKS {
                break;
            }
            let mut numbers: Vec<u32> = numbers(file.sector_at(more)?).collect();
            more = numbers.pop()?;
            lists.extend(numbers);
        }
        for list in lists.into_iter().filter(|&id| id < MARKS) {
            let chain: Vec<u32> = numbers(file.sector_at(list)?).collect();
            file.next.extend(chain);
        }
        file.directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        Some(file)
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, mut id: u32, length: usize) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        while id < MARKS && all.len() < length {
            // A chain longer than the file runs in a circle.
            if all.len() > self.bytes.len() {
                return None;
            }
            all.extend_from_slice(self.sector_at(id)?);
            id = *self.next.get(id as usize)?;
        }
        all.truncate(length);
        Some(all)
    }

    /// First sector and length of the stream of this name.
    fn entry(&self, name: &str) -> Option<(u32, usize)> {
        let wanted: Vec<u16> = name.encode_utf16().collect();
        self.directory.chunks_exact(128).find_map(|entry| {
            let units = entry[..64].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
            let found: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
            let same = found.len() == wanted.len()
                && found.iter().zip(&wanted).all(|(a, b)| {
                    let letter = |unit: u16| char::from_u32(u32::from(unit)).map(|c| c.to_ascii_lowercase());
                    letter(*a) == letter(*b)
                });
            if same { Some((u32_at(entry, 116)?, u32_at(entry, 120)? as usize)) } else { None }
        })
    }

    fn stream(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        if length >= SMALL_STREAM {
            return self.chain(start, length);
        }
        // Small streams share the root's stream, in sectors of 64 bytes with chains of their own.
        let (root, root_length) = (u32_at(&self.directory, 116)?, u32_at(&self.directory, 120)? as usize);
        let shared = self.chain(root, root_length)?;
        let next: Vec<u32> = numbers(&self.chain(u32_at(self.bytes, 60)?, usize::MAX)?).collect();
        let (mut id, mut all) = (start, Vec::new());
        while id < MARKS && all.len() < length {
            let at = (id as usize).checked_mul(64)?;
            all.extend_from_slice(shared.get(at..(at + 64).min(shared.len()))?);
            id = *next.get(id as usize)?;
        }
        all.truncate(length);
        Some(all)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
