//! Keys pressed ahead: meant for a box that has closed meanwhile. What lies below never gets them, and it is said how many.
//! What closes a box is not decided here, and no clock is asked: what counts is whether a frame has shown it.

use super::Desk;
use super::layer::Layer;
use super::notice::Level;
use crate::text::t;

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
            self.say_dropped();
        }
    }

    /// The box that was typed into is gone, and it was not left by hand.
    pub(super) fn box_closed(&mut self) {
        self.keys.pending.clear();
        self.keys.ahead.unseen = true;
        self.keys.ahead.said = self.notices.current().map(|notice| notice.text.clone()).unwrap_or_default();
        if self.keys.ahead.keys > 0 {
            self.say_dropped();
        }
    }

    /// A frame has shown what is there.
    pub(super) fn seen(&mut self) {
        if self.keys.ahead.unseen {
            self.keys.ahead = Ahead::default();
        }
    }

    fn answer_is_on_the_way(&self) -> bool {
        self.layers.last().and_then(Layer::chain).is_some_and(|chain| self.commits().waits_of(chain))
    }

    fn say_dropped(&mut self) {
        let Ahead { keys, said, .. } = &self.keys.ahead;
        let dropped = t("框已关上, 多按的 {n} 个键没有用", "The box had closed; {n} keys pressed after it did nothing")
            .with(self.lang, &[("n", keys)]);
        let words = if said.is_empty() { dropped } else { format!("{said}; {dropped}") };
        if !self.notices.amend(&words) {
            self.notice(Level::Info, words);
        }
    }
}
