//! Holds the rank of who makes a change against the least one it needs: the one place that does. Which change needs which is
//! said beside each, and not here.

use super::super::refusal::Refusal;
use super::super::staff::Rank;

/// Whether somebody of rank `has` may do what needs `needs`.
///
/// # Errors
/// [`Refusal::RankTooLow`] with the rank that would do.
pub const fn at_least(has: Rank, needs: Rank) -> Result<(), Refusal> {
    if has.may(needs) { Ok(()) } else { Err(Refusal::RankTooLow { needs }) }
}
