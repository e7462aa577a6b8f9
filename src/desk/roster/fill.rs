//! A week proposed: what it changes of anybody's cycle, and what it cannot meet and why. Enter drafts all of it.
//! The grid is where it is edited; nothing is published here.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::domain::base::time::Day;
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::fill::{Proposed, Unmet};
use crate::domain::roster::op::{PLANS, Planned, RosterOp};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::week_to_open;
use crate::domain::staff::query::Filled;
use crate::text::t;

/// A week proposed.
const FILL: Slot = Slot::new("fill", |desk, answer| {
    if let Answer::Roster(RosterAnswer::Fill(filled)) = answer {
        answered(desk, filled);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Fill {
    /// First day of the week.
    pub monday: Day,
    /// Lines.
    pub list: List<usize>,
    /// What was answered; none until then.
    pub filled: Option<Box<Filled>>,
    /// It closes once the draft is written.
    pub chain: u64,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line<'a> {
    /// A need it cannot meet.
    Unmet(&'a Unmet),
    /// A day that is otherwise than his cycle says.
    Moved(&'a Proposed),
}

/// Commands of the layer, and the one that opens it on the week being planned.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.fill",
        &[],
        Scope::ANYWHERE,
        t("替我排一周", "fill a week"),
        t(
            "按轮班, 要求, 规则, 请假替下一周排一稿, 排不了的说明为什么",
            "Propose the week from cycles, needs, rules and leave, saying what cannot be met and why",
        ),
        |desk| {
            let monday = week_to_open(desk.zone().day(desk.now));
            open(desk, monday);
        },
    )
    .when(may),
    Command::new(
        "fill.take",
        &["enter"],
        Fill::SCOPE,
        t("放进草稿", "take as draft"),
        t("整周放进草稿, 再在排班里改; u 撤销", "Put it all into the draft, to be edited in the grid; u undoes"),
        take,
    )
    .when(has_days)
    .footer(),
];

impl Fill {
    /// Its lines: what cannot be met first.
    pub fn lines(&self) -> Vec<Line<'_>> {
        let Some(filled) = &self.filled else { return Vec::new() };
        let unmet = filled.proposal.unmet.iter().map(Line::Unmet);
        unmet.chain(filled.proposal.moved().map(Line::Moved)).collect()
    }
}

impl Layer for Fill {
    const SCOPE: Scope = Scope::new("fill", t("够不够人", "Enough people"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[FILL];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(2))
    }

    fn chain(&self) -> Option<u64> {
        Some(self.chain)
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// Whether the operator may plan.
fn may(desk: &Desk) -> Enabled {
    crate::desk::frame::start::ready(desk)?;
    if desk.operator.rank.may(PLANS) {
        Ok(())
    } else {
        Err(t("排班要班长以上", "Planning needs a leader or above"))
    }
}

/// Asks for a proposal of the week.
pub fn open(desk: &mut Desk, monday: Day) {
    if let Err(reason) = may(desk) {
        return desk.notice(crate::desk::frame::notice::Level::Refused, desk.say(reason));
    }
    desk.close_all::<Fill>();
    let chain = desk.new_chain();
    desk.open(Fill { monday, list: List::default(), filled: None, chain });
    let now = desk.now;
    desk.ask(FILL, Query::Roster(RosterQuery::Fill { monday, now }));
}

/// The proposal has come.
pub fn answered(desk: &mut Desk, filled: Box<Filled>) {
    // Once is enough: a change elsewhere does not make another while this one is looked at.
    desk.asks.forget(FILL);
    for layer in &mut desk.layers {
        if let Some(fill) = layer.get_mut::<Fill>()
            && fill.monday == filled.week.monday
        {
            fill.filled = Some(filled);
            let lines = fill.lines().len();
            fill.list.set((0..lines).collect());
            return;
        }
    }
}

fn has_days(desk: &Desk) -> Enabled {
    match desk.top::<Fill>() {
        Some(fill) => match &fill.filled {
            None => Err(t("正在排 ..", "Being worked out ..")),
            Some(filled) if filled.proposal.days.is_empty() => Err(t("没有要改的", "There is nothing to change")),
            Some(_) => Ok(()),
        },
        _ => Err(t("没有建议", "Nothing is proposed")),
    }
}

fn take(desk: &mut Desk) {
    let Some(fill) = desk.top::<Fill>() else { return };
    let Some(filled) = &fill.filled else { return };
    let after = After::Marked { chain: fill.chain, gap: None };
    if desk.commits().waits(&after) {
        return;
    }
    let days = filled
        .proposal
        .days
        .iter()
        .map(|one| Planned { staff: one.staff, day: one.day, plan: Some(one.plan.clone()) })
        .collect();
    desk.commit(Op::Roster(RosterOp::Plan(days)), after);
}
