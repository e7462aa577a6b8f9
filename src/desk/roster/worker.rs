//! A month of one person, or of one compound, as a page over the week grid.
//! Nothing is changed here.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::{AnyLayer, Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::picker::{self, Choice, Pick};
use crate::desk::{Desk, roster, staff, ticket};
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::Day;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::query::{PostMonth, RosterAnswer, RosterQuery, Worker};
use crate::domain::staff::query::{StaffAnswer, StaffQuery};
use crate::text::t;

/// A month of one person or one compound.
const MONTH: Slot = Slot::new("month", |desk, answer| match answer {
    Answer::Staff(StaffAnswer::Worker(worker)) => set(desk, Page::Person(worker)),
    Answer::Roster(RosterAnswer::PostMonth(month)) => set(desk, Page::Compound(month)),
    _ => {}
});

/// State of the layer.
#[derive(Debug)]
pub struct Month {
    /// Whose.
    pub of: Of,
    /// A day of the month.
    pub day: Day,
    /// Rows: weeks or people.
    pub list: List<usize>,
    /// What was answered.
    pub page: Page,
}

/// Whose month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A person's.
    Person(StaffId),
    /// A compound's.
    Compound(PlaceId),
}

/// What was answered.
#[derive(Debug)]
pub enum Page {
    /// Not yet.
    Waiting,
    /// A person's month; none: no such person.
    Person(Option<Box<Worker>>),
    /// A compound's.
    Compound(Box<PostMonth>),
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "month.next",
        &["]"],
        Month::SCOPE,
        t("下个月", "next month"),
        t("下个月", "The next month"),
        |desk| turn(desk, true),
    )
    .footer(),
    Command::new(
        "month.last",
        &["["],
        Month::SCOPE,
        t("上个月", "last month"),
        t("上个月", "The month before"),
        |desk| turn(desk, false),
    )
    .footer(),
    Command::new(
        "month.edit",
        &["e"],
        Month::SCOPE,
        t("改资料", "edit"),
        t(
            "改这个人的岗位、电话、技能、小区、轮班、在职 (经理)",
            "Change role, phone, skills, compounds, cycle, employment of this person (manager)",
        ),
        staff::edit::open,
    )
    .when(staff::edit::on_page)
    .footer(),
    Command::new(
        "month.job",
        &["enter"],
        Month::SCOPE,
        t("打开", "open"),
        t("打开选中的工单; 小区的页: 选中的人", "Open the selected ticket; on a compound's page the selected person"),
        enter,
    ),
];

impl Layer for Month {
    const SCOPE: Scope = Scope::new("month", t("排班", "Rosters"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[MONTH];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// The person under the grid's cursor.
pub fn open(desk: &mut Desk) {
    let Some(roster) = roster::grid::find(desk) else { return };
    let (Some(staff), day) = (roster.list.selected(), roster.day(roster.column)) else { return };
    show(desk, Of::Person(staff), day);
}

/// This person's page, the month of today.
pub fn of_person(desk: &mut Desk, staff: StaffId) {
    let today = desk.zone().day(desk.now);
    show(desk, Of::Person(staff), today);
}

/// Whose page is topmost, or lies below what is asked about him.
pub fn person(desk: &Desk) -> Option<&Worker> {
    desk.layers.iter().rev().filter_map(AnyLayer::get::<Month>).find_map(|month| match &month.page {
        Page::Person(worker) => worker.as_deref(),
        _ => None,
    })
}

fn enter(desk: &mut Desk) {
    let Some(month) = desk.top::<Month>() else { return };
    let at = month.list.selected();
    match &month.page {
        Page::Person(Some(worker)) => {
            if let Some(id) = at.and_then(|at| worker.jobs.get(at)).map(|row| row.id) {
                ticket::opened::open(desk, id);
            }
        }
        Page::Compound(compound) => {
            let day = month.day;
            if let Some(id) = at.and_then(|at| compound.people.get(at)).map(|member| member.staff.id) {
                show(desk, Of::Person(id), day);
            }
        }
        Page::Waiting | Page::Person(None) => {}
    }
}

/// Asks which compound.
pub fn ask_compound(desk: &mut Desk) {
    let Some(grid) = roster::grid::find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
    let choice = |(id, name): &(PlaceId, String)| Choice {
        pick: Pick::Show(roster::grid::Show::Compound(*id)),
        columns: vec![name.clone()],
        words: (name.clone(), name.clone()),
    };
    let choices = grid.week.compounds.iter().map(choice).collect();
    let title = desk.say(t("哪个小区的一个月", "Which compound's month")).to_owned();
    picker::open(desk, title, choices, Then::MonthOf);
}

/// The compound was picked.
pub fn compound(desk: &mut Desk, compound: PlaceId) {
    let Some(day) = roster::grid::find(desk).map(|roster| roster.day(roster.column)) else { return };
    show(desk, Of::Compound(compound), day);
}

fn show(desk: &mut Desk, of: Of, day: Day) {
    desk.open(Month { of, day, list: List::default(), page: Page::Waiting });
    read(desk);
}

fn read(desk: &mut Desk) {
    let Some(month) = desk.top::<Month>() else { return };
    let (of, month) = (month.of, month.day);
    let query = match of {
        Of::Person(staff) => Query::Staff(StaffQuery::Worker { staff, month }),
        Of::Compound(compound) => Query::Roster(RosterQuery::PostMonth { compound, month }),
    };
    desk.ask(MONTH, query);
}

fn turn(desk: &mut Desk, ahead: bool) {
    let Some(month) = desk.top_mut::<Month>() else { return };
    let one = chrono::Months::new(1);
    let other = if ahead { month.day.checked_add_months(one) } else { month.day.checked_sub_months(one) };
    month.day = other.unwrap_or(month.day);
    read(desk);
}

/// The answer has come.
pub fn set(desk: &mut Desk, page: Page) {
    for layer in &mut desk.layers {
        if let Some(month) = layer.get_mut::<Month>() {
            let rows = match &page {
                Page::Waiting => 0,
                Page::Person(worker) => worker.as_ref().map_or(0, |worker| worker.jobs.len()),
                Page::Compound(compound) => compound.people.len(),
            };
            month.list.set((0..rows).collect());
            month.page = page;
            return;
        }
    }
}
