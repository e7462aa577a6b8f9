//! A handover is signed as it was seen: what makes the lines drafted before stale, and what does not. Signing itself is in
//! `handover`.

use township_desk::domain::base::event::{Entity, EventKind};
use township_desk::domain::handover::op::Act;
use township_desk::domain::handover::{About, Line};
use township_desk::domain::refusal::Refusal;
use township_desk::text::{Lang, handover};

use super::handover::{commit, now, present_at, two_at_the_desk};
use super::{again, path_of, raw, refused, take};

#[test]
fn what_happens_between_looking_and_signing_is_looked_at_first() {
    let (mut store, _folder, _) = two_at_the_desk();
    let seen = present_at(&store, now());
    take(&mut again(&path_of(&store)), "刚来的");
    let lines = handover::lines(&seen, Lang::Zh);
    let sign = Act::Sign { lines: lines.clone(), seq: seen.seq, version: seen.version, pin: None };
    assert_eq!(refused(commit(&mut store, sign, now())), Refusal::HandoverStale);
    // Time alone makes something owed: a draft that lacks it is not signed either.
    let fresh = present_at(&store, now());
    let short: Vec<Line> =
        handover::lines(&fresh, Lang::Zh).into_iter().filter(|line| line.about != About::Figures).collect();
    let sign = Act::Sign { lines: short, seq: fresh.seq, version: fresh.version, pin: None };
    assert_eq!(refused(commit(&mut store, sign, now())), Refusal::HandoverStale);
}

/// Kinds of records of which a handover tells something, and those of which it does not.
const STALE: [&str; 7] = ["ticket", "parked", "outage", "shift", "leave", "need", "roster"];
const NOT_STALE: [&str; 10] =
    ["township", "place", "person", "residency", "staff", "category", "calendar", "filter", "handover", "operator"];

#[test]
fn what_happens_to_some_kinds_of_records_is_looked_at_before_signing_and_to_others_not() {
    let mut all: Vec<&str> = STALE.into_iter().chain(NOT_STALE).collect();
    let mut known: Vec<&str> = Entity::ALL.iter().map(|entity| entity.code()).collect();
    all.sort_unstable();
    known.sort_unstable();
    assert_eq!(all, known);
    for kind in all {
        let (mut store, _folder, _) = two_at_the_desk();
        take(&mut store, "先来的");
        let seen = present_at(&store, now());
        let sql = "INSERT INTO event (seq, command_id, n, at, entity_kind, entity_id, kind, payload) \
             SELECT seq + 1, command_id, n + 1, at, ?1, 0, 'noted', '{}' FROM event ORDER BY seq DESC LIMIT 1";
        assert_eq!(raw(store.path()).execute(sql, [kind]).expect("an event"), 1);
        raw(store.path()).execute("UPDATE counter SET value = value + 1 WHERE name = 'event_seq'", []).expect("a row");
        let lines = handover::lines(&seen, Lang::Zh);
        let signed = commit(&mut store, Act::Sign { lines, seq: seen.seq, version: seen.version, pin: None }, now());
        if STALE.contains(&kind) {
            assert_eq!(refused(signed), Refusal::HandoverStale, "{kind}");
        } else {
            assert_eq!(signed.map(|done| done.kind).expect(kind), EventKind::Signed);
        }
    }
}
