//! Opening a file with SQLite, and the settings of a connection; its care is in [`care`], its own forms of statements in
//! [`forms`]. Nothing of the desk's tables is known here, and nothing of when a file may be opened.

pub(in crate::store) mod care;
pub(in crate::store) mod forms;

use std::path::Path;
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use crate::store::file::engine::row::Pool;
use crate::store::file::engine::{Connection, trouble};
use crate::store::file::error::Result;

/// The sign before a value's number.
pub(in crate::store) const MARK: char = '?';

/// Begins a transaction that is to write: nobody else begins one until it ends.
pub(in crate::store) const BEGIN_WRITING: &str = "BEGIN IMMEDIATE";

/// Another desk may hold the file this long before we give up, in sleeps of 0.5 to 2 ms.
const BUSY_SLEEPS: i32 = 4_000;

/// Statements kept ready by a connection.
const KEPT_READY: usize = 128;

/// Steps of the engine between two questions whether an answer is still wanted.
const STEPS: i32 = 4_000;

/// The settings of every connection, with why; SQLite keeps none of them but the journal mode in the file.
const SETTINGS: [(&str, &str, &str); 11] = [
    ("journal_mode", "WAL", "readers never wait for the writer"),
    ("synchronous", "FULL", "what is called saved survives a power cut"),
    ("foreign_keys", "ON", "the last wall"),
    ("trusted_schema", "OFF", "nothing in the file runs code of ours"),
    ("cell_size_check", "ON", "damage is noticed early"),
    ("secure_delete", "ON", "what is purged leaves no text behind"),
    ("temp_store", "MEMORY", "no personal data in temporary files"),
    ("mmap_size", "0", "an I/O error is an error, not a killed program"),
    ("wal_autocheckpoint", "0", "the writer checkpoints after it has answered, never inside a save"),
    ("journal_size_limit", "67108864", "a log that grew under a long reader is cut back"),
    ("cache_size", "-8192", "KiB"),
];

/// The settings of a file that is filled in one go, before anybody else may know of it.
const FILLING: [&str; 8] = [
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    // References are checked once at the end: a ticket may be written before the one it was merged into.
    "foreign_keys = OFF",
    "cache_size = -65536",
    "temp_store = FILE",
    // Each list of codes a CHECK names costs a small table for every row; the checks at the end look at them all.
    "ignore_check_constraints = ON",
    // The indexes are sorted with a second thread's help.
    "threads = 2",
];

/// The settings of the file of drafts. A key must cost nothing: no fsync. A killed program loses nothing all the same, only a
/// power cut may.
const DRAFTS: [&str; 3] = ["journal_mode = WAL", "synchronous = OFF", "secure_delete = ON"];

/// The first 768 MiB of a finished file are read from memory it is mapped to: no call and no copy for each small page.
/// Nobody else changes it yet. Two connections map it at once, and what they map counts as memory of the program.
const MAPPED: &str = "mmap_size = 805306368";

/// How a file is opened. It is never made by opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum How {
    /// To be read and written. A reader, too, may have to take part in the write-ahead log.
    Write,
    /// To be read.
    Read,
    /// To be read as a file that does not change, its log not looked for.
    Unchanging,
}

/// A number a file keeps in its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Setting {
    /// Whose file it is.
    Application,
    /// The version of its tables.
    Version,
    /// Bytes of a page; set before anything is in the file.
    Page,
}

impl Setting {
    const fn name(self) -> &'static str {
        match self {
            Self::Application => "application_id",
            Self::Version => "user_version",
            Self::Page => "page_size",
        }
    }
}

/// The library's version.
pub(in crate::store) fn library() -> &'static str {
    rusqlite::version()
}

/// The library's version as a number: 3.51.3 is 3051003.
pub(in crate::store) fn library_number() -> i32 {
    rusqlite::version_number()
}

impl Connection {
    /// Opens a file.
    pub(in crate::store) fn open(path: &Path, how: How) -> Result<Self> {
        let (write, read) = (OpenFlags::SQLITE_OPEN_READ_WRITE, OpenFlags::SQLITE_OPEN_READ_ONLY);
        // Each connection stays with one thread.
        let alone = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let inner = match how {
            How::Write => rusqlite::Connection::open_with_flags(path, write | alone)?,
            How::Read => rusqlite::Connection::open_with_flags(path, read | alone)?,
            How::Unchanging => {
                let uri = format!("file:{}?immutable=1", percent_encoded(path));
                rusqlite::Connection::open_with_flags(uri, read | alone | OpenFlags::SQLITE_OPEN_URI)?
            }
        };
        Ok(Self { inner, names: Pool::default() })
    }

    /// A connection to nothing: an empty file in memory.
    pub(in crate::store) fn to_nothing() -> Result<Self> {
        Ok(Self { inner: rusqlite::Connection::open_in_memory()?, names: Pool::default() })
    }

    /// Closes the file and tells of what failed then.
    pub(in crate::store) fn close(self) -> Result<()> {
        Ok(self.inner.close().map_err(|(_, error)| error)?)
    }

    /// Where the open file lies; nothing for a connection to nothing.
    pub(in crate::store) fn path(&self) -> Option<&Path> {
        self.inner.path().filter(|path| !path.is_empty()).map(Path::new)
    }

    /// Gives the connection the settings of every one.
    pub(in crate::store) fn settle(&self) -> Result<()> {
        self.wait_for_others()?;
        // Text in double quotes is a name, never a string: a misspelt column is an error.
        self.inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        self.inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        self.inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        for (name, value, _) in SETTINGS {
            self.pragmas(&[&format!("{name} = {value}")])?;
        }
        self.inner.set_prepared_statement_cache_capacity(KEPT_READY);
        Ok(())
    }

    /// The settings as the engine says them.
    pub(in crate::store) fn settings(&self) -> Result<Vec<(&'static str, String)>> {
        use rusqlite::types::Value;
        let told = |name: &'static str| {
            let value = self.inner.pragma_query_value(None, name, |row| row.get::<_, Value>(0))?;
            let text = match value {
                Value::Integer(number) => number.to_string(),
                Value::Text(text) => text,
                other => format!("{other:?}"),
            };
            Ok((name, text))
        };
        SETTINGS.iter().map(|(name, ..)| told(name)).collect()
    }

    /// Settings for filling a file in one go.
    pub(in crate::store) fn settle_for_filling(&self) -> Result<()> {
        self.pragmas(&FILLING)?;
        self.inner.set_prepared_statement_cache_capacity(KEPT_READY / 2);
        Ok(())
    }

    /// A file filled in one go becomes one as others are, its log made when it is opened next.
    pub(in crate::store) fn settle_after_filling(&self) -> Result<()> {
        self.pragmas(&["optimize", "locking_mode = NORMAL", "journal_mode = DELETE"])
    }

    /// Settings of the file of drafts.
    pub(in crate::store) fn settle_for_drafts(&self) -> Result<()> {
        self.inner.busy_timeout(Duration::from_millis(200))?;
        self.pragmas(&DRAFTS)
    }

    /// Reads a file nobody changes from memory it is mapped to.
    pub(in crate::store) fn map(&self) -> Result<()> {
        self.pragmas(&[MAPPED])
    }

    /// The file gets a log beside it (true), or all of it comes into one file.
    pub(in crate::store) fn keep_log(&self, on: bool) -> Result<()> {
        let mode = if on { "WAL" } else { "DELETE" };
        Ok(self.inner.pragma_update(None, "journal_mode", mode)?)
    }

    /// Refuses to write through this connection.
    pub(in crate::store) fn only_read(&self) -> Result<()> {
        Ok(self.inner.pragma_update(None, "query_only", true)?)
    }

    /// Holds the file alone: the index of its log is kept in memory then.
    pub(in crate::store) fn hold_alone(&self) -> Result<()> {
        self.pragmas(&["locking_mode = EXCLUSIVE"])
    }

    /// Keeps all others out of the file until the connection is closed.
    pub(in crate::store) fn keep_others_out(&self) -> Result<()> {
        self.say("BEGIN EXCLUSIVE")
    }

    /// Whether references between rows are looked after.
    pub(in crate::store) fn look_after_references(&self, on: bool) -> Result<()> {
        self.pragmas(&[if on { "foreign_keys = ON" } else { "foreign_keys = OFF" }])
    }

    /// Whether the log is left as it is when the connection is closed, and not copied into the main file.
    pub(in crate::store) fn leave_log_at_close(&self, on: bool) -> Result<()> {
        self.inner.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on)?;
        Ok(())
    }

    /// A number the file keeps in its head.
    pub(in crate::store) fn setting(&self, setting: Setting) -> Result<i64> {
        Ok(self.inner.pragma_query_value(None, setting.name(), |row| row.get(0))?)
    }

    /// Whose file it is; nothing where it is no database at all.
    pub(in crate::store) fn application(&self) -> Result<Option<i64>> {
        match self.inner.pragma_query_value(None, Setting::Application.name(), |row| row.get(0)) {
            Err(error) if trouble::is_no_database(&error) => Ok(None),
            told => Ok(Some(told?)),
        }
    }

    /// Writes a number into the file's head.
    pub(in crate::store) fn set(&self, setting: Setting, value: i64) -> Result<()> {
        Ok(self.inner.pragma_update(None, setting.name(), value)?)
    }

    /// Lets the file grow to so many pages at most.
    pub(in crate::store) fn limit_pages(&self, pages: i64) -> Result<()> {
        Ok(self.inner.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
    }

    /// Lets the connection wait for other desks.
    pub(in crate::store) fn wait_for_others(&self) -> Result<()> {
        Ok(self.inner.busy_handler(Some(wait_a_little))?)
    }

    /// Lets the connection wait for others so long at most.
    pub(in crate::store) fn wait_at_most(&self, time: Duration) -> Result<()> {
        Ok(self.inner.busy_timeout(time)?)
    }

    /// Whether a transaction is at work.
    pub(in crate::store) fn is_in_transaction(&self) -> bool {
        !self.inner.is_autocommit()
    }

    /// Asks `refuse` at each commit: true makes it a rollback.
    pub(in crate::store) fn before_commit(&self, refuse: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        self.inner.commit_hook(Some(refuse))?;
        Ok(())
    }

    /// Gives up a long answer when `stop` says so.
    pub(in crate::store) fn stop_when(&self, stop: impl FnMut() -> bool + Send + 'static) -> Result<()> {
        Ok(self.inner.progress_handler(STEPS, Some(stop))?)
    }

    /// Pragmas may answer with rows; they are asked as questions and the answers passed over.
    fn pragmas(&self, pragmas: &[&str]) -> Result<()> {
        for pragma in pragmas {
            let mut statement = self.inner.prepare(&format!("PRAGMA {pragma}"))?;
            let mut rows = statement.query([])?;
            while rows.next()?.is_some() {}
        }
        Ok(())
    }
}

/// A path as it may stand in a `file:` address.
fn percent_encoded(path: &Path) -> String {
    use std::fmt::Write;
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, &byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// Short random waits are fair between desks; SQLite's own growing ones let one desk starve.
fn wait_a_little(tries: i32) -> bool {
    use std::cell::Cell;
    thread_local!(static STATE: Cell<u64> = const { Cell::new(0) });
    if tries >= BUSY_SLEEPS {
        return false;
    }
    let micros = STATE.with(|state| {
        let mut x = state.get();
        if x == 0 {
            x = 0x9e37_79b9_7f4a_7c15 ^ u64::from(std::process::id());
        }
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        state.set(x);
        500 + x % 1_500
    });
    std::thread::sleep(Duration::from_micros(micros));
    true
}
