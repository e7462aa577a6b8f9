//! Everything that can be found, held compactly: columns of numbers, one buffer of lines, and names, compounds and homes
//! each kept once. How a query is answered from it is not here; that is `finder`.

use std::sync::atomic::{AtomicU64, Ordering};

use super::keys;
use super::marks::TermMarks;
use super::pool::{NONE, Pool};
use super::spelled::Spelled;
use crate::domain::base::find::{FindKind, Record};
use crate::domain::person::PersonName;

/// In the column of kinds: a record without one, and a record taken out.
const NO_KIND: u8 = 254;
const GONE: u8 = 255;

/// The next stamp; any number never given before will do.
static STAMPS: AtomicU64 = AtomicU64::new(1);

/// The records of a township. About 100 bytes each with everything that is shared.
pub struct Index {
    // One entry a record, in the order of their lines.
    ids: Vec<i64>,
    places: Vec<i64>,
    moments: Vec<i64>,
    kinds: Vec<u8>,
    /// Name, in `spelled`.
    names: Vec<u32>,
    /// Compound, in `spelled`.
    compounds: Vec<u32>,
    /// Home, in `doors`.
    homes: Vec<u32>,
    /// Where its other names are in `lists`.
    others: Vec<u32>,
    /// Where its line begins.
    starts: Vec<u32>,

    lines: Vec<u8>,
    /// Other names of a record: how many are nicknames, how many there are in all, then their numbers in `spelled`.
    lists: Vec<u32>,
    pub(super) spelled: Spelled,
    /// Building, unit and room; the same numbers in another compound are the same text.
    doors: Pool,
    gone: usize,
    /// Changes with every change, and differs between indexes.
    stamp: u64,
}

impl Index {
    /// An index of these records. Several with the same kind, id and place are all kept: see [`Index::put`] for one.
    pub fn build(records: impl IntoIterator<Item = Record>) -> Self {
        let mut index = Self::empty();
        for record in records {
            index.append(&record);
        }
        index.shrink();
        index
    }

    /// An index of what `feed` hands over one by one, so that the records are never all held twice.
    ///
    /// # Errors
    /// That of the feed.
    pub fn gather<E>(feed: impl FnOnce(&mut dyn FnMut(Record)) -> Result<(), E>) -> Result<Self, E> {
        let mut index = Self::empty();
        feed(&mut |record| index.append(&record))?;
        index.shrink();
        Ok(index)
    }

    /// Adds a record, in place of the one with the same kind, id and place if there is one.
    pub fn put(&mut self, record: Record) {
        let kind = kind_code(record.kind);
        self.take_out(|index, n| {
            index.ids[n] == record.id && index.kinds[n] == kind && index.places[n] == record.place
        });
        self.append(&record);
    }

    /// Takes out all records of this kind and id, whatever their place.
    pub fn remove(&mut self, kind: FindKind, id: i64) {
        let kind = kind_code(Some(kind));
        self.take_out(|index, n| index.ids[n] == id && index.kinds[n] == kind);
    }

    /// How many records can be found.
    pub fn len(&self) -> usize {
        self.ids.len() - self.gone
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A record as it was put in.
    pub(super) fn record(&self, n: u32) -> Record {
        let r = n as usize;
        let [building, unit, room] = keys::door_as_written(self.door_text(self.homes[r])).map(str::to_owned);
        let text = |number: u32| self.spelled.text(number).to_owned();
        let mut record = Record {
            kind: self.kind(n),
            id: self.ids[r],
            place: self.places[r],
            name: (self.names[r] != NONE).then(|| PersonName::stored(text(self.names[r]))),
            called: self.called(n).0.iter().map(|&number| text(number)).collect(),
            compound: if self.compounds[r] == NONE { String::new() } else { text(self.compounds[r]) },
            building,
            unit,
            room,
            at: self.moments[r],
            ..Record::default()
        };
        keys::read_line(self.line(n), &mut record);
        record
    }

    /// How many entries there are, those taken out among them.
    pub(super) fn entries(&self) -> u32 {
        self.ids.len() as u32
    }

    pub(super) fn is_gone(&self, n: u32) -> bool {
        self.kinds[n as usize] == GONE
    }

    pub(super) fn kind(&self, n: u32) -> Option<FindKind> {
        FindKind::ALL.get(usize::from(self.kinds[n as usize])).copied()
    }

    /// Moment of a record, milliseconds.
    pub(super) fn moment(&self, n: u32) -> i64 {
        self.moments[n as usize]
    }

    /// Numbers of its name and its compound in `spelled`, and of its home; [`NONE`] where it has none.
    pub(super) fn parts(&self, n: u32) -> [u32; 3] {
        let r = n as usize;
        [self.names[r], self.compounds[r], self.homes[r]]
    }

    /// Whether any of its names, its home or its line may have one of these marks. It may be wrong where a record has
    /// other names, never where it says no.
    pub(super) fn may_answer(&self, n: u32, marks: &TermMarks) -> bool {
        let r = n as usize;
        marks.spelled.get(self.names[r]) != 0
            || marks.spelled.get(self.compounds[r]) != 0
            || self.others[r] != NONE
            || marks.doors.get(self.homes[r]) != 0
            || marks.lines.get(n) != 0
    }

    /// Numbers of its nicknames in `spelled`, and of other texts it is spelled by (a role, a label).
    pub(super) fn called(&self, n: u32) -> (&[u32], &[u32]) {
        match self.others[n as usize] {
            NONE => (&[], &[]),
            start => {
                let list = &self.lists[start as usize..];
                let (nicknames, all) = (list[0] as usize, list[1] as usize);
                list[2..2 + all].split_at(nicknames)
            }
        }
    }

    pub(super) fn line(&self, n: u32) -> &[u8] {
        let r = n as usize;
        let end = self.starts.get(r + 1).map_or(self.lines.len(), |&next| next as usize);
        &self.lines[self.starts[r] as usize..end]
    }

    /// Entries whose line holds one of the needles, rising, each once.
    pub(super) fn lines_holding(&self, needles: &[Vec<u8>]) -> Vec<u32> {
        let mut found = Vec::new();
        for needle in needles {
            let finder = memchr::memmem::Finder::new(needle);
            let mut from = 0;
            while let Some(at) = finder.find(&self.lines[from..]) {
                // Entries without a line begin where the next one does: the last of them is the one with the text.
                let after = self.starts.partition_point(|&start| start as usize <= from + at);
                found.push(after as u32 - 1);
                from = self.starts.get(after).map_or(self.lines.len(), |&next| next as usize);
            }
        }
        if needles.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    /// Building, unit and room of a home's number as they are compared.
    pub(super) fn door(&self, number: u32) -> [&str; 3] {
        keys::door(self.door_text(number))
    }

    /// How many distinct homes there are.
    pub(super) fn doors(&self) -> u32 {
        self.doors.len() as u32
    }

    /// Homes whose text holds these characters.
    pub(super) fn doors_holding(&self, text: &str) -> Vec<u32> {
        self.doors.containing(text.as_bytes())
    }

    pub(super) fn stamp(&self) -> u64 {
        self.stamp
    }

    fn empty() -> Self {
        Self {
            ids: Vec::new(),
            places: Vec::new(),
            moments: Vec::new(),
            kinds: Vec::new(),
            names: Vec::new(),
            compounds: Vec::new(),
            homes: Vec::new(),
            others: Vec::new(),
            starts: Vec::new(),
            lines: Vec::new(),
            lists: Vec::new(),
            spelled: Spelled::default(),
            doors: Pool::default(),
            gone: 0,
            stamp: STAMPS.fetch_add(1, Ordering::Relaxed),
        }
    }

    fn append(&mut self, record: &Record) {
        let start = self.lines.len() as u32;
        keys::write_line(record, &mut self.lines);
        self.starts.push(start);
        self.ids.push(record.id);
        self.places.push(record.place);
        self.moments.push(record.at);
        self.kinds.push(kind_code(record.kind));
        self.names.push(record.name.as_ref().map_or(NONE, |name| self.spelled.intern(name.reveal())));
        self.compounds.push(if record.compound.is_empty() { NONE } else { self.spelled.intern(&record.compound) });
        let door = keys::write_door(record);
        self.homes.push(if door.is_empty() { NONE } else { self.doors.intern(door.as_bytes()).0 });
        // Words of tickets are free text and searched as written; a role or a label is also typed in pinyin.
        let spelled_words = matches!(record.kind, Some(FindKind::Staff | FindKind::Place | FindKind::Alias));
        let words = Some(&record.words).filter(|words| spelled_words && !words.is_empty());
        if record.called.is_empty() && words.is_none() {
            self.others.push(NONE);
        } else {
            self.others.push(self.lists.len() as u32);
            self.lists.push(record.called.len() as u32);
            self.lists.push((record.called.len() + usize::from(words.is_some())) as u32);
            for text in record.called.iter().chain(words) {
                self.lists.push(self.spelled.intern(text));
            }
        }
        self.stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
    }

    fn take_out(&mut self, which: impl Fn(&Self, usize) -> bool) {
        for n in 0..self.ids.len() {
            if which(self, n) {
                self.kinds[n] = GONE;
                self.gone += 1;
                self.stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
            }
        }
        if self.gone > 1_024 && self.gone * 4 > self.ids.len() {
            let live: Vec<u32> = (0..self.entries()).filter(|&n| !self.is_gone(n)).collect();
            *self = Self::build(live.into_iter().map(|n| self.record(n)));
        }
    }

    fn shrink(&mut self) {
        self.ids.shrink_to_fit();
        self.places.shrink_to_fit();
        self.moments.shrink_to_fit();
        self.kinds.shrink_to_fit();
        for column in [&mut self.names, &mut self.compounds, &mut self.homes, &mut self.others, &mut self.starts] {
            column.shrink_to_fit();
        }
        self.lines.shrink_to_fit();
        self.lists.shrink_to_fit();
        self.spelled.shrink();
        self.doors.shrink();
    }

    fn door_text(&self, number: u32) -> &str {
        std::str::from_utf8(self.doors.get(number)).unwrap_or_default()
    }
}

fn kind_code(kind: Option<FindKind>) -> u8 {
    kind.map_or(NO_KIND, |kind| kind as u8)
}
