//! A text field of one line: text, caret in whole characters, and the part of it that fits some cells.
//! It does not know what its text means. This is the one file of the desk that uses the text-input crate.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::desk::frame::key::{Code, Key};
use crate::domain::base::clean;
use crate::text::wrap;

/// More characters than this are not taken. It is above what any record keeps, so a text too long is refused with a
/// sentence on saving instead of being cut in silence.
const CHARACTERS_AT_MOST: usize = 20_000;

/// What a key did to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// The field has no use for this key.
    Nothing,
    /// The key belongs to the field; the text is as before.
    Moved,
    /// The text changed.
    Changed,
}

/// A text field.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
    /// The program put the text there and nobody has touched it: typing replaces it, the editing keys keep it.
    proposed: bool,
}

/// The part of a field that fits into a number of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The text in sight.
    pub text: String,
    /// Cells from its start to the caret, less than the cells asked for.
    pub caret: u16,
}

impl Field {
    /// A field holding `text`, the caret behind it.
    pub fn holding(text: &str) -> Self {
        Self { input: Input::new(cleaned(text)), proposed: false }
    }

    /// A field in which the program proposes `text`: what is typed replaces it, caret and editing keys keep it.
    pub fn proposing(text: &str) -> Self {
        let field = Self::holding(text);
        Self { proposed: !field.is_blank(), ..field }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text without blanks around it.
    pub fn trimmed(&self) -> &str {
        self.input.value().trim()
    }

    /// Whether nothing but blanks is in it.
    pub fn is_blank(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// Other text, the caret behind it.
    pub fn set(&mut self, text: &str) {
        *self = Self::holding(text);
    }

    /// Other text, proposed.
    pub fn propose(&mut self, text: &str) {
        *self = Self::proposing(text);
    }

    /// Whether the text is a proposal that nobody has touched.
    pub const fn is_proposed(&self) -> bool {
        self.proposed
    }

    /// Characters (Unicode scalar values) before the caret.
    pub fn caret(&self) -> usize {
        self.input.cursor()
    }

    /// Moves the caret behind so many characters.
    #[must_use]
    pub fn with_caret(mut self, characters: usize) -> Self {
        self.input.handle(InputRequest::SetCursor(characters));
        self
    }

    /// The same with a star for each character that is to be hidden.
    #[must_use]
    pub fn starred(&self, hide: impl Fn(char) -> bool) -> Self {
        let stars: String = self.text().chars().map(|c| if hide(c) { '*' } else { c }).collect();
        Self::holding(&stars).with_caret(self.caret())
    }

    /// What `key` does: characters are typed, the editing keys edit, anything else is left to others.
    pub fn key(&mut self, key: Key) -> Took {
        if let Some(c) = key.typed() {
            return self.insert(c.encode_utf8(&mut [0; 4]));
        }
        let request = match (key.code, key.ctrl, key.alt) {
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => InputRequest::DeletePrevChar,
            (Code::Delete, false, false) => InputRequest::DeleteNextChar,
            (Code::Left, false, false) => InputRequest::GoToPrevChar,
            (Code::Right, false, false) => InputRequest::GoToNextChar,
            (Code::Left, true, false) => InputRequest::GoToPrevWord,
            (Code::Right, true, false) => InputRequest::GoToNextWord,
            (Code::Home, false, false) | (Code::Char('a'), true, false) => InputRequest::GoToStart,
            (Code::End, false, false) | (Code::Char('e'), true, false) => InputRequest::GoToEnd,
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => InputRequest::DeletePrevWord,
            (Code::Char('u'), true, false) => InputRequest::DeleteFromStart,
            (Code::Char('k'), true, false) => InputRequest::DeleteTillEnd,
            _ => return Took::Nothing,
        };
        self.proposed = false;
        match self.input.handle(request) {
            Some(changed) if changed.value => Took::Changed,
            _ => Took::Moved,
        }
    }

    /// Types `text` at the caret. A paste, and an input method's commit of several characters, come this way too.
    pub fn insert(&mut self, text: &str) -> Took {
        // A blank alone replaces nothing: the box would be saved as empty.
        if self.proposed && !cleaned(text).trim().is_empty() {
            *self = Self::default();
        }
        let room = CHARACTERS_AT_MOST.saturating_sub(self.text().chars().count());
        let typed: String = cleaned(text).chars().take(room).collect();
        if typed.is_empty() {
            return Took::Moved;
        }
        let caret = self.caret();
        let at = self.text().char_indices().nth(caret).map_or(self.text().len(), |(at, _)| at);
        let (before, after) = self.text().split_at(at);
        let caret = caret + typed.chars().count();
        self.input = Input::new(format!("{before}{typed}{after}")).with_cursor(caret);
        Took::Changed
    }

    /// The text in rows of `cells` cells, `rows` of them at most and those around the caret, each with the caret's cell
    /// where it stands in it.
    pub fn wrapped(&self, cells: u16, rows: usize) -> Vec<(String, Option<u16>)> {
        let cells = usize::from(cells.max(2));
        let caret = self.text().char_indices().nth(self.caret()).map_or(self.text().len(), |(at, _)| at);
        let wrapped = wrap::rows(self.text(), cells);
        let full = wrapped.last().is_some_and(|row| self.text()[row.clone()].width() >= cells);
        // Behind a full last row the caret stands in a row of its own.
        let below = caret == self.text().len() && full;
        let last = wrapped.len() - 1;
        let at = if below { wrapped.len() } else { wrapped.iter().position(|row| caret < row.end).unwrap_or(last) };
        let mut lines: Vec<(String, Option<usize>)> =
            wrapped.iter().map(|row| (self.text()[row.clone()].to_owned(), None)).collect();
        if below {
            lines.push((String::new(), Some(0)));
        } else {
            lines[at].1 = Some(self.text()[wrapped[at].start..caret].width());
        }
        let first = (at + 1).saturating_sub(rows.max(1)).min(lines.len().saturating_sub(rows.max(1)));
        let cell = |caret: Option<usize>| caret.and_then(|caret| u16::try_from(caret).ok());
        lines.into_iter().skip(first).take(rows.max(1)).map(|(text, caret)| (text, cell(caret))).collect()
    }

    /// The part around the caret that fits `cells`, whole characters only.
    pub fn shown(&self, cells: u16) -> Shown {
        let cells = usize::from(cells);
        let before: String = self.text().chars().take(self.caret()).collect();
        let mut start = 0;
        let mut caret = before.width();
        for grapheme in before.graphemes(true) {
            if caret < cells.max(1) {
                break;
            }
            start += grapheme.len();
            caret -= grapheme.width();
        }
        let mut text = String::new();
        let mut used = 0;
        for grapheme in self.text().get(start..).unwrap_or_default().graphemes(true) {
            used += grapheme.width();
            if used > cells {
                break;
            }
            text.push_str(grapheme);
        }
        Shown { text, caret: u16::try_from(caret).unwrap_or(0) }
    }
}

/// One line of clean text that keeps a blank at either end, since a blank typed there is meant.
fn cleaned(text: &str) -> String {
    let text = text.replace('\0', "");
    let line = clean::line(&text).unwrap_or_default();
    let edge = |at: Option<char>| if at.is_some_and(|c| c == ' ' || c == '\u{3000}') { " " } else { "" };
    let (first, last) = (edge(text.chars().next()), edge(text.chars().next_back()));
    if line.is_empty() { first.to_owned() } else { format!("{first}{line}{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Field {
        let mut field = Field::default();
        for c in keys.chars() {
            field.key(Key::char(c));
        }
        field
    }

    #[test]
    fn the_caret_is_measured_in_cells() {
        let mut field = typed("张伟3号楼");
        assert_eq!(field.shown(20).caret, 9);
        field.key(Key::plain(Code::Left));
        assert_eq!(field.shown(20).caret, 7);
        field.key(Key::plain(Code::Backspace));
        assert_eq!((field.text(), field.shown(20).caret), ("张伟3楼", 5));
        assert_eq!(field.key(Key::plain(Code::Up)), Took::Nothing, "left to the list under the field");
    }

    #[test]
    fn typing_replaces_a_proposal_and_other_keys_keep_it() {
        let after = |keys: &[Key]| {
            let mut field = Field::proposing("138 0000 5678");
            for key in keys {
                field.key(*key);
            }
            (field.text().to_owned(), field.is_proposed())
        };
        let (seven, back) = (Key::char('7'), Key::plain(Code::Backspace));
        assert_eq!(after(&[]), ("138 0000 5678".to_owned(), true));
        assert_eq!(after(&[seven, seven]), ("77".to_owned(), false));
        assert_eq!(after(&[Key::plain(Code::End), seven]), ("138 0000 56787".to_owned(), false));
        assert_eq!(after(&[back, seven]), ("138 0000 5677".to_owned(), false));
        assert_eq!(after(&[Key::plain(Code::Up)]), ("138 0000 5678".to_owned(), true), "not the field's key");
        let mut pasted = Field::proposing("康乐苑 3-2-501");
        pasted.insert("");
        assert!(pasted.is_proposed(), "nothing was pasted");
        pasted.insert("锦绣家园");
        assert_eq!(pasted.text(), "锦绣家园");
        assert_eq!(after(&[Key::char(' ')]).0, "138 0000 5678 ", "a blank is no other value");
        assert!(!Field::proposing(" ").is_proposed(), "an empty box proposes nothing");
    }

    #[test]
    fn the_caret_is_always_in_sight_and_no_character_is_halved() {
        let field = typed(&"漏水".repeat(30));
        for cells in 0..20 {
            let shown = field.shown(cells);
            assert!(shown.text.width() <= usize::from(cells), "{cells}");
            assert!(shown.caret < cells.max(1), "{cells}: {shown:?}");
        }
    }

    #[test]
    fn a_long_text_is_seen_in_rows_around_the_caret() {
        let mut field = Field::holding("厨房顶上漏水喷出来了");
        assert_eq!(
            field.wrapped(8, 3),
            [("厨房顶上".to_owned(), None), ("漏水喷出".to_owned(), None), ("来了".to_owned(), Some(4))]
        );
        assert_eq!(field.wrapped(8, 1), [("来了".to_owned(), Some(4))]);
        field.key(Key::plain(Code::Home));
        assert_eq!(field.wrapped(8, 1), [("厨房顶上".to_owned(), Some(0))]);
        assert_eq!(Field::holding("厨房顶上").wrapped(8, 3), [("厨房顶上".to_owned(), None), (String::new(), Some(0))]);
        assert_eq!(Field::default().wrapped(8, 3), [(String::new(), Some(0))]);
    }

    #[test]
    fn pastes_are_cleaned_and_bounded() {
        let mut field = Field::default();
        field.insert("一\r\n二\u{1b}[31m\0三\u{202e}");
        assert_eq!(field.text(), "一 二[31m三");
        field.insert(&"水".repeat(50_000));
        assert_eq!(field.text().chars().count(), CHARACTERS_AT_MOST);
        assert_eq!(typed("a b ").text(), "a b ", "blanks typed are kept");
    }
}
