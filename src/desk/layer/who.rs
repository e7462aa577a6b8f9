//! Who is on duty now: role, name, phone, post, until. From any screen by one key.
//! Nobody is marked present or absent here.

use super::Layer;
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Scope};
use crate::desk::geometry::{Area, Layout};
use crate::desk::list::List;
use crate::desk::{Desk, start};
use crate::domain::query::Query;
use crate::domain::query::duty::Duty;
use crate::text::t;

/// State of the layer.
#[derive(Debug, Default)]
pub struct Who {
    /// Rows.
    pub list: List<usize>,
    /// Who is on duty; none until answered.
    pub duty: Option<Duty>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[Command::new(
    "duty.now",
    &["w", "f5"],
    Scope::Anywhere,
    t("在岗", "on duty"),
    t("现在谁在岗: 岗位, 电话, 到几点", "Who is on duty now: post, phone, until when"),
    open,
)
.when(start::ready)
.footer()];

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(92, layout.body.h)
}

/// The answer has come.
pub fn set(desk: &mut Desk, mut duty: Duty) {
    let who = desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Who(who) => Some(who),
        _ => None,
    });
    if let Some(who) = who {
        duty.now.sort_by(|a, b| (a.role, &a.compound, &a.post).cmp(&(b.role, &b.compound, &b.post)));
        who.list.set((0..duty.now.len()).collect());
        who.duty = Some(duty);
    }
}

fn open(desk: &mut Desk) {
    if matches!(desk.layers.last(), Some(Layer::Who(_))) {
        return;
    }
    desk.layers.retain(|layer| !matches!(layer, Layer::Who(_)));
    desk.open(Layer::Who(Who::default()));
    let at = desk.now;
    desk.ask(Slot::Who, Query::Duty { at, compound: None });
}
