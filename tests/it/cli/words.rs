//! What the program says of itself: help in both languages, completions, the manual page, settings, the machine.

use super::{Shell, ran};

const COMMANDS: [&[&str]; 24] = [
    &[],
    &["demo"],
    &["init"],
    &["import"],
    &["export"],
    &["find"],
    &["ticket"],
    &["ticket", "new"],
    &["ticket", "list"],
    &["ticket", "show"],
    &["ticket", "move"],
    &["ticket", "note"],
    &["ticket", "chase"],
    &["duty"],
    &["backup"],
    &["restore"],
    &["check"],
    &["doctor"],
    &["config"],
    &["config", "path"],
    &["config", "show"],
    &["config", "check"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_has_its_help_in_both_languages() {
    let shell = Shell::new();
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for command in COMMANDS {
        let help = |lang: &str| shell.done(&[&["--lang", lang][..], command, &["--help"]].concat());
        let (en, zh) = (help("en"), help("zh"));
        assert!(en.contains("Usage: tdesk") && en.contains("--lang"), "{command:?}: {en}");
        // Names of invented places may stand in English help as examples.
        assert!(!han(&en.replace("黎侯镇", "")), "{command:?}: {en}");
        assert!(zh.contains("用法: tdesk") && zh.contains("显示帮助"), "{command:?}: {zh}");
        for line in zh.lines().filter(|line| line.starts_with("  ")) {
            assert!(han(line), "{command:?} is not told in Chinese: {line}");
        }
        for left in ["Options", "Usage", "Commands", "OPTIONS", "COMMAND]", "possible values", "default:"] {
            assert!(!zh.contains(left), "{command:?} says {left}: {zh}");
        }
    }
    let listed = shell.done(&["--help"]);
    for command in COMMANDS.iter().filter(|command| command.len() == 1) {
        assert!(listed.contains(&format!("\n  {} ", command[0])), "{command:?} is not listed");
    }
    assert!(shell.done(&["--version"]).starts_with("tdesk "));
}

#[test]
fn every_shell_gets_its_completions() {
    let shell = Shell::new();
    for name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = shell.done(&["completions", name]);
        assert!(script.contains("tdesk") && script.contains("dry-run") && script.contains("chase"), "{name}");
    }
}

#[test]
fn one_manual_page_tells_of_every_command() {
    let shell = Shell::new();
    let page = shell.done(&["man"]);
    assert!(page.contains(".TH tdesk 1"));
    for command in COMMANDS.iter().filter(|command| !command.is_empty()) {
        let title = format!(".SH \"TDESK {}\"", command.join(" ").to_uppercase());
        assert!(page.contains(&title), "{title} is missing");
    }
    assert!(shell.done(&["--lang", "zh", "man"]).contains("登记一张工单"));
}

#[test]
fn settings_are_shown_and_checked_line_by_line() {
    let shell = Shell::new();
    assert_eq!(shell.done(&["config", "check"]).trim(), "The settings are right");
    assert_eq!(shell.json(&["config", "check"])["right"], true);
    let path = shell.json(&["config", "path"]);
    assert_eq!(path["config"].as_str(), shell.settings().to_str());
    shell.write(
        "config/township-desk/config.toml",
        "lang = \"zh\"\ntheme = \"light\"\nmouse = true\nborders = \"ascii\"\n",
    );
    let set = shell.json(&["config", "show"]);
    assert_eq!(
        (&set["lang"], &set["theme"], &set["borders"], &set["mouse"]),
        (&"zh".into(), &"light".into(), &"ascii".into(), &true.into())
    );

    shell.write("config/township-desk/config.toml", "theme = \"light\"\nmous = true\nborders = \"round\"\n");
    let line = shell.refused(1, &["config", "check"]);
    assert!(line.contains("line 2") && line.contains("mous") && line.contains("line 3"), "{line}");
    let other = shell.run(&["--json", "config", "show"]);
    assert_eq!(other.code, 0);
    assert!(other.err.contains("line 2"), "the other commands warn: {}", other.err);
    assert!(other.out.contains("\"light\""), "and what is right holds: {}", other.out);
    shell.write("config/township-desk/config.toml", "theme = \n");
    assert!(shell.refused(1, &["--lang", "zh", "config", "check"]).contains("第 1 行"));
    shell.write("other.toml", "mouse = 3\n");
    assert!(shell.refused(1, &["--config", "other.toml", "config", "check"]).contains("true | false"));
}

#[test]
fn the_doctor_tells_of_machine_and_files_and_of_nobody() {
    let shell = Shell::with_sample();
    let facts = shell.json(&["doctor"]);
    for name in ["version", "sqlite", "db", "db_state", "config", "lang", "locale", "term", "terminal", "size"] {
        assert!(facts[name].is_string(), "{name}: {facts}");
    }
    assert_eq!((&facts["db_state"], &facts["terminal"]), (&"opens".into(), &"false".into()));
    let missing = ran(Shell::new().bare().args(["doctor"]));
    assert_eq!(missing.code, 0, "it tells even when there is nothing to tell of: {}", missing.err);
    assert!(missing.out.contains("There is no data file"), "{}", missing.out);
}
