//! The sample's tickets, handed out one by one from the oldest: who reports what, where and how.
//! What is done about it is written in `life`; the few that are always the same are in `scenes`.

use std::collections::VecDeque;

use super::Sample;
use super::life::{Deed, Life, Stuck};
use super::places::Spot;
use super::rng::Rng;
use super::scenes::{self, SCENES};
use super::words::{self, At, WORDS};
use crate::domain::category::TO_SORT;
use crate::domain::id::{IdSource, OperatorId, PlaceId, TicketId};
use crate::domain::op::ticket::{Act, Report};
use crate::domain::staff::Role;
use crate::domain::ticket::{Channel, Number, Priority};
use crate::domain::time::{DAY, Day, Time};

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
    /// What was done to it, in order.
    pub deeds: Vec<Deed>,
}

/// Tickets up to this many lie within the last 90 days; more are spread over five years.
const RECENT_AT_MOST: usize = 2_000;
const RECENT_DAYS: i64 = 90;
const LONG_DAYS: i64 = 5 * 365;
/// Open tickets at most, however many there were.
const OPEN_AT_MOST: usize = 2_000;

/// Reports of a thousand by hour of the day.
const HOURS: [u32; 24] = [6, 4, 3, 3, 4, 8, 20, 50, 92, 98, 84, 66, 36, 34, 52, 60, 60, 66, 80, 72, 50, 30, 16, 10];
/// Reports by weekday from Monday; Mondays bring the weekend's.
const WEEKDAYS: [u32; 7] = [116, 102, 98, 98, 102, 100, 88];

/// Gives the tickets, oldest first.
pub struct Tickets<'a> {
    pub(super) sample: &'a Sample,
    pub(super) rng: Rng,
    ids: IdSource,
    /// By compound and [`Spot`]: positions of places.
    spots: Vec<Vec<Vec<u32>>>,
    /// Sums of the compounds' residents, for drawing one by its size.
    sums: Vec<u64>,
    /// Sums of the categories' shares.
    shares: Vec<u32>,
    schedule: Schedule,
    /// What comes today (of the day being given out), latest first.
    arrivals: Vec<(Time, Option<usize>)>,
    day: i64,
    n: u32,
    drawn: usize,
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

/// Which day has how many tickets.
struct Schedule {
    today: i64,
    /// Share of today that has passed, by the hours.
    today_part: f64,
    sum: f64,
    total: f64,
    given: usize,
    tickets: usize,
}

impl Schedule {
    fn new(first: i64, now: Time, sample: &Sample, tickets: usize) -> Self {
        let (today, minute) = (sample.crew.today, sample.crew.wall.minute(now));
        let all: u32 = HOURS.iter().sum();
        let mut passed = 0.0;
        for (hour, &share) in HOURS.iter().enumerate() {
            let minutes = minute - i64::try_from(hour).unwrap_or(0) * 60;
            #[expect(clippy::cast_precision_loss)]
            let part = minutes.clamp(0, 60) as f64 / 60.0;
            passed += part * f64::from(share) / f64::from(all);
        }
        let mut schedule = Self { today, today_part: passed, sum: 0.0, total: 0.0, given: 0, tickets };
        schedule.total = (first..=today).map(|day| schedule.weight(day)).sum();
        schedule
    }

    fn weight(&self, day: i64) -> f64 {
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        // A wave of some days makes one week unlike another.
        let wave = 1.0 + 0.12 * f64::from(i32::try_from(day.rem_euclid(23)).unwrap_or(0) - 11) / 11.0;
        let whole = f64::from(WEEKDAYS[weekday]) * wave;
        if day == self.today { whole * self.today_part } else { whole }
    }

    /// How many tickets the next day has; days must be asked for in turn.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn on(&mut self, day: i64) -> usize {
        self.sum += self.weight(day);
        let until = if day == self.today {
            self.tickets
        } else {
            (self.sum / self.total.max(1.0) * self.tickets as f64) as usize
        };
        let count = until.saturating_sub(self.given);
        self.given += count;
        count
    }
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
            schedule: Schedule::new(first, wish.now, sample, wish.tickets - scenes),
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
        self.shares = shares(self.day);
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
        let id = TicketId(self.ids.next(self.sample.wish.now));
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
        let mut deeds = self.life(category, place, opened_at, channel, stuck, again.map(|(id, ..)| id));
        self.name_neighbours(&mut deeds, place);
        if again.is_none() {
            self.recent.push_back((id, category, place, opened_at));
            while self.recent.front().is_some_and(|(.., at)| at.0 < opened_at.0 - 2 * DAY) {
                self.recent.pop_front();
            }
        }
        let (compound, taken_by) = (self.compound_of(&report, place), self.sample.crew.clerk_at(opened_at));
        Planned { id, number, report, category, compound, taken_by, opened_at, deeds }
    }

    /// The compound a report with a place lies in.
    pub(super) fn compound_of(&self, report: &Report, place: Place) -> Option<PlaceId> {
        report.place.is_some().then(|| self.sample.compounds[place.compound].place)
    }

    pub(super) fn life(
        &mut self,
        category: usize,
        place: Place,
        opened_at: Time,
        channel: Channel,
        stuck: Option<Stuck>,
        original: Option<TicketId>,
    ) -> Vec<Deed> {
        let now = self.sample.wish.now;
        Life {
            crew: &self.sample.crew,
            categories: &self.sample.categories,
            now,
            zone: self.sample.wish.zone,
            category,
            compound: place.compound,
            opened_at,
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

    /// Every so many tickets the next category in turn, so that none is missing; else by share and season.
    fn draw_category(&mut self) -> usize {
        let every = (self.schedule.tickets / (2 * WORDS.len())).max(1);
        if self.drawn.is_multiple_of(every) {
            return self.drawn / every % WORDS.len();
        }
        let all = self.shares.last().copied().unwrap_or(1);
        let draw = u32::try_from(self.rng.below(all as usize)).unwrap_or(0);
        self.shares.partition_point(|&sum| sum <= draw)
    }

    fn draw_place(&mut self, category: usize) -> Place {
        let at = self.draw_at(category);
        let all = self.sums.last().copied().unwrap_or(1);
        for _ in 0..12 {
            let draw = self.rng.below(usize::try_from(all).unwrap_or(1)) as u64;
            let compound = self.sums.partition_point(|&sum| sum <= draw);
            match at {
                At::Home => {
                    let homes = &self.sample.within[compound].homes;
                    for _ in 0..6 {
                        let home = *self.rng.pick(homes);
                        if !self.sample.at_home[home].is_empty() {
                            return Place { compound, place: Some(home), home: true };
                        }
                    }
                }
                At::Spot(spot) => {
                    let places = &self.spots[compound][spot as usize];
                    if !places.is_empty() {
                        let place = *self.rng.pick(places) as usize;
                        return Place { compound, place: Some(place), home: false };
                    }
                }
            }
        }
        let compound = self.rng.below(self.sample.within.len());
        Place { compound, place: Some(self.sample.within[compound].place), home: false }
    }

    fn draw_at(&mut self, category: usize) -> At {
        let list = WORDS[category].at;
        let sum: u32 = list.iter().map(|(_, share)| share).sum();
        let mut left = u32::try_from(self.rng.below(sum as usize)).unwrap_or(0);
        for &(at, share) in list {
            if left < share {
                return at;
            }
            left -= share;
        }
        list[0].0
    }

    fn draw_channel(&mut self, category: usize, place: Place) -> Channel {
        const LIST: [(Channel, u32); 8] = [
            (Channel::Phone, 620),
            (Channel::WalkIn, 120),
            (Channel::Patrol, 80),
            (Channel::Grid, 50),
            (Channel::Hotline, 40),
            (Channel::WeChat, 65),
            (Channel::Letter, 8),
            (Channel::Committee, 17),
        ];
        let channel = LIST[self.rng.weighted(&LIST.map(|(_, share)| share))].0;
        let urgent = self.sample.categories[category].priority == Priority::P1;
        let advice = WORDS[category].code.starts_with('6');
        match channel {
            // Nobody writes a letter about a fire, and a patrol does not report from inside a home.
            _ if urgent && channel != Channel::Patrol => Channel::Phone,
            Channel::Patrol | Channel::Committee if place.home || advice => Channel::Phone,
            channel => channel,
        }
    }

    /// Words of the category that do not speak of another spot than the place.
    fn draw_words(&mut self, category: usize, place: Place) -> String {
        let label = match place.place {
            Some(at) if !place.home => self.sample.places[at].label.as_str(),
            _ => "",
        };
        let mut text = self.say(category);
        for _ in 0..6 {
            if words::fits(&text, label) {
                break;
            }
            text = self.say(category);
        }
        text
    }

    fn say(&mut self, category: usize) -> String {
        let of = &WORDS[category];
        let plain = of.code.starts_with('6') || of.code == TO_SORT || of.code.starts_with('1');
        let since = if plain { "" } else { *self.rng.pick(words::SINCE) };
        let felt = if plain { "" } else { *self.rng.pick(words::FELT) };
        let said = *self.rng.pick(of.said);
        let mut text = String::with_capacity(since.len() + said.len() + felt.len() + 16);
        text.push_str(since);
        match said.split_once("{}") {
            Some((before, behind)) => {
                text.push_str(before);
                text.push_str(of.spots[self.rng.below(of.spots.len())]);
                text.push_str(behind);
            }
            None => text.push_str(said),
        }
        text.push_str(felt);
        text
    }

    /// The report: place, reporter and number to ring, as complete as such reports are.
    pub(super) fn report(&mut self, category: usize, place: Place, channel: Channel, words: String) -> Report {
        let sample = self.sample;
        let mut report = Report::of_words(&words, channel);
        report.category = Some(sample.categories[category].code.clone());
        report.place = place.place.map(|at| sample.places[at].id);
        if !place.home {
            match self.rng.below(1_000) {
                // Only the compound is known, or nothing but words.
                0..45 => {
                    report.place = Some(sample.compounds[place.compound].place);
                    report.place_words = (*self.rng.pick(words::WHERE_SAID)).to_owned();
                }
                45..70 => {
                    report.place = None;
                    let name = &sample.compounds[place.compound].name;
                    report.place_words = format!("{name}附近, {}", self.rng.pick(words::WHERE_SAID));
                }
                70..130 => report.place_words = (*self.rng.pick(words::WHERE_SAID)).to_owned(),
                _ => {}
            }
        }
        match channel {
            Channel::Patrol | Channel::Grid => {
                let role = if channel == Channel::Grid { Role::GridWorker } else { Role::Guard };
                let at = sample.crew.somebody(role, place.compound, sample.wish.now, None, &mut self.rng);
                sample.staff[at].name.reveal().clone_into(&mut report.reporter_name);
            }
            Channel::Committee => {}
            _ => self.reporter(&mut report, place),
        }
        if channel == Channel::Hotline && !self.rng.per_mille(120) {
            report.outside_number = format!("CZ{:010}", self.rng.below(10_000_000_000));
        }
        report
    }

    fn reporter(&mut self, report: &mut Report, place: Place) {
        let known = match place.place {
            Some(home) if place.home => self.grown_up(home),
            _ if self.rng.per_mille(720) => self.somebody_of(place.compound),
            _ => None,
        };
        match known {
            Some(person) => {
                let person = &self.sample.persons[person];
                report.reporter = Some(person.id);
                person.name.reveal().clone_into(&mut report.reporter_name);
                if let Some(phone) = person.phones.first() {
                    phone.reveal().clone_into(&mut report.reporter_phone);
                }
            }
            // A stranger leaves a name, a number, both or neither.
            None => {
                if self.rng.per_mille(700) {
                    let surname = self.rng.pick(&scenes::STRANGERS);
                    report.reporter_name = format!("{surname}{}", self.rng.pick(&["先生", "女士", "师傅"]));
                }
                if self.rng.per_mille(600) {
                    report.reporter_phone = format!("1500355{:04}", self.rng.below(10_000));
                }
            }
        }
    }

    /// A grown-up of a home, or anybody there.
    fn grown_up(&mut self, home: usize) -> Option<usize> {
        let at_home = &self.sample.at_home[home];
        let year = i64::from(chrono::Datelike::year(&self.sample.wish.zone.day(self.sample.wish.now)));
        let first = self.rng.below(at_home.len().max(1));
        let in_turn = || (0..at_home.len()).map(|n| at_home[(first + n) % at_home.len()] as usize);
        let grown = |&at: &usize| self.sample.persons[at].born.is_none_or(|born| year - i64::from(born) >= 18);
        in_turn().find(grown).or_else(|| in_turn().next())
    }

    pub(super) fn somebody_of(&mut self, compound: usize) -> Option<usize> {
        let homes = &self.sample.within[compound].homes;
        for _ in 0..6 {
            let home = *self.rng.pick(homes);
            if !self.sample.at_home[home].is_empty() {
                return self.grown_up(home);
            }
        }
        None
    }

    /// Neighbours who join are people of the compound.
    pub(super) fn name_neighbours(&mut self, deeds: &mut [Deed], place: Place) {
        for deed in deeds {
            if let Act::Join { name, phone } = &mut deed.act
                && let Some(at) = self.somebody_of(place.compound)
            {
                let person = &self.sample.persons[at];
                person.name.reveal().clone_into(name);
                if let Some(number) = person.phones.first() {
                    number.reveal().clone_into(phone);
                }
            }
        }
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

/// Sums of the categories' shares on a day: heating in winter, flooding and pests in summer.
fn shares(day: i64) -> Vec<u32> {
    // Days since 1970 to the day of the year, near enough for weather.
    let of_year = (day * 4).rem_euclid(1_461) / 4;
    let heating = !(75..=318).contains(&of_year);
    let summer = (150..260).contains(&of_year);
    WORDS
        .iter()
        .scan(0, |sum, words| {
            *sum += match words.code {
                "214" if !heating => 0,
                "106" if summer => words.share * 3,
                "405" | "502" | "401" if summer => words.share * 2,
                "405" | "502" => words.share / 2,
                _ => words.share,
            };
            Some(*sum)
        })
        .collect()
}
