//! What is written around a ticket, one line each: appointment, watch words, materials and fee, files, related tickets.
//! What may be written is decided in the domain; here it is asked for, read, and compared with what another desk wrote.

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::layer::{self, Then};
use crate::desk::frame::notice::Level;
use crate::desk::frame::prompt::{self, ORIGINAL, Prompt};
use crate::desk::ticket::{act, menu};
use crate::domain::base::id::TicketId;
use crate::domain::base::time::{Lean, parse};
use crate::domain::op::Op;
use crate::domain::query::Query;
use crate::domain::ticket::op::{Act, TicketOp};
use crate::domain::ticket::query::TicketQuery;
use crate::domain::ticket::{Number, Ticket, fee};
use crate::text::{Text, t};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// When somebody is expected.
    Appointment,
    /// What the next shifts must watch for.
    WatchWords,
    /// Materials and fee of paid work.
    Charge,
    /// The path of a file that belongs to it.
    File,
    /// The number of a ticket that belongs with it.
    Related,
}

/// Something being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// About which ticket.
    pub ticket: TicketId,
    /// What.
    pub what: What,
    /// What stood there when it was begun.
    was: String,
    /// That another desk wrote something else meanwhile was said.
    said: bool,
}

/// Commands on a ticket.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "ticket.appoint",
        &["t"],
        Scope::ON_TICKET,
        t("约时间", "appointment"),
        t(
            "约上门时间, 到前半小时提醒; 清空就是取消",
            "Make an appointment, recalled half an hour before; empty calls it off",
        ),
        |desk| ask(desk, What::Appointment),
    )
    .when(one_open),
    Command::new(
        "ticket.watch_words",
        &["i"],
        Scope::ON_TICKET,
        t("交班留意", "watch words"),
        t("写给下一班: 若怎样, 就怎样; 清空就是去掉", "For the next shift: if this, then that; empty takes it off"),
        |desk| ask(desk, What::WatchWords),
    )
    .when(one_open),
    Command::new(
        "ticket.charge",
        &[],
        Scope::ON_TICKET,
        t("材料费用", "materials, fee"),
        t("记材料和收费: 先写材料, 后写多少元", "Materials and fee: words first, then the yuan"),
        |desk| ask(desk, What::Charge),
    )
    .when(act::one_ticket),
    Command::new(
        "ticket.attach",
        &[],
        Scope::ON_TICKET,
        t("加附件", "add a file"),
        t("记下一个文件的路径: 照片, 录音, 单据", "Name a file that belongs to it: a photo, a recording, a paper"),
        |desk| ask(desk, What::File),
    )
    .when(act::one_ticket),
    Command::new(
        "ticket.detach",
        &[],
        Scope::ON_TICKET,
        t("去附件", "take a file off"),
        t("从工单上去掉一个附件; 文件本身不动", "Take a file off the ticket; the file itself stays"),
        menu::files,
    )
    .when(has_files),
    Command::new(
        "ticket.relate",
        &[],
        Scope::ON_TICKET,
        t("关联工单", "relate"),
        t("按单号关联另一张工单; 已关联的再写一次就解开", "Tie another ticket to it by number; once more unties it"),
        |desk| ask(desk, What::Related),
    )
    .when(act::one_ticket),
];

/// How watch words begin.
const IF: Text = t("若 ", "if ");

fn one_open(desk: &Desk) -> Enabled {
    act::one_ticket(desk)?;
    act::is_open(desk)
}

fn has_files(desk: &Desk) -> Enabled {
    act::one_ticket(desk)?;
    match act::in_hand(desk) {
        Some(row) if !row.ticket.attachments.is_empty() => Ok(()),
        _ => Err(t("这张工单没有附件", "This ticket names no file")),
    }
}

fn ask(desk: &mut Desk, what: What) {
    let Some((ticket, was)) = act::in_hand(desk).map(|row| (row.id, stands(desk, &row.ticket, what))) else { return };
    let title = desk.say(match what {
        What::Appointment => {
            t("约时间 (如: 18:00, 明天下午3点; 清空取消)", "Appointment (e.g. 18:00, tomorrow 3pm; empty: none)")
        }
        What::WatchWords => t("交班留意: 若怎样, 就怎样", "Watch words: if this, then that"),
        What::Charge => {
            t("材料费用: 先材料, 后多少元 (如: 三角阀1个 35.5)", "Materials, then yuan (e.g. 1 angle valve 35.5)")
        }
        What::File => t("附件的路径", "Path of the file"),
        What::Related => t("关联哪一单 (如: 1122-07)", "Related to which ticket (e.g. 1122-07)"),
    });
    let begun = if what == What::WatchWords && was.is_empty() { desk.say(IF).to_owned() } else { was.clone() };
    let chain = desk.new_chain();
    let then = Then::Write(Writing { ticket, what, was, said: false });
    // Watch words are continued, so typing adds to them; a new time or price replaces the old one.
    let ask = if what == What::WatchWords { prompt::ask_holding } else { prompt::ask_with };
    ask(desk, title.to_owned(), &begun, then, chain);
}

/// What stands there now, as it would be typed.
fn stands(desk: &Desk, ticket: &Ticket, what: What) -> String {
    match what {
        What::Appointment => ticket.appointment_at.map_or_else(String::new, |at| desk.zone().mdhm_from(at, desk.now)),
        What::WatchWords => ticket.watch_words.replace('\n', " "),
        What::Charge => fee::line(&ticket.materials, ticket.fee),
        What::File | What::Related => String::new(),
    }
}

/// What another desk wrote there since this was begun.
fn written_meanwhile(desk: &Desk, writing: &Writing) -> Option<String> {
    let now = stands(desk, &act::row(desk, writing.ticket)?.ticket, writing.what);
    (now != writing.was).then_some(now)
}

/// What stands under the line while it is typed: how it is read, and what another desk wrote.
pub fn reading(desk: &Desk, writing: &Writing, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if !text.is_empty() {
        match writing.what {
            What::Appointment => lines.push(prompt::time_read(desk, text)),
            What::Charge => {
                let (materials, fee) = fee::charge_of(text);
                let fee = fee.map_or_else(|| "--".to_owned(), fee::yuan);
                let materials = if materials.is_empty() { "--".to_owned() } else { materials };
                lines.push(
                    t("= 材料 {materials}   收费 {fee} 元", "= materials {materials}   fee {fee} yuan")
                        .with(desk.lang, &[("materials", &materials), ("fee", &fee)]),
                );
            }
            What::WatchWords | What::File | What::Related => {}
        }
    }
    if let Some(theirs) = written_meanwhile(desk, writing) {
        let theirs = if theirs.is_empty() { "--".to_owned() } else { theirs };
        lines.push(t("另一台: {theirs}", "The other desk: {theirs}").with(desk.lang, &[("theirs", &theirs)]));
    }
    lines
}

/// Takes the answer. Where another desk wrote something else meanwhile that is said once, and what was typed stays.
pub fn answer(desk: &mut Desk, writing: &Writing, text: String, chain: u64) {
    let text = if writing.what == What::WatchWords { without_a_second_if(desk.say(IF).trim(), text) } else { text };
    if written_meanwhile(desk, writing).is_some() && !writing.said {
        said(desk, chain);
        let words = t(
            "另一台刚改过; 你写的还在, 再按 Enter 就用你的",
            "Another desk has just changed it; yours is kept, Enter once more takes it",
        );
        return desk.notice(Level::Refused, desk.say(words));
    }
    let id = writing.ticket;
    let version = act::row(desk, id).map(|row| row.version);
    if text == writing.was && !writing.said && !text.is_empty() {
        return layer::close_chain(desk, chain);
    }
    let act = match writing.what {
        What::Appointment if text.is_empty() && writing.was.is_empty() => {
            return desk.notice(Level::Refused, desk.say(t("写上时间, 如 18:00", "Write a time, such as 18:00")));
        }
        What::Appointment if text.is_empty() => Act::Appoint { version, at: None },
        What::Appointment => match parse(&text, desk.now, desk.zone(), Lean::Future) {
            Some(at) => Act::Appoint { version, at: Some(at) },
            None => return desk.notice(Level::Refused, desk.say(prompt::NO_TIME)),
        },
        What::WatchWords if text.is_empty() && writing.was.is_empty() => {
            let words = t("写上若怎样, 就怎样", "Write what to watch for, and what to do then");
            return desk.notice(Level::Refused, desk.say(words));
        }
        What::WatchWords => Act::WatchWords { version, text },
        What::Charge => {
            let (materials, fee) = fee::charge_of(&text);
            Act::Charge { version, materials, fee }
        }
        What::File => Act::Attach { path: text, on: true },
        What::Related => {
            let today = desk.zone().day(desk.now);
            return match Number::parse(&text, today) {
                Some(number) => desk.ask(ORIGINAL, Query::Ticket(TicketQuery::ByNumber(number))),
                None => desk.notice(Level::Refused, desk.say(prompt::NO_NUMBER)),
            };
        }
    };
    desk.commit(Op::Ticket(TicketOp::Act { id, act }), After::Close(chain));
}

/// The ticket of the number was looked up: it is tied, or untied where it was tied already.
pub fn relate(desk: &mut Desk, writing: &Writing, to: TicketId, chain: u64) {
    let id = writing.ticket;
    let on = act::row(desk, id).is_none_or(|row| !row.ticket.related.0.contains(&to));
    if !desk.commits().waits_of(chain) {
        desk.commit(Op::Ticket(TicketOp::Act { id, act: Act::Relate { to, on } }), After::Close(chain));
    }
}

/// The line begins with `若` already: who writes it once more means one. With nothing behind it, it is empty.
fn without_a_second_if(first: &str, text: String) -> String {
    let Some(rest) = text.strip_prefix(first).map(str::trim_start) else { return text };
    let again = ["若", "如果", "要是", "if "].iter().any(|word| rest.to_lowercase().starts_with(word));
    if rest.is_empty() || again { rest.to_owned() } else { text }
}

/// That another desk was quicker has been said to who writes in this chain.
pub fn said(desk: &mut Desk, chain: u64) {
    for layer in &mut desk.layers {
        if let Some(prompt) = layer.get_mut::<Prompt>()
            && prompt.chain == chain
            && let Then::Write(writing) = &mut prompt.then
        {
            writing.said = true;
        }
    }
}
