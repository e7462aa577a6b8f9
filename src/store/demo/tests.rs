//! What the sample promises: the same for the same seed, within the rules, and something of everything.
//! How it is written to a file is tested where it is written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::*;
use crate::domain::base::time::{CHINA, DAY, Day, HOUR};
use crate::domain::place::{PlaceKind, Stage, room};
use crate::domain::staff::{Rank, Role};
use crate::domain::ticket::decide::{Deciding, decide};
use crate::domain::ticket::op::{Act, Taking, take};
use crate::domain::ticket::{Priority, Status, Ticket, clock};

/// Tuesday, 24 November 2026, 14:32.
fn now() -> Time {
    CHINA.at(Day::from_ymd_opt(2026, 11, 24).expect("a day"), 14 * 60 + 32)
}

fn usual() -> Wish {
    Wish::usual(now(), CHINA)
}

/// Takes the report and does every deed by the rules of the domain; the ticket as it stands in the end.
fn played(sample: &Sample, planned: &Planned) -> Ticket {
    let ranks: HashMap<_, Rank> = sample.operators.iter().map(|o| (o.id, o.rank)).collect();
    let taking = Taking {
        now: planned.opened_at,
        calendar: &sample.calendar,
        number: planned.number,
        by: planned.taken_by,
        category: &sample.categories[planned.category],
        compound: planned.compound,
        care: planned.care,
    };
    let mut ticket = take(&planned.report, taking).expect("a report that is taken");
    for deed in &planned.deeds {
        let with = Deciding { now: deed.at, calendar: &sample.calendar, rank: ranks[&deed.by], staff: None };
        ticket = match decide(&ticket, &deed.act, with) {
            Ok(decided) => decided.after,
            Err(refusal) => panic!("{refusal:?} for {deed:#?} of {planned:#?}"),
        };
    }
    ticket
}

fn all_played(sample: &Sample) -> Vec<(Planned, Ticket)> {
    sample.tickets().map(|planned| (planned.clone(), played(sample, &planned))).collect()
}

#[test]
fn the_same_for_the_same_seed() {
    let wish = Wish { residents: 900, tickets: 300, ..usual() };
    let (one, same) = (Sample::new(wish), Sample::new(wish));
    assert_eq!(
        (&one.persons, &one.places, &one.staff, &one.shifts),
        (&same.persons, &same.places, &same.staff, &same.shifts)
    );
    assert!(one.tickets().eq(same.tickets()));
    let other = Sample::new(Wish { seed: 2, ..wish });
    assert_ne!(one.persons, other.persons);
    assert!(!one.tickets().eq(other.tickets()));
}

#[test]
fn places_and_people() {
    let sample = Sample::new(usual());
    assert_eq!((sample.persons.len(), sample.compounds.len()), (15_000, 25));
    let count = |kind| sample.places.iter().filter(|p| p.kind == kind).count();
    assert_eq!((count(PlaceKind::Township), count(PlaceKind::Community)), (1, 12));
    let model = &sample.compounds[0];
    let buildings =
        sample.places.iter().filter(|p| p.kind == PlaceKind::Building && p.compound == Some(model.place)).count();
    assert_eq!((model.name.as_str(), model.stage, buildings), ("康乐苑", Stage::Contract, 5));
    for stage in Stage::ALL {
        assert!(sample.compounds.iter().any(|c| c.stage == *stage), "{stage:?}");
    }
    let homes: HashSet<_> = sample.places.iter().filter(|p| p.compound == Some(model.place)).map(|p| p.id).collect();
    let living = sample.residencies.iter().filter(|r| homes.contains(&r.place)).count();
    assert!((600..660).contains(&living), "{living} live in {}", model.name);

    let mut labels = HashSet::new();
    for place in sample.places.iter().filter(|p| p.compound.is_some()) {
        assert!(labels.insert((place.compound, place.kind, &place.label)), "{} twice", place.label);
        if place.kind == PlaceKind::Home {
            let form = room::parse(&place.label).map(|parsed| parsed.form).unwrap_or_default();
            assert_eq!((form.room.as_ref(), form.unit.as_ref()), (place.room.as_ref(), place.unit.as_ref()));
            assert_eq!(form.label(), place.label);
        }
    }

    let share =
        |of: &dyn Fn(&Person) -> bool| sample.persons.iter().filter(|p| of(p)).count() * 1_000 / sample.persons.len();
    let landline = share(&|p| p.phones.iter().any(|phone| phone.reveal().starts_with("0355")));
    let no_phone = share(&|p| p.phones.is_empty());
    let called = share(&|p| !p.called.is_empty());
    assert!((90..160).contains(&landline), "{landline}");
    assert!((50..120).contains(&no_phone), "{no_phone}");
    assert!((110..190).contains(&called), "{called}");
    assert!(sample.persons.iter().all(|p| p.phones.iter().all(|phone| phone.reveal().len() == 11)));
    for surname in ["曾", "翟", "单", "仇", "解", "查", "区", "万俟", "尉迟", "欧阳"] {
        assert!(sample.persons.iter().any(|p| p.name.reveal().starts_with(surname)), "{surname}");
    }
    let homes_of: BTreeMap<_, usize> = sample.residencies.iter().fold(BTreeMap::new(), |mut homes, r| {
        *homes.entry(r.person).or_default() += 1;
        homes
    });
    assert!(homes_of.values().filter(|&&n| n == 2).count() > 20 && homes_of.values().all(|&n| n <= 2));
    let lived_in: HashSet<_> = sample.residencies.iter().map(|r| r.place).collect();
    assert!(lived_in.len() < count(PlaceKind::Home), "some homes are empty");
    assert!(sample.aliases.iter().any(|(_, alias)| alias == "老粮站后院"));
    assert!(sample.notes.iter().any(|(_, note)| note == "楼顶钥匙在东门岗亭"));
}

#[test]
fn staff_and_shifts() {
    let sample = Sample::new(usual());
    assert_eq!(sample.staff.len(), 60);
    let names: HashSet<_> = sample.staff.iter().map(|s| s.name.reveal()).collect();
    assert_eq!(names.len(), 60, "no two of one name");
    for role in Role::ALL {
        assert!(sample.staff.iter().any(|s| s.role == *role), "{role:?}");
    }
    let mut by_staff: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for shift in &sample.shifts {
        by_staff.entry(shift.staff).or_default().push((shift.from, shift.to));
    }
    for shifts in by_staff.values() {
        assert!(shifts.windows(2).all(|pair| pair[0].1.0 + 10 * HOUR <= pair[1].0.0), "ten hours of rest");
    }
    let on_duty = |role| {
        let running = |s: &&Shift| s.from <= now() && now() < s.to;
        let of_role = |s: &&Shift| sample.staff.iter().any(|m| m.id == s.staff && m.role == role);
        sample.shifts.iter().filter(running).filter(of_role).count()
    };
    assert!(on_duty(Role::Guard) >= 4 && on_duty(Role::Repairer) >= 3 && on_duty(Role::Desk) >= 1);
    let at_desk = sample.crew.clerk_at(now());
    assert!(sample.operators.iter().any(|o| o.id == at_desk && o.name.reveal() == "李敏"));
}

#[test]
fn tickets_keep_the_rules_and_show_everything() {
    let sample = Sample::new(usual());
    let all = all_played(&sample);
    assert_eq!(all.len(), 2_000);
    let statuses: BTreeSet<Status> = all.iter().map(|(_, ticket)| ticket.status).collect();
    assert_eq!(statuses.len(), Status::ALL.len(), "{statuses:?}");
    let categories: BTreeSet<usize> = all.iter().map(|(planned, _)| planned.category).collect();
    assert_eq!(categories.len(), sample.categories.len());
    let open: Vec<&Ticket> = all.iter().map(|(_, ticket)| ticket).filter(|t| t.status.open()).collect();
    assert!((35..=80).contains(&open.len()), "{} open", open.len());
    let late = open.iter().filter(|t| clock::standing(t, now()).late()).count();
    let soon = open.iter().filter(|t| clock::standing(t, now()).soon()).count();
    assert!(late >= 3 && late * 2 < open.len() && soon >= 2, "{late} late, {soon} soon due");
    assert!(open.iter().any(|t| t.priority == Priority::P1) && open.iter().any(|t| t.priority == Priority::P2));
    assert!(open.iter().any(|t| t.place.is_none()) && open.iter().any(|t| t.watched));
    let today = CHINA.day(now());
    let taken = all.iter().filter(|(planned, _)| planned.number.day == today).count();
    let closed = all.iter().filter(|(_, t)| t.closed_at.is_some_and(|at| CHINA.day(at) == today)).count();
    assert!(taken >= 10 && closed >= 5, "{taken} taken, {closed} closed today");

    let mut before = None;
    for (planned, ticket) in &all {
        let number = planned.number;
        let expected = match before {
            Some((day, n)) if day == number.day => n + 1,
            _ => 1,
        };
        assert_eq!((number.n, CHINA.day(planned.opened_at)), (expected, number.day));
        before = Some((number.day, number.n));
        assert!(planned.opened_at < now() && planned.opened_at.0 > now().0 - 91 * DAY);
        assert!(planned.deeds.iter().all(|deed| planned.opened_at <= deed.at && deed.at <= now()));
        if let Some(worker) = ticket.assignee {
            let worker = sample.staff.iter().find(|s| s.id == worker).expect("of the staff");
            let category = sample.categories.iter().find(|c| c.code == ticket.category).expect("a category");
            assert!(category.roles.contains(&worker.role), "{:?} for {}", worker.role, category.zh);
            let serves = ticket.compound.is_none_or(|c| worker.serves.is_empty() || worker.serves.contains(&c));
            assert!(serves, "{} does not serve there", worker.name);
        }
    }
    let different: HashSet<_> = all.iter().map(|(planned, _)| &planned.report.words).collect();
    assert!(different.len() > 1_500, "{} different texts", different.len());
    let acts = |of: fn(&Act) -> bool| all.iter().flat_map(|(p, _)| &p.deeds).filter(|d| of(&d.act)).count();
    assert!(acts(|a| matches!(a, Act::Chase(_))) > 40 && acts(|a| matches!(a, Act::Note(_))) > 120);
    assert!(acts(|a| matches!(a, Act::Join { .. })) > 40 && acts(|a| matches!(a, Act::Edit { .. })) > 0);
    assert!(all.iter().any(|(_, t)| t.reopened > 0) && all.iter().any(|(_, t)| t.next_owner.is_none()));
}

#[test]
fn the_smallest_sample_has_the_scenes() {
    let sample = Sample::new(Wish { residents: 40, tickets: 40, ..usual() });
    assert_eq!((sample.persons.len(), sample.compounds.len()), (40, 25));
    let all = all_played(&sample);
    let statuses: BTreeSet<Status> = all.iter().map(|(_, ticket)| ticket.status).collect();
    assert_eq!((all.len(), statuses.len()), (40, Status::ALL.len()));
    let home = sample.places.iter().find(|p| p.label == "3-2-501").expect("3-2-501 of 康乐苑");
    let person = sample.residencies.iter().find(|r| r.place == home.id).expect("somebody lives there").person;
    assert!(sample.persons.iter().any(|p| p.id == person && p.name.reveal() == "陈凤英"));
    assert_eq!(Sample::new(Wish { residents: 0, tickets: 0, ..usual() }).tickets().count(), 0);
    let none = Sample::new(Wish { residents: 0, tickets: 60, ..usual() });
    assert_eq!(all_played(&none).len(), 60, "nobody lives there, strangers report");
}

#[test]
fn any_hour_will_do() {
    for minutes in [1, 8 * 60, 12 * 60 + 5, 23 * 60 + 59] {
        let now = CHINA.at(Day::from_ymd_opt(2026, 3, 1).expect("a day"), minutes);
        let sample = Sample::new(Wish { residents: 300, tickets: 200, seed: 7, now, zone: CHINA });
        let all = all_played(&sample);
        assert_eq!(all.len(), 200);
        assert!(all.iter().all(|(planned, _)| planned.opened_at < now));
        let statuses: BTreeSet<Status> = all.iter().map(|(_, ticket)| ticket.status).collect();
        assert_eq!(statuses.len(), Status::ALL.len(), "{minutes}");
    }
}

#[test]
fn the_log_is_in_order_and_whole() {
    let sample = Sample::new(Wish { residents: 900, tickets: 500, ..usual() });
    let (mut taken, mut did, mut at) = (0, 0, Time(0));
    let mut living = HashSet::new();
    let mut log = sample.log();
    for happening in &mut log {
        let (time, ticket, last) = match happening {
            Happening::Taken { ticket, last } => {
                taken += 1;
                assert!(living.insert(ticket.id));
                (ticket.opened_at, ticket.id, last)
            }
            Happening::Did { ticket, deed, last } => {
                did += 1;
                (deed.at, ticket, last)
            }
        };
        assert!(at <= time && living.contains(&ticket));
        at = time;
        if last {
            living.remove(&ticket);
        }
    }
    let all: Vec<Planned> = sample.tickets().collect();
    assert_eq!((taken, did), (all.len(), all.iter().map(|p| p.deeds.len()).sum()));
    assert!(living.is_empty());
    assert_eq!(Some(log.ids()), {
        let mut tickets = sample.tickets();
        tickets.by_ref().for_each(drop);
        Some(tickets.ids())
    });
}

#[test]
fn a_large_township_has_more_compounds_and_no_name_twice() {
    let large = compounds::all(100_000, &mut rng::Rng::new(1));
    let names: HashSet<_> = large.iter().map(|c| &c.name).collect();
    assert_eq!((large.len(), names.len()), (166, 166));
    let sample = Sample::new(Wish { residents: 21_000, tickets: 6_000, ..usual() });
    assert_eq!((sample.persons.len(), sample.compounds.len()), (21_000, 35));
    let all = all_played(&sample);
    let open = all.iter().filter(|(_, ticket)| ticket.status.open()).count();
    assert!((20..80).contains(&open), "{open} open of {}", all.len());
    let years: BTreeSet<i32> = all.iter().map(|(planned, _)| chrono::Datelike::year(&planned.number.day)).collect();
    assert_eq!(years.len(), 6, "five years back from November");
}
