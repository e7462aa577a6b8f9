//! Changes to who works at the desk: added, given a PIN, unlocked.
//! Whether a PIN is right is the store's to say.

use super::super::pin::Pin;
use super::super::refusal::Refusal;
use super::super::staff::Rank;

/// What is done to an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A new one.
    Add {
        /// Name, as typed behind `--as`.
        name: String,
        /// What he may do.
        rank: Rank,
        /// His PIN; none: he signs by name.
        pin: Option<Pin>,
    },
    /// A new PIN, or none.
    SetPin {
        /// Whose.
        name: String,
        /// His PIN of before; an administrator needs none for another.
        old: Option<Pin>,
        /// The new one.
        new: Option<Pin>,
    },
    /// Wrong PINs are forgotten.
    Unlock {
        /// Whose.
        name: String,
    },
}

impl Act {
    /// Whether an operator of this rank may do it; `own`: to himself.
    ///
    /// # Errors
    /// [`Refusal::RankTooLow`].
    pub fn permitted(&self, rank: Rank, own: bool) -> Result<(), Refusal> {
        let needs = Rank::Administrator;
        let his = own && matches!(self, Self::SetPin { .. });
        if his || rank.may(needs) { Ok(()) } else { Err(Refusal::RankTooLow { needs }) }
    }

    /// Whose.
    pub fn name(&self) -> &str {
        match self {
            Self::Add { name, .. } | Self::SetPin { name, .. } | Self::Unlock { name } => name,
        }
    }
}
