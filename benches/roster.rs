//! How long rosters take: the coverage matrix of a township, and a week proposed for everybody.
//! `cargo bench --bench roster`; the budgets are what a person would not wait for.

#![expect(clippy::print_stdout, clippy::panic, reason = "a bench tells what it found")]

use std::time::{Duration, Instant};
use township_desk::domain::roster::query::RosterAnswer;
use township_desk::domain::roster::query::RosterQuery;

use township_desk::domain::base::id::{CommandUid, PlaceId};
use township_desk::domain::base::time::{CHINA, Day, Time};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::roster::coverage::{Need, NeedDays};
use township_desk::domain::roster::fill::fill;
use township_desk::domain::roster::monday;
use township_desk::domain::roster::op::RosterOp;
use township_desk::domain::roster::shift::Template;
use township_desk::domain::roster::week::Week;
use township_desk::domain::staff::Role;
use township_desk::store::{Access, FIRST_OPERATOR, Store, Who, Wish, make_sample};
use uuid::Uuid;

/// Asked so often; the median counts.
const TIMES: usize = 9;

fn now() -> Time {
    CHINA.at(Day::from_ymd_opt(2026, 11, 26).unwrap_or_default(), 10 * 60)
}

/// A township of 25 compounds and 60 staff, with needs of six roles in each compound.
fn township(folder: &std::path::Path) -> Store {
    let path = folder.join("desk.db");
    let wish = Wish { residents: 400, tickets: 60, seed: 1, now: now(), zone: CHINA };
    make_sample(&path, wish, |_| {}).expect("a sample");
    let manager = {
        let store = Store::open(&path, Access::Read, Who::default(), now()).expect("it opens");
        let Answer::Roster(RosterAnswer::Week(week)) =
            store.answer(&Query::Roster(RosterQuery::Week { monday: monday(CHINA.day(now())) })).expect("a week")
        else {
            panic!("a week")
        };
        let named = week.people.iter().find(|member| member.staff.role == Role::Manager);
        named.map_or(FIRST_OPERATOR.to_owned(), |member| member.staff.name.reveal().to_owned())
    };
    let who = Who { name: Some(manager), terminal: "bench".to_owned() };
    Store::open(&path, Access::Write, who, now()).expect("it opens")
}

fn week(store: &Store) -> Week {
    let monday = monday(CHINA.day(now())) + chrono::Duration::days(7);
    match store.answer(&Query::Roster(RosterQuery::Week { monday })).expect("a week") {
        Answer::Roster(RosterAnswer::Week(week)) => *week,
        other => panic!("{other:?}"),
    }
}

fn need(store: &mut Store, n: &mut u64, compound: Option<PlaceId>, role: Role, template: Template, count: u32) {
    *n += 1;
    let need = Need { compound, role, template, days: NeedDays::Every, count };
    let op = Op::Roster(RosterOp::Need { need, off: false });
    store.commit(CommandUid(Uuid::from_u64_pair(7, *n)), &op, now()).expect("a need");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn timed<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut last = None;
    let times = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            last = Some(run());
            begun.elapsed()
        })
        .collect();
    (median(times), last.expect("it ran"))
}

fn told(what: &str, took: Duration, budget: Duration) -> bool {
    let within = took <= budget;
    println!("{what:<44} {took:>12.2?}   budget {budget:?}  {}", if within { "ok" } else { "TOO SLOW" });
    within
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = township(folder.path());
    let places: Vec<PlaceId> = week(&store).compounds.iter().map(|(place, _)| *place).collect();
    let mut n = 0;
    // What sixty people can nearly do: guards in ten compounds round the clock would be too many.
    for (role, template, count) in [
        (Role::Desk, Template::Early, 1),
        (Role::Desk, Template::Late, 1),
        (Role::Desk, Template::Night, 1),
        (Role::Repairer, Template::Early, 3),
        (Role::Repairer, Template::Late, 2),
        (Role::Repairer, Template::Night, 1),
        (Role::Guard, Template::Early, 5),
        (Role::Guard, Template::Late, 4),
        (Role::Guard, Template::Night, 4),
        (Role::Cleaner, Template::Early, 11),
        (Role::Maintenance, Template::Office, 4),
        (Role::Greenery, Template::Office, 4),
    ] {
        need(&mut store, &mut n, None, role, template, count);
    }
    let (load, plain) = timed(|| week(&store));
    let (all, proposal) = timed(|| fill(&plain, now()));
    println!(
        "  {} staff, missing {} before, {} open after, {} days moved",
        plain.people.len(),
        proposal.missing_before,
        proposal.missing(),
        proposal.moved().count()
    );
    for place in &places {
        for role in [Role::Guard, Role::Cleaner, Role::Repairer, Role::Maintenance, Role::Greenery, Role::Desk] {
            need(&mut store, &mut n, Some(*place), role, Template::Early, 1);
        }
    }
    let full = week(&store);
    let (matrix, slots) = timed(|| full.slots());
    println!("  {} slots: {} compounds, 7 days", slots.len(), places.len());
    let (by_place, proposal) = timed(|| fill(&full, now()));
    println!(
        "  every compound asks for six roles: missing {} before, {} open after, {} days moved",
        proposal.missing_before,
        proposal.missing(),
        proposal.moved().count()
    );
    let mut ok = told("a week of everybody, read", load, Duration::from_millis(50));
    ok &= told("coverage, 25 compounds x 6 roles x 7 days", matrix, Duration::from_millis(16));
    ok &= told("a week proposed, needs of the township", all, Duration::from_secs(5));
    ok &= told("a week proposed, needs of every compound", by_place, Duration::from_secs(5));
    assert!(ok, "over budget");
}
