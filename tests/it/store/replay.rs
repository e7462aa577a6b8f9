//! Events are the whole truth: replayed, each ticket's give its row. Random work, undone step by step, comes back to where it
//! began; ids and seqs rise whatever the clock does.

use serde_json::{Map, Value, json};
use township_desk::domain::base::calendar::{DayKind, Hours, SpecialDay};
use township_desk::domain::base::event::Tracked;
use township_desk::domain::base::id::{StaffId, TicketId};
use township_desk::domain::base::time::{CHINA, DAY, Time};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::settings::op::Change;
use township_desk::domain::settings::query::{SettingsAnswer, SettingsQuery};
use township_desk::domain::ticket::op::{Act, Edit, Step};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::{MOVES, Need, Ticket, TicketChanges};
use township_desk::store::{Error, Store, Wish, make_sample};

use super::{Dice, act_at, again, digest, edit, path_of, raw, report, staff, step, uid};
use crate::support::town;

/// Words beside the changed fields.
const BESIDE: [&str; 3] = ["note", "name", "phone"];

/// Each ticket's events, read here anew from the file as its form is described, must give the ticket the store answers.
fn replays(store: &Store) -> usize {
    let conn = raw(store.path());
    let mut events = conn
        .prepare("SELECT seq, kind, payload FROM event WHERE entity_kind = 'ticket' AND entity_id = ?1 ORDER BY seq")
        .expect("a statement");
    let mut texts = conn.prepare("SELECT field, text, salt FROM event_text WHERE seq = ?1").expect("a statement");
    let mut ids = conn.prepare("SELECT id FROM ticket").expect("a statement");
    let ids: Vec<i64> = ids.query_map([], |r| r.get(0)).expect("rows").map(|id| id.expect("an id")).collect();
    for id in &ids {
        let mut ticket = Ticket::blank();
        let mut rows = events.query([id]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let (seq, kind): (i64, String) = (row.get(0).expect("seq"), row.get(1).expect("kind"));
            let mut payload: Map<String, Value> =
                serde_json::from_str(&row.get::<_, String>(2).expect("payload")).expect("JSON");
            if kind == "taken" {
                // There is no "before" of a first event; any value of the field's own form will do.
                let fields = payload.iter_mut().filter(|(name, _)| !BESIDE.contains(&name.as_str()));
                fields.for_each(|(_, v)| *v = json!([v.clone(), v.take()]));
            }
            let mut words = texts.query([seq]).expect("rows");
            while let Some(row) = words.next().expect("a row") {
                let (field, text): (String, String) = (row.get(0).expect("field"), row.get(1).expect("text"));
                let salt: Vec<u8> = row.get(2).expect("salt");
                let (name, side) = field.split_once('.').unwrap_or((&field, ""));
                let slot = payload.get_mut(name).expect("the field");
                match slot.as_array_mut() {
                    Some(pair) => {
                        let places = match side {
                            "was" => 0..1,
                            "now" => 1..2,
                            _ => 0..2,
                        };
                        for place in places {
                            assert_eq!(pair[place], digest_of(&salt, &text), "event {seq}, {field}");
                            pair[place] = Value::String(text.clone());
                        }
                    }
                    None => assert_eq!(*slot, digest_of(&salt, &text), "event {seq}, {field}"),
                }
            }
            for name in BESIDE {
                payload.remove(name);
            }
            let changes: TicketChanges = serde_json::from_value(Value::Object(payload)).expect("changes");
            if kind != "taken" {
                let mut back = ticket.clone();
                back.apply(&changes);
                assert_eq!(back.take_back(&changes), Ok(()), "event {seq}");
                assert_eq!(back, ticket, "event {seq} tells what was there before it");
            }
            ticket.apply(&changes);
        }
        assert_eq!(super::row(store, TicketId(*id)).ticket, ticket, "ticket {id}");
    }
    ids.len()
}

/// What stands in the payload for words that are kept apart.
fn digest_of(salt: &[u8], text: &str) -> Value {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    let whole = Sha256::new().chain_update(salt).chain_update(text.as_bytes()).finalize();
    Value::String(base64::engine::general_purpose::STANDARD_NO_PAD.encode(&whole[..16]))
}

#[test]
fn a_samples_tickets_replay_to_their_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let wish =
        Wish { residents: 300, tickets: 400, ..Wish::usual(town::now(), township_desk::domain::base::time::CHINA) };
    make_sample(&path, wish, |_| ()).expect("a sample");
    assert_eq!(replays(&again(&path)), 400);
}

/// Something a clerk might do next; what is refused counts as nothing done.
fn something(store: &mut Store, dice: &mut Dice, people: &[StaffId], tickets: &mut Vec<TicketId>, now: Time) -> bool {
    let one = (!tickets.is_empty()).then(|| tickets[dice.roll(tickets.len())]);
    let word = |dice: &mut Dice| format!("话{}", dice.roll(1_000));
    let done = match (one, dice.roll(22)) {
        (_, 1) => store.commit(uid(), &Op::Settings(setting(store, dice)), now),
        (None, _) | (_, 0) => {
            let done = store.commit(uid(), &report(&word(dice)), now);
            if let Ok(done) = &done {
                tickets.push(TicketId(done.id));
            }
            done
        }
        (Some(id), n) => {
            let ticket = super::row(store, id);
            let version = (dice.roll(2) == 0).then_some(ticket.version);
            let act = match n {
                2 => edit(version, Edit { words: Some(word(dice)), ..Edit::default() }),
                3 => edit(version, Edit { reporter_phone: Some("13800000000".to_owned()), ..Edit::default() }),
                4 => edit(version, Edit { appointment_at: Some(Some(now.plus_minutes(60))), ..Edit::default() }),
                5 => Act::Watch { version, on: dice.roll(2) == 0 },
                6 => Act::Note(word(dice)),
                7 => Act::Chase(String::new()),
                8 => {
                    let raise = [Raise::Unit, Raise::Danger, Raise::Care][dice.roll(3)];
                    Act::Raise { version, raise, on: dice.roll(3) > 0 }
                }
                9 => Act::Appoint { version, at: (dice.roll(3) > 0).then(|| now.plus_minutes(90)) },
                10 => Act::WatchWords { version, text: word(dice) },
                11 => Act::Charge { version, materials: word(dice), fee: Some(1_250) },
                12 => Act::Attach { path: "../".repeat(dice.roll(3)) + ".", on: dice.roll(3) > 0 },
                13 => Act::Relate { to: tickets[dice.roll(tickets.len())], on: dice.roll(3) > 0 },
                14 => Act::join(&word(dice), ""),
                15 => Act::Asked {
                    version,
                    answer: word(dice),
                    phone: (dice.roll(2) == 0).then(|| word(dice)),
                    again: Some(now.plus_minutes(120)),
                },
                _ => {
                    let moves: Vec<_> = MOVES.iter().filter(|m| m.from == ticket.ticket.status).collect();
                    if moves.is_empty() {
                        return false;
                    }
                    let chosen = moves[dice.roll(moves.len())];
                    let person = Some(people[dice.roll(people.len())]);
                    let needs = |need| chosen.needs.contains(&need);
                    step(
                        version,
                        Step {
                            to: chosen.to,
                            staff: person.filter(|_| needs(Need::Staff) || needs(Need::NextOwner)),
                            why: word(dice),
                            phone: [String::new(), word(dice)][dice.roll(2)].clone(),
                            review: (needs(Need::Review) || needs(Need::AskAgain)).then(|| now.plus_minutes(30)),
                            original: needs(Need::Original).then(|| tickets[dice.roll(tickets.len())]),
                        },
                    )
                }
            };
            act_at(store, id, act, now)
        }
    };
    match done {
        Ok(_) => true,
        Err(Error::Refused(_)) => false,
        Err(Error::Trouble(trouble)) => panic!("{trouble:?}"),
    }
}

/// A change of the settings a manager might make.
fn setting(store: &Store, dice: &mut Dice) -> Change {
    let Ok(Answer::Settings(SettingsAnswer::Township(township))) =
        store.answer(&Query::Settings(SettingsQuery::Township))
    else {
        panic!("no township")
    };
    match dice.roll(3) {
        0 => {
            let kind = DayKind::ALL[dice.roll(3)];
            let from = 420 + 60 * i64::try_from(dice.roll(5)).expect("small");
            let now = (dice.roll(4) > 0).then_some(Hours { from, to: from + 300 });
            Change::Hours { kind, was: township.calendar.hours[kind as usize], now }
        }
        1 => {
            let day = CHINA.day(town::now()) + chrono::Days::new(u64::try_from(dice.roll(4)).expect("small"));
            let name = format!("节{}", dice.roll(3));
            let now = (dice.roll(3) > 0).then(|| SpecialDay { kind: DayKind::ALL[dice.roll(3)], name });
            Change::Day { day, was: township.calendar.days.get(&day).cloned(), now }
        }
        _ => {
            let was = township.categories[dice.roll(3)].clone();
            let mut now = was.clone();
            now.respond_minutes = 1 + i64::try_from(dice.roll(5)).expect("small");
            now.keywords = vec![format!("词{}", dice.roll(3))];
            Change::Category { was: Box::new(was), now: Box::new(now) }
        }
    }
}

/// Random work, taken back and made again. Gives how many changes it was.
fn there_and_back(seed: u64, steps: usize) -> usize {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let people = staff(&path);
    let mut dice = Dice::new(seed);
    let (mut tickets, mut done, mut stops) = (Vec::new(), 0, Vec::new());
    let mut now = town::now();
    for _ in 0..steps {
        now = now.plus_minutes(i64::try_from(dice.roll(40)).expect("small"));
        if dice.roll(5) == 0 {
            stops.push((done, digest(&path)));
        }
        done += usize::from(something(&mut store, &mut dice, &people, &mut tickets, now));
    }
    let end = digest(&path);
    replays(&store);
    for left in (0..done).rev() {
        store.undo(uid(), now).unwrap_or_else(|e| panic!("seed {seed}, {left} left: {e}"));
        for (_, before) in stops.iter().filter(|(at, _)| *at == left) {
            assert_eq!(&digest(&path), before, "seed {seed}, taken back to {left}");
        }
    }
    replays(&store);
    for n in 0..done {
        store.redo(uid(), now).unwrap_or_else(|e| panic!("seed {seed}, made again {n}: {e}"));
    }
    assert_eq!(digest(&path), end, "seed {seed}: all made again");
    replays(&store);
    done
}

#[test]
fn random_work_taken_back_and_made_again() {
    for seed in 1..=12 {
        there_and_back(seed, 40);
    }
}

#[test]
#[ignore = "an hour of clerks' work: 10,000 changes"]
fn much_random_work_taken_back_and_made_again() {
    let done: usize = (1_000..1_100).map(|seed| there_and_back(seed, 100)).sum();
    eprintln!("{done} changes made, taken back and made again");
    assert!(done > 5_000, "most of 10,000 tries change something: {done}");
}

#[test]
fn ids_and_seqs_rise_whatever_the_clock_does() {
    let (mut store, _folder) = town::copy();
    let path = path_of(&store);
    let mut dice = Dice::new(3);
    let steps = [0, -DAY, 1, -3_600_000, 3_652 * DAY, -3_652 * DAY, 7];
    let (mut now, mut last) = (town::now(), 0);
    for n in 0..200 {
        now = Time(now.0 + steps[dice.roll(steps.len())]);
        let id = store.commit(uid(), &report(&format!("第{n}件")), now).expect("taken").id;
        assert!(id > last, "{id} after {last}");
        last = id;
    }
    let conn = raw(&path);
    let (events, first, newest): (i64, i64, i64) = conn
        .query_row("SELECT COUNT(*), MIN(seq), MAX(seq) FROM event", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .expect("a row");
    assert_eq!(newest - first + 1, events, "no seq is left out");
    let backwards: i64 = conn
        .query_row(
            "SELECT COUNT(*) FROM event a JOIN event b ON b.seq = a.seq + 1 WHERE b.command_id < a.command_id",
            [],
            |r| r.get(0),
        )
        .expect("a count");
    assert_eq!(backwards, 0, "commands rise with seqs");
    let Ok(Answer::Settings(SettingsAnswer::Header(header))) =
        store.answer(&Query::Settings(SettingsQuery::Header { now }))
    else {
        panic!("no header")
    };
    assert_eq!(header.open, 200);
}
