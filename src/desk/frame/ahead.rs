//! Keys pressed ahead: meant for a box that has closed meanwhile. What lies below never gets them, and it is said how many.
//! What closes a box is not decided here, and no clock is asked: time comes with the messages.
//!
//! Until a frame has shown that a box closed, every key is dropped. After that a person may still not have looked: a price
//! typed twice with a pause in between would be digits on the ticket below, where `2` is the next step. So for a while keys
//! that come like typing are dropped too:
//!
//! - what answers begin with (digits, `+`, `-`, a blank, Enter, Backspace, characters of a Chinese input method, a paste) for
//!   [`ANSWER_MS`] after the box closed;
//! - letters and other signs, which are mostly commands, only for [`LETTER_MS`]: who presses `a` for the next ticket half a
//!   second after the last one gets it at once;
//! - once one key was dropped, whatever is typed within [`RUN_MS`] of it, for it is the same line being typed on.
//!
//! Arrows, Esc, `q`, Tab, function keys and whatever is held with Ctrl or Alt are never taken for typing. They act at once
//! and end this, as does every key that acts. A box left by hand (Esc, `q`) begins nothing, and neither does the filter of a list, which is
//! seen at work while it is typed.
//!
//! A list to pick from that opens in place of another box, or without a key, takes digits and Enter no sooner either, since
//! they pick at once; letters only narrow it and are seen.
//!
//! The times are those of Card, Moran and Newell, "The Keystroke-Level Model" (CACM 23 (7), 1980) and "The Psychology of
//! Human-Computer Interaction" (1983). Firefox (`security.dialog_enable_delay`) and Chromium
//! (`InputEventActivationProtector`) hold back what confirms in new dialogs for the same reason.

use crate::desk::Desk;
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::AnyLayer;
use crate::desk::frame::notice::Level;
use crate::desk::frame::update::leaves;
use crate::domain::base::time::Time;
use crate::text::{Text, t};

/// Milliseconds after a box closed in which what answers begin with is dropped: less than the 1.35 s a person needs to make
/// up his mind to something new.
const ANSWER_MS: i64 = 1_000;
/// Milliseconds in which letters are dropped: seeing and choosing between two things takes about 240 ms and 150 ms more.
const LETTER_MS: i64 = 400;
/// Milliseconds between two keys of one line being typed: figures and codes take an ordinary typist 750.
const RUN_MS: i64 = 750;

/// Keys pressed ahead.
#[derive(Debug, Default)]
pub(in crate::desk) struct Ahead {
    /// What has come that no frame has shown yet.
    unseen: bool,
    /// What came in place of the box, and when.
    came: Option<(Came, Time)>,
    /// When a key was last dropped after that.
    dropped_at: Option<Time>,
    /// Keys dropped.
    keys: usize,
    /// What the notice said when the box closed.
    said: String,
}

/// What there is in place of a box that was typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Came {
    /// What lies below, where keys are commands.
    Below,
    /// The same, narrowed by the box itself.
    Narrowed,
    /// A list to pick from.
    List,
}

const PRESSED_AFTER: Text = t(
    "框已关上, 多按的 {n} 个键没有用; 停一下再按",
    "The box had closed; {n} keys pressed after it did nothing; wait a moment",
);
const PRESSED_BEFORE: Text = t(
    "这张表刚打开, 之前按的 {n} 个键没有用; 看清再按",
    "This list has just opened; {n} keys pressed before did nothing; look first",
);
const PRESSED_MEANWHILE: Text = t("等回答时按的 {n} 个键没有用", "{n} keys pressed before the answer came did nothing");

impl Desk {
    /// Whether a key, or a paste where there is none, is for a box that has closed, or that closes when its answer comes.
    pub(in crate::desk) fn comes_too_early(&mut self, key: Option<Key>) -> bool {
        let types = key.is_none_or(|key| key.typed().is_some() || key.code == Code::Enter);
        let ahead = &self.keys.ahead;
        let early = ahead.unseen || ahead.comes_like_typing(key, self.now) || types && self.answer_is_on_the_way();
        if !early {
            self.keys.ahead = Ahead::default();
        }
        early
    }

    /// Keys came too early: they do nothing. While the answer is on its way that is said when it has come.
    pub(in crate::desk) fn drop_keys(&mut self, keys: usize) {
        let now = self.now;
        let ahead = &mut self.keys.ahead;
        ahead.keys += keys;
        if ahead.came.is_some() {
            ahead.dropped_at = Some(now);
            self.say_dropped();
        }
    }

    /// The answer has come and the box is still there: what was pressed meanwhile is missing in it.
    pub(in crate::desk) fn box_stays(&mut self) {
        if self.keys.ahead.keys > 0 && self.keys.ahead.came.is_none() && !self.answer_is_on_the_way() {
            self.keys.ahead.said = self.notice_on_screen();
            self.say_dropped();
            self.keys.ahead = Ahead::default();
        }
    }

    /// The box that was typed into is gone, and it was not left by hand; or a list came that nobody opened.
    pub(in crate::desk) fn box_closed(&mut self, came: Came) {
        self.keys.pending.clear();
        let (now, said) = (self.now, self.notice_on_screen());
        let ahead = &mut self.keys.ahead;
        (ahead.unseen, ahead.came, ahead.said) = (true, Some((came, now)), said);
        if ahead.keys > 0 {
            self.say_dropped();
        }
    }

    fn notice_on_screen(&self) -> String {
        self.notices.current().map(|notice| notice.text.clone()).unwrap_or_default()
    }

    /// A frame has shown what is there.
    pub(in crate::desk) fn seen(&mut self) {
        self.keys.ahead.unseen = false;
    }

    fn answer_is_on_the_way(&self) -> bool {
        self.layers.last().and_then(AnyLayer::chain).is_some_and(|chain| self.commits().waits_of(chain))
    }

    fn say_dropped(&mut self) {
        let Ahead { came, keys, said, .. } = &self.keys.ahead;
        let words = match came {
            None => PRESSED_MEANWHILE,
            Some((Came::List, _)) => PRESSED_BEFORE,
            Some((Came::Below | Came::Narrowed, _)) => PRESSED_AFTER,
        };
        let dropped = words.with(self.lang, &[("n", keys)]);
        let words = if said.is_empty() { dropped } else { format!("{said}; {dropped}") };
        if !self.notices.amend(&words) {
            self.notice(Level::Info, words);
        }
    }
}

impl Ahead {
    /// Whether a key, or a paste, comes as what is typed into a box comes: soon after it closed, or soon after another such.
    fn comes_like_typing(&self, key: Option<Key>, now: Time) -> bool {
        let Some((came, at)) = self.came else { return false };
        let Some(patience) = patience(key, came) else { return false };
        let within = |since: Time, span: i64| (0..span).contains(&(now.0 - since.0));
        within(at, patience) || self.dropped_at.is_some_and(|at| within(at, RUN_MS))
    }
}

/// For how many milliseconds a key is taken for typing; nothing where it never is.
fn patience(key: Option<Key>, came: Came) -> Option<i64> {
    let Some(key) = key else { return (came == Came::Below).then_some(ANSWER_MS) };
    if leaves(key) {
        return None;
    }
    let edits = matches!(key.code, Code::Enter | Code::Backspace) && !key.ctrl && !key.alt;
    let sign = key.typed().and(match key.folded().code {
        Code::Char(c) => Some(c),
        _ => None,
    });
    match came {
        Came::Narrowed => None,
        Came::List => {
            (key.code == Code::Enter && edits || sign.is_some_and(|c| c.is_ascii_digit())).then_some(ANSWER_MS)
        }
        Came::Below => match sign {
            Some('0'..='9' | '+' | '-' | ' ') => Some(ANSWER_MS),
            Some(c) if !c.is_ascii() => Some(ANSWER_MS),
            Some(_) => Some(LETTER_MS),
            None => edits.then_some(ANSWER_MS),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_types_waits_and_a_letter_least() {
        let below = |key: &str| patience(Some(Key::parse(key).expect(key)), Came::Below);
        for key in ["3", "３", "space", "+", "-", "enter", "backspace", "漏"] {
            assert_eq!(below(key), Some(ANSWER_MS), "{key}");
        }
        for key in ["a", "M", ".", "。", "/", "?"] {
            assert_eq!(below(key), Some(LETTER_MS), "{key}");
        }
        for key in ["esc", "q", "tab", "up", "home", "pgdn", "delete", "f2", "ctrl-s", "ctrl-h", "alt-x"] {
            assert_eq!(below(key), None, "{key}");
        }
        assert_eq!((patience(None, Came::Below), patience(None, Came::List)), (Some(ANSWER_MS), None), "a paste");
        let list = |key: &str| patience(Some(Key::parse(key).expect(key)), Came::List);
        assert_eq!(
            (list("1"), list("enter"), list("w"), list("backspace")),
            (Some(ANSWER_MS), Some(ANSWER_MS), None, None)
        );
    }
}
