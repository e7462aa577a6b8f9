//! Draws the choices of the first run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::desk::Desk;
use crate::desk::settings::first_run::{self, Choice, FirstRun};
use crate::text::t;
use crate::view::frame::layer::Draw;
use crate::view::frame::theme::Theme;
use crate::view::frame::{format, popup, rows};

impl Draw for FirstRun {
    fn draw(&self, desk: &Desk, top: bool, theme: &Theme, frame: &mut Frame) {
        let gone = matches!(self.choices.first(), Some(Choice::Restore(_)));
        let title = desk.say(if gone {
            t("物业客服台：数据文件不见了，但有备份", "Service desk: the data file is gone, but there is a backup")
        } else {
            t("物业客服台: 还没有数据文件", "Service desk: there is no data file yet")
        });
        let inside = popup::over(frame, first_run::area(&desk.layout), title, &self.list.place(), theme);
        let intro = desk.say(t(
            "从哪里开始? 按数字, 或上下选了按 Enter",
            "What to begin with? Press a digit, or choose and press Enter",
        ));
        let mut lines = vec![Line::styled(intro, theme.plain()), Line::default()];
        for (i, choice) in self.choices.iter().enumerate() {
            let selected = i == self.list.row() && top;
            let text = format!("{} {}  {}", if selected { '>' } else { ' ' }, i + 1, desk.say(choice.label()));
            let text = format::pad(&text, usize::from(inside.width));
            lines.push(Line::styled(text, if selected { theme.selected(true) } else { theme.strong() }));
            lines.push(Line::styled(format!("     {}", choice.about(desk.lang)), theme.dim()));
        }
        rows::lines(&lines, Rect { ..inside }, frame);
    }
}
