//! A report for a terminal: columns set by cells, bars of `#`.

use unicode_width::UnicodeWidthStr;

use super::{Cell, Document, Section};

/// Cells of the longest bar.
const BAR: usize = 40;

/// The whole report.
pub(super) fn write(document: &Document) -> String {
    let mut text = format!("{}\n", document.title);
    for line in &document.head {
        text += &format!("{line}\n");
    }
    for section in &document.sections {
        text += &format!("\n{}\n", section.title);
        if !section.note.is_empty() {
            text += &format!("{}\n", section.note);
        }
        text += &table(section);
    }
    text
}

fn table(section: &Section) -> String {
    let heads: Vec<String> = section.columns.iter().map(|column| column.head.clone()).collect();
    let rows: Vec<&Vec<Cell>> = section.rows.iter().chain(&section.total).collect();
    let shown: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    let width = |at: usize| {
        let cells = shown.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
        cells.chain([heads[at].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    // Figures stand under each other; words begin where their head begins.
    let right: Vec<bool> =
        (0..heads.len()).map(|at| rows.iter().all(|row| !matches!(row.get(at), Some(Cell::Text(_))))).collect();
    let line = |cells: &[String]| {
        let mut line = String::from(" ");
        for ((cell, width), right) in cells.iter().zip(&widths).zip(&right) {
            let gap = " ".repeat(width.saturating_sub(cell.width()));
            line += &if *right { format!(" {gap}{cell}") } else { format!(" {cell}{gap}") };
        }
        line
    };
    let mut text = format!("{}\n", line(&heads).trim_end());
    let most = section.most();
    for (at, cells) in shown.iter().enumerate() {
        let bar = section
            .bars
            .filter(|_| at < section.rows.len())
            .and_then(|column| rows[at].get(column))
            .map_or_else(String::new, |cell| format!("  {}", "#".repeat(cell.bar(most, BAR))));
        text += &format!("{}\n", (line(cells) + &bar).trim_end());
    }
    text
}
