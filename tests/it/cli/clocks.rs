//! Due times by command: the sum behind them, 12345 orders, the calendar's sheet, what doctor says of it.

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
    let why = shell.refused(2, &[&["--lang", "en", "ticket", "new", "--words", "灯"][..], &order[..]].concat());
    assert!(why.contains("--channel 12345"), "{why}");
    let why = shell.refused(2, &[&new[..], &["--outer-due", "某天"]].concat());
    assert!(why.contains("--outer-due"), "{why}");
}
