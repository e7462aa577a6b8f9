//! What the engine's errors are to the desk: the only place that knows its codes. Values a person typed are never in it.

use rusqlite::ErrorCode;

use crate::domain::base::trouble::Trouble;
use crate::store::Error;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Trouble(trouble_of(&error))
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
        None => Trouble::Unexpected { detail: "the database library refused a call".to_owned() },
    }
}

/// Whether the file is no database at all.
pub(in crate::store) fn is_no_database(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|e| e.extended_code)
}

fn code_of(error: &rusqlite::Error) -> String {
    extended(error).map_or_else(String::new, |code| format!("SQLite {code}"))
}
