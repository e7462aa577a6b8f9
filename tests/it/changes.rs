//! Every change there is, held against one table written out by hand: what its command is kept as, whether undo takes it
//! back, and the least rank that may make it. What each change does to a record is not here.

use std::collections::BTreeSet;

use township_desk::desk::Msg;
use township_desk::desk::frame::commit::After;
use township_desk::desk::frame::effect::Effect;
use township_desk::domain::base::calendar::{DayKind, SpecialDay};
use township_desk::domain::base::event::{Entity, EventKind};
use township_desk::domain::base::id::{
    CommandId, CommandUid, FilterId, HandoverId, OperatorId, OutageId, ParkedId, PersonId, ShiftId, StaffId, TicketId,
};
use township_desk::domain::base::time::{Day, Time};
use township_desk::domain::callback::op::{Call, Verdict, Whom};
use township_desk::domain::handover::op::Said;
use township_desk::domain::handover::{self, About, Kind, Line, Section};
use township_desk::domain::op::kind::{CommandKind, Undo};
use township_desk::domain::op::{Done, Op};
use township_desk::domain::outage::OutageKind;
use township_desk::domain::outage::op::{Notice, OutageOp};
use township_desk::domain::parked::op::{Form, ParkedOp};
use township_desk::domain::person::nickname::{Nickname, PersonOp, Whose};
use township_desk::domain::refusal::Refusal;
use township_desk::domain::roster::coverage::{Need, NeedDays};
use township_desk::domain::roster::op::{RosterOp, StaffEdit};
use township_desk::domain::roster::presence::{Opening, PresenceOp};
use township_desk::domain::roster::rules::{Rule, Severity};
use township_desk::domain::roster::shift::{Presence, Template};
use township_desk::domain::settings::op::Change;
use township_desk::domain::staff::{Rank, Role};
use township_desk::domain::ticket::category::starting;
use township_desk::domain::ticket::op::{Act, Edit, Report, Step, TicketOp};
use township_desk::domain::ticket::priority::Raise;
use township_desk::domain::ticket::{Channel, Status, ToldBy};
use township_desk::domain::{filter, operator};

use crate::support::at_the_desk;

/// Who makes the changes below.
const ME: &str = "李敏";

/// The change, what it is kept as, what undo does with it, and the least rank. By the design's list of what is not undoable
/// (publish, sign, accept, told times, callback results, import, operators) and its roles.
const TABLE: &str = "
    take                    take              undone             clerk
    park                    park              passed_over        clerk
    unpark                  unpark            passed_over        clerk
    call                    nickname          undone             clerk
    ticket.move             move              undone             clerk
    ticket.move.unable      move              undone             manager
    ticket.edit             edit              undone             clerk
    ticket.watch            watch             undone             leader
    ticket.note             note              undone             clerk
    ticket.chase            chase             undone             clerk
    ticket.join             join              undone             clerk
    ticket.warn             warn              never:warned       clerk
    ticket.tell             tell              never:told         clerk
    ticket.raise            raise             undone             clerk
    ticket.appoint          appoint           undone             clerk
    ticket.watch_words      watch_words       undone             clerk
    ticket.charge           charge            undone             clerk
    ticket.attach           attach            undone             clerk
    ticket.relate           relate            undone             clerk
    ticket.asked            asked             undone             clerk
    ticket.call.no_answer   call_back         never:called_back  clerk
    ticket.call.solved      call_back         never:called_back  clerk
    ticket.call.not_solved  call_back         never:called_back  clerk
    many.none               move              undone             clerk
    many.alike              note              undone             clerk
    many.with_told          tell              never:told         clerk
    many.with_watch         note              undone             leader
    outage.announce         outage            undone             clerk
    outage.change           outage            undone             clerk
    outage.end              outage            undone             clerk
    outage.attach           outage            undone             clerk
    presence.mark           mark              undone             clerk
    presence.step_in        step_in           undone             clerk
    roster.plan             roster            undone             leader
    roster.discard          roster            undone             leader
    roster.publish          publish           never:published    leader
    roster.leave            roster            undone             leader
    roster.need             roster            undone             manager
    roster.template         roster            undone             manager
    roster.rule             roster            undone             manager
    roster.staff            roster            undone             manager
    roster.depart           roster            undone             manager
    roster.hire             hire              never:added        manager
    handover.say            handover_say      undone             clerk
    handover.add            handover_add      undone             clerk
    handover.sign           handover_sign     never:signed       clerk
    handover.accept         handover_accept   never:taken_over   clerk
    handover.correct        handover_correct  never:edited       leader
    handover.item           handover_item     never:set          leader
    operator.add            operator          never:edited       administrator
    operator.pin            operator          never:edited       administrator
    operator.pin.own        operator          never:edited       clerk
    operator.unlock         operator          never:edited       administrator
    operator.unlock.own     operator          never:edited       administrator
    settings.category       settings          undone             manager
    settings.hours          settings          undone             manager
    settings.day            settings          undone             manager
    settings.redated        settings          undone             manager
    filter.save             filter            undone             clerk
    filter.remove           filter            undone             clerk
";

/// Commands that are no change of a person's own making.
const OTHERS: &str = "
    import  from_backup
    export  never:noted
    sample  never:added
    undo    undone
    redo    undone
";

/// The name of a change in the table. No arm stands for several: a new change does not compile until it is named here.
fn name(op: &Op) -> String {
    let words = match op {
        Op::Ticket(TicketOp::Take { .. }) => ["take", ""],
        Op::Parked(ParkedOp::Park(_)) => ["park", ""],
        Op::Parked(ParkedOp::TakeUp(_)) => ["unpark", ""],
        Op::Person(PersonOp::Call(_)) => ["call", ""],
        Op::Ticket(TicketOp::Act { act, .. }) => ["ticket", act_name(act)],
        Op::Ticket(TicketOp::Many(acts)) => [
            "many",
            match acts.last() {
                None => "none",
                Some((_, Act::Tell(_))) => "with_told",
                Some((_, Act::Watch { .. })) => "with_watch",
                Some(_) => "alike",
            },
        ],
        Op::Outage(op) => [
            "outage",
            match op {
                OutageOp::Announce(_) => "announce",
                OutageOp::Change { .. } => "change",
                OutageOp::End { .. } => "end",
                OutageOp::Attach { .. } => "attach",
            },
        ],
        Op::Roster(op) => [
            if matches!(op, RosterOp::Presence(_)) { "presence" } else { "roster" },
            match op {
                RosterOp::Presence(PresenceOp::Mark { .. }) => "mark",
                RosterOp::Presence(PresenceOp::StepIn { .. }) => "step_in",
                RosterOp::Plan(_) => "plan",
                RosterOp::Discard { .. } => "discard",
                RosterOp::Publish { .. } => "publish",
                RosterOp::Leave { .. } => "leave",
                RosterOp::Need { .. } => "need",
                RosterOp::Template { .. } => "template",
                RosterOp::Rule { .. } => "rule",
                RosterOp::Staff { .. } => "staff",
                RosterOp::Depart { .. } => "depart",
                RosterOp::Hire { .. } => "hire",
            },
        ],
        Op::Handover(act) => [
            "handover",
            match act {
                handover::op::Act::Say { .. } => "say",
                handover::op::Act::Add(_) => "add",
                handover::op::Act::Sign { .. } => "sign",
                handover::op::Act::Accept { .. } => "accept",
                handover::op::Act::Correct { .. } => "correct",
                handover::op::Act::Item { .. } => "item",
            },
        ],
        Op::Operator(act) => [
            "operator",
            match act {
                operator::op::Act::Add { .. } => "add",
                operator::op::Act::SetPin { name, .. } if name == ME => "pin.own",
                operator::op::Act::SetPin { .. } => "pin",
                operator::op::Act::Unlock { name, .. } if name == ME => "unlock.own",
                operator::op::Act::Unlock { .. } => "unlock",
            },
        ],
        Op::Settings(change) => [
            "settings",
            match change {
                Change::Category { .. } => "category",
                Change::Hours { .. } => "hours",
                Change::Day { .. } => "day",
                Change::Redated { .. } => "redated",
            },
        ],
        Op::Filter(act) => [
            "filter",
            match act {
                filter::op::Act::Save { .. } => "save",
                filter::op::Act::Remove(_) => "remove",
            },
        ],
    };
    words.join(".").trim_end_matches('.').to_owned()
}

fn act_name(act: &Act) -> &'static str {
    match act {
        Act::Move { step, .. } if step.to == Status::Unable => "move.unable",
        Act::Move { .. } => "move",
        Act::Edit { .. } => "edit",
        Act::Watch { .. } => "watch",
        Act::Note(_) => "note",
        Act::Chase(_) => "chase",
        Act::Join { .. } => "join",
        Act::Warn => "warn",
        Act::Tell(_) => "tell",
        Act::Raise { .. } => "raise",
        Act::Appoint { .. } => "appoint",
        Act::WatchWords { .. } => "watch_words",
        Act::Charge { .. } => "charge",
        Act::Attach { .. } => "attach",
        Act::Relate { .. } => "relate",
        Act::Asked { .. } => "asked",
        Act::CallBack(Call::NoAnswer) => "call.no_answer",
        Act::CallBack(Call::Solved { .. }) => "call.solved",
        Act::CallBack(Call::NotSolved { .. }) => "call.not_solved",
    }
}

fn acts() -> Vec<Act> {
    let version = None;
    let words = String::new;
    vec![
        Act::Move { version, step: Step::assign(StaffId(1)) },
        Act::Move { version, step: Step::to(Status::Unable) },
        Act::Edit { version, edit: Box::new(Edit::default()) },
        Act::Watch { version, on: true },
        Act::Note(words()),
        Act::Chase(words()),
        Act::join("", ""),
        Act::Warn,
        Act::Tell(ToldBy::Phone),
        Act::Raise { version, raise: Raise::Unit, on: true },
        Act::Appoint { version, at: None },
        Act::WatchWords { version, text: words() },
        Act::Charge { version, materials: words(), fee: None },
        Act::Attach { path: words(), on: true },
        Act::Relate { to: TicketId(2), on: true },
        Act::Asked { version, answer: words(), phone: None, again: None },
        Act::CallBack(Call::NoAnswer),
        Act::CallBack(Call::Solved {
            whom: Whom::Reporter,
            in_time: true,
            verdict: Verdict::Satisfied,
            words: words(),
        }),
        Act::CallBack(Call::NotSolved { whom: Whom::Reporter, words: words(), next: StaffId(1) }),
    ]
}

fn roster_ops(day: Day) -> Vec<RosterOp> {
    let (role, template) = (Role::Guard, Template::Early);
    let need = Need { compound: None, role, template, days: NeedDays::Every, count: 1 };
    vec![
        RosterOp::Plan(Vec::new()),
        RosterOp::Discard { monday: day },
        RosterOp::Publish { monday: day, seen: None },
        RosterOp::Leave { spans: Vec::new(), kind: None, note: String::new() },
        RosterOp::Need { need, off: false },
        RosterOp::Template { template, hours: None },
        RosterOp::Rule { rule: Rule::Overlap, severity: Severity::Hard, figure: None },
        RosterOp::Staff { id: StaffId(1), edit: Box::new(StaffEdit::default()) },
        RosterOp::Depart { id: StaffId(1), tickets: Vec::new() },
        RosterOp::Hire { name: "冯凯".to_owned(), role, phone: String::new() },
    ]
}

fn handover_acts() -> Vec<handover::op::Act> {
    let line = Line::new(Section::Notes, About::Note(1), "钥匙".to_owned());
    let (lines, seq, version, pin) = (Vec::new, 0, 0, None);
    vec![
        handover::op::Act::Say { line: Box::new(line), said: Said::Mark(true) },
        handover::op::Act::Add("钥匙".to_owned()),
        handover::op::Act::Sign { lines: lines(), seq, version, pin: pin.clone() },
        handover::op::Act::Accept {
            by: OperatorId(2),
            kind: Kind::Normal,
            lines: lines(),
            seq,
            version,
            pin: pin.clone(),
        },
        handover::op::Act::Correct { of: HandoverId(1), text: String::new(), pin },
        handover::op::Act::Item { name: "钥匙".to_owned(), expected: Some(1), cash: false },
    ]
}

fn operator_acts() -> Vec<operator::op::Act> {
    let pin = |name: &str| operator::op::Act::SetPin { name: name.to_owned(), own: None, new: None };
    let unlock = |name: &str| operator::op::Act::Unlock { name: name.to_owned(), own: None };
    vec![
        operator::op::Act::Add { name: "高洁".to_owned(), rank: Rank::Clerk, pin: None, own: None },
        pin("高洁"),
        pin(ME),
        unlock("高洁"),
        unlock(ME),
    ]
}

/// One of each, in the table's order.
fn every_change() -> Vec<Op> {
    let uid = CommandUid(uuid::Uuid::nil());
    let id = TicketId(1);
    let day = Day::from_ymd_opt(2026, 11, 23).expect("a day");
    let note = || (id, Act::Note("看过".to_owned()));
    let notice =
        || Notice { kind: OutageKind::Water, from: Time(0), to: Time(1), places: Vec::new(), words: String::new() };
    let category = || Box::new(starting().swap_remove(0));
    let special = SpecialDay { kind: DayKind::Holiday, name: String::new() };
    let mut all = vec![
        Op::Ticket(TicketOp::Take { report: Box::new(Report::of_words("漏水", Channel::Phone)), parked: None }),
        Op::Parked(ParkedOp::Park(Box::new(Form::new(uid, Channel::Phone)))),
        Op::Parked(ParkedOp::TakeUp(ParkedId(1))),
        Op::Person(PersonOp::Call(Nickname { whose: Whose::Person(PersonId(1)), name: "老栓".to_owned() })),
    ];
    all.extend(acts().into_iter().map(|act| Op::Ticket(TicketOp::Act { id, act })));
    all.extend([
        Op::Ticket(TicketOp::Many(Vec::new())),
        Op::Ticket(TicketOp::Many(vec![note(), (TicketId(2), Act::Note("看过".to_owned()))])),
        Op::Ticket(TicketOp::Many(vec![note(), (id, Act::Tell(ToldBy::Phone))])),
        Op::Ticket(TicketOp::Many(vec![note(), (id, Act::Watch { version: None, on: true })])),
    ]);
    let outages = [
        OutageOp::Announce(notice()),
        OutageOp::Change { id: OutageId(1), version: 1, notice: notice() },
        OutageOp::End { id: OutageId(1) },
        OutageOp::Attach {
            id: OutageId(1),
            place: None,
            name: String::new(),
            phone: String::new(),
            words: String::new(),
        },
    ];
    all.extend(outages.map(Op::Outage));
    all.extend([
        Op::Roster(RosterOp::Presence(PresenceOp::Mark { shift: ShiftId(1), presence: Presence::Absent })),
        Op::Roster(RosterOp::Presence(PresenceOp::StepIn { staff: StaffId(1), opening: Opening::Shift(ShiftId(1)) })),
    ]);
    all.extend(roster_ops(day).into_iter().map(Op::Roster));
    all.extend(handover_acts().into_iter().map(Op::Handover));
    all.extend(operator_acts().into_iter().map(Op::Operator));
    let settings = [
        Change::Category { was: category(), now: category() },
        Change::Hours { kind: DayKind::Rest, was: None, now: None },
        Change::Day { day, was: None, now: None },
        Change::Redated { from: day, stood: None, day, was: None, now: special },
    ];
    all.extend(settings.map(Op::Settings));
    all.extend([
        Op::Filter(filter::op::Act::Save { name: "我的".to_owned(), filter: "late".to_owned() }),
        Op::Filter(filter::op::Act::Remove(FilterId(1))),
    ]);
    all
}

fn rows(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|row| row.split_whitespace().collect::<Vec<_>>()).filter(|row| !row.is_empty()).collect()
}

fn word(undo: Undo) -> String {
    match undo {
        Undo::Possible => "undone".to_owned(),
        Undo::PassedOver => "passed_over".to_owned(),
        Undo::Never(kind) => format!("never:{}", kind.code()),
        Undo::FromBackup => "from_backup".to_owned(),
    }
}

#[test]
fn every_change_is_kept_undone_and_permitted_as_the_table_says() {
    let said = |op: &Op| vec![name(op), op.kind().code().to_owned(), word(op.undo()), op.needs(ME).code().to_owned()];
    let found: Vec<_> = every_change().iter().map(said).collect();
    assert_eq!(found, rows(TABLE));
    assert_eq!(found.iter().map(|row| &row[0]).collect::<BTreeSet<_>>().len(), found.len(), "each change once");
}

#[test]
fn each_code_says_one_thing_of_undo() {
    let kept: Vec<_> = rows(TABLE).iter().map(|row| [row[1], row[2]]).collect();
    let others: Vec<_> = rows(OTHERS).iter().map(|row| [row[0], row[1]]).collect();
    let table: BTreeSet<_> = kept.into_iter().chain(others).map(|pair| pair.map(str::to_owned)).collect();
    let said = CommandKind::ALL.iter().map(|kind| [kind.code().to_owned(), word(kind.undo())]);
    assert_eq!(said.collect::<BTreeSet<_>>(), table);
    assert_eq!(table.len(), CommandKind::ALL.len(), "no code with two answers");
}

#[test]
fn every_rank_below_the_least_is_refused_and_every_other_is_not() {
    for (op, row) in every_change().iter().zip(rows(TABLE)) {
        let needs = Rank::from_code(row[3]).expect("a rank");
        for rank in [Rank::Clerk, Rank::Leader, Rank::Manager, Rank::Secretary, Rank::Administrator] {
            let permitted = match (row[3], rank) {
                ("clerk", _) | (_, Rank::Administrator) => true,
                ("leader", rank) => rank != Rank::Clerk,
                ("manager", rank) => matches!(rank, Rank::Manager | Rank::Secretary),
                ("administrator", _) => false,
                (other, _) => panic!("{other} is not in the table"),
            };
            let expected = if permitted { Ok(()) } else { Err(Refusal::RankTooLow { needs }) };
            assert_eq!(op.permitted(ME, rank), expected, "{} by {rank:?}", row[0]);
        }
    }
}

#[test]
fn the_notice_offers_undo_where_undo_works_and_nowhere_else() {
    let mut session = at_the_desk();
    let desk = &mut session.desk;
    for (op, row) in every_change().into_iter().zip(rows(TABLE)) {
        desk.commit(op, After::Nothing);
        let sent = desk.update(Msg::Drawn).into_iter().find_map(|effect| match effect {
            Effect::Commit { n, .. } => Some(n),
            _ => None,
        });
        let done = Done {
            command: CommandId(1),
            kind: EventKind::Closed,
            entity: Entity::Ticket,
            id: 1,
            number: None,
            also: 0,
            of: None,
            form: None,
        };
        desk.update(Msg::Committed { n: sent.expect("a change on its way"), done: Box::new(done) });
        let notice = desk.notices.current().expect("a notice").text.clone();
        assert_eq!(notice.contains("u 撤销"), row[2] == "undone", "{}: {notice}", row[0]);
    }
}
