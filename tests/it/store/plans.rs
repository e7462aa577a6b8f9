//! Every read of a list finds its rows by an index: no statement of an answer walks a table that grows with the years.
//! How long they take is for the bench.

use township_desk::domain::base::event::Entity;
use township_desk::domain::base::id::{PlaceId, StaffId, TicketId};
use township_desk::domain::base::time::Time;
use township_desk::domain::callback::query::CallbackQuery;
use township_desk::domain::filter::query::FilterQuery;
use township_desk::domain::filter::{Filter, Flag, Spot, Test, Word};
use township_desk::domain::handover::query::HandoverQuery;
use township_desk::domain::operator::query::OperatorQuery;
use township_desk::domain::outage::query::OutageQuery;
use township_desk::domain::place::query::PlaceQuery;
use township_desk::domain::query::Query;
use township_desk::domain::rates::query::{ListOf, RatesQuery};
use township_desk::domain::rates::{Part, Span, Which};
use township_desk::domain::roster::monday;
use township_desk::domain::roster::query::RosterQuery;
use township_desk::domain::roster::shift::Template;
use township_desk::domain::roster::stand_in::Wanted;
use township_desk::domain::settings::query::SettingsQuery;
use township_desk::domain::staff::Role;
use township_desk::domain::staff::query::StaffQuery;
use township_desk::domain::ticket::around::Alike;
use township_desk::domain::ticket::query::{PageOf, TicketQuery};
use township_desk::domain::ticket::{Number, Status};
use township_desk::store::{Store, Wish, make_sample};

use super::{again, who};
use crate::support::town;

/// Tables that grow without end. The others are as large as the township.
const GROWING: [&str; 11] =
    ["t", "d", "ticket", "event", "e", "event_text", "callback", "k", "shift", "draft_day", "leave"];
const OF_PEOPLE: [&str; 7] = ["person", "p", "place", "residency", "r", "phone", "person_alias"];

fn sample() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let wish =
        Wish { residents: 300, tickets: 400, ..Wish::usual(town::now(), township_desk::domain::base::time::CHINA) };
    make_sample(&path, wish, |_| ()).expect("a sample");
    (again(&path), folder)
}

/// A row of a table, so that questions about it are asked to their end.
fn first(store: &Store, sql: &str) -> i64 {
    super::raw(store.path()).query_row(sql, [], |row| row.get(0)).unwrap_or(1)
}

/// A ticket that is not the only one of its kind in its building.
const ENOUGH_IN_A_BUILDING: &str = "SELECT t.id FROM ticket t JOIN place p ON p.id = t.place_id WHERE p.building_id IS NOT NULL AND t.category LIKE '2%' ORDER BY t.opened_at DESC LIMIT 1";

/// The names a plan's line walks as a whole. An index of the open ones, or one walked from where a page begins, is no walk.
fn walked(line: &str) -> Option<&str> {
    let name = line.strip_prefix("SCAN ")?;
    if OF_PEOPLE.contains(&name.split(' ').next().unwrap_or_default()) {
        return name.split(' ').next();
    }
    let walks = !name.contains(" USING ") && !name.contains("VIRTUAL TABLE") && !name.contains("CONSTANT");
    walks.then(|| name.split(' ').next().unwrap_or_default())
}

#[track_caller]
fn no_walk(plans: &[(String, Vec<String>)], tables: &[&str]) {
    assert!(!plans.is_empty(), "nothing was asked");
    for (sql, plan) in plans {
        for line in plan {
            let bad = walked(line).is_some_and(|name| tables.contains(&name));
            assert!(!bad, "{line}\nin {plan:#?}\nof {sql}");
        }
    }
}

#[track_caller]
fn uses(plans: &[(String, Vec<String>)], index: &str) {
    let found = plans.iter().any(|(_, plan)| plan.iter().any(|line| line.contains(index)));
    assert!(found, "{index} is not used: {plans:#?}");
}

/// Every question but for the parked intakes, of which there are five: with a sample's statistics and with none: a township's own file begins without.
#[test]
fn every_question_finds_its_rows_by_an_index() {
    let (with, _one) = sample();
    let (without, _two) = town::copy();
    for mut store in [with, without] {
        let now = town::now();
        let place = PlaceId(first(&store, "SELECT id FROM place WHERE kind = 'home'"));
        let ticket = TicketId(first(&store, "SELECT id FROM ticket"));
        // In a sample there are several of a kind; the small township has no ticket.
        let in_building = TicketId(first(&store, ENOUGH_IN_A_BUILDING));
        let compound = PlaceId(first(&store, "SELECT place_id FROM compound"));
        let some = Some(compound);
        let after = Some((now, TicketId(1)));
        let all = Filter::default;
        let of =
            |filter: Filter| Query::Ticket(TicketQuery::Page(PageOf { count: true, ..PageOf::first(filter, now, 50) }));
        let behind =
            |filter: Filter| Query::Ticket(TicketQuery::Page(PageOf { after, ..PageOf::first(filter, now, 50) }));
        let here = Test::Compound(some.into_iter().collect());
        let is = |flag: Flag| Filter::open().and(Test::Is(flag));
        let known = Word {
            compounds: some.into_iter().collect(),
            staff: vec![StaffId(first(&store, "SELECT id FROM staff"))],
            number: Some(Number { day: store.zone().day(now), n: 1 }),
            ..Word::plain("康乐苑")
        };
        let span = Span::month_of(store.zone().day(now));
        let list = |which, compound| ListOf {
            which,
            part: Part::Missed,
            span,
            compound,
            now,
            limit: 50,
            after: Some((now, 1)),
        };
        let questions = [
            Query::Settings(SettingsQuery::Township),
            Query::Settings(SettingsQuery::Header { now }),
            Query::Place(PlaceQuery::Compounds { now }),
            Query::Ticket(TicketQuery::Open { compound: None }),
            Query::Ticket(TicketQuery::Open { compound: some }),
            Query::Ticket(TicketQuery::One(ticket)),
            Query::Ticket(TicketQuery::ByNumber(Number { day: store.zone().day(now), n: 1 })),
            Query::Roster(RosterQuery::Duty { at: now, compound: None }),
            Query::Roster(RosterQuery::Duty { at: now, compound: some }),
            Query::Roster(RosterQuery::Suggest { category: "201".to_owned(), compound: some, at: now }),
            Query::Place(PlaceQuery::Household { place, now }),
            Query::Roster(RosterQuery::Coverage { from: store.zone().day(now), days: 7 }),
            Query::Roster(RosterQuery::Fill { monday: monday(store.zone().day(now)), now }),
            Query::Staff(StaffQuery::List { now }),
            Query::Staff(StaffQuery::Departure { staff: StaffId(1), now }),
            Query::Roster(RosterQuery::StandIns(Wanted {
                day: store.zone().day(now),
                template: Template::Late,
                compound: some,
                role: Role::Repairer,
                drafts: true,
            })),
            Query::Ticket(TicketQuery::LookAlikes(Alike { place, group: Some('2'), now })),
            Query::Ticket(TicketQuery::LookAlikes(Alike { place: compound, group: None, now })),
            Query::Outage(OutageQuery::List { now }),
            Query::Ticket(TicketQuery::RootCause(in_building)),
            Query::Roster(RosterQuery::Week { monday: store.zone().day(now) }),
            Query::Roster(RosterQuery::PostMonth { compound, month: store.zone().day(now) }),
            Query::Staff(StaffQuery::Worker {
                staff: StaffId(first(&store, "SELECT id FROM staff")),
                month: store.zone().day(now),
            }),
            Query::Staff(StaffQuery::One(StaffId(first(&store, "SELECT id FROM staff")))),
            Query::Callback(CallbackQuery::Queue { now }),
            Query::Rates(RatesQuery::Rates { span, compound: None, now }),
            Query::Rates(RatesQuery::Rates { span, compound: some, now }),
            Query::Rates(RatesQuery::Month { span, now }),
            Query::Rates(RatesQuery::List(list(Which::Response, None))),
            Query::Rates(RatesQuery::List(list(Which::Response, some))),
            Query::Rates(RatesQuery::List(list(Which::Satisfaction, None))),
            Query::Callback(CallbackQuery::InHand(ticket)),
            Query::Callback(CallbackQuery::Reopening { ticket, at: now }),
            Query::Handover(HandoverQuery::Present { now }),
            Query::Handover(HandoverQuery::History { words: "漏水".to_owned(), limit: 20, after: None }),
            Query::Operator(OperatorQuery::List),
            Query::Filter(FilterQuery::Names),
            of(all()),
            behind(all()),
            behind(all().and(here.clone())),
            behind(Filter::open()),
            of(is(Flag::Late).and(here.clone())),
            of(is(Flag::Soon)),
            of(is(Flag::Silent)),
            of(is(Flag::Missing)),
            of(all().and(Test::Is(Flag::Reopened))),
            of(all().and(Test::Status(vec![Status::Closed, Status::Void])).and(here.clone())),
            of(all().and(Test::Who(vec![None, Some(StaffId(1))]))),
            of(all().and(Test::Who(vec![Some(StaffId(1))]))),
            of(Filter::open().and(Test::Who(vec![Some(StaffId(1))]))),
            of(all().and(Test::Status(vec![Status::Void]))),
            of(all().and(Test::From(now.plus_minutes(-600))).and(Test::Before(now))),
            of(all().with_words("漏水")),
            of(all().with_words("漏水").and(here.clone()).and(Test::Status(vec![Status::Closed]))),
            behind(Filter::open().and(here).with_words("漏水")),
            of(all().with_words("漏")),
            of(all().and(Test::Word(known.clone()))),
            of(Filter::open().and(Test::Word(known))),
            of(all().and(Test::Place(Spot::new("3-2-501")))),
        ];
        for question in questions {
            let plans = store.plans(|store| drop(store.answer(&question).expect("an answer"))).expect("plans");
            no_walk(&plans, &GROWING);
            no_walk(&plans, &OF_PEOPLE);
        }
    }
}

#[test]
fn each_index_serves_what_it_was_made_for() {
    let (mut store, _folder) = sample();
    let now = town::now();
    let compound = Some(PlaceId(first(&store, "SELECT place_id FROM compound")));
    let place = PlaceId(first(&store, "SELECT id FROM place WHERE kind = 'home'"));
    let ticket = TicketId(first(&store, "SELECT id FROM ticket"));
    let first_in_building = first(&store, ENOUGH_IN_A_BUILDING);
    let mut of = |query: Query| store.plans(|store| drop(store.answer(&query).expect("an answer"))).expect("plans");
    let page = |filter: Filter| {
        Query::Ticket(TicketQuery::Page(PageOf { after: Some((now, TicketId(1))), ..PageOf::first(filter, now, 50) }))
    };
    let all = Filter::default;
    uses(&of(Query::Settings(SettingsQuery::Header { now })), "COVERING INDEX ticket_open");
    uses(&of(Query::Settings(SettingsQuery::Header { now })), "ticket_resolved");
    uses(&of(Query::Place(PlaceQuery::Compounds { now })), "COVERING INDEX ticket_open");
    uses(&of(Query::Ticket(TicketQuery::Open { compound: None })), "SCAN t USING INDEX ticket_");
    uses(&of(Query::Ticket(TicketQuery::Open { compound })), "INDEX ticket_open");
    uses(&of(page(all())), "SEARCH t USING INDEX ticket_opened");
    let here = Test::Compound(compound.into_iter().collect());
    uses(&of(page(all().and(here))), "SEARCH t USING INDEX ticket_compound");
    uses(&of(page(Filter::open())), "INDEX ticket_open");
    uses(&of(page(Filter::open().and(Test::Is(Flag::Late)))), "INDEX ticket_open");
    let whose = || Test::Who(vec![Some(StaffId(1))]);
    uses(&of(page(all().and(whose()))), "SEARCH t USING INDEX ticket_handled (assignee_id=?");
    uses(&of(page(Filter::open().and(whose()))), "SEARCH t USING INDEX ticket_open");
    for ended in [Status::Void, Status::Duplicate] {
        let plans = of(page(all().and(Test::Status(vec![ended]))));
        uses(&plans, "SEARCH t USING INDEX ticket_out (status=?");
        let sorted = plans.iter().any(|(_, plan)| plan.iter().any(|line| line.contains("TEMP B-TREE")));
        assert!(!sorted, "the index is in the order of the pages: {plans:#?}");
    }
    uses(&of(page(all().with_words("漏水"))), "SEARCH t USING INTEGER PRIMARY KEY");
    uses(&of(page(all().and(Test::From(Time(now.0 - 1))))), "SEARCH t USING INDEX ticket_opened");
    uses(
        &of(page(all().and(Test::Place(Spot::new("3-2-501"))))),
        "INDEX place_label (compound_id=? AND kind=? AND label>? AND label<?)",
    );
    uses(&of(page(all().and(Test::Place(Spot::new("3-2-501"))))), "ticket_place");
    uses(&of(Query::Place(PlaceQuery::Household { place, now })), "ticket_place");
    let alike = Query::Ticket(TicketQuery::LookAlikes(Alike { place, group: Some('2'), now }));
    uses(&of(alike.clone()), "SEARCH t USING INDEX ticket_open (compound_id=?)");
    uses(&of(alike), "SEARCH t USING INDEX ticket_closed (compound_id=? AND closed_at>?)");
    uses(
        &of(Query::Ticket(TicketQuery::RootCause(TicketId(first_in_building)))),
        "INDEX ticket_compound (compound_id=? AND opened_at>? AND opened_at<?)",
    );
    uses(
        &of(Query::Ticket(TicketQuery::RootCause(TicketId(first_in_building)))),
        "SEARCH t USING INDEX ticket_open (compound_id=?)",
    );
    uses(&of(Query::Outage(OutageQuery::List { now })), "outage_to");
    uses(&of(Query::Ticket(TicketQuery::One(ticket))), "event_entity");
    uses(&of(Query::Settings(SettingsQuery::Header { now })), "SEARCH t USING INDEX ticket_callback");
    uses(&of(Query::Callback(CallbackQuery::Queue { now })), "INDEX ticket_callback");
    uses(&of(Query::Callback(CallbackQuery::InHand(ticket))), "callback_ticket");
    uses(&of(Query::Roster(RosterQuery::Duty { at: now, compound })), "shift_from");
    uses(&of(Query::Roster(RosterQuery::Suggest { category: "201".to_owned(), compound, at: now })), "ticket_assignee");
}

#[test]
fn following_and_finding_changed_rows_walk_nothing() {
    let (mut store, _folder) = sample();
    let newest = store.changes_since(i64::MAX).expect("changes").seq;
    let plans = store.plans(|store| drop(store.changes_since(newest - 50).expect("changes"))).expect("plans");
    no_walk(&plans, &GROWING);
    for entity in Entity::ALL {
        let id = match entity {
            Entity::Person => first(&store, "SELECT id FROM person"),
            Entity::Place => first(&store, "SELECT place_id FROM place_alias"),
            Entity::Ticket => first(&store, "SELECT id FROM ticket"),
            _ => first(&store, "SELECT id FROM staff"),
        };
        let read = |store: &mut Store| store.records_of(*entity, id, town::now(), drop).expect("records");
        let plans = store.plans(read).expect("plans");
        for (sql, plan) in &plans {
            assert!(!plan.iter().any(|line| walked(line).is_some()), "{plan:#?} of {sql}");
        }
    }
    let all = store.plans(|store| store.records(town::now(), drop).expect("records")).expect("plans");
    no_walk(&all, &GROWING);
    uses(&all, "ticket_opened");
}

#[test]
fn writing_finds_what_it_changes_by_an_index() {
    let (store, _folder) = sample();
    let path = store.path().to_owned();
    let id = {
        let conn = super::raw(&path);
        TicketId(conn.query_row("SELECT id FROM ticket WHERE open = 1 LIMIT 1", [], |r| r.get(0)).expect("a ticket"))
    };
    let mut writer = Store::open(&path, township_desk::store::Access::Write, who("writer"), town::now()).expect("open");
    let note = township_desk::domain::ticket::op::Act::Note("记一笔".to_owned());
    let work = |writer: &mut Store| {
        super::act(writer, id, note).expect("a note");
        super::take(writer, "漏水");
        writer.undo(super::uid(), town::now()).expect("undone");
    };
    let plans = writer.plans(work).expect("plans");
    no_walk(&plans, &GROWING);
    no_walk(&plans, &["command", "session"]);
}
