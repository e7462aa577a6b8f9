//! What the program says of itself: help in both languages, completions, the manual page, settings, the machine.

use clap::CommandFactory;
use township_desk::cli::Args;

use super::{Shell, ran};

/// Every command there is, each as the words that lead to it; the program itself is the empty one, and comes first.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![(Args::command(), Vec::new())];
    let mut next = 0;
    while let Some((command, path)) = found.get(next).cloned() {
        let below = command.get_subcommands().map(|sub| {
            let path: Vec<String> = path.iter().cloned().chain([sub.get_name().to_owned()]).collect();
            (sub.clone(), path)
        });
        found.extend(below);
        next += 1;
    }
    found.into_iter().map(|(_, path)| path).collect()
}

#[test]
fn every_command_has_its_help_in_both_languages() {
    let shell = Shell::new();
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let commands = commands();
    for command in &commands {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = |lang: &str| shell.done(&[&["--lang", lang][..], &words, &["--help"]].concat());
        let (en, zh) = (help("en"), help("zh"));
        assert!(en.contains("Usage: tdesk") && en.contains("--lang"), "{command:?}: {en}");
        // Only what is typed as an example stands in Chinese in English help, in brackets.
        let but_examples = ["(黎侯镇)", "(东门钥匙)"].iter().fold(en.clone(), |en, example| en.replace(example, ""));
        assert!(!han(&but_examples), "{command:?}: {en}");
        assert!(zh.contains("用法: tdesk") && zh.contains("显示帮助"), "{command:?}: {zh}");
        // What does not fit on its line goes on far to the right below it.
        let whole = zh.replace(&format!("\n{}", " ".repeat(8)), " ");
        for line in whole.lines().filter(|line| line.starts_with("  ")) {
            assert!(han(line), "{command:?} is not told in Chinese: {line}");
        }
        for left in ["Options", "Usage", "Commands", "OPTIONS", "COMMAND]", "possible values", "default:"] {
            assert!(!zh.contains(left), "{command:?} says {left}: {zh}");
        }
    }
    // Each is listed one step above it.
    for command in &commands {
        let Some((last, above)) = command.split_last() else { continue };
        let above: Vec<&str> = above.iter().map(String::as_str).chain(["--help"]).collect();
        assert!(shell.done(&above).contains(&format!("\n  {last} ")), "{command:?} is not listed");
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
    for command in commands().iter().filter(|command| !command.is_empty()) {
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
