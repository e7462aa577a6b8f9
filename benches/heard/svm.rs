//! Weights that part two heaps of reports: a linear support vector machine with squared hinge loss, by dual coordinate descent
//! (Hsieh et al. 2008). The same reports in the same order give the same weights. What is weighed is not known here.

use township_desk::domain::ticket::danger::learned::{Learned, share};

/// How much a report on the wrong side costs, against the size of the weights.
const COST: f32 = 5.0;
/// Rounds over all reports at most.
const ROUNDS: usize = 30;
/// Done when no report pulls harder than this.
const STILL: f32 = 0.02;

/// A report: the places of its features, each below the count of places, and its heap.
pub(crate) struct Report<'a> {
    /// The places.
    pub(crate) places: &'a [u32],
    /// Whether the weights are to speak for it.
    pub(crate) wanted: bool,
}

/// Learns weights for `count` places.
pub(crate) fn learn(reports: &[Report<'_>], count: usize) -> Learned {
    let mut learned = Learned { weights: vec![0.0; count], always: 0.0 };
    let mut pulls = vec![0.0_f32; reports.len()];
    let mut order: Vec<usize> = (0..reports.len()).collect();
    let mut dice = Dice(20_260_101);
    let slack = 0.5 / COST;
    for _ in 0..ROUNDS {
        dice.shuffle(&mut order);
        let mut hardest = 0.0_f32;
        for &i in &order {
            let Report { places, wanted } = reports[i];
            let side = if wanted { 1.0 } else { -1.0 };
            let each = share(places.len());
            let sum = places.iter().map(|place| learned.weights[*place as usize]).sum::<f32>() * each + learned.always;
            let slope = side * sum - 1.0 + slack * pulls[i];
            let pull = if pulls[i] == 0.0 { slope.min(0.0) } else { slope };
            hardest = hardest.max(pull.abs());
            if pull.abs() < 1e-6 {
                continue;
            }
            let before = pulls[i];
            // The features of a report have length one, what is always added one more.
            pulls[i] = (before - slope / (2.0 + slack)).max(0.0);
            let step = (pulls[i] - before) * side;
            places.iter().for_each(|place| learned.weights[*place as usize] += step * each);
            learned.always += step;
        }
        if hardest < STILL {
            break;
        }
    }
    learned
}

/// Numbers by chance, the same each time.
struct Dice(u64);

impl Dice {
    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (self.0 >> 33) as usize % (i + 1));
        }
    }
}
