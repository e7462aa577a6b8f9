//! Due times by command: the sum behind them, 12345 orders, the calendar's sheet, what doctor says of it.

use township_desk::domain::base::time::{CHINA, Day, Time};

use super::Shell;

#[test]
fn the_sum_is_printed_and_the_json_stays_as_it_is() {
    let shell = Shell::with_township();
    shell.done(&["ticket", "new", "--words", "楼道灯不亮", "--at", "2026-11-23T19:00:00+08:00"]);
    let plain = shell.done(&["--lang", "en", "ticket", "show", "1123-01"]);
    assert!(!plain.contains("desk hours"), "{plain}");
    let told = shell.done(&["--lang", "en", "ticket", "show", "1123-01", "--clock"]);
    for line in [
        "\tstart\t11-23 19:00\ttaken",
        "+\tlimit\t4h\tcategory 207: 4h; P3 runs in desk hours",
        "+\tclosed\t12h\t",
        "=\tdue\tby 11-24 11:00",
    ] {
        assert!(told.lines().any(|told| told.starts_with(line)), "{line:?}:\n{told}");
    }
    assert_eq!(shell.json(&["ticket", "show", "1123-01", "--clock"]), shell.json(&["ticket", "show", "1123-01"]));
}

#[test]
fn an_order_of_12345_comes_with_number_and_deadline() {
    let shell = Shell::with_township();
    let order = ["--order-number", "20261124001", "--outer-due", "2026-11-27 18:00"];
    let new = ["ticket", "new", "--words", "路灯不亮", "--channel", "12345"];
    shell.done(&[&new[..], &order[..]].concat());
    let told = shell.done(&["--lang", "en", "ticket", "show", "1124-01", "--clock"]);
    assert!(told.contains("12345 deadline\tby 11-27 18:00\t"), "{told}");
    assert!(told.contains("12345 order\t20261124001\n12345 deadline\t2026-11-27 18:00\n"), "{told}");
    let why = shell.refused(2, &[&["--lang", "en", "ticket", "new", "--words", "灯"][..], &order[..]].concat());
    assert!(why.contains("--channel 12345"), "{why}");
    let why = shell.refused(2, &[&new[..], &["--outer-due", "某天"]].concat());
    assert!(why.contains("--outer-due"), "{why}");
}

#[test]
fn the_days_of_a_sheet_are_taken_once_and_what_is_unclear_is_named() {
    let shell = Shell::with_township();
    let sheet = "日期,类型,名称\n2027-01-01,休,元旦\n2027/1/2,放假,元旦\n20270103,班,元旦\n2027-02-05,节假日,春节\n2027-02-06,也许,春节\n某天,休,\n";
    shell.write("days.csv", sheet);
    let read = |done: serde_json::Value| ["read", "added", "changed", "unchanged", "refused"].map(|n| done[n].as_u64());
    assert_eq!(read(shell.json(&["import", "calendar", "days.csv"])), [6, 4, 0, 0, 2].map(Some));
    assert_eq!(read(shell.json(&["import", "calendar", "days.csv"])), [6, 0, 0, 4, 2].map(Some));
    shell.write("days.csv", "day,kind,name\n2027-01-02,working,\n2027-01-01,holiday,元旦\n");
    assert_eq!(read(shell.json(&["import", "calendar", "days.csv", "--dry-run"])), [2, 0, 1, 1, 0].map(Some));
    assert_eq!(read(shell.json(&["import", "calendar", "days.csv"])), [2, 0, 1, 1, 0].map(Some));
    // A clerk changes no calendar.
    shell.write("days.csv", "day,kind,name\n2027-10-01,holiday,国庆节\n");
    let told = shell.done(&["--lang", "zh", "--as", "小王", "import", "calendar", "days.csv"]);
    assert!(told.contains("未收 1") && told.contains("这一步要经理来做"), "{told}");
}

#[test]
fn an_imported_holiday_moves_what_is_open() {
    let shell = Shell::with_township();
    shell.done(&["ticket", "new", "--words", "楼顶漏了屋面坏了"]);
    let before = shell.json(&["ticket", "show", "1124-01"]);
    shell.write("days.csv", "day,kind,name\n2026-11-25,holiday,镇庙会\n");
    shell.done(&["import", "calendar", "days.csv"]);
    let after = shell.json(&["ticket", "show", "1124-01"]);
    let day = |ticket: &serde_json::Value| ticket["respond_by"].as_str().expect("a time")[..10].to_owned();
    assert_eq!((day(&before).as_str(), day(&after).as_str()), ("2026-11-25", "2026-11-26"));
    assert_eq!(after["timeline"][1]["kind"], "reckoned");
}

#[test]
fn doctor_says_when_the_holidays_to_come_are_not_known() {
    let shell = Shell::with_township();
    let on = |day: &str| super::ran(shell.at(&format!("{day}T10:00")).args(["--lang", "en", "doctor"])).out;
    assert!(on("2026-11-24").contains("calendar   known"), "{}", on("2026-11-24"));
    let told = on("2026-12-05");
    assert!(told.contains("calendar   missing 2027") && told.contains("holidays of 2027 are not known"), "{told}");
    assert!(on("2028-12-05").contains("missing 2028 2029"), "{}", on("2028-12-05"));
    shell.write("days.csv", "day,kind,name\n2027-01-01,holiday,元旦\n");
    shell.done(&["import", "calendar", "days.csv"]);
    assert!(on("2026-12-05").contains("calendar   known"));
}

/// Day, first contact and number of a report taken at a moment.
fn taken(shell: &Shell, moment: &str, words: &str) -> (String, String) {
    let ticket = shell.json_at(moment, &["ticket", "new", "--words", words]);
    let text = |name: &str| ticket[name].as_str().expect("a text").to_owned();
    (text("number"), text("respond_by"))
}

#[test]
fn before_the_desk_opens_at_midnight_and_on_the_last_day_of_the_year() {
    let shell = Shell::with_township();
    shell.write("days.csv", "day,kind,name\n2027-01-01,holiday,元旦\n");
    shell.done(&["import", "calendar", "days.csv"]);
    for (moment, number, respond_by) in [
        // Work that waits for desk hours: four of them from when the desk opens.
        ("2026-11-24T00:30", "2026-1124-01", "2026-11-24T12:00"),
        ("2026-11-24T07:59", "2026-1124-02", "2026-11-24T12:00"),
        ("2026-11-24T08:01", "2026-1124-03", "2026-11-24T12:01"),
        ("2026-11-24T23:59:59", "2026-1124-04", "2026-11-25T12:00"),
        ("2026-11-25T00:00", "2026-1125-01", "2026-11-25T12:00"),
        // The new year's first day is a holiday; on the Saturday after it the desk opens at nine.
        ("2026-12-31T23:59", "2026-1231-01", "2027-01-02T13:00"),
        ("2027-01-01T00:01", "2027-0101-01", "2027-01-02T13:00"),
        ("2028-02-29T00:30", "2028-0229-01", "2028-02-29T12:00"),
    ] {
        let (got, by) = taken(&shell, moment, "楼道灯不亮");
        assert_eq!((got.as_str(), &by[..16]), (number, respond_by), "{moment}");
    }
    // Danger waits for no hours.
    let (_, by) = taken(&shell, "2026-12-31T23:58", "楼道里着火了");
    assert_eq!(&by[..16], "2027-01-01T00:03");
}

#[test]
fn a_moment_begins_there_and_runs_on() {
    let shell = Shell::with_township();
    let opened = |moment: &str| shell.json_at(moment, &["ticket", "new", "--words", "路灯不亮"])["opened_at"].clone();
    for (moment, expected) in [
        ("2026-11-24T10:00", "2026-11-24T10:00:"),
        ("2026-11-24 10:00", "2026-11-24T10:00:"),
        ("2026-11-24T10:00:00+08:00", "2026-11-24T10:00:"),
        ("2026-11-24T02:00:00Z", "2026-11-24T10:00:"),
    ] {
        let opened = opened(moment);
        assert!(opened.as_str().is_some_and(|at| at.starts_with(expected)), "{moment}: {opened}");
    }
    for wrong in ["nonsense", "2026-11-24 nonsense", "2026-13-01", "2026-11-24T25:00"] {
        let ran = super::ran(shell.at(wrong).args(["--lang", "en", "doctor"]));
        assert!(ran.code == 2 && ran.err.contains("2026-11-24T10:00"), "{wrong}: {}", ran.err);
    }
}

#[test]
fn due_times_hold_before_opening_at_midnight_and_on_the_years_last_day() {
    for (taken, number, due) in [
        ("2026-11-24T00:00", "1124-01", "2026-11-24T12:00"),
        ("2026-11-24T00:30", "1124-01", "2026-11-24T12:00"),
        ("2026-11-24T07:59", "1124-01", "2026-11-24T12:00"),
        ("2026-11-24T08:01", "1124-01", "2026-11-24T12:01"),
        ("2026-11-24T12:00", "1124-01", "2026-11-24T16:00"),
        ("2026-11-24T19:59", "1124-01", "2026-11-25T11:59"),
        ("2026-11-24T23:59", "1124-01", "2026-11-25T12:00"),
        ("2026-12-31T07:59", "1231-01", "2026-12-31T12:00"),
        ("2026-12-31T23:59", "1231-01", "2027-01-01T12:00"),
        ("2027-01-01T00:00", "0101-01", "2027-01-01T12:00"),
        ("2028-02-29T00:30", "0229-01", "2028-02-29T12:00"),
        ("2028-02-29T23:59", "0229-01", "2028-03-01T12:00"),
    ] {
        let shell = Shell::with_township();
        let made = super::ran(shell.at(taken).args(["--json", "ticket", "new", "--words", "楼道灯不亮"]));
        let made: serde_json::Value = serde_json::from_str(&made.out).expect("JSON");
        let minute = |name: &str| made[name].as_str().expect("a time")[..16].to_owned();
        assert!(made["number"].as_str().is_some_and(|full| full.ends_with(number)), "{taken}: {made}");
        assert_eq!((minute("opened_at").as_str(), minute("respond_by").as_str()), (taken, due));
    }
}

#[test]
fn a_time_without_its_year_lies_where_it_should_around_new_year() {
    let shell = Shell::with_township();
    let json = |moment: &str, arguments: &[&str]| -> serde_json::Value {
        let ran = super::ran(shell.at(moment).arg("--json").args(arguments));
        assert_eq!(ran.code, 0, "{moment} {arguments:?}: {}", ran.err);
        serde_json::from_str(&ran.out).expect("JSON")
    };
    json("2026-12-31T16:00", &["ticket", "new", "--words", "楼道灯不亮"]);
    let appointed = |moment: &str, time: &str| -> Option<Time> {
        json(moment, &["ticket", "appoint", "1231-01", time]);
        let file = crate::store::raw(&shell.db());
        let at =
            file.query_row("SELECT appointment_at FROM ticket WHERE n = 1", [], |row| row.get::<_, Option<i64>>(0));
        at.expect("a ticket").map(Time)
    };
    let january = |day, minute| Some(CHINA.at(Day::from_ymd_opt(2027, 1, day).expect("a day"), minute));
    assert_eq!(appointed("2026-12-31T16:00", "1-4 9:00"), january(4, 9 * 60));
    let shown = super::ran(shell.at("2026-12-31T16:01").args(["--lang", "en", "ticket", "show", "1231-01"])).out;
    assert!(shown.contains("appointment\t2027-01-04 09:00"), "{shown}");
    assert_eq!(appointed("2026-12-31T23:59", "三点"), january(1, 15 * 60));
    let late =
        super::ran(shell.at("2026-12-31T23:59").args(["--lang", "zh", "ticket", "appoint", "1231-01", "12-30 9:00"]));
    assert_eq!((late.code, late.err.contains("已经过去")), (1, true), "{}", late.err);
    // What happened lies behind.
    let made = json("2027-01-02T09:00", &["ticket", "new", "--words", "路灯不亮", "--at", "12-31 23:00"]);
    assert_eq!((&made["number"], &made["opened_at"]), (&"2026-1231-02".into(), &"2026-12-31T23:00:00+08:00".into()));
}
