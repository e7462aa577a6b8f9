//! The three rates 三率: of the tickets taken in some days, how many got their first contact in time; of the residents
//! reached in those days, how many said that it was solved and how many that they were content. What is counted, what is
//! left out and why is said here and nowhere else; which rows there are is not known here.

pub mod query;
pub mod report;

use std::collections::BTreeMap;

use chrono::{Datelike, Days};

use super::ticket::{Status, Ticket};
use crate::coded;
use crate::domain::base::id::PlaceId;
use crate::domain::base::time::{Day, Time, Zone};
use crate::domain::callback::op::Verdict;

/// Some days, both ends counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

impl Span {
    /// The month a day is in.
    pub fn month_of(day: Day) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        let next = from.checked_add_months(chrono::Months::new(1)).unwrap_or(from);
        Self { from, to: next.pred_opt().unwrap_or(from) }
    }

    /// The month before the one its first day is in.
    #[must_use]
    pub fn month_before(self) -> Self {
        let first = Self::month_of(self.from).from;
        Self::month_of(first.pred_opt().unwrap_or(first))
    }

    /// The month after the one its first day is in.
    #[must_use]
    pub fn month_after(self) -> Self {
        let last = Self::month_of(self.from).to;
        Self::month_of(last.succ_opt().unwrap_or(last))
    }

    /// The same in time: from the first moment until, and without, the moment behind the last.
    pub fn times(self, zone: Zone) -> (Time, Time) {
        (zone.at(self.from, 0), zone.at(self.to, 24 * 60))
    }

    /// The Mondays of its weeks, the first perhaps before it begins.
    pub fn weeks(self) -> impl Iterator<Item = Day> {
        let to = self.to;
        monday(self.from).iter_weeks().take_while(move |day| *day <= to)
    }
}

/// The Monday of a day's week.
pub fn monday(day: Day) -> Day {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

coded! {
    /// One of the three.
    pub enum Which {
        /// 响应率: first contact within the limit ÷ valid tickets taken.
        Response = "response",
        /// 办结率: solved ÷ residents reached.
        Resolution = "resolution",
        /// 满意率: satisfied ÷ residents reached.
        Satisfaction = "satisfaction",
    }
}

coded! {
    /// Why a ticket taken in those days does not count for the response rate.
    pub enum Left {
        /// 作废: entered by mistake, or withdrawn.
        Void = "void",
        /// 已并单: it is counted as the ticket it was merged into.
        Duplicate = "duplicate",
        /// Nobody was in contact yet, and there is time left, or it is paused with time left: neither in time nor late.
        Running = "not_due_yet",
        /// It ended elsewhere (an imported sheet) and nothing says when somebody was first in contact.
        Unrecorded = "not_recorded",
    }
}

coded! {
    /// What a list behind a rate holds.
    pub enum Part {
        /// What the numerator counts.
        Met = "met",
        /// What only the denominator counts.
        Missed = "missed",
        /// What neither counts: tickets with the reason, or those that ended as not reached.
        Left = "left",
    }
}

/// What a ticket is for the response rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// First contact within the limit.
    Met,
    /// Later, or not yet although the limit has passed.
    Missed,
    /// Not counted.
    Left(Left),
}

/// What the response rate looks at in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// When it was taken.
    pub opened_at: Time,
    /// Where.
    pub compound: Option<PlaceId>,
    /// Status.
    pub status: Status,
    /// First contact.
    pub contacted_at: Option<Time>,
    /// First contact was due.
    pub respond_by: Time,
    /// The running pause began.
    pub paused_at: Option<Time>,
}

impl Taken {
    /// What it looks at in a ticket.
    pub const fn of(ticket: &Ticket) -> Self {
        let Ticket { opened_at, compound, status, contacted_at, respond_by, paused_at, .. } = *ticket;
        Self { opened_at, compound, status, contacted_at, respond_by, paused_at }
    }

    /// What it is for the response rate at `now`. A question answered while it was taken counts: its contact was in time.
    pub fn answered(&self, now: Time) -> Answered {
        match (self.status, self.contacted_at) {
            (Status::Void, _) => Answered::Left(Left::Void),
            (Status::Duplicate, _) => Answered::Left(Left::Duplicate),
            (_, Some(at)) if at <= self.respond_by => Answered::Met,
            (_, Some(_)) => Answered::Missed,
            (Status::Closed, None) => Answered::Left(Left::Unrecorded),
            // Nothing runs while it is paused; what was over before is over.
            (_, None) if self.paused_at.unwrap_or(now) <= self.respond_by => Answered::Left(Left::Running),
            (_, None) => Answered::Missed,
        }
    }
}

/// A call made, as the other two rates look at it. Each resident reached counts once a call: who says that it was not
/// solved, and a week later that now it is, has said both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// When.
    pub at: Time,
    /// Where the ticket is.
    pub compound: Option<PlaceId>,
    /// Whether it was solved; none when nobody answered.
    pub solved: Option<bool>,
    /// How content; none when nobody answered.
    pub verdict: Option<Verdict>,
    /// It was the last attempt, and the ticket ended as not reached.
    pub given_up: bool,
}

impl Called {
    /// Which part of a rate's list it is in; none when in no part of it. What nobody answered is left out of both rates, and
    /// only the attempt that ended a ticket is told, so that a ticket stands there once.
    ///
    /// 基本满意 counts as reached and not as satisfied. It is the polite answer of somebody who could do without the last
    /// visit; counted as satisfied, the rate would say near to nothing about the work. It is always shown beside.
    pub fn part(&self, which: Which) -> Option<Part> {
        let met = match which {
            Which::Response => return None,
            Which::Resolution => self.solved,
            Which::Satisfaction => self.verdict.map(|verdict| verdict == Verdict::Satisfied),
        };
        match met {
            Some(true) => Some(Part::Met),
            Some(false) => Some(Part::Missed),
            None => self.given_up.then_some(Part::Left),
        }
    }
}

/// A figure: so many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// So many.
    pub numerator: u32,
    /// Of so many.
    pub denominator: u32,
}

impl Rate {
    /// From 0 to 1; none when there is nothing to divide by.
    pub fn share(self) -> Option<f64> {
        (self.denominator > 0).then(|| f64::from(self.numerator) / f64::from(self.denominator))
    }

    /// `92.3%`, rounded to the nearest tenth, but never up to 100 or down to 0; `--` when there is nothing to divide by.
    pub fn percent(self) -> String {
        let Some(parts) = self.thousandths() else { return "--".to_owned() };
        format!("{}.{}%", parts / 10, parts % 10)
    }

    /// The same in thousandths.
    pub fn thousandths(self) -> Option<u32> {
        if self.denominator == 0 {
            return None;
        }
        let (n, d) = (u64::from(self.numerator), u64::from(self.denominator));
        let rounded = (n * 2_000 + d) / (d * 2);
        let honest = match rounded {
            1_000 if n < d => 999,
            0 if n > 0 => 1,
            rounded => rounded,
        };
        u32::try_from(honest).ok()
    }
}

/// The counts the three rates are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Three {
    /// First contact in time.
    pub met: u32,
    /// First contact late, or missing.
    pub missed: u32,
    /// Not counted, by why, in the order of [`Left::ALL`].
    pub left: [u32; 4],
    /// Residents reached who said that it was solved.
    pub solved: u32,
    /// Who said that it was not.
    pub unsolved: u32,
    /// 满意
    pub satisfied: u32,
    /// 基本满意
    pub fair: u32,
    /// 不满意
    pub dissatisfied: u32,
    /// Tickets that ended as not reached 未联系上.
    pub unreached: u32,
    /// Calls nobody answered, those included.
    pub unanswered: u32,
}

impl Three {
    /// Counts a ticket.
    pub const fn add_taken(&mut self, answered: Answered) {
        match answered {
            Answered::Met => self.met += 1,
            Answered::Missed => self.missed += 1,
            Answered::Left(why) => self.left[why as usize] += 1,
        }
    }

    /// Counts a call.
    pub const fn add_called(&mut self, called: &Called) {
        match called.solved {
            Some(true) => self.solved += 1,
            Some(false) => self.unsolved += 1,
            None => {
                self.unanswered += 1;
                self.unreached += called.given_up as u32;
            }
        }
        match called.verdict {
            Some(Verdict::Satisfied) => self.satisfied += 1,
            Some(Verdict::Fair) => self.fair += 1,
            Some(Verdict::Dissatisfied) => self.dissatisfied += 1,
            None => {}
        }
    }

    /// A rate.
    pub const fn rate(&self, which: Which) -> Rate {
        match which {
            Which::Response => Rate { numerator: self.met, denominator: self.met + self.missed },
            Which::Resolution => Rate { numerator: self.solved, denominator: self.solved + self.unsolved },
            Which::Satisfaction => {
                Rate { numerator: self.satisfied, denominator: self.satisfied + self.fair + self.dissatisfied }
            }
        }
    }

    /// Tickets taken, counted or not.
    pub fn taken(&self) -> u32 {
        self.met + self.missed + self.left.iter().sum::<u32>()
    }

    /// Of them those that are neither void nor merged.
    pub const fn valid(&self) -> u32 {
        self.met + self.missed + self.left[Left::Running as usize] + self.left[Left::Unrecorded as usize]
    }
}

/// The rates of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The days.
    pub span: Span,
    /// All of it.
    pub all: Three,
    /// By compound, the busiest first; what lies in none comes last.
    pub compounds: Vec<OfCompound>,
    /// By week, the oldest first, up to now; a week that lies only in part in the span is counted in that part.
    pub weeks: Vec<OfWeek>,
}

/// A compound's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfCompound {
    /// Which; none: only words say where.
    pub id: Option<PlaceId>,
    /// Name; empty without one.
    pub name: String,
    /// Its counts.
    pub three: Three,
}

/// A week's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfWeek {
    /// Its Monday.
    pub monday: Day,
    /// Its counts.
    pub three: Three,
}

/// Counts tickets and calls as they are read. All parts add up to the whole.
#[derive(Clone, Debug)]
pub struct Tally {
    span: Span,
    zone: Zone,
    now: Time,
    all: Three,
    compounds: BTreeMap<Option<PlaceId>, Three>,
    weeks: BTreeMap<Day, Three>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(span: Span, zone: Zone, now: Time) -> Self {
        let today = zone.day(now);
        let weeks = span.weeks().filter(|monday| *monday <= today).map(|monday| (monday, Three::default())).collect();
        Self { span, zone, now, all: Three::default(), compounds: BTreeMap::new(), weeks }
    }

    /// Counts a ticket taken in those days.
    pub fn taken(&mut self, taken: &Taken) -> Answered {
        let answered = taken.answered(self.now);
        self.each(taken.opened_at, taken.compound, |three| three.add_taken(answered));
        answered
    }

    /// Counts a call made in those days.
    pub fn called(&mut self, called: &Called) {
        self.each(called.at, called.compound, |three| three.add_called(called));
    }

    fn each(&mut self, at: Time, compound: Option<PlaceId>, count: impl Fn(&mut Three)) {
        count(&mut self.all);
        count(self.compounds.entry(compound).or_default());
        count(self.weeks.entry(monday(self.zone.day(at))).or_default());
    }

    /// The rates; `name` tells what a compound is called.
    pub fn rates(self, name: impl Fn(PlaceId) -> String) -> Rates {
        let mut compounds: Vec<OfCompound> = self
            .compounds
            .into_iter()
            .map(|(id, three)| OfCompound { id, name: id.map(&name).unwrap_or_default(), three })
            .collect();
        compounds.sort_by_key(|one| (one.id.is_none(), std::cmp::Reverse(one.three.taken()), one.id));
        let weeks = self.weeks.into_iter().map(|(monday, three)| OfWeek { monday, three }).collect();
        Rates { span: self.span, all: self.all, compounds, weeks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::CHINA;

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 11, day).expect("a day")
    }

    fn at(on: u32, hour: i64) -> Time {
        CHINA.at(day(on), hour * 60)
    }

    #[test]
    fn twelve_tickets_and_eight_calls_reckoned_by_hand() {
        let span = Span { from: day(2), to: day(15) };
        let now = at(15, 12);
        let (kly, jx) = (Some(PlaceId(1)), Some(PlaceId(2)));
        let mut tally = Tally::new(span, CHINA, now);
        let mut take = |compound, on, status, contacted: Option<i64>, due| {
            let contacted_at = contacted.map(|hour| at(on, hour));
            let paused_at = (status == Status::Paused).then(|| at(on, 9));
            let (opened_at, respond_by) = (at(on, 8), at(on, due));
            tally.taken(&Taken { opened_at, compound, status, contacted_at, respond_by, paused_at })
        };
        assert_eq!(take(kly, 2, Status::Closed, Some(9), 10), Answered::Met);
        assert_eq!(take(kly, 3, Status::Closed, Some(10), 10), Answered::Met, "on the dot is in time");
        assert_eq!(take(kly, 4, Status::Closed, Some(11), 10), Answered::Missed);
        assert_eq!(take(kly, 9, Status::Resolved, Some(9), 10), Answered::Met);
        assert_eq!(take(jx, 9, Status::Closed, Some(8), 8), Answered::Met, "answered while it was taken");
        assert_eq!(take(jx, 10, Status::Void, None, 10), Answered::Left(Left::Void));
        assert_eq!(take(jx, 10, Status::Duplicate, None, 10), Answered::Left(Left::Duplicate));
        assert_eq!(take(jx, 14, Status::Assigned, None, 10), Answered::Missed, "nobody came and the limit has passed");
        assert_eq!(take(None, 15, Status::New, None, 13), Answered::Left(Left::Running));
        assert_eq!(take(None, 8, Status::Closed, None, 10), Answered::Left(Left::Unrecorded));
        let with_time_left = Answered::Left(Left::Running);
        assert_eq!(take(None, 3, Status::Paused, None, 10), with_time_left, "paused an hour before, it does not run");
        assert_eq!(take(None, 3, Status::Paused, None, 8), Answered::Missed, "it was over before it was paused");
        let mut call = |compound, on, solved, verdict, given_up| {
            tally.called(&Called { at: at(on, 9), compound, solved, verdict, given_up });
        };
        call(kly, 3, Some(true), Some(Verdict::Satisfied), false);
        call(kly, 4, Some(true), Some(Verdict::Fair), false);
        call(kly, 5, Some(false), Some(Verdict::Dissatisfied), false);
        call(kly, 10, Some(true), Some(Verdict::Satisfied), false);
        call(jx, 10, Some(true), Some(Verdict::Dissatisfied), false);
        call(jx, 11, None, None, false);
        call(jx, 12, None, None, false);
        call(jx, 13, None, None, true);
        let rates = tally.rates(|id| format!("{}", id.0));
        let of = |three: &Three, which| {
            let Rate { numerator, denominator } = three.rate(which);
            (numerator, denominator)
        };
        assert_eq!(of(&rates.all, Which::Response), (4, 7));
        assert_eq!(rates.all.left, [1, 1, 2, 1]);
        assert_eq!((rates.all.taken(), rates.all.valid()), (12, 10));
        assert_eq!(of(&rates.all, Which::Resolution), (4, 5));
        assert_eq!(of(&rates.all, Which::Satisfaction), (2, 5));
        assert_eq!((rates.all.fair, rates.all.dissatisfied), (1, 2));
        assert_eq!((rates.all.unreached, rates.all.unanswered), (1, 3));
        let names: Vec<&str> = rates.compounds.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["1", "2", ""], "the busiest first, what lies nowhere last");
        assert_eq!(of(&rates.compounds[0].three, Which::Response), (3, 4));
        assert_eq!(of(&rates.compounds[1].three, Which::Resolution), (1, 1));
        let mondays: Vec<Day> = rates.weeks.iter().map(|week| week.monday).collect();
        assert_eq!(mondays, [day(2), day(9)]);
        assert_eq!(of(&rates.weeks[0].three, Which::Response), (2, 4));
        assert_eq!(of(&rates.weeks[1].three, Which::Satisfaction), (1, 2));
        for parts in [
            rates.compounds.iter().map(|one| one.three).collect::<Vec<_>>(),
            rates.weeks.iter().map(|one| one.three).collect(),
        ] {
            let sum = |of: fn(&Three) -> u32| parts.iter().map(of).sum::<u32>();
            assert_eq!(sum(Three::taken), rates.all.taken());
            assert_eq!(sum(|t| t.solved + t.unsolved), 5);
            assert_eq!(sum(|t| t.satisfied + t.fair + t.dissatisfied), 5);
            assert_eq!(sum(|t| t.unanswered), 3);
        }
    }

    #[test]
    fn a_rate_is_rounded_but_never_to_all_or_nothing() {
        let percent = |numerator, denominator| Rate { numerator, denominator }.percent();
        assert_eq!(percent(0, 0), "--");
        assert_eq!(percent(2, 3), "66.7%");
        assert_eq!(percent(1, 8), "12.5%");
        assert_eq!(percent(5, 5), "100.0%");
        assert_eq!(percent(9_999, 10_000), "99.9%", "not all of them");
        assert_eq!(percent(1, 10_000), "0.1%", "not none of them");
        assert_eq!(percent(0, 9), "0.0%");
        assert_eq!(Rate { numerator: 0, denominator: 0 }.share(), None);
    }

    #[test]
    fn months_and_weeks() {
        let november = Span::month_of(day(24));
        assert_eq!(november, Span { from: day(1), to: day(30) });
        assert_eq!(november.month_after().month_before(), november);
        assert_eq!(november.month_before().to, Day::from_ymd_opt(2026, 10, 31).expect("a day"));
        let weeks: Vec<String> = november.weeks().map(|day| day.to_string()).collect();
        assert_eq!(weeks.first().map(String::as_str), Some("2026-10-26"));
        assert_eq!(weeks.len(), 6);
        let (from, to) = november.times(CHINA);
        assert_eq!((CHINA.day(from), CHINA.day(Time(to.0 - 1))), (day(1), day(30)));
    }
}
