//! The queue of callbacks: whose word is waited for, those due now first. Names and numbers are masked; ringing one shows them.
//! Nobody is rung here; that is the strip in `callback`.

use super::{Layer, callback, ticket};
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Enabled, Scope};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::{Code, Key};
use crate::desk::list::List;
use crate::desk::{Desk, start};
use crate::domain::id::TicketId;
use crate::domain::query::Query;
use crate::domain::query::callbacks::Waiting;
use crate::text::t;

/// State of the layer.
#[derive(Debug, Default)]
pub struct Queue {
    /// The tickets, in the order of the queue.
    pub list: List<TicketId>,
    /// What is known of them; none until answered.
    pub waiting: Option<Vec<Waiting>>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "callback.queue",
        &["b", "f7"],
        Scope::Anywhere,
        t("回访", "callbacks"),
        t(
            "该回访的: 到点的在前; 数字或 Enter 打一个",
            "Whom to ring back, those due first; a digit or Enter rings one",
        ),
        open,
    )
    .when(start::ready)
    .counting(|desk| desk.town.header.callbacks)
    .footer(),
    Command::new(
        "callback.ring",
        &["enter"],
        Scope::Callbacks,
        t("打这个", "ring"),
        t(
            "打选中的这个: 姓名电话全显, 记下谁看过",
            "Ring the selected one: name and number in full, and who saw them is kept",
        ),
        |desk| {
            if let Some(id) = selected(desk) {
                callback::open(desk, id);
            }
        },
    )
    .when(has_one)
    .footer(),
    Command::new(
        "callback.ticket",
        &["o"],
        Scope::Callbacks,
        t("打开工单", "open ticket"),
        t("打开选中的工单", "Open the selected ticket"),
        |desk| {
            if let Some(id) = selected(desk) {
                ticket::open(desk, id);
            }
        },
    )
    .when(has_one)
    .footer(),
];

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(116, layout.body.h)
}

/// Opens the queue, or brings it up again where it lies below.
fn open(desk: &mut Desk) {
    if matches!(desk.layers.last(), Some(Layer::Callbacks(_))) {
        return;
    }
    callback::leave(desk);
    desk.layers.retain(|layer| !matches!(layer, Layer::Callbacks(_)));
    desk.open(Layer::Callbacks(Queue::default()));
    let now = desk.now;
    desk.ask(Slot::Callbacks, Query::Callbacks { now });
}

/// The answer has come. The cursor stays on its ticket; where that is done, on the next; where nobody was reached and it waits
/// for another hour, on the first to be rung.
pub fn set(desk: &mut Desk, waiting: Vec<Waiting>) {
    for layer in &mut desk.layers {
        if let Layer::Callbacks(queue) = layer {
            let due = |list: &[Waiting], id| list.iter().find(|one| Some(one.row.id) == id).map(|one| one.due);
            let here = queue.list.selected();
            let was = queue.waiting.as_deref().and_then(|list| due(list, here));
            let put_off = was.zip(due(&waiting, here)).is_some_and(|(was, is)| is > was);
            queue.list.set(waiting.iter().map(|one| one.row.id).collect());
            if put_off {
                queue.list.select_row(0);
            }
            queue.waiting = Some(waiting);
            return;
        }
    }
}

/// A digit rings that one.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Code::Char(c @ '1'..='9') = key.code else { return false };
    let Some(Layer::Callbacks(queue)) = desk.layers.last_mut() else { return false };
    let row = queue.list.window().start + (c as usize - '1' as usize);
    if key.typed().is_some() && queue.list.window().contains(&row) {
        queue.list.select_row(row);
        if let Some(id) = selected(desk) {
            callback::open(desk, id);
        }
    }
    true
}

fn selected(desk: &Desk) -> Option<TicketId> {
    match desk.layers.last() {
        Some(Layer::Callbacks(queue)) => queue.list.selected(),
        _ => None,
    }
}

fn has_one(desk: &Desk) -> Enabled {
    selected(desk).map(drop).ok_or(t("现在没有该回访的", "Nobody waits for a callback"))
}
