//! One callback in hand: solved? in time? how content? Each answer is a digit, and the last one saves.
//! Which answers are taken, and what they do to the ticket, is decided in `domain::op::callback`.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{AnyLayer, Layer, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::prompt;
use crate::desk::ticket::send;
use crate::desk::{Desk, Effect};
use crate::domain::base::id::TicketId;
use crate::domain::callback::op::{Call, Verdict, Whom, may_call, rest_until};
use crate::domain::callback::query::{CallbackAnswer, CallbackQuery, InHand};
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::text::{refusal, t};

/// The callback in hand.
const CALLBACK: Slot = Slot::new("callback", |desk, answer| {
    if let Answer::Callback(CallbackAnswer::InHand(in_hand)) = answer {
        set(desk, in_hand);
    }
});

/// What is asked just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// 1 yes, 2 no, 3 nobody answers.
    Solved,
    /// 1 yes, 2 no.
    InTime,
    /// 1, 2, 3.
    Verdict,
    /// What is still wrong.
    Words,
}

/// State of the layer.
#[derive(Debug)]
pub struct Strip {
    /// The ticket.
    pub id: TicketId,
    /// What is asked.
    pub asked: Asked,
    /// Whose word it is.
    pub whom: Whom,
    /// Whether somebody came in time, once said.
    pub in_time: bool,
    /// What is still wrong.
    pub field: Field,
    /// What the one who rings must know; none until answered.
    pub in_hand: Option<Box<InHand>>,
    /// It closes, with the list of who gets it next, once the call is written.
    pub chain: u64,
}

impl Layer for Strip {
    const SCOPE: Scope = Scope::new("callback", t("回访", "Callbacks"));
    const OUTER: &'static [Scope] = &[Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[CALLBACK];

    fn types(&self) -> bool {
        matches!(self.asked, Asked::Words)
    }

    fn chain(&self) -> Option<u64> {
        Some(self.chain)
    }

    fn half_typed(&self) -> bool {
        !self.field.is_blank()
    }

    /// A digit answers; while words are asked for, keys type.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(strip) = top(desk) else { return false };
        if strip.asked == Asked::Words {
            return strip.field.key(key) != Took::Nothing;
        }
        let Code::Char(c @ '1'..='9') = key.code else { return false };
        if key.typed().is_none() {
            return false;
        }
        answer(desk, c);
        true
    }

    /// Text in one piece, while words are asked for.
    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(strip) = top(desk).filter(|strip| strip.asked == Asked::Words) {
            strip.field.insert(text);
        }
        true
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "callback.accept",
        &["enter", "ctrl-s"],
        Strip::SCOPE,
        t("写好了", "accept"),
        t("写好了哪里没解决, 往下选谁去重办", "What is still wrong is written; go on to who gets it next"),
        accept,
    )
    .when(writes)
    .footer(),
    Command::new(
        "callback.whom",
        &["tab"],
        Strip::SCOPE,
        t("换说话人", "who speaks"),
        t(
            "换说话的人: 来电人, 同报人, 住户自己来电来访",
            "Whose word it is: the reporter's, one also affected, or a resident who rang or came himself",
        ),
        turn,
    )
    .footer(),
    Command::new(
        "callback.back",
        &["esc", "q", "ctrl-q"],
        Strip::SCOPE,
        t("退回", "back"),
        t("退回上一问; 第一问时先不打", "Back to the question before; at the first, leave it for now"),
        back,
    )
    .footer(),
];

/// Where the layer stands, with so many lines in it.
pub fn area(layout: &Layout, lines: usize) -> Area {
    layout.middle(layout.body.w.min(104), u16::try_from(lines.max(9)).unwrap_or(9) + 2)
}

/// Opens the strip: the act that shows name and number; it is written down, and no reason is asked.
pub fn open(desk: &mut Desk, id: TicketId) {
    leave(desk);
    let chain = desk.new_chain();
    let mut strip = Strip {
        id,
        asked: Asked::Solved,
        whom: Whom::Reporter,
        in_time: true,
        field: Field::default(),
        in_hand: None,
        chain,
    };
    strip.field = prompt::take_left(desk, &not_solved(&strip)).unwrap_or_default();
    desk.open(strip);
    desk.ask(CALLBACK, Query::Callback(CallbackQuery::InHand(id)));
    desk.emit(Effect::LogAccess(id));
}

/// The answer has come.
pub fn set(desk: &mut Desk, in_hand: Option<Box<InHand>>) {
    let strip = desk.layer_mut::<Strip>();
    if let (Some(strip), Some(in_hand)) = (strip, in_hand)
        && in_hand.detail.row.id == strip.id
    {
        strip.in_hand = Some(in_hand);
    }
}

/// Takes the strip off; words typed in it are kept until this ticket is rung again.
pub fn leave(desk: &mut Desk) {
    let Some(at) = desk.layers.iter().position(|layer| layer.is::<Strip>()) else { return };
    let AnyLayer::Callback(strip) = desk.layers.remove(at) else { return };
    desk.layers.retain(|layer| layer.chain() != Some(strip.chain));
    let (then, chain) = (not_solved(&strip), strip.chain);
    prompt::keep(desk, strip.field, then, chain);
}

/// From when on somebody may be rung, where it is not now and nobody came by himself.
pub fn resting(desk: &Desk, strip: &Strip) -> Option<String> {
    let until = rest_until(desk.now, desk.zone()).filter(|_| strip.whom != Whom::CameIn)?;
    Some(refusal::sentence(&Refusal::RestHours { until: desk.zone().hm(until) }, desk.lang))
}

fn answer(desk: &mut Desk, digit: char) {
    let (now, zone, lang) = (desk.now, desk.zone(), desk.lang);
    let Some(strip) = top(desk) else { return };
    // What would be refused at the end is said before anybody is asked anything; who rings is known to the data file only.
    let Some(in_hand) = &strip.in_hand else { return };
    if let Err(why) = may_call(&in_hand.detail.row.ticket, strip.whom, None, now, zone) {
        return desk.notice(Level::Refused, refusal::sentence(&why, lang));
    }
    let (whom, in_time) = (strip.whom, strip.in_time);
    let solved = |verdict| Call::Solved { whom, in_time, verdict, words: String::new() };
    let call = match (strip.asked, digit) {
        (Asked::Solved, '1') => {
            strip.asked = Asked::InTime;
            return;
        }
        (Asked::Solved, '2') => {
            strip.asked = Asked::Words;
            return;
        }
        // Only the reporter is tried again, and that he was not there is no word of somebody else.
        (Asked::Solved, '3') if whom == Whom::Reporter => Call::NoAnswer,
        (Asked::InTime, '1' | '2') => {
            (strip.in_time, strip.asked) = (digit == '1', Asked::Verdict);
            return;
        }
        (Asked::Verdict, '1') => solved(Verdict::Satisfied),
        (Asked::Verdict, '2') => solved(Verdict::Fair),
        (Asked::Verdict, '3') => solved(Verdict::Dissatisfied),
        _ => return,
    };
    let (id, chain) = (strip.id, strip.chain);
    write(desk, id, call, chain);
}

/// Sends what the call brought, once.
pub fn write(desk: &mut Desk, id: TicketId, call: Call, chain: u64) {
    let after = After::Close(chain);
    if !desk.commits().waits(&after) {
        desk.commit(Op::Ticket(TicketOp::Act { id, act: Act::CallBack(call) }), after);
    }
}

/// Words without which it is not done over are there: who gets it now?
fn accept(desk: &mut Desk) {
    let lang = desk.lang;
    let Some(strip) = top(desk) else { return };
    if strip.field.is_blank() {
        return desk.notice(Level::Refused, refusal::sentence(&Refusal::UnsolvedNeedsWords, lang));
    }
    let (id, then, chain) = (strip.id, not_solved(strip), strip.chain);
    send::open_reopening(desk, id, then, chain);
}

fn not_solved(strip: &Strip) -> Then {
    Then::NotSolved { tickets: vec![strip.id], whom: strip.whom, words: strip.field.trimmed().to_owned() }
}

/// The next one whose word it could be.
fn turn(desk: &mut Desk) {
    let Some(strip) = top(desk) else { return };
    let others = strip.in_hand.as_ref().is_some_and(|in_hand| !in_hand.affected.is_empty());
    strip.whom = match strip.whom {
        Whom::Reporter if others => Whom::Affected,
        Whom::Reporter | Whom::Affected => Whom::CameIn,
        Whom::CameIn => Whom::Reporter,
    };
}

fn back(desk: &mut Desk) {
    let Some(strip) = top(desk) else { return };
    match strip.asked {
        Asked::Solved => leave(desk),
        Asked::InTime | Asked::Words => strip.asked = Asked::Solved,
        Asked::Verdict => strip.asked = Asked::InTime,
    }
}

fn top(desk: &mut Desk) -> Option<&mut Strip> {
    match desk.top_mut::<Strip>() {
        Some(strip) => Some(strip),
        _ => None,
    }
}

fn writes(desk: &Desk) -> Enabled {
    match desk.top::<Strip>() {
        Some(strip) if strip.asked == Asked::Words => Ok(()),
        _ => Err(t("按数字回答", "Answer with a digit")),
    }
}
