//! What lies around a report: look-alikes, outages and their callers, several of a kind at one place, names people use.

use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::{OutageId, PersonId, PlaceId, TicketId};
use township_desk::domain::base::time::{DAY, HOUR, Time};
use township_desk::domain::op::Op;
use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::op::{Notice, OutageOp};
use township_desk::domain::outage::query::{OutageAnswer, OutageQuery};
use township_desk::domain::person::nickname::{Nickname, PersonOp, Whose};
use township_desk::domain::person::{PersonName, Phone};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::ticket::around::{Alike, Near, OutageRow, Pattern};
use township_desk::domain::ticket::op::{Act, Edit, Report, Step, TicketOp};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Related, Status};
use township_desk::store::{Access, Error, Store};

use super::{act_at, count, path_of, raw, refused, row, staff, step, uid, who};
use crate::support::town;

/// A place of the small township by its compound and label.
fn place(store: &Store, compound: &str, label: &str) -> PlaceId {
    let sql = "SELECT p.id FROM place p JOIN place c ON c.id = p.compound_id WHERE c.label = ?1 AND p.label = ?2";
    PlaceId(raw(store.path()).query_row(sql, [compound, label], |row| row.get(0)).expect("a place"))
}

/// A report of a category at a place.
fn at(store: &mut Store, place: PlaceId, category: &str, now: Time) -> TicketId {
    let report = Report {
        place: Some(place),
        category: Some(category.to_owned()),
        ..Report::of_words(&format!("{category} 的事"), Channel::Phone)
    };
    TicketId(
        store
            .commit(uid(), &Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None }), now)
            .expect("taken")
            .id,
    )
}

fn alike(store: &Store, place: PlaceId, group: Option<char>, now: Time) -> Vec<(TicketId, Near)> {
    match store.answer(&Query::Ticket(TicketQuery::LookAlikes(Alike { place, group, now }))).expect("an answer") {
        Answer::Ticket(TicketAnswer::LookAlikes(found)) => {
            found.into_iter().map(|one| (one.row.id, one.near)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn outages(store: &Store, now: Time) -> Vec<OutageRow> {
    match store.answer(&Query::Outage(OutageQuery::List { now })).expect("an answer") {
        Answer::Outage(OutageAnswer::List(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

fn pattern(store: &Store, id: TicketId) -> Option<Pattern> {
    match store.answer(&Query::Ticket(TicketQuery::RootCause(id))).expect("an answer") {
        Answer::Ticket(TicketAnswer::RootCause(pattern)) => pattern.map(|pattern| *pattern),
        other => panic!("{other:?}"),
    }
}

#[test]
fn look_alikes_are_near_and_of_a_kind_the_nearest_first() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let homes = ["3-2-501", "3-2-502", "3-2-601"].map(|label| place(&store, "康乐苑", label));
    let compound = place(&store, "康乐苑", "康乐苑");
    let elsewhere = place(&store, "锦绣家园", "3-2-501");
    let same = at(&mut store, homes[0], "202", now);
    let unit = at(&mut store, homes[1], "201", now);
    let whole = at(&mut store, compound, "209", now);
    at(&mut store, elsewhere, "202", now);
    at(&mut store, homes[2], "301", now);
    assert_eq!(
        alike(&store, homes[0], Some('2'), now),
        [(same, Near::Same), (unit, Near::Unit), (whole, Near::Compound)]
    );
    assert_eq!(alike(&store, homes[0], Some('3'), now).len(), 1, "another kind");
    assert_eq!(alike(&store, homes[0], None, now).len(), 4, "any kind while none is known");
    // With the compound alone: what is of the compound as a whole.
    assert_eq!(alike(&store, compound, Some('2'), now), [(whole, Near::Same)]);
    for _ in 0..6 {
        at(&mut store, homes[1], "202", now);
    }
    assert_eq!(alike(&store, homes[0], Some('2'), now).len(), 5, "five at most");
}

#[test]
fn a_look_alike_closed_a_week_ago_still_counts_and_one_merged_or_void_never() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let homes = ["3-2-501", "3-2-502"].map(|label| place(&store, "康乐苑", label));
    let first = at(&mut store, homes[0], "202", now);
    let answered = Step { why: "说好了".to_owned(), ..Step::to(Status::Answered) };
    act_at(&mut store, first, step(None, answered), now).expect("answered");
    let closed = Step { why: "本人说".to_owned(), ..Step::to(Status::Closed) };
    act_at(&mut store, first, step(None, closed), now).expect("closed");
    let open = at(&mut store, homes[0], "202", now);
    let found = |store: &Store, days: i64| alike(store, homes[1], Some('2'), Time(now.0 + days * DAY));
    assert_eq!(found(&store, 6), [(open, Near::Unit), (first, Near::Unit)], "open ones before closed ones");
    assert_eq!(found(&store, 8), [(open, Near::Unit)]);
    let void = Step { why: "误报".to_owned(), ..Step::to(Status::Void) };
    act_at(&mut store, open, step(None, void), now).expect("void");
    assert_eq!(found(&store, 1), [(first, Near::Unit)]);
}

fn notice(places: Vec<PlaceId>) -> Notice {
    let now = town::now();
    Notice {
        kind: OutageKind::Water,
        from: now,
        to: Time(now.0 + 2 * HOUR),
        places,
        words: "12 时恢复, 水车在东门".to_owned(),
    }
}

fn attach(id: OutageId, place: Option<PlaceId>) -> Op {
    Op::Outage(OutageOp::Attach {
        id,
        place,
        name: "王婶".to_owned(),
        phone: "13800005678".to_owned(),
        words: "没水了".to_owned(),
    })
}

#[test]
fn an_outage_is_announced_changed_and_ended_and_each_is_taken_back() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let compound = place(&store, "康乐苑", "康乐苑");
    let done = store.commit(uid(), &Op::Outage(OutageOp::Announce(notice(vec![compound]))), now).expect("announced");
    let id = OutageId(done.id);
    let change = |version| {
        let notice = Notice { words: "14 时恢复".to_owned(), ..notice(vec![compound]) };
        Op::Outage(OutageOp::Change { id, version, notice })
    };
    store.commit(uid(), &change(1), now).expect("changed");
    assert!(matches!(refused(store.commit(uid(), &change(1), now)), Refusal::Conflict { .. }), "seen an older one");
    store.commit(uid(), &Op::Outage(OutageOp::End { id }), now).expect("over");
    assert_eq!(refused(store.commit(uid(), &attach(id, None), now)), Refusal::OutageOver);
    let states = |store: &Store| {
        let rows = outages(store, now);
        rows.first().map(|row| (row.outage.words.clone(), row.outage.ended_at, row.places.clone()))
    };
    let places = vec!["康乐苑".to_owned()];
    assert_eq!(states(&store), Some(("14 时恢复".to_owned(), Some(now), places.clone())));
    store.undo(uid(), now).expect("the end");
    assert_eq!(states(&store), Some(("14 时恢复".to_owned(), None, places.clone())));
    store.undo(uid(), now).expect("the change");
    assert_eq!(states(&store), Some(("12 时恢复, 水车在东门".to_owned(), None, places.clone())));
    let undone = store.undo(uid(), now).expect("the announcement");
    assert_eq!((undone.of, states(&store)), (Some(EventKind::Announced), None));
    for _ in 0..3 {
        store.redo(uid(), now).expect("made again");
    }
    assert_eq!(states(&store), Some(("14 时恢复".to_owned(), Some(now), places)));
}

#[test]
fn a_home_that_rings_twice_is_one_household_and_a_caller_taken_back_is_none() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let homes = ["3-2-501", "3-2-502"].map(|label| place(&store, "康乐苑", label));
    let building = raw(store.path())
        .query_row("SELECT building_id FROM place WHERE id = ?1", [homes[0].0], |row| row.get(0).map(PlaceId))
        .expect("a building");
    let done = store.commit(uid(), &Op::Outage(OutageOp::Announce(notice(vec![building]))), now).expect("announced");
    let id = OutageId(done.id);
    for home in [Some(homes[0]), Some(homes[0]), None, None, Some(homes[1])] {
        store.commit(uid(), &attach(id, home), now).expect("counted");
    }
    let households = |store: &Store| outages(store, now).first().map(|row| row.households);
    assert_eq!(households(&store), Some(4), "two homes, and two callers without one");
    for left in [3, 2] {
        store.undo(uid(), now).expect("taken back");
        assert_eq!(households(&store), Some(left));
    }
    store.redo(uid(), now).expect("counted again");
    assert_eq!(households(&store), Some(3));
    store.undo(uid(), now).expect("taken back again");
    store.undo(uid(), now).expect("the one before it");
    assert_eq!((households(&store), count(&path_of(&store), "outage_call")), (Some(1), 2), "one home, rung twice");
    // From another desk nobody can make it unsaid while callers hang on it.
    store.undo(uid(), now).expect("one");
    let mut other = super::again(store.path());
    other.commit(uid(), &attach(id, None), now).expect("counted there");
    store.undo(uid(), now).expect("the first");
    let refusal = refused(store.undo(uid(), now));
    assert_eq!(refusal, Refusal::ChangedSince { fields: vec!["callers"] });
}

#[test]
fn outages_are_told_of_from_a_week_ahead_until_they_are_long_over() {
    let (mut store, _folder) = town::copy();
    let compound = place(&store, "康乐苑", "康乐苑");
    let announce = Op::Outage(OutageOp::Announce(notice(vec![compound])));
    let id = OutageId(store.commit(uid(), &announce, town::now()).expect("announced").id);
    let seen = |store: &Store, hours: i64| outages(store, Time(town::now().0 + hours * HOUR)).len();
    assert_eq!((seen(&store, -8 * 24), seen(&store, -6 * 24), seen(&store, 40), seen(&store, 60)), (0, 1, 1, 0));
    store.commit(uid(), &Op::Outage(OutageOp::End { id }), town::now()).expect("over");
    assert_eq!((seen(&store, 11), seen(&store, 13)), (1, 0));
    let nowhere = Op::Outage(OutageOp::Announce(notice(vec![PlaceId(7)])));
    assert!(matches!(refused(store.commit(uid(), &nowhere, town::now())), Refusal::NotFound { .. }));
}

#[test]
fn the_third_of_a_kind_in_a_building_within_a_month_is_worth_a_look_until_one_is_opened_for_it() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let homes = ["3-2-501", "3-2-502", "3-2-601"].map(|label| place(&store, "康乐苑", label));
    let days = |n: i64| Time(now.0 + n * DAY);
    let old = at(&mut store, homes[0], "202", now);
    let first = at(&mut store, homes[0], "202", days(31));
    let second = at(&mut store, homes[1], "203", days(40));
    assert_eq!(pattern(&store, second), None, "the old one is too long ago");
    at(&mut store, homes[2], "301", days(41));
    let third = at(&mut store, homes[2], "202", days(41));
    let found = pattern(&store, third).expect("three");
    assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [third, second, first]);
    assert!(found.label.starts_with("康乐苑 3"), "{}", found.label);
    assert!(found.rows.iter().all(|row| row.id != old));
    let report = Report {
        place: Some(found.place),
        category: Some("202".to_owned()),
        root_of: found.rows.iter().map(|row| row.id).collect(),
        ..Report::of_words("专项排查", Channel::Phone)
    };
    let root = store
        .commit(uid(), &Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None }), days(41))
        .expect("taken");
    let root = TicketId(root.id);
    assert!(row(&store, root).ticket.root_cause);
    assert_eq!(row(&store, second).ticket.related, Related(vec![root]), "tied both ways");
    assert_eq!(pattern(&store, third), None, "somebody looks already");
    // Unsorted, or of the compound as a whole: nothing to look for.
    let whole = place(&store, "康乐苑", "康乐苑");
    for _ in 0..3 {
        let id = at(&mut store, whole, "202", days(41));
        assert_eq!(pattern(&store, id), None);
    }
}

#[test]
fn a_name_people_use_is_kept_once_and_taken_back() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let person = raw(store.path())
        .query_row("SELECT id FROM person WHERE name = '陈凤英'", [], |row| row.get(0).map(PersonId))
        .expect("a person");
    let home = place(&store, "康乐苑", "3-2-501");
    let names = |store: &Store| -> Vec<String> {
        let conn = raw(store.path());
        let sql = "SELECT name FROM (SELECT 0, n, name FROM person_alias WHERE person_id = ?1 UNION ALL SELECT 1, 0, name FROM place_alias WHERE place_id = ?2)";
        let mut statement = conn.prepare(sql).expect("a statement");
        statement
            .query_map([person.0, home.0], |row| row.get(0))
            .expect("rows")
            .map(|name| name.expect("a name"))
            .collect()
    };
    let call = |whose, name: &str| Op::Person(PersonOp::Call(Nickname { whose, name: name.to_owned() }));
    store.commit(uid(), &call(Whose::Person(person), "老栓家"), now).expect("kept");
    store.commit(uid(), &call(Whose::Place(home), "粮站后头"), now).expect("kept");
    assert_eq!(names(&store), ["陈婶", "老栓家", "粮站后头"]);
    assert_eq!(refused(store.commit(uid(), &call(Whose::Person(person), "老栓家"), now)), Refusal::AlreadyCalled);
    assert!(matches!(
        refused(store.commit(uid(), &call(Whose::Person(PersonId(3)), "老栓"), now)),
        Refusal::NotFound { .. }
    ));
    store.undo(uid(), now).expect("the place's");
    store.undo(uid(), now).expect("the person's");
    assert_eq!(names(&store), ["陈婶"]);
    store.redo(uid(), now).expect("again");
    store.redo(uid(), now).expect("again");
    assert_eq!(names(&store), ["陈婶", "老栓家", "粮站后头"]);
}

#[test]
fn merging_joins_who_reported_it_and_undoing_leaves_both_as_before() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let path = path_of(&store);
    let homes = ["3-2-501", "3-2-502"].map(|label| place(&store, "康乐苑", label));
    let [first, second] = homes.map(|home| at(&mut store, home, "202", now));
    act_at(&mut store, first, step(None, Step::assign(staff(&path)[0])), now).expect("assigned");
    let before = super::digest(&path);
    let merge = Step { original: Some(first), ..Step::to(Status::Duplicate) };
    act_at(&mut store, second, step(None, merge), now).expect("merged");
    assert_eq!((row(&store, first).ticket.also_affected, row(&store, second).ticket.status), (1, Status::Duplicate));
    assert_eq!(row(&store, second).ticket.duplicate_of, Some(first));
    let kept = row(&store, first).ticket.number;
    let refusal = refused(act_at(&mut store, second, Act::Appoint { version: None, at: None }, now));
    assert_eq!(refusal, Refusal::LivesOn { into: kept });
    act_at(&mut store, second, Act::join("", ""), now).expect("joined");
    assert_eq!(row(&store, first).ticket.also_affected, 2, "on the one it lives on in");
    store.undo(uid(), now).expect("taken back");
    store.undo(uid(), now).expect("taken back");
    assert_eq!(super::digest(&path), before, "both as before");
}

/// Every way a ticket others live on in could go out of sight, or a merge lead round in a circle.
#[test]
fn what_others_live_on_in_never_goes_out_of_sight() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let path = path_of(&store);
    let home = place(&store, "康乐苑", "3-2-501");
    let [first, second, third] = [(); 3].map(|()| at(&mut store, home, "202", now));
    let merge = |into| step(None, Step { original: Some(into), ..Step::to(Status::Duplicate) });
    let void = || step(None, Step { why: "误报".to_owned(), ..Step::to(Status::Void) });
    let number = |store: &Store, id| row(store, id).ticket.number;
    let clock = |n: i64| now.plus_minutes(n);

    // Made void, taken back, and meanwhile somebody else's merge: making it again is refused too.
    act_at(&mut store, first, void(), clock(1)).expect("void");
    store.undo(uid(), clock(2)).expect("taken back");
    let mut other = Store::open(&path, Access::Write, who("other"), clock(3)).expect("another desk");
    act_at(&mut other, second, merge(first), clock(3)).expect("merged");
    let gone = Refusal::OthersMergedInto { numbers: vec![number(&store, second)] };
    assert_eq!(refused(store.redo(uid(), clock(4))), gone);
    assert_eq!(refused(act_at(&mut store, first, void(), clock(4))), gone);

    // A chain: all lead to its end, which names them all, and no end of it goes back into it.
    act_at(&mut other, first, merge(third), clock(5)).expect("merged on");
    assert_eq!(refused(act_at(&mut store, third, merge(second), clock(6))), Refusal::MergeInCircle);
    act_at(&mut store, second, Act::Chase(String::new()), clock(6)).expect("chased");
    assert_eq!(row(&store, third).ticket.chases, 1);
    let all = Refusal::OthersMergedInto { numbers: vec![number(&store, first), number(&store, second)] };
    assert_eq!(refused(act_at(&mut store, third, void(), clock(7))), all);

    // Taking the report itself back makes it void as well.
    let fourth = at(&mut store, home, "203", clock(8));
    let fifth = at(&mut other, home, "203", clock(8));
    act_at(&mut other, fifth, merge(fourth), clock(9)).expect("merged");
    assert!(matches!(store.undo(uid(), clock(10)), Err(Error::Refused(_))));
    assert!(row(&store, fourth).ticket.status.open());

    // Unmerged, made again only while where it went is open and does not lead back.
    other.undo(uid(), clock(11)).expect("unmerged");
    act_at(&mut store, fourth, merge(fifth), clock(12)).expect("the other way round");
    assert_eq!(refused(other.redo(uid(), clock(13))), Refusal::MergeInCircle);
}

#[test]
fn merging_carries_all_over_who_had_joined_and_nobody_twice() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let path = path_of(&store);
    let homes = ["3-2-501", "3-2-502"].map(|label| place(&store, "康乐苑", label));
    let [first, second] = homes.map(|home| at(&mut store, home, "202", now));
    let reporter = |name: &str, phone: &str| {
        let (name, phone) = (Some(name.to_owned()), Some(phone.to_owned()));
        super::edit(None, Edit { reporter_name: name, reporter_phone: phone, ..Edit::default() })
    };
    act_at(&mut store, first, reporter("陈婶", "13800005678"), now).expect("named");
    act_at(&mut store, second, reporter("李叔", "13900005678"), now).expect("named");
    act_at(&mut store, first, Act::join("王婶", "13812345678"), now).expect("joined");
    let with_words = Act::Join { name: "赵家".to_owned(), phone: String::new(), words: "四楼也滴".to_owned() };
    act_at(&mut store, second, with_words, now).expect("joined");
    // Known there already: one who joined both, and who reported the other himself; of those without a word nobody knows.
    act_at(&mut store, second, Act::join("王姨", "138 1234 5678"), now).expect("joined");
    act_at(&mut store, second, Act::join("", "13800005678"), now).expect("joined");
    act_at(&mut store, second, Act::join("", ""), now).expect("joined");
    act_at(&mut store, second, Act::join("错的", "13711112222"), now).expect("joined");
    store.undo(uid(), now).expect("he did not mean this");
    let before = super::digest(&path);
    let merge = Step { original: Some(first), ..Step::to(Status::Duplicate) };
    act_at(&mut store, second, step(None, merge), now).expect("merged");
    let joined = |store: &Store| -> Vec<(String, String, String)> {
        let Ok(Answer::Ticket(TicketAnswer::One(Some(detail)))) = store.answer(&Query::Ticket(TicketQuery::One(first)))
        else {
            panic!("no ticket")
        };
        let entries = detail.timeline.iter().filter(|entry| entry.kind == EventKind::Joined);
        let text = |name: &Option<PersonName>| name.as_ref().map(|name| name.reveal().to_owned()).unwrap_or_default();
        let digits = |phone: &Option<Phone>| phone.as_ref().map(|p| p.reveal().to_owned()).unwrap_or_default();
        entries.map(|entry| (text(&entry.name), digits(&entry.phone), entry.note.clone())).collect()
    };
    let of = |name: &str, phone: &str, words: &str| (name.to_owned(), phone.to_owned(), words.to_owned());
    let all =
        [of("王婶", "13812345678", ""), of("李叔", "13900005678", ""), of("赵家", "", "四楼也滴"), of("", "", "")];
    assert_eq!(joined(&store), all);
    let kept = row(&store, first).ticket;
    assert_eq!((kept.also_affected, kept.raised.has(Raise::Affected)), (4, true));
    store.undo(uid(), now).expect("taken back");
    assert_eq!(super::digest(&path), before, "both as before");
    store.redo(uid(), now).expect("again");
    assert_eq!(row(&store, first).ticket.also_affected, 4);
}

#[test]
fn several_of_a_kind_are_those_within_a_month() {
    let (mut store, _folder) = town::copy();
    let now = town::now();
    let home = place(&store, "康乐苑", "3-2-501");
    let on = |store: &mut Store, day: i64| at(store, home, "202", Time(now.0 + day * DAY));
    let old = on(&mut store, 0);
    let [a, b, c] = [on(&mut store, 31), on(&mut store, 40), on(&mut store, 50)];
    assert!(pattern(&store, old).is_none(), "what came later than a month has nothing to do with it");
    let found = pattern(&store, c).expect("three within a month");
    assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [c, b, a]);
}
