//! Putting a backup in the place of the data file. Killed at any point, a file lies under the name afterwards, the old one or
//! the new one whole, never beside the other's log; and the old one is kept with all it holds.
//! How backups are made and checked is `backup`.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};

use crate::domain::base::time::{Time, Zone};
use crate::domain::base::trouble::Trouble;
use crate::store::file::engine::{Connection, How, Setting};
use crate::store::file::error::{Error, Result};
use crate::store::file::{backup, damage, held, open, upgrade};

/// The file that was there is kept as `desk.db.before-restore-20261124-143200`.
const KEPT: &str = ".before-restore-";

/// Where SQLite locks a data file, and the index of its log: start and length in bytes
/// (<https://www.sqlite.org/src/file/src/os_unix.c>, `PENDING_BYTE` and `UNIX_SHM_BASE`).
const LOCKS: [(&str, u64, u64); 2] = [("", 0x4000_0000, 512), ("-shm", 120, 9)];

/// Puts a backup in the place of the data file. The file that was there is kept beside it, whatever its state.
///
/// # Errors
/// When the backup is not a sound data file of ours, or a desk has the data file open; nothing is touched then.
pub fn restore(backup: &Path, to: &Path, zone: Zone, now: Time) -> Result<Option<PathBuf>> {
    let source = open_backup(backup)?;
    fs::create_dir_all(open::folder_of(to))?;
    refuse_link(to)?;
    refuse_in_use(to)?;
    held::bring_logs_back(to);
    backup::remove_half_made(&open::folder_of(to), &name_of(to));
    let half = open::beside(to, &format!(".{}.part", std::process::id()));
    let _ = fs::remove_file(&half);
    let made = backup::copy(&source, &half)
        .and_then(|()| backup::sound(&half, backup))
        .map_err(|error| match error {
            Error::Trouble(Trouble::Damaged { .. }) => {
                Trouble::UnsoundBackup { path: backup.display().to_string() }.into()
            }
            other => other,
        })
        .and_then(|()| Ok(fs::File::open(&half)?.sync_all()?))
        .and_then(|()| put_in_place_of(&half, to, &kept_name(to, zone, now)));
    if made.is_err() {
        let _ = fs::remove_file(&half);
    }
    let kept = made?;
    damage::lift(to)?;
    Ok(kept)
}

/// What a start without a data file can bring back: the newest sound backup, or what an earlier restore kept.
pub fn restorable(path: &Path) -> Option<PathBuf> {
    backup::newest(path).or_else(|| {
        let mut kept = kept_files(path);
        kept.sort_unstable();
        kept.into_iter().rev().find(|file| open_backup(file).is_ok() && backup::sound(file, path).is_ok())
    })
}

/// A trouble with what can be done about it: where the file is gone or damaged, the backup that can be brought back. Looking for
/// one reads backups whole.
pub fn with_offer(trouble: Trouble, path: &Path) -> Trouble {
    let shown = |file: PathBuf| file.display().to_string();
    match trouble {
        Trouble::Damaged { detail } => Trouble::ReadOnlyForDamage { detail, backup: backup::newest(path).map(shown) },
        Trouble::Missing { path: missing } => match restorable(path).map(shown) {
            Some(backup) => Trouble::Restorable { path: missing, backup },
            None => Trouble::Missing { path: missing },
        },
        other => other,
    }
}

/// Whether a restore broke off after it had linked this file to the name it is kept under: its log may be there only.
pub(in crate::store) fn broke_off(path: &Path) -> Option<PathBuf> {
    let inode = |file: &Path| file.symlink_metadata().ok().map(|meta| (meta.dev(), meta.ino()));
    let own = inode(path)?;
    kept_files(path).into_iter().find(|file| inode(file) == Some(own))
}

/// The backup, opened to be read. One with a log beside it needs that log's index made; nothing is copied into it.
fn open_backup(backup: &Path) -> Result<Connection> {
    let source = Connection::open(backup, How::Write)?;
    source.leave_log_at_close(true)?;
    source.only_read()?;
    // What cannot be read as a data file at all is no backup; the data file itself is not what is wrong.
    if source.application().ok().flatten() != Some(open::APPLICATION_ID) {
        return Err(Trouble::NotOurs { path: backup.display().to_string() }.into());
    }
    upgrade::check_version(source.setting(Setting::Version)?)?;
    Ok(source)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Files that earlier restores kept, without their logs.
fn kept_files(path: &Path) -> Vec<PathBuf> {
    let stem = format!("{}{KEPT}", name_of(path));
    let Ok(files) = fs::read_dir(open::folder_of(path)) else { return Vec::new() };
    let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(&stem) && !name.ends_with("-wal") && !name.ends_with("-shm"))
        .map(|name| open::folder_of(path).join(name))
        .collect()
}

/// A name nothing lies under yet, nor a log of that name.
fn kept_name(path: &Path, zone: Zone, now: Time) -> PathBuf {
    let stamp = format!("{KEPT}{}", zone.local(now).format("%Y%m%d-%H%M%S"));
    let mut kept = open::beside(path, &stamp);
    let mut n = 2;
    while kept.exists() || open::beside(&kept, "-wal").exists() {
        kept = open::beside(path, &format!("{stamp}-{n}"));
        n += 1;
    }
    kept
}

/// A symbolic link leads to the file of another place, and its log lies there.
fn refuse_link(to: &Path) -> Result<()> {
    if to.is_symlink() { Err(Trouble::Link { path: to.display().to_string() }.into()) } else { Ok(()) }
}

/// A file that is open at a desk is not moved from under it. Asked of the locks themselves, so that it is known also of a file
/// that cannot be opened: a damaged one, one others may read, one with a second name.
fn refuse_in_use(path: &Path) -> Result<()> {
    let here = LOCKS.map(|(tail, start, length)| (open::beside(path, tail), start, length));
    // A desk whose file was taken away keeps the index of its log, under a name out of the way.
    let [_, (_, start, length)] = LOCKS;
    let apart = crate::store::file::held::indexes_apart(path).into_iter().map(|index| (index, start, length));
    for (file, start, length) in here.into_iter().chain(apart) {
        let Ok(file) = fs::File::open(file) else { continue };
        let wanted = Flock { start, length, pid: None, typ: FlockType::WriteLock, offset_type: FlockOffsetType::Set };
        if fcntl_getlk(&file, &wanted).map_err(io::Error::from)?.is_some() {
            return Err(Trouble::InUse.into());
        }
    }
    Ok(())
}

/// Gives the finished file the name of the data file, and the one that was there the name `kept`.
fn put_in_place_of(half: &Path, to: &Path, kept: &Path) -> Result<Option<PathBuf>> {
    let log = open::beside(to, "-wal");
    if !to.exists() {
        // A log alone would be taken for that of the new file.
        let was_there = log.exists();
        if was_there {
            fs::rename(&log, open::beside(kept, "-wal"))?;
        }
        remove_if_there(&open::beside(to, "-shm"))?;
        open::put_in_place(half, to)?;
        return Ok(was_there.then(|| open::beside(kept, "-wal")));
    }
    // Held until the names are exchanged, so that no desk opens the old file in between.
    let held = fold_log(to)?;
    if log.exists() {
        keep_both(to, kept)?;
        fs::rename(half, to)?;
    } else {
        remove_if_there(&open::beside(to, "-shm"))?;
        exchange(half, to, kept)?;
    }
    drop(held);
    sync_folder(to)?;
    // It holds what the data file held: names and phones.
    fs::set_permissions(kept, fs::Permissions::from_mode(0o600))?;
    Ok(Some(kept.to_owned()))
}

/// Takes the log into a sound file of ours, so that one file holds all, and keeps others out of it. Of a file that is damaged
/// or another program's nothing is written: it keeps its log.
fn fold_log(path: &Path) -> Result<Option<Connection>> {
    if damage::found(path).is_some() {
        return Ok(None);
    }
    // Opened as it is, without the checks of opening: neither its mode nor a second name speaks against its log.
    let Ok(conn) = Connection::open(path, How::Write) else { return Ok(None) };
    conn.leave_log_at_close(true)?;
    let ours = conn.application().ok().flatten() == Some(open::APPLICATION_ID);
    if !ours || conn.quick_check().is_err() {
        return Ok(None);
    }
    match conn.keep_log(false).and_then(|()| conn.keep_others_out()) {
        Ok(()) => Ok(Some(conn)),
        Err(Error::Trouble(Trouble::Busy)) => Err(Trouble::InUse.into()),
        Err(_) => Ok(None),
    }
}

/// Exchanges the two names in one step.
fn exchange(half: &Path, to: &Path, kept: &Path) -> Result<()> {
    // Under this name first: whenever the exchange happens, the old file has its lasting name at once.
    open::put_in_place(half, kept)?;
    match renameat_with(CWD, kept, CWD, to, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // A file system without it: a second name for the old file, then the new one over the first, which is one step too.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            fs::rename(kept, half)?;
            link_or_copy(to, kept)?;
            sync_folder(to)?;
            Ok(fs::rename(half, to)?)
        }
        Err(error) => {
            let _ = fs::rename(kept, half);
            Err(io::Error::from(error).into())
        }
    }
}

/// Keeps a file and the log that cannot be folded into it under another name, both, before the log goes from beside the first.
/// Broken off here, the file has two names and is not opened ([`broke_off`]) before it is restored again.
fn keep_both(to: &Path, kept: &Path) -> Result<()> {
    let log = open::beside(to, "-wal");
    link_or_copy(&log, &open::beside(kept, "-wal"))?;
    link_or_copy(to, kept)?;
    sync_folder(to)?;
    remove_if_there(&open::beside(to, "-shm"))?;
    Ok(fs::remove_file(log)?)
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
            fs::copy(from, to)?;
            fs::File::open(to)?.sync_all()
        }
        done => done,
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

fn sync_folder(of: &Path) -> io::Result<()> {
    fs::File::open(open::folder_of(of))?.sync_all()
}
