//! Draws pane 2: mark, number, where, what, handler, status, time left.

use ratatui::Frame;

use crate::desk::frame::geometry::Area;
use crate::desk::frame::pane::PaneId;
use crate::desk::frame::say;
use crate::desk::{Desk, ticket};
use crate::domain::ticket::clock::{ask_due, silent, standing};
use crate::domain::ticket::order::Order;
use crate::domain::ticket::query::{Count, Row};
use crate::domain::ticket::{Priority, Ticket};
use crate::text::labels::{self, Labelled};
use crate::text::t;
use crate::view::frame::pane::{on_border, with_filter};
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};
use crate::view::ticket::facts;

/// From this many cells on compound and place have a column each, and the status is in whole words.
const WIDE: u16 = 72;

const WIDE_COLUMNS: [Column; 8] = [
    Column::new(2, 2, Fit::End),
    Column::whole(7),
    Column::new(6, 12, Fit::Middle),
    Column::new(6, 10, Fit::Middle),
    Column::rest(12),
    Column::new(4, 8, Fit::End),
    Column::new(6, 10, Fit::End),
    Column::whole(6),
];
const NARROW_COLUMNS: [Column; 7] = [
    Column::new(2, 2, Fit::End),
    Column::whole(7),
    Column::new(10, 11, Fit::Middle),
    Column::rest(6),
    Column::new(2, 6, Fit::End),
    Column::new(4, 5, Fit::End),
    Column::whole(6),
];

/// Draws it.
pub fn draw(desk: &Desk, area: Area, focused: bool, theme: &Theme, frame: &mut Frame) {
    let pane = &desk.panes.tickets;
    let title = on_border(desk, PaneId::Tickets, title(desk));
    let inside = popup::frame(frame, area, &title, &place(desk), focused, theme);
    if pane.list.is_empty() {
        return rows::empty(ticket::pane::empty_words(desk), inside, theme, frame);
    }
    let wide = area.w >= WIDE;
    let drawn = pane
        .in_sight()
        .map(|(at, row)| rows::Row {
            cells: if wide { wide_cells(desk, row, theme) } else { narrow_cells(desk, row, theme) },
            selected: at == pane.list.row(),
            marked: pane.list.is_marked(row.id),
        })
        .collect();
    let columns: &[Column] = if wide { &WIDE_COLUMNS } else { &NARROW_COLUMNS };
    rows::draw(columns, drawn, focused, inside, theme, frame);
}

fn title(desk: &Desk) -> String {
    let pane = &desk.panes.tickets;
    let name = desk.say(PaneId::Tickets.title());
    let mut title = if pane.filter.trim().is_empty() {
        let open = Count { n: pane.count(), more: pane.more };
        format!("{name}  {} {}", desk.say(t("待办", "open")), total(open))
    } else {
        with_filter(desk, name.to_owned(), pane.filter.trim()) + &format!(" {}", total(pane.passing()))
    };
    if let Some(compound) = desk.panes.compounds.narrowed() {
        title +=
            &t("  只看 {name} (Esc 全部)", "  only {name} (Esc: all)").with(desk.lang, &[("name", &compound.name)]);
        if pane.urgent_elsewhere > 0 {
            title += &t("  别处急 {n}", "  urgent elsewhere {n}").with(desk.lang, &[("n", &pane.urgent_elsewhere)]);
        }
    }
    let usual = pane.in_order() == Order::Urgency;
    if pane.silent() > 0 {
        title += &t("  没回话 {n}", "  no answer {n}").with(desk.lang, &[("n", &pane.silent())]);
    }
    if pane.list.marks() > 0 {
        title += &t("  已标记 {n}", "  {n} marked").with(desk.lang, &[("n", &pane.list.marks())]);
    } else if !usual || desk.panes.compounds.chosen.is_none() {
        title += &format!("  {}", desk.say(pane.in_order().label()));
    }
    title
}

/// `23`, `1,000+`.
fn total(count: Count) -> String {
    if count.more { format!("{},{:03}+", count.n / 1_000, count.n % 1_000) } else { count.n.to_string() }
}

/// `7/23`, `7/1,000+`.
fn place(desk: &Desk) -> String {
    let pane = &desk.panes.tickets;
    let row = if pane.list.is_empty() { 0 } else { pane.list.row() + 1 };
    format!("{row}/{}", total(pane.passing()))
}

fn wide_cells(desk: &Desk, row: &Row, theme: &Theme) -> Vec<Cell> {
    let ticket = &row.ticket;
    vec![
        mark(desk, ticket, theme),
        (ticket.number.short(), theme.accent()),
        (if row.compound.is_empty() { "--".to_owned() } else { row.compound.clone() }, theme.plain()),
        (say::spot(row).to_owned(), theme.plain()),
        (words(desk, ticket), theme.plain()),
        handler(row, theme),
        status(desk, ticket, false, theme),
        due(desk, ticket, theme),
    ]
}

fn narrow_cells(desk: &Desk, row: &Row, theme: &Theme) -> Vec<Cell> {
    vec![
        mark(desk, &row.ticket, theme),
        (row.ticket.number.short(), theme.accent()),
        (say::place(row), theme.plain()),
        (words(desk, &row.ticket), theme.plain()),
        handler(row, theme),
        status(desk, &row.ticket, true, theme),
        due(desk, &row.ticket, theme),
    ]
}

fn handler(row: &Row, theme: &Theme) -> Cell {
    match &row.assignee {
        Some(name) => (name.reveal().to_owned(), theme.plain()),
        None => ("--".to_owned(), theme.warning()),
    }
}

/// `!!` danger or late, `!` soon or to be asked about, `W` under watch.
fn mark(desk: &Desk, ticket: &Ticket, theme: &Theme) -> Cell {
    let standing = standing(ticket, desk.now);
    if ticket.watched {
        (desk.say(t("督", "W")).to_owned(), theme.danger())
    } else if standing.late()
        || silent(ticket, desk.now).is_some()
        || (ticket.priority == Priority::P1 && ticket.status.clock_runs())
    {
        ("!!".to_owned(), theme.danger())
    } else if standing.soon() || standing.review_due(desk.now) || ask_due(ticket, desk.now) {
        ("!".to_owned(), theme.warning())
    } else {
        (String::new(), theme.plain())
    }
}

/// The status in short, or briefly; of a worker who does not answer, that.
fn status(desk: &Desk, ticket: &Ticket, briefly: bool, theme: &Theme) -> Cell {
    let (silence, status) = match briefly {
        true => (labels::SILENT_BRIEFLY, labels::status_briefly(ticket.status)),
        false => (labels::SILENT, labels::status_in_short(ticket.status)),
    };
    if silent(ticket, desk.now).is_some() {
        return (desk.say(silence).to_owned(), theme.danger());
    }
    (desk.say(status).to_owned(), theme.dim())
}

fn words(desk: &Desk, ticket: &Ticket) -> String {
    let mut words = ticket.words.replace('\n', " ");
    if ticket.also_affected > 0 {
        words += &t(" 同报{n}", " +{n} affected").with(desk.lang, &[("n", &ticket.also_affected)]);
    }
    if ticket.chases > 0 {
        words += &t(" 催{n}", " chased {n}").with(desk.lang, &[("n", &ticket.chases)]);
    }
    if !ticket.to_complete().is_empty() {
        words += desk.say(t(" 待补", " to complete"));
    }
    words
}

fn due(desk: &Desk, ticket: &Ticket, theme: &Theme) -> Cell {
    (say::due(ticket, desk), facts::due_style(desk, ticket, theme))
}
