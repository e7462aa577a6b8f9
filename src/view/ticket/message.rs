//! Draws the message for the worker, as it went to the clipboard.

use ratatui::Frame;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::ticket::message::{self, Message};
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

impl Draw for Message {
    fn draw(&self, desk: &Desk, _top: bool, theme: &Theme, frame: &mut Frame) {
        let cells = usize::from(message::area(&desk.layout, 0).inside().w);
        let wrap = |text: &str| format::wrap(text, cells);
        let mut lines: Vec<Line> =
            self.lines.iter().flat_map(|line| wrap(line)).map(|line| Line::styled(line, theme.strong())).collect();
        lines.push(Line::default());
        let copied =
            t("已复制, 可以贴到群里; 没贴上就照念", "Copied, to paste into the group; if that fails, read it out");
        lines.extend(wrap(desk.say(copied)).into_iter().map(|line| Line::styled(line, theme.dim())));
        if let Some(to) = &self.to {
            let to = t("{to}  怎么通知的: {ways}", "{to}  told how: {ways}")
                .with(desk.lang, &[("to", to), ("ways", &message::ways(desk))]);
            lines.extend(wrap(&to).into_iter().map(|line| Line::styled(line, theme.accent())));
        }
        let title =
            t("{n}  给处理人的话", "{n}  Message for the worker").with(desk.lang, &[("n", &self.number.short())]);
        let inside = popup::over(frame, message::area(&desk.layout, lines.len()), &title, "", theme);
        rows::lines(&lines, inside, frame);
    }
}
