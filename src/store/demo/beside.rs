//! What happens to a ticket beside its moves: neighbours who join, callers who ask again, notes.
//! It changes no status; moves are in `life`.

use super::life::{Deed, Life};
use super::words;
use crate::domain::base::time::{HOUR, MINUTE, Time};
use crate::domain::ticket::op::Act;

impl Life<'_> {
    /// Neighbours join, callers chase, clerks note.
    pub(super) fn beside(&mut self) {
        let end = self.open_until.min(self.now);
        let span = (end.0 - self.opened_at.0 - MINUTE).max(0);
        let code = self.words().code;
        let shared = matches!(code, "106" | "203" | "205" | "207" | "214" | "215" | "301" | "304" | "308" | "401");
        let joins = if shared && self.rng.per_mille(100) { self.rng.between(1, 4) } else { 0 };
        for _ in 0..joins {
            // Neighbours ring soon after each other.
            if let Some(at) = self.moment(span.min(3 * HOUR)) {
                self.note(at, Act::join("", ""));
            }
        }
        let chases = match self.rng.below(1_000) {
            0..32 => 1,
            32..40 => 2,
            _ => 0,
        };
        for _ in 0..chases {
            if let Some(at) = self.moment(span) {
                let words = (*self.rng.pick(words::CHASED)).to_owned();
                self.note(at, Act::Chase(words));
            }
        }
        if self.rng.per_mille(70)
            && let Some(at) = self.moment((self.now.0 - self.opened_at.0).min(30 * HOUR))
        {
            let words = (*self.rng.pick(words::NOTED)).to_owned();
            self.note(at, Act::Note(words));
        }
    }

    /// A moment within the span behind the opening, at an hour people are awake where there is one.
    fn moment(&mut self, span: i64) -> Option<Time> {
        let minutes = span / MINUTE;
        if minutes < 2 {
            return None;
        }
        let mut at = self.opened_at;
        for _ in 0..4 {
            at = Time(self.opened_at.0 + self.rng.between(1, minutes) * MINUTE);
            if (7 * 60..22 * 60).contains(&self.crew.wall.minute(at)) {
                break;
            }
        }
        (at <= self.now).then_some(at)
    }

    fn note(&mut self, at: Time, act: Act) {
        let by = self.crew.clerk_at(at);
        self.deeds.push(Deed { at, by, act });
    }
}
