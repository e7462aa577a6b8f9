//! Filters over the data file: what SQL and the text index let through is what the rule lets pass, whichever of them drives;
//! and the filters that were given a name.

use township_desk::domain::base::id::TicketId;
use township_desk::domain::base::time::Time;
use township_desk::domain::filter::op::Act;
use township_desk::domain::filter::query::{FilterAnswer, FilterQuery};
use township_desk::domain::filter::{Filter, parse};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::query::{Count, Page, PageOf, Row, TicketAnswer, TicketQuery};
use township_desk::setup::shown;
use township_desk::store::{Error, Store};

use super::uid;
use crate::support::town;

fn page(store: &Store, of: PageOf) -> Page {
    match store.answer(&Query::Ticket(TicketQuery::Page(of))).expect("an answer") {
        Answer::Ticket(TicketAnswer::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn rows(store: &Store, filter: &Filter, now: Time, oldest: bool) -> (Vec<TicketId>, Count) {
    let mut of = PageOf { count: true, oldest, ..PageOf::first(filter.clone(), now, 37) };
    let (mut ids, mut count) = (Vec::new(), None);
    loop {
        let page = page(store, of.clone());
        assert!(page.rows.len() <= 37);
        ids.extend(page.rows.iter().map(|listed| listed.row.id));
        count = count.or(page.count);
        match page.next {
            Some(next) => of.after = Some(next),
            None => return (ids, count.expect("counted")),
        }
    }
}

#[test]
fn the_data_file_gives_what_the_rule_lets_pass() {
    let (store, _folder) = town::sample(300, 900);
    let known = shown::vocabulary(&store, "前台", town::now()).expect("names");
    let everything: Vec<Row> =
        page(&store, PageOf::first(Filter::default(), town::now(), 5_000)).rows.into_iter().map(|l| l.row).collect();
    assert_eq!(everything.len(), 900);
    let someone = everything.iter().rev().find_map(|row| row.assignee.as_ref()).expect("a handler").reveal().to_owned();
    let number = everything[400].ticket.number.short();
    let room = everything.iter().find(|row| row.place.matches('-').count() == 2).expect("a home").place.clone();
    let common = everything.iter().find(|row| !row.place.is_empty() && !row.place.contains('-')).expect("a place");
    let compound = everything.iter().map(|row| &row.compound).find(|name| !name.is_empty()).expect("a compound");
    let texts = [
        "",
        "全部",
        "已结",
        "-已结 全部",
        "超时",
        "-超时",
        "将到",
        "没回话",
        "督办",
        "督办 全部",
        "重办 全部",
        "-重办 全部",
        "待补",
        "待补 全部",
        "-待补 全部",
        "挂起",
        "我的 全部",
        "从:今天",
        "从:7天 到:昨天",
        "从:今天 -状态:作废",
        "状态:待回访",
        "状态:已归档",
        "状态:作废,已并单",
        "-状态:已归档 全部",
        "级别:p1 全部",
        "p2 已结",
        "级别:一般",
        "-级别:一般 全部",
        "来源:电话 全部",
        "来源:12345 全部",
        "-来源:电话",
        "分类:漏 全部",
        "分类:2",
        "-分类:2 全部",
        "处理人:没人 全部",
        "-处理人:没人 全部",
        "-处理人:没人",
        "漏水 全部",
        "漏水",
        "漏 全部",
        "-漏水 全部",
        "不亮 楼道 已结",
        "漏水 -厨房 全部 -超时",
        "\"超时\" 全部",
        "地点:3 全部",
        "没有这样的词句 全部",
    ];
    let more = [
        format!("{someone} 全部"),
        format!("处理人:{someone} 全部"),
        format!("-处理人:{someone} 全部"),
        someone.to_string(),
        format!("{number} 全部"),
        format!("-{number} 全部"),
        format!("{room} 全部"),
        format!("地点:{room} 全部"),
        format!("-地点:{room} 全部"),
        format!("{} 全部", common.place),
        format!("{compound} 全部"),
        format!("小区:{compound} 全部"),
        format!("-小区:{compound} 全部"),
        format!("小区:{compound} 漏水 已结"),
        format!("{compound} 漏水 全部"),
    ];
    let mut full = 0;
    for text in texts.iter().map(|text| (*text).to_owned()).chain(more) {
        let filter = parse(&text, &known).expect("understood");
        for minutes in [-3_000, 0, 45] {
            let now = town::now().plus_minutes(minutes);
            let mut wanted: Vec<TicketId> =
                everything.iter().filter(|row| filter.passes(row, now)).map(|row| row.id).collect();
            let count = Count { n: wanted.len(), more: false };
            assert_eq!(rows(&store, &filter, now, false), (wanted.clone(), count), "{text:?} {filter:?}");
            wanted.reverse();
            assert_eq!(rows(&store, &filter, now, true).0, wanted, "{text:?} from the oldest on");
            full += usize::from(!wanted.is_empty());
        }
    }
    assert!(full > 150, "most of them find something: {full}");
}

#[test]
fn more_than_a_thousand_are_not_counted() {
    let (store, _folder) = town::sample(60, 1_200);
    let of = |limit| PageOf { count: true, ..PageOf::first(Filter::default(), town::now(), limit) };
    for limit in [1, 200, 1_000, 1_100] {
        let page = page(&store, of(limit));
        assert_eq!((page.rows.len(), page.count), (limit, Some(Count { n: 1_000, more: true })));
        assert_eq!(page.next, page.rows.last().map(|listed| (listed.row.ticket.opened_at, listed.row.id)));
    }
    let page = page(&store, of(1_200));
    assert_eq!((page.rows.len(), page.count, page.next), (1_200, Some(Count { n: 1_200, more: false }), None));
}

fn saved(store: &Store) -> Vec<(String, String)> {
    match store.answer(&Query::Filter(FilterQuery::Names)).expect("an answer") {
        Answer::Filter(FilterAnswer::Names(names)) => {
            names.filters.into_iter().map(|(_, saved)| (saved.name, saved.filter)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_filter_is_saved_replaced_removed_and_all_of_it_taken_back() {
    let (mut store, _folder) = town::copy();
    let starting = saved(&store);
    let names: Vec<&str> = starting.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["超时", "没回话", "今日收", "待回访", "督办"]);
    let commit = |store: &mut Store, act: Act| store.commit(uid(), &Op::Filter(act), town::now());
    let save = |name: &str, filter: &str| Act::Save { name: name.to_owned(), filter: filter.to_owned() };
    let done = commit(&mut store, save("漏", "漏水 全部")).expect("saved");
    commit(&mut store, save("漏", "漏水")).expect("replaced");
    assert_eq!(saved(&store).last(), Some(&("漏".to_owned(), "漏水".to_owned())));
    let id = township_desk::domain::base::id::FilterId(done.id);
    commit(&mut store, Act::Remove(id)).expect("removed");
    assert_eq!(saved(&store), starting);
    let gone = commit(&mut store, Act::Remove(id));
    assert!(matches!(gone, Err(Error::Refused(Refusal::NotFound { .. }))));
    store.undo(uid(), town::now()).expect("undone");
    assert_eq!(saved(&store).last(), Some(&("漏".to_owned(), "漏水".to_owned())));
    store.undo(uid(), town::now()).expect("undone");
    assert_eq!(saved(&store).last(), Some(&("漏".to_owned(), "漏水 全部".to_owned())));
    store.redo(uid(), town::now()).expect("made again");
    assert_eq!(saved(&store).last(), Some(&("漏".to_owned(), "漏水".to_owned())));
    for _ in 0..2 {
        store.undo(uid(), town::now()).expect("undone");
    }
    assert_eq!(saved(&store), starting);
}

#[test]
fn a_name_given_to_another_since_is_not_taken_from_it() {
    let (mut store, _folder) = town::copy();
    let save = |name: &str| Op::Filter(Act::Save { name: name.to_owned(), filter: "漏水".to_owned() });
    let id = store.commit(uid(), &save("漏"), town::now()).expect("saved").id;
    let remove = Op::Filter(Act::Remove(township_desk::domain::base::id::FilterId(id)));
    store.commit(uid(), &remove, town::now()).expect("removed");
    let mut other = super::again(store.path());
    other.commit(uid(), &save("漏"), town::now()).expect("saved by another desk");
    let undone = store.undo(uid(), town::now());
    assert!(matches!(undone, Err(Error::Refused(Refusal::ChangedSince { .. }))), "{undone:?}");
}
