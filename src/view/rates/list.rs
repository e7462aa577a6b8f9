//! Draws what a figure counts, masked.

use ratatui::Frame;

use crate::desk::frame::say;
use crate::desk::rates::list::RateList;
use crate::desk::{Desk, rates};
use crate::domain::rates::query::Counted;
use crate::domain::rates::{Part, Which};
use crate::domain::ticket::Outcome;
use crate::text::labels::Labelled;
use crate::text::{figures, t};
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

const COLUMNS: [Column; 6] = [
    Column::whole(7),
    Column::whole(11),
    Column::new(8, 34, Fit::End),
    Column::new(8, 26, Fit::Middle),
    Column::rest(8),
    Column::new(4, 10, Fit::End),
];

impl Draw for RateList {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = format!(
            "{} {}  {}",
            desk.say(self.of.which.label()),
            self.of.span.from.format("%Y-%m"),
            desk.say(figures::part(self.of.which, self.of.part))
        );
        let place = self.list.place() + if self.more { "+" } else { "" };
        let inside = popup::over(frame, rates::list::area(&desk.layout), &title, &place, theme);
        let Some(counted) = &self.rows else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        if counted.is_empty() {
            let words = t("这一部分没有; Tab 换一部分", "Nothing is in this part; Tab shows another");
            return rows::empty(desk.say(words), inside, theme, frame);
        }
        let good = self.of.part == Part::Met;
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, counted.get(at)?)))
            .map(|(at, one)| {
                let place = format!("{} {}", one.row.compound, say::spot(&one.row));
                let style = if good { theme.good() } else { theme.warning() };
                rows::Row {
                    cells: vec![
                        (one.row.ticket.number.short(), theme.strong()),
                        (desk.zone().mdhm(one.at), theme.dim()),
                        (why(desk, self.of.which, one), style),
                        (place.trim().to_owned(), theme.plain()),
                        (one.row.ticket.words.replace('\n', " "), theme.plain()),
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

/// Why it stands in this part: `应 10:00前, 10:31 联系`, `没解决`, `作废`.
fn why(desk: &Desk, which: Which, one: &Counted) -> String {
    if let Some(left) = one.left {
        return desk.say(left.label()).to_owned();
    }
    if which == Which::Response {
        let ticket = &one.row.ticket;
        let zone = desk.zone();
        let same_day = |time| zone.day(time) == zone.day(ticket.opened_at);
        let at = |time| if same_day(time) { zone.hm(time) } else { zone.mdhm(time) };
        let by = at(ticket.respond_by);
        return match ticket.contacted_at {
            Some(time) => {
                t("应 {by}前, {at} 联系", "due {by}, contact {at}").with(desk.lang, &[("by", &by), ("at", &at(time))])
            }
            None => t("应 {by}前, 没有联系", "due {by}, no contact").with(desk.lang, &[("by", &by)]),
        };
    }
    let solved = match one.solved {
        Some(true) => Outcome::Solved,
        Some(false) => Outcome::Unsolved,
        None => Outcome::Unreached,
    };
    match one.verdict.filter(|_| one.solved == Some(true)) {
        Some(verdict) => format!("{}, {}", desk.say(solved.label()), desk.say(verdict.label())),
        None => desk.say(solved.label()).to_owned(),
    }
}
