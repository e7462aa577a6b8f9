//! The clocks under any sequence of permitted moves: no minute is lost, none is counted twice. Pure: no file is made.

use proptest::prelude::*;
use township_desk::domain::base::calendar::{Calendar, DayKind, Hours, PastHours, SpecialDay};
use township_desk::domain::base::id::{StaffId, TicketId};
use township_desk::domain::base::time::{CHINA, MINUTE, Time};
use township_desk::domain::staff::Rank;
use township_desk::domain::ticket::category::starting;
use township_desk::domain::ticket::clock::{self, Which, clock_of, limit_of, standing};
use township_desk::domain::ticket::decide::{Deciding, decide};
use township_desk::domain::ticket::op::{Act, Edit, Step, sorted};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::{Need, Status, Ticket, moves_from};

use crate::support::town;

/// Hours of each kind of day, and one day that is something else.
fn calendars() -> impl Strategy<Value = Calendar> {
    let hours =
        || proptest::option::of((0_i64..1_200, 30_i64..240).prop_map(|(from, long)| Hours { from, to: from + long }));
    (hours(), hours(), hours(), 0_u64..9, 0_usize..3).prop_filter_map(
        "opens some day",
        |(working, rest, holiday, ahead, kind)| {
            let day = CHINA.day(town::now()) + chrono::Days::new(ahead);
            let special = SpecialDay { kind: DayKind::ALL[kind], name: String::new() };
            let (hours, days) = ([working, rest, holiday], [(day, special)].into());
            let calendar = Calendar { hours, days, ..Calendar::plain(CHINA) };
            calendar.ever_open().then_some(calendar)
        },
    )
}

/// What is done next: a permitted move, a change of category, a reason to hurry, other hours; and how long after, in
/// milliseconds.
fn steps() -> impl Strategy<Value = Vec<(u8, u8, i64)>> {
    proptest::collection::vec((0_u8..7, any::<u8>(), 0_i64..30 * 60 * MINUTE), 0..24)
}

fn act(ticket: &Ticket, what: u8, which: u8, now: Time) -> Option<Act> {
    let which = usize::from(which);
    Some(match what {
        0 => Act::Raise { version: None, raise: [Raise::Unit, Raise::Danger][which % 2], on: which % 3 > 0 },
        1 => {
            let category = starting().into_iter().nth(which % 45);
            Act::Edit { version: None, edit: Box::new(Edit { category, ..Edit::default() }) }
        }
        2 => Act::join("", ""),
        3 => return None,
        _ => {
            let moves: Vec<_> = moves_from(ticket.status).collect();
            let row = moves.get(which % moves.len().max(1))?;
            let needs = |need| row.needs.contains(&need);
            let step = Step {
                staff: (needs(Need::Staff) || needs(Need::NextOwner))
                    .then_some(StaffId(1 + i64::try_from(which).ok()?)),
                why: "因为".to_owned(),
                review: (needs(Need::Review) || needs(Need::AskAgain)).then(|| now.plus_minutes(60)),
                original: needs(Need::Original).then_some(TicketId(9)),
                ..Step::to(row.to)
            };
            Act::Move { version: None, step }
        }
    })
}

/// Sets other hours for working days, and reckons as it is done then: what was over is over, what was not is not.
fn new_hours(ticket: &mut Ticket, calendar: &mut Calendar, which: u8, now: Time) {
    let from = i64::from(which) * 4;
    let new = Some(Hours { from, to: from + 90 + i64::from(which) });
    let hours = std::mem::replace(&mut calendar.hours[DayKind::Working as usize], new);
    calendar.past.push(PastHours { until: now, kind: DayKind::Working, hours });
    let before = ticket.clone();
    clock::reckon(ticket, calendar);
    for (before, after) in [(before.respond_by, ticket.respond_by), (before.resolve_by, ticket.resolve_by)] {
        assert!(if before <= now { after == before } else { after > now }, "{before:?} {after:?} {now:?}");
    }
}

/// What must hold of a ticket at any moment.
fn holds(ticket: &Ticket, calendar: &Calendar, now: Time) {
    assert!(ticket.pauses.0.iter().all(|pause| pause.from < pause.to));
    assert!(ticket.pauses.0.windows(2).all(|pair| pair[0].to <= pair[1].from), "one behind the other");
    for which in [Which::Respond, Which::Resolve] {
        let running = clock_of(ticket, which, calendar);
        let until = ticket.closed_at.unwrap_or(now).max(running.from);
        let account = running.account(until);
        assert_eq!(account.ran + account.paused + account.closed, until.0 - running.from.0, "no minute is lost");
        let limit = limit_of(ticket, which, calendar);
        let due = running.due(limit);
        assert_eq!(due, if which == Which::Respond { ticket.respond_by } else { ticket.resolve_by });
        assert_eq!(running.account(due).ran, limit * MINUTE, "due is where the limit has run");
        if limit > 0 {
            assert!(running.account(Time(due.0 - 1)).ran < limit * MINUTE, "and not later");
        }
        let sum = clock::sum(ticket, which, calendar);
        let (shown, pauses, closed) = sum.addends();
        let minute = |time: Time| time.0.div_euclid(MINUTE);
        assert_eq!(minute(sum.from) + shown + pauses.iter().sum::<i64>() + closed, minute(due), "as people add it up");
        // The pause that runs now: as long as it lasts, nothing runs. First contact is behind it or was not made.
        if let Some(since) = ticket.paused_at.filter(|_| running.stopped.is_none()) {
            let mut pauses = ticket.pauses.clone();
            pauses.add(since, until);
            let paused = clock::Clock { pauses: &pauses.0, ..running };
            let since = since.max(running.from);
            assert_eq!(paused.account(until).ran, running.account(since).ran);
        }
    }
    if matches!(ticket.status, Status::Paused | Status::Unable | Status::Resolved | Status::Closed) {
        assert!(!standing(ticket, Time(i64::MAX / 4)).late(), "nothing is late while it rests");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_minute_is_lost_whatever_happens(
        calendar in calendars(),
        category in 0_usize..45,
        care in any::<bool>(),
        began in 0_i64..7 * 24 * 60 * MINUTE,
        steps in steps(),
    ) {
        let opened = Time(town::now().0 + began);
        let mut calendar = calendar;
        let mut ticket = sorted(&starting()[category], opened, care, &calendar);
        let mut now = opened;
        let mut answered = None;
        holds(&ticket, &calendar, now);
        for (what, which, later) in steps {
            now = Time(now.0 + later);
            if what == 3 {
                new_hours(&mut ticket, &mut calendar, which, now);
                holds(&ticket, &calendar, now);
            }
            let Some(act) = act(&ticket, what, which, now) else { continue };
            let with = Deciding { now, calendar: &calendar, rank: Rank::Manager, staff: None };
            // What is refused leaves it as it is.
            if let Ok(decided) = decide(&ticket, &act, with) {
                ticket = decided.after;
            }
            holds(&ticket, &calendar, now);
            if ticket.answered_under.is_some() {
                let told = (ticket.contacted_at, ticket.respond_by);
                prop_assert_eq!(*answered.get_or_insert(told), told, "when first contact was due is settled by it");
            }
        }
    }
}
