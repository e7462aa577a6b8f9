//! Whose turn it is: which of the desk's three shifts is handed over next, and what a receiver's being late makes of it.
//! Who works in a shift is the roster's to say.

use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::roster::Templates;
use crate::domain::roster::shift::Template;

/// A shift of the desk: the day it belongs to, and which of the three it is.
pub type Turn = (Day, Template);

/// So many minutes after its end a shift is still waited for, or half of the shift that follows, where that is less.
/// Later, who hands over speaks for the shift that runs, and for all that were missed.
pub const GRACE_MINUTES: i64 = 240;

/// So many minutes before its end a shift may be handed over as done, or half of it, where that is less. Handed over
/// earlier than that, it still has its own handover at its end.
pub const EARLY_MINUTES: i64 = 120;

/// A log that began at most so many days before the first handover is spoken for by it from its beginning; the first
/// handover of an older one speaks of its own shift.
const FIRST_REACHES_BACK: i64 = 7;

/// What is handed over now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The shift handed over.
    pub turn: Turn,
    /// How many shifts it speaks for, itself the last: more than one when nobody handed over in between.
    pub spans: u32,
    /// When it ends.
    pub ends: Time,
    /// The shift that takes over.
    pub next: Turn,
    /// When that one begins.
    pub begins: Time,
    /// When that one ends: what falls due until then is told.
    pub until: Time,
}

impl Due {
    /// The shifts nobody handed over, which this one speaks for beside its own; the earliest first.
    pub fn missed(&self) -> Vec<Turn> {
        let own = count_of(self.turn);
        (own - i64::from(self.spans) + 1..own).map(turn_of).collect()
    }
}

/// The newest handover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// Of which shift it was.
    pub turn: Turn,
    /// A colleague took it for who came late, and hands it on.
    pub stand_in: bool,
    /// When it was accepted: which shifts it closed follows from that, not from its name.
    pub at: Time,
}

/// The hours of this township's shifts: whose turn it is follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turns {
    /// From and to of each template.
    pub hours: Templates,
    /// The only zone.
    pub zone: Zone,
}

impl Turns {
    /// What is handed over at `now`, when `last` was the newest handover. Which shift that is follows from the clock; what
    /// went before says only whether the shift that ended is still to be handed over, and how many were missed. What a
    /// colleague took for a late receiver is handed on to him as the same shift, while he is waited for.
    pub fn due(&self, last: Option<Last>, now: Time) -> Due {
        let Some(last) = last else { return self.following(None, now) };
        if last.stand_in {
            let turn = self.desk_turn(last.turn);
            let handed_on = self.following(Some(count_of(turn) - 1), now);
            if handed_on.turn == turn {
                return handed_on;
            }
        }
        self.following(Some(self.closed(last.at)), now)
    }

    /// What the first handover of all speaks for, in a log that began then.
    pub fn first_due(&self, log_began: Option<Time>, now: Time) -> Due {
        let own = self.due(None, now);
        let near = |began: &Time| began.minutes_to(self.span(own.turn).0) <= FIRST_REACHES_BACK * 24 * 60;
        let began = log_began.filter(near).map_or(own.turn, |began| self.at(began));
        self.following(Some(count_of(began).min(count_of(own.turn)) - 1), now)
    }

    fn following(&self, closed: Option<i64>, now: Time) -> Due {
        let running = count_of(self.at(now));
        let (begins, ends) = self.span(turn_of(running));
        // Before the first handover of all nobody is known to wait for one.
        let grace = if closed.is_some() { GRACE_MINUTES } else { EARLY_MINUTES };
        let waited_for = begins.minutes_to(now) < grace.min(begins.minutes_to(ends) / 2);
        let count = match closed {
            // Handed over early, the next follows.
            Some(closed) if closed == running => running + 1,
            Some(closed) if closed == running - 1 => running,
            // Handed over before it began: a clock ran ahead.
            Some(closed) if closed > running => running,
            _ if waited_for => running - 1,
            _ => running,
        };
        let spans = closed.map_or(1, |closed| u32::try_from(count - closed).unwrap_or(1).max(1));
        let (turn, next) = (turn_of(count), turn_of(count + 1));
        let ((_, ends), (begins, until)) = (self.span(turn), self.span(next));
        Due { turn, spans, ends, next, begins, until }
    }

    /// The newest shift a handover accepted at this time closes: it has ended, or is about to.
    fn closed(&self, accepted: Time) -> i64 {
        let turn = self.at(accepted);
        let (begins, ends) = self.span(turn);
        let early = EARLY_MINUTES.min(begins.minutes_to(ends) / 2);
        if accepted.minutes_to(ends) <= early { count_of(turn) } else { count_of(turn) - 1 }
    }

    /// Whether a handover accepted then closes this shift; earlier than shortly before its end it does not.
    pub fn closes(&self, turn: Turn, accepted: Time) -> bool {
        count_of(self.desk_turn(turn)) <= self.closed(accepted)
    }

    /// Shifts that end with this handover, accepted now, and were not yet when it was signed for `signed`.
    pub fn closed_since(&self, signed: Turn, now: Time) -> Vec<Turn> {
        (count_of(self.desk_turn(signed)) + 1..=self.closed(now)).map(turn_of).collect()
    }

    /// From when to when a shift of the desk runs.
    pub fn span(&self, (day, template): Turn) -> (Time, Time) {
        self.hours.span(template, day, self.zone)
    }

    /// The shift of the desk that runs: of the three the one that began last, also between two of them.
    pub fn at(&self, at: Time) -> Turn {
        let today = count_of((self.zone.day(at), ORDER[0]));
        let near = (today - 3..today + 3).map(turn_of);
        let begun = near.filter(|turn| self.span(*turn).0 <= at);
        begun.max_by_key(|turn| (self.span(*turn).0, count_of(*turn))).unwrap_or_else(|| turn_of(today))
    }

    /// A shift of any template as the one of the desk's three that runs when it begins.
    fn desk_turn(&self, turn: Turn) -> Turn {
        match turn.1 {
            Template::Early | Template::Late | Template::Night => turn,
            _ => self.at(self.span(turn).0),
        }
    }
}

const ORDER: [Template; 3] = [Template::Early, Template::Late, Template::Night];

fn count_of((day, template): Turn) -> i64 {
    let place = ORDER.iter().position(|one| *one == template).unwrap_or(0);
    (day - Day::default()).num_days() * 3 + i64::try_from(place).unwrap_or(0)
}

fn turn_of(count: i64) -> Turn {
    let day = Day::default() + chrono::Duration::days(count.div_euclid(3));
    (day, ORDER[usize::try_from(count.rem_euclid(3)).unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::CHINA;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn at(on: u32, hour: i64, minute: i64) -> Time {
        CHINA.at(day(on), hour * 60 + minute)
    }

    fn due(last: Option<Last>, now: Time, zone: Zone) -> Due {
        Turns { hours: Templates::starting(), zone }.due(last, now)
    }

    fn last(on: u32, hour: i64, minute: i64) -> Option<Last> {
        let (turn, at) = ((day(on), Template::Early), at(on, hour, minute));
        Some(Last { turn, stand_in: false, at })
    }

    #[test]
    fn what_a_colleague_took_is_handed_on_as_the_same_shift() {
        let taken = last(24, 16, 5).map(|last| Last { stand_in: true, ..last });
        let late = due(taken, at(24, 16, 40), CHINA);
        assert_eq!((late.turn, late.spans, late.ends), ((day(24), Template::Early), 1, at(24, 16, 0)));
        let never = due(taken, at(24, 23, 0), CHINA);
        assert_eq!((never.turn, never.spans), ((day(24), Template::Late), 1), "the colleague hands over himself");
    }

    #[test]
    fn the_first_handover_is_of_the_shift_that_just_ended_or_runs() {
        let first = due(None, at(24, 12, 0), CHINA);
        assert_eq!((first.turn, first.spans), ((day(24), Template::Early), 1));
        assert_eq!((first.next, first.ends, first.until), ((day(24), Template::Late), at(24, 16, 0), at(24, 24, 0)));
        let night = due(None, at(24, 8, 5), CHINA);
        assert_eq!((night.turn, night.spans, night.ends), ((day(23), Template::Night), 1, at(24, 8, 0)));
    }

    #[test]
    fn the_first_handover_of_a_young_log_speaks_for_all_of_it() {
        let turns = Turns { hours: Templates::starting(), zone: CHINA };
        let first = turns.first_due(Some(at(22, 9, 0)), at(23, 16, 5));
        assert_eq!((first.turn, first.spans), ((day(23), Template::Early), 4));
        assert_eq!(first.missed()[0], (day(22), Template::Early));
        let of_an_old_one = turns.first_due(Some(at(2, 9, 0)), at(23, 16, 5));
        assert_eq!((of_an_old_one.turn, of_an_old_one.spans), ((day(23), Template::Early), 1));
        assert_eq!(turns.first_due(Some(at(23, 16, 2)), at(23, 16, 5)).spans, 1, "it began a moment ago");
    }

    #[test]
    fn a_late_receiver_still_takes_over_the_shift_that_ended() {
        let night = last(24, 8, 0);
        let late = due(night, at(24, 16, 25), CHINA);
        assert_eq!((late.turn, late.spans, late.ends), ((day(24), Template::Early), 1, at(24, 16, 0)));
        let given_up = due(night, at(24, 20, 0), CHINA);
        assert_eq!((given_up.turn, given_up.spans), ((day(24), Template::Late), 2), "nobody handed the early one over");
        assert_eq!(given_up.missed(), [(day(24), Template::Early)]);
    }

    #[test]
    fn handed_over_early_the_next_one_follows_and_never_runs_ahead() {
        let early = due(last(24, 15, 45), at(24, 15, 50), CHINA);
        assert_eq!((early.turn, early.spans), ((day(24), Template::Late), 1));
        let ahead = due(last(24, 24, 5), at(24, 15, 55), CHINA);
        assert_eq!(ahead.turn, (day(24), Template::Early), "a clock ran ahead");
    }

    #[test]
    fn a_shift_handed_over_in_its_middle_is_handed_over_at_its_end_too() {
        let middle = last(24, 10, 0);
        for (hour, minute) in [(10, 5), (15, 50), (16, 0), (16, 30)] {
            let again = due(middle, at(24, hour, minute), CHINA);
            assert_eq!((again.turn, again.spans), ((day(24), Template::Early), 1), "{hour}:{minute}");
        }
        let afterwards = due(last(24, 16, 5), at(25, 0, 10), CHINA);
        assert_eq!((afterwards.turn, afterwards.spans), ((day(24), Template::Late), 1));
    }

    #[test]
    fn what_was_missed_is_named_and_what_follows_keeps_its_own_name() {
        let due = |last, now| due(last, now, CHINA);
        let closed = due(last(22, 24 + 8, 0), at(24, 16, 5));
        assert_eq!((closed.turn, closed.spans), ((day(24), Template::Early), 4));
        let of_23 = [Template::Early, Template::Late, Template::Night].map(|template| (day(23), template));
        assert_eq!(closed.missed(), of_23);
        let next = due(last(24, 16, 5), at(25, 0, 0));
        assert_eq!((next.turn, next.spans), ((day(24), Template::Late), 1));
    }

    #[test]
    fn the_night_belongs_to_the_evening_before() {
        let night = due(last(24, 0, 5), at(24, 5, 0), CHINA);
        assert_eq!((night.turn, night.next), ((day(23), Template::Night), (day(24), Template::Early)));
        assert_eq!((night.begins, night.until), (at(24, 8, 0), at(24, 16, 0)));
    }

    #[test]
    fn the_townships_own_hours_say_whose_turn_it_is() {
        let mut hours = Templates::starting();
        hours.0[Template::Early as usize] = (7 * 60, 15 * 60);
        hours.0[Template::Late as usize] = (15 * 60 + 30, 23 * 60);
        hours.0[Template::Night as usize] = (23 * 60, 31 * 60);
        let turns = Turns { hours, zone: CHINA };
        let now = turns.due(None, at(24, 12, 10));
        assert_eq!((now.turn, now.ends, now.begins), ((day(24), Template::Early), at(24, 15, 0), at(24, 15, 30)));
        assert_eq!(turns.at(at(24, 15, 10)), (day(24), Template::Early), "between two of them");
        let taken = Some(Last { turn: (day(24), Template::Early), stand_in: false, at: at(24, 15, 10) });
        assert_eq!(turns.due(taken, at(24, 15, 20)).turn, (day(24), Template::Late), "what ended is closed");
        assert_eq!(turns.due(None, at(24, 7, 10)).turn, (day(23), Template::Night), "it ended ten minutes ago");
        assert_eq!(turns.at(at(24, 6, 59)), (day(23), Template::Night));
        assert_eq!(turns.at(at(24, 23, 0)), (day(24), Template::Night));
    }
}
