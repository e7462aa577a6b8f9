//! Which kinds of records a handover tells of. What happens to one of those after its lines were drafted makes them stale: they
//! are looked at again before anybody signs. What is said of each is not decided here.

use crate::domain::base::event::Entity;

/// What of a handover a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldOf {
    /// A line of its own: a ticket, a parked intake, an outage.
    Itself,
    /// Who is on duty next, who is missing and who is away.
    Duty,
}

/// What a handover tells of a kind of record; none: nothing, whatever happens to it.
pub const fn told_of(entity: Entity) -> Option<ToldOf> {
    match entity {
        Entity::Ticket | Entity::Parked | Entity::Outage => Some(ToldOf::Itself),
        Entity::Shift | Entity::Roster | Entity::Leave | Entity::Need => Some(ToldOf::Duty),
        // Two desks at one handover are kept apart by the version of its row.
        Entity::Handover => None,
        // What these change in a line is told by events of the tickets and shifts it changes.
        Entity::Calendar | Entity::Staff => None,
        Entity::Township
        | Entity::Place
        | Entity::Person
        | Entity::Residency
        | Entity::Category
        | Entity::Filter
        | Entity::Operator => None,
    }
}

/// The kinds of records an event of which makes a drafted handover stale.
pub fn make_stale() -> impl Iterator<Item = Entity> {
    Entity::ALL.iter().copied().filter(|entity| told_of(*entity).is_some())
}
