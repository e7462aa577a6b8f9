//! What was asked and not yet answered. An answer carries its slot and number; one that is not the newest of its slot is
//! dropped. How a question is answered is not known here.

use crate::desk::Desk;
use crate::domain::base::event::Entity;
use crate::domain::base::find::Hit;
use crate::domain::base::time::Time;
use crate::domain::callback::query::CallbackQuery;
use crate::domain::handover::query::HandoverQuery;
use crate::domain::outage::query::OutageQuery;
use crate::domain::place::query::PlaceQuery;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::query::RosterQuery;
use crate::domain::settings::query::SettingsQuery;
use crate::domain::staff::query::StaffQuery;
use crate::domain::ticket::around::Alike;
use crate::domain::ticket::query::TicketQuery;

/// Where an answer goes: a name, and what takes it. Each slot waits for one answer, the newest asked for. It is declared in
/// the file of what asks.
#[derive(Clone, Copy)]
pub struct Slot {
    /// Told apart by this.
    name: &'static str,
    /// Takes the answer. One of another kind than asked cannot come; if it does, it changes nothing.
    pub(in crate::desk) answered: fn(&mut Desk, Answer),
    /// Takes what the finder found.
    pub(in crate::desk) found: fn(&mut Desk, Vec<Hit>),
    /// Asked once for one thing to do, not again when the record changes.
    pub(in crate::desk) once: bool,
    /// Asked again at every minute's turn, with the time of then.
    pub(in crate::desk) each_minute: bool,
}

impl Slot {
    /// A slot for an answer of the store.
    pub const fn new(name: &'static str, answered: fn(&mut Desk, Answer)) -> Self {
        Self { name, answered, found: |_, _| {}, once: false, each_minute: false }
    }

    /// A slot for what the finder finds.
    pub const fn finding(name: &'static str, found: fn(&mut Desk, Vec<Hit>)) -> Self {
        Self { name, answered: |_, _| {}, found, once: false, each_minute: false }
    }

    /// The same, its question forgotten as soon as it is answered.
    #[must_use]
    pub const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// The same, asked again at every minute's turn.
    #[must_use]
    pub const fn each_minute(mut self) -> Self {
        self.each_minute = true;
        self
    }
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Slot {}

impl std::hash::Hash for Slot {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

#[derive(Clone, Debug)]
struct Asked {
    slot: Slot,
    n: u64,
    waiting: bool,
    query: Option<Query>,
}

/// Everything asked.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    count: u64,
    /// In the order in which each slot was first asked for.
    asked: Vec<Asked>,
}

impl Asks {
    /// Notes a question and gives its number; `query` is kept to be asked again when what it is about changes.
    pub fn asked(&mut self, slot: Slot, query: Option<Query>) -> u64 {
        self.count += 1;
        let asked = Asked { slot, n: self.count, waiting: true, query };
        match self.of_mut(slot) {
            Some(before) => *before = asked,
            None => self.asked.push(asked),
        }
        self.count
    }

    /// Whether nothing is waited for.
    pub fn all_answered(&self) -> bool {
        self.asked.iter().all(|asked| !asked.waiting)
    }

    /// Whether an answer is the one waited for; it is waited for no longer.
    pub fn takes(&mut self, slot: Slot, n: u64) -> bool {
        let Some(asked) = self.of_mut(slot).filter(|asked| asked.n == n) else { return false };
        asked.waiting = false;
        true
    }

    /// Whether the newest question of a slot is unanswered.
    pub fn waiting(&self, slot: Slot) -> bool {
        self.of(slot).is_some_and(|asked| asked.waiting)
    }

    /// The newest question of a slot.
    pub fn query(&self, slot: Slot) -> Option<&Query> {
        self.of(slot)?.query.as_ref()
    }

    /// What was asked of a slot is asked otherwise when it is asked again: more has been read since.
    pub fn instead(&mut self, slot: Slot, query: Query) {
        if let Some(asked) = self.of_mut(slot) {
            asked.query = Some(query);
        }
    }

    /// What was asked there matters no longer.
    pub fn forget(&mut self, slot: Slot) {
        self.asked.retain(|asked| asked.slot != slot);
    }

    /// The questions whose answers may have changed, with the time of now.
    pub fn touched(&self, kinds: &[Entity], now: Time) -> Vec<(Slot, Query)> {
        self.again(now, |_, query| query.about().iter().any(|kind| kinds.contains(kind)))
    }

    /// The questions that are asked again at every minute's turn, with the time of now.
    pub(in crate::desk) fn each_minute(&self, now: Time) -> Vec<(Slot, Query)> {
        self.again(now, |slot, _| slot.each_minute)
    }

    fn again(&self, now: Time, is_wanted: impl Fn(Slot, &Query) -> bool) -> Vec<(Slot, Query)> {
        let known = self.asked.iter().filter_map(|asked| Some((asked.slot, asked.query.as_ref()?)));
        known.filter(|(slot, query)| is_wanted(*slot, query)).map(|(slot, query)| (slot, at(query, now))).collect()
    }

    fn of(&self, slot: Slot) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.slot == slot)
    }

    fn of_mut(&mut self, slot: Slot) -> Option<&mut Asked> {
        self.asked.iter_mut().find(|asked| asked.slot == slot)
    }
}

/// The same question at another time.
pub fn at(query: &Query, time: Time) -> Query {
    let mut query = query.clone();
    match &mut query {
        Query::Settings(SettingsQuery::Header { now })
        | Query::Place(PlaceQuery::Compounds { now })
        | Query::Place(PlaceQuery::Household { now, .. })
        | Query::Staff(StaffQuery::List { now })
        | Query::Callback(CallbackQuery::Queue { now })
        | Query::Outage(OutageQuery::List { now })
        | Query::Handover(HandoverQuery::Present { now })
        | Query::Ticket(TicketQuery::LookAlikes(Alike { now, .. })) => *now = time,
        Query::Ticket(TicketQuery::Page(of)) => of.now = time,
        Query::Roster(RosterQuery::Duty { at, .. })
        | Query::Roster(RosterQuery::Suggest { at, .. })
        | Query::Roster(RosterQuery::SuggestEach { at, .. })
        | Query::Callback(CallbackQuery::Reopening { at, .. }) => *at = time,
        _ => {}
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::parked::query::ParkedQuery;

    const HEADER: Slot = Slot::new("header", |_, _| {});
    const PARKED: Slot = Slot::new("parked", |_, _| {});

    #[test]
    fn only_the_newest_answer_of_a_slot_is_taken() {
        let mut asks = Asks::default();
        let first = asks.asked(HEADER, Some(Query::Settings(SettingsQuery::Header { now: Time(0) })));
        let other = asks.asked(PARKED, Some(Query::Parked(ParkedQuery::List)));
        let second = asks.asked(HEADER, Some(Query::Settings(SettingsQuery::Header { now: Time(1) })));
        assert!(!asks.takes(HEADER, first) && asks.waiting(HEADER));
        assert!(asks.takes(PARKED, other), "a neighbour's question does not make it old");
        assert!(asks.takes(HEADER, second) && !asks.waiting(HEADER));
        let again = asks.touched(&[Entity::Ticket], Time(9));
        assert_eq!(again, [(HEADER, Query::Settings(SettingsQuery::Header { now: Time(9) }))]);
    }
}
