//! Opening and making the data file: what is checked before anything else, and the settings of every connection.
//! Nothing is read or written for the desk here.

use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Error, Result};
use super::held::Held;
use super::{damage, upgrade};
use crate::domain::trouble::Trouble;

/// Tells our files from other SQLite files: `TDSK`.
pub(super) const APPLICATION_ID: i32 = 0x5444_534b;

/// Older libraries can lose committed pages when one connection writes while another checkpoints (WAL-reset fault, fixed in 3.51.3).
pub const SAFE_LIBRARY: i32 = 3_051_003;

/// Another desk may hold the file this long before we give up, in sleeps of 0.5 to 2 ms.
const BUSY_SLEEPS: i32 = 4_000;

/// A file is never made by opening it; each connection stays with one thread.
pub(super) const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

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

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read only.
    Read,
    /// Read and write.
    Write,
}

/// Refuses a library with the fault above.
///
/// # Errors
/// [`Trouble::OldLibrary`].
pub fn guard_library(version: i32) -> std::result::Result<(), Trouble> {
    if version < SAFE_LIBRARY { Err(Trouble::OldLibrary { version }) } else { Ok(()) }
}

/// Opens a data file of ours, of the present version.
///
/// # Errors
/// The [`Trouble`] that says what the file is instead. Nothing is changed then.
pub(super) fn open(path: &Path, access: Access) -> Result<Connection> {
    open_held(path, access).map(|(conn, _)| conn)
}

/// As [`open`]; each commit of the connection checks that the name still leads to this file.
pub(super) fn open_held(asked: &Path, access: Access) -> Result<(Connection, Held)> {
    let path = checked_path(asked)?;
    super::held::bring_logs_back(&path);
    let mut held = Held::about_to_open(asked, &path)?;
    if access == Access::Write {
        guard_library(rusqlite::version_number())?;
        damage::refuse(&path)?;
    }
    // A reader, too, may have to take part in the write-ahead log: only `query_only` below makes it one.
    let conn = Connection::open_with_flags(&path, FLAGS)?;
    // Until it is known to be ours nothing is written to it, not even its own log copied back at closing.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    wait_for_others(&conn)?;
    identify(&conn, &path)?;
    settle(&conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, damage::found(&path).is_some())?;
    if access == Access::Read {
        conn.pragma_update(None, "query_only", true)?;
    }
    held.watch(&conn)?;
    Ok((conn, held))
}

/// Opens a data file to be read, also where the index of its log cannot be made beside it, as on a full disk; tells whether it
/// was opened so.
///
/// # Errors
/// As [`open`].
pub(super) fn open_to_read(path: &Path) -> Result<(Connection, Held, bool)> {
    match open_held(path, Access::Read) {
        Err(Error::Trouble(Trouble::Full | Trouble::ReadOnly)) => {
            open_without_log_index(path).map(|(conn, held)| (conn, held, true))
        }
        opened => opened.map(|(conn, held)| (conn, held, false)),
    }
}

/// Opens a data file to be read where the index of its log cannot be made beside it, as on a full disk. While it is open so,
/// changes of other desks may not be seen; it is opened anew as soon as that works.
///
/// # Errors
/// As [`open`].
fn open_without_log_index(asked: &Path) -> Result<(Connection, Held)> {
    let path = checked_path(asked)?;
    let held = Held::about_to_open(asked, &path)?;
    let log = beside(&path, "-wal").metadata().map_or(0, |meta| meta.len());
    let conn = if log == 0 {
        // All of it is in one file, which is then read as one that does not change.
        let uri = format!("file:{}?immutable=1", percent_encoded(&path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(uri, flags)?
    } else {
        // Alone on the file, the engine keeps the index in memory.
        let conn = Connection::open_with_flags(&path, FLAGS)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        run_pragmas(&conn, &["locking_mode = EXCLUSIVE"])?;
        conn
    };
    wait_for_others(&conn)?;
    identify(&conn, &path)?;
    conn.pragma_update(None, "query_only", true)?;
    settle(&conn)?;
    Ok((conn, held))
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

/// Makes a new file with the schema, filled by `fill`, and gives a connection to it. It is made under another name and put in
/// its place whole: whatever happens meanwhile, no half file lies there.
///
/// # Errors
/// [`Trouble::Exists`] when there is a file already, [`Trouble::Restorable`] when there was one that can be brought back.
pub(super) fn create(path: &Path, fill: impl FnOnce(&Connection) -> Result<()>) -> Result<(Connection, Held)> {
    guard_library(rusqlite::version_number())?;
    if let Some(backup) = super::restore::restorable(path).filter(|_| !path.exists()) {
        return Err(
            Trouble::Restorable { path: path.display().to_string(), backup: backup.display().to_string() }.into()
        );
    }
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
        refuse_network(folder)?;
    }
    let half = beside(path, &format!(".{}.part", std::process::id()));
    let _ = std::fs::remove_file(&half);
    let made = make_half(&half, fill).and_then(|()| put_in_place(&half, path));
    if made.is_err() {
        for tail in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(beside(&half, tail));
        }
    }
    made?;
    // The mark of a damaged file that lay here before and was removed by hand.
    damage::lift(path)?;
    open_held(path, Access::Write)
}

fn make_half(half: &Path, fill: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    // Made by us with the right mode first: SQLite gives its side files the mode of the main file.
    drop(std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(half)?);
    let conn = Connection::open_with_flags(half, FLAGS)?;
    conn.pragma_update(None, "page_size", upgrade::PAGE)?;
    settle(&conn)?;
    upgrade::make(&conn)?;
    fill(&conn)?;
    run_pragmas(&conn, &["wal_checkpoint(TRUNCATE)"])?;
    Ok(conn.close().map_err(|(_, error)| error)?)
}

/// Gives a finished file its name, never over another file, and makes that last.
///
/// # Errors
/// [`Trouble::Exists`] when a file of that name has come meanwhile.
pub(super) fn put_in_place(half: &Path, path: &Path) -> Result<()> {
    std::fs::File::open(half)?.sync_all()?;
    rename_to_new(half, path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => Trouble::Exists { path: path.display().to_string() }.into(),
        _ => super::Error::from(e),
    })?;
    Ok(std::fs::File::open(folder_of(path))?.sync_all()?)
}

/// Gives a file another name, never over another file.
pub(super) fn rename_to_new(from: &Path, to: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // A file system without such a rename: a link is never made over another file either.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            std::fs::hard_link(from, to).and_then(|()| std::fs::remove_file(from))
        }
        other => Ok(other?),
    }
}

/// The path with something behind its name.
pub(super) fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|f| !f.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Looks through all pages of the file.
///
/// # Errors
/// [`Trouble::Damaged`] with the first fault.
pub(super) fn quick_check(conn: &Connection) -> Result<()> {
    let first: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if first == "ok" { Ok(()) } else { Err(Trouble::Damaged { detail: first }.into()) }
}

/// Pragmas may answer with rows; they are asked as questions and the answers passed over.
pub(super) fn run_pragmas(conn: &Connection, pragmas: &[&str]) -> Result<()> {
    for pragma in pragmas {
        let mut statement = conn.prepare(&format!("PRAGMA {pragma}"))?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}

/// The file itself: there, ours to read alone, not a link, not on a network.
fn checked_path(path: &Path) -> Result<PathBuf> {
    let name = || path.display().to_string();
    let meta = match std::fs::symlink_metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Trouble::Missing { path: name() }.into()),
        other => other?,
    };
    if meta.is_symlink() || meta.is_file() && meta.nlink() > 1 {
        if let Some(kept) = super::restore::broke_off(path) {
            return Err(Trouble::RestoreBrokeOff { kept: kept.display().to_string() }.into());
        }
        return Err(Trouble::Link { path: name() }.into());
    }
    if !meta.is_file() {
        return Err(Trouble::NotOurs { path: name() }.into());
    }
    let mode = meta.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(Trouble::Readable { path: name(), mode }.into());
    }
    let full = path.canonicalize()?;
    refuse_network(full.parent().unwrap_or(&full))?;
    Ok(full)
}

/// File systems over a network do not keep the promises the write-ahead log needs.
#[cfg(target_os = "linux")]
fn refuse_network(folder: &Path) -> Result<()> {
    // NFS, SMB, CIFS, SMB2, AFS, Ceph, 9P, FUSE (sshfs and its like).
    const NETWORK: [i64; 8] =
        [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x5346_414f, 0x00c3_6400, 0x0102_1997, 0x6573_5546];
    let kind = rustix::fs::statfs(folder).map_err(std::io::Error::from)?.f_type;
    #[allow(clippy::useless_conversion)] // the field's width differs between machines
    if NETWORK.contains(&i64::from(kind)) {
        return Err(Trouble::Network { path: folder.display().to_string() }.into());
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn refuse_network(_: &Path) -> Result<()> {
    Ok(())
}

/// Gives a connection its settings.
fn settle(conn: &Connection) -> Result<()> {
    wait_for_others(conn)?;
    // Text in double quotes is a name, never a string: a misspelt column is an error.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for (pragma, value, _) in SETTINGS {
        run_pragmas(conn, &[&format!("{pragma} = {value}")])?;
    }
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// The settings as the engine says them.
pub(super) fn settings(conn: &Connection) -> Result<Vec<(&'static str, String)>> {
    use rusqlite::types::Value;
    SETTINGS
        .iter()
        .map(|(name, ..)| {
            let value = conn.pragma_query_value(None, name, |row| row.get::<_, Value>(0))?;
            let text = match value {
                Value::Integer(number) => number.to_string(),
                Value::Text(text) => text,
                other => format!("{other:?}"),
            };
            Ok((*name, text))
        })
        .collect()
}

/// Lets a connection wait for other desks.
pub(super) fn wait_for_others(conn: &Connection) -> Result<()> {
    Ok(conn.busy_handler(Some(wait_a_little))?)
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

/// Ours, and of the present version? Both numbers are read before anything else.
fn identify(conn: &Connection, path: &Path) -> Result<()> {
    let number = |pragma: &str| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let not_ours = || {
        // Where backups of a file of this name lie, it was ours: something has happened to it.
        if super::backup::any_of(path) {
            Trouble::Damaged { detail: "its head is not that of a data file".to_owned() }
        } else {
            Trouble::NotOurs { path: path.display().to_string() }
        }
    };
    let application = match number("application_id") {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(not_ours().into());
        }
        other => other?,
    };
    if application != i64::from(APPLICATION_ID) {
        return Err(not_ours().into());
    }
    upgrade::check_version(number("user_version")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_with_the_fault_is_refused() {
        assert_eq!(guard_library(3_051_002), Err(Trouble::OldLibrary { version: 3_051_002 }));
        assert_eq!(guard_library(3_051_003), Ok(()));
        assert_eq!(guard_library(rusqlite::version_number()), Ok(()), "the bundled one is safe");
    }
}
