//! The sample's residents: households of every kind in the homes of the land, with phones, flags and what people call them.
//! All of them are invented, and so are their numbers.

use chrono::Datelike;

use super::BEGINNING;
use super::names::{Names, called};
use super::places::{LIVED_IN_PER_MILLE, Land};
use super::rng::Rng;
use crate::domain::base::id::{IdSource, PersonId, PlaceId};
use crate::domain::base::time::Day;
use crate::domain::person::{Care, Flags, Person, PersonName, Phone, Relation, Work};

/// Somebody living in a home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residency {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub place: PlaceId,
    /// What he is there.
    pub relation: Relation,
    /// 户主
    pub is_head: bool,
    /// Since when, where known.
    pub from: Option<Day>,
}

/// All residents, and who lives in which home.
pub(super) struct People {
    pub persons: Vec<Person>,
    pub residencies: Vec<Residency>,
    /// By the place's position: positions of the persons living there.
    pub at_home: Vec<Vec<u32>>,
}

/// Fills the homes until every compound has the residents wanted.
pub(super) fn settle(land: &Land, seed: u64, today: Day, ids: &mut IdSource) -> People {
    let mut settler = Settler {
        people: People { persons: Vec::new(), residencies: Vec::new(), at_home: vec![Vec::new(); land.places.len()] },
        names: Names::new(),
        rng: Rng::for_part(seed, "people"),
        ids,
        today,
    };
    for (at, within) in land.within.iter().enumerate() {
        let mut homes = within.homes.clone();
        settler.rng.shuffle(&mut homes);
        let mut left = within.wanted;
        if at == 0
            && let Some(known) = homes.iter().position(|&home| land.places[home].label == "3-2-501")
        {
            let home = homes.swap_remove(known);
            left = left.saturating_sub(settler.known_household(land, home));
        }
        let (lived_in, empty): (Vec<usize>, Vec<usize>) =
            homes.into_iter().partition(|_| settler.rng.per_mille(LIVED_IN_PER_MILLE));
        // Some homes stay empty unless the others are not enough.
        for home in lived_in.into_iter().chain(empty) {
            if left == 0 {
                break;
            }
            left -= settler.household(land, home, left);
        }
        // Wanted more than the homes hold: grown children and parents move in.
        for &home in within.homes.iter().cycle().take(left) {
            let born = settler.born(20, 75);
            let woman = settler.rng.per_mille(500);
            let relation = Relation::Family;
            settler.move_in(land, home, Comer { surname: None, born, woman, relation, is_head: false });
        }
    }
    settler.second_homes(land);
    settler.people
}

/// Somebody about to move in.
struct Comer {
    /// The family's; any when none.
    surname: Option<&'static str>,
    born: i32,
    woman: bool,
    relation: Relation,
    is_head: bool,
}

struct Settler<'a> {
    people: People,
    names: Names,
    rng: Rng,
    ids: &'a mut IdSource,
    today: Day,
}

impl Settler<'_> {
    fn born(&mut self, least_age: i64, most_age: i64) -> i32 {
        self.today.year() - i32::try_from(self.rng.between(least_age, most_age)).unwrap_or(40)
    }

    /// One household of at most `at_most` persons; how many it became.
    fn household(&mut self, land: &Land, home: usize, at_most: usize) -> usize {
        let first = self.people.persons.len();
        let surname = self.names.surname(&mut self.rng);
        let man = |settler: &mut Self, born, relation| {
            let is_head = true;
            let comer = Comer { surname: Some(surname), born, woman: false, relation, is_head };
            settler.move_in(land, home, comer);
        };
        let wife = |settler: &mut Self, born: i32, relation| {
            let born = born + i32::try_from(settler.rng.between(-1, 4)).unwrap_or(2);
            settler.move_in(land, home, Comer { surname: None, born, woman: true, relation, is_head: false });
        };
        let relative =
            |surname, born, woman| Comer { surname, born, woman, relation: Relation::Family, is_head: false };
        match self.rng.weighted(&[9, 17, 33, 14, 12, 8, 7]) {
            // An old person alone, more often a woman.
            0 => {
                let (born, woman) = (self.born(64, 91), self.rng.per_mille(640));
                let (surname, relation) = ((!woman).then_some(surname), Relation::Owner);
                self.move_in(land, home, Comer { surname, born, woman, relation, is_head: true });
            }
            1 => {
                let born = self.born(58, 86);
                man(self, born, Relation::Owner);
                wife(self, born, Relation::Family);
            }
            kind @ (2 | 3) => {
                let born = self.born(29, 54);
                man(self, born, Relation::Owner);
                wife(self, born, Relation::Family);
                let children = [1, 1, 1, 2, 2, 3][self.rng.below(6)];
                for _ in 0..children {
                    let born = (born + i32::try_from(self.rng.between(23, 33)).unwrap_or(27)).min(self.today.year());
                    let woman = self.rng.per_mille(480);
                    self.move_in(land, home, relative(Some(surname), born, woman));
                }
                if kind == 3 {
                    let elder = born - i32::try_from(self.rng.between(23, 30)).unwrap_or(26);
                    let woman = self.rng.per_mille(600);
                    self.move_in(land, home, relative((!woman).then_some(surname), elder, woman));
                    if self.rng.per_mille(450) {
                        self.move_in(land, home, relative(woman.then_some(surname), elder, !woman));
                    }
                }
            }
            4 => {
                let born = self.born(24, 60);
                let relation = if self.rng.per_mille(250) { Relation::Tenant } else { Relation::Owner };
                man(self, born, relation);
                wife(self, born, if relation == Relation::Tenant { relation } else { Relation::Family });
            }
            // Tenants sharing, or alone.
            5 => {
                for n in 0..=self.rng.below(2) {
                    let (born, woman) = (self.born(19, 45), self.rng.per_mille(450));
                    let (relation, is_head) = (Relation::Tenant, n == 0);
                    self.move_in(land, home, Comer { surname: None, born, woman, relation, is_head });
                }
            }
            _ => {
                let (born, woman) = (self.born(24, 63), self.rng.per_mille(420));
                let relation = Relation::Owner;
                self.move_in(land, home, Comer { surname: None, born, woman, relation, is_head: true });
            }
        }
        let size = self.people.persons.len() - first;
        for _ in at_most..size {
            self.people.persons.pop();
            self.people.residencies.pop();
            self.people.at_home[home].pop();
        }
        let size = size.min(at_most);
        self.finish_household(land, home, first);
        size
    }

    fn move_in(&mut self, land: &Land, home: usize, comer: Comer) {
        let Comer { surname, born, woman, relation, is_head } = comer;
        let surname = surname.unwrap_or_else(|| self.names.surname(&mut self.rng));
        let given = self.names.given(born, woman, &mut self.rng);
        let age = self.today.year() - born;
        let rng = &mut self.rng;
        let mut care = Flags::default();
        let mut set = |flag: Care, yes: bool| {
            if yes {
                care = care.with(flag as usize);
            }
        };
        set(Care::Disabled, rng.per_mille(if age > 60 { 55 } else { 18 }));
        set(Care::MinimumIncome, rng.per_mille(if age > 60 { 40 } else { 15 }));
        set(Care::Pregnant, woman && (22..39).contains(&age) && rng.per_mille(35));
        set(Care::Infant, age <= 2);
        set(Care::Over80, age >= 80);
        let mut work = Flags::default();
        if (18..60).contains(&age) {
            if rng.per_mille(34) {
                work = work.with(Work::Jobless as usize);
                if rng.per_mille(300) {
                    work = work.with(Work::HardToEmploy as usize);
                }
                if rng.per_mille(550) {
                    work = work.with(Work::WantsWork as usize);
                }
            } else if rng.per_mille(12) {
                work = work.with(Work::WantsWork as usize);
            }
            if rng.per_mille(14) {
                work = work.with(Work::HardUp as usize);
            }
        }
        let mut names = Vec::new();
        if age >= 3 && rng.per_mille(if age < 12 { 40 } else { 150 }) {
            names.push(called(surname, &given, age, woman, None, rng));
        }
        let since = rng.between(1, 9_000).min(i64::from(age) * 365);
        let person = Person {
            id: PersonId(self.ids.next(BEGINNING)),
            name: PersonName::stored(format!("{surname}{given}")),
            called: names,
            phones: Vec::new(),
            born: (!self.rng.per_mille(25)).then_some(born),
            care,
            work,
            version: 1,
        };
        self.people.at_home[home].push(u32::try_from(self.people.persons.len()).unwrap_or(u32::MAX));
        self.people.residencies.push(Residency {
            person: person.id,
            place: land.places[home].id,
            relation,
            is_head,
            from: self.today.checked_sub_signed(chrono::Duration::days(since)),
        });
        self.people.persons.push(person);
    }

    /// What only the whole household tells: phones, who lives alone, whose father somebody is, no work in the house.
    fn finish_household(&mut self, land: &Land, home: usize, first: usize) {
        let year = self.today.year();
        let ages: Vec<i32> = self.people.persons[first..].iter().map(|p| year - p.born.unwrap_or(year - 40)).collect();
        let landline = if ages.iter().any(|&age| age >= 55) { self.rng.per_mille(430) } else { self.rng.per_mille(50) };
        let landline = landline.then(|| self.landline());
        let mut shared: Option<Phone> = None;
        for (at, &age) in ages.iter().enumerate() {
            let own = self.rng.per_mille(match age {
                ..10 => 0,
                10..14 => 350,
                14..70 => 965,
                70..80 => 720,
                _ => 420,
            });
            let mut phones = Vec::new();
            if own {
                phones.push(self.mobile());
                if self.rng.per_mille(30) {
                    phones.push(self.mobile());
                }
            }
            if age >= 50
                && let Some(number) = &landline
            {
                phones.push(number.clone());
            }
            // Children and the very old are rung at the family's number.
            if phones.is_empty()
                && let Some(number) = &shared
                && self.rng.per_mille(600)
            {
                phones.push(number.clone());
            }
            shared = shared.or_else(|| phones.first().cloned());
            self.people.persons[first + at].phones = phones;
        }
        if let ([age], Some(person)) = (ages.as_slice(), self.people.persons.get_mut(first))
            && *age >= 60
        {
            person.care = person.care.with(Care::LivesAlone as usize);
        }
        let grown: Vec<usize> =
            (first..self.people.persons.len()).filter(|&at| (18..60).contains(&ages[at - first])).collect();
        if !grown.is_empty() && self.rng.per_mille(6) {
            for &at in &grown {
                let person = &mut self.people.persons[at];
                person.work = person.work.with(Work::Jobless as usize).with(Work::ZeroJobHousehold as usize);
            }
        }
        // A child's name is what parents are called by.
        let child = (first..self.people.persons.len()).find(|&at| (3..20).contains(&ages[at - first]));
        if let Some(child) = child
            && self.rng.per_mille(260)
        {
            let last = self.people.persons[child].name.reveal().chars().next_back().unwrap_or('强');
            let parent = first + self.rng.below(2).min(ages.len() - 1);
            let word = if parent == first { "爸" } else { "妈" };
            if parent != child && self.people.persons[parent].called.is_empty() {
                self.people.persons[parent].called.push(format!("{last}子他{word}"));
            }
        }
        debug_assert!(self.people.at_home[home].len() >= ages.len(), "{}", land.places[home].label);
    }

    /// The old lady of 3-2-501 and her daughter, so that every sample has one household one can look for.
    fn known_household(&mut self, land: &Land, home: usize) -> usize {
        let relation = Relation::Owner;
        self.move_in(land, home, Comer { surname: Some("陈"), born: 1944, woman: true, relation, is_head: true });
        if let (Some(person), phone) = (self.people.persons.last_mut(), Phone::stored("13800005678".to_owned())) {
            person.name = PersonName::stored("陈凤英".to_owned());
            person.called = vec!["陈奶奶".to_owned()];
            person.phones = vec![phone];
            person.born = Some(1944);
            person.work = Flags::default();
            person.care = Flags::default()
                .with(Care::LivesAlone as usize)
                .with(Care::MinimumIncome as usize)
                .with(Care::Over80 as usize);
        }
        1
    }

    /// A few people have two homes; the second is often an empty one.
    fn second_homes(&mut self, land: &Land) {
        let homes: Vec<usize> = land.within.iter().flat_map(|within| within.homes.iter().copied()).collect();
        if homes.is_empty() {
            return;
        }
        let wanted = self.people.persons.len() / 180;
        for _ in 0..wanted {
            let at = self.rng.below(self.people.persons.len());
            let (home, other) = (*self.rng.pick(&homes), *self.rng.pick(&homes));
            let home = if self.people.at_home[home].is_empty() { home } else { other };
            let person = &self.people.persons[at];
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let child = person.born.is_none_or(|born| self.today.year() - born < 24);
            if child || self.people.at_home[home].contains(&at) || land.places[home].label == "3-2-501" {
                continue;
            }
            let residency = Residency {
                person: person.id,
                place: land.places[home].id,
                relation: if self.people.at_home[home].is_empty() { Relation::Owner } else { Relation::Family },
                is_head: self.people.at_home[home].is_empty(),
                from: None,
            };
            if self.people.residencies.iter().rev().take(wanted).any(|r| r.person == residency.person) {
                continue;
            }
            self.people.at_home[home].push(at);
            self.people.residencies.push(residency);
        }
    }

    /// An invented mobile; the last four figures fall evenly, so that tails tell people apart.
    fn mobile(&mut self) -> Phone {
        const RANGES: [&str; 12] = [
            "1380000", "1380355", "1390355", "1390000", "1350000", "1360355", "1370000", "1510355", "1580355",
            "1830355", "1860000", "1990355",
        ];
        let range = self.rng.pick(&RANGES);
        Phone::stored(format!("{range}{:04}", self.rng.below(10_000)))
    }

    fn landline(&mut self) -> Phone {
        Phone::stored(format!("03556{:06}", self.rng.below(1_000_000)))
    }
}
