//! The line at the foot that says what happened. It passes by itself; what was said is kept for a while.
//! It decides nothing: words come from whoever puts them here.

use std::collections::VecDeque;

use crate::domain::base::id::CommandUid;
use crate::domain::base::time::Time;

/// The next key after this takes a notice off.
const STAYS_MS: i64 = 3_000;
/// So many keys take it off sooner: who goes on has seen it.
const KEYS: u8 = 6;
/// And goes by itself after this.
const GOES_MS: i64 = 10_000;
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
    /// The form or question it speaks of; it goes with that.
    pub about: Option<About>,
}

/// What a notice speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A form.
    Form(CommandUid),
    /// A chain of questions.
    Chain(u64),
}

/// The notice on screen and those before it.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    shown: bool,
    keys: u8,
    kept: VecDeque<Notice>,
}

impl Notices {
    /// Shows a new one.
    pub fn put(&mut self, level: Level, text: String, at: Time, about: Option<About>) {
        self.kept.push_front(Notice { level, text, at, about });
        self.kept.truncate(KEPT);
        (self.shown, self.keys) = (true, 0);
    }

    /// Puts other words into the one on screen; false when there is none.
    pub fn amend(&mut self, text: &str) -> bool {
        match self.kept.front_mut().filter(|_| self.shown) {
            Some(notice) => {
                text.clone_into(&mut notice.text);
                true
            }
            None => false,
        }
    }

    /// Takes it off.
    pub const fn hide(&mut self) {
        self.shown = false;
    }

    /// The one on screen.
    pub fn current(&self) -> Option<&Notice> {
        self.kept.front().filter(|_| self.shown)
    }

    /// Those said so far, newest first.
    pub fn kept(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter()
    }

    /// A key was pressed: what has been seen long enough, or through enough keys, goes.
    pub fn key_pressed(&mut self, now: Time) {
        self.keys = self.keys.saturating_add(1);
        self.shown =
            self.shown && self.keys < KEYS && self.kept.front().is_some_and(|notice| now.0 < notice.at.0 + STAYS_MS);
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
    fn a_notice_outlasts_a_fast_key_and_goes_by_itself() {
        let mut notices = Notices::default();
        notices.put(Level::Done, "saved".to_owned(), Time(0), None);
        notices.key_pressed(Time(500));
        assert!(notices.current().is_some());
        notices.key_pressed(Time(STAYS_MS));
        assert!(notices.current().is_none());
        notices.put(Level::Done, "again".to_owned(), Time(10_000), None);
        notices.tick(Time(10_000 + GOES_MS));
        assert_eq!((notices.current(), notices.kept().count()), (None, 2));
        notices.put(Level::Done, "third".to_owned(), Time(40_000), None);
        (0..KEYS).for_each(|_| notices.key_pressed(Time(40_000)));
        assert_eq!(notices.current(), None, "enough keys");
    }
}
