//! The sample township: invented places, people, staff, shifts and tickets to look round in and to test with.
//! The same wish gives the same township for ever. Nothing is written here; the caller writes what it is handed.
//!
//! Places, people, staff and shifts are lists. Tickets are handed out one by one, oldest first, because there may be a
//! million of them: [`Sample::tickets`] gives each with its whole history, [`Sample::log`] gives everything that
//! happened in the order it happened.

mod beside;
mod compounds;
mod life;
mod log;
mod names;
mod people;
mod places;
mod reports;
mod rng;
mod rosters;
pub(in crate::store) mod sample;
mod scenes;
mod schedule;
mod shifts;
mod staff;
mod tickets;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::domain::base::calendar::Calendar;
use crate::domain::base::id::{IdSource, PersonId, PlaceId, StaffId};
use crate::domain::base::time::{Time, Zone};
use crate::domain::person::Person;
use crate::domain::place::Place;
use crate::domain::roster::shift::Shift;
use crate::domain::roster::week::{Leave, NeedRow};
use crate::domain::staff::Staff;
use crate::domain::ticket::category;
use crate::domain::ticket::category::Category;

pub use life::Deed;
pub use log::{Happening, Log};
pub use people::Residency;
pub use places::Compound;
pub use staff::Operator;
pub use tickets::{Planned, Tickets};

/// The township's name.
pub const TOWNSHIP: &str = compounds::TOWNSHIP;
/// The property company's name.
pub const COMPANY: &str = "黎侯镇安居物业服务有限公司";
/// The desk's number, invented.
pub const DESK_PHONE: &str = "0355 600 0000";

/// Ids of the sample are drawn as if when ids began: smaller than any made later, and short in a file of millions of rows.
pub(super) const BEGINNING: Time = Time(0);

/// What the sample shall be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Residents. 25 compounds hold 15,000; more people have more compounds, up to 166, then larger ones.
    pub residents: usize,
    /// Tickets. Up to 2,000 lie within the last 90 days, more are spread over five years.
    pub tickets: usize,
    /// Chance: another seed, another township.
    pub seed: u64,
    /// The moment the sample ends at.
    pub now: Time,
    /// The township's zone.
    pub zone: Zone,
}

impl Wish {
    /// The sample a newcomer looks round in.
    pub const fn usual(now: Time, zone: Zone) -> Self {
        Self { residents: 15_000, tickets: 2_000, seed: 1, now, zone }
    }
}

/// A whole township but for its tickets.
pub struct Sample {
    /// What was wished.
    pub wish: Wish,
    /// Every place, each behind the one it lies in.
    pub places: Vec<Place>,
    /// The compounds' stages.
    pub compounds: Vec<Compound>,
    /// Other names of places.
    pub aliases: Vec<(PlaceId, String)>,
    /// Standing notes on places.
    pub notes: Vec<(PlaceId, String)>,
    /// Residents.
    pub persons: Vec<Person>,
    /// Who lives where.
    pub residencies: Vec<Residency>,
    /// Staff, and grid workers who are sent to like staff.
    pub staff: Vec<Staff>,
    /// Who works at the desk.
    pub operators: Vec<Operator>,
    /// Some weeks of shifts.
    pub shifts: Vec<Shift>,
    /// How many are needed where.
    pub needs: Vec<NeedRow>,
    /// Who is on leave.
    pub leave: Vec<(StaffId, Leave)>,
    /// The calendar the due times follow.
    pub calendar: Calendar,
    /// The starting categories the tickets name.
    pub categories: Vec<Category>,
    /// What the tickets' ids are drawn from; [`Tickets::ids`] is its state behind the last.
    pub ids: IdSource,
    within: Vec<places::Within>,
    at_home: Vec<Vec<u32>>,
    crew: staff::Crew,
    /// People of households that are looked after 关爱对象.
    looked_after: HashSet<PersonId>,
}

impl Sample {
    /// Makes everything but the tickets.
    pub fn new(wish: Wish) -> Self {
        const OFFICE_OF_SAMPLES: i64 = 0;
        let Wish { residents, seed, now, zone, .. } = wish;
        let today = zone.day(now);
        let mut ids = IdSource { last_ms: 0, counter: 0, office: OFFICE_OF_SAMPLES };
        let land = places::lay_out(residents, seed, today, &mut ids);
        let people = people::settle(&land, seed, today, &mut ids);
        let mut crew = staff::hire(&land, seed, now, zone, &mut ids);
        let looked_after = looked_after(&people.persons, &people.residencies);
        let shifts = shifts::roster(&crew, &land, seed, now, zone, &mut ids);
        let needs = rosters::needs(&crew, &land, &mut ids);
        let leave = rosters::leave(&crew, &mut ids);
        Self {
            wish,
            places: land.places,
            compounds: land.compounds,
            aliases: land.aliases,
            notes: land.notes,
            persons: people.persons,
            residencies: people.residencies,
            staff: crew.staff.clone(),
            operators: std::mem::take(&mut crew.operators),
            shifts,
            needs,
            leave,
            calendar: Calendar::starting(zone, today),
            categories: words::told(category::starting()),
            ids,
            within: land.within,
            at_home: people.at_home,
            crew,
            looked_after,
        }
    }

    fn is_looked_after(&self, reporter: Option<PersonId>) -> bool {
        reporter.is_some_and(|person| self.looked_after.contains(&person))
    }

    /// The tickets, oldest first, each with all that was done to it.
    pub fn tickets(&self) -> Tickets<'_> {
        Tickets::new(self)
    }

    /// Everything that happened to tickets, in the order it happened.
    pub fn log(&self) -> Log<'_> {
        Log::new(self.tickets())
    }
}

fn looked_after(persons: &[Person], residencies: &[Residency]) -> HashSet<PersonId> {
    let flagged: HashSet<PersonId> = persons.iter().filter(|p| p.care.0 != 0).map(|p| p.id).collect();
    let homes: HashSet<PlaceId> = residencies.iter().filter(|r| flagged.contains(&r.person)).map(|r| r.place).collect();
    residencies.iter().filter(|r| homes.contains(&r.place)).map(|r| r.person).collect()
}
