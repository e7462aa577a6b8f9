//! `tdesk report month`: four ways of writing the same figures, and nothing in the data can make marks in any of them.

use serde_json::Value;
use township_desk::exchange::sheets;

use super::Shell;

/// A township of an unkind name, with five reports: two leaks, a parking quarrel, a praise, and one made void.
fn shell() -> Shell {
    let shell = Shell::new();
    shell.done(&["init", "--township", "<b>镇|", "--company", "=1+1物业"]);
    shell.write("compounds.csv", "小区,社区\n=康乐苑<i>,城关\n");
    shell.done(&["import", "compounds", "compounds.csv"]);
    for (words, category) in
        [("厨房漏水", "202"), ("客厅漏水", "202"), ("车位被占", "302"), ("表扬保安", "603"), ("打错了", "206")]
    {
        let taken = shell.json(&["ticket", "new", "--words", words, "--category", category, "--place", "康乐苑"]);
        if words == "打错了" {
            let number = taken["number"].as_str().expect("a number");
            shell.done(&["ticket", "move", number, "void", "--why", "打错了"]);
        }
    }
    shell
}

fn sum(rows: &Value, column: &str) -> u64 {
    rows.as_array().expect("rows").iter().map(|row| row[column].as_u64().expect(column)).sum()
}

#[test]
fn every_table_adds_up_to_its_total() {
    let shell = shell();
    let report = shell.json(&["report", "month", "2026-11"]);
    for (section, columns) in [
        ("compounds", vec!["taken", "valid", "in_time", "reached", "solved", "satisfied", "unreached"]),
        ("weeks", vec!["taken", "valid", "in_time", "reached", "solved", "satisfied", "unreached"]),
        ("categories", vec!["taken", "valid", "in_time"]),
        ("hours", vec!["taken"]),
        ("problems_by_compound", vec!["parking_before", "parking", "building", "clutter"]),
    ] {
        for column in columns {
            let section = &report[section];
            assert_eq!(Some(sum(&section["rows"], column)), section["total"][column].as_u64(), "{column}");
        }
    }
    let total = &report["compounds"]["total"];
    assert_eq!((total["taken"].as_u64(), total["valid"].as_u64()), (Some(5), Some(4)));
    assert_eq!(report["problems"]["rows"][0]["now"], 1, "parking");
    assert_eq!(report["problems"]["rows"][4]["now"], 1, "praise");
    assert_eq!(report["categories"]["rows"][0]["code"], "202");
}

#[test]
fn four_ways_hold_the_same_and_data_makes_no_marks() {
    let shell = shell();
    let text = shell.done(&["report", "month", "2026-11"]);
    assert!(text.contains("<b>镇|: property services, 2026-11") && text.contains("5 taken, 4 of them valid"), "{text}");
    let markdown = shell.done(&["report", "month", "2026-11", "--format", "md"]);
    assert!(markdown.contains("# \\<b\\>镇\\|: property services") && markdown.contains("| =康乐苑\\<i\\> | 5 | 4 |"));
    let html = shell.done(&["--lang", "zh", "report", "month", "2026-11", "--format", "html"]);
    assert!(
        html.starts_with("<!doctype html>") && html.contains("size: A4") && html.contains("&lt;b&gt;镇|物业服务月报")
    );
    assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<script") && !html.contains("http"));
    let file = shell.path("report.xlsx");
    let name = file.to_str().expect("UTF-8");
    shell.done(&["report", "month", "2026-11", "--format", "xlsx", "-o", name]);
    let bytes = std::fs::read(&file).expect("the workbook");
    let book = sheets::read_bytes(&bytes, "report").expect("sheets");
    let compounds = book.iter().find(|sheet| sheet.name == "compounds").expect("a sheet of compounds");
    let row = compounds.rows.iter().find(|row| row[0] == "=康乐苑<i>").expect("a row, as a string");
    assert_eq!(row[1..3], ["5", "4"]);
    let total = compounds.rows.last().expect("a total");
    assert_eq!((total[0].as_str(), total[1].as_str()), ("total", "5"));
    let said = shell.refused(1, &["report", "month", "2026-11", "--format", "xlsx", "-o", name]);
    assert!(said.contains("report.xlsx"), "never over another file: {said}");
}

#[test]
fn a_month_that_is_none_or_has_not_come_is_refused() {
    let shell = Shell::with_sample();
    let said = shell.refused(2, &["report", "month", "November"]);
    assert!(said.contains("A month is written 2026-11"), "{said}");
    let said = shell.refused(1, &["report", "month", "2027-01"]);
    assert!(said.contains("has not come yet"), "{said}");
    assert!(shell.done(&["report", "month", "2020-01"]).contains("0 taken"), "an empty month is a report, too");
}
