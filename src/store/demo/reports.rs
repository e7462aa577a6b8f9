//! What one report says: its category, place, channel, words and reporter, as complete as such reports are.
//! When it comes in is in `schedule`, what is done about it in `life`.

use chrono::Datelike;

use super::life::Deed;
use super::scenes;
use super::tickets::{Place, Tickets};
use super::words::{self, At, WORDS};
use crate::domain::staff::Role;
use crate::domain::ticket::category::TO_SORT;
use crate::domain::ticket::op::{Act, Report};
use crate::domain::ticket::{Channel, Priority};

impl Tickets<'_> {
    /// Every so many tickets the next category in turn, so that none is missing; else by share and season.
    pub(super) fn draw_category(&mut self) -> usize {
        let every = (self.schedule.tickets / (2 * WORDS.len())).max(1);
        if self.drawn.is_multiple_of(every) {
            return self.drawn / every % WORDS.len();
        }
        let all = self.shares.last().copied().unwrap_or(1);
        let draw = u32::try_from(self.rng.below(all as usize)).unwrap_or(0);
        self.shares.partition_point(|&sum| sum <= draw)
    }

    pub(super) fn draw_place(&mut self, category: usize) -> Place {
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

    pub(super) fn draw_channel(&mut self, category: usize, place: Place) -> Channel {
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
    pub(super) fn draw_words(&mut self, category: usize, place: Place) -> String {
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
        let said = *self.rng.pick(of.said);
        let since = if plain || said.starts_with(words::WISHES) { "" } else { *self.rng.pick(words::SINCE) };
        let felt = if plain { "" } else { *self.rng.pick(words::FELT) };
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
        let year = i64::from(self.sample.wish.zone.day(self.sample.wish.now).year());
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
            if let Act::Join { name, phone, .. } = &mut deed.act
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
}
