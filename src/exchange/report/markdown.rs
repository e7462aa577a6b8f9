//! A report as Markdown. What was typed by people cannot make marks of its own.

use super::{Cell, Document, Section};
use crate::exchange::pages::markdown as plain;

/// Parts of a whole bar.
const BAR: usize = 20;

/// The whole report.
pub(super) fn write(document: &Document) -> String {
    let mut text = format!("# {}\n\n", plain(&document.title));
    for line in &document.head {
        text += &format!("{}  \n", plain(line));
    }
    for section in &document.sections {
        text += &format!("\n## {}\n\n", plain(&section.title));
        if !section.note.is_empty() {
            text += &format!("{}\n\n", plain(&section.note));
        }
        text += &table(section);
    }
    text
}

fn table(section: &Section) -> String {
    let bars = section.bars.is_some();
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut heads: Vec<String> = section.columns.iter().map(|column| plain(&column.head)).collect();
    let figures = |at: usize| section.rows.iter().all(|row| !matches!(row.get(at), Some(Cell::Text(_))));
    let mut rules: Vec<String> =
        (0..heads.len()).map(|at| if figures(at) { "---:" } else { "---" }.to_owned()).collect();
    if bars {
        heads.push(String::new());
        rules.push("---".to_owned());
    }
    let mut text = row(heads) + &row(rules);
    let most = section.most();
    for cells in &section.rows {
        let mut shown: Vec<String> = cells.iter().map(|cell| plain(&cell.shown())).collect();
        shown.extend(section.bars.and_then(|at| cells.get(at)).map(|cell| "■".repeat(cell.bar(most, BAR))));
        text += &row(shown);
    }
    if let Some(total) = &section.total {
        let mut shown: Vec<String> = total.iter().map(|cell| format!("**{}**", plain(&cell.shown()))).collect();
        shown.extend(bars.then(String::new));
        text += &row(shown).replace("****", "");
    }
    text
}
