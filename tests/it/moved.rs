//! The real desk, and its data file taken away under it: it says so, saves nothing, keeps what is typed, and writes by one
//! key all that it still holds.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Shell;
use crate::pty::Terminal;

const SAVE: &str = "\u{13}";
const RESCUE: &str = "\u{1b}[19~";
/// How each sentence of what became of the file begins.
const REFUSED: &str = "不能保存";

/// A desk with a report saved, and another half typed.
fn desk_at_work(shell: &Shell) -> Terminal {
    let mut desk = Terminal::open(shell, &[], (120, 36));
    desk.sees("2 工单").keys("n").sees("在哪里").keys("\t").keys("井盖松了会响").sees("井盖松了会响");
    desk.keys(SAVE).sees("已登记").keys("\u{1b}").gone("已登记");
    desk.keys("n").sees("在哪里").keys("\t").keys("车棚的灯坏了").sees("车棚的灯坏了");
    desk
}

/// The one backup written by the key, sound and with the report that was saved.
#[track_caller]
fn rescued(shell: &Shell, desk: &mut Terminal) -> PathBuf {
    desk.keys(RESCUE).sees("都存到了");
    let entries = fs::read_dir(shell.db().with_file_name("backups")).expect("the folder").flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with("-rescued.db"));
    assert_eq!(files.len(), 1, "{files:?}");
    let file = files.remove(0);
    let name = file.display().to_string();
    assert_eq!(shell.json(&["--db", &name, "check"])["sound"], true);
    assert_eq!(tickets(shell, &file, "井盖松了会响"), 1);
    file
}

fn tickets(shell: &Shell, file: &Path, words: &str) -> usize {
    let listed = shell.json(&["--db", &file.display().to_string(), "ticket", "list", "--words", words]);
    listed["tickets"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_file_removed_under_the_desk_is_brought_back_with_all_that_was_saved() {
    let shell = Shell::with_sample();
    let mut desk = desk_at_work(&shell);
    fs::remove_file(shell.db()).expect("removed");
    desk.sees("数据文件不见了");
    desk.keys(SAVE).sees(REFUSED).sees("车棚的灯坏了");
    let file = rescued(&shell, &mut desk);
    desk.keys("吗").sees("车棚的灯坏了吗");
    // The desk is open still, though no file lies under the name.
    let refused = shell.refused(1, &["--lang", "en", "restore", &file.display().to_string()]);
    assert!(refused.contains("A desk has this data file open"), "{refused}");
    desk.signal(rustix::process::Signal::KILL);
    assert_ne!(desk.ended(), 0);
    shell.done(&["restore", &file.display().to_string()]);
    assert_eq!(tickets(&shell, &shell.db(), "井盖松了会响"), 1);
    let mut again = Terminal::open(&shell, &[], (120, 36));
    again.sees("车棚的灯坏了吗").keys(SAVE).sees("已登记");
    assert_eq!(tickets(&shell, &shell.db(), "车棚的灯坏了吗"), 1);
}

#[test]
fn a_file_moved_over_it_is_not_written_and_can_be_worked_on_by_others() {
    let shell = Shell::with_sample();
    shell.done(&["backup", "copy.db"]);
    for other in ["copy.db", "other.db"] {
        if other == "other.db" {
            shell.done(&["--db", "other.db", "init", "--township", "黎侯镇", "--company", "黎侯镇物业"]);
        }
        let _ = fs::remove_dir_all(shell.db().with_file_name("backups"));
        let mut desk = desk_at_work(&shell);
        let bytes = fs::read(shell.path(other)).expect("the other file");
        fs::rename(shell.path(other), shell.db()).expect("moved over it");
        desk.sees("数据文件被换掉了");
        desk.keys(SAVE).sees(REFUSED).sees("车棚的灯坏了");
        assert!(fs::read(shell.db()).expect("the other file") == bytes, "{other} was written");
        shell.done(&["ticket", "new", "--words", "南墙根的水沟堵了"]);
        rescued(&shell, &mut desk);
        desk.keys(SAVE).sees(REFUSED);
        desk.signal(rustix::process::Signal::HUP);
        desk.ended();
        assert_eq!(shell.json(&["check"])["sound"], true, "{other}");
        assert_eq!(tickets(&shell, &shell.db(), "南墙根的水沟堵了"), 1, "{other}");
        assert_eq!(tickets(&shell, &shell.db(), "车棚的灯坏了"), 0, "{other}");
        assert_eq!(tickets(&shell, &shell.db(), "井盖松了会响"), 0, "{other}");
        forget_drafts(&shell);
    }
}

fn forget_drafts(shell: &Shell) {
    for tail in ["-drafts", "-drafts-wal", "-drafts-shm"] {
        let _ = fs::remove_file(format!("{}{tail}", shell.db().display()));
    }
}

#[test]
fn a_second_name_is_said_and_saving_goes_on_when_it_is_gone() {
    let shell = Shell::with_sample();
    let mut desk = desk_at_work(&shell);
    fs::hard_link(shell.db(), shell.path("second")).expect("a second name");
    desk.sees("数据文件有两个名字");
    desk.keys(SAVE).sees(REFUSED).sees("车棚的灯坏了");
    rescued(&shell, &mut desk);
    fs::remove_file(shell.path("second")).expect("removed");
    desk.sees("数据文件又在原处了").gone("数据文件有两个名字");
    desk.keys(SAVE).sees("已登记");
    assert_eq!(tickets(&shell, &shell.db(), "车棚的灯坏了"), 1);
}
