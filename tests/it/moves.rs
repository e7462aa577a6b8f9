//! The moves of tickets, written out by hand from what the product promises, and held against the rules alone and against
//! a real data file. Nothing here reads the program's own table of moves.

use std::collections::HashMap;

use tempfile::TempDir;
use township_desk::domain::base::calendar::Calendar;
use township_desk::domain::base::event::EventKind;
use township_desk::domain::base::id::{StaffId, TicketId};
use township_desk::domain::base::time::{CHINA, HOUR, Time};
use township_desk::domain::callback::op::{Call, Verdict, Whom};
use township_desk::domain::op::Op;
use township_desk::domain::query::{Answer, Query};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::staff::Rank;
use township_desk::domain::ticket::Status::{
    Accepted, Answered, Assigned, Closed, Duplicate, New, Paused, Referred, Resolved, Unable, Void, Working,
};
use township_desk::domain::ticket::category::starting;
use township_desk::domain::ticket::decide::{Deciding, decide};
use township_desk::domain::ticket::op::{Act, Report, Step, TicketOp, sorted};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::query::{TicketAnswer, TicketQuery};
use township_desk::domain::ticket::{Channel, Need, Status, Ticket, ToldBy};
use township_desk::store::{Error, Store};

use crate::store::{act_at, of_rank, row, staff, uid};
use crate::support::town;

const ALL: [Status; 12] =
    [New, Answered, Assigned, Accepted, Working, Paused, Referred, Resolved, Unable, Duplicate, Closed, Void];

/// From where to where, and what that is called in [`MEANS`]. A dot: refused.
#[rustfmt::skip]
const GRID: [(Status, &str); 12] = [
    //           New    Answered Assigned Accepted Working Paused Referred Resolved Unable Duplicate Closed Void
    (New,       ".      answer   give     .        .       .      refer    .        .      merge     .      void"),
    (Answered,  "reopen .        .        .        .       .      .        .        .      .         close  ."),
    (Assigned,  "return .        give     accept   .       .      .        .        .      .         .      ."),
    (Accepted,  "return .        .        .        arrive  pause  .        .        .      .         .      ."),
    (Working,   ".      .        give     .        .       pause  .        resolve  defer  .         .      ."),
    (Paused,    ".      .        give     .        resume  .      .        .        .      .         .      void"),
    (Referred,  ".      .        .        .        arrive  .      .        resolve  defer  .         .      ."),
    (Resolved,  ".      .        redo     .        .       .      .        .        .      .         close  ."),
    (Unable,    ".      .        .        .        resume  .      .        .        .      .         end    ."),
    (Duplicate, ".      .        .        .        .       .      .        .        .      .         .      ."),
    (Closed,    ".      .        redo     .        .       .      .        .        .      .         .      ."),
    (Void,      ".      .        .        .        .       .      .        .        .      .         .      ."),
];

const CLERKS: &[Rank] = Rank::ALL;
const MANAGERS: &[Rank] = &[Rank::Manager, Rank::Secretary, Rank::Administrator];

/// What is written down for a move, what it is refused without, and who may make it.
#[rustfmt::skip]
const MEANS: [(&str, EventKind, &[Need], &[Rank]); 15] = [
    ("answer",  EventKind::Answered, &[Need::Result],                  CLERKS),
    ("give",    EventKind::Assigned, &[Need::Staff],                   CLERKS),
    ("refer",   EventKind::Referred, &[Need::Body, Need::AskAgain],    CLERKS),
    ("merge",   EventKind::Merged,   &[Need::Original],                CLERKS),
    ("void",    EventKind::Voided,   &[Need::Reason],                  CLERKS),
    ("reopen",  EventKind::Reopened, &[Need::Reason],                  CLERKS),
    ("close",   EventKind::Closed,   &[Need::Reason],                  CLERKS),
    ("accept",  EventKind::Accepted, &[],                              CLERKS),
    ("return",  EventKind::Returned, &[Need::Reason, Need::NextOwner], CLERKS),
    ("arrive",  EventKind::Arrived,  &[],                              CLERKS),
    ("pause",   EventKind::Paused,   &[Need::Reason, Need::Review],    CLERKS),
    ("resolve", EventKind::Resolved, &[Need::Result],                  CLERKS),
    ("resume",  EventKind::Resumed,  &[],                              CLERKS),
    ("redo",    EventKind::Reopened, &[Need::Reason, Need::Staff],     CLERKS),
    ("defer",   EventKind::Deferred, &[Need::Reason, Need::Review],    MANAGERS),
];
/// Only a manager closes what could not be done.
const END: (&str, EventKind, &[Need], &[Rank]) = ("end", EventKind::Closed, &[Need::Reason], MANAGERS);

/// The way to a status from a new ticket.
const WAYS: [(Status, &[Status]); 12] = [
    (New, &[]),
    (Answered, &[Answered]),
    (Assigned, &[Assigned]),
    (Accepted, &[Assigned, Accepted]),
    (Working, &[Assigned, Accepted, Working]),
    (Paused, &[Assigned, Accepted, Paused]),
    (Referred, &[Referred]),
    (Resolved, &[Assigned, Accepted, Working, Resolved]),
    (Unable, &[Assigned, Accepted, Working, Unable]),
    (Duplicate, &[Duplicate]),
    (Closed, &[Answered, Closed]),
    (Void, &[Void]),
];

/// What was said with a move.
const WHY: &str = "因为下雨";

type Made = Result<(EventKind, Status), Refusal>;

/// Where the rules are asked: by themselves, or through a data file.
trait World {
    /// Does something to a ticket that stands so; with a caller there is somebody to ring back.
    fn attempt(&mut self, from: (Status, Caller), act: Act, by: Rank) -> Made;
    /// Two who can be sent; the first has every ticket that was given to anybody.
    fn people(&self) -> [StaffId; 2];
    /// An open ticket that others can be merged into.
    fn original(&self) -> TicketId;
    /// What it says of a ticket that lives on in another, where the rules alone would say this.
    fn of_merged(&self, refusal: Refusal) -> Refusal;
    /// Whether what is said of a ticket that lives on in another is written to that other.
    const FOLLOWS_MERGE: bool;
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    Unknown,
    Known,
}

/// The rules alone.
struct Rules(Calendar);

impl Rules {
    fn ticket(&mut self, (at, caller): (Status, Caller)) -> Ticket {
        let mut ticket = sorted(&starting()[20], town::now(), false, &self.0);
        if caller == Caller::Known {
            ticket.reporter_phone = "13800005678".to_owned();
        }
        for to in way(at) {
            let with = self.with(Rank::Administrator);
            ticket = decide(&ticket, &everything(self, to), with).expect("a move on the way").after;
        }
        ticket
    }

    fn with(&self, rank: Rank) -> Deciding<'_> {
        Deciding { now: town::now(), calendar: &self.0, rank, staff: None }
    }
}

impl World for Rules {
    const FOLLOWS_MERGE: bool = false;

    fn attempt(&mut self, from: (Status, Caller), act: Act, by: Rank) -> Made {
        let ticket = self.ticket(from);
        decide(&ticket, &act, self.with(by)).map(|decided| (decided.kind, decided.after.status))
    }

    fn people(&self) -> [StaffId; 2] {
        [StaffId(1), StaffId(2)]
    }

    fn original(&self) -> TicketId {
        TicketId(9)
    }

    fn of_merged(&self, refusal: Refusal) -> Refusal {
        refusal
    }
}

/// A data file, and a desk of each rank on it.
struct File {
    desks: Vec<(Rank, Store)>,
    /// Tickets to which nothing has been done since they stood so.
    ready: HashMap<(Status, Caller), TicketId>,
    original: TicketId,
    people: [StaffId; 2],
    _folder: TempDir,
}

impl File {
    fn new() -> Self {
        let (mut store, folder) = town::copy();
        let original = crate::store::take(&mut store, "路灯全不亮");
        let people = staff(store.path());
        let desks = Rank::ALL.iter().map(|rank| (*rank, of_rank(store.path(), *rank))).collect();
        Self { desks, ready: HashMap::new(), original, people: [people[0], people[1]], _folder: folder }
    }

    fn desk(&mut self, rank: Rank) -> &mut Store {
        &mut self.desks.iter_mut().find(|(at, _)| *at == rank).expect("a desk of each rank").1
    }

    fn ticket(&mut self, from: (Status, Caller)) -> TicketId {
        if let Some(id) = self.ready.get(&from) {
            return *id;
        }
        let mut report = Report::of_words("路灯不亮", Channel::Phone);
        if from.1 == Caller::Known {
            report.reporter_phone = "13800005678".to_owned();
        }
        let op = Op::Ticket(TicketOp::Take { report: Box::new(report), parked: None });
        let id = TicketId(self.desk(Rank::Clerk).commit(uid(), &op, town::now()).expect("it is taken").id);
        for to in way(from.0) {
            let act = everything(self, to);
            act_at(self.desk(Rank::Administrator), id, act, town::now()).expect("a move on the way");
        }
        self.ready.insert(from, id);
        id
    }
}

impl World for File {
    const FOLLOWS_MERGE: bool = true;

    fn attempt(&mut self, from: (Status, Caller), act: Act, by: Rank) -> Made {
        let id = self.ticket(from);
        let before = row(self.desk(by), id);
        let said = match &act {
            Act::Move { step, .. } => step.why.clone(),
            _ => String::new(),
        };
        let desk = self.desk(by);
        match act_at(desk, id, act, town::now()) {
            Ok(done) => {
                let name = desk.operator().expect("an operator").name;
                // Who, when and why are written down with each. A note on a ticket that lives on in another goes there.
                let at = TicketId(done.id);
                let Ok(Answer::Ticket(TicketAnswer::One(Some(detail)))) =
                    desk.answer(&Query::Ticket(TicketQuery::One(at)))
                else {
                    panic!("no detail")
                };
                let entry = detail.timeline.last().expect("an entry");
                assert_eq!((entry.at, &entry.by, entry.kind), (town::now(), &name, done.kind));
                let ticket = &detail.row.ticket;
                assert!(entry.status.is_none_or(|status| status == ticket.status));
                let kept = [&entry.note, &ticket.result, &ticket.outside_body];
                assert!(kept.into_iter().any(|kept| kept.contains(said.trim())), "{said} is not kept: {entry:?}");
                self.ready.remove(&from);
                Ok((done.kind, detail.row.ticket.status))
            }
            Err(Error::Refused(refusal)) => {
                assert_eq!(row(self.desk(by), id), before, "what is refused changes nothing");
                Err(refusal)
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn people(&self) -> [StaffId; 2] {
        self.people
    }

    fn original(&self) -> TicketId {
        self.original
    }

    fn of_merged(&self, _: Refusal) -> Refusal {
        Refusal::LivesOn { into: row(&self.desks[0].1, self.original).ticket.number }
    }
}

fn way(to: Status) -> impl Iterator<Item = Status> {
    WAYS.iter().find(|(at, _)| *at == to).expect("a way to each").1.iter().copied()
}

/// A move on the way there: it comes with whatever any move may need.
fn everything(world: &impl World, to: Status) -> Act {
    let [first, _] = world.people();
    made(Step { staff: Some(first), ..full(world, to) })
}

/// A move that comes with whatever any move may need, and goes to another than who has it.
fn full(world: &impl World, to: Status) -> Step {
    let review = Some(town::now().plus_minutes(90));
    let (staff, original) = (Some(world.people()[1]), Some(world.original()));
    Step { to, staff, why: WHY.to_owned(), phone: "0355-600 0101".to_owned(), review, original }
}

fn made(step: Step) -> Act {
    Act::Move { version: None, step }
}

/// The step with one thing taken out of it.
fn without(mut step: Step, need: Need) -> Step {
    match need {
        Need::Staff | Need::NextOwner => step.staff = None,
        Need::Reason | Need::Result | Need::Body => step.why = " \u{3000} ".to_owned(),
        Need::Review | Need::AskAgain => step.review = None,
        Need::Original => step.original = None,
        Need::BodyPhone => step.phone = String::new(),
    }
    step
}

const EVERY_NEED: [Need; 6] =
    [Need::Staff, Need::Reason, Need::Review, Need::Original, Need::BodyPhone, Need::NextOwner];

/// Whether two needs are met by the same part of a step.
fn same_part(a: Need, b: Need) -> bool {
    let step = Step { why: WHY.to_owned(), phone: "1".to_owned(), ..Step::to(New) };
    let step = Step { staff: Some(StaffId(1)), review: Some(town::now()), original: Some(TicketId(1)), ..step };
    without(step.clone(), a) == without(step, b)
}

/// The whole grid, held against a world.
fn holds(world: &mut impl World) {
    for (from, cells) in GRID {
        let cells: Vec<&str> = cells.split_whitespace().collect();
        for (to, word) in ALL.into_iter().zip(cells) {
            let from_here = (from, Caller::Unknown);
            let step = full(world, to);
            if word == "." {
                let refused = Refusal::MoveNotPermitted { from, to };
                let refused = if from == Duplicate { world.of_merged(refused) } else { refused };
                assert_eq!(world.attempt(from_here, made(step), Rank::Administrator), Err(refused), "{from:?} {to:?}");
                continue;
            }
            let (_, event, needs, ranks) =
                MEANS.into_iter().chain([END]).find(|(means, ..)| *means == word).expect("a word with a meaning");
            for rank in Rank::ALL {
                let expected =
                    if ranks.contains(rank) { Ok((event, to)) } else { Err(Refusal::RankTooLow { needs: ranks[0] }) };
                assert_eq!(world.attempt(from_here, made(step.clone()), *rank), expected, "{from:?} {to:?} {rank:?}");
            }
            for &need in needs {
                let refused = world.attempt(from_here, made(without(step.clone(), need)), Rank::Administrator);
                assert_eq!(refused, Err(Refusal::MoveNeeds { to, event, need }), "{from:?} {to:?} without {need:?}");
                if matches!(need, Need::Review | Need::AskAgain) {
                    let passed = Step { review: Some(town::now()), ..step.clone() };
                    let refused = match need {
                        Need::Review => Refusal::ReviewInThePast,
                        _ => Refusal::AskInThePast,
                    };
                    assert_eq!(
                        world.attempt(from_here, made(passed), Rank::Administrator),
                        Err(refused),
                        "{from:?} {to:?}"
                    );
                }
            }
            let idle = EVERY_NEED.into_iter().filter(|idle| !needs.iter().any(|need| same_part(*need, *idle)));
            let bare = idle.fold(step, without);
            let done = world.attempt(from_here, made(bare), Rank::Administrator);
            assert_eq!(done, Ok((event, to)), "{from:?} {to:?} needs nothing else");
        }
    }
}

/// What is not a move: in which statuses it can be done, and what is said in the others.
fn beside<W: World>(world: &mut W) {
    const OPEN: &[Status] = &[New, Answered, Assigned, Accepted, Working, Paused, Referred, Resolved, Unable];
    /// Where somebody of the staff has it.
    const HAD: &[Status] = &[Assigned, Accepted, Working, Paused, Resolved, Unable];
    let later = Some(town::now().plus_minutes(90));
    let ended = |status| Refusal::TicketEnded { status };
    let word = || WHY.to_owned();
    let solved = Call::Solved { whom: Whom::CameIn, in_time: true, verdict: Verdict::Fair, words: word() };
    type Row<'a> = (Act, &'a [Status], fn(Status) -> Refusal);
    let rows: [Row<'_>; 9] = [
        (Act::Note(word()), &ALL, ended),
        (Act::Chase(word()), OPEN, ended),
        (Act::join("", ""), OPEN, ended),
        (Act::Raise { version: None, raise: Raise::Unit, on: true }, OPEN, ended),
        (Act::Appoint { version: None, at: later }, OPEN, ended),
        (Act::WatchWords { version: None, text: word() }, OPEN, ended),
        (Act::Tell(ToldBy::ALL[0]), HAD, |_| Refusal::NobodyToTell),
        (Act::Asked { version: None, answer: word(), phone: None, again: later }, &[Referred], |status| {
            Refusal::NobodyToAsk { status }
        }),
        (Act::CallBack(solved), &[Resolved], |status| Refusal::NoCallbackDue { status }),
    ];
    for (act, taken, refused) in rows {
        for status in ALL {
            let got = world.attempt((status, Caller::Known), act.clone(), Rank::Clerk);
            // What a caller says or is told about a report that was merged goes where the report went.
            let said = matches!(act, Act::Note(_) | Act::Chase(_) | Act::Join { .. } | Act::Tell(_) | Act::CallBack(_));
            let at = if W::FOLLOWS_MERGE && said && status == Duplicate { New } else { status };
            if taken.contains(&at) {
                assert!(got.is_ok(), "{act:?} at {status:?}: {got:?}");
                continue;
            }
            let refused = refused(at);
            let ended = matches!(refused, Refusal::TicketEnded { .. });
            let refused = if status == Duplicate && ended { world.of_merged(refused) } else { refused };
            assert_eq!(got, Err(refused), "{act:?} at {status:?}");
        }
    }
}

/// Nothing closes by silence.
fn only_by_the_callers_word(world: &mut impl World) {
    let silent = made(full(world, Closed));
    let refused = world.attempt((Resolved, Caller::Known), silent, Rank::Administrator);
    assert_eq!(refused, Err(Refusal::OnlyByCallback));
    let call = |call| Act::CallBack(call);
    let solved = Call::Solved { whom: Whom::Reporter, in_time: true, verdict: Verdict::Fair, words: String::new() };
    let closed = world.attempt((Resolved, Caller::Known), call(solved), Rank::Clerk);
    assert_eq!(closed, Ok((EventKind::Closed, Closed)));
    let next = world.people()[1];
    let not = Call::NotSolved { whom: Whom::Reporter, words: "还漏".to_owned(), next };
    let again = world.attempt((Resolved, Caller::Known), call(not), Rank::Clerk);
    assert_eq!(again, Ok((EventKind::Reopened, Assigned)));
    let same = made(Step { staff: Some(world.people()[0]), ..full(world, Assigned) });
    let refused = world.attempt((Assigned, Caller::Known), same, Rank::Clerk);
    assert_eq!(refused, Err(Refusal::AlreadyTheirs), "it is given to another or to nobody");
}

#[test]
fn every_status_is_in_the_grid() {
    assert_eq!(GRID.map(|(from, _)| from), ALL);
    assert!(Status::ALL.iter().all(|status| ALL.contains(status)));
    assert!(GRID.iter().all(|(_, cells)| cells.split_whitespace().count() == ALL.len()));
}

#[test]
fn the_rules_permit_these_moves_and_no_others() {
    let mut world = Rules(Calendar::plain(CHINA));
    holds(&mut world);
    beside(&mut world);
    only_by_the_callers_word(&mut world);
}

#[test]
fn a_data_file_takes_these_moves_and_no_others() {
    let mut world = File::new();
    holds(&mut world);
    beside(&mut world);
    only_by_the_callers_word(&mut world);
}

#[test]
fn three_attempts_an_hour_apart_close_it_as_not_reached() {
    let mut file = File::new();
    let id = file.ticket((Resolved, Caller::Known));
    let desk = file.desk(Rank::Clerk);
    let mut try_at = |hours: i64| {
        let done = act_at(desk, id, Act::CallBack(Call::NoAnswer), Time(town::now().0 + hours * HOUR));
        done.map(|done| (done.kind, row(desk, id).ticket.status))
    };
    let tried = Ok((EventKind::CalledBack, Resolved));
    assert_eq!(try_at(0).map_err(|_| ()), tried);
    assert!(matches!(try_at(0), Err(Error::Refused(Refusal::SameHour))));
    assert_eq!(try_at(1).map_err(|_| ()), tried);
    assert_eq!(try_at(5).map_err(|_| ()), Ok((EventKind::Closed, Closed)));
}
