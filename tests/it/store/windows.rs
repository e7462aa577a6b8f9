//! Handovers at all sorts of times: their windows of the log, and what each is called.

use std::collections::BTreeSet;

use proptest::prelude::*;
use township_desk::domain::base::time::{HOUR, MINUTE, Time};
use township_desk::domain::handover::Kind;
use township_desk::domain::handover::verify::{forgotten, owed};
use township_desk::text::{Lang, handover};

use super::handover::{accept, answer_all, history, now, present_at, sign, two_at_the_desk};
use super::{again, raw, take};

/// How one shift is handed over: how many shifts later than the one before, so many minutes from that shift's end, how,
/// and so many minutes between both signatures.
#[derive(Clone, Debug)]
struct Handing {
    shifts: i64,
    off: i64,
    kind: Kind,
    between: i64,
}

fn handing() -> impl Strategy<Value = Handing> {
    let shifts = prop_oneof![6 => Just(1_i64), 2 => 2_i64..4, 1 => Just(9_i64), 1 => Just(0_i64)];
    let off = prop_oneof![4 => -20_i64..25, 1 => -470_i64..0, 1 => 0_i64..480];
    let kind =
        prop_oneof![4 => Just(Kind::Normal), 1 => Just(Kind::Phone), 1 => Just(Kind::StandIn), 1 => Just(Kind::Nobody)];
    (shifts, off, kind, prop_oneof![3 => 0_i64..15, 1 => 15_i64..700])
        .prop_map(|(shifts, off, kind, between)| Handing { shifts, off, kind, between })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_event_lies_in_one_window_and_a_shifts_name_follows_the_clock(
        first in 0_i64..1_500,
        handings in prop::collection::vec(handing(), 1..7),
    ) {
        let (mut store, _folder, receiver) = two_at_the_desk();
        let mut at = now().plus_minutes(first);
        let mut end = Time(now().0 + 6 * HOUR);
        for handing in handings {
            end = Time(end.0 + handing.shifts * 8 * HOUR);
            at = at.plus_minutes(1).max(end.plus_minutes(handing.off));
            take(&mut store, "漏水");
            let due = present_at(&store, at).due;
            let turns = town_turns(&store);
            let (begins, ends) = turns.span(due.turn);
            let from_end = ends.minutes_to(at);
            prop_assert!(from_end < 240, "{from_end} minutes after its end: the next one's by then");
            if at >= begins {
                prop_assert!(from_end >= -480);
                if handing.kind != Kind::Nobody {
                    sign(&mut store, None, at).expect("a shift that has begun is signed");
                    at = at.plus_minutes(handing.between);
                }
                let present = present_at(&store, at);
                let replayed = store.replay_open(present.due).expect("a replay");
                let lines = handover::lines(&present, Lang::Zh);
                prop_assert_eq!(forgotten(owed(&replayed, present.ahead), &lines), vec![]);
                answer_all(&store, at);
                accept(&mut store, receiver, handing.kind, None, at).expect("accepted");
                store = again(store.path());
            } else {
                // It was handed over shortly before its end; who comes next begins then.
                prop_assert!(at.minutes_to(begins) <= 120);
            }
            // Whatever came before, the shift that runs is signed at its end.
            let running = turns.at(at.plus_minutes(130));
            let signed = turns.span(running).1;
            if signed >= at.plus_minutes(120) {
                prop_assert_eq!(present_at(&store, signed.plus_minutes(5)).due.turn, running);
            }
        }
        let mut pasts: Vec<_> = history(&store).into_iter().map(|past| past.handover).collect();
        pasts.sort_by_key(|handover| handover.taken.map(|taken| taken.seq));
        let windows: Vec<(i64, i64)> =
            pasts.iter().map(|handover| (handover.from_seq, handover.taken.expect("taken").seq)).collect();
        let newest = windows.last().map_or(0, |(_, to)| *to);
        let conn = raw(store.path());
        let mut seqs = conn.prepare("SELECT seq FROM event WHERE seq <= ?1").expect("a statement");
        for seq in seqs.query_map([newest], |row| row.get::<_, i64>(0)).expect("rows").map(|seq| seq.expect("a seq")) {
            let holding = windows.iter().filter(|(from, to)| *from < seq && seq <= *to).count();
            prop_assert_eq!(holding, 1, "event {} in {:?}", seq, &windows);
        }
        // No shift between the first and the last is left out.
        let turns = town_turns(&store);
        let spoken: BTreeSet<_> = pasts.iter().flat_map(|handover| handover.shifts(&handover.lines)).collect();
        let ends: Vec<i64> = spoken.iter().map(|turn| turns.span(*turn).1.0).collect();
        prop_assert!(ends.windows(2).all(|pair| pair[1] - pair[0] == 480 * MINUTE), "{spoken:?}");
    }
}

fn town_turns(store: &township_desk::store::Store) -> township_desk::domain::handover::turn::Turns {
    use township_desk::domain::handover::turn::Turns;
    use township_desk::domain::roster::Templates;
    Turns { hours: Templates::starting(), zone: store.zone() }
}
