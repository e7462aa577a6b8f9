//! The line at the foot that says what happened. It passes by itself; what was said is kept for a while.
//! It decides nothing: words come from whoever puts them here.

use std::collections::VecDeque;

use crate::domain::time::Time;

/// A notice stays at least this long, however fast the keys come.
const STAYS_MS: i64 = 4_000;
/// And goes by itself after this.
const GOES_MS: i64 = 15_000;
/// So many are kept to be read again.
const KEPT: usize = 50;

/// What kind of news it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// A rule said no.
    Refused,
    /// The machine failed.
    Trouble,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What kind of news.
    pub level: Level,
    /// The sentence.
    pub text: String,
    /// When it came.
    pub at: Time,
}

/// The notice on screen and those before it.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    shown: bool,
    kept: VecDeque<Notice>,
}

impl Notices {
    /// Shows a new one.
    pub fn put(&mut self, level: Level, text: String, at: Time) {
        self.kept.push_front(Notice { level, text, at });
        self.kept.truncate(KEPT);
        self.shown = true;
    }

    /// The one on screen.
    pub fn current(&self) -> Option<&Notice> {
        self.kept.front().filter(|_| self.shown)
    }

    /// Those said so far, newest first.
    pub fn kept(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter()
    }

    /// A key was pressed: what has been seen long enough goes.
    pub fn key_pressed(&mut self, now: Time) {
        self.shown = self.shown && self.kept.front().is_some_and(|notice| now.0 < notice.at.0 + STAYS_MS);
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Time) {
        self.shown = self.shown && self.goes_at().is_some_and(|at| now < at);
    }

    /// When the notice on screen goes by itself.
    pub fn goes_at(&self) -> Option<Time> {
        self.current().map(|notice| Time(notice.at.0 + GOES_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_outlasts_fast_keys_and_goes_by_itself() {
        let mut notices = Notices::default();
        notices.put(Level::Done, "saved".to_owned(), Time(0));
        notices.key_pressed(Time(500));
        assert!(notices.current().is_some());
        notices.key_pressed(Time(STAYS_MS));
        assert!(notices.current().is_none());
        notices.put(Level::Done, "again".to_owned(), Time(10_000));
        notices.tick(Time(10_000 + GOES_MS));
        assert_eq!((notices.current(), notices.kept().count()), (None, 2));
    }
}
