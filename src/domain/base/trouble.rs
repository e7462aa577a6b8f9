//! Troubles of the machine, as values the screen can carry: a full disk, a second writer, a damaged file.
//! Rules that said no are not here; they are refusals. No personal data is in them.

/// What became of an open data file under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// No file of that name is there any more.
    Gone,
    /// Another file is there.
    Replaced,
    /// Its log beside it is gone, or another's.
    Log,
    /// It has a second name, under which it would get a second log.
    Linked,
}

/// What went wrong below the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No data file where one was expected.
    Missing {
        /// File name.
        path: String,
    },
    /// No data file, but backups of one: it is brought back, not made anew.
    Restorable {
        /// File name.
        path: String,
        /// The newest sound backup, or what an earlier restore kept.
        backup: String,
    },
    /// A restore was killed between its last steps: the old file has two names, and its log lies beside the second.
    RestoreBrokeOff {
        /// The second name.
        kept: String,
    },
    /// A file is there where a new one should be made.
    Exists {
        /// File name.
        path: String,
    },
    /// A file that was not made by this program.
    NotOurs {
        /// File name.
        path: String,
    },
    /// Made by a newer program.
    TooNew {
        /// The file's version.
        file: i64,
        /// Ours.
        ours: i64,
    },
    /// The file is damaged. It is never replaced, and not written until it is restored or found sound.
    Damaged {
        /// What the check found first.
        detail: String,
    },
    /// The file is damaged, said with what can be brought back.
    ReadOnlyForDamage {
        /// What was found first.
        detail: String,
        /// The newest sound backup.
        backup: Option<String>,
    },
    /// A backup that is damaged itself. The data file was left alone.
    UnsoundBackup {
        /// File name.
        path: String,
    },
    /// Others on this machine may read the file.
    Readable {
        /// File name.
        path: String,
        /// Permission bits.
        mode: u32,
    },
    /// On a network file system, where the write-ahead log is not safe.
    Network {
        /// File name.
        path: String,
    },
    /// A link where the file itself is wanted.
    Link {
        /// File name.
        path: String,
    },
    /// The open data file is not what its name leads to: what would be written could not be found again.
    Moved {
        /// File name.
        path: String,
        /// What became of it.
        how: Moved,
    },
    /// The SQLite library has a known fault that can lose data.
    OldLibrary {
        /// Its version number.
        version: i32,
    },
    /// Another desk held the file for 5 seconds.
    Busy,
    /// A desk has the file open, and it would be moved from under it.
    InUse,
    /// The disk is full.
    Full,
    /// Reading or writing failed.
    Io {
        /// The system's word for it.
        detail: String,
    },
    /// The file may not be written.
    ReadOnly,
    /// A newer question came; the answer is not wanted any more.
    GivenUp,
    /// Something the program did not expect; a number for whoever looks into it.
    Unexpected {
        /// The library's code and message, without values.
        detail: String,
    },
}
