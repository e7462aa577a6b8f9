//! Changes to who works at the desk: added, given a PIN, unlocked.
//! Whether a PIN is right is the store's to say.

use crate::domain::op::kind::CommandKind;
use crate::domain::operator::pin::Pin;
use crate::domain::staff::Rank;

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
        /// The PIN of who adds him, when that one has one.
        own: Option<Pin>,
    },
    /// A new PIN, or none.
    SetPin {
        /// Whose.
        name: String,
        /// The PIN of before of who does it, when he has one: his own, also when it is another's that is set.
        own: Option<Pin>,
        /// The new one.
        new: Option<Pin>,
    },
    /// Wrong PINs are forgotten.
    Unlock {
        /// Whose.
        name: String,
        /// The PIN of who does it, when he has one.
        own: Option<Pin>,
    },
}

impl Act {
    /// What a command that does it is kept as.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Add { .. } | Self::SetPin { .. } | Self::Unlock { .. } => CommandKind::Operator,
        }
    }

    /// The least rank that may do it; `by` is the name of who does. His own PIN everybody sets.
    pub fn needs(&self, by: &str) -> Rank {
        match self {
            Self::SetPin { name, .. } if name == by => Rank::Clerk,
            Self::Add { .. } | Self::SetPin { .. } | Self::Unlock { .. } => Rank::Administrator,
        }
    }

    /// Whose.
    pub fn name(&self) -> &str {
        match self {
            Self::Add { name, .. } | Self::SetPin { name, .. } | Self::Unlock { name, .. } => name,
        }
    }

    /// The PIN given by who does it. A name alone shows nothing of who types it, so each of these is held against it.
    pub const fn own_pin(&self) -> Option<&Pin> {
        match self {
            Self::Add { own, .. } | Self::SetPin { own, .. } | Self::Unlock { own, .. } => own.as_ref(),
        }
    }
}
