//! After saving: what to tell the caller, and who would be sent, until the next key.
//! The ticket is saved already; leaving this changes nothing.

use super::{Layer, intake};
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Enabled, Scope};
use crate::desk::commit::After;
use crate::desk::geometry::{Area, Layout};
use crate::desk::layer::ticket;
use crate::desk::moving::{self, Moving};
use crate::desk::{Desk, Effect};
use crate::domain::id::{CommandUid, TicketId};
use crate::domain::op::ticket::{Act, Step};
use crate::domain::op::{Done, Op};
use crate::domain::query::Query;
use crate::domain::query::duty::Candidate;
use crate::domain::query::tickets::Detail;
use crate::domain::ticket::{Number, Status, move_between};
use crate::text::t;

/// State of the layer.
#[derive(Debug)]
pub struct Told {
    /// The ticket.
    pub id: TicketId,
    /// Its number.
    pub number: Option<Number>,
    /// The ticket as stored; none until answered.
    pub detail: Option<Box<Detail>>,
    /// Who could be sent, the best first.
    pub candidates: Vec<Candidate>,
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "told.assign",
        &["enter"],
        Scope::Told,
        t("派给他", "send"),
        t("派给建议的人", "Give it to the one proposed"),
        assign,
    )
    .when(has_someone)
    .footer(),
    Command::new(
        "told.other",
        &["a"],
        Scope::Told,
        t("派别人", "someone else"),
        t("自己选派给谁", "Choose who is sent"),
        other,
    )
    .when(is_there)
    .footer(),
    Command::new(
        "told.copy",
        &["y"],
        Scope::Told,
        t("复制发群", "copy message"),
        t("复制一条给处理人的话", "Copy the message for the worker"),
        |desk| {
            if let Some(Layer::Told(told)) = desk.layers.last() {
                let id = told.id;
                desk.ask(Slot::Copy, Query::Ticket(id));
            }
        },
    )
    .footer(),
    Command::new(
        "told.ticket",
        &["o"],
        Scope::Told,
        t("打开", "open"),
        t("打开这张工单", "Open this ticket"),
        |desk| {
            if let Some(Layer::Told(told)) = desk.layers.last() {
                let id = told.id;
                ticket::open(desk, id);
            }
        },
    ),
];

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(layout.body.w.min(100), 9)
}

/// The report is saved: the intake goes, this comes in its place, under another intake that was begun meanwhile.
pub fn open(desk: &mut Desk, uid: CommandUid, done: &Done) {
    leave(desk);
    let form = |layer: &Layer| matches!(layer, Layer::Intake(intake) if intake.uid == uid);
    let at = desk.layers.iter().position(form).unwrap_or(desk.layers.len());
    let candidates = intake::close(desk, uid);
    desk.emit(Effect::DropDraft(uid));
    let id = TicketId(done.id);
    desk.layers.insert(at, Layer::Told(Told { id, number: done.number, detail: None, candidates }));
    desk.ask(Slot::Told, Query::Ticket(id));
}

/// The ticket has come as it is stored.
pub fn set(desk: &mut Desk, detail: Option<Box<Detail>>) {
    let told = desk.layers.iter_mut().find_map(|layer| match layer {
        Layer::Told(told) => Some(told),
        _ => None,
    });
    let (Some(told), Some(detail)) = (told, detail) else { return };
    if detail.row.id != told.id {
        return;
    }
    let (category, compound) = (detail.row.ticket.category.clone(), detail.row.ticket.compound);
    let first = told.detail.replace(detail).is_none();
    if first {
        let at = desk.now;
        desk.ask(Slot::ToldWho, Query::Suggest { category, compound, at });
    }
}

/// Who could be sent has come.
pub fn suggested(desk: &mut Desk, candidates: Vec<Candidate>) {
    for layer in &mut desk.layers {
        if let Layer::Told(told) = layer {
            told.candidates.clone_from(&candidates);
        }
    }
}

/// Takes it off, when something else begins.
pub fn leave(desk: &mut Desk) {
    desk.layers.retain(|layer| !matches!(layer, Layer::Told(_)));
}

/// The one proposed: the best, unless the ticket has somebody.
pub fn proposed(told: &Told) -> Option<&Candidate> {
    let taken = told.detail.as_ref().is_some_and(|detail| detail.row.ticket.assignee.is_some());
    if taken { None } else { told.candidates.first().filter(|best| best.fits || best.serves) }
}

fn assign(desk: &mut Desk) {
    let Some(Layer::Told(told)) = desk.layers.last() else { return };
    let Some(staff) = proposed(told).map(|best| best.staff) else { return };
    let id = told.id;
    let version = told.detail.as_ref().map(|detail| detail.row.version);
    desk.layers.pop();
    let act = Act::Move { version, step: Step::assign(staff) };
    desk.commit(Op::Ticket { id, act }, After::Nothing);
}

fn other(desk: &mut Desk) {
    let Some(Layer::Told(told)) = desk.layers.last() else { return };
    let Some(status) = told.detail.as_ref().map(|detail| detail.row.ticket.status) else { return };
    let id = told.id;
    if let Some(row) = move_between(status, Status::Assigned) {
        let chain = desk.new_chain();
        moving::pursue(desk, Moving::new(vec![id], row, chain));
    }
}

fn has_someone(desk: &Desk) -> Enabled {
    match desk.layers.last() {
        Some(Layer::Told(told)) if proposed(told).is_some() => Ok(()),
        _ => Err(t("没有可派的人; a 自己选", "Nobody to propose; a lets you choose")),
    }
}

fn is_there(desk: &Desk) -> Enabled {
    match desk.layers.last() {
        Some(Layer::Told(told)) if told.detail.is_some() => Ok(()),
        _ => Err(t("正在读取 ..", "Reading ..")),
    }
}
