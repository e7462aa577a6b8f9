//! What can come back instead of an answer: a rule that said no, or a trouble of the machine.
//! Values a person typed are never in it. What the engine's own errors become is said in `file/trouble.rs`.

use crate::domain::base::trouble::Trouble;
use crate::domain::refusal::Refusal;

/// A refusal or a trouble.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A rule said no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The machine could not.
    #[error("trouble: {0:?}")]
    Trouble(Trouble),
}

/// What the store's functions give.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Trouble(match error.kind() {
            std::io::ErrorKind::StorageFull => Trouble::Full,
            kind => Trouble::Io { detail: kind.to_string() },
        })
    }
}
