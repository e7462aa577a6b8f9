//! A month of one person, or of one compound, as a page over the week grid.
//! Nothing is changed here.

use super::picker::{self, Choice, Pick};
use super::{Layer, Then, roster};
use crate::desk::Desk;
use crate::desk::ask::Slot;
use crate::desk::command::{Command, Scope};
use crate::desk::geometry::{Area, Layout};
use crate::desk::list::List;
use crate::domain::id::{PlaceId, StaffId};
use crate::domain::query::Query;
use crate::domain::query::roster::{PostMonth, Worker};
use crate::domain::time::Day;
use crate::text::t;

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
        Scope::Month,
        t("下个月", "next month"),
        t("下个月", "The next month"),
        |desk| turn(desk, true),
    )
    .footer(),
    Command::new(
        "month.last",
        &["["],
        Scope::Month,
        t("上个月", "last month"),
        t("上个月", "The month before"),
        |desk| turn(desk, false),
    )
    .footer(),
];

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(100, layout.body.h)
}

/// The person under the grid's cursor.
pub fn open(desk: &mut Desk) {
    let Some(roster) = roster::find(desk) else { return };
    let (Some(staff), day) = (roster.list.selected(), roster.day(roster.column)) else { return };
    show(desk, Of::Person(staff), day);
}

/// Asks which compound.
pub fn ask_compound(desk: &mut Desk) {
    let Some(grid) = roster::find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
    let choice = |(id, name): &(PlaceId, String)| Choice {
        pick: Pick::Show(roster::Show::Compound(*id)),
        columns: vec![name.clone()],
        words: (name.clone(), name.clone()),
    };
    let choices = grid.week.compounds.iter().map(choice).collect();
    let title = desk.say(t("哪个小区的一个月", "Which compound's month")).to_owned();
    picker::open(desk, title, choices, Then::MonthOf);
}

/// The compound was picked.
pub fn compound(desk: &mut Desk, compound: PlaceId) {
    let Some(day) = roster::find(desk).map(|roster| roster.day(roster.column)) else { return };
    show(desk, Of::Compound(compound), day);
}

fn show(desk: &mut Desk, of: Of, day: Day) {
    desk.open(Layer::Month(Month { of, day, list: List::default(), page: Page::Waiting }));
    read(desk);
}

fn read(desk: &mut Desk) {
    let Some(Layer::Month(month)) = desk.layers.last() else { return };
    let (of, month) = (month.of, month.day);
    let query = match of {
        Of::Person(staff) => Query::Worker { staff, month },
        Of::Compound(compound) => Query::PostMonth { compound, month },
    };
    desk.ask(Slot::Month, query);
}

fn turn(desk: &mut Desk, ahead: bool) {
    let Some(Layer::Month(month)) = desk.layers.last_mut() else { return };
    let one = chrono::Months::new(1);
    let other = if ahead { month.day.checked_add_months(one) } else { month.day.checked_sub_months(one) };
    month.day = other.unwrap_or(month.day);
    read(desk);
}

/// The answer has come.
pub fn set(desk: &mut Desk, page: Page) {
    for layer in &mut desk.layers {
        if let Layer::Month(month) = layer {
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
