//! The machine's own zone is never asked: what depends on days comes out the same wherever the machine thinks it is.

use std::process::Command;

use township_desk::domain::base::time::{DAY, Time};
use township_desk::domain::settings::query::SettingsQuery;

use super::{Dice, empty, path_of, raw, report, uid};
use crate::support::town;

const ASKED: &str = "TDESK_TEST_DAYS";

/// Numbers, due times and figures of reports around midnights and changes of clocks.
fn days() -> String {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let mut dice = Dice::new(9);
    let mut told = String::new();
    for n in 0..60 {
        let half_hours = i64::try_from(dice.roll(48 * 365)).expect("small");
        let now = Time(town::now().0 - DAY + half_hours * 1_800_000);
        let done = store.commit(uid(), &report(&format!("第{n}件")), now).expect("taken");
        let header = store
            .answer(&township_desk::domain::query::Query::Settings(SettingsQuery::Header { now }))
            .expect("figures");
        told += &format!("{:?} {header:?}\n", done.number);
    }
    let conn = raw(&path);
    let mut rows =
        conn.prepare("SELECT day, n, opened_at, respond_by, resolve_by FROM ticket ORDER BY id").expect("a statement");
    let mut rows = rows.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        for column in 0..5 {
            told += &format!("{:?} ", row.get_ref(column).expect("a value"));
        }
    }
    told
}

#[test]
fn the_machines_zone_changes_nothing() {
    if let Some(to) = std::env::var_os(ASKED) {
        std::fs::write(to, days()).expect("told");
        return;
    }
    let here = days();
    let folder = tempfile::tempdir().expect("a folder");
    for zone in ["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "NST+3:30"] {
        let to = folder.path().join("days");
        let done = Command::new(std::env::current_exe().expect("this binary"))
            .args(["--exact", "store::zones::the_machines_zone_changes_nothing"])
            .env(ASKED, &to)
            .env("TZ", zone)
            .output()
            .expect("it runs");
        assert!(done.status.success(), "{zone}: {}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(std::fs::read_to_string(&to).expect("told"), here, "{zone}");
    }
}
