//! The one way by which the program writes a file that a person named, or into a folder that a person set: whole or not at
//! all, and never over what the desk keeps its data in. What stands in the file is not known here.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::exchange::Error;
use crate::store;

/// What the file may take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Of no file.
    Nothing,
    /// Of one of the same name.
    AnOlder,
}

/// Writes `bytes` under the name `path`, readable by this user only, by way of another name in the same folder: whatever
/// happens meanwhile, what was there before or the new file is there, whole. `data_file` is the desk's own.
///
/// # Errors
/// [`Error::OfTheDesk`], [`Error::Link`], [`Error::NotAFile`], [`Error::Exists`] unless it may take the place of an older
/// one, [`Error::Io`].
pub fn write(data_file: &Path, path: &Path, bytes: &[u8], over: Over) -> Result<(), Error> {
    not_of_the_desk(data_file, path)?;
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => return Err(Error::Link),
        Ok(about) if !about.is_file() => return Err(Error::NotAFile),
        Ok(_) if over == Over::Nothing => return Err(Error::Exists),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let folder = folder_of(path).ok_or(Error::NotAFile)?;
    let part = written(bytes, &folder)?;
    let moved = match over {
        Over::AnOlder => fs::rename(&part, path),
        Over::Nothing => in_place(&part, path),
    };
    if moved.is_err() {
        // Left behind it would only be litter; the outcome of the move is what counts.
        let _ = fs::remove_file(&part);
    }
    moved?;
    Ok(File::open(&folder)?.sync_all()?)
}

/// Refuses a name that belongs to the desk's data: the data file, its log and drafts, backups, any other data file.
///
/// # Errors
/// [`Error::OfTheDesk`].
pub fn not_of_the_desk(data_file: &Path, path: &Path) -> Result<(), Error> {
    if store::holds_data(data_file, path) { Err(Error::OfTheDesk) } else { Ok(()) }
}

/// The folder of a file; none for a name that can only be a folder's.
fn folder_of(path: &Path) -> Option<PathBuf> {
    path.file_name()?;
    Some(
        path.parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .map_or_else(|| PathBuf::from("."), Path::to_owned),
    )
}

/// Gives `part` its name unless another file has come up under it meanwhile.
fn in_place(part: &Path, path: &Path) -> io::Result<()> {
    match renameat_with(CWD, part, CWD, path, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
        other => return other.map_err(io::Error::from),
    }
    // A file system without such a rename.
    match fs::hard_link(part, path) {
        Ok(()) => fs::remove_file(part),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Those of memory sticks know no second name either; the file was not there a moment ago.
        Err(_) => fs::rename(part, path),
    }
}

/// A file in `folder` that holds `bytes`, on the disk when this returns.
fn written(bytes: &[u8], folder: &Path) -> io::Result<PathBuf> {
    let mut number = 0;
    let (mut file, part) = loop {
        let part = folder.join(format!(".tdesk-{}-{number}.part", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part) {
            Ok(file) => break (file, part),
            // Another file of this run, or what a crash left behind.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    };
    let done = file.write_all(bytes).and_then(|()| file.sync_all());
    if done.is_err() {
        let _ = fs::remove_file(&part);
    }
    done.map(|()| part)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_overwritten_followed_or_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let (data, path, link) =
            (folder.path().join("desk.db"), folder.path().join("out.csv"), folder.path().join("link.csv"));
        write(&data, &path, b"one", Over::Nothing).expect("written");
        assert!(matches!(write(&data, &path, b"two", Over::Nothing), Err(Error::Exists)));
        assert_eq!(fs::read(&path).expect("the file"), b"one");
        write(&data, &path, b"two", Over::AnOlder).expect("replaced");
        assert_eq!(fs::read(&path).expect("the file"), b"two");
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
        assert!(matches!(write(&data, folder.path(), b"x", Over::AnOlder), Err(Error::NotAFile)));
        assert!(matches!(write(&data, &folder.path().join("no/out.csv"), b"x", Over::AnOlder), Err(Error::Io(_))));
        for to in [path.as_path(), Path::new("nowhere")] {
            symlink(to, &link).expect("a link");
            for over in [Over::Nothing, Over::AnOlder] {
                assert!(matches!(write(&data, &link, b"x", over), Err(Error::Link)), "{to:?} {over:?}");
            }
            fs::remove_file(&link).expect("the link");
        }
        assert_eq!(fs::read(&path).expect("the file"), b"two", "nothing went through the link");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn a_file_that_comes_up_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (part, path) = (folder.path().join("part"), folder.path().join("out"));
        fs::write(&part, "mine").expect("a file");
        fs::write(&path, "theirs").expect("a file");
        assert_eq!(in_place(&part, &path).map_err(|error| error.kind()), Err(ErrorKind::AlreadyExists));
        assert_eq!(fs::read(&path).expect("the file"), b"theirs");
    }

    #[test]
    fn a_name_as_long_as_a_name_may_be_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x".repeat(255));
        write(&folder.path().join("desk.db"), &path, b"long", Over::Nothing).expect("written");
        assert_eq!(fs::read(&path).expect("the file"), b"long");
    }
}
