//! The list of staff: role, skills, compounds, phone, what each is doing, open jobs, hours this month. Typing narrows it.
//! One person's month is a page of its own.

use super::{Layer, staff_edit, worker};
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Scope};
use crate::desk::field::{Field, Took};
use crate::desk::geometry::{Area, Layout};
use crate::desk::key::Key;
use crate::desk::list::List;
use crate::desk::{Desk, say, start};
use crate::domain::id::StaffId;
use crate::domain::query::Query;
use crate::domain::query::staffing::StaffRow;
use crate::text::labels::Labelled;
use crate::text::t;

/// State of the layer.
#[derive(Debug, Default)]
pub struct StaffList {
    /// What is typed to narrow the list.
    pub field: Field,
    /// Rows: indexes into [`Self::rows`].
    pub list: List<usize>,
    /// Everybody; none until answered.
    pub rows: Option<Vec<StaffRow>>,
}

/// Commands that open the list, and of the list.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.staff",
        &[],
        Scope::Anywhere,
        t("员工", "staff"),
        t(
            "员工名单: 岗位, 技能, 小区, 电话, 在做什么",
            "The list of staff: role, skills, compounds, phone, what each is doing",
        ),
        open,
    )
    .when(start::ready),
    Command::new(
        "duty.staff",
        &["s"],
        Scope::Duty,
        t("员工名单", "all staff"),
        t("从在岗栏看全部员工", "All staff, from the pane of those on duty"),
        open,
    ),
    Command::new(
        "staff.page",
        &["enter"],
        Scope::Staff,
        t("个人页", "page"),
        t(
            "这个人的页: 班次、手上工单、本月工时、请假",
            "This person's page: shifts, open jobs, hours this month, leave",
        ),
        |desk| {
            if let Some(id) = selected(desk) {
                worker::of_person(desk, id);
            }
        },
    )
    .footer(),
    Command::new(
        "staff.new",
        &["ctrl-n"],
        Scope::Staff,
        t("新员工", "new"),
        t("加一个员工 (经理)", "Add somebody (manager)"),
        staff_edit::hire,
    )
    .when(staff_edit::may)
    .footer(),
];

impl StaffList {
    /// The row of the list.
    pub fn row(&self, at: usize) -> Option<&StaffRow> {
        self.rows.as_ref()?.get(*self.list.ids().get(at)?)
    }

    /// Text in one piece.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.refilter();
    }

    fn refilter(&mut self) {
        let rows = self.rows.as_deref().unwrap_or_default();
        let typed = self.field.trimmed();
        let passes = |row: &StaffRow| {
            let role = row.staff.role.label();
            let words = format!(
                "{} {} {} {}",
                row.staff.name.reveal(),
                role.zh,
                row.staff.skills.join(" "),
                row.serves.join(" ")
            );
            say::answers_to(&words, role.en, typed).is_some()
        };
        let mut found: Vec<usize> = (0..rows.len()).filter(|&at| passes(&rows[at])).collect();
        found.sort_by_key(|&at| say::answers_to(rows[at].staff.name.reveal(), "", typed).is_none());
        self.list.set(found);
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(110, layout.body.h)
}

fn selected(desk: &Desk) -> Option<StaffId> {
    match desk.layers.last() {
        Some(Layer::Staff(staff)) => staff.row(staff.list.row()).map(StaffRow::id),
        _ => None,
    }
}

fn open(desk: &mut Desk) {
    desk.layers.retain(|layer| !matches!(layer, Layer::Staff(_)));
    desk.open(Layer::Staff(StaffList::default()));
    let now = desk.now;
    desk.ask(Slot::Staff, Query::StaffList { now });
}

/// The answer has come.
pub fn answered(desk: &mut Desk, rows: Vec<StaffRow>) {
    for layer in &mut desk.layers {
        if let Layer::Staff(staff) = layer {
            staff.rows = Some(rows);
            staff.refilter();
            return;
        }
    }
}

/// A key for the field.
pub fn key(desk: &mut Desk, key: Key) -> bool {
    let Some(Layer::Staff(staff)) = desk.layers.last_mut() else { return false };
    match staff.field.key(key) {
        Took::Nothing => return false,
        Took::Moved => {}
        Took::Changed => {
            staff.refilter();
            staff.list.select_row(0);
        }
    }
    true
}
