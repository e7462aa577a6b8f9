//! A report as a page to print on A4: two columns, everything in the file itself, no script and nothing fetched.
//! The page is `templates/report.html`; what it holds is put together here.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::{Cell, Document, Section};
use crate::exchange::pages::{self, Format};
use crate::text::Lang;

/// Sections longer than this may break over the columns.
const LONG: usize = 24;
/// The height of the highest bar, in percent: the count stands above it.
const HIGHEST: usize = 60;

#[derive(Serialize)]
struct Values<'a> {
    lang: &'static str,
    title: &'a str,
    head: &'a [String],
    sections: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    title: &'a str,
    note: &'a str,
    long: bool,
    columns: Vec<Head<'a>>,
    rows: Vec<Row>,
    bars: Option<Vec<Bar>>,
}

#[derive(Serialize)]
struct Head<'a> {
    head: &'a str,
    /// Whether words stand in it, which are set to the left and may break.
    words: bool,
}

#[derive(Serialize)]
struct Row {
    cells: Vec<String>,
    total: bool,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    count: String,
    height: usize,
}

/// The whole page; a sentence when its template fails.
pub(super) fn write(document: &Document) -> Result<String, String> {
    let values = Values {
        lang: if document.lang == Lang::Zh { "zh-CN" } else { "en" },
        title: &document.title,
        head: &document.head,
        sections: document.sections.iter().map(part).collect(),
    };
    pages::built_in("report", Format::Html, include_str!("../pages/templates/report.html"), &Value::from(Serde(values)))
}

fn part(section: &Section) -> Part<'_> {
    let words = |at: usize| section.rows.iter().any(|row| matches!(row.get(at), Some(Cell::Text(_))));
    let row = |cells: &Vec<Cell>, total| Row { cells: cells.iter().map(Cell::shown).collect(), total };
    let rows = section.rows.iter().map(|cells| row(cells, false));
    Part {
        title: &section.title,
        note: &section.note,
        long: section.rows.len() > LONG,
        columns: section
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| Head { head: &column.head, words: words(at) })
            .collect(),
        rows: rows.chain(section.total.iter().map(|cells| row(cells, true))).collect(),
        bars: section.bars.map(|at| bars(section, at)),
    }
}

/// A row of bars, each over its name, the count above it.
fn bars(section: &Section, at: usize) -> Vec<Bar> {
    let most = section.most();
    let shown = |cell: Option<&Cell>| cell.map(Cell::shown).unwrap_or_default();
    let bar = |cells: &Vec<Cell>| Bar {
        name: shown(cells.first()),
        count: shown(cells.get(at)),
        height: cells.get(at).map_or(0, |cell| cell.bar(most, HIGHEST)),
    };
    section.rows.iter().map(bar).collect()
}
