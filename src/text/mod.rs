//! The words of the program in Chinese and English. The language is an argument, never a global.
//! A text is one value holding both languages, written where it is used, so neither can be missing.

pub mod danger;
pub mod figures;
pub mod filter;
pub mod handover;
pub mod labels;
pub mod referral;
pub mod refusal;
pub mod roster;
pub mod settings;
pub mod span;
pub mod staffing;
pub mod sum;
pub mod trouble;
mod turns;
pub mod wrap;
pub mod wrong_clock;

use std::fmt::Display;

/// A language of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language a setting or a locale names: `zh`, `zh_CN.UTF-8`, `Chinese`; English when it does not say Chinese.
    pub fn from_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.starts_with("zh") || name.starts_with("chinese") || name.starts_with('中') {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// One text in both languages. `{name}` marks what [`Text::with`] fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A text from its two languages.
pub const fn t(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Text {
    /// The words in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The words in `lang` with each `{name}` replaced by its value. A value is never looked through again: what a resident
    /// said may hold `{number}` too.
    pub fn with(self, lang: Lang, values: &[(&str, &dyn Display)]) -> String {
        let mut words = String::new();
        let mut rest = self.get(lang);
        while let Some((before, from)) = rest.split_once('{') {
            words.push_str(before);
            let named = from.split_once('}').and_then(|(name, after)| {
                let value = values.iter().find(|(known, _)| *known == name)?.1;
                Some((value, after))
            });
            if let Some((value, after)) = named {
                words.push_str(&value.to_string());
                rest = after;
            } else {
                words.push('{');
                rest = from;
            }
        }
        words + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_looks_like_a_mark_is_left_as_it_is() {
        let words = t("{words}，单号 {number}，{other}", "{number}: {words} {words} {");
        let values: [(&str, &dyn Display); 2] = [("words", &"夸 {number} 和 {words}"), ("number", &"WO-1 {words}")];
        assert_eq!(words.with(Lang::Zh, &values), "夸 {number} 和 {words}，单号 WO-1 {words}，{other}");
        assert_eq!(words.with(Lang::En, &values), "WO-1 {words}: 夸 {number} 和 {words} 夸 {number} 和 {words} {");
    }
}
