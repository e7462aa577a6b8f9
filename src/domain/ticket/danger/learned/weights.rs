//! The file of weights, as compact as it can be: half a byte a place. How the weights were found is not here; what they are
//! weights of is `features`.
//!
//! It begins with [`MAGIC`]; then follow, for danger and each kind in the order of [`Kind::ALL`], the largest weight and what is
//! added to every sum, and the sum from which on a report is heard, each a little-endian `f32`; then the weights of danger, and
//! those of each kind. A weight is a level from -7 to 7, 8 more than that in the file, two a byte, the first the lower half;
//! level 3 of the largest weight 2 is 2 × (3/7)².

use crate::domain::ticket::danger::Kind;
use crate::domain::ticket::danger::learned::features::{KIND_PLACES, PLACES};

/// What the file begins with.
const MAGIC: &[u8] = b"heard 1\n";
/// The highest level.
const TOP: f32 = 7.0;
/// The level that is nought, as it is written.
const NOUGHT: i32 = 8;

/// Weights of one thing, as they are learned: by place, and what is added to every sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// By place.
    pub weights: Vec<f32>,
    /// Added to every sum.
    pub always: f32,
}

/// A file, read.
pub struct Weights<'a> {
    danger: Table<'a>,
    kinds: Vec<Table<'a>>,
    /// The sum from which on a report is heard.
    pub from: f32,
}

struct Table<'a> {
    halves: &'a [u8],
    /// The weight of each level.
    levels: [f32; 16],
    always: f32,
}

impl<'a> Weights<'a> {
    /// Reads a file; nothing when it is not one, or not whole.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut number = || {
            let (number, behind) = rest.split_first_chunk::<4>()?;
            rest = behind;
            Some(f32::from_le_bytes(*number)).filter(|number| number.is_finite())
        };
        let heads = (0..=Kind::ALL.len()).map(|_| Some((number()?, number()?))).collect::<Option<Vec<_>>>()?;
        let from = number()?;
        let mut tables = heads.into_iter().enumerate().map(|(i, (largest, always))| {
            let (halves, behind) = rest.split_at_checked(if i == 0 { PLACES } else { KIND_PLACES } / 2)?;
            rest = behind;
            Some(Table { halves, levels: levels(largest), always })
        });
        let danger = tables.next()??;
        let kinds = tables.collect::<Option<Vec<_>>>()?;
        rest.is_empty().then_some(Self { danger, kinds, from })
    }

    /// How much some places speak for danger; more than [`Weights::from`] is heard.
    pub fn danger(&self, places: &[u32]) -> f32 {
        self.danger.sum(places.iter().map(|place| *place as usize), places.len())
    }

    /// How much a place speaks for danger.
    pub(in crate::domain) fn one(&self, place: u32) -> f32 {
        self.danger.weight(place as usize)
    }

    /// The kind some topics speak for most.
    pub fn kind(&self, topics: &[u32]) -> Option<Kind> {
        let sum = |table: &Table<'_>| table.sum(topics.iter().map(|place| *place as usize), topics.len());
        let sums = self.kinds.iter().map(sum).zip(Kind::ALL);
        sums.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, kind)| *kind)
    }
}

/// How much each of so many places counts: a long report has many, and must not count more for it.
pub fn share(places: usize) -> f32 {
    1.0 / (places.max(1) as f32).sqrt()
}

impl Table<'_> {
    fn weight(&self, place: usize) -> f32 {
        let two = self.halves.get(place / 2).copied().unwrap_or_default();
        self.levels[usize::from(if place.is_multiple_of(2) { two & 15 } else { two >> 4 })]
    }

    fn sum(&self, places: impl Iterator<Item = usize>, count: usize) -> f32 {
        places.map(|place| self.weight(place)).sum::<f32>() * share(count) + self.always
    }
}

fn levels(largest: f32) -> [f32; 16] {
    std::array::from_fn(|written| {
        let level = (written as i32 - NOUGHT) as f32 / TOP;
        level * level.abs() * largest
    })
}

/// The bytes of a file: danger, the kinds in the order of [`Kind::ALL`], and the sum from which on a report is heard.
pub fn written(danger: &Learned, kinds: &[Learned], from: f32) -> Vec<u8> {
    let all = || std::iter::once(danger).chain(kinds);
    let largest = |of: &Learned| of.weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let mut bytes = MAGIC.to_vec();
    for of in all() {
        bytes.extend(largest(of).to_le_bytes());
        bytes.extend(of.always.to_le_bytes());
    }
    bytes.extend(from.to_le_bytes());
    for of in all() {
        let largest = largest(of).max(f32::MIN_POSITIVE);
        let level = |weight: &f32| {
            let level = ((weight.abs() / largest).sqrt() * TOP).round().copysign(*weight);
            (level as i32 + NOUGHT) as u8
        };
        bytes.extend(of.weights.chunks(2).map(|two| level(&two[0]) | two.get(1).map_or(0, level) << 4));
    }
    bytes
}
