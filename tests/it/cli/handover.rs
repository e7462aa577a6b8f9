//! Handovers and operators from a shell: draft, proof, signatures with PINs, pages, templates of the office's own.

use super::Shell;

/// The binary as somebody, with lines on standard input.
fn with_input(shell: &Shell, input: &str, arguments: &[&str]) -> super::Ran {
    super::ran(shell.at(super::NOW).args(arguments).write_stdin(input))
}

/// Two clerks with PINs, 1234 and 5678.
fn with_two(shell: &Shell) {
    for (name, pin) in [("甲", "1234\n"), ("乙", "5678\n")] {
        let added = with_input(shell, pin, &["--as", "管理员", "operator", "add", name, "--pin-stdin"]);
        assert_eq!(added.code, 0, "{}", added.err);
    }
}

#[test]
fn the_draft_is_held_against_the_log_and_printed_on_one_a4() {
    let shell = Shell::with_sample();
    let ran = shell.run(&["--lang", "zh", "handover", "draft", "--verify"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("核对: 日志里欠下的") && ran.err.contains("件都在"), "{}", ran.err);
    assert!(ran.out.contains("交接班记录") && ran.out.contains("1 急") && ran.out.contains("草稿"), "{}", ran.out);
    assert!(ran.out.lines().count() <= 75, "{} rows:\n{}", ran.out.lines().count(), ran.out);
    let json = shell.json(&["handover", "draft", "--verify"]);
    assert_eq!(json["missing"], serde_json::json!([]));
    assert!(json["owed"].as_u64().is_some_and(|n| n > 5), "{json}");
    assert!(json["lines"].as_array().is_some_and(|lines| (10..=60).contains(&lines.len())), "{json}");
    for (format, holds) in [("html", "<table>"), ("md", "## 1 danger")] {
        let out = shell.done(&["--lang", "en", "handover", "draft", "--format", format]);
        assert!(out.contains(holds), "{out}");
    }
}

#[test]
fn both_sign_from_a_shell_and_it_is_shown_as_it_was() {
    let shell = Shell::with_sample();
    with_two(&shell);
    let sign = with_input(&shell, "9999\n", &["--as", "甲", "--lang", "zh", "handover", "sign", "--pin-stdin"]);
    assert_eq!((sign.code, sign.err.contains("还可以试 4 次")), (1, true), "{}", sign.err);
    assert!(!sign.err.contains("9999"), "a PIN is never printed");
    let sign = with_input(&shell, "1234\n", &["--as", "甲", "handover", "sign", "--pin-stdin"]);
    assert_eq!(sign.code, 0, "{}", sign.err);
    let early = ["--as", "乙", "--lang", "zh", "handover", "accept", "--pin-stdin"];
    let accept = with_input(&shell, "5678\n", &early);
    assert_eq!((accept.code, accept.err.contains("条没答")), (1, true), "{}", accept.err);
    let phone = ["--as", "乙", "handover", "accept", "--kind", "phone", "--noted", "--pin-stdin"];
    let accept = with_input(&shell, "5678\n", &phone);
    assert_eq!(accept.code, 0, "{}", accept.err);
    let shown = shell.done(&["--lang", "zh", "handover", "show"]);
    assert!(shown.contains("电话交接") && shown.contains("交班人 甲") && shown.contains("接班人 乙"), "{shown}");
    assert!(shown.contains("[收到]"), "{shown}");
    let json = shell.json(&["handover", "show", "--words", "甲"]);
    assert_eq!((&json["kind"], &json["given_by"], &json["taken_by"]), (&"phone".into(), &"甲".into(), &"乙".into()));
    let none = shell.run(&["handover", "show", "--back", "5"]);
    assert_eq!(none.code, 1);
}

#[test]
fn five_wrong_pins_lock_and_an_administrator_unlocks() {
    let shell = Shell::with_sample();
    with_two(&shell);
    for _ in 0..5 {
        with_input(&shell, "0000\n", &["--as", "甲", "handover", "sign", "--pin-stdin"]);
    }
    let right = with_input(&shell, "1234\n", &["--as", "甲", "--lang", "en", "handover", "sign", "--pin-stdin"]);
    assert!(right.code == 1 && right.err.contains("locked until"), "{}", right.err);
    let listed = shell.json(&["operator", "list"]);
    let locked = |name: &str| {
        let rows = listed.as_array().expect("rows");
        rows.iter().find(|row| row["name"] == name).map(|row| (row["has_pin"].clone(), row["locked"].clone()))
    };
    assert_eq!(locked("甲"), Some((true.into(), true.into())));
    assert_eq!(locked("乙"), Some((true.into(), false.into())));
    assert_eq!(shell.run(&["--as", "乙", "operator", "unlock", "甲"]).code, 1, "not by a clerk");
    shell.done(&["--as", "管理员", "operator", "unlock", "甲"]);
    let own = ["--as", "甲", "operator", "passwd", "甲", "--pin-stdin"];
    assert_eq!(with_input(&shell, "1111\n2222\n", &own).code, 1, "the old one is wrong");
    assert_eq!(with_input(&shell, "1234\n2222\n", &own).code, 0);
    assert_eq!(with_input(&shell, "2222\n", &["--as", "甲", "handover", "sign", "--pin-stdin"]).code, 0);
}

#[test]
fn who_changes_operators_shows_the_own_pin_and_a_clerk_is_refused_before() {
    let shell = Shell::with_sample();
    with_two(&shell);
    let boss = |input: &str, rest: &[&str]| {
        let arguments: Vec<&str> = ["--as", "管理员", "--lang", "en", "operator"].iter().chain(rest).copied().collect();
        with_input(&shell, input, &arguments)
    };
    assert_eq!(boss("7777\n", &["passwd", "管理员", "--pin-stdin"]).code, 0);
    let own = "7777\n";
    for (rest, more) in [
        (vec!["add", "丙", "--pin-stdin"], "4321\n"),
        (vec!["passwd", "甲", "--pin-stdin"], "4321\n"),
        (vec!["unlock", "甲", "--pin-stdin"], ""),
    ] {
        let wrong = boss(&format!("1111\n{more}"), &rest);
        assert!(wrong.code == 1 && wrong.err.contains("PIN"), "{rest:?}: {}", wrong.err);
        let right = boss(&format!("{own}{more}"), &rest);
        assert_eq!(right.code, 0, "{rest:?}: {}", right.err);
    }
    let cut = boss(own, &["passwd", "甲", "--pin-stdin"]);
    assert_eq!(cut.code, 1, "the end of the input takes no PIN off: {}", cut.err);
    let clerk = with_input(&shell, "", &["--as", "乙", "--lang", "en", "operator", "passwd", "甲"]);
    assert!(clerk.code == 1 && clerk.err.contains("administrator"), "{}", clerk.err);
}

#[test]
fn who_cannot_take_over_has_answered_nothing() {
    let shell = Shell::with_sample();
    with_two(&shell);
    with_input(&shell, "1234\n", &["--as", "甲", "handover", "sign", "--pin-stdin"]);
    let noted = ["--as", "乙", "handover", "accept", "--noted", "--pin-stdin"];
    assert_eq!(with_input(&shell, "0000\n", &noted).code, 1, "a wrong PIN");
    let giver = ["--as", "甲", "--lang", "en", "handover", "accept", "--noted", "--pin-stdin"];
    let own = with_input(&shell, "1234\n", &giver);
    assert!(own.code == 1 && own.err.contains("receiver"), "the same hands: {}", own.err);
    let lines = shell.json(&["handover", "draft"])["lines"].as_array().cloned().unwrap_or_default();
    assert!(!lines.is_empty() && lines.iter().all(|line| line["answer"].is_null()), "{lines:?}");
}

#[test]
fn without_a_terminal_a_pin_is_not_asked_for_in_vain() {
    let shell = Shell::with_sample();
    with_two(&shell);
    let sign = with_input(&shell, "", &["--as", "甲", "--lang", "en", "handover", "sign"]);
    assert!(sign.code == 1 && sign.err.contains("--pin-stdin"), "{}", sign.err);
}

#[test]
fn the_offices_own_template_is_laid_over_ours() {
    let shell = Shell::with_sample();
    shell.write("own/handover.txt", "{{ company }}: {{ sections|length }}\n");
    let folder = shell.path("own").display().to_string();
    shell.write("config/township-desk/config.toml", format!("templates = \"{folder}\"\n"));
    let out = shell.done(&["handover", "draft"]);
    assert!(out.lines().count() == 1 && out.contains("公司: "), "{out}");
    shell.write("own/handover.txt", "{{ company }}\n{{ nothing.at.all }}\n");
    let ran = shell.run(&["--lang", "en", "handover", "draft"]);
    assert!(ran.code == 0 && ran.err.contains("line 2") && ran.out.contains("Shift handover"), "{}", ran.err);
}

#[test]
fn what_is_counted_is_set_by_a_leader() {
    let shell = Shell::with_sample();
    shell.done(&["--as", "管理员", "handover", "item", "备用金", "--expected", "200", "--cash"]);
    shell.done(&["--as", "管理员", "handover", "item", "东门钥匙", "--expected", "12"]);
    let out = shell.done(&["--lang", "zh", "handover", "draft"]);
    assert!(out.contains("备用金 应有 200.00, 未点") && out.contains("东门钥匙 应有 12, 未点"), "{out}");
    shell.done(&["--as", "管理员", "handover", "item", "东门钥匙", "--remove"]);
    assert!(!shell.done(&["--lang", "zh", "handover", "draft"]).contains("东门钥匙"));
    let bad = shell.run(&["--as", "管理员", "--lang", "en", "handover", "item", "钥匙", "--expected", "many"]);
    assert!(bad.code == 1 && bad.err.contains("count is unclear"), "{}", bad.err);
}
