//! Draws an opened ticket: facts in full, the timeline, and what each digit does.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::ticket::opened::{Opened, Said};
use crate::desk::{Desk, ticket};
use crate::domain::ticket::query::{Detail, chain};
use crate::text::t;
use crate::view::frame::layer::{Draw, first_key};
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};
use crate::view::ticket::facts;

impl Draw for Opened {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let title = self.detail.as_ref().map_or(String::new(), |detail| facts::title(desk, detail));
        let inside = popup::over(frame, ticket::opened::area(&desk.layout), &title, &self.list.place(), theme);
        let Some(detail) = &self.detail else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let beside = inside.width >= ticket::opened::BESIDE;
        let left = Rect { width: ticket::opened::text_width(&desk.layout).min(inside.width), ..inside };
        actions(desk, inside, beside, theme, frame);
        let said = ticket::opened::said(desk, detail);
        let rows_above = ticket::opened::rows_above(
            &desk.layout,
            ticket::opened::fact_rows(&detail.row.ticket),
            said.len(),
            detail.timeline.len(),
        );
        let above = Rect { height: left.height.min(rows_above), ..left };
        rows::lines(&facts(desk, self, detail, said, above, theme), above, frame);
        let heading = Rect { y: above.y + above.height, height: 1, ..left }.intersection(inside);
        rows::lines(&[Line::styled(desk.say(t("经过", "What happened")), theme.accent())], heading, frame);
        let used = (rows_above + 1).min(left.height);
        let below = Rect { y: left.y + used, height: left.height - used, ..left };
        let below = if beside { below } else { Rect { height: below.height.saturating_sub(1), ..below } };
        let first = match self.hidden {
            0 => self.list.window().start,
            hidden => (self.list.row() + 1).saturating_sub(hidden + usize::from(below.height)),
        };
        let chain = chain(&detail.timeline);
        let lines: Vec<Line> = detail
            .timeline
            .iter()
            .enumerate()
            .skip(first)
            .map(|(at, entry)| {
                let selected = at + self.hidden == self.list.row() && top;
                let mut line = facts::entry(desk, entry, chain.iter().find(|held| held.entry == at), true, theme);
                line.spans.insert(0, Span::raw(if selected { "> " } else { "  " }));
                if selected { line.patch_style(theme.selected(false)) } else { line }
            })
            .collect();
        rows::lines(&lines, below, frame);
    }
}

/// The facts with what is said between them, as far down as it was scrolled.
fn facts(
    desk: &Desk,
    opened: &Opened,
    detail: &Detail,
    said: Vec<(Said, String)>,
    area: Rect,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let cells = usize::from(area.width);
    let mut lines = facts::before(desk, detail, true, cells, theme);
    let after = facts::after(desk, detail, true, cells, theme);
    let room = usize::from(area.height).saturating_sub(lines.len() + after.len()).max(1);
    let all = said.len();
    let first = opened.list.row().min(opened.hidden).min(all.saturating_sub(room));
    for (at, (what, text)) in said.into_iter().enumerate().skip(first).take(room) {
        let style = match what {
            Said::Script => theme.danger(),
            Said::Words => theme.strong(),
            Said::Result => theme.good(),
        };
        let more = at + 1 == first + room && at + 1 < all;
        lines.push(Line::styled(if more { format::more(&text, cells) } else { text }, style));
    }
    lines.extend(after);
    lines
}

/// Each action behind its digit and key; one that is not possible is dim.
fn actions(desk: &Desk, inside: Rect, beside: bool, theme: &Theme, frame: &mut Frame) {
    let rows: Vec<(String, bool)> = ticket::opened::actions()
        .enumerate()
        .map(|(i, command)| {
            let key = first_key(command);
            let key = if key.is_empty() { String::new() } else { format!(" ({key})") };
            (
                format!("{} {}{key}", ticket::opened::digits(i), desk.say(command.label(desk))),
                (command.enabled)(desk).is_ok(),
            )
        })
        .collect();
    let style = |possible: bool| if possible { theme.plain() } else { theme.dim() };
    if beside {
        let area = Rect {
            x: inside.x + inside.width - ticket::opened::ACTIONS_WIDTH,
            width: ticket::opened::ACTIONS_WIDTH,
            ..inside
        };
        let lines: Vec<Line> = std::iter::once(Line::styled(desk.say(t("能做的", "What can be done")), theme.accent()))
            .chain(rows.into_iter().map(|(text, possible)| Line::styled(text, style(possible))))
            .collect();
        return crate::view::frame::layer::rows::lines(&lines, area, frame);
    }
    let y = inside.y + inside.height.saturating_sub(1);
    let mut spans = Vec::new();
    let mut left = usize::from(inside.width);
    for (text, possible) in rows {
        let cells = format::width(&text) + 2;
        if cells > left {
            break;
        }
        left -= cells;
        spans.push(Span::styled(format!("{text}  "), style(possible)));
    }
    crate::view::frame::layer::rows::lines(&[Line::from(spans)], Rect { y, height: 1, ..inside }, frame);
}
