//! What was probably meant when nothing answers as typed: one letter left out, one too many, one wrong or two swapped;
//! after that, the letters in their order with gaps. It is never asked while plain matches will do.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::pinyin;
use super::rank::{self, Mark};
use super::spelled::{Spelled, letters_of};

/// Shorter words are not guessed at: almost any name is one slip away from them. At this length they must be all of it.
pub(super) const LETTERS_AT_LEAST: usize = 3;

/// A typed word and room to compare it in.
pub(super) struct Slip<'a> {
    typed: &'a [u8],
    short: Vec<u8>,
    letters: u32,
    /// Syllables a text may begin with to be one slip away; this alone rules out most.
    begins: Vec<bool>,
    read: Vec<u8>,
    read_short: Vec<u8>,
}

impl<'a> Slip<'a> {
    /// `typed` is lower-case letters.
    pub(super) fn new(typed: &'a str, spelled: &Spelled) -> Self {
        let typed = typed.as_bytes();
        let (mut short, mut read_short) = (Vec::new(), Vec::new());
        pinyin::collapsed(typed, &mut short);
        let mut fits = |syllable: &[u8]| {
            pinyin::collapsed(syllable, &mut read_short);
            let either = |a: &[u8], b: &[u8]| one_slip(a, b).or_else(|| one_slip(b, a)).is_some();
            either(syllable, typed) || either(&read_short, &short)
        };
        let begins = spelled.syllables().map(&mut fits).collect();
        Self { typed, short, letters: letters_of(typed), begins, read: Vec::new(), read_short }
    }

    /// The mark of a text one slip away from what was typed, or from what was typed up to now; 0 for all others.
    pub(super) fn mark(&mut self, spelled: &Spelled, number: u32) -> Mark {
        // One slip brings in one foreign letter at most; what is blurred (h, g) may be foreign on top of it.
        let foreign = self.letters & !spelled.letters(number) & !letters_of(b"hg");
        if foreign.count_ones() > 1 || !spelled.begins_with(number, &self.begins) {
            return 0;
        }
        let mut best = 0;
        let mut way = 0;
        while spelled.read(number, way, &mut self.read) {
            way += 1;
            pinyin::collapsed(&self.read, &mut self.read_short);
            let slip = one_slip(self.typed, &self.read).or_else(|| one_slip(&self.short, &self.read_short));
            if let Some(slip) = slip.filter(|slip| slip.left == 0 || self.typed.len() > LETTERS_AT_LEAST) {
                best = best.max(rank::near(slip.wrong, slip.left));
            }
        }
        best
    }
}

/// How a typed word came out of what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OneSlip {
    /// A letter that is not meant at all.
    wrong: bool,
    /// Letters still to come.
    left: usize,
}

/// Whether `typed` is, with one slip at most, the beginning of `meant`; the likeliest slip.
fn one_slip(typed: &[u8], meant: &[u8]) -> Option<OneSlip> {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (before, typed, meant) = (typed[..same].last(), &typed[same..], &meant[same..]);
    let goes_on = |wrong, skip_typed: usize, skip_meant: usize| {
        let (typed, meant) = (typed.get(skip_typed..)?, meant.get(skip_meant..)?);
        meant.starts_with(typed).then(|| OneSlip { wrong, left: meant.len() - typed.len() })
    };
    if typed.is_empty() {
        return goes_on(false, 0, 0);
    }
    let swapped = typed.len() > 1 && meant.len() > 1 && typed[0] == meant[1] && typed[1] == meant[0];
    let doubled = before == typed.first();
    [
        goes_on(false, 0, 1),
        goes_on(!doubled, 1, 0),
        goes_on(true, 1, 1),
        if swapped { goes_on(false, 2, 2) } else { None },
    ]
    .into_iter()
    .flatten()
    .min()
}

/// The letters of `typed` in their order with gaps, beginning as the text does, by the fuzzy matcher. `letters` is
/// [`letters_of`] what was typed.
pub(super) fn gappy_pinyin(
    matcher: &SkimMatcherV2,
    typed: &str,
    letters: u32,
    spelled: &Spelled,
    number: u32,
    read: &mut Vec<u8>,
) -> Mark {
    if letters & !spelled.letters(number) != 0 {
        return 0;
    }
    spelled.read(number, 0, read);
    if read.first() != typed.as_bytes().first() {
        return 0;
    }
    gappy(matcher, typed, std::str::from_utf8(read).unwrap_or_default())
}

/// As [`gappy_pinyin`], in a text as written.
pub(super) fn gappy(matcher: &SkimMatcherV2, typed: &str, text: &str) -> Mark {
    // The matcher is slow to say no; this is not.
    let mut rest = text.chars();
    if !typed.chars().all(|c| rest.any(|other| other == c)) {
        return 0;
    }
    matcher.fuzzy_match(text, typed).map_or(0, |score| rank::gappy(score, typed.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_and_no_more() {
        for (typed, meant, left) in [
            ("chenfegying", "chenfengying", Some(0)),
            ("chenfenygin", "chenfengying", Some(1)),
            ("chefenying", "chenfengying", None),
            ("cehnfengying", "chenfengying", Some(0)),
            ("chenfenngying", "chenfengying", Some(0)),
            ("chemfengying", "chenfengying", Some(0)),
            ("chenfegy", "chenfengying", Some(3)),
            ("henfeng", "chenfengying", Some(4)),
            ("liwei", "liwei", Some(0)),
            ("ilwei", "liwei", Some(0)),
            ("liweix", "liwei", Some(0)),
            ("zhao", "liwei", None),
            ("", "liwei", Some(5)),
        ] {
            let slip = one_slip(typed.as_bytes(), meant.as_bytes());
            assert_eq!(slip.map(|slip| slip.left), left, "{typed} {meant}");
        }
        let wrong = |typed: &str| one_slip(typed.as_bytes(), b"wangfei").map(|slip| slip.wrong);
        assert_eq!(
            ["wangfi", "wagnfei", "wanngfei", "wangxei", "wangfeix"].map(wrong),
            [Some(false), Some(false), Some(false), Some(true), Some(true)]
        );
    }

    #[test]
    fn a_slip_on_top_of_a_southern_accent_and_in_any_reading() {
        let mut spelled = Spelled::default();
        let zeng = spelled.intern("曾胜利");
        for typed in ["zenshengil", "zengshegli", "censhegli", "cengshnegli"] {
            assert!(Slip::new(typed, &spelled).mark(&spelled, zeng) > 0, "{typed}");
        }
        for typed in ["wangshengli", "zengsheng2"] {
            assert_eq!(Slip::new(typed, &spelled).mark(&spelled, zeng) > 0, typed.ends_with('2'), "{typed}");
        }
        let matcher = SkimMatcherV2::default().ignore_case();
        let letters = letters_of(b"zgshl");
        assert!(gappy_pinyin(&matcher, "zgshl", letters, &spelled, zeng, &mut Vec::new()) > 0);
        assert!(gappy(&matcher, "粮院", "老粮站后院") > 0);
        assert_eq!(gappy(&matcher, "院粮", "老粮站后院"), 0);
    }
}
