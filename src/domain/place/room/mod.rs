//! The written forms of a home: `3-2-501`, `3栋2单元501`, `3排4号`, `2号楼3单元4楼东户` and many more, read into one value and written in one way.
//! Whether such a home exists, and which room 东户 is on that stair, is not known here; those are rows of the data file.

mod assign;
mod pieces;

#[cfg(test)]
mod tests;

use crate::coded;
use crate::domain::base::clean::half_width;

coded! {
    /// Which door of a landing, where people name it by the compass. The room number it stands for is set per stair.
    pub enum Side {
        /// 东户
        East = "east",
        /// 中户
        Middle = "middle",
        /// 西户
        West = "west",
        /// 南户
        South = "south",
        /// 北户
        North = "north",
    }
}

impl Side {
    fn from_han(c: char) -> Option<Self> {
        Some(match c {
            '东' => Self::East,
            '中' => Self::Middle,
            '西' => Self::West,
            '南' => Self::South,
            '北' => Self::North,
            _ => return None,
        })
    }

    /// `东`
    pub const fn han(self) -> char {
        match self {
            Self::East => '东',
            Self::Middle => '中',
            Self::West => '西',
            Self::South => '南',
            Self::North => '北',
        }
    }
}

/// What a written form says of a home. A form may stop anywhere: `3号楼` is a building, `501` a room of some building.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RoomForm {
    /// `3`, `B`, `A3`, `3排`, `12号院`, `12号院3排`: without the counter word, except for rows and yards.
    pub building: Option<String>,
    /// `2`; `西` where stairs are named by the compass.
    pub unit: Option<String>,
    /// Floor where one is named; −1 is the first below ground. A room number does not set it.
    pub floor: Option<i32>,
    /// `501`, `-101`, `301-1`, `甲501`; `4` in a row; `北屋` in a yard.
    pub room: Option<String>,
    /// 东户, 西户 ...: names the room together with the floor.
    pub side: Option<Side>,
}

impl RoomForm {
    /// The form as it is always displayed; see [`label`]. Floor and side follow when no room is named: `2-3-4楼东户`.
    pub fn label(&self) -> String {
        let (building, unit, room) = (self.building.as_deref(), self.unit.as_deref(), self.room.as_deref());
        if room.is_some() || (self.floor.is_none() && self.side.is_none()) {
            return label(building, unit, room);
        }
        let mut text = label(building, unit, None);
        if building.is_some_and(is_number_or_letter) && unit.is_some() {
            text.push('-');
        }
        if let Some(floor) = self.floor {
            text.push_str(&format!("{floor}楼").replace('-', "负"));
        }
        if let Some(side) = self.side {
            text.extend([side.han(), '户']);
        }
        text
    }
}

/// A form found in a text, with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The words before the form, trimmed: `康乐苑` of `康乐苑3-2-501 漏水`.
    pub compound_words: String,
    /// The form.
    pub form: RoomForm,
    /// The words behind it, trimmed: `漏水`.
    pub rest: String,
}

/// The home a text names, or nothing. Numbers that are phones, dates, times, prices or ticket numbers are passed over.
///
/// Of several forms the one that says most is taken, of equals the first. A compound whose own name looks like a form
/// (鼓楼巷12号院) must be taken off before.
pub fn parse(text: &str) -> Option<Parsed> {
    let original: Vec<char> = text.chars().collect();
    let mut chars: Vec<char> = half_width(text).to_uppercase().chars().collect();
    // A letter whose capital is two characters would shift the words; such a text is read as it is.
    if chars.len() != original.len() {
        chars.clone_from(&original);
    }
    pieces::cover_other_numbers(&mut chars);
    let mut best: Option<(u32, usize, usize, RoomForm)> = None;
    let mut from = 0;
    while from < chars.len() {
        let Some((end, form, weight)) = assign::form_at(&chars, from) else {
            from += 1;
            continue;
        };
        if best.as_ref().is_none_or(|(most, ..)| weight > *most) {
            best = Some((weight, from, end, form));
        }
        from = end;
    }
    let (_, start, end, form) = best?;
    let words = |part: &[char]| {
        let part: String = part.iter().collect();
        part.trim_matches([' ', '\u{3000}', ',', '，', '。', '、', ':', '：', '-', '的']).to_owned()
    };
    Some(Parsed { compound_words: words(&original[..start]), form, rest: words(&original[end..]) })
}

/// How a home is always displayed: `3-2-501`, `3-501` without units, `B-1203`, `3排4号`, `12号院北屋`; a building alone `3号楼`, `B座`; a stair `3-2`.
pub fn label(building: Option<&str>, unit: Option<&str>, room: Option<&str>) -> String {
    match (building, unit, room) {
        (Some(building), None, None) if is_number_or_letter(building) => {
            let counter = if building.ends_with(|c: char| c.is_ascii_digit()) { "号楼" } else { "座" };
            format!("{building}{counter}")
        }
        (Some(building), None, Some(room)) if !is_number_or_letter(building) => {
            let counter = if room.chars().all(|c| c.is_ascii_digit()) { "号" } else { "" };
            format!("{building}{room}{counter}")
        }
        (None, Some(unit), None) => format!("{unit}单元"),
        (None, Some(unit), Some(room)) => format!("{unit}单元{room}"),
        _ => [building, unit, room].into_iter().flatten().collect::<Vec<_>>().join("-"),
    }
}

/// Rows and yards keep their counter word and are joined without dashes.
fn is_number_or_letter(building: &str) -> bool {
    !building.ends_with(['排', '院'])
}

/// A text that sorts labels as people count: `2号楼` before `10号楼`, `九单元` before `十单元`, rooms below ground first.
pub fn sort_key(label: &str) -> String {
    const WIDTH: usize = 6;
    let chars: Vec<char> = half_width(label).to_uppercase().chars().collect();
    let mut key = String::with_capacity(label.len() + 12);
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let han = chars[at..].iter().take_while(|&&c| han_value(c).is_some()).count();
        let number: String = chars[at..at + digits.max(han)].iter().collect();
        let value = if digits > 0 { number.parse::<u32>().ok() } else { han_number(&number) };
        match value {
            Some(value) => {
                // A second dash is a minus: deeper comes first, and '-' sorts before every digit.
                let below = at > 0 && chars[at - 1] == '-' && (at == 1 || chars[at - 2] == '-');
                let value = if below { 999_999_u32.saturating_sub(value) } else { value };
                key.push_str(&format!("{value:0WIDTH$}"));
            }
            None if number.is_empty() => key.push(chars[at]),
            None => key.push_str(&number),
        }
        at += digits.max(han).max(1);
    }
    key
}

/// A Chinese numeral: `九`, `十一`, `二十`, `九十九`, `一百零二`, and figures read one by one, `五〇一`.
pub fn han_number(text: &str) -> Option<u32> {
    let values: Vec<u32> = text.chars().map(han_value).collect::<Option<_>>()?;
    if values.is_empty() || values.len() > 6 {
        return None;
    }
    if values.iter().all(|&value| value < 10) {
        return Some(values.iter().fold(0, |sum, value| sum * 10 + value));
    }
    let (mut sum, mut digit) = (0, None);
    for value in values {
        match value {
            10 | 100 => {
                sum += digit.take().unwrap_or(1) * value;
            }
            0 => {}
            // 二三十 is a guess of people, not a number.
            _ if digit.is_some() => return None,
            _ => digit = Some(value),
        }
    }
    Some(sum + digit.unwrap_or(0))
}

fn han_value(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}
