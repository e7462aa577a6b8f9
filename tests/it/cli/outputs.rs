//! Files written by commands: whole, with `--force` only over another, and never over what the desk keeps its data in.

use std::fs;
use std::path::PathBuf;

use super::Shell;

/// A township with one ticket, and every command that writes a file a person names.
fn township() -> (Shell, Vec<Vec<String>>) {
    let shell = Shell::with_township();
    shell.done(&["ticket", "new", "--words", "楼道灯不亮"]);
    let listed = shell.json(&["ticket", "list"]);
    let number = listed["tickets"][0]["number"].as_str().expect("a number").to_owned();
    let month = super::TODAY.get(..7).expect("a month").to_owned();
    let commands = [
        vec!["ticket", "slip", &number],
        vec!["ticket", "slip", &number, "--format", "html"],
        vec!["roster", "show"],
        vec!["roster", "show", "--format", "csv"],
        vec!["roster", "show", "--format", "group"],
        vec!["export", "tickets"],
        vec!["export", "homes", "--format", "xlsx"],
        vec!["report", "month", &month],
        vec!["report", "month", &month, "--format", "xlsx"],
    ];
    (shell, commands.into_iter().map(|words| words.into_iter().map(str::to_owned).collect()).collect())
}

fn with<'a>(command: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    command.iter().map(String::as_str).chain(more.iter().copied()).collect()
}

#[test]
fn no_file_of_the_desk_s_data_is_written_over() {
    let (shell, commands) = township();
    shell.done(&["backup", "safe.db"]);
    let dated = shell.json(&["backup"])["file"].as_str().expect("a file").to_owned();
    let db = shell.db().display().to_string();
    let beside = |tail: &str| format!("{db}{tail}");
    fs::write(beside("-drafts"), "SQLite format 3\0").expect("a file");
    fs::hard_link(shell.path("safe.db"), shell.path("second.txt")).expect("a second name");
    let in_backups = PathBuf::from(&dated).with_file_name("slip.txt").display().to_string();
    let targets = [
        db.clone(),
        beside("-wal"),
        beside("-shm"),
        beside("-drafts"),
        beside("-drafts-wal"),
        beside(".before-restore-20261124-100000"),
        dated,
        in_backups,
        "safe.db".to_owned(),
        "second.txt".to_owned(),
    ];
    for command in &commands {
        for target in &targets {
            let before = fs::read(shell.path(target)).ok();
            for more in [&["-o", target.as_str()][..], &["-o", target.as_str(), "--force"]] {
                let said = shell.refused(1, &with(command, more));
                assert!(said.contains("data file"), "{command:?} {more:?}: {said}");
            }
            // The data file itself takes up who saw a slip in full, and its log comes and goes.
            if target != &db && !target.ends_with("-wal") && !target.ends_with("-shm") {
                assert!(fs::read(shell.path(target)).ok() == before, "{command:?} changed {target}");
            }
        }
    }
    for target in [beside("-wal"), beside("-drafts-wal")] {
        let said = shell.refused(1, &["backup", &target]);
        assert!(said.contains("data file"), "{said}");
    }
    let sound = shell.json(&["check"]);
    assert_eq!((&sound["sound"], &sound["tickets"]), (&true.into(), &1.into()));
}

#[test]
fn another_file_is_replaced_only_by_force_and_no_link_is_followed() {
    let (shell, commands) = township();
    shell.write("mine", "mine");
    std::os::unix::fs::symlink(shell.path("mine"), shell.path("link")).expect("a link");
    std::os::unix::fs::symlink(shell.db(), shell.path("to-data")).expect("a link");
    for command in &commands {
        shell.write("out", "older");
        let said = shell.refused(1, &with(command, &["-o", "out"]));
        assert!(said.contains("--force"), "{command:?}: {said}");
        assert_eq!(shell.read("out"), "older");
        shell.done(&with(command, &["-o", "out", "--force"]));
        let forced = fs::read(shell.path("out")).expect("the file");
        assert!(forced != b"older", "{command:?}");
        fs::remove_file(shell.path("out")).expect("the file");
        shell.done(&with(command, &["-o", "out"]));
        assert!(shell.path("out").is_file(), "{command:?}");
        for link in ["link", "to-data"] {
            shell.refused(1, &with(command, &["-o", link, "--force"]));
        }
        assert_eq!(shell.run(&with(command, &["--force"])).code, 2, "{command:?}");
    }
    assert_eq!(shell.read("mine"), "mine");
    assert_eq!(shell.json(&["check"])["sound"], true);
    let left = fs::read_dir(shell.path(".")).expect("the folder").flatten();
    let parts: Vec<_> = left.filter(|entry| entry.file_name().to_string_lossy().ends_with(".part")).collect();
    assert!(parts.is_empty(), "{parts:?}");
}
