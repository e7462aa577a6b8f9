//! Reads a filter as it is typed: `漏水 状态:挂起 -小区:康乐苑 late from:周一`. Chinese and English heads, full-width signs, `-` denies.
//! A word it knows no meaning of is a word to look for; a head or a value it does not know is refused, by name.

use chrono::{Datelike, Duration};

use super::super::refusal::Refusal;
use super::super::ticket::{Number, Priority};
use super::{Filter, Fits, Flag, Head, Known, Spot, Term, Test, Value, Vocabulary, Word};
use crate::domain::base::clean::{folded, half_width};
use crate::domain::base::time::{Day, Lean, parse_day_leaning};

/// How a head may be written; the first is its code.
pub(super) const fn spelled(head: Head) -> &'static [&'static str] {
    match head {
        Head::Status => &["status", "状态"],
        Head::Compound => &["compound", "小区"],
        Head::Category => &["cat", "category", "分类"],
        Head::Priority => &["pri", "priority", "级别"],
        Head::Who => &["who", "handler", "处理人", "谁"],
        Head::Channel => &["channel", "来源", "渠道"],
        Head::Place => &["place", "地点", "位置"],
        Head::From => &["from", "since", "从", "自"],
        Head::To => &["to", "until", "到", "至"],
    }
}

/// How a flag may be written; the first is its code.
pub(super) const fn spelled_flag(flag: Flag) -> &'static [&'static str] {
    match flag {
        Flag::Late => &["late", "超时"],
        Flag::Soon => &["soon", "将到"],
        Flag::Silent => &["silent", "没回话"],
        Flag::Ask => &["ask", "该问"],
        Flag::Watched => &["watched", "督办"],
        Flag::Reopened => &["reopened", "重办"],
        Flag::Missing => &["missing", "待补"],
        Flag::Paused => &["paused", "挂起"],
        Flag::Mine => &["mine", "我的"],
        Flag::Closed => &["closed", "已结"],
        Flag::All => &["all", "全部"],
    }
}

/// The head a text means: spelled out, by a beginning that only one has, or in pinyin.
pub(super) fn spelled_head(typed: &str, fits: Fits) -> Option<Head> {
    let typed = folded(typed);
    let exact = |head: &&Head| spelled(**head).contains(&typed.as_str());
    if let Some(head) = Head::ALL.iter().find(exact) {
        return Some(*head);
    }
    let only = |any: &dyn Fn(&str) -> bool| {
        let mut found = Head::ALL.iter().filter(|head| spelled(**head).iter().any(|word| any(word)));
        found.next().copied().filter(|_| found.next().is_none())
    };
    only(&|word| word.starts_with(&typed))
        .or_else(|| only(&|word| !word.is_ascii() && fits(word, "", &typed).is_some()))
}

/// A term as it stands in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Raw {
    /// Where it begins, its sign left out.
    pub(super) from: usize,
    not: bool,
    /// Between quotes: words, whatever they say.
    quoted: bool,
    /// All of it, without quotes.
    text: String,
    /// What stands before and behind its colon.
    pub(super) head: Option<(String, String)>,
}

impl Raw {
    /// Whether nothing is typed of it yet.
    pub(super) const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether one of these words begins with it, or answers to it in pinyin.
    pub(super) fn begins(&self, words: &[&str], fits: Fits) -> bool {
        let typed = folded(&self.text);
        let pinyin = |word: &&str| !word.is_ascii() && typed.is_ascii() && fits(word, "", &typed).is_some();
        !self.quoted && (typed.is_empty() || words.iter().any(|word| word.starts_with(&typed) || pinyin(word)))
    }
}

/// Takes a text apart at its blanks; what stands between quotes is one term, or one value.
fn terms(text: &str) -> Vec<Raw> {
    let mut all: Vec<Raw> = Vec::new();
    let mut now: Option<Raw> = None;
    let (mut inside, mut colon) = (false, None);
    let mut finish = |raw: Raw, colon: &mut Option<usize>| {
        let head = colon.take().map(|at: usize| (raw.text[..at].to_owned(), raw.text[at + 1..].to_owned()));
        // `状态: 挂起`: the value has come behind a blank.
        if let Some((_, value)) = all.last_mut().and_then(|last: &mut Raw| last.head.as_mut())
            && value.is_empty()
            && head.is_none()
            && !raw.not
        {
            value.clone_from(&raw.text);
            return;
        }
        all.push(Raw { head, ..raw });
    };
    for (at, c) in text.char_indices() {
        let sign = match c {
            '“' | '”' | '「' | '」' => '"',
            c => crate::domain::base::clean::half_width_char(c),
        };
        if sign.is_whitespace() && !inside {
            if let Some(raw) = now.take() {
                finish(raw, &mut colon);
            }
            continue;
        }
        let raw = now.get_or_insert_with(|| Raw { from: at, ..Raw::default() });
        match sign {
            '-' if raw.text.is_empty() && !raw.not && !raw.quoted => {
                raw.not = true;
                raw.from = at + c.len_utf8();
            }
            '"' => {
                inside = !inside;
                raw.quoted |= colon.is_none() && raw.text.is_empty();
            }
            ':' if !inside && !raw.quoted && colon.is_none() && !raw.text.is_empty() => {
                colon = Some(raw.text.len());
                raw.text.push(':');
            }
            c => raw.text.push(c),
        }
    }
    if let Some(raw) = now {
        finish(raw, &mut colon);
    }
    all
}

/// The term being typed at the end of a text; an empty one behind a blank.
pub(super) fn last_term(text: &str) -> Raw {
    let empty = Raw { from: text.len(), ..Raw::default() };
    let last = terms(text).pop().unwrap_or(empty.clone());
    let waits = last.head.as_ref().is_some_and(|(_, value)| value.is_empty());
    if text.ends_with(char::is_whitespace) && !waits { empty } else { last }
}

/// Reads a filter. Nothing typed is every open ticket; a head without its value yet is passed over.
///
/// # Errors
/// [`Refusal::FilterHead`], [`Refusal::FilterValue`], [`Refusal::FilterDay`]: the term that is not understood.
pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Filter, Refusal> {
    let mut filter = Filter::open();
    for raw in terms(text) {
        let test = match &raw.head {
            // A clock time is no term of ours.
            Some((head, value)) if !head.chars().all(|c| c.is_ascii_digit()) => {
                let unknown = || Refusal::FilterHead { head: head.clone() };
                let head = spelled_head(head, vocabulary.fits).ok_or_else(unknown)?;
                if value.is_empty() {
                    continue;
                }
                of_head(head, value, vocabulary)?
            }
            _ if raw.text.is_empty() => continue,
            _ => of_word(&raw, vocabulary),
        };
        let ended = match &test {
            Test::Is(Flag::All | Flag::Closed) | Test::From(_) | Test::Before(_) => true,
            Test::Status(statuses) => statuses.iter().any(|status| !status.open()),
            _ => false,
        };
        filter.open &= !ended || raw.not;
        if test != Test::Is(Flag::All) {
            filter.terms.push(Term { not: raw.not, test });
        }
    }
    Ok(filter)
}

fn of_word(raw: &Raw, vocabulary: &Vocabulary) -> Test {
    let typed = folded(&raw.text);
    if !raw.quoted {
        if let Some(flag) = Flag::ALL.iter().find(|flag| spelled_flag(**flag).contains(&typed.as_str())) {
            return if *flag == Flag::Mine { Test::Of(vocabulary.me) } else { Test::Is(*flag) };
        }
        if let Some(priority) = Priority::ALL.iter().find(|priority| folded(priority.code()) == typed) {
            return Test::Priority(vec![*priority]);
        }
    }
    let mut word = Word::plain(&raw.text);
    // One letter would name half of all people.
    if !raw.quoted && (!typed.is_ascii() || typed.len() > 1) {
        for known in vocabulary.meant(Head::Compound, &typed).into_iter().chain(vocabulary.meant(Head::Who, &typed)) {
            match &known.value {
                Value::Compound(id) => word.compounds.push(*id),
                Value::Who(Some(id)) => word.staff.push(*id),
                _ => {}
            }
        }
        word.number = Number::parse(&typed, vocabulary.today);
    }
    Test::Word(word)
}

fn of_head(head: Head, value: &str, vocabulary: &Vocabulary) -> Result<Test, Refusal> {
    let no_day = || Refusal::FilterDay { text: value.to_owned() };
    let zone = vocabulary.zone;
    match head {
        Head::Place => return Ok(Test::Place(Spot::new(value))),
        Head::From => return Ok(Test::From(zone.at(day(value, vocabulary.today).ok_or_else(no_day)?, 0))),
        Head::To => {
            let last = day(value, vocabulary.today).ok_or_else(no_day)?;
            return Ok(Test::Before(zone.at(last.succ_opt().unwrap_or(last), 0)));
        }
        _ => {}
    }
    let mut meant: Vec<Value> = Vec::new();
    for one in value.split([',', '，', '、']).filter(|one| !one.is_empty()) {
        let found = vocabulary.meant(head, one);
        if found.is_empty() {
            let known = vocabulary.values.iter().filter(|known| known.value.head() == head);
            let names = known.map(|known: &Known| (known.zh.clone(), named_in_english(known))).collect();
            return Err(Refusal::FilterValue { head, text: one.to_owned(), names });
        }
        meant.extend(found.into_iter().map(|known| known.value.clone()));
    }
    macro_rules! all {
        ($variant:ident) => {
            meant
                .into_iter()
                .filter_map(|value| if let Value::$variant(value) = value { Some(value) } else { None })
                .collect()
        };
    }
    Ok(match head {
        Head::Status => Test::Status(all!(Status)),
        Head::Compound => Test::Compound(all!(Compound)),
        Head::Category => Test::Category(all!(Category)),
        Head::Priority => Test::Priority(all!(Priority)),
        Head::Channel => Test::Channel(all!(Channel)),
        _ => Test::Who(all!(Who)),
    })
}

fn named_in_english(known: &Known) -> String {
    if known.code.is_empty() { known.en.clone() } else { known.code.clone() }
}

/// A day: as dates are written anywhere, the newest of that name; `本周`, `本月`, `7天` (so many days back).
fn day(text: &str, today: Day) -> Option<Day> {
    let text = half_width(text).to_lowercase();
    match text.as_str() {
        "本周" | "week" => return Some(today - Duration::days(i64::from(today.weekday().num_days_from_monday()))),
        "本月" | "month" => return today.with_day(1),
        "前天" => return Some(today - Duration::days(2)),
        _ => {}
    }
    let back = text.strip_suffix("天前").or_else(|| text.strip_suffix('天')).or_else(|| text.strip_suffix('d'));
    if let Some(days) = back.and_then(|days| days.parse::<u16>().ok()) {
        return today.checked_sub_signed(Duration::days(i64::from(days)));
    }
    parse_day_leaning(&text, today, Lean::Past)
}
