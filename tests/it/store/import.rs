//! Sheets written into the file: what is new, what is known, what is refused. How sheets are read is `exchange`'s to prove.

use township_desk::domain::base::calendar::{DayKind, SpecialDay};
use township_desk::domain::base::import::{
    CompoundRow, DayRow, HomeAt, HomeRow, LeftOut, LeftOuts, ParsedRow, Reason, ResidentRow, Rows, StaffRow, TicketRow,
};
use township_desk::domain::base::time::CHINA;
use township_desk::domain::base::trouble::Trouble;
use township_desk::domain::person::{Flags, PersonName, Phone, Relation};
use township_desk::domain::refusal::Refusal;
use township_desk::store::{ImportOptions, Imported, Store};

use super::{count, digest, empty, path_of, raw, uid};
use crate::support::town;

fn at(compound: &str, place: &str) -> HomeAt {
    HomeAt { compound: compound.to_owned(), place: place.to_owned(), ..HomeAt::default() }
}

fn resident(name: &str, phone: &str, place: &str) -> ResidentRow {
    ResidentRow {
        name: PersonName::new(name).expect("a name"),
        phones: vec![Phone::new(phone).expect("a phone")],
        called: Vec::new(),
        homes: vec![at("康乐苑", place)],
        relation: Relation::Owner,
        is_head: false,
        born: None,
        care: Flags::default(),
        work: Flags::default(),
        note: String::new(),
        key: None,
    }
}

fn keyed(key: &str, row: ResidentRow) -> ResidentRow {
    ResidentRow { key: Some(key.to_owned()), ..row }
}

fn on<T>(sheet: &str, rows: impl IntoIterator<Item = T>) -> Vec<ParsedRow<T>> {
    (2..).zip(rows).map(|(row_number, row)| ParsedRow { sheet: sheet.to_owned(), row_number, row }).collect()
}

fn residents(rows: impl IntoIterator<Item = ResidentRow>) -> Rows {
    Rows::Residents(on("1", rows))
}

fn import(store: &mut Store, rows: &Rows) -> Imported {
    store.import(rows, &ImportOptions::default(), &mut uid, town::now(), &mut |_| true).expect("an import")
}

/// Added, changed, unchanged, refused.
fn figures(done: &Imported) -> [usize; 4] {
    [done.added, done.changed, done.unchanged, done.refused.len()]
}

fn why(done: &Imported) -> Vec<Refusal> {
    let rule = |(_, _, reason): &(String, usize, Reason)| match reason {
        Reason::Rule { refusal, .. } => refusal.clone(),
        other => panic!("no rule: {other:?}"),
    };
    done.refused.iter().map(rule).collect()
}

fn one_of_each() -> Vec<Rows> {
    let home = |place: &str| HomeRow { at: at("康乐苑", place), area_m2: Some(88.5), ..HomeRow::default() };
    let old = |words: &str| TicketRow {
        words: words.to_owned(),
        compound: "康乐苑".to_owned(),
        place: "3-2-501".to_owned(),
        opened_at: Some(town::now().plus_minutes(-10_000)),
        ..TicketRow::default()
    };
    let worker = |name: &str| StaffRow {
        name: PersonName::new(name).expect("a name"),
        role: "维修工".to_owned(),
        phones: vec![Phone::new("13600001001").expect("a phone")],
        skills: vec!["水电".to_owned()],
        compounds: vec!["康乐苑".to_owned()],
        employed: None,
        key: None,
    };
    vec![
        Rows::Compounds(on(
            "1",
            [CompoundRow { name: "康乐苑".to_owned(), community: "城关社区".to_owned(), ..Default::default() }],
        )),
        Rows::Homes(on("1", [home("3-2-501"), home("3-2-502")])),
        residents([resident("陈凤英", "13800005678", "3-2-501"), resident("张伟", "13700003333", "3-2-502")]),
        Rows::Staff(on("1", [worker("王强"), worker("周岩")])),
        // The same report twice in one sheet is two reports.
        Rows::Tickets(on("1", [old("漏水"), old("漏水"), old("灯坏")])),
    ]
}

fn figures_of_rows(path: &std::path::Path) -> [i64; 8] {
    ["place", "person", "residency", "phone", "staff", "ticket", "event", "import_key"].map(|table| count(path, table))
}

#[test]
fn the_same_rows_again_change_nothing() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    for rows in one_of_each() {
        assert_eq!(figures(&import(&mut store, &rows)), [rows.len(), 0, 0, 0], "{rows:?}");
    }
    let (before, rows_before) = (digest(&path), figures_of_rows(&path));
    for rows in one_of_each() {
        assert_eq!(figures(&import(&mut store, &rows)), [0, 0, rows.len(), 0], "{rows:?}");
    }
    assert_eq!((digest(&path), figures_of_rows(&path)), (before, rows_before));
}

#[test]
fn a_dry_run_tells_all_and_writes_nothing() {
    let (mut store, folder) = empty();
    let path = path_of(&store);
    let all: i64 = total(&path);
    for rows in one_of_each() {
        let dry = ImportOptions { dry_run: true, ..ImportOptions::default() };
        let done = store.import(&rows, &dry, &mut uid, town::now(), &mut |_| true).expect("a dry run");
        assert_eq!(figures(&done), [rows.len(), 0, 0, 0]);
        assert_eq!(total(&path), all, "no row of any table");
    }
    assert!(!folder.path().join("backups").exists(), "nor a backup");
}

/// Rows of all tables together.
fn total(path: &std::path::Path) -> i64 {
    let conn = raw(path);
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .expect("a statement")
        .query_map([], |r| r.get(0))
        .expect("rows")
        .map(|n| n.expect("a name"))
        .collect();
    tables.iter().map(|table| count(path, table)).sum()
}

#[test]
fn a_corrected_phone_is_an_update() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    import(&mut store, &residents([resident("陈凤英", "13800005678", "3-2-501")]));
    let done = import(&mut store, &residents([resident("陈凤英", "13800005679", "3-2-501")]));
    assert_eq!(figures(&done), [0, 1, 0, 0]);
    let phones: Vec<String> = raw(&path)
        .prepare("SELECT digits FROM phone ORDER BY n")
        .expect("a statement")
        .query_map([], |r| r.get(0))
        .expect("rows")
        .map(|d| d.expect("digits"))
        .collect();
    assert_eq!((count(&path, "person"), phones), (1, vec!["13800005679".to_owned()]));
}

#[test]
fn two_of_one_name_in_one_home_are_for_a_person_to_tell_apart() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let twice = [resident("张伟", "13700003333", "3-2-501"), resident("张伟", "13700004444", "3栋2单元501室")];
    let done = import(&mut store, &residents(twice.clone()));
    assert_eq!((figures(&done), why(&done)), ([1, 0, 0, 1], vec![Refusal::SameNameInHome]));
    let [one, other] = twice;
    let done = import(&mut store, &residents([keyed("a", one.clone()), keyed("b", other.clone())]));
    assert_eq!(figures(&done), [1, 0, 1, 0], "with ids both are known; the first is the one who was there");
    assert_eq!(count(&path, "person"), 2);
    let done = import(&mut store, &residents([one]));
    assert_eq!(why(&done), [Refusal::SameNameInHome], "and without ids neither is changed");
}

#[test]
fn a_refused_row_leaves_nothing_behind() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    import(&mut store, &residents([resident("陈凤英", "13800005678", "3-2-501")]));
    let before = figures_of_rows(&path);
    let late = ResidentRow { homes: Vec::new(), ..resident("无家", "13800000000", "3-2-501") };
    let mut far = keyed("9", resident("陈凤英", "13800005678", "3-2-501"));
    import(&mut store, &residents([far.clone()]));
    let with_key = figures_of_rows(&path);
    assert_eq!(with_key[7], before[7] + 1, "the id is remembered");
    // Another name and another home, in a building and unit not there yet: all of it goes again.
    far.name = PersonName::new("李四").expect("a name");
    far.homes = vec![at("康乐苑", "9-9-901")];
    let done = import(&mut store, &residents([late, far]));
    assert_eq!(done.refused[0].2, Reason::NoHome);
    assert_eq!(done.refused[1].2, Reason::Rule { column: String::new(), refusal: Refusal::KeyOfAnother });
    assert_eq!(
        done.refused.iter().map(|(sheet, row, _)| (sheet.as_str(), *row)).collect::<Vec<_>>(),
        [("1", 2), ("1", 3)]
    );
    assert_eq!(figures_of_rows(&path), with_key);
}

#[test]
fn an_unknown_compound_is_asked_about_once_some_are_known() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let mut slip = resident("陈凤英", "13800005678", "3-2-501");
    assert_eq!(figures(&import(&mut store, &residents([slip.clone()])))[0], 1, "the first sheet brings its compound");
    slip.homes = vec![at("康乐院", "3-2-502")];
    let done = import(&mut store, &residents([slip.clone()]));
    assert_eq!(why(&done), [Refusal::NoSuchCompound { near: Some("康乐苑".to_owned()) }]);
    let named = ImportOptions { compound: Some("康乐院".to_owned()), ..ImportOptions::default() };
    let done = store.import(&residents([slip]), &named, &mut uid, town::now(), &mut |_| true).expect("imported");
    assert_eq!((figures(&done)[0], count(&path, "compound")), (1, 2), "but it may be named on purpose");
}

#[test]
fn an_id_is_its_own_sheets() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let sheet = |name: &str, row| Rows::Residents(on(name, [keyed("1", row)]));
    import(&mut store, &sheet("一期", resident("陈凤英", "13800005678", "3-2-501")));
    import(&mut store, &sheet("二期", resident("张伟", "13700003333", "4-1-101")));
    assert_eq!(count(&path, "person"), 2, "two sheets that both count from 1");
    // The same person in another sheet, with that sheet's id, is the same person.
    let done = import(&mut store, &sheet("汇总", resident("陈凤英", "13800005678", "3-2-501")));
    assert_eq!((figures(&done), count(&path, "person")), ([0, 0, 1, 0], 2));
}

#[test]
fn an_id_corrects_a_name_or_a_home_but_not_both() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    import(&mut store, &residents([keyed("7", resident("陈凤鹰", "13800005678", "3-2-501"))]));
    let name = residents([keyed("7", resident("陈凤英", "13800005678", "3-2-501"))]);
    assert_eq!(figures(&import(&mut store, &name)), [0, 1, 0, 0]);
    let moved = residents([keyed("7", resident("陈凤英", "13800005678", "5-1-101"))]);
    assert_eq!(figures(&import(&mut store, &moved)), [0, 1, 0, 0]);
    let other = residents([keyed("7", resident("李四", "13900000000", "9-1-101"))]);
    assert_eq!(why(&import(&mut store, &other)), [Refusal::KeyOfAnother]);
    assert_eq!(count(&path, "person"), 1);
    let home = |key: &str, place: &str| {
        Rows::Homes(on("1", [HomeRow { at: at("康乐苑", place), key: Some(key.to_owned()), ..HomeRow::default() }]))
    };
    import(&mut store, &home("h1", "3-2-501"));
    assert_eq!(why(&import(&mut store, &home("h1", "3-2-502"))), [Refusal::KeyOfAnother]);
}

#[test]
fn every_written_form_is_one_home() {
    let forms = [
        "3-2-501",
        "3#2-501",
        "3栋2单元501",
        "3幢2单元501室",
        "3号楼二单元501",
        "三栋二单元501",
        "３－２－５０１",
        "3号楼2单元501号",
    ];
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let rows: Vec<HomeRow> =
        forms.iter().map(|form| HomeRow { at: at("康乐苑", form), ..HomeRow::default() }).collect();
    let done = import(&mut store, &Rows::Homes(on("1", rows)));
    assert_eq!(figures(&done), [1, 0, forms.len() - 1, 0]);
    let columns = |building: &str, unit: &str, room: &str| HomeRow {
        at: HomeAt {
            compound: "康乐苑".to_owned(),
            building: building.to_owned(),
            unit: unit.to_owned(),
            room: room.to_owned(),
            place: String::new(),
        },
        ..HomeRow::default()
    };
    let columns = [columns("3", "2", "501"), columns("3栋", "2单元", "501室"), columns("3号楼", "二单元", "501")];
    let done = import(&mut store, &Rows::Homes(on("1", columns)));
    assert_eq!(figures(&done), [0, 0, 3, 0]);
    let homes: i64 = count(&path, "place WHERE kind = 'home'");
    let label: String =
        raw(&path).query_row("SELECT label FROM place WHERE kind = 'home'", [], |r| r.get(0)).expect("a label");
    assert_eq!((homes, label.as_str()), (1, "3-2-501"));
    assert_eq!(count(&path, "place"), 5, "township, compound, building, unit, home");
}

#[test]
fn one_home_named_twice_for_one_person_is_one_home() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let twice = ResidentRow {
        homes: vec![at("康乐苑", "3-2-501"), at("康乐苑", "3栋2单元501")],
        ..resident("陈凤英", "13800005678", "")
    };
    assert_eq!(figures(&import(&mut store, &residents([twice]))), [1, 0, 0, 0]);
    assert_eq!(count(&path, "residency"), 1);
}

#[test]
fn a_stopped_import_keeps_whole_rows_and_goes_on_next_time() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let rows = residents((0..900).map(|n| resident(&format!("住户{n}"), "13800000000", &format!("1-1-{}", 1_000 + n))));
    let mut told = Vec::new();
    let mut stop = |done: usize| {
        told.push(done);
        told.len() < 2
    };
    let first = store.import(&rows, &ImportOptions::default(), &mut uid, town::now(), &mut stop).expect("stopped");
    assert!(first.added > 0 && first.added < 900, "{}", first.added);
    assert_eq!(i64::try_from(first.added).expect("small"), count(&path, "person"));
    assert_eq!(super::kills::halves(&raw(&path)), Vec::<String>::new());
    let rest = import(&mut store, &rows);
    assert_eq!(figures(&rest), [900 - first.added, 0, first.added, 0]);
}

#[test]
fn old_reports_keep_their_day_and_end() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    for rows in one_of_each() {
        import(&mut store, &rows);
    }
    let at = town::now().plus_minutes(-100_000);
    let row = TicketRow {
        key: Some("A-1".to_owned()),
        words: "路灯不亮".to_owned(),
        opened_at: Some(at),
        closed_at: Some(at.plus_minutes(300)),
        status: "已办结".to_owned(),
        result: "换了灯泡".to_owned(),
        ..TicketRow::default()
    };
    import(&mut store, &Rows::Tickets(on("1", [row])));
    let (day, status, result): (String, String, String) = raw(&path)
        .query_row("SELECT day, status, result FROM ticket WHERE words = '路灯不亮'", [], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .expect("a ticket");
    let wanted = store.zone().day(at).to_string();
    assert_eq!((day, status.as_str(), result.as_str()), (wanted, "closed", "换了灯泡"));
    assert_eq!(super::kills::halves(&raw(&path)), Vec::<String>::new());
}

#[test]
fn a_long_calendar_reckons_what_is_open_once() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    super::take(&mut store, "灯不亮");
    // More days than go into one transaction elsewhere, all closed, from tomorrow on.
    let tomorrow = CHINA.day(town::now()) + chrono::Days::new(1);
    let special = SpecialDay { kind: DayKind::Holiday, name: "停".to_owned() };
    let days = tomorrow.iter_days().take(600).map(|day| DayRow { day, special: special.clone() });
    let rows = Rows::Calendar(on("1", days));
    assert_eq!(figures(&import(&mut store, &rows))[0] + figures(&import(&mut store, &rows))[2], 1_200);
    assert_eq!(count(&path, "event WHERE kind = 'reckoned'"), 1);
}

/// Status as written, with a result and with a closing time or without; and what becomes of the report.
#[test]
fn a_report_is_at_its_end_only_by_a_status_or_a_closing_time() {
    let open = [
        "已派单",
        "已受理",
        "已接单",
        "已转办",
        "办理中",
        "跟进中",
        "挂起",
        "督办",
        "Assigned",
        "In Progress",
        "Pending",
        "Open",
        "待派单",
        "处理中",
        "暂无法办理",
        "省厅复核",
        "Escalated to HQ",
        "未办结",
    ];
    let ended = [
        ("已办结", "closed"),
        ("Closed", "closed"),
        ("已归档", "closed"),
        ("作废", "void"),
        ("已并单", "void"),
        ("待回访", "resolved"),
        ("当场答复", "answered"),
        ("done, to call back", "resolved"),
    ];
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let at = town::now().plus_minutes(-10_000);
    let mut rows = Vec::new();
    let statuses = open.iter().map(|said| (*said, "new")).chain(ended).chain([("", "")]);
    for (said, becomes) in statuses {
        for result in ["", "工人说明天来看"] {
            for closed_at in [None, Some(at.plus_minutes(60))] {
                let becomes = match (becomes, closed_at) {
                    ("", None) => "new",
                    ("", Some(_)) => "closed",
                    (becomes, _) => becomes,
                };
                let words = format!("{becomes} {said} {} {}", result.len(), closed_at.is_some());
                rows.push(TicketRow {
                    words,
                    closed_at,
                    opened_at: Some(at),
                    status: said.to_owned(),
                    result: result.to_owned(),
                    ..TicketRow::default()
                });
            }
        }
    }
    let all = Rows::Tickets(on("1", rows.clone()));
    assert_eq!(figures(&import(&mut store, &all)), [rows.len(), 0, 0, 0]);
    assert_eq!(count(&path, "ticket WHERE status <> substr(words, 1, instr(words, ' ') - 1)"), 0);
    assert_eq!(
        count(&path, "ticket WHERE (closed_at IS NULL) <> (open = 1)"),
        0,
        "an end has its time, and only an end"
    );
    assert_eq!(count(&path, "ticket WHERE status = 'new' AND (resolved_at IS NOT NULL OR result <> '')"), 0);
    assert_eq!(count(&path, "ticket WHERE (words LIKE 'new 督办%') <> watched"), 0, "督办 and only that is watched");
    assert_eq!(count(&path, "event WHERE kind = 'watched'"), 4);
    let kept = "event_text WHERE text LIKE '%工人说明天来看%'";
    assert_eq!(
        count(&path, kept),
        i64::try_from(rows.len() / 2).expect("small"),
        "what was done so far is kept with each"
    );
    assert_eq!(super::kills::halves(&raw(&path)), Vec::<String>::new());
    assert_eq!(figures(&import(&mut store, &all)), [0, 0, rows.len(), 0], "and the same again changes nothing");
}

#[test]
fn a_report_kept_under_the_morning_of_its_day_is_known_by_its_midnight() {
    let (mut store, _folder) = empty();
    let day = CHINA.day(town::now()) - chrono::Days::new(9);
    let at =
        |minute| TicketRow {
            words: "漏水".to_owned(), opened_at: Some(CHINA.at(day, minute)), ..TicketRow::default()
        };
    assert_eq!(figures(&import(&mut store, &Rows::Tickets(on("1", [at(480)])))), [1, 0, 0, 0]);
    assert_eq!(figures(&import(&mut store, &Rows::Tickets(on("1", [at(0)])))), [0, 0, 1, 0]);
    assert_eq!(
        figures(&import(&mut store, &Rows::Tickets(on("1", [at(1)])))),
        [1, 0, 0, 0],
        "another time is another report"
    );
}

#[test]
fn what_the_engine_refuses_of_one_row_costs_that_row() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let sql =
        "CREATE TRIGGER no BEFORE INSERT ON person WHEN NEW.name = '住户300' BEGIN SELECT RAISE(ABORT, 'no'); END";
    raw(&path).execute_batch(sql).expect("a trigger");
    let rows = residents((0..600).map(|n| resident(&format!("住户{n}"), "13800000000", &format!("1-1-{}", 1_000 + n))));
    let done = import(&mut store, &rows);
    assert_eq!(figures(&done), [599, 0, 0, 1]);
    assert_eq!((&done.refused[0].1, &done.refused[0].2, &done.stopped), (&302, &Reason::Fault, &None));
    assert_eq!(count(&path, "person"), 599);
}

#[test]
fn a_file_held_by_another_in_the_middle_ends_with_what_is_in() {
    let (mut store, _folder) = empty();
    let path = path_of(&store);
    let rows = residents((0..600).map(|n| resident(&format!("住户{n}"), "13800000000", &format!("1-1-{}", 1_000 + n))));
    let other = raw(&path);
    let mut hold = |_| {
        if other.is_autocommit() {
            other.execute_batch("BEGIN IMMEDIATE").expect("held");
        }
        true
    };
    let done = store.import(&rows, &ImportOptions::default(), &mut uid, town::now(), &mut hold).expect("a result");
    assert_eq!(done.stopped, Some(Trouble::Busy));
    assert!(done.added > 0 && done.added < 600);
    assert_eq!(i64::try_from(done.added).expect("small"), count(&path, "person"));
    assert_eq!(done.refused.len(), 600 - done.added);
    drop(other);
    assert_eq!(figures(&import(&mut store, &rows)), [600 - done.added, 0, done.added, 0], "the rest goes in next time");
}

#[test]
fn compounds_of_staff_that_are_not_known_are_said() {
    let (mut store, _folder) = empty();
    import(&mut store, &one_of_each()[0]);
    let worker = StaffRow {
        name: PersonName::new("王强").expect("a name"),
        role: "维修工".to_owned(),
        phones: Vec::new(),
        skills: Vec::new(),
        employed: None,
        compounds: vec!["康乐苑".to_owned(), "没有的".to_owned()],
        key: None,
    };
    let done = import(&mut store, &Rows::Staff(on("1", [worker])));
    assert_eq!((done.added, done.left_out), (1, LeftOuts::from([(LeftOut::UnknownCompounds, 1)])));
}
