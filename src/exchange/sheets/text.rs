//! Text files as sheets: which encoding, which delimiter, where rows end.
//! A file that is not text at all is refused, not guessed at.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{Budget, CHARS_AT_MOST, Sheet, cell};
use crate::exchange::Error;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records looked at to find the delimiter.
const SAMPLE_RECORDS: usize = 60;

/// The one sheet of a text file.
pub(super) fn sheet(bytes: &[u8], name: &str) -> Result<Sheet, Error> {
    let text = decoded(bytes)?;
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_ascii_lowercase();
    if ["<html", "<!doctype html", "<table", "<?xml"].iter().any(|tag| start.starts_with(tag)) {
        return Err(Error::WebPage);
    }
    if start.starts_with("%pdf-") || start.starts_with("{\\rtf") {
        return Err(Error::NotASheet);
    }
    let (stated, body) = stated_delimiter(&text);
    let delimiter = stated.unwrap_or_else(|| likely_delimiter(body));
    let mut sheet =
        Sheet { name: name.to_owned(), rows: vec![Vec::new(); usize::from(stated.is_some())], unread: None };
    let mut budget = Budget::default();
    let mut row = sheet.rows.len();
    for record in reader(body, delimiter).into_records() {
        let record = record.map_err(|_| Error::NotASheet)?;
        row += blank_lines(body.as_bytes(), record.position());
        for (column, field) in record.iter().enumerate() {
            // Four bytes a character at most, so that a quote never closed is not cleaned first.
            if field.len() > CHARS_AT_MOST * 4 {
                return Err(Error::CellTooLong { row_number: row + 1 });
            }
            let value = cell::clean(unquoted(field)).ok_or(Error::NotASheet)?;
            budget.put(&mut sheet.rows, row, column, value)?;
        }
        row += 1;
    }
    Ok(sheet)
}

/// Blank lines before a record. The reader passes over them; rows are counted as a spreadsheet program counts them.
fn blank_lines(body: &[u8], record: Option<&csv::Position>) -> usize {
    let start = record.map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0)).min(body.len());
    // The line feed of the record before may still stand here.
    let after_return = start > 0 && body[start - 1] == b'\r' && body.get(start) == Some(&b'\n');
    let breaks = &body[start + usize::from(after_return)..];
    let breaks = &breaks[..breaks.iter().take_while(|&&b| b == b'\r' || b == b'\n').count()];
    let pairs = breaks.windows(2).filter(|pair| pair == b"\r\n").count();
    breaks.len() - pairs
}

/// A cell without the `'` that the desk's own export puts before what a spreadsheet program would take for a formula.
pub fn unquoted(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if crate::exchange::export::starts_formula(rest.trim_start_matches('\'')) => rest,
        _ => field,
    }
}

fn reader(body: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes())
}

/// The delimiter a first line `sep=;` names, and the text behind that line.
fn stated_delimiter(text: &str) -> (Option<u8>, &str) {
    let Some(rest) = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")) else {
        return (None, text);
    };
    let (line, body) = rest.split_once('\n').unwrap_or((rest, ""));
    match line.trim_end_matches('\r').as_bytes() {
        [delimiter] if delimiter.is_ascii() => (Some(*delimiter), body),
        _ => (None, text),
    }
}

/// The delimiter that cuts the first rows into the same number of cells most often; a comma when none does.
fn likely_delimiter(body: &str) -> u8 {
    let mut best = (0.0, b',');
    for delimiter in DELIMITERS {
        let counts: Vec<usize> = reader(body, delimiter)
            .into_records()
            .take(SAMPLE_RECORDS)
            .map_while(Result::ok)
            .map(|record: StringRecord| record.len())
            .collect();
        let usual = counts.iter().filter(|&&n| n > 1).max_by_key(|&&n| (counts.iter().filter(|&&m| m == n).count(), n));
        let Some(&usual) = usual else { continue };
        let same = counts.iter().filter(|&&n| n == usual).count() as f64 / counts.len() as f64;
        // More cells decide between two that cut equally evenly.
        let score = same + usual.min(32) as f64 / 1_000.0;
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// The text of `bytes`: what a byte order mark says, UTF-8, the Chinese encodings, then the likeliest other one.
fn decoded(bytes: &[u8]) -> Result<String, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return checked(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    // Before any guess: single-byte encodings read every byte, so only zeros and control characters betray a picture.
    let controls = bytes.iter().filter(|&&b| b < 9 || (14..27).contains(&b)).count();
    if controls * 100 > bytes.len() || bytes.contains(&0) {
        return Err(Error::NotASheet);
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return checked(text.into_owned());
    }
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - broken;
    // UTF-8 with a broken character here and there: nothing else comes out as this many well-formed sequences.
    if good > 4 * broken {
        return checked(lossy.into_owned());
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes)
        && looks_chinese(bytes)
    {
        return checked(text.into_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let guess = if guess == encoding_rs::GBK { GB18030 } else { guess };
    checked(guess.decode_without_bom_handling(bytes).0.into_owned())
}

fn checked(text: String) -> Result<String, Error> {
    if text.contains('\0') {
        return Err(Error::NotASheet);
    }
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(text)
}

/// Whether most double bytes are everyday Han (first level of GB 2312) or Chinese punctuation. Accented letters of
/// western files also pass as GBK now and then, but as rare characters.
fn looks_chinese(bytes: &[u8]) -> bool {
    let (mut everyday, mut all, mut i) = (0_usize, 0_usize, 0);
    while i < bytes.len() {
        if bytes[i] < 0x80 {
            i += 1;
            continue;
        }
        let trail = bytes.get(i + 1).copied().unwrap_or(0);
        all += 1;
        everyday += usize::from(matches!(bytes[i], 0xb0..=0xd7 | 0xa1..=0xa3) && trail >= 0xa1);
        i += if (0x30..0x3a).contains(&trail) { 4 } else { 2 };
    }
    everyday * 10 >= all * 7
}
