//! The panes: which there are, how the focus moves between them, and what every list answers to.
//! What a pane shows is in its own file.

use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::geometry::Shape;
use crate::desk::frame::layer::AnyLayer;
use crate::desk::frame::list::Scroll;
use crate::desk::frame::start;
use crate::desk::ticket::menu;
use crate::desk::{Desk, filter};
use crate::text::{Text, t};

/// A pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaneId {
    /// 1
    Compounds,
    /// 2
    Tickets,
    /// 3
    Duty,
    /// What is selected, in full; where the width allows.
    Preview,
}

impl PaneId {
    /// Every pane, in the order Tab goes.
    pub const ALL: [Self; 4] = [Self::Compounds, Self::Tickets, Self::Duty, Self::Preview];

    /// The scopes heard when this pane has the focus.
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Compounds => vec![Scope::COMPOUNDS, Scope::LIST, Scope::DESK, Scope::ANYWHERE],
            Self::Tickets => vec![Scope::TICKETS, Scope::ON_TICKET, Scope::LIST, Scope::DESK, Scope::ANYWHERE],
            Self::Duty => vec![Scope::DUTY, Scope::LIST, Scope::DESK, Scope::ANYWHERE],
            Self::Preview => vec![Scope::TICKETS, Scope::ON_TICKET, Scope::LIST, Scope::DESK, Scope::ANYWHERE],
        }
    }

    /// The title.
    pub const fn title(self) -> Text {
        match self {
            Self::Compounds => t("1 小区", "1 Compounds"),
            Self::Tickets => t("2 工单", "2 Tickets"),
            Self::Duty => t("3 在岗", "3 On duty"),
            Self::Preview => t("详情", "Details"),
        }
    }
}

/// The state of all panes.
#[derive(Debug, Default)]
pub struct Panes {
    /// 1
    pub compounds: crate::desk::place::pane::Compounds,
    /// 2
    pub tickets: crate::desk::ticket::pane::Tickets,
    /// 3
    pub duty: crate::desk::roster::pane::Duty,
    /// The fourth.
    pub preview: crate::desk::ticket::preview::Preview,
}

/// Moving between the panes.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "pane.compounds",
        &["1"],
        Scope::DESK,
        t("小区", "compounds"),
        t("到小区栏", "Go to the compounds"),
        |desk| focus(desk, PaneId::Compounds),
    ),
    Command::new(
        "pane.tickets",
        &["2"],
        Scope::DESK,
        t("工单", "tickets"),
        t("到工单栏", "Go to the tickets"),
        |desk| focus(desk, PaneId::Tickets),
    ),
    Command::new(
        "pane.duty",
        &["3"],
        Scope::DESK,
        t("在岗", "on duty"),
        t("到在岗栏", "Go to the people on duty"),
        |desk| focus(desk, PaneId::Duty),
    ),
    Command::new(
        "pane.next",
        &["tab", "l", "right"],
        Scope::DESK,
        t("下一栏", "next pane"),
        t("到下一栏", "Go to the next pane"),
        |desk| turn(desk, 1),
    ),
    Command::new(
        "pane.previous",
        &["shift-tab", "h", "left"],
        Scope::DESK,
        t("上一栏", "previous pane"),
        t("到上一栏", "Go to the pane before"),
        |desk| turn(desk, 3),
    ),
    Command::new(
        "list.filter",
        &["f"],
        Scope::DESK,
        t("筛选", "filter"),
        t("只留下符合的行: 字, 状态: 小区: 超时 ..", "Keep only what fits: words, status: compound: late .."),
        filter::open,
    ),
    Command::new(
        "filter.saved",
        &["F"],
        Scope::DESK,
        t("常用筛选", "saved filters"),
        t("存下的筛选: 超时, 没回话, 今日收 ..", "The filters that were saved: pick one by its digit"),
        menu::open_filters,
    )
    .when(start::ready),
    Command::new(
        "desk.back",
        &["esc"],
        Scope::DESK,
        t("退回", "back"),
        t("退回一步: 取消标记, 取消筛选, 回到全部小区", "One step back: marks off, filter off, all compounds"),
        back,
    ),
];

/// Moving in a list, on a pane or in a layer.
pub const LIST_COMMANDS: &[Command] = &[
    Command::new(
        "list.down",
        &["j", "down"],
        Scope::LIST,
        t("下移", "down"),
        t("下移一行", "One row down"),
        |desk| scroll(desk, |list| list.step(1)),
    ),
    Command::new("list.up", &["k", "up"], Scope::LIST, t("上移", "up"), t("上移一行", "One row up"), |desk| {
        scroll(desk, |list| list.step(-1))
    }),
    Command::new(
        "list.page_down",
        &["pgdn"],
        Scope::LIST,
        t("下翻", "page down"),
        t("下翻一页", "One page down"),
        |desk| scroll(desk, |list| list.page(1)),
    ),
    Command::new(
        "list.page_up",
        &["pgup"],
        Scope::LIST,
        t("上翻", "page up"),
        t("上翻一页", "One page up"),
        |desk| scroll(desk, |list| list.page(-1)),
    ),
    Command::new(
        "list.first",
        &["g g", "home"],
        Scope::LIST,
        t("到头", "first"),
        t("到第一行", "To the first row"),
        |desk| scroll(desk, |list| list.to_row(0)),
    ),
    Command::new(
        "list.last",
        &["G", "end"],
        Scope::LIST,
        t("到尾", "last"),
        t("到最后一行", "To the last row"),
        |desk| scroll(desk, |list| list.to_row(usize::MAX)),
    ),
];

/// Gives the focus to a pane that is on the screen, or can be.
pub fn focus(desk: &mut Desk, pane: PaneId) {
    if pane != PaneId::Preview || desk.layout.pane(pane).is_some() {
        desk.focus = pane;
    }
}

/// A click on the `row`-th row in sight of a pane.
pub fn click(desk: &mut Desk, pane: PaneId, row: usize) {
    list(desk, pane).click(row);
}

/// The wheel over a pane.
pub fn step(desk: &mut Desk, pane: PaneId, rows: isize) {
    list(desk, pane).step(rows);
}

/// Whether the duty pane shows one line per role.
pub fn duty_by_role(desk: &Desk) -> bool {
    desk.layout.shape == Shape::Three
}

/// Lets the lists know how many rows they show, and the preview what it shows.
pub fn settle(desk: &mut Desk) {
    let lines = desk.panes.duty.lines(duty_by_role(desk)).len();
    desk.panes.duty.list.set((0..lines).collect());
    for pane in PaneId::ALL {
        if let Some(area) = desk.layout.pane(pane) {
            list(desk, pane).see(usize::from(area.inside().h));
        }
    }
    crate::desk::ticket::pane::read_on(desk);
    crate::desk::ticket::preview::follow(desk);
}

/// The words that narrow a pane's list.
pub fn filter_of(desk: &mut Desk, pane: PaneId) -> Option<&mut String> {
    match pane {
        PaneId::Compounds => Some(&mut desk.panes.compounds.filter),
        PaneId::Tickets => Some(&mut desk.panes.tickets.filter),
        PaneId::Duty => Some(&mut desk.panes.duty.filter),
        PaneId::Preview => None,
    }
}

/// Lets new filter words work.
pub fn arrange(desk: &mut Desk, pane: PaneId) {
    match pane {
        PaneId::Compounds => desk.panes.compounds.arrange(),
        PaneId::Tickets => crate::desk::ticket::pane::arrange(desk),
        PaneId::Duty | PaneId::Preview => {}
    }
}

fn list(desk: &mut Desk, pane: PaneId) -> &mut dyn Scroll {
    match pane {
        PaneId::Compounds => &mut desk.panes.compounds.list,
        PaneId::Tickets => &mut desk.panes.tickets.list,
        PaneId::Duty => &mut desk.panes.duty.list,
        PaneId::Preview => &mut desk.panes.preview.list,
    }
}

/// One step back: marks, then the filter of the focused pane, then the compound looked at.
fn back(desk: &mut Desk) {
    let focus = desk.focus;
    if focus == PaneId::Tickets && desk.panes.tickets.list.unmark_all() {
        return;
    }
    if let Some(filter) = filter_of(desk, focus).filter(|filter| !filter.is_empty()) {
        filter.clear();
        return arrange(desk, focus);
    }
    if desk.panes.compounds.chosen.is_some() {
        crate::desk::place::pane::choose(desk, None);
    }
}

fn turn(desk: &mut Desk, by: usize) {
    let order: Vec<PaneId> =
        PaneId::ALL.into_iter().filter(|&p| p != PaneId::Preview || desk.layout.pane(p).is_some()).collect();
    let at = order.iter().position(|&pane| pane == desk.focus).unwrap_or(0);
    desk.focus = order[(at + if by == 1 { 1 } else { order.len() - 1 }) % order.len()];
}

/// Moves the list that has the focus: the topmost layer's, else the focused pane's.
fn scroll(desk: &mut Desk, how: impl Fn(&mut dyn Scroll)) {
    match desk.layers.last_mut() {
        Some(AnyLayer::Filter(_)) | None => {
            let focus = desk.focus;
            how(list(desk, focus));
        }
        Some(layer) => {
            if let Some(list) = AnyLayer::list(layer) {
                how(list);
            }
        }
    }
}
