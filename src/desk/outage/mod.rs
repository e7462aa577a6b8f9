//! Outages: those of now and of the days to come with how many households rang; announced, changed and ended from here.
//! A caller is counted from the intake, not here.

mod form;

pub use crate::desk::outage::form::{Entry, FORM, OutageForm, area as form_area, read_times};

use crate::desk::Desk;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::{AnyLayer, Layer};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::start;
use crate::domain::base::id::OutageId;
use crate::domain::op::Op;
use crate::domain::outage::op::OutageOp;
use crate::domain::ticket::around::OutageRow;
use crate::text::t;

/// State of the list.
#[derive(Debug, Default)]
pub struct Outages {
    /// Rows.
    pub list: List<OutageId>,
}

impl Layer for Outages {
    const SCOPE: Scope = Scope::new("outages", t("停供", "Outages"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(ROWS_BELOW))
    }
}

/// Commands of the list, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.outages",
        &[],
        Scope::ANYWHERE,
        t("停水停电", "outages"),
        t("停水停电停暖: 现在和这几天的, 多少户来过电话", "Outages of now and of the days to come, and how many rang"),
        open,
    )
    .when(start::ready),
    Command::new(
        "outage.announce",
        &["a"],
        Outages::SCOPE,
        t("发通知", "announce"),
        t(
            "发一条停水停电通知: 哪里, 几点到几点, 对来电人说什么",
            "Announce one: where, from when to when, what callers are told",
        ),
        |desk| form::open(desk, None),
    )
    .footer(),
    Command::new(
        "outage.change",
        &["e", "enter"],
        Outages::SCOPE,
        t("更正", "change"),
        t("改时间、地点或说的话", "Change times, places or words"),
        |desk| {
            let row = selected(desk).cloned();
            form::open(desk, row.as_ref());
        },
    )
    .when(is_running)
    .footer(),
    Command::new(
        "outage.end",
        &["x"],
        Outages::SCOPE,
        t("已恢复", "it is over"),
        t("恢复了: 从现在起不再并入来电", "It is over: callers are counted no longer"),
        end,
    )
    .when(is_running)
    .footer(),
];

/// Where the list stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h.min(20))
}

/// Rows at the foot for what callers are told of the one under the cursor.
pub const ROWS_BELOW: u16 = 3;

/// The outages have come.
pub fn arrange(desk: &mut Desk) {
    let ids: Vec<OutageId> = desk.town.outages.iter().map(|row| row.id).collect();
    for layer in &mut desk.layers {
        if let Some(outages) = layer.get_mut::<Outages>() {
            outages.list.set(ids.clone());
        }
    }
}

/// The one under the cursor.
pub fn selected(desk: &Desk) -> Option<&OutageRow> {
    let id =
        desk.layers.iter().rev().filter_map(AnyLayer::get::<Outages>).find_map(|outages| outages.list.selected())?;
    desk.town.outages.iter().find(|row| row.id == id)
}

fn open(desk: &mut Desk) {
    desk.close_all::<Outages>();
    desk.open(Outages::default());
    arrange(desk);
}

fn is_running(desk: &Desk) -> Enabled {
    match selected(desk) {
        None => Err(t("没有选中的; a 发通知", "None is selected; a announces one")),
        Some(row) if row.outage.ended_at.is_some() => {
            Err(t("已经恢复了; 再停请 a 另发", "It is over; a announces it anew"))
        }
        Some(_) => Ok(()),
    }
}

fn end(desk: &mut Desk) {
    if let Some(id) = selected(desk).map(|row| row.id) {
        desk.commit(Op::Outage(OutageOp::End { id }), After::Nothing);
    }
}
