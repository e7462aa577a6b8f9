//! A machine's clock that cannot be right: no command writes by it unless somebody says that it is.

use super::{Shell, ran};

/// A township whose newest entry no machine's clock has come to.
fn from_the_future() -> Shell {
    let shell = Shell::new();
    let made = ran(shell.at("2090-01-01T10:00").args(["init", "--township", "黎侯镇", "--company", "黎侯镇物业"]));
    assert_eq!(made.code, 0, "{}", made.err);
    let taken = ran(shell.at("2090-01-01T10:00").args(["ticket", "new", "--words", "楼道灯不亮"]));
    assert_eq!(taken.code, 0, "{}", taken.err);
    shell
}

#[test]
fn nothing_is_written_by_a_clock_behind_the_file_until_it_is_trusted() {
    let shell = from_the_future();
    let new = ["ticket", "new", "--words", "路灯不亮"];
    for (lang, says) in [("zh", "电脑时间是"), ("en", "This machine's clock shows")] {
        let no = ran(shell.on_the_machines_clock().args(["--lang", lang]).args(new));
        assert_eq!((no.code, no.out.as_str(), no.err.trim_end().lines().count()), (1, "", 1), "{}", no.err);
        assert!(no.err.contains(says) && no.err.contains("--trust-clock"), "{}", no.err);
    }
    let count = |listed: &super::Ran| {
        let listed: serde_json::Value = serde_json::from_str(&listed.out).expect("JSON");
        listed["tickets"].as_array().map(Vec::len)
    };
    let list = ["--json", "ticket", "list"];
    let read = ran(shell.on_the_machines_clock().args(list));
    assert_eq!((read.code, count(&read)), (0, Some(1)), "reading goes on, and nothing was written: {}", read.err);
    let yes = ran(shell.on_the_machines_clock().arg("--trust-clock").args(new));
    assert_eq!(yes.code, 0, "{}", yes.err);
    assert_eq!(count(&ran(shell.on_the_machines_clock().args(list))), Some(2));
}

#[test]
fn a_clock_that_was_set_by_hand_is_not_doubted() {
    let shell = from_the_future();
    // Before the release and behind the file.
    let taken = ran(shell.at("2020-02-29T23:59").args(["ticket", "new", "--words", "路灯不亮"]));
    assert_eq!(taken.code, 0, "{}", taken.err);
}

#[test]
fn what_happens_to_a_ticket_never_lies_before_what_happened_to_it_last() {
    let shell = Shell::with_township();
    let at = |moment: &str, arguments: &[&str]| {
        let ran = ran(shell.at(moment).args(arguments));
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    at("2026-11-24T10:00", &["ticket", "new", "--words", "楼道灯不亮"]);
    at("2026-11-24T09:00", &["ticket", "note", "1124-01", "又来电"]);
    at("2026-11-24T10:30", &["ticket", "note", "1124-01", "已联系"]);
    let shown = shell.json(&["ticket", "show", "1124-01"]);
    let times: Vec<_> = shown["timeline"].as_array().expect("events").iter().map(|event| &event["at"]).collect();
    let minutes: Vec<_> = times.iter().map(|at| at.as_str().expect("a time")[..16].to_owned()).collect();
    assert_eq!(minutes, ["2026-11-24T10:00", "2026-11-24T10:00", "2026-11-24T10:30"]);
    assert!(times[0].as_str() <= times[1].as_str(), "{times:?}");
}

#[test]
fn a_backup_is_made_by_any_clock() {
    let shell = from_the_future();
    let made = ran(shell.on_the_machines_clock().args(["--lang", "en", "backup", "one.db"]));
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(shell.path("one.db").exists());
}
