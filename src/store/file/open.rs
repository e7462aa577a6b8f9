//! Opening and making the data file: what is checked before anything else, and the settings of every connection.
//! Nothing is read or written for the desk here.

use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::{Connection, How, Setting};
use crate::store::file::error::{Error, Result};
use crate::store::file::held::Held;
use crate::store::file::{self, damage, upgrade};

/// Tells our files from other SQLite files: `TDSK`.
pub(in crate::store) const APPLICATION_ID: i64 = 0x5444_534b;

/// Older libraries can lose committed pages when one connection writes while another checkpoints (WAL-reset fault, fixed in 3.51.3).
pub const SAFE_LIBRARY: i32 = 3_051_003;

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
pub(in crate::store) fn open(path: &Path, access: Access) -> Result<Connection> {
    open_held(path, access).map(|(conn, _)| conn)
}

/// As [`open`]; each commit of the connection checks that the name still leads to this file.
pub(in crate::store) fn open_held(asked: &Path, access: Access) -> Result<(Connection, Held)> {
    let path = checked_path(asked)?;
    crate::store::file::held::bring_logs_back(&path);
    let mut held = Held::about_to_open(asked, &path)?;
    if access == Access::Write {
        guard_library(file::engine::library_number())?;
        damage::refuse(&path)?;
    }
    // A reader, too, may have to take part in the write-ahead log: only `query_only` below makes it one.
    let conn = Connection::open(&path, How::Write)?;
    // Until it is known to be ours nothing is written to it, not even its own log copied back at closing.
    conn.leave_log_at_close(true)?;
    conn.wait_for_others()?;
    identify(&conn, &path)?;
    conn.settle()?;
    conn.leave_log_at_close(damage::found(&path).is_some())?;
    if access == Access::Read {
        conn.only_read()?;
    }
    held.watch(&conn)?;
    Ok((conn, held))
}

/// Opens a data file to be read, also where the index of its log cannot be made beside it, as on a full disk; tells whether it
/// was opened so.
///
/// # Errors
/// As [`open`].
pub(in crate::store) fn open_to_read(path: &Path) -> Result<(Connection, Held, bool)> {
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
        Connection::open(&path, How::Unchanging)?
    } else {
        // Alone on the file, the engine keeps the index in memory.
        let conn = Connection::open(&path, How::Write)?;
        conn.leave_log_at_close(true)?;
        conn.hold_alone()?;
        conn
    };
    conn.wait_for_others()?;
    identify(&conn, &path)?;
    conn.only_read()?;
    conn.settle()?;
    Ok((conn, held))
}

/// Makes a new file with the schema, filled by `fill`, and gives a connection to it. It is made under another name and put in
/// its place whole: whatever happens meanwhile, no half file lies there.
///
/// # Errors
/// [`Trouble::Exists`] when there is a file already, [`Trouble::Restorable`] when there was one that can be brought back.
pub(in crate::store) fn create(
    path: &Path,
    fill: impl FnOnce(&Connection) -> Result<()>,
) -> Result<(Connection, Held)> {
    guard_library(file::engine::library_number())?;
    if let Some(backup) = crate::store::file::backup::restore::restorable(path).filter(|_| !path.exists()) {
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
    let conn = Connection::open(half, How::Write)?;
    conn.set(Setting::Page, upgrade::PAGE)?;
    conn.settle()?;
    upgrade::make(&conn)?;
    fill(&conn)?;
    conn.checkpoint(file::engine::Checkpoint::CutBack)?;
    conn.close()
}

/// Gives a finished file its name, never over another file, and makes that last.
///
/// # Errors
/// [`Trouble::Exists`] when a file of that name has come meanwhile.
pub(in crate::store) fn put_in_place(half: &Path, path: &Path) -> Result<()> {
    std::fs::File::open(half)?.sync_all()?;
    rename_to_new(half, path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => Trouble::Exists { path: path.display().to_string() }.into(),
        _ => crate::store::Error::from(e),
    })?;
    Ok(std::fs::File::open(folder_of(path))?.sync_all()?)
}

/// Gives a file another name, never over another file.
pub(in crate::store) fn rename_to_new(from: &Path, to: &Path) -> std::io::Result<()> {
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
pub(in crate::store) fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

/// The folder a file lies in.
pub(in crate::store) fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|f| !f.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The file itself: there, ours to read alone, not a link, not on a network.
fn checked_path(path: &Path) -> Result<PathBuf> {
    let name = || path.display().to_string();
    let meta = match std::fs::symlink_metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Trouble::Missing { path: name() }.into()),
        other => other?,
    };
    if meta.is_symlink() || meta.is_file() && meta.nlink() > 1 {
        if let Some(kept) = crate::store::file::backup::restore::broke_off(path) {
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

/// Ours, and of the present version? Both numbers are read before anything else.
fn identify(conn: &Connection, path: &Path) -> Result<()> {
    let not_ours = || {
        // Where backups of a file of this name lie, it was ours: something has happened to it.
        if crate::store::file::backup::any_of(path) {
            Trouble::Damaged { detail: "its head is not that of a data file".to_owned() }
        } else {
            Trouble::NotOurs { path: path.display().to_string() }
        }
    };
    if conn.application()? != Some(APPLICATION_ID) {
        return Err(not_ours().into());
    }
    upgrade::check_version(conn.setting(Setting::Version)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_with_the_fault_is_refused() {
        assert_eq!(guard_library(3_051_002), Err(Trouble::OldLibrary { version: 3_051_002 }));
        assert_eq!(guard_library(3_051_003), Ok(()));
        assert_eq!(guard_library(file::engine::library_number()), Ok(()), "the bundled one is safe");
    }
}
