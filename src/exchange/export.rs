//! Tables out: csv, xlsx and json, as bytes; `setup::write_out` puts them into a file.
//! Who may see which column, and what is masked, was decided before a table comes here.

use std::io;

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::Error;
use crate::coded;

coded! {
    /// How a table is written.
    pub enum FileFormat {
        /// Text with commas, UTF-8 with a mark so that spreadsheet programs read the Chinese right.
        Csv = "csv",
        /// A workbook of one sheet.
        Xlsx = "xlsx",
        /// An array of objects.
        Json = "json",
    }
}

/// A table to write. It may hold names in full, so it does not print itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Heads for people, one a column.
    pub heads: Vec<String>,
    /// Names for programs (`opened_at`), one a column; used by json only.
    pub names: Vec<String>,
    /// Rows; a short one is filled up with blanks.
    pub rows: Vec<Vec<String>>,
}

/// The table as the bytes of a file.
///
/// # Errors
/// [`Error::TableTooBig`] for a workbook.
pub fn bytes(table: &Table, format: FileFormat) -> Result<Vec<u8>, Error> {
    match format {
        FileFormat::Csv => csv(table),
        FileFormat::Xlsx => xlsx(table).map_err(|_| Error::TableTooBig),
        FileFormat::Json => Ok(json(table)),
    }
}

/// Whether a spreadsheet program would take a cell that begins so for a formula.
pub fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The cell with a `'` before what would be taken for a formula. A text that begins with such a `'` of its own gets a
/// second one, so that reading it back always takes off what was put on.
fn quoted(text: &str) -> String {
    if starts_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

fn csv(table: &Table) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in std::iter::once(&table.heads).chain(&table.rows) {
        let width = table.heads.len().max(row.len());
        let cells = row.iter().map(String::as_str).chain(std::iter::repeat("")).take(width).map(quoted);
        writer.write_record(cells).map_err(io::Error::from)?;
    }
    writer.into_inner().map_err(|error| Error::Io(io::Error::other(error.to_string())))
}

/// Strings only: neither formulas nor links come out of data, and a phone keeps its leading zero.
fn xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    /// Cells on screen; wider columns are read by wrapping.
    const WIDEST: usize = 60;
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    let mut widths: Vec<usize> = Vec::new();
    for (number, row) in (0_u32..).zip(std::iter::once(&table.heads).chain(&table.rows)) {
        for (column, cell) in (0_u16..).zip(row) {
            if number == 0 {
                sheet.write_string_with_format(number, column, cell, &bold)?;
            } else if !cell.is_empty() {
                sheet.write_string(number, column, cell)?;
            }
            if widths.len() <= usize::from(column) {
                widths.push(0);
            }
            let width = cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            widths[usize::from(column)] = widths[usize::from(column)].max(width.min(WIDEST));
        }
    }
    for (column, width) in (0_u16..).zip(widths) {
        sheet.set_column_width(column, (width + 2) as f64)?;
    }
    book.save_to_buffer()
}

fn json(table: &Table) -> Vec<u8> {
    let objects: Vec<serde_json::Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().map(String::as_str).chain(std::iter::repeat(""));
            table
                .names
                .iter()
                .cloned()
                .zip(cells.map(serde_json::Value::from))
                .collect::<serde_json::Map<_, _>>()
                .into()
        })
        .collect();
    let mut text = serde_json::Value::from(objects).to_string().into_bytes();
    text.push(b'\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::sheets;

    fn table() -> Table {
        let texts = [
            "=1+1",
            "+8613800005678",
            "-1",
            "@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "'=1",
            "''+1",
            "'quote",
            "张三, \"他\"\n二行",
            "0501",
        ];
        Table {
            heads: vec!["姓名".to_owned(), "说的话".to_owned()],
            names: vec!["name".to_owned(), "words".to_owned()],
            rows: texts.iter().map(|text| vec!["张*".to_owned(), (*text).to_owned()]).collect(),
        }
    }

    #[test]
    fn what_goes_out_comes_back_the_same() {
        for format in [FileFormat::Csv, FileFormat::Xlsx] {
            let bytes = bytes(&table(), format).expect("a file");
            let sheets = sheets::read_bytes(&bytes, "s").expect("sheets");
            assert_eq!(sheets[0].rows[0], table().heads, "{format:?}");
            assert_eq!(sheets[0].rows[1..], table().rows, "{format:?}");
        }
        let csv = String::from_utf8(bytes(&table(), FileFormat::Csv).expect("a file")).expect("UTF-8");
        assert!(csv.starts_with("\u{feff}姓名,"));
        assert!(
            csv.lines()
                .skip(1)
                .all(|line| line.split_once(',').is_none_or(|(_, cell)| !starts_formula(cell.trim_matches('"'))))
        );
        assert!(
            quoted("\t=1").starts_with('\'') && quoted("\r=1").starts_with('\'') && quoted("\n=1").starts_with('\'')
        );
    }

    #[test]
    fn a_workbook_holds_no_formula_and_json_names_its_columns() {
        let xlsx = bytes(&table(), FileFormat::Xlsx).expect("a file");
        let mut zip = zip::ZipArchive::new(io::Cursor::new(xlsx)).expect("a zip");
        let sheet = io::read_to_string(zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet")).expect("text");
        assert!(!sheet.contains("<f>") && sheet.contains("frozen") && !sheet.contains("hyperlink"));
        let json = bytes(&table(), FileFormat::Json).expect("a file");
        let value: serde_json::Value = serde_json::from_slice(&json).expect("json");
        assert_eq!(value[1], serde_json::json!({ "name": "张*", "words": "+8613800005678" }));
    }
}
