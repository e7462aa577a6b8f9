//! A home as people write it (`3-2-501`, `3栋2单元501`, `3号楼二单元501室`, `B座1203`) and how well it fits a stored
//! one. It does not decide whether such a home exists.

use super::pinyin;
use super::rank::{self, Mark};
use crate::domain::find::Why;

/// Building, unit and room of a stored home, folded; empty where there is none.
pub(super) type Door<'a> = [&'a str; 3];

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

/// The number at the start: digits, a Chinese numeral up to 99, a single letter, or a side of the house; how many
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
    let (mut value, mut taken) = (0, 0);
    for &c in text {
        match "〇一二三四五六七八九".chars().position(|digit| digit == c) {
            Some(digit) => value = if value % 10 == 0 { value + digit } else { value * 10 + digit },
            None if c == '两' => value += 2,
            None if c == '十' => value = value.max(1) * 10,
            None => break,
        }
        taken += 1;
        if value > 9_999 {
            return None;
        }
    }
    (taken > 0).then(|| (value.to_string(), taken, false))
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

    /// How well it fits a stored home. The last loose number may be unfinished, as it is while typing.
    pub(super) fn mark(&self, door: Door<'_>) -> Mark {
        let [building, unit, room] = door;
        let fits = |wanted: &Option<String>, have: &str| wanted.as_ref().is_none_or(|w| same(w, have));
        let floor_fits =
            self.floor.as_ref().is_none_or(|floor| room.len() > 2 && room.get(..room.len() - 2) == Some(floor));
        let side_fits =
            self.side.as_ref().is_none_or(|side| room.bytes().all(|b| b.is_ascii_digit()) || room.contains(side));
        let room_fits = self.room.as_ref().is_none_or(|wanted| room.starts_with(wanted.as_str()));
        if !(fits(&self.building, building) && fits(&self.unit, unit) && floor_fits && side_fits && room_fits) {
            return 0;
        }
        let named = Fit {
            building: self.building.is_some(),
            unit: self.unit.is_some(),
            room: self.room.as_ref().map(|wanted| wanted.len() == room.len()),
        };
        let worth = match self.loose.as_slice() {
            [] => named.worth(unit, self.floor.is_some()),
            [b, u, r] => named.with(door, Some(b), Some(u), Some(r)),
            [one] => [(Some(one), None, None), (None, Some(one), None), (None, None, Some(one))]
                .map(|(b, u, r)| named.with(door, b, u, r))
                .into_iter()
                .max()
                .unwrap_or(0),
            [one, two] => [(Some(one), Some(two), None), (Some(one), None, Some(two)), (None, Some(one), Some(two))]
                .map(|(b, u, r)| named.with(door, b, u, r))
                .into_iter()
                .max()
                .unwrap_or(0),
            [..] => 0,
        };
        if worth == 0 { 0 } else { rank::mark(worth, Why::Room) }
    }
}

/// Which parts of a home are given; `room` says whether in full.
#[derive(Clone, Copy)]
struct Fit {
    building: bool,
    unit: bool,
    room: Option<bool>,
}

impl Fit {
    /// Worth with loose numbers taken for these parts; the last of them may be a beginning only. 0 when one does not fit.
    fn with(self, door: Door<'_>, b: Option<&String>, u: Option<&String>, r: Option<&String>) -> u16 {
        let [building, unit, room] = door;
        if (b.is_some() && self.building) || (u.is_some() && self.unit) || (r.is_some() && self.room.is_some()) {
            return 0;
        }
        let mut fit = self;
        let mut begun = 100;
        if let Some(b) = b {
            // With nothing typed behind it, 1 may yet become 12.
            let last = u.is_none() && r.is_none();
            match same(b, building) {
                true => fit.building = true,
                false if last && !b.is_empty() && building.starts_with(b.as_str()) => {
                    (fit.building, begun) = (true, 60)
                }
                false => return 0,
            }
        }
        if let Some(u) = u {
            match same(u, unit) {
                true => fit.unit = true,
                false if r.is_none() && !u.is_empty() && unit.starts_with(u.as_str()) => (fit.unit, begun) = (true, 60),
                false => return 0,
            }
        }
        if let Some(r) = r {
            if !room.starts_with(r.as_str()) {
                return 0;
            }
            fit.room = Some(r.len() == room.len());
        }
        fit.worth(unit, false) * begun / 100
    }

    fn worth(self, unit: &str, floor: bool) -> u16 {
        match (self.building, self.unit, self.room) {
            (true, true, Some(true)) => 98,
            (true, true, Some(false)) => 82,
            (true, false, Some(true)) if unit.is_empty() => 98,
            (true, false, Some(true)) => 86,
            (true, false, Some(false)) => 68,
            (true, true, None) => 80,
            (false, true, Some(true)) => 72,
            (false, true, Some(false)) => 50,
            (true, false, None) => 74,
            (false, false, Some(true)) => 78,
            (false, false, Some(false)) => 56,
            (false, true, None) => 36,
            (false, false, None) if floor => 20,
            (false, false, None) => 0,
        }
    }
}

/// `03` is `3`.
fn same(typed: &str, have: &str) -> bool {
    typed == have || (!have.is_empty() && typed.trim_start_matches('0') == have.trim_start_matches('0'))
}

/// How well digits without a dash fit a home: `32501` is 3-2-501, and so is any beginning of it, of `2501` or of `501`;
/// a building, unit or room alone is too.
pub(super) fn digits_mark(digits: &str, door: Door<'_>) -> Mark {
    let [building, unit, room] = door;
    let n = digits.len();
    // The beginning of some parts written together: how many letters are not typed yet.
    let left = |parts: &[&str]| -> Option<usize> {
        let mut rest = digits;
        let mut left = 0;
        for part in parts {
            match rest.strip_prefix(part) {
                Some(after) => rest = after,
                None if part.starts_with(rest) => {
                    left += part.len() - rest.len();
                    rest = "";
                }
                None => return None,
            }
        }
        rest.is_empty().then_some(left)
    };
    let mut worth = 0;
    if !building.is_empty() {
        worth = match left(&[building, unit, room]) {
            Some(0) if room.is_empty() => 50,
            Some(0) if n >= 5 => 93,
            Some(0) => 76,
            Some(_) if n > 2 => 54,
            Some(_) => 34,
            None => 0,
        };
        if digits == building {
            worth = worth.max(50);
        }
    }
    if !unit.is_empty() {
        worth = worth.max(match left(&[unit, room]) {
            Some(0) if !room.is_empty() => 62,
            Some(_) if n > 2 => 42,
            Some(_) => 32,
            None => 0,
        });
        if digits == unit {
            worth = worth.max(36);
        }
    }
    if room.starts_with(digits) {
        worth = worth.max(match n {
            _ if room.len() == n && n >= 3 => 78,
            _ if room.len() == n => 46,
            1 => 30,
            2 => 40,
            _ => 56,
        });
    }
    if worth == 0 { 0 } else { rank::mark(worth, Why::Room) }
}

/// How well a word fits a home: a building or unit of that name (`b`, 西), or part of a room's (北屋).
pub(super) fn word_mark(word: &str, door: Door<'_>) -> Mark {
    let [building, unit, room] = door;
    if building == word {
        rank::mark(50, Why::Room)
    } else if unit == word {
        rank::mark(36, Why::Room)
    } else if !word.is_ascii() && [building, unit, room].iter().any(|part| part.contains(word)) {
        rank::mark(46, Why::Room)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<(Written, usize)> {
        written(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn every_written_form_fits_its_home_best() {
        for text in [
            "3-2-501",
            "3#2-501",
            "3#-2-501",
            "3栋2单元501",
            "3幢2单元501室",
            "3号楼二单元501",
            "三栋二单元501",
            "3号楼2-501",
            "03-02-501",
            "3.2.501",
        ] {
            let (home, taken) = parse(text).expect(text);
            assert_eq!(taken, text.chars().count(), "{text}");
            assert_eq!(rank::worth(home.mark(["3", "2", "501"])), 98, "{text}: {home:?}");
            for other in [["3", "1", "501"], ["2", "3", "501"], ["3", "2", "502"], ["13", "2", "501"]] {
                assert_eq!(home.mark(other), 0, "{text} is not {other:?}");
            }
        }
    }

    #[test]
    fn fewer_parts_and_other_forms() {
        for (text, door, worth) in [
            ("3-501", ["3", "", "501"], 98),
            ("3-501", ["3", "2", "501"], 86),
            ("2-501", ["3", "2", "501"], 72),
            ("3-2", ["3", "2", "501"], 80),
            ("3-", ["3", "2", "501"], 74),
            ("b座1203", ["b", "", "1203"], 98),
            ("b-1203", ["b", "", "1203"], 98),
            ("3排4号", ["3", "", "4"], 98),
            ("十二栋", ["12", "", "101"], 74),
            ("501室", ["3", "2", "501"], 78),
            ("2号楼3单元4楼东户", ["2", "3", "401"], 80),
            ("西单元", ["5", "西", "3"], 36),
        ] {
            let (home, taken) = parse(text).expect(text);
            assert_eq!((rank::worth(home.mark(door)), taken), (worth, text.chars().count()), "{text} {home:?}");
        }
        for text in ["501", "王三楼", "kly", "三", "单元", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn bare_digits() {
        for (digits, worth) in [("32501", 93), ("3250", 54), ("2501", 62), ("501", 78), ("3", 50), ("32", 34), ("9", 0)]
        {
            assert_eq!(rank::worth(digits_mark(digits, ["3", "2", "501"])), worth, "{digits}");
        }
    }
}
