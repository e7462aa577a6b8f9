//! A typed word made ready to be read as any name: in full pinyin, by initials, mixed, blurred. Chinese characters,
//! digits of phones and homes are not its concern.

use super::pinyin;
use super::rank::{self, Mark};
use super::spelled::{Groups, MORE, Spelled, letters_of};

/// Typed letters beyond these are ignored; one bit each in a word of 64.
const TYPED_AT_MOST: usize = 60;

/// A typed word made ready to be read as any text: for each syllable and each place in the word, how far the syllable
/// takes the word on. A set of places is a word of bits, so a text is read in one step a syllable.
pub(super) struct Typed {
    len: usize,
    /// Letters a text must have, whatever is blurred.
    letters: u32,
    /// Syllables the word can begin with.
    begins: Vec<bool>,
    /// How many letters each syllable has.
    lengths: Vec<u8>,
    /// Sets indexed by syllable × `len` + place. `loose` holds `exact` and what blurred spellings add.
    loose: Vec<u64>,
    /// Any beginning of the syllable.
    exact: Vec<u64>,
    /// The whole syllable.
    full: Vec<u64>,
}

/// How a word was read as a text from some syllable on.
struct Reading {
    /// 0 when the text was read to its end, else more.
    left: usize,
    /// The last syllable was typed in full.
    full: bool,
}

impl Typed {
    /// `word` is lower-case letters or digits. The tables hold the syllables known at this moment.
    pub(super) fn new(word: &str, spelled: &Spelled) -> Self {
        let word = &word.as_bytes()[..word.len().min(TYPED_AT_MOST)];
        let size = spelled.syllables().len() * word.len();
        let letters = letters_of(word);
        let mut typed = Self {
            len: word.len(),
            letters: letters & !letters_of(b"hglnuv"),
            begins: vec![false; spelled.syllables().len()],
            lengths: spelled.syllables().map(|syllable| syllable.len().min(255) as u8).collect(),
            loose: vec![0; size],
            exact: vec![0; size],
            full: vec![0; size],
        };
        for (number, syllable) in spelled.syllables().enumerate() {
            let syllable = std::str::from_utf8(syllable).unwrap_or_default();
            // Only the first letter decides whether a syllable is reached at all, and l and n stand for each other.
            let mut first = letters_of(&syllable.as_bytes()[..syllable.len().min(1)]);
            if matches!(syllable.as_bytes(), [b'l' | b'n', ..]) {
                first |= letters_of(b"ln");
            }
            if first & letters == 0 {
                continue;
            }
            let spellings = pinyin::spellings(syllable);
            let row = number * word.len();
            for at in 0..word.len() {
                for way in &spellings.strict {
                    let taken = common(way.as_bytes(), &word[at..]);
                    typed.exact[row + at] |= places(at, taken);
                    if taken == way.len() {
                        typed.full[row + at] |= 1 << (at + taken);
                    }
                }
                typed.loose[row + at] = typed.exact[row + at];
                for way in &spellings.blurred {
                    typed.loose[row + at] |= places(at, common(way.as_bytes(), &word[at..]));
                }
            }
            typed.begins[number] = typed.loose[row] != 0;
        }
        typed
    }

    /// How well the word reads as the text: from its beginning or from any later syllable; 0 when it does not.
    pub(super) fn mark(&self, spelled: &Spelled, number: u32) -> Mark {
        if self.len == 0 || self.letters & !spelled.letters(number) != 0 {
            return 0;
        }
        let mut best = 0;
        let mut groups = Groups(spelled.sounds(number));
        let mut start = 0;
        while !groups.0.is_empty() {
            let rest = groups.0;
            let Some(group) = groups.next() else { break };
            if group.iter().any(|&sound| self.begins[usize::from(sound & !MORE)]) {
                best = best.max(self.mark_from(rest, start));
            }
            start += 1;
        }
        best
    }

    fn mark_from(&self, sounds: &[u16], start: usize) -> Mark {
        if self.len == 1 {
            return self.mark_letter(sounds, start);
        }
        let any = |table: &[u64], sound: u16, at: usize| table[self.row(sound) + at];
        let Some(blurred) = self.read(sounds, |sound, at| (any(&self.loose, sound, at), any(&self.loose, sound, at)))
        else {
            return 0;
        };
        let letters: usize = Groups(sounds).map(|group| usize::from(self.lengths[usize::from(group[0] & !MORE)])).sum();
        let untyped = letters.saturating_sub(self.len);
        if let Some(r) = self.read(sounds, |sound, at| (any(&self.full, sound, at), any(&self.exact, sound, at))) {
            return rank::less(rank::full_pinyin(start, r.left, r.full), untyped);
        }
        let one = |sound, at: usize| any(&self.exact, sound, at) & 1 << (at + 1);
        if let Some(r) = self.read(sounds, |sound, at| (one(sound, at), one(sound, at))) {
            return rank::initials(start, r.left, self.len);
        }
        match self.read(sounds, |sound, at| (any(&self.exact, sound, at), any(&self.exact, sound, at))) {
            Some(r) => rank::less(rank::mixed_pinyin(start, r.left), untyped),
            None => rank::less(rank::blurred(start, blurred.left), untyped),
        }
    }

    /// As [`Self::mark_from`] for a single letter, where the first syllable decides.
    fn mark_letter(&self, sounds: &[u16], start: usize) -> Mark {
        let mut groups = Groups(sounds);
        let Some(group) = groups.next() else { return 0 };
        let any = |table: &[u64]| group.iter().any(|&sound| table[self.row(sound)] != 0);
        // Whether nothing is left matters, how much does not.
        let left = usize::from(!groups.0.is_empty());
        if any(&self.full) {
            rank::full_pinyin(start, left, true)
        } else if any(&self.exact) {
            rank::initials(start, left, 1)
        } else {
            rank::blurred(start, left)
        }
    }

    /// Reads syllable after syllable. `step` gives, for a sound and a place, the places to go on from and, if the word
    /// may end within this syllable, those it may end at.
    fn read(&self, sounds: &[u16], step: impl Fn(u16, usize) -> (u64, u64)) -> Option<Reading> {
        let goal = 1u64 << self.len;
        let mut at_places = 1u64;
        let mut groups = Groups(sounds);
        while let Some(group) = groups.next() {
            let (mut on, mut end, mut full) = (0, 0, 0);
            for &sound in group {
                let mut left = at_places & (goal - 1);
                while left != 0 {
                    let at = left.trailing_zeros() as usize;
                    left &= left - 1;
                    let (through, last) = step(sound, at);
                    on |= through;
                    end |= last;
                    full |= self.full[self.row(sound) + at];
                }
            }
            if end & goal != 0 {
                return Some(Reading { left: groups.0.len(), full: full & goal != 0 });
            }
            if on == 0 {
                return None;
            }
            at_places = on;
        }
        None
    }

    fn row(&self, sound: u16) -> usize {
        usize::from(sound & !MORE) * self.len
    }
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

/// The places after `at` that taking 1 to `taken` letters leads to.
fn places(at: usize, taken: usize) -> u64 {
    ((1 << taken) - 1) << (at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::find::Why;

    fn mark(text: &str, word: &str) -> Mark {
        let mut spelled = Spelled::default();
        let number = spelled.intern(text);
        Typed::new(word, &spelled).mark(&spelled, number)
    }

    #[test]
    fn better_readings_rank_higher() {
        for (better, worse) in [
            ("chenfengying", "cfy"),
            ("cfy", "chenfeng"),
            ("chen", "chenf"),
            ("chenf", "cf"),
            ("cf", "chenfy"),
            ("chenfy", "cenfenying"),
            ("cfy", "fy"),
        ] {
            assert!(mark("陈凤英", better) > mark("陈凤英", worse), "{better} over {worse}");
            assert!(mark("陈凤英", worse) > 0, "{worse}");
        }
    }

    #[test]
    fn all_readings_umlaut_mixed_blurred() {
        for (text, word, why) in [
            ("曾丽", "zengli", Why::Pinyin),
            ("曾丽", "cengli", Why::Pinyin),
            ("曾丽", "zl", Why::Initials),
            ("曾丽", "cl", Why::Initials),
            ("吕绿", "lvlv", Why::Pinyin),
            ("吕绿", "lulu", Why::Pinyin),
            ("徐娟", "xvj", Why::Pinyin),
            ("王小明", "wangxm", Why::Pinyin),
            ("王小明", "wxming", Why::Pinyin),
            ("王小明", "xiaoming", Why::Pinyin),
            ("刘宁", "niuling", Why::Fuzzy),
            ("张胜", "zansen", Why::Fuzzy),
            ("Ann Lee", "al", Why::Initials),
            ("Ann Lee", "annlee", Why::Pinyin),
            ("和平2区", "hp2q", Why::Initials),
        ] {
            assert_eq!(rank::why(mark(text, word)), Some(why), "{text} {word}");
        }
        for (text, word) in
            [("陈凤英", "hen"), ("陈凤英", "cy"), ("陈凤英", "chenfengyingx"), ("陈凤英", ""), ("", "a")]
        {
            assert_eq!(mark(text, word), 0, "{text} {word}");
        }
    }
}
