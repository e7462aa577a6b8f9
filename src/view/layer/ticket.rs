//! Draws an opened ticket: facts in full, the timeline, and what each digit does.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::first_key;
use crate::desk::Desk;
use crate::desk::layer::ticket::{self, Opened};
use crate::text::t;
use crate::view::theme::Theme;
use crate::view::{facts, format, popup, rows};

/// Cells of the column of actions, where there is room for one.
const ACTIONS_WIDTH: u16 = 24;
/// Narrower boxes show the actions in one line at the foot.
const BESIDE: u16 = 76;

/// Draws it.
pub fn draw(desk: &Desk, opened: &Opened, top: bool, theme: &Theme, frame: &mut Frame) {
    let title = opened.detail.as_ref().map_or(String::new(), |detail| facts::title(desk, detail));
    let inside = popup::over(frame, ticket::area(&desk.layout), &title, &opened.list.place(), theme);
    let Some(detail) = &opened.detail else {
        return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
    };
    let beside = inside.width >= BESIDE;
    let left = if beside { Rect { width: inside.width - ACTIONS_WIDTH - 1, ..inside } } else { inside };
    actions(desk, inside, beside, theme, frame);
    let facts = facts::lines(desk, detail, true, usize::from(left.width), theme);
    let above = Rect { height: left.height.min(ticket::ROWS_ABOVE - 1), ..left };
    rows::lines(&facts, above, frame);
    let heading = Rect { y: above.y + above.height, height: 1, ..left }.intersection(inside);
    rows::lines(&[Line::styled(desk.say(t("经过", "What happened")), theme.accent())], heading, frame);
    let used = ticket::ROWS_ABOVE.min(left.height);
    let below = Rect { y: left.y + used, height: left.height - used, ..left };
    let below = if beside { below } else { Rect { height: below.height.saturating_sub(1), ..below } };
    for (y, at) in (below.top()..below.bottom()).zip(opened.list.window()) {
        let Some(entry) = detail.timeline.get(at) else { continue };
        let selected = at == opened.list.row() && top;
        let mut line = facts::entry(desk, entry, true, theme);
        line.spans.insert(0, Span::raw(if selected { "> " } else { "  " }));
        frame.render_widget(
            if selected { line.patch_style(theme.selected(false)) } else { line },
            Rect { y, height: 1, ..below },
        );
    }
}

/// Each action behind its digit and key; one that is not possible is dim.
fn actions(desk: &Desk, inside: Rect, beside: bool, theme: &Theme, frame: &mut Frame) {
    let rows: Vec<(String, bool)> = ticket::actions()
        .iter()
        .enumerate()
        .map(|(i, command)| {
            let key = first_key(command);
            let key = if key.is_empty() { String::new() } else { format!(" ({key})") };
            (format!("{} {}{key}", i + 1, desk.say(command.label)), (command.enabled)(desk).is_ok())
        })
        .collect();
    let style = |possible: bool| if possible { theme.plain() } else { theme.dim() };
    if beside {
        let area = Rect { x: inside.x + inside.width - ACTIONS_WIDTH, width: ACTIONS_WIDTH, ..inside };
        let lines: Vec<Line> = std::iter::once(Line::styled(desk.say(t("能做的", "What can be done")), theme.accent()))
            .chain(rows.into_iter().map(|(text, possible)| Line::styled(text, style(possible))))
            .collect();
        return super::rows::lines(&lines, area, frame);
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
    super::rows::lines(&[Line::from(spans)], Rect { y, height: 1, ..inside }, frame);
}
