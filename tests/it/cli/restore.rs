//! Attacks on restoring with the real binary: killed at any moment, under an open desk, onto files that cannot be opened. The
//! name always has a file, whole, never beside another's log; and what was there is kept.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Instant;

use township_desk::store::{Access, Store, Who, restore};

use super::{NOW, Shell};
use crate::store::{digest, raw, take, worker};
use crate::support::town;

/// A data file as a killed desk leaves it, its newest ticket only in the log, and a backup from before that ticket.
struct Town {
    shell: Shell,
    file: Vec<u8>,
    log: Vec<u8>,
    backup: PathBuf,
    /// What the file holds with its log, and what the backup holds.
    old: String,
    new: String,
}

/// What is the matter with the file that is restored over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Sound,
    Readable,
    Linked,
    Damaged,
}

impl Town {
    fn new() -> Self {
        let shell = Shell::with_sample();
        let mut store = Store::open(&shell.db(), Access::Write, Who::default(), town::now()).expect("it opens");
        take(&mut store, "备份前");
        let backup = shell.path("one.db");
        store.backup(&backup, town::now()).expect("a backup");
        take(&mut store, "只在日志里");
        let log = shell.path("desk.db-wal");
        let (file, log) = (fs::read(shell.db()).expect("the file"), fs::read(log).expect("the log"));
        let (old, new) = (digest(&shell.db()), digest(&backup));
        drop(store);
        assert!(!log.is_empty() && old != new);
        Self { shell, file, log, backup, old, new }
    }

    /// Puts the file back as it was left, with nothing else beside it but the backup.
    fn lay(&self, state: State) {
        for entry in fs::read_dir(self.shell.path(".")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() && path != self.backup {
                fs::remove_file(path).expect("removed");
            }
        }
        let (mut file, mut log) = (self.file.clone(), self.log.clone());
        if state == State::Damaged {
            // The head of the log, too: the engine would mend the file's from it.
            file[..100].fill(0);
            log[..32].fill(0);
        }
        fs::write(self.shell.db(), file).expect("the file");
        fs::write(self.shell.path("desk.db-wal"), log).expect("the log");
        let mode = if state == State::Readable { 0o644 } else { 0o600 };
        fs::set_permissions(self.shell.db(), fs::Permissions::from_mode(mode)).expect("its mode");
        if state == State::Linked {
            fs::hard_link(self.shell.db(), self.shell.path("second-name")).expect("a link");
        }
    }

    fn restoring(&self) -> Child {
        self.shell
            .start(NOW)
            .env("TDESK_DB", self.shell.db())
            .arg("restore")
            .arg(&self.backup)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs")
    }

    /// The file that was there, under the name it is kept by.
    fn kept(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(self.shell.path(".")).expect("a folder");
        let mut kept: Vec<PathBuf> = names
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                let name = path.file_name().expect("a name").to_string_lossy();
                name.starts_with("desk.db.before-restore-") && !name.ends_with("-wal") && !name.ends_with("-shm")
            })
            .collect();
        kept.sort();
        kept
    }

    /// Whether the restored file lies there; otherwise the old one does, whole.
    fn is_restored(&self, state: State, what: &str) -> bool {
        let db = self.shell.db();
        let bytes = fs::read(&db).unwrap_or_else(|_| panic!("{what}: no file lies under the name"));
        if state == State::Damaged && bytes[..100].iter().all(|byte| *byte == 0) {
            return false;
        }
        // Read with whatever log lies beside it: another's would show.
        let found = digest(&db);
        assert!(found == self.new || found == self.old || state != State::Sound, "{what}: neither of the two");
        found == self.new
    }
}

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |meta| meta.len())
}

fn killed_everywhere(state: State, kills: u32) {
    let town = Town::new();
    town.lay(state);
    let begun = Instant::now();
    assert!(town.restoring().wait().expect("it ends").success());
    let whole = begun.elapsed();
    assert!(town.is_restored(state, "not killed"));
    let mut seen = [0, 0];
    for n in 0..kills {
        town.lay(state);
        let mut child = town.restoring();
        std::thread::sleep(whole * n / kills);
        child.kill().expect("killed");
        child.wait().expect("gone");
        let what = format!("{state:?}, kill {n}");
        let done = town.is_restored(state, &what);
        seen[usize::from(done)] += 1;
        // Whatever was left, restoring once more ends well, and everything the file held is there still.
        assert!(town.restoring().wait().expect("it ends").success(), "{what}: not restored afterwards");
        assert!(town.is_restored(state, &what), "{what}: the second time");
        let kept = town.kept();
        if state == State::Damaged {
            let log = |path: &PathBuf| size(&PathBuf::from(format!("{}-wal", path.display())));
            assert!(kept.iter().any(|path| log(path) == town.log.len() as u64), "{what}: the log is lost");
        } else {
            assert!(kept.iter().any(|path| digest(path) == town.old), "{what}: what was there is lost");
        }
    }
    eprintln!("{state:?}: {kills} kills, {} before the file was in place, {} after", seen[0], seen[1]);
    assert!(seen[0] > 0, "{state:?}: no kill came before the end: {seen:?}");
}

#[test]
fn killed_at_any_moment_there_is_a_file_and_nothing_is_lost() {
    for state in [State::Sound, State::Readable, State::Linked, State::Damaged] {
        killed_everywhere(state, 8);
    }
}

#[test]
#[ignore = "a minute"]
fn killed_at_a_thousand_moments_there_is_a_file_and_nothing_is_lost() {
    for state in [State::Sound, State::Readable, State::Linked, State::Damaged] {
        killed_everywhere(state, 250);
    }
}

#[test]
fn under_an_open_desk_nothing_is_moved_whatever_is_the_matter_with_the_file() {
    let town = Town::new();
    for state in [State::Sound, State::Readable, State::Linked, State::Damaged] {
        town.lay(State::Sound);
        // It has the file open and writes drafts beside it.
        let mut desk = worker::command("drafts", &town.shell.db(), 1_000_000).spawn().expect("a worker");
        let mut said = worker::acks(&mut desk);
        said.next().expect("it works");
        let heard = std::thread::spawn(move || said.count());
        match state {
            State::Sound => {}
            State::Readable => {
                fs::set_permissions(town.shell.db(), fs::Permissions::from_mode(0o644)).expect("its mode");
            }
            State::Linked => fs::hard_link(town.shell.db(), town.shell.path("second-name")).expect("a link"),
            State::Damaged => {
                use std::os::unix::fs::FileExt;
                let file = fs::OpenOptions::new().write(true).open(town.shell.db()).expect("the file");
                file.write_all_at(&[0; 100], 0).expect("damaged");
            }
        }
        let refused = town.shell.refused(1, &["restore", &town.backup.display().to_string()]);
        let alive = desk.try_wait().expect("a look").is_none();
        desk.kill().expect("killed");
        desk.wait().expect("gone");
        heard.join().expect("heard");
        assert!(alive, "{state:?}: the desk was there all the while");
        assert!(refused.contains("A desk has this data file open"), "{state:?}: {refused}");
        assert_eq!(town.kept(), Vec::<PathBuf>::new(), "{state:?}");
    }
}

#[test]
fn where_the_file_is_gone_its_backup_is_named_and_nothing_empty_takes_its_place() {
    let town = Town::new();
    let shell = &town.shell;
    shell.done(&["backup"]);
    fs::remove_file(shell.db()).expect("removed");
    let named = shell.refused(1, &["ticket", "list"]);
    assert!(named.contains("tdesk restore") && named.contains("/backups/desk-"), "{named}");
    let init = shell.refused(1, &["init", "--township", "黎侯镇", "--company", "黎侯镇物业"]);
    assert!(init.contains("/backups/desk-") && !shell.db().exists(), "{init}");
    // Also where only what an earlier restore kept is left.
    fs::remove_dir_all(shell.path("backups")).expect("removed");
    town.lay(State::Sound);
    shell.done(&["restore", &town.backup.display().to_string()]);
    fs::remove_file(shell.db()).expect("removed");
    let named = shell.refused(1, &["find", "康乐苑"]);
    assert!(named.contains("before-restore"), "{named}");
    let kept = town.kept().pop().expect("kept");
    assert_eq!(restore(&kept, &shell.db(), township_desk::domain::base::time::CHINA, town::now()), Ok(None));
    assert_eq!(digest(&shell.db()), town.old);
    raw(&shell.db());
}
