//! The message for the worker as plain text, for terminals that put nothing on the clipboard; and how he was told, by digit.
//! It sends nothing: the desk reaches workers by phone, radio or a chat group.

use super::Layer;
use crate::desk::command::{Command, Scope};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::{Code, Key};
use crate::desk::{Desk, Effect, act, say};
use crate::domain::id::TicketId;
use crate::domain::person::Phone;
use crate::domain::query::tickets::Detail;
use crate::domain::ticket::{Number, ToldBy};
use crate::text::labels::Labelled;
use crate::text::t;

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

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[Command::new(
    "message.close",
    &["enter"],
    Scope::Message,
    t("好了", "close"),
    t("收起给处理人的话", "Put the message for the worker away"),
    super::close,
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
    desk.layers.retain(|layer| !matches!(layer, Layer::Message(_)));
    let lines = message.lines().map(str::to_owned).collect();
    desk.open(Layer::Message(Message { id, number, lines, to }));
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

/// A digit notes how he was told.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(Layer::Message(message)) = desk.layers.last() else { return false };
    let Some(by) = way(key).filter(|_| message.to.is_some()) else { return false };
    let id = message.id;
    desk.layers.pop();
    act::tell(desk, vec![id], by);
    true
}
