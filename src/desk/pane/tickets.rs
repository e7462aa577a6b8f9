//! Pane 2: the open tickets, the most urgent first. The order is the domain's and follows the clock.
//! What can be done to a ticket is in `act`.

use crate::desk::command::{Command, Scope};
use crate::desk::layer::ticket;
use crate::desk::list::List;
use crate::desk::{Desk, act, say};
use crate::domain::id::TicketId;
use crate::domain::query::tickets::{OpenList, Row};
use crate::domain::time::Time;
use crate::domain::urgency::urgency;
use crate::text::labels::Labelled;
use crate::text::{Lang, t};

/// State of the pane.
#[derive(Debug, Default)]
pub struct Tickets {
    /// Rows that pass the filter.
    pub list: List<TicketId>,
    /// What narrows the list.
    pub filter: String,
    /// Whether there are more than can be held.
    pub more: bool,
    /// Urgent ones outside the compound looked at.
    pub urgent_elsewhere: u32,
    /// Whether the rows have been answered yet.
    pub loaded: bool,
    rows: Vec<Row>,
    shown: Vec<usize>,
    /// Just taken: the cursor goes to it as soon as it is in the list.
    wanted: Option<TicketId>,
}

/// Commands of the pane.
pub const COMMANDS: &[Command] = &[
    Command::new(
        "ticket.open",
        &["enter"],
        Scope::Tickets,
        t("打开", "open"),
        t("打开工单: 全部内容, 能做的事按数字", "Open the ticket: everything, and what can be done by digit"),
        |desk| {
            if let Some(id) = desk.panes.tickets.list.selected() {
                ticket::open(desk, id);
            }
        },
    )
    .when(act::has_ticket)
    .footer(),
    Command::new(
        "ticket.mark",
        &["space"],
        Scope::Tickets,
        t("标记", "mark"),
        t("标记, 一次办多张", "Mark it, to act on many at once"),
        |desk| desk.panes.tickets.list.mark(),
    ),
];

impl Tickets {
    /// New rows.
    pub fn set(&mut self, open: OpenList, now: Time, lang: Lang) {
        self.rows = open.rows;
        self.more = open.more;
        self.urgent_elsewhere = open.urgent_elsewhere;
        self.loaded = true;
        self.arrange(now, lang);
    }

    /// Orders the rows for this time and lets the filter work.
    pub fn arrange(&mut self, now: Time, lang: Lang) {
        self.rows.sort_by_cached_key(|row| (urgency(&row.ticket, now), row.id));
        self.shown = (0..self.rows.len()).filter(|&i| passes(&self.rows[i], &self.filter, lang)).collect();
        self.list.set(self.shown.iter().map(|&i| self.rows[i].id).collect());
        if self.wanted.is_some_and(|id| self.list.select(id)) {
            self.wanted = None;
        }
    }

    /// The cursor goes to a ticket, at once or when it comes.
    pub fn go_to(&mut self, id: TicketId) {
        self.wanted = (!self.list.select(id)).then_some(id);
    }

    /// How many there are, whatever the filter.
    pub const fn count(&self) -> usize {
        self.rows.len()
    }

    /// The row of a ticket.
    pub fn row(&self, id: TicketId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.shown.get(self.list.row()).map(|&i| &self.rows[i])
    }

    /// The rows in sight, each with its number in the list.
    pub fn in_sight(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.list.window().filter_map(|at| Some((at, self.rows.get(*self.shown.get(at)?)?)))
    }
}

fn passes(row: &Row, filter: &str, lang: Lang) -> bool {
    if filter.is_empty() {
        return true;
    }
    let handler = row.assignee.as_ref().map_or("", |name| name.reveal());
    let ticket = &row.ticket;
    let words = format!(
        "{} {} {} {} {} {handler} {} {} {}",
        ticket.number.short(),
        row.compound,
        row.place,
        ticket.place_words,
        ticket.words,
        ticket.status.label().get(lang),
        ticket.priority.code(),
        ticket.category,
    );
    // Pinyin is tried on names only: on whole sentences it would find too much.
    say::holds(&words, filter) || say::answers_to(&format!("{} {handler}", row.compound), "", filter).is_some()
}

/// The words shown when there is nothing in the list.
pub fn empty_words(desk: &Desk) -> &'static str {
    let tickets = &desk.panes.tickets;
    desk.say(if !tickets.loaded {
        t("正在读取 ..", "Reading ..")
    } else if !tickets.filter.is_empty() {
        t("没有符合筛选的工单; Esc 取消筛选", "No ticket passes the filter; Esc takes it off")
    } else if desk.panes.compounds.chosen.is_some() {
        t("这个小区没有待办工单; Esc 看全部, n 登记", "No open ticket here; Esc shows all, n takes a report")
    } else {
        t("没有待办工单; 来电按 n 登记, 来访按 N", "No open tickets; n takes a call, N a walk-in")
    })
}
