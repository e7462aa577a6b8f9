//! A damaged file with the real binary, every command a new process: once it was found, nobody writes it any more.

use std::fs;
use std::os::unix::fs::FileExt;
use std::process::Command;

use super::{NOW, Shell};
use crate::store::raw;

/// Spoils the root page of this index or table.
fn spoil(shell: &Shell, index: &str) {
    let conn = raw(&shell.db());
    let of = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u32>(0)).map(u64::from).expect("a number");
    let root = of(&format!("SELECT rootpage FROM sqlite_schema WHERE name = '{index}'"));
    let page = of("PRAGMA page_size");
    drop(conn);
    let file = fs::OpenOptions::new().write(true).open(shell.db()).expect("the file");
    file.write_all_at(&[0xff; 64], (root - 1) * page).expect("spoilt");
}

/// A sample in which taking a report meets damage.
fn spoilt() -> Shell {
    let shell = Shell::with_sample();
    shell.done(&["backup"]);
    spoil(&shell, "ticket_compound");
    shell
}

#[test]
fn once_found_it_is_read_only_for_every_command_until_restored() {
    let shell = spoilt();
    let found = shell.refused(1, &["ticket", "new", "--words", "楼道灯不亮"]);
    assert!(found.contains("damaged") && found.contains("/backups/desk-"), "{found}");
    assert!(shell.path("desk.db-damaged").exists());
    let before = fs::read(shell.db()).expect("the file");
    // What can be read is read; what would write is refused, also where it would not have met the damage.
    shell.done(&["find", "康乐苑"]);
    for writing in [
        &["ticket", "new", "--words", "没水"][..],
        &["backup"],
        &["roster", "rule", "overlap", "off"],
        &["operator", "add", "新人"],
    ] {
        let said = shell.run(writing);
        assert_eq!(said.code, 1, "{writing:?}: {}", said.out);
        assert!(said.err.contains("damaged"), "{writing:?}: {}", said.err);
    }
    assert_eq!(fs::read(shell.db()).expect("the file"), before, "not a byte was written");
    let backup = fs::read_dir(shell.path("backups")).expect("a folder").next().expect("one").expect("one").path();
    shell.done(&["restore", &backup.display().to_string()]);
    shell.done(&["ticket", "new", "--words", "楼道灯不亮"]);
}

#[test]
fn find_answers_from_what_can_be_read_and_says_that_it_is_not_all() {
    for (table, lost, kept, query) in [("residency", "resident", "home", "1"), ("ticket", "ticket", "staff", "王")] {
        let shell = Shell::with_sample();
        shell.done(&["backup"]);
        let all = |kind: &str| shell.run(&["--lang", "en", "find", query, "--kind", kind, "--limit", "1000"]);
        let before = all(kept);
        assert!(before.code == 0 && !before.out.is_empty(), "{table}: {}", before.err);
        spoil(&shell, table);
        for _ in 0..2 {
            let after = all(kept);
            assert_eq!((after.code, &after.out), (1, &before.out), "{table}");
            assert!(
                after.err.contains("Only what can be read") && after.err.contains("/backups/desk-"),
                "{}",
                after.err
            );
        }
        let gone = shell.run(&["--json", "find", query, "--kind", lost]);
        assert_eq!((gone.code, gone.out.trim()), (1, "[]"), "{table}: {}", gone.err);
    }
}

#[test]
fn a_check_of_the_whole_file_marks_it_and_takes_the_mark_away() {
    let shell = Shell::with_sample();
    let sound = fs::read(shell.db()).expect("the file");
    spoil(&shell, "ticket_compound");
    let found = shell.refused(1, &["--lang", "en", "check"]);
    assert!(found.contains("the first:") && !found.contains("tdesk check"), "{found}");
    assert_eq!(shell.run(&["ticket", "new", "--words", "没水"]).code, 1);
    // Repaired by somebody: believed only after a look at all of it.
    fs::write(shell.db(), sound).expect("the file");
    assert_eq!(shell.run(&["ticket", "new", "--words", "没水"]).code, 1);
    let said = shell.done(&["check"]);
    assert!(said.contains("from now on it is written again"), "{said}");
    shell.done(&["ticket", "new", "--words", "没水"]);
    assert!(!shell.done(&["check"]).contains("from now on"), "said once");
}

/// A real small disk, where the machine lets us mount one for a process of our own. Filled to the last byte, with the data file
/// closed before and so without the index of its log.
#[test]
fn on_a_full_disk_everything_is_read_and_saving_says_why_not() {
    let shell = Shell::with_sample();
    let disk = shell.path("disk");
    fs::create_dir(&disk).expect("a folder");
    let start = shell.start(NOW);
    let script = "mount -t tmpfs -o size=4m,mode=700 none \"$1\" || exit 42\n\
        cp -p \"$2\" \"$1/desk.db\" || exit 42\n\
        dd if=/dev/zero of=\"$1/filler\" bs=4k 2> /dev/null\n\
        for ask in 'ticket list --limit 3' 'find 康乐苑' 'check' 'ticket new --words 没水'; do\n\
        \"$3\" \"$4\" \"$5\" --lang en $ask; echo \"code $?\"; done 2>&1";
    let done = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .args([disk.as_os_str(), shell.db().as_os_str(), start.get_program()])
        .args(start.get_args())
        .env("TDESK_DB", disk.join("desk.db"))
        .output();
    let done = match done {
        Ok(done) if done.status.code() != Some(42) => String::from_utf8(done.stdout).expect("UTF-8"),
        // No such command here, or not permitted.
        _ => return,
    };
    let parts: Vec<&str> = done.split("code ").collect();
    let [list, find, check, new, last] = parts.as_slice() else { panic!("{done}") };
    assert!(list.contains("1124-") && find.starts_with('0') && find.contains("康乐苑"), "{done}");
    assert!(check.contains("Sound"), "{done}");
    assert!(new.contains("The disk is full and nothing was saved") && last.starts_with('1'), "{done}");
}

#[test]
fn a_new_file_is_not_held_damaged_for_the_one_before_it() {
    let shell = Shell::with_sample();
    spoil(&shell, "ticket_compound");
    assert_eq!(shell.run(&["check"]).code, 1);
    fs::remove_file(shell.db()).expect("given up");
    shell.done(&["init", "--township", "黎侯镇", "--company", "黎侯镇物业"]);
    shell.done(&["ticket", "new", "--words", "楼道灯不亮"]);
}

#[test]
fn a_damaged_backup_is_not_called_damage_of_the_file() {
    let shell = Shell::with_sample();
    shell.done(&["backup", "one.db"]);
    let backup = fs::OpenOptions::new().write(true).open(shell.path("one.db")).expect("the backup");
    backup.write_all_at(&[0xff; 20 * 2_048], 30 * 2_048).expect("spoilt");
    let before = fs::read(shell.db()).expect("the file");
    let said = shell.refused(1, &["--lang", "en", "restore", "one.db"]);
    assert!(said.contains("The backup one.db is damaged itself"), "{said}");
    assert_eq!(fs::read(shell.db()).expect("the file"), before);
    shell.done(&["ticket", "new", "--words", "楼道灯不亮"]);
}

#[test]
fn rows_that_name_rows_not_there_are_told_and_the_file_is_written_on() {
    let shell = Shell::with_sample();
    let conn = raw(&shell.db());
    conn.pragma_update(None, "foreign_keys", false).expect("a pragma");
    conn.execute("UPDATE ticket SET taken_by = 5 WHERE id = (SELECT MIN(id) FROM ticket)", []).expect("written");
    drop(conn);
    let found = shell.refused(1, &["--lang", "en", "check"]);
    assert!(found.contains("the first: ticket") && !found.contains("only read"), "{found}");
    shell.done(&["ticket", "new", "--words", "没水"]);
}
