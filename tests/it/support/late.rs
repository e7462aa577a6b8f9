//! Work that threads of the real program do at their own pace: what was asked and not yet done, what was done and not yet
//! heard. Here chance, the same at every run, says what comes next. What the work is, is done in [`super::Session`].

use township_desk::desk::frame::ask::Slot;
use township_desk::desk::{Effect, Msg};

use crate::store::Dice;

/// One piece of work of a thread.
#[derive(Debug)]
pub(crate) enum Work {
    /// The desk asked for it.
    Do(Effect),
    /// It is done, and the desk will hear of it.
    Hear(Msg),
}

/// What the threads have still to do.
#[derive(Debug)]
pub(crate) struct Threads {
    dice: Dice,
    /// Answers of the reader and the finder come in any order, those to newer questions first as well.
    reading: Vec<Work>,
    /// The writer does one thing after the other, and says so in that order.
    writing: Vec<Effect>,
    written: Vec<Msg>,
}

impl Threads {
    pub(crate) fn new(dice: Dice) -> Self {
        Self { dice, reading: Vec::new(), writing: Vec::new(), written: Vec::new() }
    }

    pub(crate) fn asked(&mut self, effect: Effect) {
        match effect {
            Effect::Commit { .. } | Effect::Undo { .. } | Effect::Redo { .. } => self.writing.push(effect),
            Effect::LogAccess(_) | Effect::Print(_) => self.writing.push(effect),
            effect => {
                // A newer question of its slot may overtake an older one before that is begun.
                if let Some(slot) = slot_of(&effect)
                    && self.dice.roll(2) == 0
                {
                    self.reading.retain(|work| !matches!(work, Work::Do(older) if slot_of(older) == Some(slot)));
                }
                self.reading.push(Work::Do(effect));
            }
        }
    }

    /// What came of work that [`Threads::next`] gave out to be done.
    pub(crate) fn done(&mut self, by_writer: bool, msg: Msg) {
        if by_writer {
            self.written.push(msg);
        } else {
            self.reading.push(Work::Hear(msg));
        }
    }

    /// What happens next, and whether it is the writer's; none when nothing is left.
    pub(crate) fn next(&mut self) -> Option<(bool, Work)> {
        let lanes = [self.reading.len(), self.writing.len().min(1), self.written.len().min(1)];
        let all = lanes.iter().sum();
        if all == 0 {
            return None;
        }
        let at = self.dice.roll(all);
        Some(if at < lanes[0] {
            (false, self.reading.swap_remove(at))
        } else if at < lanes[0] + lanes[1] {
            (true, Work::Do(self.writing.remove(0)))
        } else {
            (true, Work::Hear(self.written.remove(0)))
        })
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.dice.roll(sides)
    }
}

fn slot_of(effect: &Effect) -> Option<Slot> {
    match effect {
        Effect::Ask { slot, .. } | Effect::Find { slot, .. } => Some(*slot),
        _ => None,
    }
}

/// A seed of its own for each test, the same at every run; `SEED` makes it another.
pub(crate) fn seed() -> u64 {
    let chosen: u64 = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let thread = std::thread::current();
    let name = thread.name().unwrap_or_default();
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325 ^ chosen, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
