//! The month's report: everything it tells, counted once, so that each part adds up to the whole. What a rate is stands in
//! `rates`; how the report is written, and in which words, is not known here.

use std::collections::BTreeMap;

use crate::coded;
use crate::domain::base::id::PlaceId;
use crate::domain::base::time::{DAY, Time, Zone};
use crate::domain::rates::{Called, Rates, Span, Taken, Tally, Three};
use crate::domain::ticket::around::{ROOT_DAYS, ROOT_FROM, group_of};
use crate::domain::ticket::priority::may_raise;
use crate::domain::ticket::{Status, TicketKind};

coded! {
    /// Of the five standing problems those that tickets tell of by their category.
    pub enum Problem {
        /// 停车混乱
        Parking = "parking",
        /// 私搭乱建
        Building = "illegal_building",
        /// 乱堆乱放
        Clutter = "clutter",
    }
}

impl Problem {
    /// The problem a category code tells of.
    pub fn of_category(code: &str) -> Option<Self> {
        match code {
            "302" | "308" => Some(Self::Parking),
            "605" => Some(Self::Building),
            "402" | "403" => Some(Self::Clutter),
            _ => None,
        }
    }
}

/// A count in the month before, and in this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The month before.
    pub before: u32,
    /// This month.
    pub now: u32,
}

impl Compared {
    const fn add(&mut self, before: bool) {
        if before {
            self.before += 1;
        } else {
            self.now += 1;
        }
    }
}

/// Who rang or came, as far as the home is known: one that had never reported anything did not know whom to ask until now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Callers {
    /// Homes and shops that reported something.
    pub homes: u32,
    /// Of them those with no report before.
    pub new: u32,
    /// Reports of callers whose home is not known: not measured.
    pub unknown: u32,
}

/// A ticket as the report looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What the response rate looks at.
    pub taken: Taken,
    /// Category code.
    pub category: &'a str,
    /// Kind.
    pub kind: TicketKind,
    /// What would have one root with others there: a common part by itself, else the building, else the home.
    pub root: Option<PlaceId>,
    /// It was opened for the root of several others.
    pub root_cause: bool,
}

/// A category's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfCategory {
    /// Code.
    pub code: String,
    /// Its tickets; no calls are counted by category.
    pub three: Three,
}

/// A place where the same kind of trouble came again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Common part, building or home.
    pub place: PlaceId,
    /// The categories' first digit.
    pub group: char,
    /// Tickets within [`ROOT_DAYS`] days, the most there were at a time.
    pub most: u32,
    /// The newest.
    pub newest: Time,
}

/// A compound's standing problems, in the order of [`Problem::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfProblem {
    /// Which; none: only words say where.
    pub compound: Option<PlaceId>,
    /// Counts.
    pub problems: [Compared; 3],
}

/// What the month's tickets and calls come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The three rates, by compound and by week.
    pub rates: Rates,
    /// By category, the most frequent first.
    pub categories: Vec<OfCategory>,
    /// Tickets taken in each hour of the day.
    pub hours: [u32; 24],
    /// Places to look at, the worst first.
    pub repeats: Vec<Repeat>,
    /// Compounds with a standing problem in either month, the worst of this month first.
    pub problems: Vec<OfProblem>,
    /// All of them together.
    pub all_problems: [Compared; 3],
    /// Advice and praise 建议表扬 (603), and what people say of the trial (606).
    pub praise: Compared,
    /// Complaints about the service (601).
    pub complaints: Compared,
}

/// The whole report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// The township's name.
    pub township: String,
    /// The property company's name.
    pub company: String,
    /// When it was made.
    pub made_at: Time,
    /// The only zone.
    pub zone: Zone,
    /// What was counted.
    pub counts: Counts,
    /// What each place of [`Counts::repeats`] is called, in its order: compound and label.
    pub repeat_places: Vec<(String, String)>,
    /// Names of the categories, in the order of [`Counts::categories`]: Chinese, English.
    pub category_names: Vec<(String, String)>,
    /// Names of the compounds of [`Counts::problems`], in its order; empty for no place.
    pub problem_places: Vec<String>,
    /// Tickets resolved in the month, whenever they were taken.
    pub resolved: u32,
    /// Tickets open when it was made.
    pub open: u32,
    /// Callers of the month, and of the one before.
    pub callers: (Callers, Callers),
}

/// Counts a month's tickets and calls as they are read.
#[derive(Clone, Debug)]
pub struct Counting {
    span: Span,
    from: Time,
    before: Time,
    zone: Zone,
    tally: Tally,
    categories: BTreeMap<String, Three>,
    hours: [u32; 24],
    seen: BTreeMap<(PlaceId, char), Vec<Time>>,
    problems: BTreeMap<Option<PlaceId>, [Compared; 3]>,
    all_problems: [Compared; 3],
    praise: Compared,
    complaints: Compared,
}

impl Counting {
    /// Nothing counted yet.
    pub fn new(span: Span, zone: Zone, now: Time) -> Self {
        Self {
            span,
            from: span.times(zone).0,
            before: span.month_before().times(zone).0,
            zone,
            tally: Tally::new(span, zone, now),
            categories: BTreeMap::new(),
            hours: [0; 24],
            seen: BTreeMap::new(),
            problems: BTreeMap::new(),
            all_problems: [Compared::default(); 3],
            praise: Compared::default(),
            complaints: Compared::default(),
        }
    }

    /// From when on tickets must be given, oldest first: the month before to compare with, and long enough for what came
    /// again and again.
    pub fn reads_from(&self) -> Time {
        Time(self.from.0 - ROOT_DAYS * DAY).min(self.before)
    }

    /// Counts a ticket of this month or of the time before it.
    pub fn line(&mut self, line: &Line<'_>) {
        let at = line.taken.opened_at;
        let this_month = at >= self.from;
        if this_month {
            let answered = self.tally.taken(&line.taken);
            self.categories.entry(line.category.to_owned()).or_default().add_taken(answered);
            let hour = usize::try_from(self.zone.minute_of_day(at) / 60).unwrap_or(0).min(23);
            self.hours[hour] += 1;
        }
        // What was void or is counted elsewhere is no trouble of its own.
        if matches!(line.taken.status, Status::Void | Status::Duplicate) {
            return;
        }
        if let (Some(place), Some(group)) = (line.root, group_of(line.category))
            && may_raise(line.kind)
            && !line.root_cause
        {
            self.seen.entry((place, group)).or_default().push(at);
        }
        if at < self.before {
            return;
        }
        if let Some(problem) = Problem::of_category(line.category) {
            self.all_problems[problem as usize].add(!this_month);
            self.problems.entry(line.taken.compound).or_default()[problem as usize].add(!this_month);
        }
        match line.category {
            "603" | "606" => self.praise.add(!this_month),
            "601" => self.complaints.add(!this_month),
            _ => {}
        }
    }

    /// Counts a call of this month.
    pub fn called(&mut self, called: &Called) {
        self.tally.called(called);
    }

    /// What it comes to; `name` tells what a compound is called.
    pub fn counts(self, name: impl Fn(PlaceId) -> String) -> Counts {
        let mut categories: Vec<OfCategory> =
            self.categories.into_iter().map(|(code, three)| OfCategory { code, three }).collect();
        categories.sort_by_key(|one| std::cmp::Reverse(one.three.taken()));
        let mut repeats: Vec<Repeat> = self
            .seen
            .into_iter()
            .filter_map(|((place, group), times)| repeat(place, group, times, self.from))
            .collect();
        repeats.sort_by_key(|one| (std::cmp::Reverse((one.most, one.newest)), one.place));
        let mut problems: Vec<OfProblem> =
            self.problems.into_iter().map(|(compound, problems)| OfProblem { compound, problems }).collect();
        let sum = |of: &OfProblem| of.problems.iter().map(|one| one.now).sum::<u32>();
        problems.sort_by_key(|one| (one.compound.is_none(), std::cmp::Reverse(sum(one)), one.compound));
        Counts {
            rates: self.tally.rates(name),
            categories,
            hours: self.hours,
            repeats,
            problems,
            all_problems: self.all_problems,
            praise: self.praise,
            complaints: self.complaints,
        }
    }

    /// The month.
    pub const fn span(&self) -> Span {
        self.span
    }
}

/// The most tickets of a kind at a place within [`ROOT_DAYS`] days that ended in the month; none when they are too few.
fn repeat(place: PlaceId, group: char, mut times: Vec<Time>, from: Time) -> Option<Repeat> {
    times.sort_unstable();
    let newest = times.last().copied().filter(|newest| *newest >= from)?;
    let within = |last: &Time| times.iter().filter(|at| **at <= *last && at.0 > last.0 - ROOT_DAYS * DAY).count();
    let most = times.iter().filter(|at| **at >= from).map(within).max()?;
    (most >= ROOT_FROM).then(|| Repeat { place, group, most: u32::try_from(most).unwrap_or(u32::MAX), newest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::time::{CHINA, Day};

    fn at(month: u32, day: u32, hour: i64) -> Time {
        CHINA.at(Day::from_ymd_opt(2026, month, day).expect("a day"), hour * 60)
    }

    fn line(category: &str, opened_at: Time, status: Status, root: i64) -> Line<'_> {
        let compound = Some(PlaceId(1 + root % 2));
        let taken = Taken {
            opened_at,
            compound,
            status,
            contacted_at: Some(opened_at),
            respond_by: opened_at,
            paused_at: None,
        };
        let kind = TicketKind::of_category(category);
        Line { taken, category, kind, root: (root > 0).then_some(PlaceId(root)), root_cause: false }
    }

    #[test]
    fn every_part_adds_up_to_the_whole_and_what_comes_again_is_found() {
        let span = Span::month_of(Day::from_ymd_opt(2026, 11, 24).expect("a day"));
        let mut counting = Counting::new(span, CHINA, at(11, 24, 10));
        assert_eq!(counting.reads_from(), at(10, 1, 0));
        let lines = [
            // Three leaks in building 10 within thirty days, the first of them in October.
            line("202", at(10, 20, 9), Status::Closed, 10),
            line("201", at(11, 3, 9), Status::Closed, 10),
            line("204", at(11, 15, 22), Status::New, 10),
            // Two and one that was void are not three; nor are three of unlike kinds, nor three praises.
            line("202", at(11, 4, 9), Status::Closed, 20),
            line("202", at(11, 5, 9), Status::Void, 20),
            line("202", at(11, 6, 9), Status::Duplicate, 20),
            line("401", at(11, 7, 9), Status::Closed, 20),
            line("603", at(11, 8, 9), Status::Closed, 30),
            line("603", at(11, 9, 9), Status::Closed, 30),
            line("603", at(11, 10, 9), Status::Closed, 30),
            // Standing problems, before and now.
            line("302", at(10, 2, 9), Status::Closed, 0),
            line("302", at(11, 2, 9), Status::Closed, 0),
            line("308", at(11, 2, 22), Status::Closed, 11),
            line("605", at(11, 2, 9), Status::Void, 11),
            line("601", at(11, 2, 9), Status::Closed, 0),
        ];
        lines.iter().for_each(|line| counting.line(line));
        let counts = counting.counts(|id| format!("{}", id.0));
        let taken = counts.rates.all.taken();
        assert_eq!(taken, 13);
        assert_eq!(counts.categories.iter().map(|one| one.three.taken()).sum::<u32>(), taken);
        assert_eq!(counts.rates.compounds.iter().map(|one| one.three.taken()).sum::<u32>(), taken);
        assert_eq!(counts.rates.weeks.iter().map(|one| one.three.taken()).sum::<u32>(), taken);
        assert_eq!((counts.hours.iter().sum::<u32>(), counts.hours[9], counts.hours[22]), (taken, 11, 2));
        let repeats: Vec<_> = counts.repeats.iter().map(|one| (one.place.0, one.group, one.most)).collect();
        assert_eq!(repeats, [(10, '2', 3)]);
        assert_eq!(counts.all_problems[0], Compared { before: 1, now: 2 });
        assert_eq!(counts.all_problems[1], Compared::default(), "what was void is no problem");
        for problem in Problem::ALL {
            let sum = |of: fn(&Compared) -> u32| -> u32 {
                counts.problems.iter().map(|one| of(&one.problems[*problem as usize])).sum()
            };
            let all = counts.all_problems[*problem as usize];
            assert_eq!((sum(|one| one.before), sum(|one| one.now)), (all.before, all.now));
        }
        assert_eq!((counts.praise.now, counts.complaints.now), (3, 1));
    }
}
