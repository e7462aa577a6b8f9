//! The queue of callbacks: whose word is waited for, those due now first. Names and numbers are masked; ringing one shows them.
//! Nobody is rung here; that is the strip in `callback`.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::start;
use crate::desk::{Desk, callback, ticket};
use crate::domain::base::id::TicketId;
use crate::domain::callback::query::{CallbackAnswer, CallbackQuery, Waiting};
use crate::domain::query::{Answer, Query};
use crate::text::t;

/// Whose word is waited for.
const CALLBACKS: Slot = Slot::new("callbacks", |desk, answer| {
    if let Answer::Callback(CallbackAnswer::Queue(waiting)) = answer {
        set(desk, waiting);
    }
})
.each_minute();

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
        Scope::ANYWHERE,
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
        Queue::SCOPE,
        t("打这个", "ring"),
        t(
            "打选中的这个: 姓名电话全显, 记下谁看过",
            "Ring the selected one: name and number in full, and who saw them is kept",
        ),
        |desk| {
            if let Some(id) = selected(desk) {
                callback::strip::open(desk, id);
            }
        },
    )
    .when(has_one)
    .footer(),
    Command::new(
        "callback.ticket",
        &["o"],
        Queue::SCOPE,
        t("打开工单", "open ticket"),
        t("打开选中的工单", "Open the selected ticket"),
        |desk| {
            if let Some(id) = selected(desk) {
                ticket::opened::open(desk, id);
            }
        },
    )
    .when(has_one)
    .footer(),
];

impl Layer for Queue {
    const SCOPE: Scope = Scope::new("callbacks", t("回访", "Callbacks"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[CALLBACKS];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }

    /// A digit rings that one.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Code::Char(c @ '1'..='9') = key.code else { return false };
        let Some(queue) = desk.top_mut::<Queue>() else { return false };
        let row = queue.list.window().start + (c as usize - '1' as usize);
        if key.typed().is_some() && queue.list.window().contains(&row) {
            queue.list.select_row(row);
            if let Some(id) = selected(desk) {
                callback::strip::open(desk, id);
            }
        }
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(116, layout.body.h)
}

/// Opens the queue, or brings it up again where it lies below.
fn open(desk: &mut Desk) {
    if desk.top::<Queue>().is_some() {
        return;
    }
    callback::strip::leave(desk);
    desk.close_all::<Queue>();
    desk.open(Queue::default());
    let now = desk.now;
    desk.ask(CALLBACKS, Query::Callback(CallbackQuery::Queue { now }));
}

/// The answer has come. The cursor stays on its ticket; where that is done, on the next; where nobody was reached and it waits
/// for another hour, on the first to be rung.
pub fn set(desk: &mut Desk, waiting: Vec<Waiting>) {
    for layer in &mut desk.layers {
        if let Some(queue) = layer.get_mut::<Queue>() {
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

fn selected(desk: &Desk) -> Option<TicketId> {
    match desk.top::<Queue>() {
        Some(queue) => queue.list.selected(),
        _ => None,
    }
}

fn has_one(desk: &Desk) -> Enabled {
    selected(desk).map(drop).ok_or(t("现在没有该回访的", "Nobody waits for a callback"))
}
