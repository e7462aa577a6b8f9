//! Draws how a ticket's due times came about.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::ticket::sum::{self, Sum};
use crate::text::sum::Kind;
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};
use crate::view::ticket::facts;

impl Draw for Sum {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let title = match &self.detail {
            Some(detail) => {
                format!(
                    "{}  {}",
                    desk.say(t("时限怎么来的", "How the due times came about")),
                    facts::title(desk, detail)
                )
            }
            None => String::new(),
        };
        let inside = popup::over(frame, sum::area(&desk.layout), &title, "", theme);
        let Some(detail) = &self.detail else {
            return rows::empty(desk.say(t("正在读取 ..", "Reading ..")), inside, theme, frame);
        };
        let lines = sum::lines(desk, detail);
        let widest = |of: fn(&crate::text::sum::Line) -> &str| {
            lines
                .iter()
                .filter(|line| line.kind != Kind::Heading)
                .map(|line| format::width(of(line)))
                .max()
                .unwrap_or(0)
        };
        let (what, value) = (widest(|line| &line.what), widest(|line| &line.value));
        let indent = 2 + 2 + what + 2 + value + 2;
        let room = usize::from(inside.width).saturating_sub(indent).max(8);
        let mut drawn: Vec<Line> = Vec::new();
        for line in &lines {
            if line.kind == Kind::Heading {
                if !drawn.is_empty() {
                    drawn.push(Line::default());
                }
                drawn.push(Line::styled(line.what.clone(), theme.accent()));
                continue;
            }
            let style = match line.kind {
                Kind::Due => theme.strong(),
                Kind::Beside => theme.warning(),
                Kind::Addend | Kind::Heading => theme.plain(),
            };
            let mut why = format::wrap(&line.why, room).into_iter();
            let head = format!(
                "  {:1} {}  {}  ",
                line.sign,
                format::pad(&line.what, what),
                format::pad_left(&line.value, value)
            );
            let first = why.next().unwrap_or_default();
            drawn.push(Line::from(vec![Span::styled(head, style), Span::styled(first, theme.dim())]));
            let rest = why.map(|text| Line::styled(format!("{}{text}", " ".repeat(indent)), theme.dim()));
            drawn.extend(rest);
        }
        // The cursor says how far down it was scrolled; no further than the last row.
        let hidden = drawn.len().saturating_sub(usize::from(inside.height));
        drawn.drain(..self.list.row().min(hidden));
        rows::lines(&drawn, inside, frame);
    }
}
