//! A home as people write it: `3-2-501`, `3栋2单元501`, `3号楼二单元501室`, `B座1203`, `3排4号`. Whether such a home exists
//! is not decided here, nor how well one fits; that is `door`.
//!
//! This is apart from `domain::room`, which reads whole texts to write a home down: it passes over what may be a ticket's
//! number, a phone or a date, takes the fullest form anywhere in the text, and wants it finished. Here a query is read while
//! it is typed, from its start, half a form counts (`3栋2`), and numbers that nothing names keep their order and are tried
//! as room, phone and ticket number alike. Chinese numerals are read by `domain` for both.

use super::pinyin;
use crate::domain::place::room::han_number;

/// A written home. What stands before a counter word is named by it; the rest keeps its order in `loose`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) building: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) floor: Option<String>,
    pub(super) room: Option<String>,
    /// 东 中 西: which door of the floor; kept only to be compared with rooms named so.
    pub(super) side: Option<String>,
    pub(super) loose: Vec<String>,
    /// As typed, for ticket numbers and phones written with dashes.
    pub(super) text: String,
}

/// What a counter word says about the number before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counter {
    Building,
    Unit,
    Floor,
    Storey,
    Room,
    Side,
    Number,
    Dash,
}

/// Counter words, longer ones before those they begin with. A Chinese numeral counts as one only before a `true`:
/// 王三楼 is a person.
const COUNTERS: &[(&str, Counter, bool)] = &[
    ("号楼", Counter::Building, true),
    ("号院", Counter::Building, true),
    ("栋", Counter::Building, true),
    ("幢", Counter::Building, true),
    ("座", Counter::Building, true),
    ("排", Counter::Building, true),
    ("#", Counter::Building, false),
    ("单元", Counter::Unit, true),
    ("单", Counter::Unit, false),
    ("门", Counter::Unit, false),
    ("层", Counter::Floor, false),
    ("楼", Counter::Storey, false),
    ("室", Counter::Room, false),
    ("房", Counter::Room, false),
    ("户", Counter::Side, false),
    ("号", Counter::Number, false),
    ("-", Counter::Dash, false),
    ("—", Counter::Dash, false),
    ("–", Counter::Dash, false),
    ("_", Counter::Dash, false),
    ("/", Counter::Dash, false),
    (".", Counter::Dash, false),
];

/// The written home at the start of a folded text without blanks, and how many characters it takes. Digits alone are
/// none, nor is a word: there must be a counter word or a dash.
pub(super) fn written(text: &[char]) -> Option<(Written, usize)> {
    let mut home = Written::default();
    let (mut at, mut sure) = (0, false);
    while let Some((number, after, plain)) = number(&text[at..]) {
        let (counter, taken) = match counter(&text[at + after..]) {
            Some((counter, taken, strong)) if plain || strong || sure => (Some(counter), taken),
            _ if plain && number.starts_with(|c: char| c.is_ascii_digit()) => (None, 0),
            _ => break,
        };
        if counter.is_none() && !sure {
            break;
        }
        match counter {
            Some(Counter::Building) => home.building = Some(number),
            Some(Counter::Unit) => home.unit = Some(number),
            Some(Counter::Floor) => home.floor = Some(number),
            Some(Counter::Storey) if home.building.is_some() => home.floor = Some(number),
            Some(Counter::Storey) => home.building = Some(number),
            Some(Counter::Side) if !number.starts_with(|c: char| c.is_ascii_digit()) => home.side = Some(number),
            Some(Counter::Room | Counter::Side) => home.room = Some(number),
            Some(Counter::Number) if home.building.is_some() => home.room = Some(number),
            Some(Counter::Number | Counter::Dash) | None => home.loose.push(number),
        }
        sure = true;
        at += after + taken;
        // A dash behind a counter word (`3#-2-501`) only parts.
        while counter != Some(Counter::Dash) && at < text.len() && counter_is_dash(&text[at..]) {
            at += 1;
        }
        if counter.is_none() && !text.get(at).is_some_and(char::is_ascii_digit) {
            break;
        }
    }
    home.text = text[..at].iter().collect();
    sure.then_some((home, at))
}

/// A stored building, unit or room as it is compared: folded, a Chinese numeral as digits.
pub(super) fn plain(part: &str) -> String {
    let part = pinyin::fold(part);
    let letters: Vec<char> = part.chars().collect();
    match number(&letters) {
        Some((number, taken, false)) if taken == letters.len() => number,
        _ => part,
    }
}

/// The number at the start: digits, a Chinese numeral, a single letter, or a side of the house; how many
/// characters it takes; and whether it counts with any counter word.
fn number(text: &[char]) -> Option<(String, usize, bool)> {
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        return Some((text[..digits].iter().collect(), digits, true));
    }
    match text {
        [c, next, ..] if c.is_ascii_lowercase() && !next.is_ascii_alphanumeric() => {
            return Some((c.to_string(), 1, true));
        }
        [side @ ('东' | '西' | '中' | '南' | '北'), '单', '元', ..] => return Some((side.to_string(), 1, true)),
        [side @ ('东' | '西' | '中' | '南' | '北'), '户', ..] => return Some((side.to_string(), 1, true)),
        _ => {}
    }
    let numeral: String = text.iter().take_while(|&&c| han_number(c.encode_utf8(&mut [0; 4])).is_some()).collect();
    let value = han_number(&numeral).filter(|value| *value <= 9_999)?;
    Some((value.to_string(), numeral.chars().count(), false))
}

fn counter(text: &[char]) -> Option<(Counter, usize, bool)> {
    COUNTERS.iter().find_map(|&(word, counter, strong)| {
        let mut letters = word.chars();
        let fits = letters.clone().count() <= text.len() && text.iter().zip(letters.by_ref()).all(|(a, b)| *a == b);
        fits.then(|| (counter, word.chars().count(), strong))
    })
}

fn counter_is_dash(text: &[char]) -> bool {
    matches!(counter(text), Some((Counter::Dash, ..)))
}

impl Written {
    /// All its digits, for a phone written with dashes.
    pub(super) fn digits(&self) -> String {
        self.text.chars().filter(char::is_ascii_digit).collect()
    }

    /// Only numbers and dashes: nothing is named.
    pub(super) fn dashed(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_by_what_follows_them() {
        let parse = |text: &str| written(&text.chars().collect::<Vec<_>>());
        let (home, taken) = parse("2号楼三单元4楼东户漏水").expect("a home");
        assert_eq!(taken, 10);
        assert_eq!(
            [&home.building, &home.unit, &home.floor, &home.side].map(Option::as_deref),
            [Some("2"), Some("3"), Some("4"), Some("东")]
        );
        assert_eq!(parse("1122-07").map(|(home, _)| home.loose), Some(vec!["1122".to_owned(), "07".to_owned()]));
        for text in ["501", "王三楼", "kly", "三", "单元", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(["三", "Ｂ", "二十一", "东户"].map(plain), ["3", "b", "21", "东户"]);
    }
}
