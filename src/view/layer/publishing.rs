//! Draws what publishing a week would change, the worst first.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::layer::roster::publish::{self, Publishing, Weight};
use crate::domain::roster::week_name;
use crate::text::t;
use crate::view::theme::Theme;
use crate::view::{popup, rows};

/// Draws it.
pub fn draw(desk: &Desk, publishing: &Publishing, theme: &Theme, frame: &mut Frame) {
    let count = |weight: Weight| publishing.lines.iter().filter(|line| line.weight == weight).count();
    let title = t(
        "发布 {week}: 改 {n} 天, 提醒 {warnings}, 必须改 {hard}",
        "Publish {week}: days that change: {n}, warnings: {warnings}, to mend: {hard}",
    )
    .with(
        desk.lang,
        &[
            ("week", &week_name(publishing.monday)),
            ("n", &count(Weight::Change)),
            ("warnings", &count(Weight::Warning)),
            ("hard", &count(Weight::Hard)),
        ],
    );
    let inside = popup::over(frame, publish::area(&desk.layout), &title, &publishing.list.place(), theme);
    let lines: Vec<Line> = publishing
        .list
        .window()
        .filter_map(|at| Some((at, publishing.lines.get(at)?)))
        .map(|(at, line)| {
            let (mark, style) = match line.weight {
                Weight::Hard => ("!! ", theme.danger()),
                Weight::Warning => ("!  ", theme.warning()),
                Weight::Change => ("*  ", theme.plain()),
            };
            let here = if at == publishing.list.row() { ">" } else { " " };
            Line::from(vec![Span::raw(here), Span::styled(mark, style), Span::styled(line.text.clone(), style)])
        })
        .collect();
    rows::lines(&lines, inside, frame);
}
