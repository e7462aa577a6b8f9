//! What was typed into the find box, cut into parts and each part told apart: Chinese, letters, digits, a home.
//! Whether anything answers to it is not known here.

use super::pinyin;
use super::room::{self, Written};

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// Chinese characters.
    Han(String),
    /// Lower-case letters: pinyin in any form, or Latin words.
    Letters(String),
    /// Digits alone: a phone or part of it, a room, a building, a ticket of the day. `tail` lets two digits be the
    /// end of a phone, which only says something beside a name.
    Digits { digits: String, tail: bool },
    /// A home with dashes or counter words; also what a ticket number and a dashed phone look like.
    Room(Written),
    /// A stretch without blanks exactly as typed: `hp2q`, `3号门`.
    Text(String),
}

/// Stretches, and parts of one, beyond these are ignored: something was pasted that is no query.
const CHUNKS_AT_MOST: usize = 12;
const PARTS_AT_MOST: usize = 8;

/// A stretch of the query without blanks. All its parts must answer, or the whole as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) parts: Vec<Term>,
    pub(super) whole: Option<Term>,
    /// At the last of two or three numbers with blanks between (`3 2 501`): the home they are when read in their order,
    /// which is likelier meant than any other they fit. It asks nothing more of an answer.
    pub(super) order: Option<Term>,
}

/// A query: every chunk must answer, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) chunks: Vec<Chunk>,
}

impl Query {
    /// Reads what was typed. Nothing but blanks and signs gives a query without chunks.
    pub(super) fn new(typed: &str) -> Self {
        let folded = pinyin::fold(typed);
        let parting = |c: char| c.is_whitespace() || matches!(c, ',' | '、' | '。' | ';' | '，' | '(' | ')');
        let mut chunks: Vec<Chunk> =
            folded.split(parting).map(chunk).filter(|chunk| !chunk.parts.is_empty()).take(CHUNKS_AT_MOST).collect();
        let terms = || chunks.iter().flat_map(|chunk| &chunk.parts);
        if terms().any(|term| matches!(term, Term::Han(_) | Term::Letters(_))) {
            for term in chunks.iter_mut().flat_map(|chunk| &mut chunk.parts) {
                if let Term::Digits { digits, tail } = term {
                    *tail = digits.len() == 2;
                }
            }
        }
        order_numbers(&mut chunks);
        Self { chunks }
    }

    /// Whether whatever answers to this also answers to `former`: then only those need looking at.
    pub(super) fn narrows(&self, former: &Self) -> bool {
        former.chunks.len() <= self.chunks.len()
            && self.chunks.iter().zip(&former.chunks).all(|(new, old)| new.narrows(old))
    }
}

impl Chunk {
    fn narrows(&self, former: &Self) -> bool {
        let whole = match (&self.whole, &former.whole) {
            (None, _) => true,
            (Some(new), Some(old)) => new.narrows(old),
            // `cfy1` as a text begins with what `cfy` was, in any text that holds it.
            (Some(Term::Text(new)), None) => match former.parts.as_slice() {
                [Term::Letters(old)] => new.is_ascii() && new.starts_with(old.as_str()),
                [Term::Han(old)] => new.starts_with(old.as_str()),
                _ => false,
            },
            (Some(_), None) => false,
        };
        whole
            && former.parts.len() <= self.parts.len()
            && self.parts.iter().zip(&former.parts).all(|(new, old)| new.narrows(old))
    }
}

impl Term {
    /// Whether whatever this matches `former` matched too. False where in doubt: it only costs a full search.
    pub(super) fn narrows(&self, former: &Self) -> bool {
        if self == former {
            return true;
        }
        match (self, former) {
            (Self::Han(new), Self::Han(old)) | (Self::Letters(new), Self::Letters(old)) => {
                new.starts_with(old.as_str())
            }
            (Self::Digits { digits: new, tail: new_tail }, Self::Digits { digits: old, tail: old_tail }) => {
                // Phones are looked at from the third digit on, a number with its area code from the tenth.
                new.starts_with(old.as_str())
                    && new_tail == old_tail
                    && (old.len() >= 3 || new.len() < 3)
                    && !has_area_code(new)
            }
            (Self::Room(new), Self::Room(old)) => {
                let both_dashed = new.dashed() && old.dashed() && old.loose.len() >= 2;
                both_dashed && new.text.starts_with(&old.text) && new.digits().len() < 7
            }
            (Self::Text(new), Self::Text(old)) => new.starts_with(old.as_str()) && new.is_ascii() == old.is_ascii(),
            _ => false,
        }
    }
}

/// A landline written with its area code, which the file may hold without.
pub(super) fn has_area_code(digits: &str) -> bool {
    digits.len() >= 10 && digits.starts_with('0')
}

fn chunk(text: &str) -> Chunk {
    let letters: Vec<char> = text.chars().collect();
    let mut chunk = Chunk::default();
    let mut at = 0;
    while let Some(&c) = letters.get(at)
        && chunk.parts.len() < PARTS_AT_MOST
    {
        let run = |kind: fn(char) -> bool| letters[at..].iter().take_while(|&&c| kind(c)).count();
        if let Some((home, taken)) = room::written(&letters[at..]) {
            chunk.parts.push(Term::Room(home));
            at += taken;
        } else if c.is_ascii_digit() {
            let taken = run(|c| c.is_ascii_digit());
            let digits: String = letters[at..at + taken].iter().collect();
            chunk.parts.push(Term::Digits { digits: without_country(digits), tail: false });
            at += taken;
        } else if c.is_ascii_lowercase() {
            let taken = run(|c| c.is_ascii_lowercase() || c == '\'');
            chunk.parts.push(Term::Letters(letters[at..at + taken].iter().filter(|&&c| c != '\'').collect()));
            at += taken;
        } else if c.is_alphanumeric() {
            let mut end = at + 1;
            while end < letters.len()
                && letters[end].is_alphanumeric()
                && !letters[end].is_ascii()
                && room::written(&letters[end..]).is_none()
            {
                end += 1;
            }
            let text: String = letters[at..end].iter().collect();
            // A compound is said with or without 小区.
            let stem = text.strip_suffix("小区").filter(|stem| stem.chars().count() > 1).map(str::to_owned);
            chunk.parts.push(Term::Han(stem.unwrap_or(text)));
            at = end;
        } else {
            at += 1;
        }
    }
    let rooms = chunk.parts.iter().any(|part| matches!(part, Term::Room(_)));
    let worded = letters.iter().any(|c| c.is_alphabetic());
    if worded && (chunk.parts.len() > 1 || rooms) {
        chunk.whole = Some(Term::Text(text.to_owned()));
    }
    chunk
}

/// Digits of a building, unit or room at most; what is longer is a phone.
const ROOM_DIGITS: usize = 4;

/// Joins numbers that follow one another into the home they are in that order.
fn order_numbers(chunks: &mut [Chunk]) {
    let number = |chunk: &Chunk| match chunk.parts.as_slice() {
        [Term::Digits { digits, .. }] if digits.len() <= ROOM_DIGITS => Some(digits.clone()),
        _ => None,
    };
    for run in chunks.chunk_by_mut(|a, b| number(a).is_some() && number(b).is_some()) {
        if let 2..=3 = run.len()
            && let Some(numbers) = run.iter().map(number).collect::<Option<Vec<_>>>()
            && let Some(last) = run.last_mut()
        {
            let text = numbers.join("-");
            last.order = Some(Term::Room(Written { loose: numbers, text, ..Written::default() }));
        }
    }
}

/// A Chinese mobile number without 86 or 0086 before it.
fn without_country(digits: String) -> String {
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    match bare.strip_prefix("86") {
        Some(number) if number.len() == 11 && number.starts_with('1') => number.to_owned(),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> String {
        let words = |term: &Term| match term {
            Term::Han(t) => format!("han:{t}"),
            Term::Letters(t) => format!("abc:{t}"),
            Term::Digits { digits, tail } => format!("{}:{digits}", if *tail { "tail" } else { "123" }),
            Term::Room(w) => format!("room:{}", w.text),
            Term::Text(t) => format!("text:{t}"),
        };
        let chunk = |c: &Chunk| c.parts.iter().chain(&c.whole).map(words).collect::<Vec<_>>().join("+");
        Query::new(typed).chunks.iter().map(chunk).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_of_what_is_typed() {
        for (typed, parts) in [
            ("kly 3 cfy", "abc:kly 123:3 abc:cfy"),
            ("kly3-2-501", "abc:kly+room:3-2-501+text:kly3-2-501"),
            ("ＣＦＹ１２", "abc:cfy+tail:12+text:cfy12"),
            ("３＃２－５０１", "room:3#2-501"),
            ("康乐苑小区", "han:康乐苑"),
            ("康乐苑三栋501", "han:康乐苑+room:三栋501+text:康乐苑三栋501"),
            ("1122-07", "room:1122-07"),
            ("+86 138 0000 5678", "123:86 123:138 123:0000 123:5678"),
            ("8613800005678", "123:13800005678"),
            ("12", "123:12"),
            ("王三楼", "han:王三楼"),
            ("xi'an", "abc:xian"),
            ("lǚ", "abc:lu"),
            ("  、 ?", ""),
        ] {
            assert_eq!(terms(typed), parts, "{typed}");
        }
    }

    #[test]
    fn narrowing_only_where_it_is_sure() {
        let narrows = |new: &str, old: &str| Query::new(new).narrows(&Query::new(old));
        assert!(narrows("kly 3 cf", "kly 3 c"));
        assert!(narrows("kly 3", "kly"));
        assert!(narrows("5678", "567"));
        assert!(!narrows("567", "56"), "phones come in");
        assert!(!narrows("cfy 12", "12"), "two digits become the end of a phone");
        assert!(!narrows("张三", "李"));
        assert!(!narrows("kly", "kly 3"));
    }
}
