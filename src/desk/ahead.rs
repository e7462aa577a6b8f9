//! Keys pressed ahead: meant for a box that has closed meanwhile. What lies below never gets them, and it is said how many.
//! What closes a box is not decided here, and no clock is asked: what counts is whether a frame has shown it. Keys pressed
//! while a box waits for its answer are dropped too, also where the answer is a refusal and it stays open.

use super::Desk;
use super::layer::AnyLayer;
use super::notice::Level;
use crate::text::{Text, t};

/// Keys pressed ahead.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// A box has closed and no frame has shown that yet.
    unseen: bool,
    /// Keys dropped.
    keys: usize,
    /// What the notice said when the box closed.
    said: String,
}

const PRESSED_AFTER: Text =
    t("框已关上, 多按的 {n} 个键没有用", "The box had closed; {n} keys pressed after it did nothing");
const PRESSED_MEANWHILE: Text = t("等回答时按的 {n} 个键没有用", "{n} keys pressed before the answer came did nothing");

impl Desk {
    /// Whether a key or a paste is for a box that has closed unseen, or that closes when its answer comes.
    pub(super) fn comes_too_early(&mut self, types: bool) -> bool {
        let early = self.keys.ahead.unseen || types && self.answer_is_on_the_way();
        if !early {
            self.keys.ahead = Ahead::default();
        }
        early
    }

    /// Keys came too early: they do nothing. While the answer is on its way that is said when it has come.
    pub(super) fn drop_keys(&mut self, keys: usize) {
        self.keys.ahead.keys += keys;
        if self.keys.ahead.unseen {
            self.say_dropped(PRESSED_AFTER);
        }
    }

    /// The answer has come and the box is still there: what was pressed meanwhile is missing in it.
    pub(super) fn box_stays(&mut self) {
        if self.keys.ahead.keys > 0 && !self.keys.ahead.unseen && !self.answer_is_on_the_way() {
            self.keys.ahead.said = self.notice_on_screen();
            self.say_dropped(PRESSED_MEANWHILE);
            self.keys.ahead = Ahead::default();
        }
    }

    /// The box that was typed into is gone, and it was not left by hand.
    pub(super) fn box_closed(&mut self) {
        self.keys.pending.clear();
        self.keys.ahead.unseen = true;
        self.keys.ahead.said = self.notice_on_screen();
        if self.keys.ahead.keys > 0 {
            self.say_dropped(PRESSED_AFTER);
        }
    }

    fn notice_on_screen(&self) -> String {
        self.notices.current().map(|notice| notice.text.clone()).unwrap_or_default()
    }

    /// A frame has shown what is there.
    pub(super) fn seen(&mut self) {
        if self.keys.ahead.unseen {
            self.keys.ahead = Ahead::default();
        }
    }

    fn answer_is_on_the_way(&self) -> bool {
        self.layers.last().and_then(AnyLayer::chain).is_some_and(|chain| self.commits().waits_of(chain))
    }

    fn say_dropped(&mut self, words: Text) {
        let Ahead { keys, said, .. } = &self.keys.ahead;
        let dropped = words.with(self.lang, &[("n", keys)]);
        let words = if said.is_empty() { dropped } else { format!("{said}; {dropped}") };
        if !self.notices.amend(&words) {
            self.notice(Level::Info, words);
        }
    }
}
