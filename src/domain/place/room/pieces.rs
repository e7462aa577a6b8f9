//! Cuts a text into the pieces a written home is made of: a number or letter with the word that counts it.
//! What the pieces mean together is decided in `assign`.

use crate::domain::place::room::{Side, han_number, han_value};

/// Stands where a number was that cannot be part of a home.
const COVERED: char = '\0';

/// Words behind a number that make it an amount, a time or an age.
const MEASURES: [&str; 42] = [
    "元", "块", "角", "毛", "万", "平", "㎡", "M2", "度", "岁", "年", "月", "日", "个", "件", "人", "天", "周", "分",
    "秒", "小时", "点", "时", "次", "户人", "户没", "家", "瓦", "米", "斤", "公斤", "吨", "%", "遍", "名", "位", "条",
    "辆", "棵", "盏", "袋", "期",
];

/// Covers phones, dates, times, amounts, ticket numbers and house numbers of a street.
///
/// A 一 between figures is a dash somebody's input method changed, and becomes one.
pub(in crate::domain) fn cover_other_numbers(chars: &mut [char]) {
    for at in 1..chars.len().saturating_sub(1) {
        if chars[at] == '一' && chars[at - 1].is_ascii_alphanumeric() && chars[at + 1].is_ascii_digit() {
            chars[at] = '-';
        }
    }
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        match other_number(chars, at) {
            Some(end) => {
                chars[at..end].fill(COVERED);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// The end of a number at `at` that is not part of a home.
fn other_number(chars: &[char], at: usize) -> Option<usize> {
    let runs = runs_of_digits(chars, at);
    let (first, end) = runs[0];
    let follows = |end: usize, words: &[&str]| {
        let text: String = chars[end..].iter().take(4).collect();
        words.iter().any(|word| text.trim_start().starts_with(word))
    };
    if first >= 7 || first == 6 {
        return Some(end);
    }
    // 138 0000 5678, 0355-600 1234, 0355-6001234, 600 1234, 400-600-1234
    let lengths: Vec<usize> = runs.iter().map(|run| run.0).collect();
    let phone = match *lengths.as_slice() {
        [3, 4, 4, ..] if chars[at] == '1' => 3,
        [3 | 4, 3 | 4, 4, ..] if chars[at] == '0' || chars[at] == '4' => 3,
        [3 | 4, 7 | 8, ..] if chars[at] == '0' => 2,
        // a number by itself, not the 501 of 3-2-501 with a year behind it
        [3, 4] if chars[end] == ' ' && (at == 0 || !matches!(chars[at - 1], '-' | '#')) => 2,
        _ => 0,
    };
    if phone > 0 {
        return Some(runs[phone - 1].1);
    }
    let mark = chars.get(end).copied().unwrap_or(' ');
    let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
    match mark {
        // 15:30, 0.5
        ':' | '：' | '.' if next_is_digit && first <= 4 => return Some(runs_end_over(chars, at, &[':', '：', '.'])),
        // 2026-11-22, 2026/11/22, 1122-07, 2026-1122-07; no building has four digits
        '-' | '/' if first == 4 && runs.get(1).is_some_and(|run| run.0 >= 2) => {
            return Some(runs_end_over(chars, at, &['-', '/']));
        }
        '/' if next_is_digit => return Some(runs_end_over(chars, at, &['/'])),
        _ => {}
    }
    // 26-11-22: a year, a month and a day
    if let [(2, end_a), (1 | 2, end_b), (2, end_c), ..] = *runs {
        let number = |end: usize, count: usize| {
            chars[end - count..end].iter().collect::<String>().parse::<u32>().unwrap_or_default()
        };
        let dated = (20..40).contains(&number(end_a, 2))
            && (1..=12).contains(&number(end_b, runs[1].0))
            && (1..=31).contains(&number(end_c, 2));
        if dated && mark == '-' {
            return Some(end_c);
        }
    }
    let street = at > 0 && matches!(chars[at - 1], '路' | '街' | '道' | '巷' | '弄' | '胡') && first <= 4;
    if street && follows(end, &["号", "弄"]) && !follows(end, &["号楼", "号院"]) {
        return Some(end);
    }
    if let Some((_, last)) = runs.iter().take(2).rfind(|run| follows(run.1, &MEASURES)) {
        // 3-5天 is one amount, 3-501 2次 is not
        let joined = *last == end || matches!(mark, '-' | '~' | '至' | '到');
        return joined.then_some(*last);
    }
    let dialled = at > 0 && matches!(chars[at - 1], '打' | '拨' | '叫' | '第');
    dialled.then_some(end)
}

/// Lengths and ends of the runs of digits from `at` on that are parted by one separator each.
fn runs_of_digits(chars: &[char], at: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = at;
    loop {
        let length = chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
        if length == 0 {
            return runs;
        }
        let end = start + length;
        runs.push((length, end));
        if !matches!(chars.get(end), Some(' ' | '-' | '/' | '.' | ':' | '：' | '~')) {
            return runs;
        }
        start = end + 1;
    }
}

fn runs_end_over(chars: &[char], at: usize, separators: &[char]) -> usize {
    let mut end = at;
    while end < chars.len() {
        let inside =
            separators.contains(&chars[end]) && chars.get(end + 1).is_some_and(char::is_ascii_digit) && end > at;
        if !(chars[end].is_ascii_digit() || inside) {
            break;
        }
        end += 1;
    }
    end
}

/// The word that counts a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) enum Mark {
    /// Only a number or letter.
    Bare,
    /// 栋 幢 座 号楼 #
    Building,
    /// 排
    Row,
    /// 号院
    Yard,
    /// 单元 门
    Unit,
    /// 楼 层
    Floor,
    /// 室 房 户
    Room,
    /// 号: a building or a room, by where it stands
    Number,
    /// 东户, 4东户
    Door,
}

/// What parts a piece from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) enum Glue {
    Nothing,
    Dash,
    Blank,
}

/// One number or letter with its counter word.
#[derive(Clone, Debug)]
pub(in crate::domain) struct Piece {
    /// The number or letter in ASCII, leading zeros kept; `北屋`; the floor of a [`Mark::Door`], or nothing.
    pub value: String,
    pub mark: Mark,
    pub glue: Glue,
    pub side: Option<Side>,
    pub end: usize,
}

impl Piece {
    /// Digits, when the value is only digits.
    pub(in crate::domain) fn digits(&self) -> usize {
        if self.value.chars().all(|c| c.is_ascii_digit()) { self.value.len() } else { 0 }
    }
}

/// The pieces standing side by side from `from` on, at most six.
pub(in crate::domain) fn pieces_at(chars: &[char], from: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = from;
    while pieces.len() < 6 {
        let (glue, start) = match (pieces.is_empty(), chars.get(at)) {
            (false, Some('-')) if chars.get(at + 1) == Some(&'-') && !below_ground(chars, at + 1) => {
                (Glue::Dash, at + 2)
            }
            (false, Some('-' | '—' | '–' | '杠' | '_')) => (Glue::Dash, at + 1),
            (false, Some(' ')) => (Glue::Blank, at + 1),
            _ => (Glue::Nothing, at),
        };
        let Some(piece) = piece_at(chars, start, glue, pieces.is_empty()) else { break };
        at = piece.end;
        pieces.push(piece);
    }
    pieces
}

fn piece_at(chars: &[char], start: usize, glue: Glue, first: bool) -> Option<Piece> {
    let c = *chars.get(start)?;
    if let Some(piece) = compass_piece(chars, start, glue) {
        return Some(piece);
    }
    let mut at = start;
    let mut value = String::new();
    let minus = match c {
        '负' => true,
        '-' => (first || glue != Glue::Nothing) && below_ground(chars, start),
        _ => false,
    };
    if minus {
        value.push('-');
        at += 1;
    }
    let han = chars[at..].iter().take_while(|&&c| han_value(c).is_some()).count();
    if han > 0 {
        value.push_str(&han_number(&chars[at..at + han].iter().collect::<String>())?.to_string());
        at += han;
    } else {
        if matches!(chars.get(at), Some('甲' | '乙' | '丙' | '丁')) {
            value.push(chars[at]);
            at += 1;
        }
        let word = chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        value.extend(&chars[at..at + word]);
        at += word;
    }
    if value.is_empty() || value == "-" {
        return None;
    }
    // 4东户, 4东: the floor and the door
    if let Some((side, end)) = door(chars, at)
        && value.len() <= 2
        && value.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(Piece { value, mark: Mark::Door, glue, side: Some(side), end });
    }
    let (mark, end) = mark_at(chars, at, first);
    // Chinese numerals are everywhere in plain words; bare ones count only as a room read figure by figure.
    if han > 0 && mark == Mark::Bare && (first || value.trim_start_matches('-').len() < 3) {
        return None;
    }
    Some(Piece { value, mark, glue, side: None, end })
}

/// A minus and a room of one of the three floors below ground; other double dashes are slips of the finger.
fn below_ground(chars: &[char], minus: usize) -> bool {
    let figures = chars[minus + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    chars[minus] == '-' && figures == 3 && matches!(chars[minus + 1], '1'..='3')
}

/// 西单元, 东户, 北屋, 西厢房: pieces without a number.
fn compass_piece(chars: &[char], start: usize, glue: Glue) -> Option<Piece> {
    let c = chars[start];
    let after: String = chars[start + 1..].iter().take(2).collect();
    let named = |mark, length| {
        let end = start + 1 + length;
        let value = if mark == Mark::Unit { c.to_string() } else { chars[start..end].iter().collect() };
        Some(Piece { value, mark, glue, side: None, end })
    };
    if matches!(c, '东' | '西' | '中' | '南' | '北') {
        if after == "单元" {
            return named(Mark::Unit, 2);
        }
        // 2-西-301: between dashes it is the stair
        if glue == Glue::Dash && (after.is_empty() || after.starts_with(['-', ' ', ','])) {
            return named(Mark::Unit, 0);
        }
        if after == "厢房" {
            return named(Mark::Room, 2);
        }
        if after.starts_with('屋') || after.starts_with('房') {
            return named(Mark::Room, 1);
        }
        if after.starts_with('户') {
            return Some(Piece {
                value: String::new(),
                mark: Mark::Door,
                glue,
                side: Side::from_han(c),
                end: start + 2,
            });
        }
    }
    if matches!(c, '堂' | '正') && (after.starts_with('屋') || after.starts_with('房')) {
        return named(Mark::Room, 1);
    }
    None
}

/// A compass door behind a floor: `东户` anywhere, `东` alone only at the end of a word.
fn door(chars: &[char], at: usize) -> Option<(Side, usize)> {
    let side = Side::from_han(*chars.get(at)?)?;
    match chars.get(at + 1) {
        Some('户') => Some((side, at + 2)),
        None | Some(' ' | ',' | '，') => Some((side, at + 1)),
        _ => None,
    }
}

fn mark_at(chars: &[char], at: usize, first: bool) -> (Mark, usize) {
    const WORDS: [(&str, Mark); 29] = [
        ("号楼", Mark::Building),
        ("#楼", Mark::Building),
        ("栋楼", Mark::Building),
        ("幢楼", Mark::Building),
        ("号院", Mark::Yard),
        ("单元", Mark::Unit),
        ("号门", Mark::Unit),
        ("房间", Mark::Room),
        ("号房", Mark::Room),
        ("号室", Mark::Room),
        ("号户", Mark::Room),
        ("#", Mark::Building),
        ("栋", Mark::Building),
        ("幢", Mark::Building),
        ("撞", Mark::Building),
        ("懂", Mark::Building),
        ("座", Mark::Building),
        ("院", Mark::Yard),
        ("排", Mark::Row),
        ("门", Mark::Unit),
        ("楼", Mark::Floor),
        ("层", Mark::Floor),
        ("室", Mark::Room),
        ("窒", Mark::Room),
        ("房", Mark::Room),
        ("户", Mark::Room),
        ("号", Mark::Number),
        ("單元", Mark::Unit),
        ("號", Mark::Number),
    ];
    // A blank between number and counter is common in sheets: 3 号楼 2 单元.
    let gap = usize::from(chars.get(at) == Some(&' '));
    let text: String = chars[at..].iter().skip(gap).take(2).collect();
    // 2单501
    if text.starts_with('单') && text.ends_with(|c: char| c.is_ascii_digit()) {
        return (Mark::Unit, at + gap + 1);
    }
    // 三门 is a name of places unless a room follows.
    let counts = |c: char| c.is_ascii_digit() || han_value(c).is_some();
    if first && text.starts_with('门') && !text.ends_with(counts) {
        return (Mark::Bare, at);
    }
    for (word, mark) in WORDS {
        // The counter of a later number must not be borrowed over a blank: 501 房 is fine, 501 楼上 is not.
        if text.starts_with(word) && (gap == 0 || mark != Mark::Floor) {
            return (mark, at + gap + word.chars().count());
        }
    }
    (Mark::Bare, at)
}
