//! Imports by the real binary to the end: what is said of rows that are open, refused, passed over or masked.

use serde_json::{Value, json};

use super::Shell;

const COMPOUNDS: &str = "小区\n康乐苑\n锦绣家园\n";

fn township() -> Shell {
    let shell = Shell::with_township();
    shell.write("compounds.csv", COMPOUNDS);
    shell.done(&["import", "compounds", "compounds.csv"]);
    shell
}

/// Added, unchanged, refused.
#[track_caller]
fn figures(done: &Value) -> [u64; 3] {
    ["added", "unchanged", "refused"].map(|name| done[name].as_u64().expect(name))
}

fn count(shell: &Shell, what: &str) -> i64 {
    let conn = rusqlite::Connection::open(shell.db()).expect("the data file");
    conn.query_row(&format!("SELECT COUNT(*) FROM {what}"), [], |row| row.get(0)).expect("a count")
}

#[test]
fn heads_over_two_rows_with_a_refused_row_end_with_a_summary_and_a_file() {
    let shell = township();
    shell.write("two.csv", "小区,姓名,联系,房号\n,,电话,\n康乐苑,周婷,13800005678,3-1-101\n康乐苑,何东,13900001234,\n");
    let done = shell.json(&["import", "residents", "two.csv"]);
    assert_eq!((figures(&done), count(&shell, "person")), ([1, 0, 1], 1), "{done}");
    let file = done["refused_file"].as_str().expect("a file");
    let refused = std::fs::read_to_string(file).expect("the refused rows");
    assert!(refused.contains("小区,姓名,电话,房号") && refused.contains("康乐苑,何东,13900001234,"), "{refused}");
    let again = shell.json(&["import", "residents", "two.csv"]);
    assert_eq!(figures(&again), [0, 1, 1]);
}

#[test]
fn statuses_not_known_stay_open_and_are_named() {
    let shell = township();
    shell.write(
        "tickets.csv",
        "时间,内容,状态,处理结果\n2026-11-20,灯坏,已派单,\n2026-11-20,漏水,已受理,工人明天来\n2026-11-20,门坏,省厅复核,\n\
         2026-11-20,吵,省厅复核,已劝\n2026-11-20,堵,已办结,通了\n2026-11-20,脏,,扫过了\n",
    );
    let told = shell.run(&["--lang", "zh", "import", "tickets", "tickets.csv", "--dry-run"]);
    assert!(
        told.out.contains("省厅复核 (2)") && told.out.contains("待派单") && told.out.contains("已归档"),
        "{}",
        told.out
    );
    let told = shell.run(&["--lang", "en", "import", "tickets", "tickets.csv", "--dry-run"]);
    assert!(told.out.contains("taken as open: 省厅复核 (2)") && told.out.contains("closed"), "{}", told.out);
    let done = shell.json(&["import", "tickets", "tickets.csv"]);
    assert_eq!((figures(&done), &done["unknown_statuses"]), ([6, 0, 0], &json!([{ "status": "省厅复核", "rows": 2 }])));
    assert_eq!((count(&shell, "ticket WHERE open = 1"), count(&shell, "ticket WHERE status = 'closed'")), (5, 1));
    assert_eq!(figures(&shell.json(&["import", "tickets", "tickets.csv"])), [0, 6, 0]);
}

#[test]
fn tickets_of_an_export_stay_open_or_ended_as_they_were() {
    let one = Shell::with_sample();
    for lang in ["zh", "en"] {
        let two = township();
        let file = two.path("all.csv").display().to_string();
        one.done(&["--lang", lang, "export", "tickets", "-o", &file, "--full", "--why", "搬迁"]);
        let done = two.json(&["import", "tickets", &file]);
        assert_eq!((&done["refused"], &done["unknown_statuses"]), (&json!(0), &json!([])), "{done}");
        for what in
            ["ticket", "ticket WHERE open = 1", "ticket WHERE status = 'closed'", "ticket WHERE status = 'resolved'"]
        {
            assert_eq!(count(&one, what), count(&two, what), "{lang}: {what}");
        }
    }
}

#[test]
fn a_masked_export_is_refused_by_name() {
    let one = Shell::with_sample();
    let people = u64::try_from(count(&one, "residency WHERE to_day IS NULL")).expect("a number");
    for (lang, word) in [("zh", "隐去了的"), ("en", "is masked")] {
        for format in ["csv", "xlsx"] {
            let two = township();
            let file = |kind: &str| two.path(&format!("{kind}.{format}")).display().to_string();
            for kind in ["residents", "tickets"] {
                one.done(&["--lang", lang, "export", kind, "--format", format, "-o", &file(kind)]);
            }
            let done = two.json(&["import", "residents", &file("residents")]);
            assert_eq!((figures(&done), count(&two, "person")), ([0, 0, people], 0), "{lang} {format}: {done}");
            let told = two.run(&["--lang", lang, "import", "residents", &file("residents"), "--dry-run"]);
            assert!(told.out.contains(word) && told.out.contains("tdesk export --full"), "{}", told.out);
            two.done(&["import", "tickets", &file("tickets")]);
            assert_eq!(count(&two, "ticket WHERE reporter_name LIKE '%*%' OR reporter_phone LIKE '%*%'"), 0);
            assert_eq!(count(&two, "ticket WHERE reporter_name <> ''"), 0, "{lang} {format}");
        }
    }
}

#[test]
fn nothing_is_left_out_without_a_word() {
    let shell = township();
    shell.write(
        "people.csv",
        "小区,房号,姓名,电话,备注,颜色\n康乐苑,3-1-101,周婷,13888888888,,红\n康乐苑,3-1-102,何东,00000000000,怕狗,\n\
         康乐苑,3-1-103,,,,\n合计,2,,,,\n",
    );
    let done = shell.json(&["import", "residents", "people.csv"]);
    assert_eq!((figures(&done), count(&shell, "phone WHERE digits = '13888888888'")), ([2, 0, 0], 1), "{done}");
    assert_eq!(done["left_out"], json!({ "made_up_phones": 1, "remarks": 1 }));
    assert_eq!((&done["passed_over"], &done["columns_not_read"]), (&json!(2), &json!(["颜色"])));
    for (lang, words) in [
        ("zh", ["凑数的电话", "备注", "第 4、5 行", "没有读的列: 颜色"]),
        ("en", ["only fill a cell", "remarks", "row 4, 5", "columns not read: 颜色"]),
    ] {
        let told = shell.run(&["--lang", lang, "import", "residents", "people.csv"]);
        assert!(told.code == 0 && words.iter().all(|word| told.out.contains(word)), "{}", told.out);
    }
}

#[test]
fn what_the_engine_refuses_is_one_refused_row_and_the_rest_goes_on() {
    let shell = township();
    let sql = "CREATE TRIGGER no BEFORE INSERT ON person WHEN NEW.name = '何东' BEGIN SELECT RAISE(ABORT, 'no'); END";
    rusqlite::Connection::open(shell.db()).expect("the data file").execute_batch(sql).expect("a trigger");
    shell.write("people.csv", "小区,房号,姓名\n康乐苑,3-1-101,周婷\n康乐苑,3-1-102,何东\n康乐苑,3-1-103,吴芳\n");
    let done = shell.json(&["import", "residents", "people.csv"]);
    assert_eq!(figures(&done), [2, 0, 1], "{done}");
    let refused = std::fs::read_to_string(done["refused_file"].as_str().expect("a file")).expect("the refused rows");
    assert!(refused.contains("康乐苑,3-1-102,何东"), "{refused}");
}

#[test]
fn a_refused_file_that_cannot_be_written_takes_no_summary_away() {
    let shell = township();
    // With the day and hour behind it the name is longer than a name may be.
    let long = format!("{}.csv", "p".repeat(240));
    shell.write(&long, "小区,房号,姓名\n康乐苑,3-1-101,周婷\n康乐苑,,何东\n");
    let told = shell.run(&["--lang", "en", "import", "residents", &long]);
    assert!(
        told.out.contains("1 added") && told.out.contains("1 refused") && told.out.contains("row 3"),
        "{}",
        told.out
    );
    assert!(told.code == 1 && told.err.contains("-refused-"), "{}", told.err);
}

#[test]
fn building_and_unit_of_a_report_in_columns_of_their_own_are_its_place() {
    let shell = Shell::with_sample();
    let sheet =
        "小区,楼栋,单元,房号,内容\n康乐苑,1,1,101,甲家灯坏\n康乐苑,2,1,101,乙家灯坏\n康乐苑,2,1,3-2-501,丙家灯坏\n";
    shell.write("old.csv", sheet);
    assert_eq!(shell.json(&["import", "tickets", "old.csv"])["added"], 3);
    let room = |words: &str| {
        let found = shell.json(&["ticket", "list", "--words", words])["tickets"][0]["place"].clone();
        (found["building"].clone(), found["unit"].clone(), found["room"].clone(), found["words"].clone())
    };
    let (first, second, third) = (room("甲家灯坏"), room("乙家灯坏"), room("丙家灯坏"));
    assert_ne!(first, second, "two homes stay two places");
    let text = format!("{first:?} {second:?} {third:?}");
    assert!(text.contains("1-1-101") && text.contains("2-1-101") && text.contains("3-2-501"), "{text}");
}
