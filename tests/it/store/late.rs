//! Late and due soon are counted in SQL and decided in `domain::clock`: on random tickets the two must agree.

use township_desk::domain::base::id::{PlaceId, TicketId};
use township_desk::domain::base::time::Time;
use township_desk::domain::filter::{Filter, Flag, Test};
use township_desk::domain::place::query::{PlaceAnswer, PlaceQuery};
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery};
use township_desk::domain::ticket::clock::{ask_due, standing};
use township_desk::domain::ticket::query::{PageOf, TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Status, Ticket};
use township_desk::store::Store;

use super::{Dice, path_of, raw, take};
use crate::support::town;

/// 300 tickets of every status, their clocks thrown to both sides of now and onto its very edges.
fn scattered(store: &mut Store) {
    let mut dice = Dice::new(11);
    let path = path_of(store);
    let ids: Vec<TicketId> = (0..300).map(|n| take(store, &format!("第{n}件"))).collect();
    let conn = raw(&path);
    let compounds: Vec<i64> = conn
        .prepare("SELECT id FROM place WHERE kind = 'compound'")
        .expect("a statement")
        .query_map([], |row| row.get(0))
        .expect("rows")
        .map(|id| id.expect("an id"))
        .collect();
    for id in ids {
        let edges = [-60_001, -60_000, -1, 0, 1, 59_999, 60_000, 3_599_999, 3_600_000, 3_600_001, 7_200_000];
        let mut at = || town::now().0 + edges[dice.roll(edges.len())];
        // What rests is not late, whatever its review, an appointment or an outer deadline say.
        let [respond, resolve, paused, review, appointment, outer] = [0; 6].map(|_| at());
        let outer = (dice.roll(3) > 0).then_some(outer);
        let review = (dice.roll(3) > 0).then_some(review);
        let contacted = (dice.roll(2) == 0).then_some(town::now().0 - 5);
        let status = Status::ALL[dice.roll(Status::ALL.len())];
        let compound = compounds.get(dice.roll(compounds.len() + 1));
        conn.execute(
            "UPDATE ticket SET status = ?2, open = ?3, respond_by = ?4, resolve_by = ?5, contacted_at = ?6, compound_id = ?7, opened_at = opened_at - ?8, \
               paused_at = ?9, review_at = ?10, appointment_at = ?11, outer_due = ?12 WHERE id = ?1",
            rusqlite::params![id.0, status.code(), status.open(), respond, resolve, contacted, compound, i64::try_from(dice.roll(90)).expect("small"), paused, review, appointment, outer],
        )
        .expect("an update");
    }
}

fn all(store: &Store, of: PageOf) -> Vec<(TicketId, Ticket)> {
    match store.answer(&Query::Ticket(TicketQuery::Page(of))).expect("an answer") {
        Answer::Ticket(TicketAnswer::Page(page)) => {
            page.rows.into_iter().map(|listed| (listed.row.id, listed.row.ticket)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn page(limit: usize) -> PageOf {
    PageOf::first(Filter::default(), town::now(), limit)
}

#[test]
fn counts_and_late_pages_are_what_the_clock_says() {
    let (mut store, _folder) = town::copy();
    scattered(&mut store);
    let everything = all(&store, page(1_000));
    assert_eq!(everything.len(), 300);
    for minutes in [-61, -1, 0, 1, 59, 60, 61, 100_000] {
        let now = town::now().plus_minutes(minutes);
        let count = |of: &dyn Fn(&Ticket) -> bool| everything.iter().filter(|(_, t)| of(t)).count();
        let Ok(Answer::Settings(SettingsAnswer::Header(header))) =
            store.answer(&Query::Settings(SettingsQuery::Header { now }))
        else {
            panic!("no header")
        };
        let open = count(&|t| t.status.open());
        let late = count(&|t| standing(t, now).late());
        let soon = count(&|t| standing(t, now).soon());
        assert_eq!([header.open, header.late, header.soon].map(|n| n as usize), [open, late, soon], "at {minutes}");
        let Ok(Answer::Place(PlaceAnswer::Compounds(rows))) =
            store.answer(&Query::Place(PlaceQuery::Compounds { now }))
        else {
            panic!("no rows")
        };
        for row in rows {
            let within = |t: &Ticket| t.compound == Some(row.id);
            let open = count(&|t| within(t) && t.status.open());
            let late = count(&|t| within(t) && standing(t, now).late());
            assert_eq!([row.open, row.late].map(|n| n as usize), [open, late]);
        }
        let wanted: Vec<TicketId> =
            everything.iter().filter(|(_, t)| standing(t, now).late()).map(|(id, _)| *id).collect();
        let asks: Vec<TicketId> = everything.iter().filter(|(_, t)| ask_due(t, now)).map(|(id, _)| *id).collect();
        let found = all(&store, PageOf::first(Filter::default().and(Test::Is(Flag::Ask)), now, 1_000));
        assert_eq!(found.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), asks, "to be asked at {minutes}");
        let late = Filter::default().and(Test::Is(Flag::Late));
        let found = all(&store, PageOf::first(late, now, 1_000));
        assert_eq!(found.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), wanted, "late at {minutes}");
    }
}

type Holds<'a> = &'a dyn Fn(&Ticket) -> bool;

#[test]
fn pages_together_are_the_whole_list_once_newest_first() {
    let (mut store, _folder) = town::copy();
    scattered(&mut store);
    let everything = all(&store, page(1_000));
    let compound = everything.iter().find_map(|(_, t)| t.compound);
    let here = || Test::Compound(compound.into_iter().collect());
    let of = |filter: Filter| PageOf::first(filter, town::now(), 7);
    let narrow: [(PageOf, Holds); 6] = [
        (page(7), &|_| true),
        (of(Filter::open()), &|t| t.status.open()),
        (of(Filter::default().and(here())), &|t| t.compound == compound),
        (of(Filter::open().and(here())), &|t| t.compound == compound && t.status.open()),
        (of(Filter::default().with_words("1件")), &|t| t.words.contains("1件")),
        (of(Filter::open().with_words("第 2")), &|t| t.words.contains('2') && t.status.open()),
    ];
    for (mut of, holds) in narrow {
        let wanted: Vec<TicketId> = everything.iter().filter(|(_, t)| holds(t)).map(|(id, _)| *id).collect();
        assert!(wanted.len() > 14, "several pages");
        let mut found: Vec<(TicketId, Time)> = Vec::new();
        loop {
            let Ok(Answer::Ticket(TicketAnswer::Page(page))) =
                store.answer(&Query::Ticket(TicketQuery::Page(of.clone())))
            else {
                panic!("no page")
            };
            assert!(page.rows.len() <= of.limit);
            found.extend(page.rows.iter().map(|listed| (listed.row.id, listed.row.ticket.opened_at)));
            of.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), wanted, "{of:?}");
        assert!(found.windows(2).all(|pair| (pair[0].1, pair[0].0) > (pair[1].1, pair[1].0)));
    }
    assert_eq!(all(&store, of(Filter::default().and(Test::Compound(vec![PlaceId(1)])))), []);
}
