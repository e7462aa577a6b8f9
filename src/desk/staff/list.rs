//! The list of staff: role, skills, compounds, phone, what each is doing, open jobs, hours this month. Typing narrows it.
//! One person's month is a page of its own.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::field::{Field, Took};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::{say, start};
use crate::desk::roster::worker;
use crate::desk::{Desk, staff};
use crate::domain::base::id::StaffId;
use crate::domain::query::{Answer, Query};
use crate::domain::staff::query::{StaffAnswer, StaffQuery, StaffRow};
use crate::text::labels::Labelled;
use crate::text::t;

/// The list of staff.
const STAFF: Slot = Slot::new("staff", |desk, answer| {
    if let Answer::Staff(StaffAnswer::List(rows)) = answer {
        answered(desk, rows);
    }
});

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
        Scope::ANYWHERE,
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
        Scope::DUTY,
        t("员工名单", "all staff"),
        t("从在岗栏看全部员工", "All staff, from the pane of those on duty"),
        open,
    ),
    Command::new(
        "staff.page",
        &["enter"],
        StaffList::SCOPE,
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
        StaffList::SCOPE,
        t("新员工", "new"),
        t("加一个员工 (经理)", "Add somebody (manager)"),
        staff::edit::hire,
    )
    .when(staff::edit::may)
    .footer(),
];

impl StaffList {
    /// The row of the list.
    pub fn row(&self, at: usize) -> Option<&StaffRow> {
        self.rows.as_ref()?.get(*self.list.ids().get(at)?)
    }

    /// Text in one piece.
    fn paste_in(&mut self, text: &str) {
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

impl Layer for StaffList {
    const SCOPE: Scope = Scope::new("staff", t("够不够人", "Enough people"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[STAFF];
    const TYPES: bool = true;

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(2))
    }

    /// A key for the field.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Some(staff) = desk.top_mut::<StaffList>() else { return false };
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

    fn paste(desk: &mut Desk, text: &str) -> bool {
        if let Some(layer) = desk.top_mut::<Self>() {
            layer.paste_in(text);
        }
        true
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(110, layout.body.h)
}

fn selected(desk: &Desk) -> Option<StaffId> {
    match desk.top::<StaffList>() {
        Some(staff) => staff.row(staff.list.row()).map(StaffRow::id),
        _ => None,
    }
}

fn open(desk: &mut Desk) {
    desk.close_all::<StaffList>();
    desk.open(StaffList::default());
    let now = desk.now;
    desk.ask(STAFF, Query::Staff(StaffQuery::List { now }));
}

/// The answer has come.
pub fn answered(desk: &mut Desk, rows: Vec<StaffRow>) {
    for layer in &mut desk.layers {
        if let Some(staff) = layer.get_mut::<StaffList>() {
            staff.rows = Some(rows);
            staff.refilter();
            return;
        }
    }
}
