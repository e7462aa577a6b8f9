//! What the learned weights are weights of: the words of a report, how they sound, under which radicals they stand, and which
//! stand near each other. Learning and hearing both read a report by these functions, and by no others.

use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;

use crate::domain::ticket::danger::heard::{self, Token, is_number};
use crate::domain::ticket::danger::learned::radical::Radicals;

/// Places for weights. Each feature has one by the hash of its spelling; the few that share one share a weight.
pub const PLACES: usize = 1 << 19;
/// Places for the weights of one kind: fewer, for it only tells kinds apart.
pub const KIND_PLACES: usize = PLACES >> 5;
/// Steps from which on a pause is the end of a sentence.
const STOP: usize = 4;
/// Clauses of a letter that are weighed together, at most.
const CLAUSES: usize = 3;
/// Words and pauses of them together, at most; a clause longer than that is cut.
const TOGETHER: usize = 48;
/// Words that stand together, at most.
const RUN: usize = 3;
/// Words that may stand between the two of a pair, at most.
const GAP: usize = 4;
/// Letters an English word has in common with its other forms.
const STEM: usize = 4;

static RADICALS: LazyLock<Radicals> = LazyLock::new(Radicals::new);

/// A word or pause of a report.
struct Part {
    /// The word; a number is `#`, a pause `,` or `.`.
    text: String,
    /// How a Chinese character sounds, as the keyboard takes it.
    sound: Option<&'static str>,
    /// The radical it stands under.
    radical: Option<char>,
    /// Which token it is; a pause is none.
    token: Option<usize>,
}

/// A report taken apart.
pub struct Read {
    parts: Vec<Part>,
}

/// Takes a report apart.
pub fn read(words: &str) -> Read {
    Read::of(&heard::tokens(words))
}

impl Read {
    /// Takes the tokens of a report.
    pub(in crate::domain) fn of(tokens: &[Token]) -> Self {
        let pause = |text: &str| Part { text: text.to_owned(), sound: None, radical: None, token: None };
        let mut parts = vec![pause("^")];
        let mut next = 0;
        for (i, token) in tokens.iter().enumerate() {
            match token.at - next {
                0 => {}
                steps if steps < STOP => parts.push(pause(",")),
                _ => parts.push(pause(".")),
            }
            next = token.at + 1;
            let text = if is_number(&token.text) { "#".to_owned() } else { token.text.clone() };
            let only = text.chars().next().filter(|c| text.len() == c.len_utf8());
            parts.push(Part {
                sound: only.and_then(|c| c.to_pinyin()).map(|sound| sound.plain()),
                radical: only.and_then(|c| RADICALS.of(c)),
                text,
                token: Some(i),
            });
        }
        parts.push(pause("$"));
        Self { parts }
    }

    /// All of it.
    pub fn whole(&self) -> Range<usize> {
        0..self.parts.len()
    }

    /// The runs of few clauses a letter is made of, each clause with those behind it.
    pub(in crate::domain) fn together(&self) -> Vec<Range<usize>> {
        let mut clauses: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for (i, part) in self.parts.iter().enumerate() {
            let ends = part.token.is_none() && i > from;
            if ends || i + 1 - from >= TOGETHER || i + 1 == self.parts.len() {
                clauses.push(from..i + 1);
                // The pause opens the next clause, too.
                from = if ends { i } else { i + 1 };
            }
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (i, first) in clauses.iter().enumerate() {
            let fits = |clause: &&Range<usize>| clause.end - first.start <= TOGETHER;
            let end = clauses[i..].iter().take(CLAUSES).take_while(fits).last().map_or(first.end, |last| last.end);
            if runs.last().is_none_or(|last| last.end < end) {
                runs.push(first.start..end);
            }
        }
        runs
    }

    /// Hands over each feature of some parts: its place, and the parts it stands on.
    pub(in crate::domain) fn features(&self, within: &Range<usize>, mut take: impl FnMut(u32, Range<usize>)) {
        let parts = self.parts.get(within.clone()).unwrap_or_default();
        for (i, part) in parts.iter().enumerate() {
            let at = within.start + i;
            let mut hand = |spelled: Spelled, len: usize| take(spelled.place(), at..at + len);
            let (mut words, mut sounds) = (Spelled::as_a('w'), Spelled::as_a('='));
            for (n, part) in parts[i..].iter().take(RUN).enumerate() {
                words = words.and(&part.text);
                sounds = sounds.and(part.sound.unwrap_or(&part.text));
                hand(words, n + 1);
                if n > 0 {
                    hand(sounds, n + 1);
                }
            }
            let next = parts.get(i + 1);
            if let Some(radical) = part.radical {
                hand(Spelled::as_a('*').with(radical), 1);
                if let Some(next) = next {
                    let pair = Spelled::as_a('*').with(radical);
                    hand(next.radical.map_or(pair.and(&next.text), |other| pair.with(other)), 2);
                    hand(Spelled::as_a('<').with(radical).and(&next.text), 2);
                }
            }
            if let Some(radical) = next.and_then(|next| next.radical) {
                hand(Spelled::as_a('>').and(&part.text).with(radical), 2);
            }
            if part.token.is_none() {
                continue;
            }
            if part.sound.is_none() && part.text.len() > STEM && part.text.is_char_boundary(STEM) {
                hand(Spelled::as_a('-').and(&part.text[..STEM]), 1);
            }
            let others = parts[i + 1..].iter().enumerate().filter(|(_, other)| other.token.is_some());
            for (n, other) in others.take(GAP + 1).skip(1) {
                hand(Spelled::as_a('~').and(&part.text).and(&other.text), n + 2);
            }
        }
    }

    /// The places of the features of some parts, each once, in order.
    pub fn places(&self, within: &Range<usize>) -> Vec<u32> {
        let mut places = Vec::with_capacity(within.len() * 16);
        self.features(within, |place, _| places.push(place));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The places of its words and pairs of words, by which kinds are told apart: below [`KIND_PLACES`], each once, in order.
    pub fn topics(&self) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.parts.len() * 2);
        for (i, part) in self.parts.iter().enumerate().filter(|(_, part)| part.token.is_some()) {
            let word = Spelled::as_a('w').and(&part.text);
            places.push(word.place() % KIND_PLACES as u32);
            if let Some(next) = self.parts.get(i + 1).filter(|next| next.token.is_some()) {
                places.push(word.and(&next.text).place() % KIND_PLACES as u32);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The tokens of some parts.
    pub(in crate::domain) fn tokens(&self, parts: Range<usize>) -> impl Iterator<Item = usize> {
        self.parts.get(parts).unwrap_or_default().iter().filter_map(|part| part.token)
    }

    /// The parts of a token that no pause stands between, from this token on.
    pub(in crate::domain) fn run(&self, token: usize) -> usize {
        let from = self.parts.iter().position(|part| part.token == Some(token)).unwrap_or(self.parts.len());
        self.parts[from..].iter().take_while(|part| part.token.is_some()).count()
    }
}

/// The spelling of a feature, hashed as it goes (FNV-1a).
#[derive(Clone, Copy)]
struct Spelled(u64);

impl Spelled {
    /// Begins with a sign that says what sort of feature it is.
    const fn as_a(sign: char) -> Self {
        Self(0xcbf2_9ce4_8422_2325).with(sign)
    }

    const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0100_0000_01b3))
    }

    const fn with(self, c: char) -> Self {
        let [a, b, c, _] = (c as u32).to_le_bytes();
        self.byte(a).byte(b).byte(c)
    }

    /// A word more; between two there is a blank.
    fn and(self, word: &str) -> Self {
        word.bytes().fold(self.byte(b' '), Self::byte)
    }

    const fn place(self) -> u32 {
        ((self.0 ^ (self.0 >> 32)) % PLACES as u64) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_shares_features_and_what_stands_apart_does_not() {
        let shared = |one: &str, other: &str| {
            let (one, other) = (read(one), read(other));
            let (one, other) = (one.places(&one.whole()), other.places(&other.whole()));
            one.iter().filter(|place| other.contains(place)).count()
        };
        assert!(shared("有人触电", "有人触店") > shared("有人触电", "有人触碰"));
        assert!(shared("房子烧了", "房子燃了") > shared("房子烧了", "房子修了"), "one radical");
        assert!(shared("smoking", "smoked") > shared("smoking", "closed"));
        // No more than the ends of a report and how they join.
        assert!(shared("火灾", "煤气") < shared("火灾", "火情"));
    }

    #[test]
    fn a_letter_is_read_in_runs_of_clauses_that_leave_nothing_out() {
        let letter = read(&"楼道的灯不亮, 电梯很慢。没有人来修, ".repeat(12));
        let runs = letter.together();
        assert_eq!(
            (runs.first().map(|run| run.start), runs.last().map(|run| run.end)),
            (Some(0), Some(letter.parts.len()))
        );
        assert!(runs.windows(2).all(|pair| pair[1].start < pair[0].end && pair[0].end < pair[1].end));
        assert!(runs.iter().all(|run| run.len() <= TOGETHER));
        let unbroken = read(&"啊".repeat(500)).together();
        assert!(unbroken.iter().all(|run| run.len() <= TOGETHER) && unbroken.len() > 9);
    }
}
