//! What a figure counts, one by one, masked; each opens. Long lists come a page at a time, as the cursor reaches their end.
//! Which part a ticket is in was decided before it comes here.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Enabled, Scope};
use crate::desk::frame::geometry::{Area, Layout};
use crate::desk::frame::layer::Layer;
use crate::desk::frame::list::{List, Scroll};
use crate::desk::{Desk, ticket};
use crate::domain::base::id::PlaceId;
use crate::domain::query::{Answer, Query};
use crate::domain::rates::query::{Counted, ListOf, ListPage, RatesAnswer, RatesQuery};
use crate::domain::rates::{Part, Span, Which};
use crate::text::t;

/// What a figure counts.
const RATE_LIST: Slot = Slot::new("rate_list", |desk, answer| {
    if let Answer::Rates(RatesAnswer::List(page)) = answer {
        set(desk, page);
    }
});

/// Rows of a page.
const PAGE: usize = 200;

/// State of the layer.
#[derive(Debug)]
pub struct RateList {
    /// What is listed; `after` is that of a further page on its way.
    pub of: ListOf,
    /// Positions in [`Self::rows`].
    pub list: List<usize>,
    /// What has come so far; none until answered.
    pub rows: Option<Vec<Counted>>,
    /// Whether more is there.
    pub more: bool,
    next: Option<(crate::domain::base::time::Time, i64)>,
}

impl Layer for RateList {
    const SCOPE: Scope = Scope::new("rate_list", t("三率", "The three rates"));
    const COMMANDS: &'static [&'static [Command]] = &[COMMANDS];
    const SLOTS: &'static [Slot] = &[RATE_LIST];

    fn list(&mut self) -> Option<&mut dyn Scroll> {
        Some(&mut self.list)
    }

    fn rows(&self, layout: &Layout) -> Option<u16> {
        Some(area(layout).inside().h)
    }

    /// At the end of what has come, the next page is asked for.
    fn settle(desk: &mut Desk) {
        let waiting = desk.asks.waiting(RATE_LIST);
        let Some(list) = there(desk) else { return };
        if waiting || !list.list.at_end() || list.next.is_none() {
            return;
        }
        list.of.after = list.next.take();
        let of = list.of;
        desk.ask(RATE_LIST, Query::Rates(RatesQuery::List(of)));
    }
}

/// Commands of the layer.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "rate_list.ticket",
        &["enter"],
        RateList::SCOPE,
        t("打开工单", "open ticket"),
        t("打开选中的工单", "Open the selected ticket"),
        |desk| {
            if let Some(id) = selected(desk) {
                ticket::opened::open(desk, id);
            }
        },
    )
    .when(has_one)
    .footer(),
    Command::new(
        "rate_list.part",
        &["tab"],
        RateList::SCOPE,
        t("换一部分", "other part"),
        t("换一部分: 达到的, 没达到的, 不计的", "Another part: met, missed, not counted"),
        turn,
    )
    .footer(),
];

/// Where the layer stands: the whole body.
pub const fn area(layout: &Layout) -> Area {
    layout.body
}

/// Opens the list of a part.
pub fn open(desk: &mut Desk, which: Which, part: Part, span: Span, compound: Option<PlaceId>) {
    let of = ListOf { which, part, span, compound, now: desk.now, limit: PAGE, after: None };
    desk.open(RateList { of, list: List::default(), rows: None, more: false, next: None });
    desk.ask(RATE_LIST, Query::Rates(RatesQuery::List(of)));
}

/// Takes it off, when the figures are opened anew.
pub fn leave(desk: &mut Desk) {
    desk.close_all::<RateList>();
}

/// A page has come. A first one takes the place of all; another goes behind those there.
pub fn set(desk: &mut Desk, page: ListPage) {
    let Some(list) = there(desk) else { return };
    match &mut list.rows {
        Some(rows) if list.of.after.is_some() => rows.extend(page.rows),
        rows => *rows = Some(page.rows),
    }
    let read = list.rows.as_ref().map_or(0, Vec::len);
    (list.more, list.next) = (page.next.is_some(), page.next);
    list.list.set((0..read).collect());
    if list.of.after.take().is_some() {
        // Asked again after a change, all that was read is read again.
        let of = ListOf { limit: read, ..list.of };
        desk.asks.instead(RATE_LIST, Query::Rates(RatesQuery::List(of)));
    }
}

fn there(desk: &mut Desk) -> Option<&mut RateList> {
    desk.layer_mut::<RateList>()
}

fn turn(desk: &mut Desk) {
    let Some(list) = desk.top::<RateList>() else { return };
    let part = match list.of.part {
        Part::Missed => Part::Met,
        Part::Met => Part::Left,
        Part::Left => Part::Missed,
    };
    let of = list.of;
    leave(desk);
    open(desk, of.which, part, of.span, of.compound);
}

fn selected(desk: &Desk) -> Option<crate::domain::base::id::TicketId> {
    match desk.top::<RateList>() {
        Some(list) => Some(list.rows.as_ref()?.get(list.list.selected()?)?.row.id),
        _ => None,
    }
}

fn has_one(desk: &Desk) -> Enabled {
    selected(desk).map(drop).ok_or(t("这里没有工单", "There is no ticket here"))
}
