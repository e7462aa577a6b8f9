//! The three rates of a month: each with its list a key away, by compound and by week for the one under the cursor.
//! Nothing is counted here; the figures come counted.

use crate::desk::Desk;
use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::key::{Code, Key};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::frame::start;
use crate::domain::base::id::PlaceId;
use crate::domain::query::{Answer, Query};
use crate::domain::rates::query::{RatesAnswer, RatesQuery};
use crate::domain::rates::{self, Part, Span, Which};
use crate::text::t;

/// The three rates.
const RATES: Slot = Slot::new("rates", |desk, answer| {
    if let Answer::Rates(RatesAnswer::Rates(rates)) = answer {
        set(desk, rates);
    }
});

/// State of the layer.
#[derive(Debug)]
pub struct Rates {
    /// The month, to its last day.
    pub month: Span,
    /// Only of this compound: the one the desk was narrowed to.
    pub compound: Option<PlaceId>,
    /// The rates, one a row.
    pub list: List<Which>,
    /// The figures; none until answered.
    pub rates: Option<Box<rates::Rates>>,
}

impl Layer for Rates {
    const SCOPE: Scope = Scope::new("rates", t("三率", "The three rates"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[RATES];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    /// A digit opens the list behind that rate.
    fn key(desk: &mut Desk, key: Key) -> bool {
        let Code::Char(c @ '1'..='9') = key.code else { return false };
        if key.typed().is_some()
            && let Some(&which) = Which::ALL.get(c as usize - '1' as usize)
            && is_there(desk).is_ok()
        {
            open_list(desk, which);
        }
        true
    }
}

/// Commands of the layer, and the one that opens it.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "desk.rates",
        &[],
        Scope::ANYWHERE,
        t("三率", "three rates"),
        t(
            "三率: 响应率, 办结率, 满意率, 按小区和按周",
            "Response, resolution and satisfaction, by compound and by week",
        ),
        open,
    )
    .when(start::ready),
    Command::new(
        "rates.list",
        &["enter"],
        Rates::SCOPE,
        t("看名单", "list"),
        t("这个数是哪些工单: 列出来", "Which tickets the figure counts, one by one"),
        |desk| {
            if let Some(which) = shown(desk).and_then(|rates| rates.list.selected()) {
                open_list(desk, which);
            }
        },
    )
    .when(is_there)
    .footer(),
    Command::new(
        "rates.before",
        &["left", "h"],
        Rates::SCOPE,
        t("上个月", "month before"),
        t("看上个月的", "The month before"),
        |desk| turn(desk, Span::month_before),
    )
    .footer(),
    Command::new(
        "rates.after",
        &["right", "l"],
        Rates::SCOPE,
        t("下个月", "month after"),
        t("看下个月的, 到本月为止", "The month after, up to this one"),
        |desk| turn(desk, Span::month_after),
    )
    .footer(),
];

/// Where the layer stands: the whole body.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

fn open(desk: &mut Desk) {
    crate::desk::rates::list::leave(desk);
    desk.close_all::<Rates>();
    let mut list = List::default();
    list.set(Which::ALL.to_vec());
    list.see(Which::ALL.len());
    let (month, compound) = (Span::month_of(desk.zone().day(desk.now)), desk.panes.compounds.chosen);
    desk.open(Rates { month, compound, list, rates: None });
    ask(desk, month, compound);
}

fn ask(desk: &mut Desk, span: Span, compound: Option<PlaceId>) {
    let now = desk.now;
    desk.ask(RATES, Query::Rates(RatesQuery::Rates { span, compound, now }));
}

/// The answer has come.
pub fn set(desk: &mut Desk, answer: Box<rates::Rates>) {
    for layer in &mut desk.layers {
        if let Some(rates) = layer.get_mut::<Rates>() {
            rates.rates = Some(answer);
            return;
        }
    }
}

/// The list begins with what was missed: that is what something can be done about.
fn open_list(desk: &mut Desk, which: Which) {
    let Some(rates) = shown(desk) else { return };
    let (month, compound) = (rates.month, rates.compound);
    if let Some(rates) = desk.top_mut::<Rates>() {
        rates.list.select(which);
    }
    crate::desk::rates::list::open(desk, which, Part::Missed, month, compound);
}

/// Another month, no later than this one.
fn turn(desk: &mut Desk, to: fn(Span) -> Span) {
    let this = Span::month_of(desk.zone().day(desk.now));
    let Some(rates) = desk.top_mut::<Rates>() else { return };
    let month = to(rates.month);
    if month.from > this.from {
        return;
    }
    (rates.month, rates.rates) = (month, None);
    let compound = rates.compound;
    ask(desk, month, compound);
}

fn shown(desk: &Desk) -> Option<&Rates> {
    match desk.top::<Rates>() {
        Some(rates) => Some(rates),
        _ => None,
    }
}

fn is_there(desk: &Desk) -> Enabled {
    match shown(desk) {
        Some(rates) if rates.rates.is_some() => Ok(()),
        _ => Err(t("正在读取 ..", "Reading ..")),
    }
}
