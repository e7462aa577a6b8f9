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

    /// The words in `lang` with each `{name}` replaced by its value.
    pub fn with(self, lang: Lang, values: &[(&str, &dyn Display)]) -> String {
        let mut words = self.get(lang).to_owned();
        for (name, value) in values {
            words = words.replace(&format!("{{{name}}}"), &value.to_string());
        }
        words
    }
}
