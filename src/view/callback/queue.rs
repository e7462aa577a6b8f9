//! Draws the queue of callbacks, masked: lists never show a whole name or number.

use ratatui::Frame;

use crate::desk::callback::queue::Queue;
use crate::desk::frame::say;
use crate::desk::{Desk, callback};
use crate::domain::callback::op::{TRIES, goes_first, rest_until};
use crate::domain::callback::query::Waiting;
use crate::domain::ticket::Priority;
use crate::text::labels::Labelled;
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 8] = [
    Column::new(1, 1, Fit::End),
    Column::whole(7),
    Column::new(4, 12, Fit::End),
    Column::new(0, 14, Fit::End),
    Column::new(8, 24, Fit::Middle),
    Column::rest(8),
    Column::new(4, 16, Fit::End),
    Column::new(0, 10, Fit::End),
];

impl Draw for Queue {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let due = self.waiting.as_ref().map_or(0, |all| all.iter().filter(|one| one.due <= desk.now).count());
        let mut title = t("回访  到点 {n}", "Callbacks  {n} due").with(desk.lang, &[("n", &due)]);
        if let Some(until) = rest_until(desk.now, desk.zone()) {
            title += &t("  现在不打扰住户, {at} 以后再打", "  nobody is rung before {at}")
                .with(desk.lang, &[("at", &say::moment(until, desk))]);
        }
        let inside = popup::over(frame, callback::queue::area(&desk.layout), &title, &self.list.place(), theme);
        let Some(waiting) = &self.waiting else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        if waiting.is_empty() {
            let words = t(
                "没有要回访的。工单修好 (.) 以后, 有来电人的就在这里等一句话",
                "Nobody to ring back. A ticket that is done (.) and has a caller waits here for his word",
            );
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let window = self.list.window();
        let drawn = window
            .clone()
            .filter_map(|at| Some((at, waiting.get(at)?)))
            .map(|(at, one)| {
                let late = one.due <= desk.now;
                let digit = if at - window.start < 9 { (at - window.start + 1).to_string() } else { String::new() };
                let due = if late {
                    desk.say(t("到点", "due")).to_owned()
                } else {
                    t("{at}起", "from {at}").with(desk.lang, &[("at", &say::moment(one.due, desk))])
                };
                let first = goes_first(&one.row.ticket);
                let ticket = &one.row.ticket;
                let who = [one.reporter.as_ref().map(|n| n.masked()), one.phone.as_ref().map(|p| p.masked())];
                let place = format!("{} {}", one.row.compound, say::spot(&one.row));
                rows::Row {
                    cells: vec![
                        (digit, theme.accent()),
                        (ticket.number.short(), if first { theme.danger() } else { theme.strong() }),
                        (due, if late { theme.warning() } else { theme.dim() }),
                        (marks(desk, one), if first { theme.danger() } else { theme.dim() }),
                        (place.trim().to_owned(), theme.plain()),
                        (ticket.words.replace('\n', " "), theme.plain()),
                        (who.into_iter().flatten().collect::<Vec<_>>().join(" "), theme.plain()),
                        (one.row.assignee.as_ref().map(|n| n.reveal().to_owned()).unwrap_or_default(), theme.dim()),
                    ],
                    selected: at == self.list.row(),
                    marked: false,
                }
            })
            .collect();
        rows::draw(&COLUMNS, drawn, top, inside, theme, frame);
    }
}

/// Why it goes first, and how often nobody answered: `督办 重办2 2/3次`.
fn marks(desk: &Desk, one: &Waiting) -> String {
    let ticket = &one.row.ticket;
    let parts = [
        ticket.watched.then(|| desk.say(t("督办", "watched")).to_owned()),
        (ticket.priority == Priority::P1).then(|| desk.say(Priority::P1.label()).to_owned()),
        (ticket.reopened > 0).then(|| format!("{}{}", desk.say(t("重办", "again ")), ticket.reopened)),
        (ticket.tries > 0)
            .then(|| t("没人接{n}/{of}", "{n}/{of} tries").with(desk.lang, &[("n", &ticket.tries), ("of", &TRIES)])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
