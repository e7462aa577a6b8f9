//! After saving, or after "this one": what to tell the caller, and who would be sent, until the next key.
//! What was done is written already; leaving this changes nothing.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::{AnyLayer, Layer, Stored};
use crate::desk::frame::notice::Level;
use crate::desk::frame::pane::PaneId;
use crate::desk::intake::{self, Intake};
use crate::desk::ticket::message::{self, COPY};
use crate::desk::ticket::moving::{self, Moving};
use crate::desk::ticket::tell::Comes;
use crate::desk::ticket::{self, act};
use crate::desk::{Desk, Effect};
use crate::domain::base::event::{Entity, EventKind};
use crate::domain::base::id::{CommandUid, OutageId, TicketId};
use crate::domain::op::{Done, Op};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::roster::duty::{Candidate, Turn};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::ticket::around::Pattern;
use crate::domain::ticket::op::{Act, Step, TicketOp};
use crate::domain::ticket::query::{Detail, TicketAnswer, TicketQuery};
use crate::domain::ticket::{Number, Status, move_between};
use crate::text::{Text, refusal, t};

/// The ticket just taken, for what to tell the caller.
const TOLD: Slot = Slot::new("told", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(detail)) = answer {
        set(desk, detail);
    }
});
/// Who would be sent to it. Not asked again: who comes is not another while the caller is being told.
pub const TOLD_WHO: Slot = Slot::new("told_who", |desk, answer| {
    if let Answer::Roster(RosterAnswer::Suggest(candidates)) = answer {
        suggested(desk, candidates);
    }
})
.once();
/// Whether it is one of several of a kind.
const ROOT: Slot = Slot::new("root", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::RootCause(pattern)) = answer {
        crate::desk::intake::told::pattern(desk, pattern);
    }
})
.once();

/// What the caller is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A ticket: his own, or the one he was joined to.
    Ticket(TicketId),
    /// An outage.
    Outage(OutageId),
}

/// State of the layer.
#[derive(Debug)]
pub struct Told {
    /// What it is about.
    pub about: About,
    /// What was done: taken, asked again, joined, opened again.
    pub kind: EventKind,
    /// Its number.
    pub number: Option<Number>,
    /// The ticket as stored; none until answered.
    pub detail: Option<Box<Detail>>,
    /// Who could be sent, the best first.
    pub candidates: Vec<Candidate>,
    /// It is one of several of a kind at its place: their root may be worth a look.
    pub pattern: Option<Box<Pattern>>,
    /// The chain under which the one proposed was sent last.
    pub chain: Option<u64>,
}

impl Layer for Told {
    const SCOPE: Scope = Scope::new("told", t("登记", "Taking a report"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[TOLD, TOLD_WHO, ROOT];

    /// A digit notes how the one who has it was told; then all is done.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(told) = desk.top::<Told>() else { return false };
        let Some(by) = message::way(key) else { return false };
        if !given(told) {
            desk.notice(Level::Refused, refusal::sentence(&Refusal::NobodyToTell, desk.lang));
            return true;
        }
        let Some(id) = ticket_in_hand(desk) else { return false };
        desk.layers.pop();
        act::tell(desk, vec![id], by);
        true
    }

    fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "told.assign",
        &["enter"],
        Told::SCOPE,
        t("派给他", "send"),
        t("派给建议的人", "Give it to the one proposed"),
        assign,
    )
    .when(has_someone)
    .called(enter_label)
    .footer(),
    Command::new(
        "told.other",
        &["a"],
        Told::SCOPE,
        t("派别人", "someone else"),
        t("自己选派给谁", "Choose who is sent"),
        other,
    )
    .when(is_there)
    .footer(),
    Command::new(
        "told.copy",
        &["y"],
        Told::SCOPE,
        t("复制发群", "copy message"),
        t("复制一条给处理人的话", "Copy the message for the worker"),
        |desk| {
            if let Some(id) = ticket_in_hand(desk) {
                desk.ask(COPY, Query::Ticket(TicketQuery::One(id)));
            }
        },
    )
    .when(is_there)
    .footer(),
    Command::new(
        "told.ticket",
        &["o"],
        Told::SCOPE,
        t("打开", "open"),
        t("打开这张工单", "Open this ticket"),
        |desk| {
            if let Some(id) = ticket_in_hand(desk) {
                ticket::opened::open(desk, id);
            }
        },
    )
    .when(is_there),
    Command::new(
        "told.warned",
        &["ctrl-g"],
        Told::SCOPE,
        t("已告知", "told him"),
        t("危险提示已经对来电人说了: 记下时间", "The caller was told the words for danger: keep the time"),
        |desk| {
            if let Some(id) = ticket_in_hand(desk) {
                desk.commit(Op::Ticket(TicketOp::Act { id, act: Act::Warn }), After::Nothing);
            }
        },
    )
    .when(has_untold_script)
    .footer(),
    Command::new(
        "told.root",
        &["z"],
        Told::SCOPE,
        t("专项排查", "root cause"),
        t(
            "同一处一个月内第三件同类: 另登记一张专项排查, 把它们连在一起",
            "The third of a kind at one place within a month: open a ticket for their root, tied to them",
        ),
        root,
    )
    .when(has_pattern)
    .footer(),
];

/// Where the layer stands, with so many lines in it.
pub fn area(layout: &Layout, lines: usize) -> Area {
    layout.middle(layout.body.w.min(100), u16::try_from(lines.max(7)).unwrap_or(7) + 2)
}

/// The report is saved: the intake goes, this comes in its place, under another intake that was begun meanwhile.
pub fn open(desk: &mut Desk, uid: CommandUid, done: &Done) {
    let form = |layer: &AnyLayer| layer.get::<Intake>().is_some_and(|intake| intake.uid == uid);
    let at = desk.layers.iter().position(form);
    let candidates = intake::close(desk, uid);
    desk.emit(Effect::DropDraft(uid));
    show(desk, at, done, candidates);
}

/// The intake became a word on something that was there already, and is closed: this comes where it stood.
pub fn open_used(desk: &mut Desk, at: usize, done: &Done) {
    show(desk, Some(at), done, Vec::new());
}

fn show(desk: &mut Desk, at: Option<usize>, done: &Done, candidates: Vec<Candidate>) {
    let before = desk.layers.iter().take(at.unwrap_or(usize::MAX));
    let gone = before.filter(|layer| layer.is::<Told>()).count();
    leave(desk);
    let at = at.map_or(desk.layers.len(), |at| at - gone).min(desk.layers.len());
    let about = match done.entity {
        Entity::Outage => About::Outage(OutageId(done.id)),
        _ => About::Ticket(TicketId(done.id)),
    };
    let told =
        Told { about, kind: done.kind, number: done.number, detail: None, candidates, pattern: None, chain: None };
    desk.layers.insert(at, told.stored());
    let About::Ticket(id) = about else { return };
    desk.ask(TOLD, Query::Ticket(TicketQuery::One(id)));
    if done.kind == EventKind::Taken {
        desk.ask(ROOT, Query::Ticket(TicketQuery::RootCause(id)));
    }
    // What is pressed after this box means the ticket just taken, not whatever the cursor stood on before.
    desk.panes.tickets.go_to(id);
    if desk.focus != PaneId::Preview {
        desk.focus = PaneId::Tickets;
    }
}

/// The ticket has come as it is stored.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let told = desk.layer_mut::<Told>();
    let (Some(told), Some(detail)) = (told, detail) else { return };
    if About::Ticket(detail.row.id) != told.about {
        return;
    }
    let (category, compound) = (detail.row.ticket.category.clone(), detail.row.ticket.compound);
    let first = told.detail.replace(detail).is_none();
    if first {
        let at = desk.now;
        desk.ask(TOLD_WHO, Query::Roster(RosterQuery::Suggest { category, compound, at }));
    }
}

/// Who could be sent has come.
pub fn suggested(desk: &mut Desk, candidates: Vec<Candidate>) {
    for layer in &mut desk.layers {
        if let Some(told) = layer.get_mut::<Told>() {
            told.candidates.clone_from(&candidates);
        }
    }
}

/// Whether the ticket is one of several of a kind has come.
pub fn pattern(desk: &mut Desk, pattern: Option<Box<Pattern>>) {
    for layer in &mut desk.layers {
        if let Some(told) = layer.get_mut::<Told>() {
            told.pattern.clone_from(&pattern);
        }
    }
}

/// Takes it off, when something else begins.
pub fn leave(desk: &mut Desk) {
    desk.close_all::<Told>();
}

/// Who comes, as far as it is settled or proposed, and when he is on.
pub fn comes(told: &Told) -> Option<Comes> {
    let row = &told.detail.as_ref()?.row;
    let one = match row.ticket.assignee {
        Some(staff) => told.candidates.iter().find(|one| one.staff == staff),
        None => Some(proposed(told)?),
    };
    let name = row.assignee.as_ref().or(one.map(|one| &one.name))?.reveal().to_owned();
    let on_until = one.and_then(|one| one.on_until);
    let on_from = one.filter(|one| one.on_until.is_none()).and_then(|one| one.next_from);
    let staff = one.map(|one| one.staff);
    let here = |turn: Turn| move |other: &&Candidate| other.turn() == turn && Some(other.staff) != staff;
    let until_then = [Turn::OnShift, Turn::Standby, Turn::Manager]
        .into_iter()
        .find_map(|turn| told.candidates.iter().find(here(turn)))
        .map(|other| (other.role, other.name.reveal().to_owned()));
    Some(Comes { role: one.map(|one| one.role), name, on_until, on_from, until_then })
}

/// The one proposed: the best, where somebody can be sent and nobody is.
pub fn proposed(told: &Told) -> Option<&Candidate> {
    let status = told.detail.as_ref().map(|detail| detail.row.ticket.status)?;
    let waits = move_between(status, Status::Assigned).is_some() && !given(told);
    told.candidates.first().filter(|best| waits && best.turn() != Turn::Other)
}

/// Whether somebody has it already.
pub fn given(told: &Told) -> bool {
    told.detail.as_ref().is_some_and(|detail| detail.row.ticket.assignee.is_some())
}

/// Whether there is nothing more to do here than to read it out.
fn settled(told: &Told) -> bool {
    matches!(told.about, About::Outage(_)) || given(told)
}

fn ticket_in_hand(desk: &Desk) -> Option<TicketId> {
    match desk.top::<Told>() {
        Some(Told { about: About::Ticket(id), .. }) => Some(*id),
        _ => None,
    }
}

fn enter_label(desk: &Desk) -> Text {
    match desk.top::<Told>() {
        Some(told) if settled(told) => t("好了", "close"),
        _ => t("派给他", "send"),
    }
}

fn assign(desk: &mut Desk) {
    let Some(told) = desk.top::<Told>() else { return };
    if settled(told) {
        return crate::desk::frame::layer::close(desk);
    }
    let (Some(staff), Some(id)) = (proposed(told).map(|best| best.staff), ticket_in_hand(desk)) else { return };
    let version = told.detail.as_ref().map(|detail| detail.row.version);
    // It stays: who was sent is told next, by the phone that stands here.
    let act = Act::Move { version, step: Step::assign(staff) };
    let chain = match told.chain {
        Some(chain) if desk.commits().waits_of(chain) => return,
        _ => desk.new_chain(),
    };
    if let Some(told) = desk.top_mut::<Told>() {
        told.chain = Some(chain);
    }
    desk.commit(Op::Ticket(TicketOp::Act { id, act }), After::Close(chain));
}

fn other(desk: &mut Desk) {
    let Some(told) = desk.top::<Told>() else { return };
    let Some(status) = told.detail.as_ref().map(|detail| detail.row.ticket.status) else { return };
    let Some(id) = ticket_in_hand(desk) else { return };
    if let Some(row) = move_between(status, Status::Assigned) {
        let chain = desk.new_chain();
        let moving = Moving::new(desk, vec![id], row, chain);
        moving::pursue(desk, moving);
    }
}

fn has_someone(desk: &Desk) -> Enabled {
    match desk.top::<Told>() {
        Some(told) if settled(told) || proposed(told).is_some() => Ok(()),
        _ => Err(t("没有可派的人; a 自己选", "Nobody to propose; a lets you choose")),
    }
}

/// Whether there are words for danger that the caller was not told.
pub fn untold(desk: &Desk, detail: &Detail) -> bool {
    let ticket = &detail.row.ticket;
    ticket.warned_at.is_none() && desk.town.category(&ticket.category).is_some_and(|category| category.script.is_some())
}

fn has_untold_script(desk: &Desk) -> Enabled {
    match desk.top::<Told>() {
        Some(told) if told.detail.as_ref().is_some_and(|detail| untold(desk, detail)) => Ok(()),
        _ => Err(t("没有还没说的危险提示", "There are no words for danger left to tell")),
    }
}

fn is_there(desk: &Desk) -> Enabled {
    match desk.top::<Told>() {
        Some(told) if told.detail.is_some() => Ok(()),
        _ => Err(t("正在读取 ..", "Reading ..")),
    }
}

fn has_pattern(desk: &Desk) -> Enabled {
    match desk.top::<Told>() {
        Some(told) if told.pattern.is_some() => Ok(()),
        _ => Err(t("这一处一个月内没有三件同类", "There are not three of a kind here within a month")),
    }
}

fn root(desk: &mut Desk) {
    let Some(told) = desk.top::<Told>() else { return };
    if let Some(pattern) = told.pattern.clone() {
        intake::open_root(desk, &pattern);
    }
}
