//! What the values of a filter may be, and what can still follow what is typed.
//! Which compounds and people there are is told to it; so is how a name in Chinese answers to pinyin.

use super::super::ticket::{Channel, Priority, Status};
use super::parse::{last_term, spelled_flag, spelled_head};
use super::{Flag, Head};
use crate::domain::base::id::{OperatorId, PlaceId, StaffId};
use crate::domain::base::time::{Day, Zone};

/// How well a name in Chinese and English answers to what is typed; none when it does not.
pub type Fits = fn(zh: &str, en: &str, typed: &str) -> Option<i32>;

/// A value a term may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Behind `status:`.
    Status(Status),
    /// Behind `compound:`.
    Compound(PlaceId),
    /// Behind `cat:`.
    Category(String),
    /// Behind `pri:`.
    Priority(Priority),
    /// Behind `who:`; `None` is nobody.
    Who(Option<StaffId>),
    /// Behind `channel:`.
    Channel(Channel),
}

impl Value {
    /// What it stands behind.
    pub const fn head(&self) -> Head {
        match self {
            Self::Status(_) => Head::Status,
            Self::Compound(_) => Head::Compound,
            Self::Category(_) => Head::Category,
            Self::Priority(_) => Head::Priority,
            Self::Who(_) => Head::Who,
            Self::Channel(_) => Head::Channel,
        }
    }
}

/// A value and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The value.
    pub value: Value,
    /// Its code, where it has one.
    pub code: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
}

/// Whose desk it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Me {
    /// The operator.
    pub operator: Option<OperatorId>,
    /// Who he is among the staff.
    pub staff: Option<StaffId>,
}

/// Everything a filter is read with.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// All values, in the order they are offered.
    pub values: Vec<Known>,
    /// How names answer to what is typed.
    pub fits: Fits,
    /// The business date of now.
    pub today: Day,
    /// The only zone.
    pub zone: Zone,
    /// Whose desk it is.
    pub me: Me,
}

impl Vocabulary {
    /// The values a text means: those called just so, else those that begin with it, else that hold it, else that answer
    /// to it in pinyin.
    pub fn meant(&self, head: Head, typed: &str) -> Vec<&Known> {
        let typed = crate::domain::base::clean::folded(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let of_head = || self.values.iter().filter(move |known| known.value.head() == head);
        let tiers: [&dyn Fn(&Known) -> bool; 4] = [
            &|known| known.names().any(|name| name == typed),
            &|known| known.names().any(|name| name.starts_with(&typed)),
            &|known| known.names().any(|name| name.contains(&typed)),
            &|known| (self.fits)(&known.zh, &known.en, &typed).is_some(),
        ];
        tiers
            .iter()
            .map(|fits| of_head().filter(|known| fits(known)).collect::<Vec<_>>())
            .find(|v| !v.is_empty())
            .unwrap_or_default()
    }
}

impl Known {
    fn names(&self) -> impl Iterator<Item = String> {
        [&self.code, &self.zh, &self.en]
            .map(|name| crate::domain::base::clean::folded(name))
            .into_iter()
            .filter(|name| !name.is_empty())
    }
}

/// Something that can follow what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A head; its colon follows.
    Head(Head),
    /// A flag.
    Flag(Flag),
    /// A value of the head that is typed.
    Value(Known),
    /// A status written without its head, which goes before it.
    Status(Known),
}

/// What may become of the last term of a text, the likeliest first; everything when it has none yet.
pub fn offers(text: &str, vocabulary: &Vocabulary) -> Vec<Offer> {
    let last = last_term(text);
    if let Some((head, value)) = &last.head {
        let Some(head) = spelled_head(head, vocabulary.fits) else { return Vec::new() };
        // Of several values behind commas the last is being typed.
        let value = value.rsplit([',', '，', '、']).next().unwrap_or_default();
        let all = || vocabulary.values.iter().filter(|known| known.value.head() == head);
        let meant: Vec<Known> = if value.is_empty() {
            all().cloned().collect()
        } else {
            vocabulary.meant(head, value).into_iter().cloned().collect()
        };
        return meant.into_iter().map(Offer::Value).collect();
    }
    let flags =
        Flag::ALL.iter().copied().filter(|flag| last.begins(spelled_flag(*flag), vocabulary.fits)).map(Offer::Flag);
    let heads = Head::ALL
        .iter()
        .copied()
        .filter(|head| last.begins(super::parse::spelled(*head), vocabulary.fits))
        .map(Offer::Head);
    // `待派单` by itself is a word to look for; the status of that name is mostly meant.
    let begins = |known: &&Known| last.begins(&[&known.zh, &known.en, &known.code], vocabulary.fits);
    let of_status = vocabulary.values.iter().filter(|known| known.value.head() == Head::Status && !last.is_empty());
    heads.chain(flags).chain(of_status.filter(begins).cloned().map(Offer::Status)).collect()
}

/// The text with its last term made what is offered; `word` is how that is written.
pub fn with_offer(text: &str, offer: &Offer, word: &str) -> String {
    let last = last_term(text);
    let kept = &text[..last.from];
    match offer {
        Offer::Head(_) => format!("{kept}{word}:"),
        Offer::Flag(_) | Offer::Status(_) => format!("{kept}{word} "),
        Offer::Value(_) => {
            let typed = &text[last.from..];
            let head = &typed[..typed
                .rfind([':', '：', ',', '，', '、'])
                .map_or(0, |at| at + typed[at..].chars().next().map_or(1, char::len_utf8))];
            let word = if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() };
            format!("{kept}{head}{word} ")
        }
    }
}
