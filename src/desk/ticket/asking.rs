//! Asking the outside body that has a ticket: what it answered, its number where nobody knew it, and when it is asked again.
//! What may be written is decided in the domain; here it is asked for, one thing after the other.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::Then;
use crate::desk::frame::notice::Level;
use crate::desk::frame::prompt;
use crate::desk::ticket::act;
use crate::domain::base::id::TicketId;
use crate::domain::base::time::{Lean, parse};
use crate::domain::op::Op;
use crate::domain::refusal::Refusal;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::domain::ticket::{Need, Status, clock};
use crate::text::{refusal, t};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What it answered.
    Answer,
    /// Its phone, or whom to ask for.
    Phone,
    /// When it is asked again.
    Again,
}

/// An asking being written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// About which ticket.
    pub ticket: TicketId,
    /// What it answered, once that is known.
    answer: String,
    /// Its phone, where nobody knew it before.
    phone: Option<String>,
    /// What is still to be asked for; never empty while it is asked.
    pub left: Vec<Question>,
    /// The layers that ask are of this chain.
    chain: u64,
}

/// Commands on a ticket.
pub const COMMANDS: &[Command] = &[Command::new(
    "ticket.asked",
    &["A"],
    Scope::ON_TICKET,
    t("问过外单位", "body asked"),
    t(
        "问过外单位了: 记下对方怎么说, 定下次再问的时间",
        "The outside body was asked: keep what it answered, and when it is asked again",
    ),
    begin,
)
.when(is_referred)
.footer()];

fn is_referred(desk: &Desk) -> Enabled {
    act::one_ticket(desk)?;
    match act::in_hand(desk) {
        Some(row) if row.ticket.status == Status::Referred => Ok(()),
        _ => Err(t("没有转给外单位; 已转办的才问", "No outside body has it; only one that is referred is asked about")),
    }
}

fn begin(desk: &mut Desk) {
    let Some((ticket, known)) = act::in_hand(desk).map(|row| (row.id, !row.ticket.outside_phone.is_empty())) else {
        return;
    };
    let all = [Question::Answer, Question::Phone, Question::Again];
    let left = all.into_iter().filter(|question| !(known && *question == Question::Phone)).collect();
    let chain = desk.new_chain();
    pursue(desk, Asking { ticket, answer: String::new(), phone: None, left, chain });
}

/// Asks for the next thing.
fn pursue(desk: &mut Desk, asking: Asking) {
    let chain = asking.chain;
    match asking.left.first() {
        Some(Question::Answer) => {
            let body = act::row(desk, asking.ticket).map(|row| row.ticket.outside_body.clone()).unwrap_or_default();
            let body = if body.is_empty() { desk.say(t("对方", "they")).to_owned() } else { body };
            let title = t("{body}怎么说 (没人接也写上)", "What {body} answered (also when nobody did)");
            let title = title.with(desk.lang, &[("body", &body)]);
            prompt::ask(desk, title, Then::Asked(asking), chain);
        }
        Some(Question::Phone) => {
            let title = prompt::need_title(desk, Need::BodyPhone);
            prompt::ask(desk, title, Then::Asked(asking), chain);
        }
        Some(Question::Again) => {
            let (title, proposed) = (prompt::need_title(desk, Need::AskAgain), proposed(desk));
            prompt::ask_with(desk, title, &proposed, Then::Asked(asking), chain);
        }
        None => {}
    }
}

/// The time proposed for asking next, as it would be typed.
pub fn proposed(desk: &Desk) -> String {
    desk.zone().mdhm_from(clock::ask_proposed(desk.calendar(), desk.now), desk.now)
}

/// Takes the answer to the first question left. With the last one it is written down.
pub fn answered(desk: &mut Desk, mut asking: Asking, text: String) {
    match asking.left.first() {
        Some(Question::Answer) if text.is_empty() => {
            return desk.notice(Level::Refused, refusal::sentence(&Refusal::AnswerMissing, desk.lang));
        }
        Some(Question::Answer) => asking.answer = text,
        Some(Question::Phone) => asking.phone = Some(text).filter(|phone| !phone.is_empty()),
        Some(Question::Again) => {
            let Some(again) = parse(&text, desk.now, desk.zone(), Lean::Future) else {
                return desk.notice(Level::Refused, desk.say(prompt::NO_TIME));
            };
            let Asking { ticket: id, answer, phone, chain, .. } = asking;
            let version = act::row(desk, id).map(|row| row.version);
            let act = Act::Asked { version, answer, phone, again: Some(again) };
            return desk.commit(Op::Ticket(TicketOp::Act { id, act }), After::Close(chain));
        }
        None => return,
    }
    asking.left.remove(0);
    pursue(desk, asking);
}
