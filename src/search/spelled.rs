//! Names, nicknames, compounds and aliases with how they are read, each distinct text once. Rooms, phones and free words
//! are not here, nor how a typed word is compared (`typed`).

use super::pinyin;
use super::pool::Pool;

/// Set on a sound when the next one is another reading of the same syllable.
pub(super) const MORE: u16 = 0x8000;

/// Syllables beyond these are not read: an alias may be long, nobody types that far.
const SYLLABLES_AT_MOST: usize = 24;

/// Distinct texts and their sounds, numbered by the pool.
#[derive(Default)]
pub(super) struct Spelled {
    texts: Pool,
    /// Distinct syllables: some 400 of Chinese, and Latin words and numbers.
    syllables: Pool,
    /// The sounds of every text back to back: numbers of syllables, those of one character marked with [`MORE`].
    sounds: Vec<u16>,
    /// Where the sounds of each text end.
    ends: Vec<u32>,
    /// Which letters its sounds hold: a bit for a..z, and bit 26 for any digit.
    letters: Vec<u32>,
}

impl Spelled {
    /// The number of a text, read aloud if it is new.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        let (number, new) = self.texts.intern(text.as_bytes());
        if new {
            let mut letters = 0;
            for readings in pinyin::syllables(text).iter().take(SYLLABLES_AT_MOST) {
                let first = self.sounds.len();
                for reading in readings {
                    let syllable = self.syllables.intern(reading.as_bytes()).0;
                    // A file with tens of thousands of different Latin words keeps the later ones by their text alone.
                    if syllable < u32::from(MORE) {
                        self.sounds.push(syllable as u16 | MORE);
                        letters |= letters_of(reading.as_bytes());
                    }
                }
                if self.sounds.len() > first
                    && let Some(last) = self.sounds.last_mut()
                {
                    *last &= !MORE;
                }
            }
            self.ends.push(self.sounds.len() as u32);
            self.letters.push(letters);
        }
        number
    }

    /// The text itself.
    pub(super) fn text(&self, number: u32) -> &str {
        std::str::from_utf8(self.texts.get(number)).unwrap_or_default()
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Texts holding these characters, rising.
    pub(super) fn containing(&self, needle: &str) -> Vec<u32> {
        self.texts.containing(needle.as_bytes())
    }

    /// The letters a text's sounds hold, as [`letters_of`] gives them.
    pub(super) fn letters(&self, number: u32) -> u32 {
        self.letters[number as usize]
    }

    /// Gives back what growing left over.
    pub(super) fn shrink(&mut self) {
        self.texts.shrink();
        self.sounds.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.letters.shrink_to_fit();
    }

    /// Writes the full pinyin of a text into `into`, by the `way`-th reading of its first syllable and the likeliest of
    /// all others; false when there are fewer ways. Two ways to read a surname are common, elsewhere they are not.
    pub(super) fn read(&self, number: u32, way: usize, into: &mut Vec<u8>) -> bool {
        into.clear();
        let mut pick = way;
        for group in Groups(self.sounds(number)) {
            let Some(&sound) = group.get(pick) else { return false };
            into.extend_from_slice(self.syllables.get(u32::from(sound & !MORE)));
            pick = 0;
        }
        pick == 0
    }

    /// All distinct syllables that sounds can name, by number.
    pub(super) fn syllables(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.syllables.len().min(MORE.into())).map(|n| self.syllables.get(n as u32))
    }

    /// Whether the first syllable of a text is, in any reading, one of these.
    pub(super) fn begins_with(&self, number: u32, syllables: &[bool]) -> bool {
        Groups(self.sounds(number)).next().is_some_and(|group| group.iter().any(|&s| syllables[usize::from(s & !MORE)]))
    }

    /// The sounds of a text, for [`Groups`].
    pub(super) fn sounds(&self, number: u32) -> &[u16] {
        let n = number as usize;
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.sounds[start..self.ends[n] as usize]
    }
}

/// A bit for each letter a..z, and bit 26 for any digit.
pub(super) fn letters_of(text: &[u8]) -> u32 {
    text.iter().fold(0, |mask, &b| match b {
        b'a'..=b'z' => mask | 1 << (b - b'a'),
        b'0'..=b'9' => mask | 1 << 26,
        _ => mask,
    })
}

/// The sounds of a text, one syllable with all its readings after the other.
pub(super) struct Groups<'a>(pub(super) &'a [u16]);

impl<'a> Iterator for Groups<'a> {
    type Item = &'a [u16];

    fn next(&mut self) -> Option<&'a [u16]> {
        let end = self.0.iter().position(|sound| sound & MORE == 0)? + 1;
        let (group, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(group)
    }
}
