//! When a body outside is asked again about a ticket it has. The ticket's clock runs on meanwhile: this time is beside it, and
//! makes nothing late.

use crate::domain::base::calendar::{Calendar, DayKind};
use crate::domain::base::time::{Day, HOUR, MINUTE, Time};
use crate::domain::ticket::{Status, Ticket};

/// Minutes after midnight from which on an office is asked: nine o'clock.
const OFFICES_OPEN: i64 = 9 * HOUR / MINUTE;
/// Days looked ahead at most for a working day: a township may have none.
const DAYS_AT_MOST: usize = 60;

/// When the body that has a ticket is asked again; none for a ticket no body has. Where nobody set a time it has waited to be
/// asked ever since it was taken: files of before know no such time, and it must not stay silent.
pub fn ask_at(ticket: &Ticket) -> Option<Time> {
    (ticket.status == Status::Referred).then(|| ticket.asks_again_at().unwrap_or(ticket.opened_at))
}

/// Whether the body that has it is to be asked by now.
pub fn ask_due(ticket: &Ticket, now: Time) -> bool {
    ask_at(ticket).is_some_and(|at| at <= now)
}

/// The time proposed for asking next: the first working day after today, at nine or when the desk opens, if that is later.
pub fn ask_proposed(calendar: &Calendar, now: Time) -> Time {
    let zone = calendar.zone;
    let next = |day: Day| {
        let hours = calendar.hours[DayKind::Working as usize].filter(|_| calendar.kind(day) == DayKind::Working)?;
        Some(zone.at(day, if hours.to > OFFICES_OPEN { hours.from.max(OFFICES_OPEN) } else { hours.from }))
    };
    let days = || zone.day(now).iter_days().skip(1);
    let tomorrow = || days().next().map_or(now, |day| zone.at(day, OFFICES_OPEN));
    days().take(DAYS_AT_MOST).find_map(next).unwrap_or_else(tomorrow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::calendar::{Hours, SpecialDay};
    use crate::domain::base::time::CHINA;
    use crate::domain::ticket::clock::{Standing, asks_at, standing};

    fn at(day: u32, hour: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, 11, day).expect("a day"), hour * 60)
    }

    #[test]
    fn a_body_is_asked_when_that_was_set_for_and_at_once_where_nothing_was() {
        let referred =
            Ticket { status: Status::Referred, opened_at: at(23, 9), resolve_by: at(28, 9), ..Ticket::blank() };
        let set = Ticket { review_at: Some(at(24, 9)), ..referred.clone() };
        assert_eq!((ask_at(&set), ask_at(&referred)), (Some(at(24, 9)), Some(at(23, 9))));
        assert!(!ask_due(&set, Time(at(24, 9).0 - 1)) && ask_due(&set, at(24, 9)) && ask_due(&referred, at(23, 9)));
        assert_eq!((asks_at(&set, at(24, 8)), asks_at(&set, at(24, 9))), (Some(at(24, 9)), None));
        let contacted = Ticket { contacted_at: Some(at(23, 9)), ..set };
        let left = Standing::Left { minutes: 3 * 24 * 60, due: at(28, 9) };
        assert_eq!(standing(&contacted, at(25, 9)), left, "its clock runs on, and it is not late for that");
        for status in Status::ALL.iter().filter(|status| **status != Status::Referred) {
            assert_eq!(ask_at(&Ticket { status: *status, ..contacted.clone() }), None, "{status:?}");
        }
    }

    // 24 November 2026 is a Tuesday.
    #[test]
    fn the_next_working_day_is_proposed() {
        let mut calendar = Calendar::plain(CHINA);
        assert_eq!(ask_proposed(&calendar, at(24, 7)), at(25, 9));
        assert_eq!(ask_proposed(&calendar, at(27, 23)), at(30, 9), "from Friday night over the weekend");
        let holiday = SpecialDay { kind: DayKind::Holiday, name: "节".to_owned() };
        calendar.days.insert(Day::from_ymd_opt(2026, 11, 25).expect("a day"), holiday);
        assert_eq!(ask_proposed(&calendar, at(24, 7)), at(26, 9));
        calendar.hours[DayKind::Working as usize] = Some(Hours { from: 600, to: 900 });
        assert_eq!(ask_proposed(&calendar, at(24, 7)), at(26, 10), "not before the desk opens");
        calendar.hours[DayKind::Working as usize] = Some(Hours { from: 360, to: 480 });
        assert_eq!(ask_proposed(&calendar, at(24, 7)), at(26, 6));
        calendar.hours[DayKind::Working as usize] = None;
        assert_eq!(ask_proposed(&calendar, at(24, 7)), at(25, 9), "where no day is a working day");
    }
}
