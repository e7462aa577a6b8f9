//! A list's cursor, marks and window. The cursor follows the thing it stands on, not the row number.
//! What the rows say is not here; a pane keeps its rows, in the order of `ids`.

use std::ops::Range;

/// State of one list of things with ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<I> {
    ids: Vec<I>,
    row: usize,
    marked: Vec<I>,
    top: usize,
    height: usize,
}

impl<I> Default for List<I> {
    fn default() -> Self {
        Self { ids: Vec::new(), row: 0, marked: Vec::new(), top: 0, height: 1 }
    }
}

impl<I: Copy + PartialEq> List<I> {
    /// New contents. The cursor stays on its thing; where that is gone, on the same row, or the last.
    pub fn set(&mut self, ids: Vec<I>) {
        if let Some(id) = self.selected()
            && let Some(row) = ids.iter().position(|&other| other == id)
        {
            self.row = row;
        }
        self.ids = ids;
        self.marked.retain(|id| self.ids.contains(id));
        self.settle();
    }

    /// The thing under the cursor.
    pub fn selected(&self) -> Option<I> {
        self.ids.get(self.row).copied()
    }

    /// The things, in order.
    pub fn ids(&self) -> &[I] {
        &self.ids
    }

    /// The cursor's row; 0 in an empty list.
    pub const fn row(&self) -> usize {
        self.row
    }

    /// Whether the cursor is in the last row, or there is none: a longer list is asked for then.
    pub const fn at_end(&self) -> bool {
        self.row + 1 >= self.ids.len()
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Puts the cursor on `id`; false when it is not in the list.
    pub fn select(&mut self, id: I) -> bool {
        let found = self.ids.iter().position(|&other| other == id);
        self.row = found.unwrap_or(self.row);
        self.settle();
        found.is_some()
    }

    /// Puts the cursor on a row, or on the last when there are fewer.
    pub fn select_row(&mut self, row: usize) {
        self.row = row;
        self.settle();
    }

    /// Moves the cursor by rows, stopping at both ends.
    pub fn step(&mut self, rows: isize) {
        self.row = self.row.saturating_add_signed(rows);
        self.settle();
    }

    /// Moves by windows of rows, keeping one row of the old window in sight.
    pub fn page(&mut self, pages: isize) {
        let rows = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        self.step(pages * rows);
    }

    /// To the last row.
    pub fn last(&mut self) {
        self.select_row(usize::MAX);
    }

    /// Marks the row under the cursor, or takes its mark off, and moves on.
    pub fn mark(&mut self) {
        let Some(id) = self.selected() else { return };
        match self.marked.iter().position(|&other| other == id) {
            Some(at) => drop(self.marked.remove(at)),
            None => self.marked.push(id),
        }
        self.step(1);
    }

    /// Whether `id` is marked.
    pub fn is_marked(&self, id: I) -> bool {
        self.marked.contains(&id)
    }

    /// How many rows are marked.
    pub const fn marks(&self) -> usize {
        self.marked.len()
    }

    /// Takes every mark off; false when there was none.
    pub fn unmark_all(&mut self) -> bool {
        let any = !self.marked.is_empty();
        self.marked.clear();
        any
    }

    /// What an action on this list acts on: the marked things, else the one under the cursor.
    pub fn chosen(&self) -> Vec<I> {
        if self.marked.is_empty() { self.selected().into_iter().collect() } else { self.marked.clone() }
    }

    /// How many rows can be seen at once; the window moves so that the cursor is in it.
    pub fn see(&mut self, height: usize) {
        self.height = height.max(1);
        self.settle();
    }

    /// The rows in sight.
    pub fn window(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.ids.len())
    }

    /// `7/23`; `0/0` for an empty list.
    pub fn place(&self) -> String {
        let row = if self.ids.is_empty() { 0 } else { self.row + 1 };
        format!("{row}/{}", self.ids.len())
    }

    fn settle(&mut self) {
        self.row = self.row.min(self.ids.len().saturating_sub(1));
        let lowest_top = self.ids.len().saturating_sub(self.height);
        self.top = self.top.min(self.row).max((self.row + 1).saturating_sub(self.height)).min(lowest_top);
    }
}

/// What every list answers to, whatever its things are.
pub trait Scroll {
    /// Moves the cursor by rows.
    fn step(&mut self, rows: isize);
    /// Moves by windows of rows.
    fn page(&mut self, pages: isize);
    /// To a row, or the last.
    fn to_row(&mut self, row: usize);
    /// To the `row`-th row in sight, where there is one.
    fn click(&mut self, row: usize);
    /// How many rows can be seen.
    fn see(&mut self, height: usize);
}

impl<I: Copy + PartialEq> Scroll for List<I> {
    fn step(&mut self, rows: isize) {
        Self::step(self, rows);
    }
    fn page(&mut self, pages: isize) {
        Self::page(self, pages);
    }
    fn to_row(&mut self, row: usize) {
        self.select_row(row);
    }
    fn click(&mut self, row: usize) {
        if self.window().contains(&(self.top + row)) {
            self.select_row(self.top + row);
        }
    }
    fn see(&mut self, height: usize) {
        Self::see(self, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_follows_the_thing_and_the_window_follows_the_cursor() {
        let mut list = List::default();
        list.set((1..=20).collect::<Vec<_>>());
        list.see(5);
        list.step(6);
        assert_eq!((list.selected(), list.place().as_str(), list.window()), (Some(7), "7/20", 2..7));
        list.set(vec![9, 7, 3]);
        assert_eq!((list.selected(), list.place().as_str()), (Some(7), "2/3"), "the same thing on another row");
        list.set(vec![9, 3]);
        assert_eq!(list.selected(), Some(3), "its thing is gone: the same row");
        list.set(Vec::new());
        assert_eq!((list.selected(), list.place().as_str(), list.window()), (None, "0/0", 0..0));
        list.page(1);
        list.mark();
        assert_eq!(list.chosen(), Vec::<i32>::new());
    }

    #[test]
    fn marks_last_while_their_things_do() {
        let mut list = List::default();
        list.set(vec![1, 2, 3]);
        list.mark();
        list.mark();
        assert_eq!((list.chosen(), list.selected()), (vec![1, 2], Some(3)));
        list.set(vec![2, 3]);
        assert_eq!(list.chosen(), vec![2]);
        assert!(list.unmark_all());
        assert_eq!(list.chosen(), vec![3], "without marks, the one under the cursor");
    }
}
