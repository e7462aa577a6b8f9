//! The sample's tickets, handed out one by one from the oldest.
//! What one report says is drawn in `reports`, what is done about it in `life`; the few that are always the same are in
//! `scenes`.

use std::collections::VecDeque;

use super::life::{Deed, Life, Stuck};
use super::places::Spot;
use super::rng::Rng;
use super::scenes::{self, SCENES};
use super::schedule::{HOURS, Schedule, shares};
use super::{BEGINNING, Sample};
use crate::domain::base::id::{IdSource, OperatorId, PlaceId, TicketId};
use crate::domain::base::time::{DAY, Day, Time};
use crate::domain::staff::Role;
use crate::domain::ticket::op::Report;
use crate::domain::ticket::{Channel, Number, Priority};

/// A ticket with its whole history up to now. Its state follows from taking the report and doing the deeds in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Id.
    pub id: TicketId,
    /// Number.
    pub number: Number,
    /// What was reported; its category is always set.
    pub report: Report,
    /// Position of that category in [`Sample::categories`].
    pub category: usize,
    /// The compound of its place.
    pub compound: Option<PlaceId>,
    /// Who took it.
    pub taken_by: OperatorId,
    /// When.
    pub opened_at: Time,
    /// Whether the reporter's household is looked after 关爱对象.
    pub care: bool,
    /// What was done to it, in order.
    pub deeds: Vec<Deed>,
}

/// Tickets up to this many lie within the last 90 days; more are spread over five years.
const RECENT_AT_MOST: usize = 2_000;
const RECENT_DAYS: i64 = 90;
const LONG_DAYS: i64 = 5 * 365;
/// Open tickets at most, however many there were.
const OPEN_AT_MOST: usize = 2_000;

/// Gives the tickets, oldest first.
pub struct Tickets<'a> {
    pub(super) sample: &'a Sample,
    pub(super) rng: Rng,
    ids: IdSource,
    /// By compound and [`Spot`]: positions of places.
    pub(super) spots: Vec<Vec<Vec<u32>>>,
    /// Sums of the compounds' residents, for drawing one by its size.
    pub(super) sums: Vec<u64>,
    /// Sums of the categories' shares.
    pub(super) shares: Vec<u32>,
    pub(super) schedule: Schedule,
    /// What comes today (of the day being given out), latest first.
    arrivals: Vec<(Time, Option<usize>)>,
    day: i64,
    n: u32,
    pub(super) drawn: usize,
    /// Tickets of the last days, for reports of the same thing.
    recent: VecDeque<(TicketId, usize, Place, Time)>,
    scene_ids: Vec<Option<TicketId>>,
    stuck_per_mille: usize,
}

/// Where a report comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub compound: usize,
    /// Position of the place; none when only the words say where.
    pub place: Option<usize>,
    pub home: bool,
}

impl<'a> Tickets<'a> {
    pub(super) fn new(sample: &'a Sample) -> Self {
        let wish = sample.wish;
        let today = sample.crew.today;
        let days = if wish.tickets <= RECENT_AT_MOST { RECENT_DAYS } else { LONG_DAYS };
        let spots = sample
            .within
            .iter()
            .map(|within| {
                let mut by_kind = vec![Vec::new(); Spot::Bay as usize + 1];
                for &(spot, place) in &within.spots {
                    by_kind[spot as usize].push(u32::try_from(place).unwrap_or(u32::MAX));
                }
                by_kind
            })
            .collect();
        let sums = sample
            .within
            .iter()
            .scan(0, |sum: &mut u64, within| {
                *sum += within.wanted as u64 + 1;
                Some(*sum)
            })
            .collect();
        let scenes = SCENES.len().min(wish.tickets);
        let first = today - days + 1;
        Self {
            sample,
            rng: Rng::for_part(wish.seed, "tickets"),
            ids: sample.ids,
            spots,
            sums,
            shares: Vec::new(),
            schedule: Schedule::new(first, today, sample.crew.wall.minute(wish.now), wish.tickets - scenes),
            arrivals: Vec::new(),
            day: first - 1,
            n: 0,
            drawn: 0,
            recent: VecDeque::new(),
            scene_ids: vec![None; SCENES.len()],
            stuck_per_mille: stuck_per_mille(wish.tickets, days),
        }
    }

    /// The state of the ids behind the last ticket handed out, to be kept in the file.
    pub const fn ids(&self) -> IdSource {
        self.ids
    }

    /// Moves on to the next day and draws when its reports come in.
    fn next_day(&mut self) {
        self.day += 1;
        self.n = 0;
        let Sample { crew, wish, .. } = self.sample;
        self.shares = shares(self.day, wish.tickets > RECENT_AT_MOST);
        let count = self.schedule.on(self.day);
        for _ in 0..count {
            let mut at = wish.now;
            for _ in 0..40 {
                let hour = i64::try_from(self.rng.weighted(&HOURS)).unwrap_or(0);
                let second = self.rng.between(0, 3_599);
                at = Time(crew.wall.at(self.day, hour * 60).0 + second * 1_000);
                if at < wish.now {
                    break;
                }
            }
            // Just past midnight there is little of today to choose from.
            let at = at.min(Time(wish.now.0 - 1_000)).max(crew.wall.at(self.day, 0));
            self.arrivals.push((at, None));
        }
        for (at, scene) in SCENES.iter().enumerate().take(wish.tickets) {
            let opened = wish.now.plus_minutes(-scene.before);
            if crew.wall.day(opened) == self.day {
                self.arrivals.push((opened, Some(at)));
            }
        }
        self.arrivals.sort_by_key(|&(at, scene)| std::cmp::Reverse((at, scene)));
    }

    fn take(&mut self, opened_at: Time, scene: Option<usize>) -> Planned {
        self.n += 1;
        let id = TicketId(self.ids.next(BEGINNING));
        let day = Day::from_ymd_opt(1970, 1, 1)
            .and_then(|d| d.checked_add_signed(chrono::Duration::days(self.day)))
            .unwrap_or_default();
        let number = Number { day, n: self.n };
        if let Some(at) = scene {
            self.scene_ids[at] = Some(id);
            let original = SCENES[at].of.and_then(|of| self.scene_ids.get(of).copied().flatten());
            return scenes::play(self, &SCENES[at], id, number, opened_at, original);
        }
        self.drawn += 1;
        let again = self.rng.per_mille(28).then(|| self.same_again(opened_at)).flatten();
        let category = again.map_or_else(|| self.draw_category(), |(_, category, _)| category);
        let place = again.map_or_else(|| self.draw_place(category), |(_, _, place)| place);
        let channel = self.draw_channel(category, place);
        let words = self.draw_words(category, place);
        let report = self.report(category, place, channel, words);
        let stuck = if again.is_none() { self.draw_stuck(category, opened_at) } else { None };
        let care = self.sample.is_looked_after(report.reporter);
        let original = again.map(|(id, ..)| id);
        let mut deeds = self.life(category, place, (opened_at, care), channel, stuck, original);
        self.name_neighbours(&mut deeds, place);
        if again.is_none() {
            self.recent.push_back((id, category, place, opened_at));
            while self.recent.front().is_some_and(|(.., at)| at.0 < opened_at.0 - 2 * DAY) {
                self.recent.pop_front();
            }
        }
        let (compound, taken_by) = (self.compound_of(&report, place), self.sample.crew.clerk_at(opened_at));
        Planned { id, number, report, category, compound, taken_by, opened_at, care, deeds }
    }

    /// The compound a report with a place lies in.
    pub(super) fn compound_of(&self, report: &Report, place: Place) -> Option<PlaceId> {
        report.place.is_some().then(|| self.sample.compounds[place.compound].place)
    }

    pub(super) fn life(
        &mut self,
        category: usize,
        place: Place,
        (opened_at, care): (Time, bool),
        channel: Channel,
        stuck: Option<Stuck>,
        original: Option<TicketId>,
    ) -> Vec<Deed> {
        let now = self.sample.wish.now;
        Life {
            crew: &self.sample.crew,
            categories: &self.sample.categories,
            now,
            calendar: &self.sample.calendar,
            category,
            compound: place.compound,
            opened_at,
            care,
            patrol: matches!(channel, Channel::Patrol | Channel::Committee),
            original,
            stuck,
            rng: &mut self.rng,
            at: opened_at,
            assignee: None,
            deeds: Vec::new(),
            open_until: now,
        }
        .write()
    }

    /// Something reported within the last two days, to be reported once more.
    fn same_again(&mut self, now: Time) -> Option<(TicketId, usize, Place)> {
        let &(id, category, place, at) = self.recent.get(self.rng.below(self.recent.len().max(1)))?;
        (at < now && place.place.is_some()).then_some((id, category, place))
    }

    /// Some tickets of the last weeks stand still; the younger, the earlier they may stand.
    fn draw_stuck(&mut self, category: usize, opened_at: Time) -> Option<Stuck> {
        const DAYS: i64 = 40;
        let age = self.sample.wish.now.0 - opened_at.0;
        if age > DAYS * DAY || !self.rng.per_mille(self.stuck_per_mille) {
            return None;
        }
        let of = &self.sample.categories[category];
        let urgent = matches!(of.priority, Priority::P1 | Priority::P2);
        let desk = of.roles.first() == Some(&Role::Desk);
        Some(match self.rng.below(100) {
            _ if of.priority == Priority::P1 || desk => return None,
            0..44 => Stuck::Paused,
            44..62 if of.outside => Stuck::Referred,
            62..72 if !urgent => Stuck::Unable,
            72..80 if age < 3 * DAY => Stuck::Working,
            80..86 if age < 2 * DAY => Stuck::Accepted,
            86..92 if age < 2 * DAY && !urgent => Stuck::Assigned,
            92..100 if age < 2 * DAY && !urgent => Stuck::New,
            _ => Stuck::Paused,
        })
    }
}

impl Iterator for Tickets<'_> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        loop {
            if let Some((at, scene)) = self.arrivals.pop() {
                return Some(self.take(at, scene));
            }
            if self.day >= self.schedule.today {
                return None;
            }
            self.next_day();
        }
    }
}

/// How many of a thousand recent tickets must stand still for as many open ones as wanted: a fortieth of all, but no more
/// than four days bring, and 2,000 at most.
fn stuck_per_mille(tickets: usize, days: i64) -> usize {
    const DAYS: usize = 40;
    let days = usize::try_from(days).unwrap_or(1);
    let a_day = (tickets / days).max(1);
    let wanted = (tickets / 40).min(a_day * 4).min(OPEN_AT_MOST);
    // What is open of itself: what came in since yesterday, plans that take their time, and the scenes.
    let of_itself = a_day * 9 / 5 + SCENES.len();
    wanted.saturating_sub(of_itself) * 1_000 / (a_day * DAYS.min(days))
}
