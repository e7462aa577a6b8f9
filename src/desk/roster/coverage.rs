//! Whether enough people come: compound, role and shift by the days ahead, gaps first. From a gap somebody is proposed.
//! Who is planned otherwise is the week grid's.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::commit::After;
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::{AnyLayer, Layer, Then};
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::notice::Level;
use crate::desk::frame::{prompt, say, start};
use crate::desk::roster::{fill, stand_in};
use crate::domain::base::id::{PlaceId, StaffId};
use crate::domain::base::time::Day;
use crate::domain::op::Op;
use crate::domain::query::Query;
use crate::domain::roster::coverage::{Need, NeedDays, Slot as Covered};
use crate::domain::roster::duty::Gap;
use crate::domain::roster::op::{RosterOp, SETS};
use crate::domain::roster::query::{RosterAnswer, RosterQuery};
use crate::domain::roster::shift::Template;
use crate::domain::roster::{DayPlan, monday};
use crate::domain::staff::Role;
use crate::domain::staff::query::Coverage as Answer;
use crate::text::labels::Labelled;
use crate::text::t;

/// Whether enough people come.
const COVERAGE: Slot = Slot::new("coverage", |desk, answer| {
    if let crate::domain::query::Answer::Roster(RosterAnswer::Coverage(coverage)) = answer {
        answered(desk, coverage);
    }
});

/// Days shown: today and the week ahead.
pub const DAYS: usize = 7;
/// Rows of the box below the list.
pub const ROWS_BELOW: u16 = 4;

/// State of the layer.
#[derive(Debug)]
pub struct Coverage {
    /// First day shown.
    pub from: Day,
    /// Rows: indexes into [`Self::rows`].
    pub list: List<usize>,
    /// The cursor's column.
    pub column: usize,
    /// Only rows with gaps.
    pub only_gaps: bool,
    /// What is needed, a row each.
    pub rows: Vec<Row>,
    /// What was answered; none until then.
    pub answer: Option<Box<Answer>>,
}

/// A compound, role and shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where; none: in the township as a whole.
    pub compound: Option<PlaceId>,
    /// Role.
    pub role: Role,
    /// Shift.
    pub template: Template,
    /// For each day, the slot of the answer.
    pub cells: Vec<Option<usize>>,
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.coverage",
        &[],
        Scope::ANYWHERE,
        t("缺岗总表", "coverage"),
        t(
            "各小区各岗位各班够不够人: 今天和往后一周, 缺的在前",
            "Whether enough people come, by compound, role and shift, today and the week ahead",
        ),
        open,
    )
    .when(start::ready),
    Command::new(
        "coverage.fill",
        &["f", "enter"],
        Coverage::SCOPE,
        t("找人补", "find somebody"),
        t("这一格缺人, 找谁补, 理由都列出", "Who could fill this gap, with what speaks for and against each"),
        propose,
    )
    .when(has_gap)
    .footer(),
    Command::new(
        "coverage.left",
        &["h", "left"],
        Coverage::SCOPE,
        t("前一天", "day before"),
        t("光标到前一天", "The cursor to the day before"),
        |desk| turn(desk, -1),
    ),
    Command::new(
        "coverage.right",
        &["l", "right"],
        Coverage::SCOPE,
        t("后一天", "day after"),
        t("光标到后一天", "The cursor to the day after"),
        |desk| turn(desk, 1),
    ),
    Command::new(
        "coverage.back",
        &["["],
        Coverage::SCOPE,
        t("前一周", "week before"),
        t("看前一周", "The week before"),
        |desk| go(desk, -7),
    ),
    Command::new(
        "coverage.ahead",
        &["]"],
        Coverage::SCOPE,
        t("后一周", "week after"),
        t("看后一周", "The week after"),
        |desk| go(desk, 7),
    )
    .footer(),
    Command::new(
        "coverage.gaps",
        &["o"],
        Coverage::SCOPE,
        t("只看缺的", "gaps only"),
        t("只看缺人的行, 或全部", "Only rows with gaps, or all"),
        |desk| {
            if let Some(layer) = find(desk) {
                layer.only_gaps = !layer.only_gaps;
                layer.arrange();
            }
        },
    )
    .footer(),
    Command::new(
        "coverage.need",
        &["a"],
        Coverage::SCOPE,
        t("加一项要求", "new need"),
        t(
            "写上小区, 岗位, 班次, 人数; 光标在一格上按数字就改那一格 (经理)",
            "Type compound, role, shift and number; a digit on a cell changes that one (manager)",
        ),
        add,
    )
    .when(may_need)
    .footer(),
    Command::new(
        "coverage.remove",
        &["x"],
        Coverage::SCOPE,
        t("去掉要求", "take off"),
        t("这一项不再要求 (经理)", "This is needed no longer (manager)"),
        |desk| set(desk, None),
    )
    .when(may_need),
    Command::new(
        "coverage.propose",
        &["F"],
        Coverage::SCOPE,
        t("替我排", "fill for me"),
        t("按轮班, 要求, 规则, 请假替这一周排一稿", "Propose the whole week from cycles, needs, rules and leave"),
        |desk| {
            if let Some(day) = find(desk).map(|layer| layer.day()) {
                fill::open(desk, monday(day));
            }
        },
    )
    .footer(),
];

impl Coverage {
    /// The day under the cursor.
    pub fn day(&self) -> Day {
        self.from + chrono::Duration::days(i64::try_from(self.column).unwrap_or(0))
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.list.selected()?)
    }

    /// The slot under the cursor.
    pub fn slot(&self) -> Option<&Covered> {
        let at = (*self.row()?.cells.get(self.column)?)?;
        self.answer.as_ref()?.slots.get(at)
    }

    /// What is missing over all rows and days.
    pub fn missing(&self) -> u32 {
        self.answer.iter().flat_map(|answer| &answer.slots).map(Covered::missing).sum()
    }

    fn arrange(&mut self) {
        let Some(answer) = &self.answer else { return };
        let gap = |row: &Row| {
            let of = |cell: &Option<usize>| cell.and_then(|at| answer.slots.get(at)).map_or(0, Covered::missing);
            let first = row.cells.iter().position(|cell| of(cell) > 0).unwrap_or(DAYS);
            (first, std::cmp::Reverse(row.cells.iter().map(of).sum::<u32>()))
        };
        let over =
            |row: &Row| !row.cells.iter().flatten().filter_map(|at| answer.slots.get(*at)).any(|slot| slot.over() > 0);
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| (gap(&self.rows[*at]), over(&self.rows[*at]), *at));
        order.retain(|at| !self.only_gaps || gap(&self.rows[*at]).0 < DAYS);
        self.list.set(order);
    }
}

impl Layer for Coverage {
    const SCOPE: Scope = Scope::new("coverage", t("够不够人", "Enough people"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[COVERAGE];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h.saturating_sub(1 + ROWS_BELOW))
    }

    /// A digit is how many are needed in the cell.
    fn key(desk: &mut Desk, key: Key) -> bool {
        match key.folded().code {
            Code::Char(c @ '0'..='9') if key.typed().is_some() => {
                match may_need(desk) {
                    Ok(()) => set(desk, c.to_digit(10)),
                    Err(reason) => desk.notice(Level::Refused, desk.say(reason)),
                }
                true
            }
            _ => false,
        }
    }
}

/// Where the layer stands.
pub fn area(layout: &Layout) -> Area {
    layout.middle(110, layout.body.h)
}

fn find(desk: &mut Desk) -> Option<&mut Coverage> {
    desk.layer_mut::<Coverage>()
}

fn top(desk: &Desk) -> Option<&Coverage> {
    desk.acted_on().and_then(AnyLayer::get::<Coverage>)
}

fn open(desk: &mut Desk) {
    desk.close_all::<Coverage>();
    let from = desk.zone().day(desk.now);
    let layer = Coverage { from, list: List::default(), column: 0, only_gaps: false, rows: Vec::new(), answer: None };
    desk.open(layer);
    desk.ask(COVERAGE, Query::Roster(RosterQuery::Coverage { from, days: DAYS }));
}

/// The answer has come.
pub fn answered(desk: &mut Desk, answer: Box<Answer>) {
    let Some(layer) = find(desk).filter(|layer| layer.from == answer.from) else { return };
    let mut rows: Vec<Row> = Vec::new();
    for (at, slot) in answer.slots.iter().enumerate() {
        let need = slot.need;
        let column = usize::try_from((slot.day - answer.from).num_days()).unwrap_or(0);
        let known = rows
            .iter_mut()
            .find(|row| (row.compound, row.role, row.template) == (need.compound, need.role, need.template));
        let row = match known {
            Some(row) => row,
            None => {
                let cells = vec![None; answer.days];
                rows.push(Row { compound: need.compound, role: need.role, template: need.template, cells });
                match rows.last_mut() {
                    Some(row) => row,
                    None => continue,
                }
            }
        };
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = Some(at);
        }
    }
    let place = |row: &Row| row.compound.and_then(|id| answer.compounds.iter().position(|(other, _)| *other == id));
    rows.sort_by_key(|row| (place(row), row.role, row.template));
    (layer.rows, layer.answer) = (rows, Some(answer));
    layer.arrange();
}

fn turn(desk: &mut Desk, by: isize) {
    if let Some(layer) = find(desk) {
        layer.column = layer.column.saturating_add_signed(by).min(DAYS - 1);
    }
}

fn go(desk: &mut Desk, days: i64) {
    let Some(layer) = find(desk) else { return };
    layer.from += chrono::Duration::days(days);
    let from = layer.from;
    desk.ask(COVERAGE, Query::Roster(RosterQuery::Coverage { from, days: DAYS }));
}

fn has_gap(desk: &Desk) -> Enabled {
    match top(desk).and_then(Coverage::slot) {
        Some(slot) if slot.missing() > 0 => Ok(()),
        _ => Err(t("这一格不缺人", "Nobody is missing in this cell")),
    }
}

fn may_need(desk: &Desk) -> Enabled {
    if desk.operator.rank.may(SETS) {
        Ok(())
    } else {
        Err(t("用人要求由经理来改", "What is needed is the manager's to change"))
    }
}

fn propose(desk: &mut Desk) {
    let Some(layer) = top(desk) else { return };
    let (Some(slot), Some(answer)) = (layer.slot(), &layer.answer) else { return };
    let need = slot.need;
    let (from, to) = answer.templates.span(need.template, slot.day, desk.zone());
    let name = |id: PlaceId| answer.compounds.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone());
    let gap = Gap {
        day: slot.day,
        template: need.template,
        from,
        to,
        role: need.role,
        compound: need.compound,
        place: need.compound.and_then(name).unwrap_or_default(),
        missing: slot.missing(),
        absent: None,
    };
    stand_in::open(desk, gap);
}

/// What somebody is planned for on a day, as the layer knows it.
pub fn plan_of(desk: &mut Desk, staff: StaffId, day: Day) -> DayPlan {
    let member = find(desk).and_then(|layer| layer.answer.as_ref()?.members.iter().find(|m| m.staff.id == staff));
    member.and_then(|member| member.days.on(day)).cloned().unwrap_or_default()
}

/// How many are needed in the cell under the cursor; none takes it off.
fn set(desk: &mut Desk, count: Option<u32>) {
    let Some(layer) = top(desk) else { return };
    let Some(row) = layer.row() else { return };
    let (compound, role, template) = (row.compound, row.role, row.template);
    let days = layer.slot().map_or(NeedDays::Every, |slot| slot.need.days);
    let need = Need { compound, role, template, days, count: count.unwrap_or(0) };
    desk.commit(Op::Roster(RosterOp::Need { need, off: count.is_none() }), After::Nothing);
}

fn add(desk: &mut Desk) {
    let chain = desk.new_chain();
    let title = t(
        "要求: 小区 岗位 班次 人数 (如: 康乐苑 保安 早班 2)",
        "Need: compound role shift number (Green Court guard early 2)",
    );
    let title = desk.say(title).to_owned();
    prompt::ask(desk, title, Then::Need, chain);
}

/// The words of a need: compound (none: the township), role, shift, how many.
pub fn typed(desk: &Desk, text: &str) -> Option<Need> {
    let answer = top_answer(desk)?;
    let (mut compound, mut role, mut template, mut count) = (None, None, None, None);
    for word in text.split_whitespace() {
        let named = |label: crate::text::Text| label.zh == word || label.en.eq_ignore_ascii_case(word);
        let short = |label: crate::text::Text| label.zh.trim_end_matches('班') == word;
        if let Ok(number) = word.parse() {
            count = Some(number);
        } else if let Some(found) = Role::ALL.iter().find(|role| named(role.label())) {
            role = Some(*found);
        } else if let Some(found) = Template::ALL.iter().find(|one| named(one.label()) || short(one.label())) {
            template = Some(*found);
        } else {
            let best = answer
                .compounds
                .iter()
                .filter_map(|(id, name)| Some((say::answers_to(name, name, word)?, *id)))
                .max_by_key(|(score, _)| *score);
            compound = Some(best?.1);
        }
    }
    Some(Need { compound, role: role?, template: template?, days: NeedDays::Every, count: count? })
}

fn top_answer(desk: &Desk) -> Option<&Answer> {
    desk.layers.iter().rev().filter_map(AnyLayer::get::<Coverage>).find_map(|coverage| coverage.answer.as_deref())
}

/// The words typed become a need.
pub fn accept(desk: &mut Desk, text: &str, chain: u64) {
    match typed(desk, text) {
        Some(need) => {
            desk.commit(Op::Roster(RosterOp::Need { need, off: false }), After::Marked { chain, gap: None });
        }
        None => {
            let words = t(
                "看不懂; 写成: 小区 岗位 班次 人数, 全镇的不写小区",
                "Not understood; type compound, role, shift and number; without a compound it is the township's",
            );
            desk.notice(Level::Refused, desk.say(words));
        }
    }
}
