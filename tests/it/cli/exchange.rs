//! Files in and out: sheets as townships have them, what is refused and why, exports, backups. All people are invented.

use std::fs;

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{Shell, names};

const COMPOUNDS: &str = "小区,社区\n康乐苑,城关社区\n锦绣家园,北坊社区\n";
const HOMES: &str = "小区,楼栋,单元,房号,建筑面积\n康乐苑,3,2,501,89.5\n康乐苑,3,2,502,89.5\n锦绣家园,5,1,302,101\n";
const RESIDENTS: &str = "小区,房号,姓名,电话,关系,户主,称呼\n\
    康乐苑,3-2-501,陈凤英,13800005678,业主,是,陈婶\n\
    康乐苑,3号楼2单元502室,赵学文,13800001111,租户,,\n\
    锦绣家园,5栋1单元302,曾庆红,\"13900002222 0355-6001234\",业主,是,\n";
const STAFF: &str = "姓名,岗位,电话\n王强,维修,13600001001\n周岩,保安,13600001002\n";
const TICKETS: &str = "时间,小区,地点,内容,电话,状态\n\
    2026-11-20 09:30,康乐苑,3-2-501,厨房漏水,13800005678,已办结\n\
    2026-11-23 21:10,锦绣家园,东门口,路灯不亮,,待处理\n";

fn counts(done: &Value) -> [u64; 5] {
    ["read", "added", "changed", "unchanged", "refused"].map(|name| done[name].as_u64().expect(name))
}

/// A township with the sheets above.
fn township() -> Shell {
    let shell = Shell::with_township();
    for (kind, sheet) in
        [("compounds", COMPOUNDS), ("homes", HOMES), ("residents", RESIDENTS), ("staff", STAFF), ("tickets", TICKETS)]
    {
        shell.write(&format!("{kind}.csv"), sheet);
        let done = shell.json(&["import", kind, &format!("{kind}.csv")]);
        let rows = sheet.lines().count() as u64 - 1;
        assert_eq!(counts(&done), [rows, rows, 0, 0, 0], "{kind}: {done}");
    }
    shell
}

fn workbook(sheet: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("住户").expect("a name");
    for (row, line) in (0..).zip(sheet.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            page.write_string(row, column, cell.trim_matches('"')).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_second_import_of_a_file_changes_nothing() {
    let shell = township();
    for kind in ["compounds", "homes", "residents", "staff", "tickets"] {
        let done = shell.json(&["import", kind, &format!("{kind}.csv")]);
        let all = [
            "added",
            "changed",
            "columns_not_read",
            "dry_run",
            "left_out",
            "passed_over",
            "read",
            "refused",
            "refused_file",
            "sheets_not_read",
            "stopped",
            "unchanged",
            "unknown_statuses",
        ];
        assert_eq!(names(&done), all);
        let [read, _, _, unchanged, _] = counts(&done);
        assert_eq!(counts(&done), [read, 0, 0, unchanged, 0], "{kind}");
        assert_eq!((read, &done["refused_file"]), (unchanged, &Value::Null), "{kind}");
    }
    let found = shell.json(&["find", "kly 3 501 cfy"]);
    assert_eq!((&found[0]["kind"], &found[0]["room"]), (&"resident".into(), &"501".into()));
    assert_eq!(shell.json(&["check"])["residents"], 3);
}

#[test]
fn a_workbook_and_an_old_encoding_say_the_same() {
    let shell = township();
    let changed = RESIDENTS.replace("13800001111", "13800009999");
    shell.write("people.xlsx", workbook(&changed));
    assert_eq!(counts(&shell.json(&["import", "residents", "people.xlsx", "--sheet", "住户"])), [3, 0, 1, 2, 0]);
    let (gbk, _, lost) = encoding_rs::GBK.encode(&changed);
    assert!(!lost);
    shell.write("people-gbk.csv", &gbk);
    assert_eq!(counts(&shell.json(&["import", "residents", "people-gbk.csv"])), [3, 0, 0, 3, 0]);
    assert!(shell.refused(1, &["import", "residents", "people.xlsx", "--sheet", "没有"]).contains("people.xlsx"));
}

#[test]
fn trying_first_writes_nothing() {
    let shell = Shell::with_township();
    shell.write("compounds.csv", COMPOUNDS);
    let done = shell.json(&["import", "compounds", "compounds.csv", "--dry-run"]);
    assert_eq!((counts(&done), &done["dry_run"]), ([2, 2, 0, 0, 0], &true.into()));
    assert_eq!(counts(&shell.json(&["import", "compounds", "compounds.csv"])), [2, 2, 0, 0, 0]);
}

#[test]
fn refused_rows_come_back_in_a_file_to_be_put_right() {
    let shell = township();
    let sheet =
        "小区,房号,姓名,电话\n康乐苑,3-2-501,何东,13800007777\n康乐苑,3-2-502,,13800006666\n康乐苑,3-2-502,周涛,12\n";
    shell.write("more.csv", sheet);
    let done = shell.json(&["import", "residents", "more.csv"]);
    assert_eq!(counts(&done), [3, 1, 0, 0, 2], "{done}");
    let file = done["refused_file"].as_str().expect("a file").to_owned();
    let refused = fs::read_to_string(&file).expect("the refused rows");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    assert!(refused.contains("13800006666") && refused.contains("周涛") && !refused.contains("何东"), "{refused}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads it");
    }
    // Put right as it is, it is imported as it is.
    fs::write(&file, refused.replace("502,,1380", "502,周婷,1380").replace("周涛,12,", "周涛,13800005555,"))
        .expect("a file");
    let again = shell.json(&["import", "residents", &file]);
    assert_eq!(counts(&again), [2, 2, 0, 0, 0], "{again}");
    let told = shell.run(&["--lang", "zh", "import", "residents", "more.csv"]);
    assert!(told.code == 0 && told.out.contains("未收 2") && told.out.contains("第 3 行"), "{}", told.out);
}

#[test]
fn what_is_exported_is_masked_unless_a_reason_is_kept() {
    let shell = township();
    for format in ["csv", "json"] {
        let masked = shell.done(&["export", "residents", "--format", format]);
        assert!(masked.contains("138****5678") && masked.contains("陈**") && !masked.contains("陈凤英"), "{masked}");
        assert!(!masked.contains("13800005678") && !masked.contains("陈婶"), "{masked}");
        let tickets = shell.done(&["export", "tickets", "--format", format]);
        assert!(tickets.contains("厨房漏水") && !tickets.contains("13800005678"), "{tickets}");
    }
    let full = shell.done(&["export", "residents", "--full", "--why", "社区核对"]);
    assert!(full.contains("陈凤英") && full.contains("13800005678") && full.contains("陈婶"), "{full}");
    let events = |shell: &Shell| shell.json(&["check"])["events"].as_u64().expect("events");
    let before = events(&shell);
    shell.done(&["export", "tickets", "--full", "--why", "社区核对"]);
    assert_eq!(events(&shell), before + 1, "who asked, and why, is written down");
    shell.refused(2, &["export", "tickets", "--full", "--why", ""]);
    assert_eq!(events(&shell), before + 1);
}

#[test]
fn what_is_exported_in_full_is_imported_as_it_was() {
    let one = township();
    for (ending, format) in [("csv", "csv"), ("xlsx", "xlsx")] {
        for lang in ["en", "zh"] {
            let two = Shell::with_township();
            two.write("compounds.csv", COMPOUNDS);
            two.done(&["import", "compounds", "compounds.csv"]);
            for kind in ["homes", "residents", "tickets"] {
                let file = one.path(&format!("{kind}-{lang}.{ending}")).display().to_string();
                one.done(&["--lang", lang, "export", kind, "--format", format, "-o", &file, "--full", "--why", "搬迁"]);
                let done = two.json(&["import", kind, &file]);
                let [read, added, _, unchanged, refused] = counts(&done);
                assert_eq!((read, refused), (added + unchanged, 0), "{kind} {lang} {format}: {done}");
            }
            for kind in ["homes", "residents"] {
                let export = |shell: &Shell| shell.done(&["export", kind, "--full", "--why", "比对"]);
                assert_eq!(export(&one), export(&two), "{kind} {lang} {format}");
            }
            let words = |shell: &Shell| {
                let rows = shell.json(&["export", "tickets", "--full", "--why", "比对"]);
                let row = |row: &Value| json!([row["opened_at"], row["compound"], row["words"], row["phone"]]);
                rows.as_array().expect("rows").iter().map(row).collect::<Vec<_>>()
            };
            assert_eq!(words(&one), words(&two), "{lang} {format}");
        }
    }
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let shell = township();
    shell.write("kept.csv", "mine");
    let refused = shell.refused(1, &["export", "homes", "-o", "kept.csv"]);
    assert!(refused.contains("kept.csv"), "{refused}");
    assert_eq!(shell.read("kept.csv"), "mine");
    shell.refused(1, &["backup", "kept.csv"]);
    assert_eq!(shell.read("kept.csv"), "mine");
}

#[test]
fn a_backup_is_put_back_and_what_was_there_is_kept() {
    let shell = township();
    let backup = shell.json(&["backup", "safe.db"]);
    assert_eq!(names(&backup), ["file"]);
    shell.done(&["ticket", "new", "--words", "多出来的一单"]);
    assert_eq!(shell.json(&["check"])["tickets"], 3);
    let restored = shell.json(&["restore", "safe.db"]);
    let sound = shell.json(&["check"]);
    assert_eq!((&sound["sound"], &sound["tickets"]), (&true.into(), &2.into()));
    let kept = restored["kept"].as_str().expect("the file that was there").to_owned();
    shell.refused(1, &["restore", "compounds.csv"]);
    assert_eq!(shell.json(&["check"])["tickets"], 2, "what is no backup replaces nothing");
    shell.done(&["restore", &kept]);
    assert_eq!(shell.json(&["check"])["tickets"], 3);
    let dated = shell.json(&["backup"]);
    assert!(dated["file"].as_str().is_some_and(|file| file.contains("backups")), "{dated}");
}

#[test]
fn a_damaged_file_is_told_and_never_replaced() {
    let shell = township();
    let mut bytes = fs::read(shell.db()).expect("the data file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5a);
    fs::write(shell.db(), &bytes).expect("a damaged file");
    shell.refused(1, &["check"]);
    assert_eq!(fs::read(shell.db()).expect("the data file"), bytes);
    fs::write(shell.db(), "not a data file at all").expect("a text");
    for command in [&["check"][..], &["find", "chen"], &["ticket", "new", "--words", "漏水"]] {
        shell.refused(1, command);
    }
    assert_eq!(fs::read(shell.db()).expect("the file"), b"not a data file at all");
}
