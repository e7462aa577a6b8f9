//! A spreadsheet file as rows to import: which sheets fit, which rows are understood, which are refused and why.
//! Nothing is written here and nothing is known of what the township has already.

mod days;
mod homes;
mod people;
mod refused;
mod reports;
pub mod roster;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::Error;
use super::fields;
use super::mapping::{self, Field, Mapping};
use super::sheets::{self, Sheet};
use crate::domain::base::clean;
use crate::domain::base::import::{ImportKind, LeftOut, LeftOuts, ParsedRow, Reason, RefusedRow};
use crate::domain::base::time::{Time, Zone};
use crate::domain::person;
use crate::domain::refusal::Refusal;

pub use refused::refused_sheet;

pub use crate::domain::base::import::Rows;

/// Reports and days before this year are cells misread.
const FIRST_YEAR: i32 = 2_000;

/// What a file gave.
#[derive(Debug)]
pub struct Import {
    /// The rows understood, in the file's order.
    pub rows: Rows,
    /// The rows that were not.
    pub refused: Vec<RefusedRow>,
    /// Sheets read from, with their heads as written, as understood.
    pub sheets_read: Vec<(String, Vec<String>)>,
    /// Sheets that do not hold this kind, with the limit one breaks where it was not read at all.
    pub sheets_skipped: Vec<(String, Option<Error>)>,
    /// Rows passed over because they hold nothing of this kind, by sheet and row number: blank homes in a list of residents,
    /// totals, help text and what is not understood below it, repeated heads.
    pub passed_over: Vec<(String, usize)>,
    /// What the rows understood held beside that and is not kept.
    pub left_out: LeftOuts,
    /// Heads of filled columns that are not read.
    pub columns_not_read: Vec<String>,
    /// File name, sheet name and the lines above the heads: where the compound may be named when no column does.
    pub about: Vec<String>,
    /// Cells and heads of the sheets read, for rows refused later.
    sheets: Vec<(Sheet, Mapping)>,
}

impl Import {
    /// What it was read as.
    pub const fn kind(&self) -> ImportKind {
        match self.rows {
            Rows::Compounds(_) => ImportKind::Compounds,
            Rows::Homes(_) => ImportKind::Homes,
            Rows::Residents(_) => ImportKind::Residents,
            Rows::Staff(_) => ImportKind::Staff,
            Rows::Tickets(_) => ImportKind::Tickets,
            Rows::Calendar(_) => ImportKind::Calendar,
        }
    }

    /// The statuses of tickets that are not known, and in how many rows each stands.
    pub fn unknown_statuses(&self) -> BTreeMap<&str, usize> {
        let mut unknown = BTreeMap::new();
        if let Rows::Tickets(rows) = &self.rows {
            for status in rows.iter().filter_map(|parsed| parsed.row.unknown_status()) {
                *unknown.entry(status).or_default() += 1;
            }
        }
        unknown
    }

    /// Adds a row that was understood but could not be taken by the store.
    pub fn refuse(&mut self, sheet: &str, row_number: usize, reason: Reason) {
        let found = self.sheets.iter().find(|(known, _)| known.name == sheet);
        let cells = found.map(|(known, _)| cells_of(known, row_number)).unwrap_or_default();
        self.refused.push(RefusedRow { sheet: sheet.to_owned(), row_number, cells, reason });
    }
}

/// Reads `path` as `kind`: the sheet of that name, or every sheet whose heads fit.
///
/// # Errors
/// What makes the file unfit ([`Error`]), [`Error::NoSuchSheet`], [`Error::NoHeads`] when no sheet fits.
pub fn read(path: &Path, kind: ImportKind, sheet: Option<&str>, now: Time, zone: Zone) -> Result<Import, Error> {
    let sheets = sheets::read(path)?;
    let stem = path.file_stem().map(|name| fields::line(&name.to_string_lossy())).unwrap_or_default();
    from_sheets(sheets, &stem, kind, sheet, now, zone)
}

/// As [`read`], from sheets already read; `file` is the name of the file without its ending.
///
/// # Errors
/// As [`read`].
pub fn from_sheets(
    mut sheets: Vec<Sheet>,
    file: &str,
    kind: ImportKind,
    only: Option<&str>,
    now: Time,
    zone: Zone,
) -> Result<Import, Error> {
    if let Some(only) = only {
        let Some(wanted) = sheets.iter_mut().find(|sheet| same_name(&sheet.name, only)) else {
            return Err(Error::NoSuchSheet { sheets: sheets.into_iter().map(|sheet| sheet.name).collect() });
        };
        if let Some(unread) = wanted.unread.take() {
            return Err(unread);
        }
    }
    let homes = homes::Owned::of(&sheets);
    let likeliest = sheets
        .iter()
        .filter(|sheet| only.is_none_or(|only| same_name(&sheet.name, only)))
        .map(|sheet| mapping::likeliest_heads(&sheet.rows))
        .max_by_key(Vec::len);
    let (mut fit, mut skipped) = (Vec::new(), Vec::new());
    for mut sheet in sheets {
        let wanted = only.is_none_or(|only| same_name(&sheet.name, only));
        let mapping = mapping::recognise(&sheet.rows, kind).filter(|mapping| {
            // An owner's number leads to a home only where some sheet says which.
            wanted && (kind != ImportKind::Residents || has_home(mapping) || !homes.is_empty())
        });
        match mapping {
            Some(mapping) => {
                forget_identities(&mut sheet, &mapping, now, zone);
                fit.push((sheet, mapping));
            }
            None => skipped.push((sheet.name, sheet.unread)),
        }
    }
    if fit.is_empty() {
        // The sheet meant may be the one that was too large.
        if let Some(unread) = skipped.into_iter().find_map(|(_, unread)| unread) {
            return Err(unread);
        }
        let (wanted, also) = mapping::asked(kind);
        return Err(Error::NoHeads { kind, seen: likeliest.unwrap_or_default(), wanted, also });
    }
    let mut reading =
        Reading { homes, now, zone, refused: Vec::new(), passed_over: Vec::new(), left_out: LeftOuts::new() };
    let rows = match kind {
        ImportKind::Compounds => Rows::Compounds(reading.all(&fit, kind, Reading::compound, |_, _| false)),
        ImportKind::Homes => Rows::Homes(reading.all(&fit, kind, Reading::home, |_, _| false)),
        ImportKind::Residents => Rows::Residents(reading.all(&fit, kind, Reading::resident, people::same_person)),
        ImportKind::Staff => Rows::Staff(reading.all(&fit, kind, Reading::staff, |_, _| false)),
        ImportKind::Calendar => Rows::Calendar(reading.all(&fit, kind, Reading::day, |_, _| false)),
        ImportKind::Tickets => Rows::Tickets(reading.all(&fit, kind, Reading::ticket, |_, _| false)),
    };
    let mut about = vec![file.to_owned()];
    for (sheet, mapping) in &fit {
        about.push(sheet.name.clone());
        about.extend(
            sheet.rows[..mapping.head_row].iter().filter_map(|row| row.iter().find(|c| !c.is_empty())).cloned(),
        );
    }
    about.dedup();
    Ok(Import {
        rows,
        refused: reading.refused,
        sheets_read: fit
            .iter()
            .map(|(sheet, mapping)| {
                (sheet.name.clone(), mapping.columns.iter().map(|(_, _, head)| head.clone()).collect())
            })
            .collect(),
        sheets_skipped: skipped,
        passed_over: reading.passed_over,
        left_out: reading.left_out,
        columns_not_read: columns_not_read(&fit),
        about,
        sheets: fit,
    })
}

/// Working through the sheets that fit.
struct Reading {
    homes: homes::Owned,
    now: Time,
    zone: Zone,
    refused: Vec<RefusedRow>,
    passed_over: Vec<(String, usize)>,
    left_out: LeftOuts,
}

/// A row of a kind: what it says, nothing when it holds nothing of the kind, or why it is refused.
type Parsed<T> = Result<Option<T>, Reason>;

impl Reading {
    fn leave_out(&mut self, what: LeftOut, times: usize) {
        if times > 0 {
            *self.left_out.entry(what).or_default() += times;
        }
    }

    fn all<T>(
        &mut self,
        fit: &[(Sheet, Mapping)],
        kind: ImportKind,
        parse: impl Fn(&mut Self, &Row<'_>) -> Parsed<T>,
        joins: impl Fn(&mut T, &T) -> bool,
    ) -> Vec<ParsedRow<T>> {
        let mut parsed: Vec<ParsedRow<T>> = Vec::new();
        for (sheet, mapping) in fit {
            // Number of each row so far, and where it went.
            let mut keys: HashMap<String, usize> = HashMap::new();
            let heads = &sheet.rows[mapping.first_row - 1];
            // Below a remark nothing is refused until the next good row: what is no row there is the rest of the remark.
            let mut below = false;
            for (at, cells) in sheet.rows.iter().enumerate().skip(mapping.first_row) {
                let row = Row { cells, mapping, kind };
                if row.is_blank() {
                    continue;
                }
                let remark = is_remark(cells);
                below |= remark;
                // The last: a long list has its heads on every page.
                let row_number = at + 1;
                if remark || is_total(cells) || cells == heads {
                    self.passed_over.push((sheet.name.clone(), row_number));
                    continue;
                }
                // A fault of ours costs its own row, not those after it.
                let mut outcome = sheets::guarded(|| parse(self, &row)).unwrap_or(Err(Reason::Fault));
                if let (Ok(Some(value)), Some(key)) = (&outcome, row.key())
                    && let Some(&first) = keys.get(&key)
                {
                    if joins(&mut parsed[first].row, value) {
                        continue;
                    }
                    let first = parsed[first].row_number;
                    outcome = Err(Reason::KeyTwice { column: row.head(Field::Key), first });
                }
                match outcome {
                    Ok(Some(value)) => {
                        below = false;
                        if let Some(key) = row.key() {
                            keys.insert(key, parsed.len());
                        }
                        parsed.push(ParsedRow { sheet: sheet.name.clone(), row_number, row: value });
                    }
                    Ok(None) => self.passed_over.push((sheet.name.clone(), row_number)),
                    Err(_) if below => self.passed_over.push((sheet.name.clone(), row_number)),
                    Err(reason) => {
                        let cells = cells_of(sheet, row_number);
                        self.refused.push(RefusedRow { sheet: sheet.name.clone(), row_number, cells, reason });
                    }
                }
            }
        }
        parsed
    }
}

/// One row under its heads.
struct Row<'a> {
    cells: &'a [String],
    mapping: &'a Mapping,
    kind: ImportKind,
}

impl Row<'_> {
    /// The cell of a field as written; empty when there is no such column.
    fn raw(&self, field: Field) -> &str {
        self.mapping.column(field).and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }

    /// The cell of a field as one line, empty when it says "nothing" in so many words.
    fn text(&self, field: Field) -> String {
        let cell = self.raw(field);
        if fields::nothing(cell) { String::new() } else { fields::line(cell) }
    }

    /// As [`Row::text`], within a length.
    fn short(&self, field: Field, at_most: usize) -> Result<String, Reason> {
        let text = self.text(field);
        self.within(field, text, at_most)
    }

    /// As [`Row::short`], with full-width digits made plain: numbers of buildings, rooms and rows.
    fn numeral(&self, field: Field, at_most: usize) -> Result<String, Reason> {
        self.short(field, at_most).map(|text| clean::half_width(&text))
    }

    fn within(&self, field: Field, text: String, at_most: usize) -> Result<String, Reason> {
        if text.chars().count() <= at_most { Ok(text) } else { Err(self.rule(field, Refusal::TextTooLong { at_most })) }
    }

    fn key(&self) -> Option<String> {
        Some(self.numeral(Field::Key, usize::MAX).unwrap_or_default()).filter(|key| !key.is_empty())
    }

    fn head(&self, field: Field) -> String {
        self.mapping.head(field).unwrap_or_else(|| mapping::usual_head(self.kind, field)).to_owned()
    }

    fn missing(&self, field: Field) -> Reason {
        Reason::Missing { column: self.head(field) }
    }

    fn unclear(&self, field: Field) -> Reason {
        Reason::Unclear { column: self.head(field) }
    }

    /// The cell of a name, which must not be a masked one.
    fn unmasked(&self, field: Field, name: &str) -> Result<(), Reason> {
        if person::is_masked(name) { Err(Reason::Masked { column: self.head(field) }) } else { Ok(()) }
    }

    fn rule(&self, field: Field, refusal: Refusal) -> Reason {
        Reason::Rule { column: self.head(field), refusal }
    }

    /// Whether no column that was understood holds anything: help text beside the table stands in other columns.
    fn is_blank(&self) -> bool {
        self.mapping.columns.iter().all(|&(_, column, _)| self.cells.get(column).is_none_or(String::is_empty))
    }
}

/// The heads of columns below which something stands that is not read, each once.
fn columns_not_read(fit: &[(Sheet, Mapping)]) -> Vec<String> {
    let mut heads: Vec<String> = Vec::new();
    for (sheet, mapping) in fit {
        let filled = |column: usize| {
            let below = sheet.rows.iter().skip(mapping.first_row);
            below.filter_map(|row| row.get(column)).any(|cell| !cell.is_empty())
        };
        for (column, head) in sheet.rows[mapping.first_row - 1].iter().enumerate() {
            let read = mapping.columns.iter().any(|&(_, known, _)| known == column);
            if !read && !head.is_empty() && !heads.contains(head) && filled(column) {
                heads.push(fields::line(head));
            }
        }
    }
    heads
}

/// Whether a row is a total of the rows above it.
fn is_total(cells: &[String]) -> bool {
    const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "总户数", "total"];
    let first = cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.to_lowercase()).unwrap_or_default();
    TOTALS.contains(&first.trim_end_matches([':', '：']))
}

/// Whether a row is text about the table: one cell (or one merged over the width) that opens as remarks do.
fn is_remark(cells: &[String]) -> bool {
    const OPENINGS: [&str; 12] =
        ["说明", "注:", "注：", "备注:", "备注：", "填表", "制表", "填报", "审核人", "注意", "note:", "notes:"];
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    filled.all(|cell| cell == first) && OPENINGS.iter().any(|opening| first.to_lowercase().starts_with(opening))
}

/// The cells of a row as they were read.
fn cells_of(sheet: &Sheet, row_number: usize) -> Vec<String> {
    row_number.checked_sub(1).and_then(|at| sheet.rows.get(at)).cloned().unwrap_or_default()
}

/// Leaves of each identity number the year of birth, so that nothing further on can keep more: neither a row nor the
/// file of refused ones.
fn forget_identities(sheet: &mut Sheet, mapping: &Mapping, now: Time, zone: Zone) {
    let identity = mapping.column(Field::Identity);
    let other: Vec<usize> = mapping.columns.iter().map(|&(_, column, _)| column).collect();
    for row in sheet.rows.iter_mut().skip(mapping.first_row) {
        for (column, cell) in row.iter_mut().enumerate() {
            let year = fields::born_from_identity(cell, now, zone);
            if Some(column) == identity || (year.is_some() && !other.contains(&column)) {
                *cell = year.map(|year| year.to_string()).unwrap_or_default();
            }
        }
    }
}

fn has_home(mapping: &Mapping) -> bool {
    mapping.column(Field::Room).is_some() || mapping.column(Field::Place).is_some()
}

fn same_name(name: &str, wanted: &str) -> bool {
    name.trim().to_lowercase() == wanted.trim().to_lowercase()
}
