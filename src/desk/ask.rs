//! What was asked and not yet answered. An answer carries its slot and number; one that is not the newest of its slot is
//! dropped. How a question is answered is not known here.

use crate::domain::event::Entity;
use crate::domain::query::Query;
use crate::domain::query::around::Alike;
use crate::domain::time::Time;

/// Where an answer goes. Each slot waits for one answer, the newest asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Names, settings, categories.
    Township,
    /// The line at the top.
    Header,
    /// Pane 1.
    Compounds,
    /// Pane 2.
    Tickets,
    /// Pane 3.
    Duty,
    /// The fourth pane.
    Preview,
    /// Parked intakes.
    Parked,
    /// The opened ticket.
    Ticket,
    /// A ticket wanted for its message to the worker.
    Copy,
    /// A ticket wanted to be corrected.
    Edit,
    /// The ticket another is merged into.
    Original,
    /// The household in hand, in the intake.
    Household,
    /// Who would be sent, in the intake.
    Suggest,
    /// Tickets much like the report being taken.
    Alike,
    /// The ended ticket under the cursor beside it.
    Ended,
    /// Outages of now and of the days to come.
    Outages,
    /// Compounds and buildings for the form of an outage.
    OutagePlaces,
    /// Who could be sent, in the picker.
    Picker,
    /// Who could step into a shift.
    StandIns,
    /// Whether enough people come.
    Coverage,
    /// A week proposed.
    Fill,
    /// The list of staff.
    Staff,
    /// Who would be sent to each of several tickets, in the picker.
    PickerEach,
    /// A household looked at.
    Card,
    /// Who is on duty now.
    Who,
    /// The ticket whose due times are explained.
    Sum,
    /// The week grid.
    Week,
    /// A month of one person or one compound.
    Month,
    /// The names a filter may hold, and the saved ones.
    Names,
    /// Tickets of pane 2 that the data file was asked for, from the first on.
    Page,
    /// The same, going on behind the last.
    PageOn,
    /// What was changed of settings.
    Settings,
    /// The ticket just taken, for what to tell the caller.
    Told,
    /// Who would be sent to it.
    ToldWho,
    /// Whether it is one of several of a kind.
    Root,
    /// Hits of the find box.
    Find,
    /// Hits for the place box of the intake.
    Places,
    /// Whose word is waited for.
    Callbacks,
    /// The callback in hand.
    Callback,
    /// The three rates.
    Rates,
    /// What a figure counts.
    RateList,
    /// The handover being made.
    Handover,
    /// Handovers of before.
    Handovers,
}

const SLOTS: usize = Slot::Handovers as usize + 1;

#[derive(Clone, Debug, Default)]
struct Asked {
    n: u64,
    waiting: bool,
    query: Option<Query>,
}

/// Everything asked.
#[derive(Clone, Debug)]
pub struct Asks {
    count: u64,
    slots: [Asked; SLOTS],
}

impl Default for Asks {
    fn default() -> Self {
        Self { count: 0, slots: std::array::from_fn(|_| Asked::default()) }
    }
}

impl Asks {
    /// Notes a question and gives its number; `query` is kept to be asked again when what it is about changes.
    pub fn asked(&mut self, slot: Slot, query: Option<Query>) -> u64 {
        self.count += 1;
        self.slots[slot as usize] = Asked { n: self.count, waiting: true, query };
        self.count
    }

    /// Whether nothing is waited for.
    pub fn all_answered(&self) -> bool {
        self.slots.iter().all(|asked| !asked.waiting)
    }

    /// Whether an answer is the one waited for; it is waited for no longer.
    pub fn takes(&mut self, slot: Slot, n: u64) -> bool {
        let asked = &mut self.slots[slot as usize];
        let takes = asked.n == n;
        asked.waiting &= !takes;
        takes
    }

    /// Whether the newest question of a slot is unanswered.
    pub const fn waiting(&self, slot: Slot) -> bool {
        self.slots[slot as usize].waiting
    }

    /// The newest question of a slot.
    pub const fn query(&self, slot: Slot) -> Option<&Query> {
        self.slots[slot as usize].query.as_ref()
    }

    /// What was asked of a slot is asked otherwise when it is asked again: more has been read since.
    pub fn instead(&mut self, slot: Slot, query: Query) {
        self.slots[slot as usize].query = Some(query);
    }

    /// What was asked there matters no longer.
    pub fn forget(&mut self, slot: Slot) {
        self.slots[slot as usize] = Asked::default();
    }

    /// The questions whose answers may have changed, with the time of now.
    pub fn touched(&self, kinds: &[Entity], now: Time) -> Vec<(Slot, Query)> {
        ALL_SLOTS
            .into_iter()
            .filter_map(|slot| Some((slot, self.query(slot)?)))
            .filter(|(_, query)| query.about().iter().any(|kind| kinds.contains(kind)))
            .map(|(slot, query)| (slot, at(query, now)))
            .collect()
    }
}

const ALL_SLOTS: [Slot; SLOTS] = [
    Slot::Township,
    Slot::Header,
    Slot::Compounds,
    Slot::Tickets,
    Slot::Duty,
    Slot::Preview,
    Slot::Parked,
    Slot::Ticket,
    Slot::Copy,
    Slot::Edit,
    Slot::Original,
    Slot::Household,
    Slot::Suggest,
    Slot::Alike,
    Slot::Ended,
    Slot::Outages,
    Slot::OutagePlaces,
    Slot::Picker,
    Slot::StandIns,
    Slot::Coverage,
    Slot::Fill,
    Slot::Staff,
    Slot::PickerEach,
    Slot::Card,
    Slot::Who,
    Slot::Sum,
    Slot::Week,
    Slot::Month,
    Slot::Names,
    Slot::Page,
    Slot::PageOn,
    Slot::Settings,
    Slot::Told,
    Slot::ToldWho,
    Slot::Root,
    Slot::Find,
    Slot::Places,
    Slot::Callbacks,
    Slot::Callback,
    Slot::Rates,
    Slot::RateList,
    Slot::Handover,
    Slot::Handovers,
];

/// The same question at another time.
pub fn at(query: &Query, time: Time) -> Query {
    let mut query = query.clone();
    match &mut query {
        Query::Header { now }
        | Query::Compounds { now }
        | Query::Household { now, .. }
        | Query::StaffList { now }
        | Query::Callbacks { now }
        | Query::Outages { now }
        | Query::Handover { now }
        | Query::LookAlikes(Alike { now, .. }) => *now = time,
        Query::TicketPage(of) => of.now = time,
        Query::Duty { at, .. }
        | Query::Suggest { at, .. }
        | Query::SuggestEach { at, .. }
        | Query::Reopening { at, .. } => *at = time,
        _ => {}
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_answer_of_a_slot_is_taken() {
        let mut asks = Asks::default();
        let first = asks.asked(Slot::Header, Some(Query::Header { now: Time(0) }));
        let other = asks.asked(Slot::Parked, Some(Query::Parked));
        let second = asks.asked(Slot::Header, Some(Query::Header { now: Time(1) }));
        assert!(!asks.takes(Slot::Header, first) && asks.waiting(Slot::Header));
        assert!(asks.takes(Slot::Parked, other), "a neighbour's question does not make it old");
        assert!(asks.takes(Slot::Header, second) && !asks.waiting(Slot::Header));
        let again = asks.touched(&[Entity::Ticket], Time(9));
        assert_eq!(again, [(Slot::Header, Query::Header { now: Time(9) })]);
    }
}
