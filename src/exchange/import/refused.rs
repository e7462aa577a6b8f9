//! The file of refused rows: what was not imported, and why, to be put right in a spreadsheet program and read again.
//! It changes no cell, but identity numbers are gone already when rows come here.

use super::{Import, Mapping, RefusedRow, Sheet};
use crate::exchange::Error;
use crate::exchange::error::reason_sentence;
use crate::exchange::export::{self, FileFormat, Table};
use crate::text::{Lang, t};

/// The refused rows of `import` as a csv file: the cells under their heads, then sheet, row and reason in columns that an
/// import passes over. Sheets with other heads are brought under one row of heads.
///
/// # Errors
/// As [`export::bytes`].
pub fn refused_sheet(import: &Import, lang: Lang) -> Result<Vec<u8>, Error> {
    let mut heads: Vec<(String, usize)> = Vec::new();
    let mut rows: Vec<(Vec<String>, &RefusedRow)> = Vec::new();
    for (sheet, mapping) in &import.sheets {
        let refused: Vec<&RefusedRow> = import.refused.iter().filter(|row| row.sheet == sheet.name).collect();
        // A row ends with its last filled cell: the heads may reach further than every refused row and the lower row of
        // heads itself.
        let read = mapping.columns.iter().map(|(_, column, _)| column + 1);
        let width = refused.iter().map(|row| row.cells.len()).chain(read).max().unwrap_or(0);
        let places: Vec<usize> =
            heads_of(sheet, mapping, width).into_iter().map(|head| place(&mut heads, head)).collect();
        for row in refused {
            let mut cells = Vec::new();
            for (cell, &place) in row.cells.iter().zip(&places) {
                if cells.len() <= place {
                    cells.resize(place + 1, String::new());
                }
                cells[place].clone_from(cell);
            }
            rows.push((cells, row));
        }
    }
    let width = heads.len();
    let mut table = Table { heads: heads.into_iter().map(|(head, _)| head).collect(), ..Table::default() };
    let added = [t("工作表", "sheet"), t("行号", "row"), t("没有导入的原因", "why it was not imported")];
    table.heads.extend(added.map(|head| head.get(lang).to_owned()));
    for (mut cells, row) in rows {
        cells.resize(width, String::new());
        cells.extend([row.sheet.clone(), row.row_number.to_string(), reason_sentence(&row.reason, lang)]);
        table.rows.push(cells);
    }
    export::bytes(&table, FileFormat::Csv)
}

/// The head of each column up to `width`, with how many columns before it have the same.
fn heads_of(sheet: &Sheet, mapping: &Mapping, width: usize) -> Vec<(String, usize)> {
    let mut heads = sheet.rows.get(mapping.first_row - 1).cloned().unwrap_or_default();
    heads.resize(heads.len().max(width), String::new());
    for (_, column, head) in &mapping.columns {
        heads[*column].clone_from(head);
    }
    let earlier = |at: usize| heads[..at].iter().filter(|head| **head == heads[at]).count();
    (0..heads.len()).map(|at| (heads[at].clone(), earlier(at))).collect()
}

/// Where `head` stands among the heads so far; at their end when it is new.
fn place(heads: &mut Vec<(String, usize)>, head: (String, usize)) -> usize {
    heads.iter().position(|known| *known == head).unwrap_or_else(|| {
        heads.push(head);
        heads.len() - 1
    })
}
