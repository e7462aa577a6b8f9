//! One key as the desk knows it, apart from any terminal library, and the forms it is written and shown in.
//! What a key does is not here; that is `keymap` and the commands.

use std::fmt;

use crate::domain::base::clean::half_width_char;

/// What was pressed. Shift is part of the character it makes; of named keys only Shift+Tab is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, as typed.
    Char(char),
    /// A function key, 1 to 12.
    F(u8),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Shift+Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Ctrl held.
    pub ctrl: bool,
    /// Alt held.
    pub alt: bool,
}

/// Written name, shown name, key; the written one is used in `COMMANDS` and in settings.
const NAMED: [(&str, &str, Code); 15] = [
    ("enter", "Enter", Code::Enter),
    ("esc", "Esc", Code::Esc),
    ("tab", "Tab", Code::Tab),
    ("shift-tab", "Shift+Tab", Code::BackTab),
    ("backspace", "Backspace", Code::Backspace),
    ("delete", "Del", Code::Delete),
    ("left", "Left", Code::Left),
    ("right", "Right", Code::Right),
    ("up", "Up", Code::Up),
    ("down", "Down", Code::Down),
    ("home", "Home", Code::Home),
    ("end", "End", Code::End),
    ("pgup", "PgUp", Code::PageUp),
    ("pgdn", "PgDn", Code::PageDown),
    ("space", "Space", Code::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// The key `text` names: `n`, `?`, `ctrl-s`, `f2`, `space`, `shift-tab`; nothing when it names none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-") {
                (key.ctrl, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("alt-") {
                (key.alt, rest) = (true, after);
            } else {
                break;
            }
        }
        key.code = if let Some(&(_, _, code)) = NAMED.iter().find(|(name, _, _)| *name == rest) {
            code
        } else if let Some(n) = rest.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n)) {
            Code::F(n)
        } else {
            let mut chars = rest.chars();
            let c = chars.next()?;
            if chars.next().is_some() || c.is_control() || c == ' ' {
                return None;
            }
            Code::Char(c)
        };
        Some(key)
    }

    /// A sequence of keys with blanks between: `g g`.
    pub fn parse_sequence(text: &str) -> Option<Vec<Self>> {
        text.split(' ').map(Self::parse).collect()
    }

    /// The character this key would type into a field.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The key looked up when no field has the focus: full-width and Chinese punctuation stand for the ASCII key under it,
    /// so a Chinese input method left on does not silence `/`, `?` or `.`.
    #[must_use]
    pub fn folded(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match c {
            '。' | '．' => '.',
            '、' => '/',
            '【' => '[',
            '】' => ']',
            '《' | '〈' => '<',
            '》' | '〉' => '>',
            '￥' | '¥' => '$',
            '“' | '”' | '「' | '」' => '"',
            '‘' | '’' => '\'',
            '·' => '`',
            '—' => '_',
            '…' => '^',
            c => half_width_char(c),
        };
        let c = if self.ctrl { c.to_ascii_lowercase() } else { c };
        Self { code: Code::Char(c), ..self }
    }

    /// As shown to people: `Ctrl+S`, `F2`, `?`.
    pub fn shown(self) -> String {
        let name = match NAMED.iter().find(|(_, _, code)| *code == self.code) {
            Some((_, shown, _)) => (*shown).to_owned(),
            None => match self.code {
                Code::F(n) => format!("F{n}"),
                Code::Char(c) if self.ctrl || self.alt => c.to_uppercase().to_string(),
                Code::Char(c) => c.to_string(),
                _ => String::new(),
            },
        };
        let (ctrl, alt) = (if self.ctrl { "Ctrl+" } else { "" }, if self.alt { "Alt+" } else { "" });
        format!("{ctrl}{alt}{name}")
    }
}

impl fmt::Display for Key {
    /// As written: `ctrl-s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ctrl { "ctrl-" } else { "" })?;
        f.write_str(if self.alt { "alt-" } else { "" })?;
        match NAMED.iter().find(|(_, _, code)| *code == self.code) {
            Some((name, _, _)) => f.write_str(name),
            None => match self.code {
                Code::F(n) => write!(f, "f{n}"),
                Code::Char(c) => write!(f, "{c}"),
                _ => Ok(()),
            },
        }
    }
}

/// A written sequence as shown to people: `g g` as `g g`, `ctrl-s` as `Ctrl+S`.
pub fn shown(sequence: &str) -> String {
    match Key::parse_sequence(sequence) {
        Some(keys) => keys.into_iter().map(Key::shown).collect::<Vec<_>>().join(" "),
        None => sequence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_read_back_and_are_shown_in_words() {
        for (written, seen) in [
            ("n", "n"),
            ("N", "N"),
            ("?", "?"),
            ("ctrl-s", "Ctrl+S"),
            ("f2", "F2"),
            ("f12", "F12"),
            ("space", "Space"),
            ("shift-tab", "Shift+Tab"),
            ("pgdn", "PgDn"),
            ("alt-x", "Alt+X"),
            ("-", "-"),
            ("f", "f"),
        ] {
            let key = Key::parse(written).expect(written);
            assert_eq!((key.to_string().as_str(), key.shown().as_str()), (written, seen));
        }
        assert_eq!(Key::parse_sequence("g g").map(|keys| keys.len()), Some(2));
        for bad in ["", "ctrl-", "f13", "f0", "enter enter", "nn"] {
            assert_eq!(Key::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_chinese_input_method_left_on_still_gives_the_ascii_key() {
        for (typed, key) in [
            ('？', '?'),
            ('／', '/'),
            ('、', '/'),
            ('：', ':'),
            ('。', '.'),
            ('Ｎ', 'N'),
            ('１', '1'),
            ('【', '['),
            ('》', '>'),
            ('￥', '$'),
            ('’', '\''),
            ('\u{3000}', ' '),
            ('漏', '漏'),
        ] {
            assert_eq!(Key::char(typed).folded(), Key::char(key), "{typed}");
        }
    }
}
