//! The line a record leaves in the buffer that is scanned: phones, ticket number and words, each behind a marker.
//! Names and homes are not in it; they are shared by many records and kept once.

use super::door::Door;
use super::query::{self, Term};
use super::rank::{self, Mark};
use super::{pinyin, room};
use crate::domain::base::find::{Record, Why};
use crate::domain::person::Phone;

// Control characters, which clean text does not hold. Each field begins with one, so no find crosses into the next.
const PHONE: u8 = 1;
const PHONE_END: u8 = 2;
const NUMBER: u8 = 3;
const WORDS: u8 = 4;
/// The words as they are compared, where that is not how they are written.
const FOLDED: u8 = 5;

/// Digits that are enough for the end of a long number.
const TAIL: usize = 4;
/// Digits of a number that is remembered by its last ones. Shorter ones in words are rooms and days.
const LONG_NUMBER: usize = 8;

/// Parts the fields of a home.
const PART: char = '\u{1f}';
/// Before the fields of a home as they are compared, where that is not how they are written.
const PLAIN: char = '\u{1e}';

/// Appends a record's line.
pub(super) fn write_line(record: &Record, to: &mut Vec<u8>) {
    for phone in &record.phones {
        to.push(PHONE);
        to.extend_from_slice(phone.reveal().as_bytes());
        to.push(PHONE_END);
    }
    if !record.number.is_empty() {
        to.push(NUMBER);
        to.extend_from_slice(record.number.as_bytes());
    }
    if !record.words.is_empty() {
        to.push(WORDS);
        to.extend_from_slice(record.words.as_bytes());
        let folded = pinyin::fold(&record.words);
        if folded != record.words {
            to.push(FOLDED);
            to.extend_from_slice(folded.as_bytes());
        }
    }
}

/// Fills in what [`write_line`] kept.
pub(super) fn read_line(line: &[u8], record: &mut Record) {
    for (marker, field) in fields(line) {
        match marker {
            PHONE => record.phones.push(Phone::stored(field.to_owned())),
            NUMBER => record.number = field.to_owned(),
            WORDS => record.words = field.to_owned(),
            _ => {}
        }
    }
}

/// The text of a record's home that is told apart from others, empty where it has none.
pub(super) fn write_door(record: &Record) -> String {
    let parts = [&record.building, &record.unit, &record.room];
    if parts.iter().all(|part| part.is_empty()) {
        return String::new();
    }
    let join = |parts: [&str; 3]| parts.join(PART.encode_utf8(&mut [0; 4]));
    let written = join(parts.map(String::as_str));
    let plain = join(parts.map(|part| room::plain(part)).each_ref().map(String::as_str));
    if plain == written { written } else { format!("{written}{PLAIN}{plain}") }
}

/// Building, unit and room as written.
pub(super) fn door_as_written(door: &str) -> Door<'_> {
    parts(door.split(PLAIN).next().unwrap_or_default())
}

/// Building, unit and room as they are compared.
pub(super) fn door(door: &str) -> Door<'_> {
    parts(door.rsplit(PLAIN).next().unwrap_or_default())
}

fn parts(door: &str) -> Door<'_> {
    let mut parts = door.split(PART);
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

/// Byte strings one of which is in every line that answers to the term; empty when no line can.
pub(super) fn needles(term: &Term) -> Vec<Vec<u8>> {
    let mut needles: Vec<Vec<u8>> = Vec::new();
    match term {
        Term::Han(text) | Term::Letters(text) | Term::Text(text) => needles.push(text.as_bytes().to_vec()),
        Term::Digits { digits, tail } => {
            if digits.len() >= 3 {
                needles.extend(phone_forms(digits).iter().map(|form| form.as_bytes().to_vec()));
            } else if *tail {
                needles.push([digits.as_bytes(), &[PHONE_END]].concat());
            }
            needles.push([&[NUMBER], digits.as_bytes()].concat());
            needles.push([b"-", digits.as_bytes()].concat());
            if let Some((day, counter)) = digits.split_at_checked(4) {
                needles.push(format!("-{day}-{counter}").into_bytes());
            }
            if let (Some(year), Some(rest)) = (digits.get(..4), digits.get(4..)) {
                let (day, counter) = rest.split_at(rest.len().min(4));
                needles.push(format!("{year}-{day}{}{counter}", if rest.len() > 4 { "-" } else { "" }).into_bytes());
            }
        }
        Term::Room(home) => {
            let digits = home.digits();
            if digits.len() >= 7 {
                needles.extend(phone_forms(&digits).iter().map(|form| form.as_bytes().to_vec()));
            }
            if let Some(dash) = home.text.rfind('-').filter(|_| home.dashed()) {
                needles.push(home.text.as_bytes()[..=dash].to_vec());
            }
        }
    }
    needles
}

/// How well a line answers to a term.
pub(super) fn mark(line: &[u8], term: &Term) -> Mark {
    let mut best = 0;
    for (marker, field) in fields(line) {
        let mark = match (term, marker) {
            // The words as written come before the folded ones; either may hold them.
            (Term::Han(text) | Term::Letters(text) | Term::Text(text), WORDS | FOLDED) => {
                field.find(text.as_str()).map_or(0, rank::words)
            }
            (Term::Digits { digits, tail }, PHONE) if digits.len() >= 3 || *tail => phone_mark(field, digits),
            (Term::Digits { digits, .. }, NUMBER) => number_mark(field, digits),
            (Term::Digits { digits, .. }, WORDS) if digits.len() >= TAIL => {
                tail_in(field, digits).map_or(0, rank::words)
            }
            (Term::Room(home), PHONE) if home.text.len() >= 7 => {
                let digits = home.digits();
                if digits.len() >= 7 { phone_mark(field, &digits) } else { 0 }
            }
            (Term::Room(home), NUMBER) if home.dashed() => dashed_number_mark(field, &home.text),
            _ => 0,
        };
        best = best.max(mark);
    }
    best
}

/// Where a long number in words, as that of a 12345 order, has these last digits.
fn tail_in(words: &str, digits: &str) -> Option<usize> {
    words.match_indices(digits).map(|(at, _)| at).find(|at| {
        let (before, after) = (&words[..*at], &words[at + digits.len()..]);
        let more = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        more + digits.len() >= LONG_NUMBER && !after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// The words of a line as they are compared.
pub(super) fn words(line: &[u8]) -> &str {
    fields(line).filter(|(marker, _)| matches!(*marker, WORDS | FOLDED)).last().map_or("", |(_, words)| words)
}

fn fields(line: &[u8]) -> impl Iterator<Item = (u8, &str)> {
    let marker = |b: &u8| matches!(*b, PHONE | PHONE_END | NUMBER | WORDS | FOLDED);
    let mut rest = line;
    std::iter::from_fn(move || {
        let (&kind, after) = rest.split_first()?;
        let end = after.iter().position(marker).unwrap_or(after.len());
        let (field, next) = after.split_at(end);
        rest = next;
        Some((kind, std::str::from_utf8(field).unwrap_or_default()))
    })
}

/// A number as typed, and without its area code of three or four digits.
fn phone_forms(digits: &str) -> Vec<&str> {
    let mut forms = vec![digits];
    if query::has_area_code(digits) {
        forms.extend([&digits[3..], &digits[4..]]);
    }
    forms
}

fn phone_mark(number: &str, digits: &str) -> Mark {
    let mark = rank::phone(number.as_bytes(), digits.as_bytes());
    let bare = phone_forms(digits)[1..].contains(&number);
    if mark == 0 && bare { rank::mark(99, Why::Phone) } else { mark }
}

/// Digits without dashes against `2026-1122-07`: the day's count, the day, or all of it from either.
fn number_mark(number: &str, digits: &str) -> Mark {
    let mut parts = number.split('-');
    let [year, day, counter] = [(); 3].map(|()| parts.next().unwrap_or_default());
    // How many of the digits written together are not typed yet.
    let left = |parts: &[&str]| {
        let mut rest = digits;
        for (n, part) in parts.iter().enumerate() {
            match rest.strip_prefix(part) {
                Some(after) => rest = after,
                None if part.starts_with(rest) => return Some(part.len() - rest.len() + parts[n + 1..].concat().len()),
                None => return None,
            }
        }
        rest.is_empty().then_some(0)
    };
    let worth = match (left(&[counter]), left(&[day, counter]), left(&[year, day, counter])) {
        (_, _, Some(0)) => 95,
        (_, Some(0), _) => 94,
        (Some(0), ..) if digits.starts_with('0') => 82,
        (_, Some(left), _) if left == counter.len() => 46,
        (Some(0), ..) => 44,
        (_, Some(_), _) if digits.len() > 4 => 50,
        (_, Some(_), _) | (Some(_), ..) | (_, _, Some(_)) => 30,
        (None, None, None) => return 0,
    };
    rank::mark(worth, Why::Number)
}

/// `2026-1122-07`, `1122-07` or `1122-7`, or the beginning of one.
fn dashed_number_mark(number: &str, typed: &str) -> Mark {
    let after_dash =
        |tail: &str| number.strip_suffix(tail).is_some_and(|front| front.is_empty() || front.ends_with('-'));
    let worth = if number == typed {
        100
    } else if after_dash(typed) {
        97
    } else if number.starts_with(typed) || number.split_once('-').is_some_and(|(_, tail)| tail.starts_with(typed)) {
        84
    } else if let Some((day, counter)) = typed.rsplit_once('-')
        && counter.len() == 1
        && after_dash(&format!("{day}-0{counter}"))
    {
        90
    } else {
        return 0;
    };
    rank::mark(worth, Why::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::Query;

    fn worth(record: &Record, typed: &str) -> u32 {
        let mut line = Vec::new();
        write_line(record, &mut line);
        let query = Query::new(typed);
        let term = &query.chunks[0].parts[0];
        let mark = mark(&line, term);
        if mark > 0 {
            let found = |needle: &Vec<u8>| memchr::memmem::find(&line, needle).is_some();
            assert!(needles(term).iter().any(found), "{typed}: a needle leads to the line");
        }
        rank::worth(mark)
    }

    #[test]
    fn phones() {
        let phones = ["13800005678", "6001234"].map(|digits| Phone::stored(digits.to_owned())).to_vec();
        let record = Record { phones, ..Record::default() };
        for (typed, is) in [
            ("13800005678", 100),
            ("138-0000-5678", 100),
            ("5678", 91),
            ("138", 66),
            ("0000", 52),
            ("0355-6001234", 99),
            ("03556001234", 99),
            ("6001234", 100),
            ("78", 0),
            ("999", 0),
        ] {
            assert_eq!(worth(&record, typed), is, "{typed}");
        }
    }

    #[test]
    fn ticket_numbers() {
        let record = Record { number: "2026-1122-07".into(), ..Record::default() };
        for (typed, is) in [
            ("2026-1122-07", 100),
            ("1122-07", 97),
            ("1122-7", 90),
            ("1122-", 84),
            ("2026-11", 84),
            ("112207", 94),
            ("202611", 30),
            ("07", 82),
            ("1122", 46),
            ("122-07", 0),
            ("1123-07", 0),
        ] {
            assert_eq!(worth(&record, typed), is, "{typed}");
        }
    }

    #[test]
    fn words_and_homes_come_back_as_written() {
        let record = Record {
            words: "Ｗater 漏水".into(),
            building: "Ｂ".into(),
            unit: "三".into(),
            room: "东户".into(),
            ..Record::default()
        };
        assert_eq!((worth(&record, "water"), worth(&record, "漏水")), (48, 40));
        let (mut line, mut back) = (Vec::new(), Record::default());
        write_line(&record, &mut line);
        read_line(&line, &mut back);
        assert_eq!(back.words, record.words);
        let text = write_door(&record);
        assert_eq!((door_as_written(&text), door(&text)), (["Ｂ", "三", "东户"], ["b", "3", "东户"]));
    }
}
