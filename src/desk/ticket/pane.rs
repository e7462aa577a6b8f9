//! Pane 2: the open tickets, the most urgent first; or what passes a filter, the ended ones by pages of the data file. The
//! order is the domain's and follows the clock. What can be done to a ticket is in `act`.

use crate::desk::frame::ask::Slot;
use crate::desk::frame::command::{Command, Scope};
use crate::desk::frame::effect::Sheet;
use crate::desk::frame::list::List;
use crate::desk::frame::msg::Export;
use crate::desk::frame::notice::Level;
use crate::desk::frame::start;
use crate::desk::ticket::{self, act, menu, send};
use crate::desk::{Desk, Effect};
use crate::domain::base::id::{PlaceId, TicketId};
use crate::domain::base::time::Time;
use crate::domain::filter::{Filter, Test, parse};
use crate::domain::query::{Answer, Query};
use crate::domain::refusal::Refusal;
use crate::domain::ticket::clock;
use crate::domain::ticket::order::Order;
use crate::domain::ticket::query::{Count, OpenList, Page, PageOf, Row, TicketAnswer, TicketQuery};
use crate::text::t;

/// The open tickets.
pub(in crate::desk) const TICKETS: Slot = Slot::new("tickets", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::Open(open)) = answer {
        desk.panes.tickets.set(open);
        arrange(desk);
        send::tickets_came(desk);
    }
});
/// Tickets that the data file was asked for, from the first on.
const FOUND: Slot = Slot::new("found", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::Page(page)) = answer {
        // What was to be added to the rows before belongs behind others now.
        desk.asks.forget(FOUND_ON);
        desk.panes.tickets.set_found(page);
        arrange(desk);
        send::tickets_came(desk);
    }
})
.each_minute();
/// The same, going on behind the last.
const FOUND_ON: Slot = Slot::new("found_on", |desk, answer| {
    if let Answer::Ticket(TicketAnswer::Page(page)) = answer {
        add(desk, page);
    }
});

/// Tickets the data file is asked for at a time.
pub const PAGE: usize = 200;

/// State of the pane.
#[derive(Debug)]
pub struct Tickets {
    /// Rows that pass the filter.
    pub list: List<TicketId>,
    /// What narrows the list, as typed.
    pub filter: String,
    /// Why what is typed is not understood; the list then stays as it was.
    pub refused: Option<Refusal>,
    /// The order of the open ones.
    pub order: Order,
    /// Whether there are more than can be held.
    pub more: bool,
    /// Urgent ones outside the compound looked at.
    pub urgent_elsewhere: u32,
    /// Whether the rows have been answered yet.
    pub loaded: bool,
    /// What narrows the list, as last understood.
    read: Filter,
    rows: Vec<Row>,
    /// What the data file gave, where the filter asks for more than open ones.
    found: Option<Found>,
    /// What it was asked.
    asked: Option<PageOf>,
    shown: Vec<usize>,
    /// Just taken: the cursor goes to it as soon as it is in the list.
    wanted: Option<TicketId>,
    /// How many workers do not answer.
    silent: usize,
    /// When the next one will have been silent for too long, or the next appointment is near.
    changes_at: Option<Time>,
}

/// Tickets the data file gave.
#[derive(Debug)]
struct Found {
    rows: Vec<Row>,
    next: Option<(Time, TicketId)>,
    count: Count,
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            list: List::default(),
            filter: String::new(),
            refused: None,
            order: Order::Urgency,
            more: false,
            urgent_elsewhere: 0,
            loaded: false,
            read: Filter::open(),
            rows: Vec::new(),
            found: None,
            asked: None,
            shown: Vec::new(),
            wanted: None,
            silent: 0,
            changes_at: None,
        }
    }
}

/// Commands of the pane.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "ticket.open",
        &["enter"],
        Scope::TICKETS,
        t("打开", "open"),
        t("打开工单: 全部内容, 能做的事按数字", "Open the ticket: everything, and what can be done by digit"),
        |desk| {
            if let Some(id) = desk.panes.tickets.list.selected() {
                ticket::opened::open(desk, id);
            }
        },
    )
    .when(act::has_ticket)
    .footer(),
    Command::new(
        "ticket.mark",
        &["space"],
        Scope::TICKETS,
        t("标记", "mark"),
        t(
            "标记并下移一行, 一次办多张; 再按取消标记",
            "Mark it and go down a row, to act on many at once; again takes the mark off",
        ),
        |desk| desk.panes.tickets.list.mark(),
    ),
    Command::new(
        "list.order",
        &["o"],
        Scope::TICKETS,
        t("排序", "order"),
        t("怎么排: 最急、先到期、最新、最早、小区、处理人", "Order: urgency, due, newest, oldest, compound, handler"),
        menu::open_orders,
    ),
    Command::new(
        "list.export",
        &[],
        Scope::TICKETS,
        t("导出", "export"),
        t("把列出的工单导出成表格, 姓名电话隐去", "Write the tickets listed into a sheet, names and phones masked"),
        menu::open_exports,
    )
    .when(start::ready),
];

impl Tickets {
    /// New open ones; [`arrange`] follows.
    pub fn set(&mut self, open: OpenList) {
        self.rows = open.rows;
        self.more = open.more;
        self.urgent_elsewhere = open.urgent_elsewhere;
        self.loaded = true;
    }

    /// The data file's first page; [`arrange`] follows.
    pub fn set_found(&mut self, page: Page) {
        if self.asked.is_some() {
            let rows = page.rows.into_iter().map(|listed| listed.row).collect();
            self.found = Some(Found { rows, next: page.next, count: page.count.unwrap_or_default() });
        }
    }

    /// The cursor goes to a ticket, at once or when it comes.
    pub fn go_to(&mut self, id: TicketId) {
        self.wanted = (!self.list.select(id)).then_some(id);
    }

    /// How many open ones there are, whatever the filter.
    pub const fn count(&self) -> usize {
        self.rows.len()
    }

    /// How many pass the filter.
    pub fn passing(&self) -> Count {
        match &self.found {
            Some(found) => found.count,
            None => Count { n: self.shown.len(), more: self.more },
        }
    }

    /// The order they are in.
    pub const fn in_order(&self) -> Order {
        match (&self.found, self.order) {
            (Some(_), Order::Oldest) => Order::Oldest,
            (Some(_), _) => Order::Newest,
            (None, order) => order,
        }
    }

    /// How many workers do not answer, whatever the filter.
    pub const fn silent(&self) -> usize {
        self.silent
    }

    /// When time passing alone will next change the order, the turn of the minute apart.
    pub const fn changes_at(&self) -> Option<Time> {
        self.changes_at
    }

    /// The row of a ticket.
    pub fn row(&self, id: TicketId) -> Option<&Row> {
        let found = self.found.iter().flat_map(|found| &found.rows);
        self.rows.iter().chain(found).find(|row| row.id == id)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.shown.get(self.list.row()).and_then(|&i| self.source().get(i))
    }

    /// The rows in sight, each with its number in the list.
    pub fn in_sight(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.list.window().filter_map(|at| Some((at, self.source().get(*self.shown.get(at)?)?)))
    }

    /// What narrows the list, as last understood, the compound looked at included.
    fn narrowed_to(&self, compound: Option<PlaceId>) -> Filter {
        let filter = self.read.clone();
        compound.map_or_else(|| filter.clone(), |place| filter.clone().and(Test::Compound(vec![place])))
    }

    fn source(&self) -> &[Row] {
        self.found.as_ref().map_or(&self.rows, |found| &found.rows)
    }

    fn put_in_order(&mut self, compound: Option<PlaceId>, now: Time) {
        self.order.arrange(&mut self.rows, now);
        self.silent = self.rows.iter().filter(|row| clock::silent(&row.ticket, now).is_some()).count();
        self.changes_at = self.rows.iter().filter_map(|row| clock::asks_at(&row.ticket, now)).min();
        let here = |row: &Row| compound.is_none() || row.ticket.compound == compound;
        let source = self.source();
        self.shown = (0..source.len()).filter(|&i| here(&source[i]) && self.read.passes(&source[i], now)).collect();
        let ids = self.shown.iter().map(|&i| self.source()[i].id).collect();
        self.list.set(ids);
        if self.wanted.is_some_and(|id| self.list.select(id)) {
            self.wanted = None;
        }
    }
}

/// Reads what is typed, asks the data file where the open ones are not enough, and puts the rows in order for now.
pub fn arrange(desk: &mut Desk) {
    let (now, compound) = (desk.now, desk.panes.compounds.chosen);
    let typed = &desk.panes.tickets.filter;
    let read = if typed.trim().is_empty() { Ok(Filter::open()) } else { parse(typed, &desk.vocabulary()) };
    let pane = &mut desk.panes.tickets;
    match read {
        Ok(filter) => (pane.read, pane.refused) = (filter, None),
        Err(refusal) => pane.refused = Some(refusal),
    }
    if pane.read.open {
        (pane.found, pane.asked) = (None, None);
        desk.asks.forget(FOUND);
        desk.asks.forget(FOUND_ON);
    } else {
        let filter = pane.narrowed_to(compound);
        let oldest = pane.order == Order::Oldest;
        let same = |asked: &PageOf| asked.filter == filter && asked.oldest == oldest;
        if !pane.asked.as_ref().is_some_and(same) {
            let of = PageOf { oldest, count: true, ..PageOf::first(filter, now, PAGE) };
            pane.asked = Some(of.clone());
            desk.asks.forget(FOUND_ON);
            desk.ask(FOUND, Query::Ticket(TicketQuery::Page(of)));
        }
    }
    desk.panes.tickets.put_in_order(compound, now);
}

/// Has what is listed written into a sheet.
pub fn export(desk: &mut Desk, sheet: Sheet) {
    let pane = &desk.panes.tickets;
    let (filter, order) = (pane.narrowed_to(desk.panes.compounds.chosen), pane.in_order());
    desk.emit(Effect::Export { filter, order, sheet });
    desk.notice(Level::Info, desk.say(t("正在导出 ..", "Exporting ..")));
}

/// How an export goes.
pub fn exporting(desk: &mut Desk, step: Export) {
    match step {
        Export::Read(n) => {
            let words = t("正在导出 .. 已读 {n} 单", "Exporting .. {n} tickets read").with(desk.lang, &[("n", &n)]);
            desk.notice(Level::Info, words);
        }
        Export::Done { rows, path } => {
            let words = t("已导出 {n} 单: {path}", "{n} tickets exported: {path}");
            desk.notice(Level::Done, words.with(desk.lang, &[("n", &rows), ("path", &path)]));
        }
        Export::Failed(why) => desk.notice(Level::Trouble, why),
    }
}

/// Asks for the next page where the end of what was read comes near.
pub fn read_on(desk: &mut Desk) {
    let pane = &desk.panes.tickets;
    let (Some(found), Some(asked)) = (&pane.found, &pane.asked) else { return };
    let window = pane.list.window();
    let near = window.end + window.len() >= pane.list.len();
    if let (true, Some(next)) = (near && !desk.asks.waiting(FOUND_ON) && !desk.asks.waiting(FOUND), found.next) {
        let of = PageOf { after: Some(next), count: false, ..asked.clone() };
        desk.ask(FOUND_ON, Query::Ticket(TicketQuery::Page(of)));
    }
}

/// The next page has come.
pub fn add(desk: &mut Desk, page: Page) {
    desk.asks.forget(FOUND_ON);
    let pane = &mut desk.panes.tickets;
    let (Some(found), Some(asked)) = (&mut pane.found, &pane.asked) else { return };
    found.rows.extend(page.rows.into_iter().map(|listed| listed.row));
    found.next = page.next;
    // Asked again after a change, all that was read is read again.
    let all = PageOf { limit: found.rows.len(), ..asked.clone() };
    desk.asks.instead(FOUND, Query::Ticket(TicketQuery::Page(all)));
    arrange(desk);
}

/// The words shown when there is nothing in the list.
pub fn empty_words(desk: &Desk) -> &'static str {
    let tickets = &desk.panes.tickets;
    desk.say(if !tickets.loaded || desk.asks.waiting(FOUND) {
        t("正在读取 ..", "Reading ..")
    } else if !tickets.read.open {
        t(
            "没有符合筛选的工单; 去掉一个条件再看, Esc 取消筛选",
            "No ticket passes the filter; take a term out, or Esc takes it off",
        )
    } else if !tickets.filter.is_empty() {
        t(
            "待办里没有符合筛选的工单; 加上「全部」连已结的一起找, Esc 取消筛选",
            "No open ticket passes the filter; add \"all\" to look among ended ones too; Esc takes it off",
        )
    } else if desk.panes.compounds.chosen.is_some() {
        t("这个小区没有待办工单; Esc 看全部, n 登记", "No open ticket here; Esc shows all, n takes a report")
    } else {
        t("没有待办工单; 来电按 n 登记, 来访按 N", "No open tickets; n takes a call, N a walk-in")
    })
}
