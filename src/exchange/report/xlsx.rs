//! A report as a workbook, a sheet a section. Words are strings only: no data becomes a formula or a link.

use rust_xlsxwriter::{Chart, ChartType, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{Cell, Document, Section};
use crate::text::Lang;

/// Cells on screen; wider columns are read by wrapping.
const WIDEST: usize = 60;

/// The whole workbook.
pub(super) fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for (n, section) in document.sections.iter().enumerate() {
        let name = if document.lang == Lang::Zh { section.title.as_str() } else { section.name };
        let head: Vec<&str> = if n == 0 {
            std::iter::once(&document.title).chain(&document.head).map(String::as_str).collect()
        } else {
            Vec::new()
        };
        sheet(book.add_worksheet().set_name(name)?, section, &head)?;
    }
    book.save_to_buffer()
}

/// Title and note, heads, rows, their sum, and the bars as a chart.
fn sheet(sheet: &mut Worksheet, section: &Section, head: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let mut row = 0;
    for line in head.iter().copied().chain([section.note.as_str()]).filter(|line| !line.is_empty()) {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    for (column, head) in (0_u16..).zip(&section.columns) {
        sheet.write_string_with_format(row, column, &head.head, &bold)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    let first = row + 1;
    for cells in &section.rows {
        row += 1;
        write_row(sheet, row, cells, &Format::new())?;
    }
    let last = row;
    if let Some(total) = &section.total {
        write_row(sheet, row + 1, total, &bold)?;
    }
    for (column, head) in (0_u16..).zip(&section.columns) {
        let cells = section.rows.iter().filter_map(|row| row.get(usize::from(column))).map(|cell| cell.shown().width());
        let width = cells.chain([head.head.width()]).max().unwrap_or(0).min(WIDEST);
        sheet.set_column_width(column, (width + 2) as f64)?;
    }
    if let Some(column) = section.bars.and_then(|at| u16::try_from(at).ok())
        && last >= first
    {
        let mut chart = Chart::new(ChartType::Column);
        let name = sheet.name();
        chart.add_series().set_categories((name.as_str(), first, 0, last, 0)).set_values((
            name.as_str(),
            first,
            column,
            last,
            column,
        ));
        chart.legend().set_hidden();
        chart.title().set_name(&section.title);
        sheet.insert_chart(0, column + 2, &chart)?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell], format: &Format) -> Result<(), XlsxError> {
    let percent = format.clone().set_num_format("0.0%");
    for (column, cell) in (0_u16..).zip(cells) {
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
            Cell::Count(n) => sheet.write_number_with_format(row, column, f64::from(*n), format)?,
            Cell::Rate(rate) => match rate.share() {
                Some(share) => sheet.write_number_with_format(row, column, share, &percent)?,
                None => sheet.write_string_with_format(row, column, rate.percent(), format)?,
            },
        };
    }
    Ok(())
}
