//! A pool keeps each distinct text once and names it by a number, so that a name borne by forty people costs one copy.
//! Texts are never taken out again; the pool of a township grows by the new names of a day, which is nothing.

use std::hash::{DefaultHasher, Hash, Hasher};

/// No text: what a record without a name or a place holds.
pub(super) const NONE: u32 = u32::MAX;

/// Distinct byte strings, back to back in one buffer, numbered from 0 in the order they came.
#[derive(Default)]
pub(super) struct Pool {
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<u32>,
    /// Open addressing over the texts' numbers, a power of two long; `NONE` is a free slot.
    slots: Vec<u32>,
}

impl Pool {
    /// The number of this text, and whether it is new.
    pub(super) fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        if self.ends.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let mut slot = self.first_slot(text);
        while self.slots[slot] != NONE {
            if self.get(self.slots[slot]) == text {
                return (self.slots[slot], false);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        self.slots[slot] = number;
        (number, true)
    }

    /// The text of a number this pool gave; empty for any other.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let n = number as usize;
        match self.ends.get(n) {
            Some(&end) => &self.bytes[self.start(n)..end as usize],
            None => &[],
        }
    }

    /// How many texts it holds.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Numbers of the texts that contain `needle`, rising. A find that crosses from one text into the next does not count.
    pub(super) fn containing(&self, needle: &[u8]) -> Vec<u32> {
        let finder = memchr::memmem::Finder::new(needle);
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(at) = finder.find(&self.bytes[from..]) {
            let start = from + at;
            let n = self.ends.partition_point(|&end| end as usize <= start);
            if start + needle.len() <= self.ends[n] as usize {
                found.push(n as u32);
                from = self.ends[n] as usize;
            } else {
                from = start + 1;
            }
        }
        found
    }

    /// Gives back what growing left over.
    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn start(&self, n: usize) -> usize {
        n.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    fn first_slot(&self, text: &[u8]) -> usize {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish() as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(64)];
        for n in 0..self.ends.len() as u32 {
            let mut slot = self.first_slot(self.get(n));
            while self.slots[slot] != NONE {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = n;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_once_and_found_again() {
        let mut pool = Pool::default();
        let numbers: Vec<u32> = (0..500).map(|n| pool.intern(format!("t{}", n % 100).as_bytes()).0).collect();
        assert_eq!(pool.len(), 100);
        assert_eq!(numbers[..100], numbers[400..]);
        assert_eq!(pool.get(42), b"t42");
        assert_eq!(pool.get(NONE), b"");
        assert_eq!(pool.intern(b"t7"), (7, false));
    }

    #[test]
    fn containing_stays_inside_one_text() {
        let mut pool = Pool::default();
        for text in ["陈凤英", "英雄", "", "李英", "凤"] {
            pool.intern(text.as_bytes());
        }
        assert_eq!(pool.containing("英".as_bytes()), [0, 1, 3]);
        assert_eq!(pool.containing("英英".as_bytes()), [] as [u32; 0], "the end of one text and the start of the next");
    }
}
