//! The one table of permitted moves: from which status to which, what each must come with, and who may make it.
//! What a move does to a ticket is `op::decide`.

use super::Status;
use crate::coded;
use crate::domain::base::event::EventKind;
use crate::domain::staff::Rank;

coded! {
    /// What a move must come with.
    pub enum Need {
        /// Who gets it.
        Staff = "staff",
        /// Who leads after it was given back.
        NextOwner = "next_owner",
        /// Why.
        Reason = "reason",
        /// What was done.
        Result = "result",
        /// When it is looked at again.
        Review = "review",
        /// The outside body's name.
        Body = "body",
        /// The outside body's phone, or who there is asked for. It is asked for and may be unknown.
        BodyPhone = "body_phone",
        /// When the outside body is asked again.
        AskAgain = "ask_again",
        /// The ticket it is merged into.
        Original = "original",
    }
}

/// One permitted move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// From.
    pub from: Status,
    /// To.
    pub to: Status,
    /// What happened, once made.
    pub event: EventKind,
    /// What it must come with.
    pub needs: &'static [Need],
    /// The least rank that may make it.
    pub rank: Rank,
}

/// Every permitted move; what is not here is refused.
#[rustfmt::skip]
pub const MOVES: &[Move] = {
    use EventKind as E;
    use Need::{AskAgain, Body, BodyPhone, NextOwner, Original, Reason, Result, Review, Staff};
    use Status::{Accepted, Answered, Assigned, Closed, Duplicate, New, Paused, Referred, Resolved, Unable, Void, Working};
    const fn row(from: Status, to: Status, event: E, needs: &'static [Need]) -> Move {
        Move { from, to, event, needs, rank: Rank::Clerk }
    }
    const fn manager(from: Status, to: Status, event: E, needs: &'static [Need]) -> Move {
        Move { from, to, event, needs, rank: Rank::Manager }
    }
    &[
        row(New, Assigned, E::Assigned, &[Staff]),
        row(New, Answered, E::Answered, &[Result]),
        row(New, Referred, E::Referred, &[Body, BodyPhone, AskAgain]),
        row(New, Duplicate, E::Merged, &[Original]),
        row(New, Void, E::Voided, &[Reason]),
        row(Answered, Closed, E::Closed, &[Reason]),
        row(Answered, New, E::Reopened, &[Reason]),
        row(Assigned, Accepted, E::Accepted, &[]),
        row(Assigned, New, E::Returned, &[Reason, NextOwner]),
        row(Assigned, Assigned, E::Assigned, &[Staff]),
        row(Accepted, Working, E::Arrived, &[]),
        row(Accepted, Paused, E::Paused, &[Reason, Review]),
        row(Accepted, New, E::Returned, &[Reason, NextOwner]),
        row(Working, Resolved, E::Resolved, &[Result]),
        row(Working, Paused, E::Paused, &[Reason, Review]),
        row(Working, Assigned, E::Assigned, &[Staff]),
        manager(Working, Unable, E::Deferred, &[Reason, Review]),
        row(Paused, Working, E::Resumed, &[]),
        row(Paused, Assigned, E::Assigned, &[Staff]),
        row(Paused, Void, E::Voided, &[Reason]),
        row(Referred, Working, E::Arrived, &[]),
        row(Referred, Resolved, E::Resolved, &[Result]),
        manager(Referred, Unable, E::Deferred, &[Reason, Review]),
        row(Resolved, Closed, E::Closed, &[Reason]),
        row(Resolved, Assigned, E::Reopened, &[Reason, Staff]),
        row(Unable, Working, E::Resumed, &[]),
        manager(Unable, Closed, E::Closed, &[Reason]),
        row(Closed, Assigned, E::Reopened, &[Reason, Staff]),
    ]
};

/// The permitted moves from `status`, in the order they are offered.
pub fn moves_from(status: Status) -> impl Iterator<Item = &'static Move> {
    MOVES.iter().filter(move |m| m.from == status)
}

/// The move from one status to another, if it is permitted.
pub fn move_between(from: Status, to: Status) -> Option<&'static Move> {
    moves_from(from).find(|m| m.to == to)
}

/// Whether a need is a time that must lie ahead: when something is looked at, or asked about, again.
pub const fn is_time_ahead(need: Need) -> bool {
    matches!(need, Need::Review | Need::AskAgain)
}

/// The `.` key: the worker's next answer, 收到 → 到场 → 修好, or taking up what rests.
pub fn next_step(status: Status) -> Option<&'static Move> {
    let to = match status {
        Status::New => Status::Assigned,
        Status::Assigned => Status::Accepted,
        Status::Accepted | Status::Paused | Status::Referred | Status::Unable => Status::Working,
        Status::Working => Status::Resolved,
        Status::Answered | Status::Resolved => Status::Closed,
        Status::Duplicate | Status::Closed | Status::Void => return None,
    };
    move_between(status, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_once_and_nothing_leaves_the_ends() {
        let pairs: std::collections::BTreeSet<_> = MOVES.iter().map(|m| (m.from, m.to)).collect();
        assert_eq!(pairs.len(), MOVES.len());
        assert_eq!(moves_from(Status::Void).count() + moves_from(Status::Duplicate).count(), 0);
        for status in Status::ALL {
            assert!(status.clock_runs() <= status.open());
            assert_eq!(next_step(*status).is_some(), status.open(), "{status:?}");
        }
    }
}
