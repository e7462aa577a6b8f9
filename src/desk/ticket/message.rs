//! The message for the worker as plain text, for terminals that put nothing on the clipboard; and how he was told, by digit.
//! It sends nothing: the desk reaches workers by phone, radio or a chat group.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope, WITH_TICKET};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::say;
use crate::desk::ticket::act;
use crate::desk::{Desk, Effect};
use crate::domain::base::id::TicketId;
use crate::domain::person::Phone;
use crate::domain::query::Answer;
use crate::domain::ticket::query::{Detail, TicketAnswer};
use crate::domain::ticket::{Number, ToldBy};
use crate::text::labels::Labelled;
use crate::text::t;

/// A ticket wanted for its message to the worker.
pub(in crate::desk) const COPY: Slot = Slot::new("copy", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::One(Some(detail))) = answer {
        show(desk, &detail);
    }
})
.once();

/// State of the layer.
#[derive(Debug)]
pub struct Message {
    /// The ticket it is about.
    pub id: TicketId,
    /// Its number.
    pub number: Number,
    /// The message, line by line.
    pub lines: Vec<String>,
    /// Name and phone of who has it; none when nobody does.
    pub to: Option<String>,
}

impl Layer for Message {
    const SCOPE: Scope = Scope::new("message", WITH_TICKET);
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];

    /// A digit notes how he was told.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(message) = desk.top::<Message>() else { return false };
        let Some(by) = way(key).filter(|_| message.to.is_some()) else { return false };
        let id = message.id;
        desk.layers.pop();
        act::tell(desk, vec![id], by);
        true
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "message.close",
    &["enter"],
    Message::SCOPE,
    t("好了", "close"),
    t("收起给处理人的话", "Put the message for the worker away"),
    crate::desk::frame::layer::close,
)
.footer()];

/// Where the layer stands, with so many lines in it.
pub fn area(layout: &Layout, lines: usize) -> Area {
    layout.middle(layout.body.w.min(80), u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2))
}

/// Puts the message on the clipboard and shows it.
pub fn show(desk: &mut Desk, detail: &Detail) {
    let message = say::to_worker(desk, detail);
    desk.emit(Effect::Copy(message.clone()));
    desk.emit(Effect::LogAccess(detail.row.id));
    let to = detail.row.assignee.as_ref().filter(|_| detail.row.ticket.status.open()).map(|name| {
        let phone = detail.assignee_phone.as_ref().map(Phone::spoken).unwrap_or_default();
        format!("{} {phone}", name.reveal()).trim().to_owned()
    });
    let (id, number) = (detail.row.id, detail.row.ticket.number);
    desk.close_all::<Message>();
    let lines = message.lines().map(str::to_owned).collect();
    desk.open(Message { id, number, lines, to });
}

/// How the worker can have been told, each behind its digit: `1 电话  2 对讲  3 群里  4 当面`.
pub fn ways(desk: &Desk) -> String {
    let way = |(n, by): (usize, &ToldBy)| format!("{n} {}", desk.say(by.label()));
    (1..).zip(ToldBy::ALL).map(way).collect::<Vec<_>>().join("  ")
}

/// The way of a digit.
pub fn way(key: Key) -> Option<ToldBy> {
    let Code::Char(c @ '1'..='9') = key.code else { return None };
    ToldBy::ALL.get(c as usize - '1' as usize).copied().filter(|_| key.typed().is_some())
}
