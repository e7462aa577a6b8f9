//! Draws a household: members masked, standing notes, its tickets.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::frame::say;
use crate::desk::place::card::{self, Card};
use crate::domain::place::query::{Household, Member};
use crate::domain::ticket::query::Row;
use crate::text::labels::{self, Labelled};
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::table::{Cell, Column, Fit};
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};
use crate::view::ticket::facts;

/// Columns of a household's tickets, here and in the intake.
pub const TICKETS: [Column; 4] =
    [Column::whole(7), Column::rest(8), Column::new(4, 10, Fit::End), Column::new(5, 9, Fit::End)];

impl Draw for Card {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = self.household.as_ref().map_or(String::new(), |household| say::household_place(household));
        let inside = popup::over(frame, card::area(&desk.layout), &title, &self.list.place(), theme);
        let Some(household) = &self.household else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let mut lines: Vec<Line> = household
            .members
            .iter()
            .take(6)
            .map(|resident| {
                member(desk, resident, Some(resident.id) == self.person, false, usize::from(inside.width), theme)
            })
            .collect();
        if lines.is_empty() {
            lines.push(Line::styled(desk.say(t("没有登记住户", "Nobody is registered here")), theme.dim()));
        }
        lines.extend(notes(desk, household, theme));
        lines.push(Line::styled(desk.say(t("工单", "Tickets")), theme.accent()));
        rows::lines(&lines, inside, frame);
        let above = card::rows_above(self).min(inside.height);
        let below = Rect { y: inside.y + above, height: inside.height - above, ..inside };
        if self.list.is_empty() {
            let words = t("90 天内没有工单; n 从这里登记", "No tickets within 90 days; n takes a report from here");
            return rows::empty(desk.say(words), below, theme, frame);
        }
        let drawn = self
            .list
            .window()
            .filter_map(|at| Some((at, household.tickets.get(at)?)))
            .map(|(at, row)| rows::Row {
                cells: ticket(desk, row, theme),
                selected: at == self.list.row(),
                marked: false,
            })
            .collect();
        rows::draw(&TICKETS, drawn, top, below, theme, frame);
    }
}

/// A member as a line; in full only for the household in hand. Where not all fits, the lesser facts are left out before
/// a phone would be cut.
pub fn member(desk: &Desk, member: &Member, found: bool, full: bool, cells: usize, theme: &Theme) -> Line<'static> {
    let person = &member.person;
    let name = if full { person.name.reveal().to_owned() } else { person.name.masked() };
    let mut parts = vec![
        (0, Span::raw(if found { "> " } else { "  " })),
        (0, Span::styled(name, theme.strong())),
        (2, Span::styled(format!(" {}", desk.say(member.relation.label())), theme.dim())),
    ];
    if member.is_head {
        parts.push((5, Span::styled(desk.say(t(" 户主", " head")).to_owned(), theme.dim())));
    }
    if full && !person.called.is_empty() {
        parts.push((6, Span::raw(format!(" ({})", person.called.join(" ")))));
    }
    if let Some(born) = person.born {
        let year = chrono::Datelike::year(&desk.zone().day(desk.now));
        parts.push((4, Span::raw(t(" {n}岁", " aged {n}").with(desk.lang, &[("n", &(year - born))]))));
    }
    for care in person.care.care() {
        parts.push((1, Span::styled(format!(" {}", desk.say(care.label())), theme.warning())));
    }
    for (i, phone) in person.phones.iter().take(2).enumerate() {
        let phone = if full { phone.spoken() } else { phone.masked() };
        parts.push((if i == 0 { 0 } else { 3 }, Span::styled(format!("  {phone}"), theme.accent())));
    }
    while parts.iter().map(|(_, span)| span.width()).sum::<usize>() > cells {
        let Some(at) = (0..parts.len()).filter(|&at| parts[at].0 > 0).max_by_key(|&at| parts[at].0) else {
            break;
        };
        parts.remove(at);
    }
    Line::from(parts.into_iter().map(|(_, span)| span).collect::<Vec<_>>())
}

/// The standing notes, three at most.
pub fn notes(desk: &Desk, household: &Household, theme: &Theme) -> Vec<Line<'static>> {
    let label = desk.say(t("常备: ", "Note: "));
    household.notes.iter().take(3).map(|note| Line::styled(format!("{label}{note}"), theme.warning())).collect()
}

/// A ticket of the household as a row.
pub fn ticket(desk: &Desk, row: &Row, theme: &Theme) -> Vec<Cell> {
    let handler = row.assignee.as_ref().map_or("", |name| name.reveal());
    vec![
        (row.ticket.number.short(), theme.accent()),
        (format!("{} {handler}", row.ticket.words.replace('\n', " ")), theme.plain()),
        (desk.say(labels::status_in_short(row.ticket.status)).to_owned(), theme.dim()),
        (say::due(&row.ticket, desk), facts::due_style(desk, &row.ticket, theme)),
    ]
}
