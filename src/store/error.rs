//! What can come back instead of an answer: a rule that said no, or a trouble of the machine.
//! Values a person typed are never in it.

use rusqlite::ErrorCode;

use crate::domain::refusal::Refusal;
use crate::domain::trouble::Trouble;

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

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Trouble(trouble_of(&error))
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

fn trouble_of(error: &rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Trouble::Busy,
        Some(ErrorCode::DiskFull) => Trouble::Full,
        // The index of the log could not be given its size: there was no room for 32 KiB.
        Some(ErrorCode::SystemIoFailure) if extended(error) == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) => {
            Trouble::Full
        }
        Some(ErrorCode::SystemIoFailure) => Trouble::Io { detail: code_of(error) },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Damaged { detail: code_of(error) },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Trouble::ReadOnly,
        Some(ErrorCode::OperationInterrupted) => Trouble::GivenUp,
        Some(_) => Trouble::Unexpected { detail: code_of(error) },
        // A value of a wrong form: only the kind of fault is named, never the value.
        None => Trouble::Unexpected { detail: kind_of(error).to_owned() },
    }
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|e| e.extended_code)
}

fn code_of(error: &rusqlite::Error) -> String {
    extended(error).map_or_else(String::new, |code| format!("SQLite {code}"))
}

const fn kind_of(error: &rusqlite::Error) -> &'static str {
    match error {
        rusqlite::Error::QueryReturnedNoRows => "a row is missing",
        rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
            "a stored value has a wrong form"
        }
        rusqlite::Error::InvalidColumnName(_) | rusqlite::Error::InvalidColumnIndex(_) => "a column is missing",
        _ => "the database library refused a call",
    }
}
