//! Manners of every command: exit codes, where words go, nothing that steers a terminal, pipes that close.

use super::{NOW, Ran, Shell, files, ran};

/// No control characters but line ends and tabs.
#[track_caller]
fn is_harmless(ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        let odd = text.chars().find(|&c| c.is_control() && c != '\n' && c != '\t');
        assert_eq!(odd, None, "{text:?}");
    }
}

#[test]
fn without_a_terminal_the_desk_says_so_and_ends() {
    let shell = Shell::with_sample();
    for (lang, sentence) in [("en", "There is no terminal here for the desk"), ("zh", "这里没有终端, 客服台打不开")]
    {
        let ran = shell.run(&["--lang", lang]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        assert!(ran.err.contains(sentence) && ran.err.lines().count() == 1, "{}", ran.err);
    }
    let shell = Shell::new();
    assert_eq!(ran(shell.bare().arg("--demo")).code, 1);
    assert_eq!(files(&shell.path("data")), [] as [std::path::PathBuf; 0], "nothing is made where no desk can open");
}

#[test]
fn what_is_called_wrongly_ends_with_2() {
    let shell = Shell::with_sample();
    for wrong in [
        &["nonsense"][..],
        &["--nonsense"],
        &["find"],
        &["ticket"],
        &["ticket", "nonsense"],
        &["ticket", "show"],
        &["ticket", "show", "nonsense"],
        &["ticket", "list", "--after", "nonsense"],
        &["ticket", "list", "--limit", "0"],
        &["ticket", "new", "--words", "漏水", "--channel", "nonsense"],
        &["ticket", "new", "--words", "漏水", "--at", "nonsense"],
        &["ticket", "move", "1124-01", "nonsense"],
        &["duty", "--at", "nonsense"],
        &["import", "nonsense", "file.csv"],
        &["export", "nonsense"],
        &["export", "residents", "--format", "nonsense"],
        &["export", "residents", "--full"],
        &["export", "residents", "--full", "--why", " "],
        &["demo", "--residents", "3"],
        &["completions", "nonsense"],
        &["restore"],
        &["--lang", "fr", "doctor"],
    ] {
        for lang in ["en", "zh"] {
            let ran = shell.run(&[&["--lang", lang][..], wrong].concat());
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{lang} {wrong:?}: {}", ran.err);
            assert!(!ran.err.trim().is_empty(), "{lang} {wrong:?} says nothing");
            is_harmless(&ran);
        }
    }
    let wrong_day = ran(shell.at("nonsense").arg("doctor"));
    assert_eq!(wrong_day.code, 2, "{}", wrong_day.err);
    for wrong in ["10:00", "2026-11-24T25:00", "2026-02-29T10:00", "2026-11-24 soon"] {
        let ran = ran(shell.at(wrong).args(["--lang", "en", "doctor"]));
        assert_eq!(ran.code, 2, "{wrong}: {}", ran.err);
        assert!(ran.err.contains("2026-11-24T10:00"), "it says what would do: {}", ran.err);
    }
}

#[test]
fn what_is_refused_ends_with_1_and_one_line() {
    let shell = Shell::with_sample();
    shell.write("broken.xlsx", b"PK\x03\x04 this is no workbook");
    shell.write("notes.txt", "小区,房号\n");
    for refused in [
        &["ticket", "show", "0101-99"][..],
        &["ticket", "new", "--words", " "],
        &["ticket", "new", "--words", "漏水", "--category", "nonsense"],
        &["ticket", "move", "0101-99", "closed"],
        &["ticket", "list", "--compound", "nonsense"],
        &["duty", "--role", "nonsense"],
        &["import", "residents", "no-such-file.csv"],
        &["import", "residents", "broken.xlsx"],
        &["restore", "no-such-file.db"],
        &["restore", "notes.txt"],
        &["demo"],
        &["init", "--township", "黎侯镇", "--company", "黎侯镇物业"],
    ] {
        for lang in ["en", "zh"] {
            let line = shell.refused(1, &[&["--lang", lang][..], refused].concat());
            assert!(line.starts_with("tdesk: "), "{line}");
        }
    }
    let shell = Shell::new();
    for command in [&["find", "chen"][..], &["ticket", "list"], &["check"], &["backup"], &["export", "homes"]] {
        shell.refused(1, command);
    }
    assert_eq!(files(&shell.path(".")), [] as [std::path::PathBuf; 0], "a missing data file is not made by looking");
}

#[test]
fn nothing_a_caller_says_can_steer_a_terminal() {
    let shell = Shell::with_sample();
    let hostile = "漏\u{1b}[2J\u{1b}]0;title\u{7}水\u{9b}31m\u{202e}\u{200b}\r\n了";
    let number = shell.json(&["ticket", "new", "--words", hostile, "--name", hostile, "--place", hostile]);
    let number = number["number"].as_str().expect("a number").to_owned();
    shell.done(&["ticket", "note", &number, hostile]);
    shell.done(&["ticket", "chase", &number]);
    for command in [
        &["ticket", "show", &number][..],
        &["--json", "ticket", "show", &number],
        &["ticket", "list", "--words", "漏"],
        &["find", hostile],
        &["find", "漏"],
        &["export", "tickets", "--format", "json"],
        &["--as", hostile, "ticket", "chase", &number],
        &[hostile],
        &["--config", hostile, "config", "path"],
        &["import", "homes", hostile],
    ] {
        is_harmless(&shell.run(command));
    }
    let words = shell.json(&["ticket", "show", &number])["words"].as_str().expect("words").to_owned();
    assert!(words.contains('漏') && words.contains('水') && !words.contains(['\u{202e}', '\u{200b}']), "{words:?}");
    // A NUL is not text at all; it cannot even be an argument, but a sheet can hold one.
    shell.write("nul.csv", b"\xe5\xb0\x8f\xe5\x8c\xba\n\xe5\xba\xb7\0\xe4\xb9\x90\n");
    is_harmless(&shell.run(&["import", "compounds", "nul.csv"]));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let shell = Shell::with_sample();
    for command in [
        &["ticket", "list", "--limit", "1000"][..],
        &["--json", "ticket", "list", "--limit", "1000"],
        &["export", "residents"],
        &["man"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = shell
            .start(NOW)
            .env("TDESK_DB", shell.db())
            .args(command)
            .stdout(writer)
            .output()
            .expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_take_it_is_a_failure() {
    let shell = Shell::with_sample();
    for command in [&["ticket", "list"][..], &["export", "homes"], &["man"], &["completions", "zsh"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output =
            shell.start(NOW).env("TDESK_DB", shell.db()).args(command).stdout(full).output().expect("the binary runs");
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(!output.stderr.is_empty(), "{command:?} says nothing");
    }
}

#[test]
fn the_language_is_the_flags_then_the_settings_then_the_locales() {
    let shell = Shell::new();
    let lang = |set: &[(&str, &str)], arguments: &[&str]| {
        let ran = ran(shell.bare().envs(set.iter().copied()).args(arguments).arg("--help"));
        assert_eq!(ran.code, 0);
        if ran.out.contains("用法") { "zh" } else { "en" }
    };
    assert_eq!(lang(&[], &[]), "en");
    assert_eq!(lang(&[("LANG", "zh_CN.UTF-8")], &[]), "zh");
    assert_eq!(lang(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], &[]), "en");
    assert_eq!(lang(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_CN.UTF-8")], &[]), "zh");
    assert_eq!(lang(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], &[]), "zh");
    assert_eq!(lang(&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"]), "en");
    assert_eq!(lang(&[], &["--lang=zh"]), "zh");
    shell.write("config/township-desk/config.toml", "lang = \"zh\"\n");
    assert_eq!(lang(&[("LANG", "en_US.UTF-8")], &[]), "zh");
    assert_eq!(lang(&[], &["--lang", "en"]), "en");
}

#[test]
fn the_clock_begins_at_the_moment_that_is_said() {
    let shell = Shell::with_township();
    let number = |moment: &str| {
        let made = ran(shell.at(moment).args(["--json", "ticket", "new", "--words", "路灯不亮"]));
        assert_eq!(made.code, 0, "{}", made.err);
        let made: serde_json::Value = serde_json::from_str(&made.out).expect("JSON");
        (made["number"].as_str().expect("a number").to_owned(), made["opened_at"].as_str().expect("a time").to_owned())
    };
    for (moment, expected, minute) in [
        ("2026-11-24T10:00", "2026-1124-01", "2026-11-24T10:00"),
        ("2026-11-25 00:30", "2026-1125-01", "2026-11-25T00:30"),
        ("2026年11月25日23点", "2026-1125-02", "2026-11-25T23:00"),
        ("2026-12-31T16:00:00Z", "2027-0101-01", "2027-01-01T00:00"),
        ("2028-02-29T07:59:00+08:00", "2028-0229-01", "2028-02-29T07:59"),
    ] {
        let (number, opened) = number(moment);
        assert_eq!(number, expected);
        assert!(opened.starts_with(minute) && opened.ends_with("+08:00"), "{opened}");
    }
}

#[test]
fn the_data_file_is_the_flags_then_the_variables_then_the_settings() {
    let shell = Shell::new();
    let db = |set: Option<&str>, arguments: &[&str]| {
        let mut command = shell.bare();
        if let Some(path) = set {
            command.env("TDESK_DB", path);
        }
        let ran = ran(command.args(arguments).args(["--json", "config", "path"]));
        let path: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        path["db"].as_str().expect("a path").to_owned()
    };
    let own = shell.path("data/township-desk/desk.db").display().to_string();
    let sample = shell.path("data/township-desk/sample.db").display().to_string();
    assert_eq!(db(None, &[]), own);
    assert_eq!(db(None, &["--demo"]), sample);
    assert_eq!(db(Some("/var.db"), &[]), "/var.db");
    assert_eq!(db(Some("/var.db"), &["--db", "/flag.db"]), "/flag.db");
    assert_eq!(db(Some("/var.db"), &["--demo"]), sample, "the sample never goes where the real data is");
    assert_eq!(db(Some("/var.db"), &["--demo", "--db", "/flag.db"]), "/flag.db");
    shell.write("config/township-desk/config.toml", "db = \"/set.db\"\n");
    assert_eq!(db(None, &[]), "/set.db");
    assert_eq!(db(Some("/var.db"), &[]), "/var.db");
    assert_eq!(db(None, &["--demo"]), sample);
    // The command that fills a sample keeps off the real file too.
    shell.write("config/township-desk/config.toml", "");
    let made = ran(shell.bare().args(["demo", "--residents", "60", "--tickets", "5"]));
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(std::path::Path::new(&sample).is_file() && !std::path::Path::new(&own).exists());
}
