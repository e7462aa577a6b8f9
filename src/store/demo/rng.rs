//! The chance of the sample: the same seed gives the same township for ever, on every machine.
//! It is not fit for secrets.

/// A stream of chance numbers (splitmix64).
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for one part of the sample, so that more of one thing does not change all the others.
    pub(super) fn for_part(seed: u64, part: &str) -> Self {
        let mixed = part
            .bytes()
            .fold(seed ^ 0x9e37_79b9_7f4a_7c15, |sum, b| (sum ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut rng = Self::new(mixed);
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0..n; 0 when n is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        // The high half of a product: no division, and the bias is far below what a sample could show.
        let product = u128::from(self.next()) * n as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// from..=to.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True so many times in a thousand.
    pub(super) fn per_mille(&mut self, n: usize) -> bool {
        self.below(1_000) < n
    }

    /// One of the list. The list must not be empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// The place in a list of weights a draw falls on.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let sum: u64 = weights.iter().map(|&w| u64::from(w)).sum();
        let mut left = self.below(usize::try_from(sum).unwrap_or(usize::MAX)) as u64;
        for (at, &weight) in weights.iter().enumerate() {
            if left < u64::from(weight) {
                return at;
            }
            left -= u64::from(weight);
        }
        0
    }

    /// Puts a list into a chance order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}
