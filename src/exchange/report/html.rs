//! A report as one page to print on A4: two columns, everything in the file itself, no script and nothing fetched.

use super::{Cell, Document, Section};
use crate::text::Lang;

const STYLE: &str = "@page{size:A4;margin:9mm}\
*{box-sizing:border-box}\
body{font:7.2pt/1.2 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;color:#111;margin:0 auto;max-width:192mm}\
h1{font-size:13pt;margin:0}h2{font-size:8.5pt;margin:2mm 0 .5mm;border-bottom:.3mm solid #111}\
p{margin:0 0 .6mm;color:#444}\
main{columns:2;column-gap:5mm}section{break-inside:avoid-column}section.long{break-inside:auto}\
table{border-collapse:collapse;width:100%}\
th{font-weight:600;text-align:right;border-bottom:.2mm solid #888;white-space:nowrap}\
td{text-align:right;padding:0 .4mm;white-space:nowrap}\
th.w,td.w{text-align:left;white-space:normal}\
tr.total td{border-top:.2mm solid #888;font-weight:600}\
.hours{display:flex;align-items:flex-end;height:16mm;gap:.4mm}\
.hours div{flex:1;display:flex;flex-direction:column;justify-content:flex-end;height:100%;text-align:center;font-size:5.5pt}\
.hours i{display:block;background:#4a7fb5;-webkit-print-color-adjust:exact;print-color-adjust:exact}";

/// Sections longer than this may break over the columns.
const LONG: usize = 24;

/// The whole page.
pub(super) fn write(document: &Document) -> String {
    let lang = if document.lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = escaped(&document.title);
    let head: String = document.head.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    let sections: String = document.sections.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><h1>{title}</h1>{head}<main>\n{sections}</main></body></html>\n"
    )
}

fn section(section: &Section) -> String {
    let note = if section.note.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&section.note)) };
    let class = if section.rows.len() > LONG { " class=\"long\"" } else { "" };
    let inner = if section.bars.is_some() { bars(section) } else { table(section) };
    format!("<section{class}><h2>{}</h2>{note}{inner}</section>\n", escaped(&section.title))
}

fn table(section: &Section) -> String {
    let words = |at: usize| section.rows.iter().any(|row| matches!(row.get(at), Some(Cell::Text(_))));
    let class = |at: usize| if words(at) { " class=\"w\"" } else { "" };
    let heads: String = section
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| format!("<th{}>{}</th>", class(at), escaped(&column.head)))
        .collect();
    let row = |cells: &Vec<Cell>, total: bool| {
        let cells: String = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| format!("<td{}>{}</td>", class(at), escaped(&cell.shown())))
            .collect();
        format!("<tr{}>{cells}</tr>", if total { " class=\"total\"" } else { "" })
    };
    let rows: String = section.rows.iter().map(|cells| row(cells, false)).collect();
    let total = section.total.as_ref().map_or_else(String::new, |cells| row(cells, true));
    format!("<table><tr>{heads}</tr>{rows}{total}</table>")
}

/// A row of bars, each over its name, the count above it.
fn bars(section: &Section) -> String {
    let most = section.most();
    let one = |cells: &Vec<Cell>| {
        let count = section.bars.and_then(|at| cells.get(at));
        let height = count.map_or(0, |cell| cell.bar(most, 60));
        let shown = count.map(Cell::shown).unwrap_or_default();
        let name = cells.first().map(Cell::shown).unwrap_or_default();
        format!("<div>{}<i style=\"height:{height}%\"></i>{}</div>", escaped(&shown), escaped(&name))
    };
    format!("<div class=\"hours\">{}</div>", section.rows.iter().map(one).collect::<String>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
