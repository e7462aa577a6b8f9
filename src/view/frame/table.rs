//! Rows of columns, each column as wide as its texts in cells, the one named `grow` taking what is left.
//! It is handed only the rows in sight; scrolling is the list's.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::view::frame::format;

/// How a column gives way when the space is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Cut at the end.
    End,
    /// Cut in the middle: addresses, whose room number must stay.
    Middle,
    /// Set to the right: figures.
    Right,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// At least so many cells, while there is any room.
    pub least: usize,
    /// At most so many.
    pub most: usize,
    /// How it gives way.
    pub fit: Fit,
    /// Whether it takes what the others leave.
    pub grow: bool,
    /// Whether it is as wide as its widest text, whatever the others want: half a ticket's number is none.
    pub whole: bool,
}

impl Column {
    /// A column between `least` and `most` cells.
    pub const fn new(least: usize, most: usize, fit: Fit) -> Self {
        Self { least, most, fit, grow: false, whole: false }
    }

    /// The column that takes what is left.
    pub const fn rest(least: usize) -> Self {
        Self { least, most: usize::MAX, fit: Fit::End, grow: true, whole: false }
    }

    /// A column that is never cut.
    pub const fn whole(least: usize) -> Self {
        Self { least, most: usize::MAX, fit: Fit::End, grow: false, whole: true }
    }
}

/// One cell's text and style.
pub type Cell = (String, Style);

/// Widths for columns holding these rows within `cells`, one blank between columns. Columns that find no room get 0.
pub fn widths(columns: &[Column], rows: &[Vec<Cell>], cells: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, column)| {
            let widest =
                rows.iter().filter_map(|row| row.get(i)).map(|(text, _)| format::width(text)).max().unwrap_or(0);
            if column.grow { column.least } else { widest.clamp(column.least, column.most) }
        })
        .collect();
    let gaps = |widths: &[usize]| widths.iter().filter(|w| **w > 0).count().saturating_sub(1);
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + gaps(widths);
    // Too wide: columns give back what they have above their least, the widest first, then whole columns from the right.
    while total(&widths) > cells {
        let gives = |i: &usize| !columns[*i].whole && widths[*i] > columns[*i].least;
        let spare = (0..widths.len()).filter(gives).max_by_key(|&i| widths[i]);
        match spare.or_else(|| (1..widths.len()).rev().find(|&i| widths[i] > 0 && !columns[i].grow)) {
            Some(i) if spare.is_some() => widths[i] -= 1,
            Some(i) => widths[i] = 0,
            None => break,
        }
    }
    let left = cells.saturating_sub(total(&widths));
    if let Some(i) = columns.iter().position(|column| column.grow) {
        widths[i] += left;
    }
    widths
}

/// One row as a line.
pub fn line(columns: &[Column], widths: &[usize], row: &[Cell]) -> Line<'static> {
    let mut spans = Vec::new();
    for ((column, &cells), (text, style)) in columns.iter().zip(widths).zip(row) {
        if cells == 0 {
            continue;
        }
        if !spans.is_empty() {
            spans.push(Span::raw(" "));
        }
        let text = match column.fit {
            Fit::End => format::pad(text, cells),
            Fit::Middle => format::pad(&format::truncate_middle(text, cells), cells),
            Fit::Right => format::pad_left(text, cells),
        };
        spans.push(Span::styled(text, *style));
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_what_there_is() {
        let columns = [
            Column::new(7, 9, Fit::End),
            Column::new(6, 12, Fit::Middle),
            Column::rest(8),
            Column::new(4, 10, Fit::End),
        ];
        let row: Vec<Cell> = ["1122-07", "康乐苑3-2-501", "厨房水管爆裂", "超35分"]
            .into_iter()
            .map(|text| (text.to_owned(), Style::new()))
            .collect();
        let long: Vec<Cell> =
            ["1122-1007", "康乐苑3-2-501", "厨房水管爆裂", "超35分"].map(|text| (text.to_owned(), Style::new())).into();
        let whole = [Column::whole(7), columns[1], columns[2], columns[3]];
        for cells in 12..60 {
            assert_eq!(widths(&whole, &[row.clone(), long.clone()], cells)[0], 9, "the number in {cells}");
        }
        for cells in 20..100 {
            let widths = widths(&columns, std::slice::from_ref(&row), cells);
            let line = line(&columns, &widths, &row);
            assert!(line.width() <= cells, "{cells}: {widths:?}");
            assert!(cells < 40 || line.width() == cells, "{cells}: {widths:?}");
        }
    }
}
