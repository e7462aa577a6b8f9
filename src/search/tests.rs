//! The find box as a whole, on a handful of invented people. What each file does by itself is tested there.

use proptest::prelude::*;

use super::*;
use crate::domain::base::find::{FindKind, Record, Why};
use crate::domain::person::{PersonName, Phone};

const NEVER: &dyn Fn() -> bool = &|| false;

fn resident(id: i64, name: &str, phone: &str, compound: &str, door: &str) -> Record {
    let mut parts = door.split('-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    Record {
        kind: Some(FindKind::Resident),
        id,
        place: id * 10,
        name: Some(PersonName::stored(name.to_owned())),
        phones: vec![Phone::stored(phone.to_owned())],
        compound: compound.to_owned(),
        building: next(),
        unit: next(),
        room: next(),
        ..Record::default()
    }
}

fn records() -> Vec<Record> {
    let mut all = vec![
        resident(1, "陈凤英", "13900005678", "康乐苑", "3-2-501"),
        resident(2, "曾丽", "13800001234", "康乐苑", "3-2-502"),
        resident(3, "李伟", "6001234", "康乐苑", "3-1-501"),
        resident(4, "李玮", "13700004321", "福乐园小区", "3-2-501"),
        resident(5, "吕绿", "13600008888", "福乐园小区", "12--1203"),
        resident(6, "Ann Lee", "13500007777", "和平2区", "B--101"),
        resident(7, "刘尼安", "13500007178", "和平2区", "B--102"),
        resident(8, "张晓明", "15000003333", "康乐苑", "1-1-101"),
    ];
    all[0].called = vec!["凤婶".into(), "强子他妈".into()];
    all.push(Record { name: None, phones: vec![], kind: Some(FindKind::Home), ..all[0].clone() });
    all[8].called.clear();
    all.push(Record {
        kind: Some(FindKind::Place),
        id: 900,
        place: 900,
        compound: "康乐苑".into(),
        words: "康乐苑".into(),
        ..Record::default()
    });
    for (id, number, words, at) in
        [(70, "2026-1122-07", "厨房漏水，Water everywhere", 5), (71, "2026-1122-12", "楼道漏水", 9)]
    {
        all.push(Record {
            kind: Some(FindKind::Ticket),
            id,
            place: 10,
            compound: "康乐苑".into(),
            building: "3".into(),
            unit: "2".into(),
            room: "501".into(),
            number: number.into(),
            words: words.into(),
            at,
            ..Record::default()
        });
    }
    all.push(Record {
        kind: Some(FindKind::Staff),
        id: 80,
        name: Some(PersonName::stored("赵铁柱".into())),
        words: "维修".into(),
        phones: vec![Phone::stored("13100002222".into())],
        ..Record::default()
    });
    all.push(Record {
        kind: Some(FindKind::Alias),
        id: 90,
        place: 900,
        called: vec!["老粮站后院".into()],
        ..Record::default()
    });
    all
}

fn found(query: &str) -> Vec<(FindKind, i64)> {
    let index = Index::build(records());
    let answer = Finder::new().find(&index, query, &[], 50, NEVER);
    assert!(answer.complete);
    answer.hits.iter().map(|hit| (hit.record.kind.unwrap(), hit.record.id)).collect()
}

#[test]
fn first_answers() {
    use FindKind::{Alias, Home, Place, Resident, Staff, Ticket};
    for (query, first) in [
        ("陈凤英", (Resident, 1)),
        ("凤婶", (Resident, 1)),
        ("qztm", (Resident, 1)),
        ("cfy", (Resident, 1)),
        ("chenfy", (Resident, 1)),
        ("cenfenyin", (Resident, 1)),
        ("zengli", (Resident, 2)),
        ("cengli", (Resident, 2)),
        ("lvlv", (Resident, 5)),
        ("lulu", (Resident, 5)),
        ("5678", (Resident, 1)),
        ("0355-6001234", (Resident, 3)),
        ("kly 3 cfy", (Resident, 1)),
        ("cfy 3 kly", (Resident, 1)),
        ("cfy78", (Resident, 1)),
        ("康乐苑3号楼二单元501室", (Home, 1)),
        ("kly3-2-501", (Home, 1)),
        ("kly32501", (Home, 1)),
        ("fly 3#2-501", (Resident, 4)),
        ("１２－１２０３", (Resident, 5)),
        ("b座101", (Resident, 6)),
        ("ann", (Resident, 6)),
        ("hp2q b 102", (Resident, 7)),
        ("kly", (Place, 900)),
        ("康乐苑小区", (Place, 900)),
        ("2026-1122-07", (Ticket, 70)),
        ("1122-07", (Ticket, 70)),
        ("07", (Ticket, 70)),
        ("漏水", (Ticket, 71)),
        ("water", (Ticket, 70)),
        ("zhaotiezhu", (Staff, 80)),
        ("weixiu", (Staff, 80)),
        ("老粮站", (Alias, 90)),
        ("llz", (Alias, 90)),
        ("老粮后院", (Alias, 90)),
        ("chenfegying", (Resident, 1)),
        ("cehnfengying", (Resident, 1)),
        ("kly chenfegying", (Resident, 1)),
        ("zhngxaomng", (Resident, 8)),
    ] {
        assert_eq!(found(query).first(), Some(&first), "{query}: {:?}", found(query));
    }
    for query in ["", "  ", "-", "qqq", "陈凤英 李伟", "3-2-999", "99999"] {
        assert_eq!(found(query), [], "{query}");
    }
}

#[test]
fn a_slip_is_found_although_something_else_reads_so() {
    assert_eq!(found("lnia")[0], (FindKind::Resident, 7), "刘尼安 by l, ni, a");
    let more = [(20, "李娜"), (21, "李妮")].map(|(id, name)| resident(id, name, "13000000000", "康乐苑", "1-1-1"));
    let index = Index::build(records().into_iter().chain(more));
    let hits = Finder::new().find(&index, "lnia", &[], 50, NEVER).hits;
    let na = hits.iter().find(|hit| hit.record.id == 20).expect("李娜 with two letters swapped");
    assert_eq!(na.why, [Why::Fuzzy]);
    let hits = Finder::new().find(&index, "lini", &[], 50, NEVER).hits;
    assert_eq!(hits[0].record.id, 21);
    assert!(hits.iter().all(|hit| hit.record.id != 20), "a wrong letter is not likely enough beside a good answer");
}

#[test]
fn another_character_of_the_same_sound_is_found_and_said_to_be_near() {
    assert_eq!(found("陈风英").first(), Some(&(FindKind::Resident, 1)));
    assert_eq!(found("康乐院 陈凤英").first(), Some(&(FindKind::Resident, 1)));
    let hits = Finder::new().find(&Index::build(records()), "陈风英", &[], 5, NEVER).hits;
    assert!(hits[0].why.contains(&Why::Fuzzy), "{:?}", hits[0].why);
}

#[test]
fn says_why() {
    let index = Index::build(records());
    for (query, why) in [
        ("陈凤英", vec![Why::Name]),
        ("凤婶", vec![Why::Called]),
        ("chenf", vec![Why::Pinyin]),
        ("cfy", vec![Why::Initials]),
        ("5678", vec![Why::Phone]),
        ("kly cfy 5678", vec![Why::Initials, Why::Phone, Why::Compound]),
        ("1122-07", vec![Why::Number]),
        ("漏水", vec![Why::Words]),
        ("3-2-501", vec![Why::Room]),
        ("cenfeng", vec![Why::Fuzzy]),
    ] {
        let found = Finder::new().find(&index, query, &[], 50, NEVER);
        assert_eq!(found.hits[0].why, why, "{query}");
    }
}

#[test]
fn records_come_back_as_they_went_in_and_kinds_part_them() {
    let index = Index::build(records());
    assert_eq!(index.len(), records().len());
    for record in records() {
        let query = match (&record.name, &record.called[..]) {
            (Some(name), _) => name.reveal().to_owned(),
            (None, [called]) => called.clone(),
            _ => record.compound.clone(),
        };
        let found = Finder::new().find(&index, &query, record.kind.as_slice(), 50, NEVER);
        assert!(found.hits.iter().any(|hit| hit.record == record), "{record:?} by {query}");
        assert!(found.hits.iter().all(|hit| hit.record.kind == record.kind));
    }
}

#[test]
fn only_the_kinds_asked_for_are_found_as_many_as_asked_for() {
    let index = Index::build(records());
    let mut finder = Finder::new();
    let mut found = |kinds: &[FindKind], limit| -> Vec<FindKind> {
        finder.find(&index, "kly", kinds, limit, NEVER).hits.iter().filter_map(|hit| hit.record.kind).collect()
    };
    let all = found(&[], 50);
    for kinds in
        [&[FindKind::Resident][..], &[FindKind::Home, FindKind::Place], &[FindKind::Ticket, FindKind::Resident]]
    {
        let wanted: Vec<FindKind> = all.iter().copied().filter(|kind| kinds.contains(kind)).collect();
        assert!(!wanted.is_empty() && wanted.len() < all.len());
        assert_eq!(found(kinds, 50), wanted);
        assert_eq!(found(kinds, 1), wanted[..1], "others do not take the place of the wanted");
    }
}

#[test]
fn put_replaces_and_remove_takes_every_home() {
    let mut index = Index::build(records());
    let mut finder = Finder::new();
    let mut ids = |index: &Index, query: &str| -> Vec<i64> {
        finder.find(index, query, &[FindKind::Resident], 50, NEVER).hits.iter().map(|hit| hit.record.id).collect()
    };
    assert_eq!(ids(&index, "cfy"), [1]);
    let mut moved = resident(1, "陈凤英", "13900009999", "福乐园小区", "1-1-101");
    index.put(moved.clone());
    assert_eq!((ids(&index, "5678"), ids(&index, "9999"), index.len()), (vec![], vec![1], records().len()));
    moved.place = 77;
    index.put(moved);
    assert_eq!((ids(&index, "cfy"), index.len()), (vec![1, 1], records().len() + 1), "two homes, two records");
    index.remove(FindKind::Resident, 1);
    assert_eq!((ids(&index, "cfy"), index.len()), (vec![], records().len() - 1));
    for n in 0..5_000 {
        index.put(resident(1_000 + n % 10, "王五", "13900000000", "康乐苑", "1-1-101"));
    }
    assert_eq!(index.len(), records().len() - 1 + 10);
    assert_eq!(ids(&index, "wangwu").len(), 10);
}

#[test]
fn stops_when_told_and_answers_the_next() {
    let many = (0..30_000).map(|n| resident(n, "陈凤英", "13900005678", "康乐苑", "3-2-501"));
    let index = Index::build(many);
    let mut finder = Finder::new();
    let stopped = finder.find(&index, "cfy", &[], 50, &|| true);
    assert_eq!((stopped.complete, stopped.hits.len(), stopped.total), (false, 0, 0));
    let found = finder.find(&index, "cfy", &[], 50, NEVER);
    assert_eq!((found.complete, found.hits.len(), found.total), (true, 50, 30_000));
}

#[test]
fn newest_ticket_first_among_equals() {
    assert_eq!(found("漏水"), [(FindKind::Ticket, 71), (FindKind::Ticket, 70)]);
}

/// What clerks type: pieces of real keys, blanks, signs and nonsense.
fn typing() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "kly",
        "k",
        "3",
        "12",
        "3-2-501",
        "3-",
        "501",
        "cfy",
        "chen",
        "li",
        "lu",
        "b",
        "b座",
        "5678",
        "1122-07",
        "07",
        "陈",
        "凤英",
        "康乐苑小区",
        "3栋",
        "2单元",
        "三号楼",
        "0355-6001234",
        "hp2q",
        "zeng",
        "weixiu",
        "q",
        "漏水",
        " ",
        " ",
        "-",
        "x",
        "和平2区",
        "03556001234",
    ]);
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

/// Types letter by letter, takes `back` back and types on; each answer must be that of a fresh search.
fn type_on(typed: &str, back: usize) {
    let index = Index::build(records());
    let mut finder = Finder::new();
    let letters: Vec<char> = typed.chars().collect();
    let ends = (1..=letters.len()).chain([letters.len().saturating_sub(back)]).chain([letters.len()]);
    for end in ends {
        let query: String = letters[..end].iter().collect();
        let on = finder.find(&index, &query, &[], 50, NEVER);
        let fresh = Finder::new().find(&index, &query, &[], 50, NEVER);
        assert_eq!(on, fresh, "{query:?} of {typed:?}");
    }
}

#[test]
fn slips_of_a_shorter_word_do_not_stay_once_it_is_clear() {
    for typed in ["zeng康乐苑小区", "chenfegying 3", "lini lina", "zhngxaomng"] {
        type_on(typed, 3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typing_on_finds_what_a_fresh_search_finds(typed in typing(), back in 0usize..4) {
        type_on(&typed, back);
    }

    #[test]
    fn nothing_typed_breaks_it(typed in "\\PC{0,12}") {
        let index = Index::build(records());
        let found = Finder::new().find(&index, &typed, &[], 50, NEVER);
        prop_assert!(found.complete && found.hits.len() <= found.total);
        matches_label("排班表", "Roster", &typed);
    }
}

#[test]
fn a_unit_and_a_building_named_exactly_come_before_the_homes_that_begin_so() {
    let at = |building: &str, unit: &str| Record {
        kind: Some(FindKind::Place),
        compound: "康乐苑".into(),
        building: building.into(),
        unit: unit.into(),
        words: format!("{building}-{unit}"),
        ..Record::default()
    };
    let mut all = vec![
        resident(1, "陈凤英", "13900005678", "康乐苑", "5-1-401"),
        resident(2, "曾丽", "13800001234", "康乐苑", "5-4-201"),
        resident(3, "李伟", "6001234", "康乐苑", "4-5-401"),
    ];
    all.extend([at("5", ""), at("5", "1"), at("5", "4")].into_iter().zip(900..).map(|(place, id)| Record {
        id,
        place: id,
        ..place
    }));
    let index = Index::build(all);
    let first = |typed: &str| {
        let hits = Finder::new().find(&index, typed, &[], 20, NEVER).hits;
        hits.iter().map(|hit| (hit.record.building.clone(), hit.record.unit.clone())).collect::<Vec<_>>()
    };
    let part = |building: &str, unit: &str| (building.to_owned(), unit.to_owned());
    for typed in ["康乐苑 5-4", "kly 5-4", "康乐苑5号楼4单元", "5-4"] {
        let found = first(typed);
        assert_eq!(found[..2], [part("5", "4"), part("5", "4")], "{typed}: the unit, then who lives in it");
    }
    let whole = Record { words: "康乐苑".into(), ..at("", "") };
    let named = Finder::new().find(&Index::build([whole]), "康乐苑", &[], 20, NEVER).hits;
    assert_eq!(named[0].why, [Why::Compound], "a compound has no person's name");
    for typed in ["康乐苑 5号楼", "康乐苑五栋", "5号楼"] {
        assert_eq!(first(typed)[0], part("5", ""), "{typed}");
    }
}

#[test]
fn numbers_with_blanks_between_are_first_read_in_their_order() {
    let index = Index::build(vec![
        resident(1, "曾丽", "13800001234", "康乐苑", "2-3-501"),
        resident(2, "陈凤英", "13900005678", "康乐苑", "3-2-501"),
        resident(3, "李伟", "6001234", "康乐苑", "5-2-301"),
    ]);
    for (typed, ids) in [
        ("kly 3 2 501", &[2, 1][..]),
        ("kly 2 3 501", &[1, 2]),
        ("kly 3 2", &[2, 1, 3]),
        ("kly 2 3", &[1, 2, 3]),
        ("3 2 501 cfy", &[2]),
    ] {
        let hits = Finder::new().find(&index, typed, &[], 20, NEVER).hits;
        assert_eq!(hits.iter().map(|hit| hit.record.id).collect::<Vec<_>>(), ids, "{typed}");
    }
}
