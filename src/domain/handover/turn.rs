//! Whose turn it is: which of the desk's three shifts is handed over next, and what a receiver's being late makes of it.
//! Who works in a shift is the roster's to say.

use crate::domain::roster::Templates;
use crate::domain::shift::Template;
use crate::domain::time::{Day, Time, Zone};

/// A shift of the desk: the day it belongs to, and which of the three it is.
pub type Turn = (Day, Template);

/// So many minutes after its end a shift is still waited for; later the next one hands over for both.
pub const GRACE_MINUTES: i64 = 240;

/// What is handed over now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The shift handed over.
    pub turn: Turn,
    /// How many shifts it speaks for: more than one when nobody handed over in between.
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

/// The newest shift handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// Which.
    pub turn: Turn,
    /// A colleague took it for who came late, and hands it on.
    pub stand_in: bool,
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
    /// What is handed over at `now`, when `last` was the newest handed over. What a colleague took for a late receiver is
    /// handed on to him as the same shift, while he is waited for.
    pub fn due(&self, last: Option<Last>, now: Time) -> Due {
        if let Some(Last { turn, stand_in: true }) = last {
            let handed_on = self.following(Some(turn_of(count_of(self.desk_turn(turn)) - 1)), now);
            if handed_on.turn == turn {
                return handed_on;
            }
        }
        self.following(last.map(|last| last.turn), now)
    }

    fn following(&self, last: Option<Turn>, now: Time) -> Due {
        let running = count_of(self.at(now));
        let waited_for = count_of(self.at(now.plus_minutes(-GRACE_MINUTES)));
        let (count, spans) = match last.map(|turn| count_of(self.desk_turn(turn))) {
            // Handed over before it began: a clock ran ahead.
            Some(last) if last > running => (running, 1),
            // The one that follows, while it is waited for; where it was left out, the one that runs speaks for all since.
            Some(last) => {
                let count = if last + 1 >= waited_for { last + 1 } else { running };
                (count, u32::try_from(count - last).unwrap_or(u32::MAX))
            }
            None => (running, 1),
        };
        let (turn, next) = (turn_of(count), turn_of(count + 1));
        let ((_, ends), (begins, until)) = (self.span(turn), self.span(next));
        Due { turn, spans, ends, next, begins, until }
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
    use crate::domain::time::CHINA;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn at(on: u32, hour: i64, minute: i64) -> Time {
        CHINA.at(day(on), hour * 60 + minute)
    }

    fn due(last: Option<Last>, now: Time, zone: Zone) -> Due {
        Turns { hours: Templates::starting(), zone }.due(last, now)
    }

    fn last(on: u32, template: Template) -> Option<Last> {
        Some(Last { turn: (day(on), template), stand_in: false })
    }

    #[test]
    fn what_a_colleague_took_is_handed_on_as_the_same_shift() {
        let taken = Some(Last { turn: (day(24), Template::Early), stand_in: true });
        let late = due(taken, at(24, 16, 40), CHINA);
        assert_eq!((late.turn, late.spans, late.ends), ((day(24), Template::Early), 1, at(24, 16, 0)));
        let never = due(taken, at(24, 23, 0), CHINA);
        assert_eq!((never.turn, never.spans), ((day(24), Template::Late), 1), "the colleague hands over himself");
    }

    #[test]
    fn the_first_handover_is_of_the_shift_that_runs() {
        let due = due(None, at(24, 10, 0), CHINA);
        assert_eq!((due.turn, due.spans), ((day(24), Template::Early), 1));
        assert_eq!((due.next, due.ends, due.until), ((day(24), Template::Late), at(24, 16, 0), at(24, 24, 0)));
    }

    #[test]
    fn a_late_receiver_still_takes_over_the_shift_that_ended() {
        let last = last(23, Template::Night);
        let late = due(last, at(24, 16, 25), CHINA);
        assert_eq!((late.turn, late.spans, late.ends), ((day(24), Template::Early), 1, at(24, 16, 0)));
        let given_up = due(last, at(24, 20, 0), CHINA);
        assert_eq!((given_up.turn, given_up.spans), ((day(24), Template::Late), 2), "nobody handed the early one over");
    }

    #[test]
    fn handed_over_early_the_next_one_follows_and_never_runs_ahead() {
        let early = due(last(24, Template::Early), at(24, 15, 50), CHINA);
        assert_eq!((early.turn, early.spans), ((day(24), Template::Late), 1));
        let ahead = due(last(24, Template::Late), at(24, 15, 55), CHINA);
        assert_eq!(ahead.turn, (day(24), Template::Early), "a clock ran ahead");
    }

    #[test]
    fn a_day_closed_is_three_shifts() {
        let due = due(last(22, Template::Night), at(24, 10, 0), CHINA);
        assert_eq!((due.turn, due.spans), ((day(24), Template::Early), 4), "three of the 23rd, and this one");
    }

    #[test]
    fn the_night_belongs_to_the_evening_before() {
        let night = due(last(23, Template::Late), at(24, 3, 0), CHINA);
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
        let now = turns.due(None, at(24, 7, 10));
        assert_eq!((now.turn, now.ends, now.begins), ((day(24), Template::Early), at(24, 15, 0), at(24, 15, 30)));
        assert_eq!(turns.at(at(24, 15, 10)), (day(24), Template::Early), "between two of them");
        assert_eq!(turns.at(at(24, 6, 59)), (day(23), Template::Night));
        assert_eq!(turns.at(at(24, 23, 0)), (day(24), Template::Night));
    }
}
