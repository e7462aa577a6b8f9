//! `tdesk rates` and `tdesk report`: figures by command, on tickets made by hand.

use rusqlite::params;
use serde_json::{Value, json};

use super::Shell;

/// Three reports taken today and one made void; the first is answered in time, the second late, the third not yet.
fn four() -> (Shell, Vec<String>) {
    let shell = Shell::with_township();
    let take = |words: &str, category: &str| {
        let taken = shell.json(&["ticket", "new", "--words", words, "--category", category, "--phone", "13800005678"]);
        taken["number"].as_str().expect("a number").to_owned()
    };
    let numbers =
        vec![take("厨房漏水", "202"), take("楼道灯不亮", "207"), take("草坪要补", "503"), take("打错了", "206")];
    shell.done(&["ticket", "move", &numbers[3], "void", "--why", "打错了"]);
    let conn = crate::store::raw(&shell.db());
    let set = |number: &str, contacted: i64, due: i64| {
        let n: i64 = number.rsplit('-').next().expect("a counter").parse().expect("a number");
        conn.execute(
            "UPDATE ticket SET contacted_at = opened_at + ?2, respond_by = opened_at + ?3 WHERE n = ?1",
            params![n, contacted, due],
        )
        .expect("an update");
    };
    set(&numbers[0], 60_000, 120_000);
    set(&numbers[1], 180_000, 120_000);
    (shell, numbers)
}

fn figure(numerator: u32, denominator: u32) -> Value {
    json!({ "numerator": numerator, "denominator": denominator,
            "rate": if denominator == 0 { Value::Null } else { json!(f64::from(numerator) / f64::from(denominator)) } })
}

/// The three names of a figure that scripts rely on.
fn plain(value: &Value) -> Value {
    json!({ "numerator": value["numerator"], "denominator": value["denominator"], "rate": value["rate"] })
}

#[test]
fn rates_are_those_reckoned_by_hand_and_what_is_left_out_is_named() {
    let (shell, numbers) = four();
    let rates = shell.json(&["rates"]);
    assert_eq!(plain(&rates["response"]), figure(1, 2));
    let excluded = json!({ "void": 1, "duplicate": 0, "not_due_yet": 1, "not_recorded": 0 });
    assert_eq!(rates["response"]["excluded"], excluded);
    assert_eq!((plain(&rates["resolution"]), plain(&rates["satisfaction"])), (figure(0, 0), figure(0, 0)));
    let conn = crate::store::raw(&shell.db());
    conn.execute("UPDATE ticket SET status = 'resolved', resolved_at = opened_at + 200000 WHERE n < 3", [])
        .expect("done");
    let word = |number: &str, rest: &[&str]| {
        let arguments = ["ticket", "callback", number, "--came-in"].into_iter().chain(rest.iter().copied());
        shell.done(&arguments.collect::<Vec<_>>());
    };
    word(&numbers[0], &["--solved", "yes", "--verdict", "satisfied"]);
    word(&numbers[1], &["--solved", "yes", "--verdict", "fair"]);
    let rates = shell.json(&["rates", "--from", super::TODAY, "--to", super::TODAY]);
    assert_eq!(plain(&rates["resolution"]), figure(2, 2));
    assert_eq!(plain(&rates["satisfaction"]), figure(1, 2));
    assert_eq!((&rates["satisfaction"]["fair"], &rates["resolution"]["unreached"]), (&json!(1), &json!(0)));
    let said = shell.done(&["rates"]);
    assert!(said.contains("response\t50.0%\t1/2\t2 not counted: void 1, not due yet 1"), "{said}");
    assert!(shell.json(&["rates", "--from", "2026-01-01", "--to", "2026-01-31"])["response"]["rate"].is_null());
}

#[test]
fn days_that_are_none_and_spans_turned_round_are_refused() {
    let shell = Shell::with_sample();
    let said = shell.refused(2, &["rates", "--from", "gestern"]);
    assert!(said.contains("--from takes a day"), "{said}");
    let said = shell.refused(2, &["rates", "--from", "2026-11-20", "--to", "2026-11-10"]);
    assert!(said.contains("--from must not be behind --to"), "{said}");
    shell.refused(1, &["rates", "--compound", "没有的小区xyz"]);
}
