//! Draws what publishing a week would change, the worst first.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::desk::Desk;
use crate::desk::roster::grid::publish::{self, Publishing, Weight};
use crate::domain::roster::week_name;
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{popup, rows};

impl Draw for Publishing {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let count = |weight: Weight| self.lines.iter().filter(|line| line.weight == weight).count();
        let title = t(
            "发布 {week}: 改 {n} 天, 提醒 {warnings}, 必须改 {hard}",
            "Publish {week}: days that change: {n}, warnings: {warnings}, to mend: {hard}",
        )
        .with(
            desk.lang,
            &[
                ("week", &week_name(self.monday)),
                ("n", &count(Weight::Change)),
                ("warnings", &count(Weight::Warning)),
                ("hard", &count(Weight::Hard)),
            ],
        );
        let inside = popup::over(frame, publish::area(&desk.layout), &title, &self.list.place(), theme);
        let lines: Vec<Line> = self
            .list
            .window()
            .filter_map(|at| Some((at, self.lines.get(at)?)))
            .map(|(at, line)| {
                let (mark, style) = match line.weight {
                    Weight::Hard => ("!! ", theme.danger()),
                    Weight::Warning => ("!  ", theme.warning()),
                    Weight::Change => ("*  ", theme.plain()),
                };
                let here = if at == self.list.row() { ">" } else { " " };
                Line::from(vec![Span::raw(here), Span::styled(mark, style), Span::styled(line.text.clone(), style)])
            })
            .collect();
        rows::lines(&lines, inside, frame);
    }
}
