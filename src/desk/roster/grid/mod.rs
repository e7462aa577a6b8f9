//! The week grid: people by days, with the cursor, the marked span, and what is known of the week.
//! What a key drafts is in `edit`, swapping and covering in `trade`, publishing in `publish`; no rule is decided here.

pub mod edit;
pub mod keys;
pub mod publish;
pub mod trade;

use std::collections::HashMap;

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::Key;
use crate::desk::frame::layer::{Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::picker::{self, Choice, Pick};
use crate::desk::frame::start;
use crate::desk::{Desk, Effect};
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::paper::Paper;
use crate::domain::base::time::Day;
use crate::domain::op::Op;
use crate::domain::query::{Answer, Query};
use crate::domain::roster::coverage::Slot as Covered;
use crate::domain::roster::op::RosterOp;
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::rules::Finding;
use crate::domain::roster::week::{DAYS, Member, Week};
use crate::domain::roster::{DayPlan, week_to_open};
use crate::domain::staff::Role;
use crate::text::labels::Labelled;
use crate::text::t;

/// The week grid.
const WEEK: Slot = Slot::new("week", |desk, answer| {
    if let Answer::Roster(RosterAnswer::Week(week)) = answer {
        set(desk, *week);
    }
});

/// Days of a week, as columns.
pub const COLUMNS: usize = DAYS as usize;
/// Rows of the box below the people: needs, the cell in words, what is wrong with it, the keys.
pub const ROWS_BELOW: u16 = 6;

/// State of the layer.
#[derive(Debug)]
pub struct Roster {
    /// First day of the week shown.
    pub monday: Day,
    /// People shown.
    pub list: List<StaffId>,
    /// The cursor's column.
    pub column: usize,
    /// Where a marked span began.
    pub anchor: Option<(StaffId, usize)>,
    /// What is shown.
    pub show: Show,
    /// The week; none until answered.
    pub grid: Option<Box<Grid>>,
    /// The cell typed in last, until the cursor is moved by hand: what it broke is told though the cursor has moved on.
    pub typed: Option<(StaffId, usize)>,
    /// What the next key answers.
    pub asking: Asking,
    /// What was sent last, for the line that says it is saved.
    pub sent: String,
    /// What was copied: rows of days; none where a day is never copied.
    pub copied: Vec<Vec<Option<DayPlan>>>,
}

/// Which people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Everybody.
    #[default]
    All,
    /// Those of a role.
    Role(Role),
    /// Those who serve a compound or are posted there.
    Compound(PlaceId),
}

/// What the next key answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asking {
    /// Nothing is asked.
    #[default]
    Nothing,
    /// Which kind of leave.
    Leave,
    /// 长白 or 长夜, after 长.
    Long,
    /// A second shift on the day.
    Second,
    /// With whom and which day is exchanged.
    Swap {
        /// Whose day.
        staff: StaffId,
        /// Which.
        column: usize,
    },
    /// Who covers for whom.
    Cover {
        /// Where it was asked.
        staff: StaffId,
        /// The day.
        column: usize,
    },
}

/// A week with what follows from it.
#[derive(Debug)]
pub struct Grid {
    /// The week, with what is on its way to the file.
    pub week: Week,
    /// Broken rules of each person.
    pub findings: HashMap<StaffId, Vec<Finding>>,
    /// Coverage.
    pub slots: Vec<Covered>,
}

impl Grid {
    fn of(week: Week) -> Self {
        let findings = week.people.iter().map(|member| (member.staff.id, week.findings(member))).collect();
        let slots = week.slots();
        Self { week, findings, slots }
    }

    /// What follows is reckoned anew for these people.
    fn reckon(&mut self, people: &[StaffId]) {
        for member in self.week.people.iter().filter(|member| people.contains(&member.staff.id)) {
            self.findings.insert(member.staff.id, self.week.findings(member));
        }
        self.slots = self.week.slots();
    }

    /// Broken rules of one day of somebody.
    pub fn wrong(&self, staff: StaffId, day: Day) -> impl Iterator<Item = &Finding> {
        self.findings.get(&staff).into_iter().flatten().filter(move |finding| finding.day == day)
    }
}

impl Roster {
    /// A week not yet answered.
    pub fn new(monday: Day) -> Self {
        Self {
            monday,
            list: List::default(),
            column: 0,
            anchor: None,
            show: Show::All,
            grid: None,
            typed: None,
            asking: Asking::Nothing,
            sent: String::new(),
            copied: Vec::new(),
        }
    }

    /// The day of a column.
    pub fn day(&self, column: usize) -> Day {
        self.monday + chrono::Duration::days(i64::try_from(column).unwrap_or(0))
    }

    /// Who is under the cursor.
    pub fn member(&self) -> Option<&Member> {
        let id = self.list.selected()?;
        self.grid.as_ref()?.week.member(id)
    }

    /// The people and columns a key acts on: the marked span, else the cell under the cursor.
    pub fn chosen(&self) -> (Vec<StaffId>, std::ops::RangeInclusive<usize>) {
        let row = self.list.row();
        let (from, column) = match self.anchor {
            Some((staff, column)) => (self.list.ids().iter().position(|&id| id == staff).unwrap_or(row), column),
            None => (row, self.column),
        };
        let rows = from.min(row)..=from.max(row);
        let people = self.list.ids().get(rows).map(<[StaffId]>::to_vec).unwrap_or_default();
        (people, column.min(self.column)..=column.max(self.column))
    }

    /// Whether a cell is in the marked span.
    pub fn is_marked(&self, staff: StaffId, column: usize) -> bool {
        self.anchor.is_some() && {
            let (people, columns) = self.chosen();
            columns.contains(&column) && people.contains(&staff)
        }
    }

    fn arrange(&mut self) {
        let Some(grid) = &self.grid else { return };
        let there = |member: &&Member| match self.show {
            Show::All => true,
            Show::Role(role) => member.staff.role == role,
            Show::Compound(compound) => {
                member.staff.serves.contains(&compound)
                    || grid.week.days().any(|day| member.plan(day).shifts.iter().any(|w| w.compound == Some(compound)))
            }
        };
        let ids = grid.week.people.iter().filter(there).map(|member| member.staff.id).collect();
        self.list.set(ids);
        if self.anchor.is_some_and(|(staff, _)| !self.list.ids().contains(&staff)) {
            self.anchor = None;
        }
    }
}

impl Layer for Roster {
    const SCOPE: Scope = Scope::new("roster", t("排班", "Rosters"));
    const OUTER: &'static [Scope] = &[Scope::ANYWHERE];
    const COMMANDS: &'static [&'static [Command]] = &[keys::COMMANDS];
    const SLOTS: &'static [Slot] = &[WEEK];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(rows(layout))
    }

    fn key(desk: &mut Desk, key: Key) -> bool {
        keys::key(desk, key)
    }

    fn paste(desk: &mut Desk, text: &str) -> bool {
        keys::paste(desk, text)
    }
}

/// Where the layer stands.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

/// Rows of people in sight.
pub fn rows(layout: &Layout) -> u16 {
    area(layout).inside().h.saturating_sub(ROWS_BELOW + 1)
}

/// The grid, wherever it lies.
pub fn find(desk: &Desk) -> Option<&Roster> {
    desk.layer::<Roster>()
}

/// The same, to change.
pub fn find_mut(desk: &mut Desk) -> Option<&mut Roster> {
    desk.layer_mut::<Roster>()
}

/// Opens the grid: on the next week from Thursday on.
pub fn open(desk: &mut Desk) {
    if desk.top::<Roster>().is_some() {
        return;
    }
    let today = desk.zone().day(desk.now);
    let roster = desk.take::<Roster>().unwrap_or_else(|| {
        let mut roster = Roster::new(week_to_open(today));
        roster.column = (0..COLUMNS).find(|column| roster.day(*column) == today).unwrap_or(0);
        roster
    });
    desk.open(roster);
    read(desk);
}

/// Asks for the week shown.
fn read(desk: &mut Desk) {
    if let Some(monday) = find(desk).map(|roster| roster.monday) {
        desk.ask(WEEK, Query::Roster(RosterQuery::Week { monday }));
    }
}

/// Another week, so many on.
fn turn(desk: &mut Desk, weeks: i64) {
    let Some(roster) = find_mut(desk) else { return };
    roster.monday += chrono::Duration::days(7 * weeks);
    (roster.grid, roster.anchor, roster.typed) = (None, None, None);
    read(desk);
}

/// The week has come. While drafts are on their way it would lack them; it is asked for again behind the last.
pub fn set(desk: &mut Desk, week: Week) {
    if desk.commits().waits(&After::Roster) {
        return;
    }
    let Some(roster) = find_mut(desk) else { return };
    if week.monday == roster.monday {
        roster.grid = Some(Box::new(Grid::of(week)));
        roster.arrange();
    }
    publish::refresh(desk);
}

/// What was sent last; none where nothing was said of it.
pub fn said(desk: &Desk) -> Option<String> {
    find(desk).map(|roster| roster.sent.clone()).filter(|sent| !sent.is_empty())
}

/// Sends a change of the plan, with what is said once it is saved.
fn send(desk: &mut Desk, op: RosterOp, said: String) {
    if let Some(roster) = find_mut(desk) {
        roster.sent = said;
    }
    desk.commit(Op::Roster(op), After::Roster);
}

/// Makes the sheet for the wall and the message for the group, of what is published of the week shown.
pub fn print(desk: &mut Desk) {
    if let Some(monday) = find(desk).map(|roster| roster.monday) {
        desk.emit(Effect::Print(Paper::Wall { monday }));
    }
}

/// Whether there is a sheet to print.
fn published(desk: &Desk) -> Enabled {
    match find(desk).and_then(|roster| roster.grid.as_ref()) {
        Some(grid) if grid.week.is_published() => Ok(()),
        Some(_) => Err(t("这一周还没有发布; P 发布", "This week is not published yet; P publishes it")),
        None => Err(t("正在读取 ..", "Reading ..")),
    }
}

/// Asks which people are shown: everybody, a role, a compound.
fn ask_show(desk: &mut Desk) {
    let lang = desk.lang;
    let Some(grid) = find(desk).and_then(|roster| roster.grid.as_ref()) else { return };
    let all = t("全部", "everybody");
    let mut choices = vec![Choice {
        pick: Pick::Show(Show::All),
        columns: vec![all.get(lang).to_owned()],
        words: (all.zh.to_owned(), all.en.to_owned()),
    }];
    for role in Role::ALL {
        let count = grid.week.people.iter().filter(|member| member.staff.role == *role).count();
        if count > 0 {
            let label = role.label();
            choices.push(Choice {
                pick: Pick::Show(Show::Role(*role)),
                columns: vec![label.get(lang).to_owned(), t("{n} 人", "{n} people").with(lang, &[("n", &count)])],
                words: (label.zh.to_owned(), label.en.to_owned()),
            });
        }
    }
    for (id, name) in &grid.week.compounds {
        choices.push(Choice {
            pick: Pick::Show(Show::Compound(*id)),
            columns: vec![name.clone(), t("小区", "compound").get(lang).to_owned()],
            words: (name.clone(), name.clone()),
        });
    }
    let title = desk.say(t("看哪些人: 岗位或小区", "Whom to show: a role or a compound")).to_owned();
    picker::open(desk, title, choices, Then::Show);
}

/// These people are shown.
pub fn show(desk: &mut Desk, show: Show) {
    if let Some(roster) = find_mut(desk) {
        roster.show = show;
        (roster.anchor, roster.typed) = (None, None);
        roster.arrange();
    }
}

/// Whether the operator may plan.
pub fn may_plan(desk: &Desk) -> Enabled {
    start::ready(desk)?;
    if desk.operator.rank.may(crate::domain::roster::op::PLANS) {
        Ok(())
    } else {
        Err(t("排班要班长以上才能改; 可以看", "Planning needs a leader or above; you may look"))
    }
}
