//! How urgent a ticket is beyond its category, and why: the raising rules and what they do to its limits.
//! When a limit ends is reckoned in `clock`.

use serde::{Deserialize, Serialize};

use crate::domain::base::calendar::WHOLE_DAY;
use crate::domain::ticket::clock::round_the_clock;
use crate::domain::ticket::{Priority, Ticket, TicketKind};

/// Why a ticket is more urgent than its category says; each is one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    /// The household has a care flag 关爱对象.
    Care,
    /// Three people or more are affected.
    Affected,
    /// Reopened a second time.
    Reopened,
    /// A whole unit or more is out; a person says so.
    Unit,
    /// A person decided that it is danger: P1.
    Danger,
}

impl Raise {
    /// All reasons, in the order they are told.
    pub const ALL: [Self; 5] = [Self::Care, Self::Affected, Self::Reopened, Self::Unit, Self::Danger];

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The reasons a ticket was raised for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Raises(pub u32);

impl Raises {
    /// None.
    pub const NONE: Self = Self(0);

    /// Whether this is one of them.
    pub const fn has(self, raise: Raise) -> bool {
        self.0 & raise.bit() != 0
    }

    /// With this reason put in or taken out.
    #[must_use]
    pub const fn with(self, raise: Raise, on: bool) -> Self {
        Self(if on { self.0 | raise.bit() } else { self.0 & !raise.bit() })
    }

    /// The reasons, in the order they are told.
    pub fn list(self) -> impl Iterator<Item = Raise> {
        Raise::ALL.into_iter().filter(move |raise| self.has(*raise))
    }
}

/// People affected from whom on a ticket is raised: the reporter and two more.
pub const AFFECTED_FROM: u32 = 3;
/// Reopenings from which on it is raised.
pub const REOPENED_FROM: u32 = 2;
/// Halvings at most: a limit of half an hour is not made of minutes by piling up reasons.
pub const STEPS_AT_MOST: u32 = 2;

/// Whether a report of this kind may be raised at all. Advice, questions and praise never are.
pub const fn may_raise(kind: TicketKind) -> bool {
    !matches!(kind, TicketKind::Enquiry | TicketKind::Suggestion | TicketKind::Praise)
}

/// The reasons a ticket has now: those that follow from its figures, and those a person gave it.
pub const fn raises_of(ticket: &Ticket) -> Raises {
    if !may_raise(ticket.kind) {
        return Raises::NONE;
    }
    ticket
        .raised
        .with(Raise::Affected, ticket.also_affected + 1 >= AFFECTED_FROM)
        .with(Raise::Reopened, ticket.reopened >= REOPENED_FROM)
}

/// How many times its limits are halved. Danger that the category names is as short as it can be already.
pub fn steps(base: Priority, raises: Raises) -> u32 {
    if base == Priority::P1 { 0 } else { (raises.list().count() as u32).min(STEPS_AT_MOST) }
}

/// The priority that follows: one step up for each reason, but never beyond P2; P1 only where the category says so or a person.
pub fn priority_of(base: Priority, raises: Raises) -> Priority {
    if base == Priority::P1 || raises.has(Raise::Danger) {
        return Priority::P1;
    }
    let up = raises.list().count();
    let at = (base as usize).saturating_sub(up).max(Priority::P2 as usize);
    Priority::ALL[at]
}

/// What a limit follows from: what a ticket was sorted under, and why it was raised. Kept as one short text, in the log too:
/// every ticket answered has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Terms {
    /// Category code.
    pub category: String,
    /// Priority of the category.
    pub base_priority: Priority,
    /// Why it was raised.
    pub raised: Raises,
    /// Minutes of the category's limit.
    pub minutes: i64,
}

impl Terms {
    /// As kept: `202,P2,1,60`: category, its priority, reasons for raising, minutes.
    pub fn kept(&self) -> String {
        let Self { category, base_priority, raised, minutes } = self;
        format!("{category},{},{},{minutes}", base_priority.code(), raised.0)
    }

    /// Read from what was kept; see [`Terms::kept`].
    pub fn from_kept(text: &str) -> Option<Self> {
        // Only the category could hold a comma itself.
        let mut parts = text.rsplitn(4, ',');
        let minutes = parts.next()?.parse().ok()?;
        let raised = Raises(parts.next()?.parse().ok()?);
        let base_priority = Priority::from_code(parts.next()?)?;
        Some(Self { category: parts.next()?.to_owned(), base_priority, raised, minutes })
    }

    /// The priority whose clock it is.
    pub fn priority(&self) -> Priority {
        priority_of(self.base_priority, self.raised)
    }

    /// Whether that clock runs day and night.
    pub fn round(&self) -> bool {
        round_the_clock(self.priority())
    }

    /// Times halved.
    pub fn halved(&self) -> u32 {
        steps(self.base_priority, self.raised)
    }

    /// Minutes that must run, on a clock whose working day has so many.
    ///
    /// A limit never grows by raising: what the desk's hours counted may be less than half of the whole day that counts
    /// after it. Then it stays as many minutes as it was, and they run day and night.
    pub fn limit(&self, working_day: i64) -> i64 {
        let on_clock = on_clock(self.minutes, self.round(), working_day);
        if on_clock == 0 {
            return 0;
        }
        let halved = on_clock >> self.halved();
        let in_hours = on_clock_before(self, working_day).unwrap_or(halved);
        halved.min(in_hours).max(1)
    }
}

impl From<Terms> for String {
    fn from(terms: Terms) -> Self {
        terms.kept()
    }
}

impl TryFrom<String> for Terms {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::from_kept(&text).ok_or("not the terms of a limit")
    }
}

/// The limit a step before it came to run day and night; none where it did so from the beginning, or does not now.
fn on_clock_before(terms: &Terms, working_day: i64) -> Option<i64> {
    let came_to = terms.round() && !round_the_clock(terms.base_priority);
    came_to.then(|| on_clock(terms.minutes, false, working_day) >> terms.halved().saturating_sub(1))
}

/// A limit before any halving, in minutes of a clock that runs day and night, or in the desk's hours.
///
/// A limit of whole days means, in the desk's hours, that many working days, not that many times 24 hours; so one of less
/// than a day is at most one working day, or it would end behind one that is longer.
pub fn on_clock(minutes: i64, round: bool, working_day: i64) -> i64 {
    if round {
        minutes
    } else if minutes < WHOLE_DAY {
        minutes.min(working_day)
    } else {
        minutes * working_day / WHOLE_DAY
    }
}

/// Whether a person should be asked if it is danger: the reasons lead beyond P2, where raising stops by itself.
pub fn proposes_danger(ticket: &Ticket) -> bool {
    let up = ticket.raised.list().count();
    may_raise(ticket.kind)
        && ticket.base_priority != Priority::P1
        && !ticket.raised.has(Raise::Danger)
        && up > 0
        && (ticket.base_priority as usize) < Priority::P2 as usize + up
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raising_stops_at_p2_and_advice_is_never_raised() {
        let care = Raises::NONE.with(Raise::Care, true);
        assert_eq!(priority_of(Priority::P3, care), Priority::P2);
        assert_eq!(priority_of(Priority::P2, care), Priority::P2);
        assert_eq!(priority_of(Priority::P4, care.with(Raise::Unit, true).with(Raise::Affected, true)), Priority::P2);
        assert_eq!(priority_of(Priority::P3, care.with(Raise::Danger, true)), Priority::P1);
        let ticket = Ticket { kind: TicketKind::Enquiry, also_affected: 9, raised: care, ..Ticket::blank() };
        assert_eq!(raises_of(&ticket), Raises::NONE);
        let ticket = Ticket { also_affected: 2, ..Ticket::blank() };
        assert!(raises_of(&ticket).has(Raise::Affected), "the reporter and two more are three");
        assert!(!raises_of(&Ticket { also_affected: 1, ..Ticket::blank() }).has(Raise::Affected));
    }

    #[test]
    fn beyond_p2_a_person_is_asked() {
        let care = Raises::NONE.with(Raise::Care, true);
        let asks = |base_priority, raised| proposes_danger(&Ticket { base_priority, raised, ..Ticket::blank() });
        assert!(asks(Priority::P2, care) && !asks(Priority::P3, care), "one step from P3 is P2");
        assert!(asks(Priority::P3, care.with(Raise::Unit, true)));
        assert!(!asks(Priority::P2, Raises::NONE) && !asks(Priority::P1, care));
        assert!(!asks(Priority::P2, care.with(Raise::Danger, true)), "asked once");
    }

    #[test]
    fn each_step_halves_both_limits() {
        let care = Raises::NONE.with(Raise::Care, true);
        let limit = |minutes, base, raised| terms(minutes, base, raised).limit(12 * 60);
        assert_eq!(limit(60, Priority::P2, care), 30);
        assert_eq!(limit(24 * 60, Priority::P3, care), 12 * 60);
        assert_eq!(limit(24 * 60, Priority::P4, care), 6 * 60, "half of a working day of twelve hours");
        assert_eq!(limit(0, Priority::P4, Raises::NONE), 0);
        assert_eq!(steps(Priority::P1, Raises::NONE.with(Raise::Care, true)), 0);
        assert_eq!(steps(Priority::P3, Raises(0b111)), 2);
    }

    #[test]
    fn a_longer_limit_never_ends_sooner_and_raising_never_lengthens() {
        let hours: Vec<i64> = (0..=72).collect();
        for working_day in [30, 4 * 60, 12 * 60, WHOLE_DAY] {
            for base in Priority::ALL.iter().copied() {
                for raised in (0..32).map(Raises) {
                    let limit = |hours: &i64| terms(hours * 60, base, raised).limit(working_day);
                    assert!(hours.windows(2).all(|pair| limit(&pair[0]) <= limit(&pair[1])), "{base:?} {raised:?}");
                }
                // The minutes a clock shows at one moment are more day and night than in the desk's hours, so fewer of them,
                // or as many, end sooner.
                for (less, raise) in (0..32).flat_map(|less| Raise::ALL.map(|raise| (Raises(less), raise))) {
                    for hours in &hours {
                        let before = terms(hours * 60, base, less).limit(working_day);
                        let after = terms(hours * 60, base, less.with(raise, true));
                        assert!(after.limit(working_day) <= before, "{hours} h, {base:?}, {less:?} and {raise:?}");
                        assert!(after.round() || !terms(0, base, less).round(), "and on no slower clock");
                    }
                }
            }
        }
        assert_eq!(terms(20 * 60, Priority::P3, Raises::NONE).limit(12 * 60), 12 * 60, "at most a working day");
    }

    fn terms(minutes: i64, base_priority: Priority, raised: Raises) -> Terms {
        Terms { category: String::new(), base_priority, raised, minutes }
    }
}
