//! A household, building or common part looked at from the find box: who lives there, tickets, standing notes. Masked.
//! Nothing is changed here; `n` takes a report from it.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::{Desk, ticket};
use crate::domain::base::id::{PersonId, PlaceId, TicketId};
use crate::domain::place::query::{Household, PlaceAnswer, PlaceQuery};
use crate::domain::query::{Answer, Query};
use crate::text::t;

/// A household looked at.
const CARD: Slot = Slot::new("card", |desk, answer| {
    if let Answer::Place(PlaceAnswer::Household(household)) = answer {
        set(desk, household);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Card {
    /// The place.
    pub place: PlaceId,
    /// The resident it was found by.
    pub person: Option<PersonId>,
    /// Its tickets.
    pub list: List<TicketId>,
    /// What is known; none until answered.
    pub household: Option<Box<Household>>,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "card.ticket",
    &["enter"],
    Card::SCOPE,
    t("打开工单", "open ticket"),
    t("打开选中的工单", "Open the selected ticket"),
    |desk| {
        if let Some(card) = desk.top::<Card>()
            && let Some(id) = card.list.selected()
        {
            ticket::opened::open(desk, id);
        }
    },
)
.when(has_ticket)
.footer()];

impl Layer for Card {
    const SCOPE: Scope = Scope::new("card", t("查找与住户", "Find and households"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[CARD];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(list_height(layout, self))
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(88, layout.body.h.min(22))
}

/// Rows above the tickets: members, notes, a heading.
pub fn rows_above(card: &Card) -> u16 {
    card.household.as_ref().map_or(1, |household| {
        u16::try_from(household.members.len().clamp(1, 6) + household.notes.len().min(3) + 1).unwrap_or(u16::MAX)
    })
}

/// Rows of tickets in sight.
pub fn list_height(layout: &Layout, card: &Card) -> u16 {
    area(layout).inside().h.saturating_sub(rows_above(card)).max(1)
}

/// Opens the card of a place.
pub fn open(desk: &mut Desk, place: PlaceId, person: Option<PersonId>) {
    desk.close_all::<Card>();
    desk.open(Card { place, person, list: List::default(), household: None });
    let now = desk.now;
    desk.ask(CARD, Query::Place(PlaceQuery::Household { place, now }));
}

/// The answer has come.
pub fn set(desk: &mut Desk, household: Option<Box<Household>>) {
    let card = desk.layer_mut::<Card>();
    if let Some(card) = card {
        card.list.set(household.iter().flat_map(|h| h.tickets.iter().map(|row| row.id)).collect());
        card.household = household;
    }
}

fn has_ticket(desk: &Desk) -> Enabled {
    match desk.top::<Card>() {
        Some(card) if card.list.selected().is_some() => Ok(()),
        _ => Err(t("这里没有工单", "There is no ticket here")),
    }
}
