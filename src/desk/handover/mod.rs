//! The handover being made, or one of before: its lines, what the giver says to them, the receiver's answers, signatures.
//! What belongs into it comes with the answer; no rule is decided here.

pub mod shelf;
mod signing;

pub(in crate::desk) use crate::desk::handover::signing::took_over;
pub use crate::desk::handover::signing::{Asked, answered, picked};

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::{AnyLayer, Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::prompt::{self, Prompt};
use crate::desk::frame::start;
use crate::desk::{Desk, Effect, ticket};
use crate::domain::base::paper::Paper;
use crate::domain::handover::op::{Act, Said};
use crate::domain::handover::query::{HandoverAnswer, HandoverQuery, Past, Present};
use crate::domain::handover::{About, Answer, Line, Section, overtime};
use crate::domain::op::Op;
use crate::domain::query::Query;
use crate::text::{handover as words, t};

/// The handover being made.
pub(in crate::desk) const HANDOVER: Slot = Slot::new("handover", |desk, answer| {
    if let crate::domain::query::Answer::Handover(HandoverAnswer::Present(present)) = answer {
        set(desk, present);
    }
});

/// State of the layer.
#[derive(Debug, Default)]
pub struct Room {
    /// Places in `lines`.
    pub list: List<usize>,
    /// The lines in the language of the desk.
    pub lines: Vec<Line>,
    /// The handover being made; none until answered, or when one of before is read.
    pub present: Option<Box<Present>>,
    /// One of before.
    pub past: Option<Box<Past>>,
}

impl Layer for Room {
    const SCOPE: Scope = Scope::new("handover", t("交接班", "The shift handover"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[HANDOVER];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    /// Lets the list know its lines and what fits.
    fn settle(desk: &mut Desk) {
        arrange(desk);
        let height = area(&desk.layout).inside().h.saturating_sub(ROWS_BELOW);
        for layer in &mut desk.layers {
            if let Some(room) = layer.get_mut::<Room>() {
                room.list.see(usize::from(height));
            }
        }
    }
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "handover.open",
        &["H", "f4"],
        Scope::ANYWHERE,
        t("交接", "handover"),
        t("交接班: 看、补充、签名、接班", "The shift handover: read, add, sign, take over"),
        open,
    )
    .when(start::ready)
    .footer(),
    Command::new(
        "handover.comment",
        &["m"],
        Room::SCOPE,
        t("说明", "comment"),
        t("给这一条写一句说明", "Write a comment to this line"),
        |desk| signing::ask_line(desk, Asked::Comment),
    )
    .when(may_write)
    .footer(),
    Command::new(
        "handover.mark",
        &["space"],
        Room::SCOPE,
        t("标重点", "mark"),
        t("把这一条标为重点, 再按取消", "Mark this line, or take the mark off"),
        |desk| {
            if let Some(line) = selected(desk) {
                let said = Said::Mark(!line.marked);
                // The cursor stays: what is written next is meant for this line.
                say(desk, line, said);
            }
        },
    )
    .when(may_write)
    .footer(),
    Command::new(
        "handover.drop",
        &["d"],
        Room::SCOPE,
        t("删去", "delete"),
        t(
            "这一条不交了, 再按放回; 急的、将到的、约定的、没人交的班不能删",
            "Take this line off, or put it back; danger, due, appointments and missed shifts stay",
        ),
        |desk| {
            if let Some(line) = selected(desk) {
                let said = Said::Drop(!line.dropped);
                say(desk, line, said);
            }
        },
    )
    .when(may_write),
    Command::new(
        "handover.add",
        &["a"],
        Room::SCOPE,
        t("加一条", "add"),
        t("自己加一条", "Add a line of your own"),
        |desk| signing::ask(desk, Asked::Add),
    )
    .when(unsigned)
    .footer(),
    Command::new(
        "handover.enter",
        &["enter"],
        Room::SCOPE,
        t("打开", "open"),
        t("打开这张工单; 清点的东西: 输入点到的数", "Open this ticket; for what is counted: type how many"),
        enter,
    ),
    Command::new(
        "handover.items",
        &["i"],
        Room::SCOPE,
        t("清点项", "counted things"),
        t(
            "增减清点的东西, 如: 钥匙 12, 备用金 200.00元, 对讲 - (班长)",
            "Set what is counted, like: keys 12, cash 200.00 yuan, radio - (leader)",
        ),
        |desk| signing::ask(desk, Asked::Item),
    )
    .when(present),
    Command::new(
        "handover.sign",
        &["S"],
        Room::SCOPE,
        t("交班签名", "sign"),
        t("交班人签名; 不能撤销", "The giver signs; it cannot be undone"),
        |desk| signing::ask(desk, Asked::SignPin),
    )
    .when(unsigned)
    .footer(),
    Command::new(
        "handover.noted",
        &["1"],
        Room::SCOPE,
        t("收到", "noted"),
        t("接班人: 这一条收到", "Receiver: this line is noted"),
        |desk| answer(desk, Answer::Noted),
    )
    .when(may_answer)
    .footer(),
    Command::new(
        "handover.question",
        &["2"],
        Room::SCOPE,
        t("有疑问", "question"),
        t("接班人: 有疑问, 写上一句", "Receiver: a question, with a sentence"),
        |desk| signing::ask_line(desk, Asked::Question),
    )
    .when(may_answer)
    .footer(),
    Command::new(
        "handover.mine",
        &["3"],
        Room::SCOPE,
        t("我来办", "I'll do it"),
        t("接班人: 这一条我来办", "Receiver: I'll do this one"),
        |desk| answer(desk, Answer::Mine),
    )
    .when(may_answer)
    .footer(),
    Command::new(
        "handover.accept",
        &["A"],
        Room::SCOPE,
        t("接班", "take over"),
        t("接班人签名, 定稿; 不能撤销", "The receiver signs and it is frozen; it cannot be undone"),
        signing::accept,
    )
    .when(may_accept)
    .footer(),
    Command::new(
        "handover.past",
        &["o"],
        Room::SCOPE,
        t("以前的", "earlier ones"),
        t("以前的交接班: 查、看", "Handovers of before: search and read"),
        shelf::open,
    )
    .when(present)
    .footer(),
    Command::new(
        "handover.print",
        &["p"],
        Room::SCOPE,
        t("打印", "print"),
        t("做一页 A4 打印, 有交班人、接班人签名的地方", "Make the A4 page, with room for both signatures"),
        print,
    ),
    Command::new(
        "handover.correct",
        &["c"],
        Room::SCOPE,
        t("更正", "correct"),
        t("给已定稿的写一条更正 (班长), 原来的不变", "Write a correction to a frozen one (leader); it stays as it is"),
        signing::correct,
    )
    .when(past)
    .footer(),
];

/// Where the layer stands: the whole body.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

/// Rows at the foot: the selected line in full, and how far the reading back is.
pub const ROWS_BELOW: u16 = 4;

fn open(desk: &mut Desk) {
    if desk.top::<Room>().is_some_and(|room| room.past.is_none()) {
        return;
    }
    desk.layers.retain(|layer| !matches!(layer, AnyLayer::Handover(_) | AnyLayer::Handovers(_)));
    desk.open(Room::default());
    let now = desk.now;
    desk.ask(HANDOVER, Query::Handover(HandoverQuery::Present { now }));
}

/// The room of the handover being made, wherever it lies.
fn making(desk: &mut Desk) -> Option<&mut Room> {
    desk.layers.iter_mut().rev().filter_map(AnyLayer::get_mut::<Room>).find(|room| room.past.is_none())
}

/// The topmost room.
pub fn room(desk: &Desk) -> Option<&Room> {
    match desk.top::<Room>() {
        Some(room) => Some(room),
        _ => None,
    }
}

/// The answer has come.
pub fn set(desk: &mut Desk, present: Box<Present>) {
    if let Some(room) = making(desk) {
        // The cursor follows its line, not its row.
        let on = room.list.selected().and_then(|at| room.lines.get(at)).cloned();
        room.present = Some(present);
        arrange(desk);
        if let Some(room) = making(desk)
            && let Some(at) = on.and_then(|on| room.lines.iter().position(|line| line.same(&on)))
        {
            room.list.select_row(at);
        }
    }
}

fn print(desk: &mut Desk) {
    let Some(room) = room(desk) else { return };
    let (lang, turns, zone, lines) = (desk.lang, desk.turns(), desk.zone(), room.lines.clone());
    let (of, spans) = match (&room.past, &room.present) {
        (Some(past), _) => (past.clone(), words::kept_spans(&past.handover, &turns, lang)),
        (None, Some(present)) => {
            (Box::new(present.to_print()), words::spans(present.due, present.kept.from_at, zone, lang))
        }
        (None, None) => return,
    };
    desk.emit(Effect::Print(Paper::Handover { of, lines, spans }));
}

/// A minute has passed: what is late may be another.
pub fn tick(desk: &mut Desk) {
    if making(desk).is_some() {
        let now = desk.now;
        desk.ask(HANDOVER, Query::Handover(HandoverQuery::Present { now }));
    }
}

fn arrange(desk: &mut Desk) {
    let lang = desk.lang;
    for layer in &mut desk.layers {
        let Some(room) = layer.get_mut::<Room>() else { continue };
        room.lines = match (&room.past, &room.present) {
            (Some(past), _) => past.handover.lines.clone(),
            (None, Some(present)) => words::lines(present, lang),
            (None, None) => Vec::new(),
        };
        if room.list.len() != room.lines.len() {
            room.list.set((0..room.lines.len()).collect());
        }
    }
}

/// The line under the cursor of the topmost room.
pub fn selected(desk: &Desk) -> Option<Line> {
    let room = room(desk)?;
    room.lines.get(room.list.selected()?).cloned()
}

/// Lines that wait for an answer.
pub fn waiting(room: &Room) -> usize {
    room.lines.iter().filter(|line| line.waits()).count()
}

/// Minutes the receiver is late, when he is.
pub fn late(desk: &Desk, present: &Present) -> Option<i64> {
    overtime(present.due.ends, desk.now)
}

fn say(desk: &mut Desk, line: Line, said: Said) {
    desk.commit(Op::Handover(Act::Say { line: Box::new(line), said }), After::Nothing);
}

fn answer(desk: &mut Desk, answer: Answer) {
    if let Some(line) = selected(desk) {
        say(desk, line, Said::Answer(answer, String::new()));
        to_next_waiting(desk);
    }
}

/// On to the next line nobody has answered; the one just answered counts as answered already.
fn to_next_waiting(desk: &mut Desk) {
    let Some(AnyLayer::Handover(room)) = desk.layers.iter_mut().rev().find(|layer| layer.is::<Room>()) else {
        return;
    };
    let (here, all) = (room.list.row(), room.lines.len());
    let next = (1..all).map(|n| (here + n) % all).find(|&at| room.lines[at].waits());
    room.list.select_row(next.unwrap_or((here + 1).min(all.saturating_sub(1))));
}

fn enter(desk: &mut Desk) {
    let Some(line) = selected(desk) else { return };
    match line.about {
        About::Ticket(id) | About::Praise(id) => ticket::opened::open(desk, id),
        About::Item(_) if unsigned(desk).is_ok() => signing::ask_line(desk, Asked::Count),
        _ => {}
    }
}

/// Whether a count of cash is asked for, as its line says.
fn is_cash(line: &Line, room: &Room) -> bool {
    use crate::domain::handover::draft::Fact;
    let facts = room.present.iter().flat_map(|present| &present.fresh);
    facts
        .filter(|planned| planned.about == line.about)
        .any(|planned| matches!(&planned.fact, Fact::Item(item) if item.cash))
}

fn present(desk: &Desk) -> Enabled {
    match room(desk) {
        Some(Room { present: Some(_), past: None, .. }) => Ok(()),
        Some(Room { past: Some(_), .. }) => Err(t("这是已定稿的, 不再改", "This one is frozen and does not change")),
        _ => Err(t("正在读取 ..", "Reading ..")),
    }
}

fn past(desk: &Desk) -> Enabled {
    match room(desk) {
        Some(Room { past: Some(past), .. }) if past.correction.is_none() => Ok(()),
        _ => Err(t("更正只用于已定稿的: o 打开以前的", "Corrections are for frozen ones: o opens them")),
    }
}

fn unsigned(desk: &Desk) -> Enabled {
    present(desk)?;
    match room(desk).and_then(|room| room.present.as_ref()) {
        Some(present) if present.kept.given.is_none() => Ok(()),
        _ => Err(t("交班人已经签名, 内容不再改", "The giver has signed; nothing in it changes")),
    }
}

fn may_write(desk: &Desk) -> Enabled {
    unsigned(desk)?;
    selected(desk).map(|_| ()).ok_or(t("先选中一条", "Select a line first"))
}

fn may_answer(desk: &Desk) -> Enabled {
    present(desk)?;
    match selected(desk) {
        Some(line) if line.section.needs_answer() || line.after_signing => Ok(()),
        Some(_) => Err(t("这一条不用答", "This line needs no answer")),
        None => Err(t("先选中一条", "Select a line first")),
    }
}

fn may_accept(desk: &Desk) -> Enabled {
    present(desk)?;
    match room(desk) {
        Some(room) if waiting(room) == 0 => Ok(()),
        _ => Err(t(
            "还有没答的: 每条按 1 收到, 2 有疑问, 3 我来办",
            "Some lines have no answer: for each 1 noted, 2 question, 3 I'll do it",
        )),
    }
}

/// The number a section is called by.
pub const fn number(section: Section) -> usize {
    section as usize + 1
}

fn ask_words(desk: &mut Desk, title: String, asked: Asked, holding: &str, chain: u64) {
    prompt::ask(desk, title, Then::Handover(asked), chain);
    if let Some(prompt) = desk.top_mut::<Prompt>()
        && prompt.field.is_blank()
    {
        prompt.field.set(holding);
    }
}

/// The room of the handover being made, whatever lies over it.
fn making_room(desk: &Desk) -> Option<&Room> {
    desk.layers.iter().rev().filter_map(AnyLayer::get::<Room>).find(|room| room.past.is_none())
}

/// The handover being made, as it was answered last.
fn making_of(desk: &Desk) -> Option<&Present> {
    making_room(desk)?.present.as_deref()
}
