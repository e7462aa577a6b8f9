//! Residents and how they are named. Names and phones are types that print masked; only `reveal` gives the text.
//! Who may see what is not decided here.

pub mod nickname;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::coded;
use crate::domain::base::clean;
use crate::domain::base::id::PersonId;

/// A person's name. `Debug` and `Display` show the surname only: `张*`, `欧阳**`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PersonName(String);

impl PersonName {
    /// A cleaned name.
    ///
    /// # Errors
    /// [`Refusal::NulInText`] as any text; [`Refusal::NameEmpty`] when nothing is left; [`Refusal::TextTooLong`] above 40 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let name = clean::line(text)?;
        match name.chars().count() {
            0 => Err(Refusal::NameEmpty),
            1..=40 => Ok(Self(name)),
            _ => Err(Refusal::TextTooLong { at_most: 40 }),
        }
    }

    /// A name read back from the data file, where it was stored clean.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The name itself, for a screen or page that may show it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `张*`: the surname, and a mark for each further character.
    pub fn masked(&self) -> String {
        let count = self.0.chars().count();
        if self.0.is_ascii() {
            return match self.0.split_once(' ') {
                Some((first, _)) => format!("{first} *"),
                None => self.0.chars().take(1).chain(std::iter::once('*')).collect(),
            };
        }
        let shown = if count > 2 && DOUBLE_SURNAMES.iter().any(|s| self.0.starts_with(s)) { 2 } else { 1 };
        self.0.chars().take(shown).chain(std::iter::repeat_n('*', count.saturating_sub(shown).max(1))).collect()
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Whether a name or a phone was masked before it was written down: `张*`, `138****5678`. It stands for nobody.
pub fn is_masked(text: &str) -> bool {
    text.contains(['*', '＊'])
}

/// Surnames of two characters in use today.
pub const DOUBLE_SURNAMES: [&str; 17] = [
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "司徒", "宇文", "长孙",
    "端木", "万俟", "独孤",
];

/// A phone number: digits only, a leading `+` kept out. `Debug` and `Display` mask the middle: `138****5678`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phone(String);

impl Phone {
    /// The digits of a written number: `138-0000 5678`, `+86 138 0000 5678`, `0355-600 0000`, full-width digits.
    ///
    /// # Errors
    /// [`Refusal::PhoneUnclear`] unless 3 to 15 digits and nothing but digits and separators are found.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = clean::half_width(&clean::line(text)?);
        let text = text.trim();
        let unclear = || Refusal::PhoneUnclear;
        let body = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(text);
        let body = body.strip_prefix('+').unwrap_or(body);
        if !body.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '—' | '–' | '_'))
        {
            return Err(unclear());
        }
        let mut digits: String = body.chars().filter(char::is_ascii_digit).collect();
        if digits.len() == 13 && digits.starts_with("861") {
            digits.drain(..2);
        }
        if (3..=15).contains(&digits.len()) { Ok(Self(digits)) } else { Err(unclear()) }
    }

    /// A number read back from the data file, where it was stored as digits.
    pub fn stored(digits: String) -> Self {
        Self(digits)
    }

    /// The digits.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `138****5678`; short numbers keep their last two digits.
    pub fn masked(&self) -> String {
        let d = &self.0;
        match d.len() {
            0..=4 => format!("**{}", &d[d.len().saturating_sub(2)..]),
            5..=8 => format!("{}****{}", &d[..1], &d[d.len() - 2..]),
            _ => format!("{}****{}", &d[..3], &d[d.len() - 4..]),
        }
    }

    /// For reading aloud, in threes and fours: `138 0000 5678`, `0355 600 0000`, `600 0000`.
    pub fn spoken(&self) -> String {
        let d = &self.0;
        match d.len() {
            11 if d.starts_with('0') => format!("{} {} {}", &d[..4], &d[4..7], &d[7..]),
            11 => format!("{} {} {}", &d[..3], &d[3..7], &d[7..]),
            7 => format!("{} {}", &d[..3], &d[3..]),
            8 => format!("{} {}", &d[..4], &d[4..]),
            _ => d.clone(),
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

coded! {
    /// What a person is in a home.
    pub enum Relation {
        /// 业主
        Owner = "owner",
        /// 租户
        Tenant = "tenant",
        /// 家属
        Family = "family",
    }
}

coded! {
    /// Care flags 关爱对象: households that are looked after first.
    pub enum Care {
        /// 独居
        LivesAlone = "alone",
        /// 残疾
        Disabled = "disabled",
        /// 低保
        MinimumIncome = "low_income",
        /// 孕妇
        Pregnant = "pregnant",
        /// 婴幼儿
        Infant = "infant",
        /// 80 岁以上
        Over80 = "over_80",
    }
}

coded! {
    /// Work flags: who may be hired or helped into work.
    pub enum Work {
        /// 失业
        Jobless = "jobless",
        /// 就业困难
        HardToEmploy = "hard_to_employ",
        /// 零就业家庭
        ZeroJobHousehold = "zero_job_household",
        /// 困难家庭
        HardUp = "hard_up",
        /// 愿意就业
        WantsWork = "wants_work",
    }
}

/// A set of coded flags, kept as one number: bit n is the n-th value of `ALL`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flags(pub u32);

impl Flags {
    /// Whether the n-th flag is set.
    pub const fn has(self, n: usize) -> bool {
        self.0 & (1 << n) != 0
    }

    /// These flags and the n-th.
    #[must_use]
    pub const fn with(self, n: usize) -> Self {
        Self(self.0 | (1 << n))
    }

    /// The care flags set.
    pub fn care(self) -> impl Iterator<Item = Care> {
        Care::ALL.iter().copied().filter(move |&flag| self.has(flag as usize))
    }

    /// The work flags set.
    pub fn work(self) -> impl Iterator<Item = Work> {
        Work::ALL.iter().copied().filter(move |&flag| self.has(flag as usize))
    }
}

/// A resident, apart from where he lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: PersonName,
    /// What people call him 称呼, most used first.
    pub called: Vec<String>,
    /// Phones, most used first.
    pub phones: Vec<Phone>,
    /// Year of birth.
    pub born: Option<i32>,
    /// [`Care`] flags.
    pub care: Flags,
    /// [`Work`] flags.
    pub work: Flags,
    /// Row version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks() {
        for (name, masked) in [
            ("张三", "张*"),
            ("陈凤英", "陈**"),
            ("欧阳小花", "欧阳**"),
            ("欧阳", "欧*"),
            ("Ann Lee", "Ann *"),
            ("Bob", "B*"),
        ] {
            assert_eq!(PersonName::new(name).map(|n| format!("{n:?}")), Ok(masked.to_owned()), "{name}");
        }
        assert_eq!(PersonName::new(" \u{3000}"), Err(Refusal::NameEmpty));
    }

    #[test]
    fn phones_in_the_forms_people_write() {
        for (text, digits, masked, spoken) in [
            ("138-0000 5678", "13800005678", "138****5678", "138 0000 5678"),
            ("+86 138 0000 5678", "13800005678", "138****5678", "138 0000 5678"),
            ("８６１３８００００５６７８", "13800005678", "138****5678", "138 0000 5678"),
            ("0355-6001234", "03556001234", "035****1234", "0355 600 1234"),
            ("6001234", "6001234", "6****34", "600 1234"),
            ("110", "110", "**10", "110"),
        ] {
            let phone = Phone::new(text).expect(text);
            assert_eq!(
                (phone.reveal(), phone.to_string().as_str(), phone.spoken().as_str()),
                (digits, masked, spoken),
                "{text}"
            );
        }
        for bad in ["", "12", "1234567890123456", "张三", "138x0000"] {
            assert_eq!(Phone::new(bad), Err(Refusal::PhoneUnclear), "{bad:?}");
        }
    }
}
