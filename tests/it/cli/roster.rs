//! Weeks of shifts from a shell: proposed, checked, published, printed, read from a sheet and written as one.

use super::Shell;

/// The week behind the sample's last: nothing of it is published.
const WEEK: &str = "2026-W49";

/// A township whose week is proposed.
fn planned() -> Shell {
    let shell = Shell::with_sample();
    shell.done(&["--as", "管理员", "roster", "fill", "--week", WEEK]);
    shell
}

#[test]
fn a_week_is_checked_published_and_printed() {
    let shell = planned();
    let json = shell.json(&["roster", "check", "--week", WEEK]);
    assert_eq!((&json["week"], &json["hard"]), (&WEEK.into(), &0.into()), "{json}");
    let before = shell.done(&["--lang", "zh", "roster", "show", "--week", WEEK]);
    assert!(before.contains("还没有发布"), "{before}");
    let published = shell.done(&["--as", "管理员", "--lang", "zh", "roster", "publish", "--week", WEEK]);
    assert!(published.contains("2026-W49 发布了"), "{published}");
    let again = shell.run(&["--as", "管理员", "--lang", "zh", "roster", "publish", "--week", WEEK]);
    assert_eq!((again.code, again.err.is_empty()), (1, false), "nothing is left to publish");
    let wall = shell.done(&["--lang", "zh", "roster", "show", "--week", WEEK, "--format", "html"]);
    for holds in ["A4 landscape", "已发布", "周一30", "周日6", "保安", "夜 = 夜班 当晚 24:00 至次日 08:00"]
    {
        assert!(wall.contains(holds), "{holds}: {wall}");
    }
    let group = shell.done(&["--lang", "zh", "roster", "show", "--week", WEEK, "--format", "group"]);
    assert!(group.contains("周三2\n早班: "), "{group}");
}

#[test]
fn a_week_written_as_a_sheet_reads_back_and_changes_nothing() {
    for (ending, lang) in [("csv", "zh"), ("xlsx", "zh"), ("csv", "en")] {
        let shell = planned();
        let file = shell.path(&format!("week.{ending}"));
        let file = file.to_str().expect("a path");
        let show = ["--lang", lang, "roster", "show", "--draft", "--week", WEEK, "--format", ending, "-o", file];
        shell.done(&show);
        let json = shell.json(&["--as", "管理员", "import", "roster", file]);
        assert_eq!((&json["changed"], &json["refused"]), (&0.into(), &0.into()), "{ending} {lang}: {json}");
        assert!(json["unchanged"].as_u64().is_some_and(|n| n > 300), "{json}");
        assert_eq!(json["weeks"], serde_json::json!([WEEK]));
    }
}

#[test]
fn a_sheet_becomes_drafts_and_leave_and_cells_are_refused_by_address() {
    let shell = planned();
    let names = shell.json(&["roster", "show", "--week", WEEK]);
    let name = |at: usize| names["people"][at]["staff"].as_str().expect("a name").to_owned();
    let sheet = shell.path("sheet.csv");
    let rows = format!(
        "保安队排班表,,,,\n岗位,姓名,11月30日,12月1日,12月2日\n,,一,二,三\n保安,{},夜,病假,早(康乐苑 北门)\n保安,{},?,休,中班\n保安,无名氏,早,早,早\n合计,,1,2,3\n",
        name(0),
        name(1)
    );
    std::fs::write(&sheet, rows).expect("written");
    let arguments =
        ["--as", "管理员", "--lang", "zh", "import", "roster", sheet.to_str().expect("a path"), "--week", WEEK];
    let dry = shell.done(&[&arguments[..], &["--dry-run"]].concat());
    assert!(dry.contains("没有写入") && dry.contains("C5 「?」: 看不懂") && dry.contains("B6 「无名氏」"), "{dry}");
    let untouched = shell.json(&["roster", "show", "--draft", "--week", WEEK]);
    let done = shell.done(&arguments);
    assert!(done.contains("请假 1") && done.contains("未收 2"), "{done}");
    let after = shell.json(&["roster", "show", "--draft", "--week", WEEK]);
    assert_ne!(untouched, after);
    let plan = |at: usize, day: usize| &after["people"][at]["days"][day]["plan"];
    assert_eq!(plan(0, 0)["shifts"][0]["template"], "night");
    assert_eq!(plan(0, 1)["off"]["leave"], "sick");
    assert_eq!(plan(0, 2)["shifts"][0]["post"], "北门");
    let again = shell.done(&arguments);
    assert!(again.contains("排 0, 请假 0"), "{again}");
    // What was refused lies beside the data file, to be put right and read again.
    let file = done.lines().find_map(|line| line.strip_prefix("未收的行和原因在 ")?.split(';').next()).expect("a file");
    let refused = std::fs::read_to_string(file).expect("written");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    assert!(refused.contains("没有导入的原因") && refused.contains(&format!("保安,{},?,,,", name(1))), "{refused}");
    assert!(refused.contains("C5 看不懂") && refused.contains("保安,无名氏,早,早,早,"), "{refused}");
    // The name with a blank between, as sheets space two characters; the cell put right.
    let spaced: String = name(1).chars().map(|c| format!("{c}\u{3000}")).collect();
    let mended = refused.replace(&format!("{},?", name(1)), &format!("{spaced},早"));
    std::fs::write(&sheet, mended.lines().take(2).collect::<Vec<_>>().join("\n")).expect("written");
    let mended = shell.done(&arguments);
    assert!(mended.contains("未收 0") && !mended.contains("未收的行"), "{mended}");
    let no_days = shell.path("none.csv");
    std::fs::write(&no_days, "姓名,电话\n甲,1\n").expect("written");
    let none = shell.run(&["--as", "管理员", "--lang", "zh", "import", "roster", no_days.to_str().expect("a path")]);
    assert_eq!((none.code, none.err.contains("没有认出日期的表头")), (1, true), "{}", none.err);
}

#[test]
fn hours_and_rules_are_set_by_a_manager() {
    let shell = Shell::with_sample();
    for taken in ["早班", "早会", "night"] {
        let alike =
            ["--as", "管理员", "--lang", "zh", "roster", "shift", "own1", "--hours", "8:00-9:00", "--name", taken];
        let ran = shell.run(&alike);
        let refused = ran.code == 1 && ran.err.contains("换一个名字");
        assert_eq!(refused, taken != "早会", "{taken}: {}", ran.err);
    }
    for (long, hours) in [("long_day", "7:00-19:00"), ("long_night", "19:00-7:00")] {
        shell.done(&["--as", "管理员", "roster", "shift", long, "--hours", hours]);
    }
    let early = shell.run(&["--as", "管理员", "--lang", "zh", "roster", "shift", "early", "--hours", "6:30-14:00"]);
    assert!(early.code == 0 && early.err.contains("个班还是原来的钟点 (2026-W48)"), "{}", early.err);
    let anew = shell.done(&["--as", "管理员", "--lang", "zh", "roster", "publish", "--week", "2026-W48"]);
    assert!(anew.contains("2026-W48 发布了"), "{anew}");
    let set = ["--as", "管理员", "--lang", "zh", "roster", "shift", "own1", "--hours", "22:00-06:00", "--name", "守夜"];
    let listed = shell.done(&set);
    assert!(!shell.run(&set).err.contains("原来的钟点"), "nobody has such a shift");
    assert!(listed.contains("own1\t守夜\t22:00-次日 06:00"), "{listed}");
    let refused = shell.run(&["--lang", "zh", "roster", "shift", "own1", "--hours", "6点到14点"]);
    assert_eq!((refused.code, refused.err.contains("06:00-14:00")), (2, true), "{}", refused.err);
    let rules = shell.json(&["--as", "管理员", "roster", "rule", "week_hours", "hard", "--figure", "40"]);
    assert!(rules.as_array().is_some_and(|rules| rules.iter().any(|rule| (
        &rule["rule"],
        &rule["severity"],
        &rule["figure"]
    ) == (
        &"week_hours".into(),
        &"hard".into(),
        &40.into()
    ))));
    shell.done(&["--as", "管理员", "roster", "fill", "--week", WEEK]);
    let check = shell.run(&["--lang", "zh", "roster", "check", "--week", WEEK]);
    assert_eq!((check.code, check.out.contains("最多 40 小时; 减一班")), (1, true), "{}", check.err);
    let publish = shell.run(&["--as", "管理员", "--lang", "zh", "roster", "publish", "--week", WEEK]);
    assert_eq!((publish.code, publish.err.contains("不能发布")), (1, true), "{}", publish.err);
}

#[test]
fn somebody_leaves_by_command_and_nothing_is_handed_on_unsaid() {
    let shell = Shell::with_sample();
    let json = |rest: &[&str]| shell.json(&[&["--as", "管理员", "roster", "left"], rest].concat());
    let list = shell.json(&["ticket", "list"]);
    let rows = list["tickets"].as_array().cloned().unwrap_or_default();
    // Whoever is at work has shifts to come, but for one who has only today's.
    let at_work = rows.iter().filter(|row| row["status"] == "working");
    let (name, seen) = at_work
        .map(|row| row["assignee"].as_str().expect("a name").to_owned())
        .map(|name| (name.clone(), json(&[&name, "--dry-run"])))
        .find(|(_, seen)| seen["shifts"] != serde_json::json!([]))
        .expect("somebody at work");
    let tickets = seen["tickets"].as_array().expect("tickets").len();
    assert!(tickets > 0 && seen["shifts"].as_array().is_some_and(|shifts| !shifts.is_empty()), "{seen}");
    let unsaid = shell.run(&["--as", "管理员", "--lang", "zh", "roster", "left", &name]);
    assert!(unsaid.code == 1 && unsaid.err.contains("没有办离职") && unsaid.err.contains("--back"), "{}", unsaid.err);
    let clerk = shell.run(&["--as", "前台", "--lang", "zh", "roster", "left", &name, "--back"]);
    assert_eq!(clerk.code, 1, "{}", clerk.err);
    json(&[&name, "--back"]);
    let gone = shell.run(&["--as", "管理员", "roster", "left", &name, "--dry-run"]);
    assert_eq!(gone.code, 1, "who has left is not found");
}

#[test]
fn what_is_in_is_said_though_the_refused_cells_cannot_be_written_down() {
    let shell = planned();
    let names = shell.json(&["roster", "show", "--week", WEEK]);
    let name = names["people"][0]["staff"].as_str().expect("a name");
    // So long a name leaves no room for that of the file beside it.
    let sheet = shell.path(&format!("{}.csv", "x".repeat(240)));
    let rows =
        format!("保安队排班表,,,\n岗位,姓名,11月30日,12月1日\n,,一,二\n保安,{name},夜,病假\n保安,无名氏,早,早\n");
    std::fs::write(&sheet, rows).expect("written");
    let sheet = sheet.to_str().expect("a path");
    let said = shell.run(&["--as", "管理员", "--lang", "zh", "import", "roster", sheet, "--week", WEEK]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.out.contains("请假 1") && said.out.contains("未收 1"), "{}{}", said.out, said.err);
}
