//! On duty is a fact: marking who came and who did not, and naming who steps in. Who could is `roster::stand_in`.
//! Plans of days to come are not made here.

use crate::domain::base::id::{PlaceId, ShiftId, StaffId};
use crate::domain::base::time::{Day, HOUR, Time};
use crate::domain::op::kind::CommandKind;
use crate::domain::op::rank;
use crate::domain::refusal::Refusal;
use crate::domain::roster::rules::Severity;
use crate::domain::roster::shift::{Presence, Template};
use crate::domain::roster::stand_in::StandIn;
use crate::domain::staff::Rank;

/// A change of who is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresenceOp {
    /// Marks whether somebody came.
    Mark {
        /// His shift.
        shift: ShiftId,
        /// What he did.
        presence: Presence,
    },
    /// Names who steps in.
    StepIn {
        /// Who.
        staff: StaffId,
        /// Where.
        opening: Opening,
    },
}

impl PresenceOp {
    /// What a command that makes it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Mark { .. } => CommandKind::Mark,
            Self::StepIn { .. } => CommandKind::StepIn,
        }
    }

    /// The least rank that may make it; a mark made late needs more ([`MARKS_LATE`]).
    pub const fn needs(&self) -> Rank {
        match self {
            Self::Mark { .. } | Self::StepIn { .. } => Rank::Clerk,
        }
    }
}

/// Where somebody is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// In the place of who has this shift.
    Shift(ShiftId),
    /// A need nobody was planned for.
    Need {
        /// The day it begins on.
        day: Day,
        /// The shift.
        template: Template,
        /// Where; none: anywhere.
        compound: Option<PlaceId>,
    },
}

/// A shift can be marked so long before it begins: who is ill rings the evening before.
pub const MARK_AHEAD: i64 = 12 * HOUR;
/// A clerk marks so long after it ended; later [`MARKS_LATE`] does.
pub const MARK_BEHIND: i64 = 24 * HOUR;
/// The least rank that marks a shift later than that.
pub const MARKS_LATE: Rank = Rank::Leader;
/// Somebody steps into shifts that begin so soon; those of later days are planned.
pub const STEP_IN_AHEAD: i64 = 24 * HOUR;

/// Whether a shift from `from` to `to` that stands at `was` may be marked.
///
/// # Errors
/// A [`Refusal`] when it is marked so already, lies too far ahead, or so far back that a leader is needed.
pub fn may_mark(
    (from, to): (Time, Time),
    was: Presence,
    presence: Presence,
    now: Time,
    rank: Rank,
) -> Result<(), Refusal> {
    if was == presence {
        return Err(Refusal::MarkedSo { presence });
    }
    if from.0 - now.0 > MARK_AHEAD {
        return Err(Refusal::ShiftAhead { hours: MARK_AHEAD / HOUR });
    }
    if now.0 - to.0 > MARK_BEHIND { rank::at_least(rank, MARKS_LATE) } else { Ok(()) }
}

/// Whether this person may step into a shift from `from` to `to`.
///
/// # Errors
/// A [`Refusal`] when the shift is over or lies days ahead, or a hard rule of rosters stands against it.
pub fn may_step_in(person: &StandIn, (from, to): (Time, Time), now: Time) -> Result<(), Refusal> {
    if to <= now {
        return Err(Refusal::ShiftOver);
    }
    if from.0 - now.0 > STEP_IN_AHEAD {
        return Err(Refusal::PlanInstead);
    }
    if person.busy {
        return Err(Refusal::OnShiftThen);
    }
    match person.findings.iter().find(|finding| finding.severity == Severity::Hard) {
        Some(finding) => Err(Refusal::AgainstRule { rule: finding.rule }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lie_near_the_shift() {
        let span = (Time(100 * HOUR), Time(108 * HOUR));
        let mark = |hour: i64, rank| may_mark(span, Presence::Planned, Presence::Absent, Time(hour * HOUR), rank);
        assert_eq!(mark(87, Rank::Manager), Err(Refusal::ShiftAhead { hours: 12 }));
        assert_eq!(mark(88, Rank::Clerk), Ok(()));
        assert_eq!(mark(132, Rank::Clerk), Ok(()));
        assert_eq!(mark(133, Rank::Clerk), Err(Refusal::RankTooLow { needs: Rank::Leader }));
        assert_eq!(mark(133, Rank::Leader), Ok(()));
        let again = may_mark(span, Presence::Absent, Presence::Absent, Time(101 * HOUR), Rank::Clerk);
        assert_eq!(again, Err(Refusal::MarkedSo { presence: Presence::Absent }));
    }
}
